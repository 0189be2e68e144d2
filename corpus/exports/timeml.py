"""TimeML: the articles of what is shown, whole, their time expressions as TIMEX3; a file each, in one archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from corpus.exports.evidence import Evidence, Subject
from corpus.exports.markup import xml

ABOUT = "about.json"
Span = tuple[int, int]


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return an archive with a TimeML document an article, and what it is about."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_entry(ABOUT), json.dumps(evidence.about.as_dict(), ensure_ascii=False, indent=1))
        for article in evidence.articles.itertuples():
            timexes = evidence.index.execute(
                """select start, "end", type, value from timexes
                where article_fid = (select fid from articles where id = ?) order by start, "end" desc""",
                (article.article,),
            ).fetchall()
            archive.writestr(_entry(f"{article.article}.tml"), _document(article, timexes))
    return file.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # of no day of ours: the same export is the same file
    entry.compress_type = ZIP_DEFLATED
    return entry


def _document(article: Any, timexes: list[tuple[int, int, str, str]]) -> str:
    """Return one article; its text within TEXT is letter by letter that of the index."""
    day = article.published_since if article.published_since == article.published_until else None
    said = xml(day or "unknown")
    created = f'<TIMEX3 tid="t0" type="DATE" value="{xml(day or "XXXX-XX-XX")}" functionInDocument="CREATION_TIME">'
    about = {name: getattr(article, name) or "" for name in ("file", "article_hash", "outlet", "author", "url")}
    extra = "\n".join(f"{name}: {value}" for name, value in about.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n'
        f"<DOCID>{xml(article.article)}</DOCID>\n<DCT>{created}{said}</TIMEX3></DCT>\n"
        f"<TITLE>{xml(article.title)}</TITLE>\n<EXTRAINFO>{xml(extra)}</EXTRAINFO>\n"
        f"<TEXT>{''.join(_marked(article.text, timexes))}</TEXT>\n</TimeML>\n"
    )


def _marked(text: str, timexes: list[tuple[int, int, str, str]]) -> Iterator[str]:
    at = 0
    for number, (start, end, type, value) in enumerate(timexes, 1):
        if start < at:  # within another, which XML could nest and readers of TimeML do not expect
            continue
        yield xml(text[at:start])
        yield f'<TIMEX3 tid="t{number}" type="{xml(type)}" value="{xml(value)}">{xml(text[start:end])}</TIMEX3>'
        at = end
    yield xml(text[at:])
