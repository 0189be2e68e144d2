"""Texts: .txt and .md, with front matter or without; what holds tags is read as the page that it is."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import ArticleError
from corpus.ingest.formats.contract import File, Format, RawArticle, noted, text_of
from corpus.ingest.formats.web_page import article_of_page
from corpus.ingest.front_matter import split_front_matter
from corpus.ingest.page.markup import has_entities, is_markup, unescape_entities

NO_TEXT = "it holds no text; write the article below its front matter, or remove the file"


def read(file: File) -> Iterator[RawArticle]:
    """Yield the one article that a text is."""
    text, assumed = text_of(file)
    about, text, problems = split_front_matter(text)
    notes = [*noted(assumed), *problems]
    if is_markup(text):
        notes.append("it holds HTML: its text was taken out of the tags")
        yield article_of_page(file, text, about, notes)
        return
    if has_entities(text):
        text = unescape_entities(text)
        notes.append("it wrote characters as HTML entities, which were replaced")
    if not text.strip():
        raise ArticleError(NO_TEXT)
    yield RawArticle(text, about, notes=tuple(notes))


FORMAT = Format("a text", (".txt", ".md", ".markdown", ".text"), lambda file: True, read)
