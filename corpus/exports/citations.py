"""A passage or an article as it is cited: in words, for BibTeX, RIS and CSL, each with its file, hash and offsets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.exports.evidence import HASH, Evidence, Subject
from corpus.exports.json_lines import records
from corpus.queries.filters import spell
from geodata.unseen import visible

_CLOSING = "” — "  # ends the quotation in words: it stands nowhere after it


@dataclass(frozen=True, slots=True)
class Cited:
    """The words of an article from `start` to `end`, or an article as a whole without words, and its source."""

    hash: str  # of the article's text, as its column in the exports
    file: str
    start: int = 0
    end: int = 0
    words: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    since: str = ""  # the first day of publication, "" where none is known
    until: str = ""
    url: str = ""
    address: str = ""  # of the page, where it is open: for readers of words

    @property
    def locator(self) -> str:
        """What finds the words again, and tells whether they still stand: the hash of the text, and where in it."""
        return f"{self.hash}:{self.start}-{self.end}" if self.words else self.hash


def cited(row: Mapping[str, Any], *, words: str = "", start: int = 0, end: int = 0, address: str = "") -> Cited:
    """Return what a row of articles, `article_hash` among its columns, is cited by."""
    told = {name: visible(" ".join(str(row[name] or "").split())) for name in ("file", "title", "outlet", "author")}
    days = {"since": row["published_since"] or "", "until": row["published_until"] or ""}
    url = row["url"] if str(row["url"] or "").startswith(("https://", "http://")) else ""
    quoted = visible(" ".join(words.split()))
    web = visible("".join(url.split()))
    return Cited(row["article_hash"], start=start, end=end, words=quoted, url=web, address=address, **told, **days)


def plain(one: Cited) -> str:
    """Return a citation in words."""
    title = f"“{one.title}”" if one.title else ""
    told = ", ".join(filter(None, (one.author, title, one.outlet, _when(one), one.url))).replace(_CLOSING, "” - ")
    quoted = f"“{one.words}{_CLOSING}" if one.words else ""
    at = f"{one.file}, {one.locator}".replace(_CLOSING, "” - ")
    return f"{quoted}{told}. {at}{f'. {one.address}' if one.address else ''}"


def bibtex(one: Cited) -> str:
    """Return a citation as an entry of BibTeX."""
    month = one.since[5:7] if one.since[:7] == one.until[:7] else ""
    fields = {
        "author": f"{{{_tex(one.author)}}}" if one.author else "",  # one name, however many words
        "title": f"{{{_tex(one.title)}}}" if one.title else "",
        "journal": _tex(one.outlet),
        "year": one.since[:4] if one.since[:4] == one.until[:4] else "",
        "month": month.lstrip("0"),
        "date": one.since if one.since == one.until else f"{one.since}/{one.until}",
        "url": re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", one.url),
        "quotation": _tex(one.words),
        "articlefile": _tex(one.file),
        "locator": one.locator,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value.strip("/"))
    return f"@article{{{_key(one)},\n{lines}}}\n"


def ris(one: Cited) -> str:
    """Return a citation as a record of RIS."""
    fields = [
        ("TY", "NEWS"),
        ("ID", _key(one)),
        ("AU", one.author),
        ("TI", one.title),
        ("T2", one.outlet),
        ("PY", one.since[:4] if one.since[:4] == one.until[:4] else ""),
        ("DA", one.since.replace("-", "/") if one.since == one.until else ""),
        ("UR", one.url),
        ("N1", one.words),
        ("C1", one.locator),
        ("C2", one.file),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def csl(one: Cited) -> dict[str, Any]:
    """Return a citation as an item of CSL-JSON; what proves it is in its member `custom`."""
    days = [[int(part) for part in day.split("-")] for day in dict.fromkeys((one.since, one.until)) if day]
    told = {
        "id": _key(one),
        "type": "article-newspaper",
        "title": one.title,
        "container-title": one.outlet,
        "author": [{"literal": one.author}] if one.author else [],
        "issued": {"date-parts": days} if days else {},
        "URL": one.url,
    }
    proof = {"quotation": one.words, "file": one.file, "hash": one.hash, "start": one.start, "end": one.end}
    return {**{name: value for name, value in told.items() if value}, "custom": proof}


def csl_json(one: Cited) -> str:
    """Return a citation as CSL-JSON, which is a list of items."""
    return json.dumps([csl(one)], ensure_ascii=False, indent=1) + "\n"


STYLES: Mapping[str, Callable[[Cited], str]] = {"Text": plain, "BibTeX": bibtex, "RIS": ris, "CSL-JSON": csl_json}


def of_view(evidence: Evidence) -> Iterator[Cited]:
    """Yield each sentence that names what is shown, once."""
    known = set()
    for row in records(evidence.mentions):
        at = (row["article"], row["sentence_start"], row["sentence_end"])
        if at not in known:
            known.add(at)
            yield cited(row, words=row["sentence"], start=at[1], end=at[2])


def write_plain(evidence: Evidence, of: Subject) -> bytes:
    """Return the sentences that name what is shown, cited in words."""
    return "\n".join([*evidence.about.lines(), "", *map(plain, of_view(evidence)), ""]).encode("utf-8", "replace")


def write_bibtex(evidence: Evidence, of: Subject) -> bytes:
    """Return the sentences that name what is shown as BibTeX."""
    about = "".join(f"% {line}\n" for line in evidence.about.lines()).replace("@", "(at)")
    return "\n".join([about, *map(bibtex, of_view(evidence))]).encode("utf-8", "replace")


def write_ris(evidence: Evidence, of: Subject) -> bytes:
    """Return the sentences that name what is shown as RIS."""
    return "\n".join(map(ris, of_view(evidence))).encode("utf-8", "replace")


def write_csl(evidence: Evidence, of: Subject) -> bytes:
    """Return the sentences that name what is shown as CSL-JSON."""
    return json.dumps(list(map(csl, of_view(evidence))), ensure_ascii=False, indent=1).encode("utf-8", "replace")


def untex(text: str) -> str:
    """Return what a field of BibTeX says."""
    return re.sub(r"\\text(\w+)\{\}|\\([%&$#_])", lambda m: _NAMED[m[1]] if m[1] else m[2], text)


_NAMED = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciicircum": "^", "asciitilde": "~"}
_NAMES = {sign: name for name, sign in _NAMED.items()}


def _tex(text: str) -> str:
    """Return a text as TeX; braces by name, since BibTeX counts them even behind a backslash."""

    def escaped(match: re.Match[str]) -> str:
        return f"\\text{_NAMES[match[0]]}{{}}" if match[0] in _NAMES else f"\\{match[0]}"

    return re.sub(r"[\\{}^~%&$#_]", escaped, text)


def _when(one: Cited) -> str:
    days = [spell(date.fromisoformat(day)) for day in dict.fromkeys((one.since, one.until)) if day]
    return f"between {days[0]} and {days[1]}" if len(days) == 2 else days[0] if days else "no date"


def _key(one: Cited) -> str:
    return f"{one.hash.removeprefix(HASH)}-{one.start}-{one.end}" if one.words else one.hash.removeprefix(HASH)
