"""What the head and foot of an article say about it: title, author, outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from corpus import LANGUAGES
from corpus.ingest.furniture import furniture_reason, script_of
from geodata.tables import read_toml

WORDS = LANGUAGES / "byline.toml"
LONGEST_TITLE = 160
LONGEST_BYLINE = 160

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_BY = re.compile(r"(?:written\s+|story\s+|report\s+)?by:?\s+(?=\S)|author:\s+", re.IGNORECASE)
_AFTER_NAME = re.compile(r"(?<!\s)\s*(?:[,|*•·(/\d]|\s[-–—]|[–—]|\b(?:for|in|at|on|from)\b).*")
_FOR = re.compile(r"\bfor\s+(?P<outlet>(?:the\s+)?[^\W\d_a-z][^,|•·(/\n–—]{1,60})")
_AGENCY = re.compile(r"(?P<place>[^()\n]{0,70})\((?P<agency>[^()\n]{2,40})\)\s*(?:[-–—_:]|$)")
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)[\s©]{0,20}+(?:\([cC]\)|[Cc]opyright)?[\s,]{0,20}+"
    r"(?:19|20)\d\d(?:\s*[-–]\s*\d{2,4})?[\s,.:|–—-]*(?:by\s+)?(?P<owner>[^\W\d_][^\n,|.]{1,60})"
)
_RIGHTS = re.compile(r"\ball rights\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """A line that names the author; `start, end` are offsets into the text."""

    start: int
    end: int
    author: str
    outlet: str


def find_byline(text: str) -> Byline | None:
    """Return the first byline in the head of a text that names a person, or one that names nobody, or None."""
    nobody: Byline | None = None
    for start, line in _head(text):
        byline = _read_byline(start, line)
        if byline and byline.author:
            return byline
        nobody = nobody or byline
    return nobody


def _head(text: str, lines: int = 12) -> Iterator[tuple[int, str]]:
    for count, match in enumerate(_LINE.finditer(text, 0, 4000)):
        if count == lines:
            return
        yield match.start(), match[0]


def _read_byline(start: int, line: str) -> Byline | None:
    opening = _BY.match(line) if len(line) <= LONGEST_BYLINE else None
    if not opening:
        return None
    rest = line[opening.end() :]
    after = _AFTER_NAME.search(rest)
    name = (rest[: after.start()] if after else rest).strip(" .*–—-")
    tail = rest[after.start() :] if after else ""
    words = name.split()
    if len(words) == 1 and words[0].lower() in _words("nobody"):
        return Byline(start, start + len(line), "", _outlet_of(tail))
    if not 2 <= len(words) <= 10 or words[0].lower() in _words("times") or not all(map(_in_a_name, words)):
        return None
    if sum(word.islower() for word in tail.split()) > 4:  # "By Land and Sea, the army had moved ..."
        return None
    return Byline(start, start + len(line), name, _outlet_of(tail))


def _in_a_name(word: str) -> bool:
    return word[0].isupper() or word in _words("particles")


def _outlet_of(tail: str) -> str:
    """Return "X" from "for X, 13 May", ", X Staff Writer" or "| X"."""
    found = _FOR.search(tail)
    if found:
        words = found["outlet"].split()
        dated = next((i for i, word in enumerate(words) if word.lower() in _words("times")), len(words))
        return " ".join(words[:dated]).strip(" .,*-")
    for part in re.split(r"[,|•·(/]|\s[-–—]\s", tail):
        part = part.strip(" .*)–—-")
        words = part.split()
        if words and words[-1].lower() in _words("professions"):
            while words and words[-1].lower() in _words("professions") | _words("ranks"):
                words.pop()
            return " ".join(words)
    return ""


def find_outlet(text: str, byline: Byline | None = None) -> str:
    """Return the outlet that the byline, the dateline's agency or the copyright line names, or ""."""
    if byline and byline.outlet:
        return byline.outlet
    for _, line in _head(text, 6):
        found = _AGENCY.match(line)
        if found and _opens_dateline(found["place"]) and found["agency"][0].isupper():
            return found["agency"].strip()
    foot = text[-3000:]
    for found in _COPYRIGHT.finditer(foot) if "opyright" in foot or "©" in foot or "(c)" in foot.lower() else ():
        owner = _RIGHTS.sub("", found["owner"]).strip(" \t\u00a0-–—.;:")
        if owner:
            return owner
    return ""


def _opens_dateline(place: str) -> bool:
    """Say whether what stands before "(AP) -" is a dateline: capitals, or a date, or nothing."""
    words = re.findall(r"[^\W\d_]+", place)
    return all(word[0].isupper() for word in words) and (not words or words[0].isupper() or _names_a_time(place))


def find_title(text: str, file: str) -> str:
    """Return the headline, else the file name where it is words, else the first words of the text."""
    lines = list(_head(text, 8))
    for _, line in lines:
        if line.startswith("# "):
            return line[2:].strip(" #")
    for start, line in lines:
        if len(line) > LONGEST_TITLE or line[-1] in ".;," or line.endswith((".”", '."', ".’")):
            if _read_byline(start, line) or furniture_reason(line):
                continue
            break
        if _is_headline(text, start, line):
            return line
    stem = PurePosixPath(file).stem
    words = re.findall(r"[^\W\d_]+", stem)
    if len(words) >= 2 and all(len(word) >= 2 for word in words[:2]) and not re.search(r"[0-9a-f]{8}", stem):
        readable = re.sub(r"[\W_]+", " ", stem).strip()
        return readable[0].upper() + readable[1:]
    return _first_words(text) or stem


def _is_headline(text: str, start: int, line: str) -> bool:
    if " " not in line or furniture_reason(line) or _read_byline(start, line):
        return False
    if line[-1] in "-–—_:" or _is_date(line):
        return False
    if re.match(r"(?:published|updated|posted|last (?:updated|modified)|photo|image|caption)\b", line, re.IGNORECASE):
        return False
    script = script_of(line)
    return (script == "Latin" and line.isascii()) or script == script_of(text)


def _is_date(line: str) -> bool:
    """Say whether a line is date and time and little else."""
    words = re.findall(r"[^\W\d_]+\.?", line.lower())
    others = [word for word in words if word not in _words("times")]
    return len(others) < len(words) and len(others) <= 2 and re.search(r"\d", line) is not None


def _first_words(text: str, longest: int = 80) -> str:
    """Return how the first paragraph begins."""
    lines = [line for start, line in _head(text) if len(line) > longest and not _read_byline(start, line)]
    if not lines:
        return ""
    return lines[0][:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _names_a_time(line: str) -> bool:
    return not _words("times").isdisjoint(re.findall(r"[^\W\d_]+\.?", line.lower()))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml(WORDS)[name].split())
