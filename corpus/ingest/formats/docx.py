"""DOCX, the files of Word: paragraphs and tables; heads and feet of its pages stand apart, behind them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from corpus.errors import ArticleError
from corpus.ingest.formats.archive import is_zip, names_in, refuse_bomb
from corpus.ingest.formats.contract import File, Format, RawArticle
from corpus.records import Furniture

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word's files before 2007
HEADINGS = ("Title", "Heading 1")
NO_PERSON = ("python-docx", "user", "admin", "author", "windows user", "microsoft office user")


def fits(file: File) -> bool:
    """Say whether a file is Word's, of whichever age."""
    return (is_zip(file) and "word/document.xml" in names_in(file)) or file.content.startswith(OLD)


def read(file: File) -> Iterator[RawArticle]:
    """Yield the one article of a document."""
    import docx

    if file.content.startswith(OLD):
        raise ArticleError("it is a file of an older Office, or locked; save it as .docx, without a password")
    refuse_bomb(file)
    try:
        document = docx.Document(BytesIO(file.content))
        lines = [line for block in document.iter_inner_content() for line in _lines(block)]
        aside = list(dict.fromkeys(line for section in document.sections for line in _edges(section)))
        headings = (block for block in document.paragraphs[:20] if block.style and block.style.name in HEADINGS)
        title = next((block.text for block in headings if block.text), "")
        about = {"title": title or document.core_properties.title, "author": document.core_properties.author}
    except Exception as error:  # whatever a broken file makes it raise
        raise ArticleError(f"it is no DOCX that can be read ({error}); open it and save it anew") from error
    text = "\n\n".join(filter(str.strip, lines))
    if not text:
        raise ArticleError("it is DOCX without text: pictures perhaps, or text in boxes; save it as text")
    if (about["author"] or "").lower() in NO_PERSON:
        del about["author"]
    furniture = []
    for line in filter(str.strip, aside):
        furniture.append(Furniture(len(text) + 2, len(text) + 2 + len(line), "head or foot of the document's pages"))
        text += "\n\n" + line
    fields = {key: " ".join(value.split()) for key, value in about.items() if value and value.strip()}
    yield RawArticle(text + "\n", fields, "the document's own data", furniture=tuple(furniture))


def _lines(block: Any) -> Iterator[str]:
    """Yield the paragraphs of a piece of a document, of a table a line for each row."""
    if not hasattr(block, "rows"):
        yield block.text
        return
    for row in block.rows:
        cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # a cell over several columns is there for each
        yield " ".join(" ".join(text.split()) for text in cells if text)


def _edges(section: Any) -> Iterator[str]:
    for edge in (section.header, section.footer):
        if not edge.is_linked_to_previous:
            yield from (paragraph.text.strip() for paragraph in edge.paragraphs)


FORMAT = Format("DOCX", (".docx", ".doc"), fits, read, largest=50_000_000, needs="python-docx")
