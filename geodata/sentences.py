"""Split a text into paragraphs, and these into sentences: the one rule of where a sentence ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from geodata import DATA
from geodata.tables import read_toml

ABBREVIATIONS = DATA / "words" / "abbreviations.toml"

LONGEST_PASSAGE = 1200  # characters; a longer paragraph is cut at the last sentence end before this
LONGEST_SENTENCE = 2400  # characters; what has no sentence end for so long is cut at a blank
# Mail and news agencies break lines at this width; a block of such lines is one paragraph.
WRAPPED_AT = (45, 100)

Span = tuple[int, int]

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_DATELINE_END = re.compile(r"[)\w.][ \t]{0,60}[-–—_]{1,60}$")
_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«([-–—•*„‹¿¡ "
# A full stop ends a sentence before a blank; the marks of other scripts end one wherever they stand.
# All begin with one set of marks, so that the search may skip from mark to mark; of several full stops only the first
# begins an end, for all of them lead to the same one.
_SENTENCE_END = re.compile(
    r"[.!?…。！？।։؟]"
    rf"(?:(?<=[.!?…])(?<![.!?…]{{2}})[.!?…]*[{_CLOSERS}]*(?=\s)|(?<=[。！？।])[。！？।]*[」』{_CLOSERS}]*|(?<=[։؟])(?=\s|$))"
)
_LAST_WORD = re.compile(r"[^\s\"'“‘«(\[„‹—–/-]{0,40}$")
_NEXT_WORD = re.compile(rf"[\s{re.escape(_OPENERS)}]*([^\W_]*)")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def split_paragraphs(text: str, apart: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield the paragraphs of a text; a line within one of the stretches `apart`, in order, opens none."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        if block and text.count("\n", block[-1][1], match.start()) > 1:
            yield from _of_block(text, block, apart)
            block = []
        block.append(match.span())
    yield from _of_block(text, block, apart)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of a stretch as trimmed spans that cover every character but white space."""
    end = len(text) if end is None else end
    sentences: list[Span] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, begin, match):
            sentences += _trimmed(text, begin, match.end())
            begin = match.end()
    return sentences + _trimmed(text, begin, end)


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    mark = match[0]
    if mark[0] in "。！？।։؟":
        return True
    following = _NEXT_WORD.match(text, match.end(), match.end() + 60)
    word = following[1] if following else ""
    if word[:1].islower():
        # "iPhone sales ..." is rarer than "Yahoo! said" and "'Why?' he asked".
        return False
    if mark[0] in "!?" or mark[1:2] == ".":
        return True
    before = _LAST_WORD.search(text, max(begin, match.start() - 40), match.start())
    last = before[0] if before else ""
    titles, either, before_number, starters = _abbreviations()
    if last in titles:
        return False
    if word[:1].isdigit() and last in before_number:
        return False
    if last in either or _INITIAL.fullmatch(last):
        return word in starters
    # "3. Armenia" in a list, but "in 2020. Armenia" ends a sentence.
    return not (last.isdigit() and len(last) <= 2 and match.start() - begin <= 3)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """Return the stretch without outer white space, cut at blanks where it is too long, or nothing."""
    spans: list[Span] = []
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_PASSAGE // 2, start + LONGEST_PASSAGE)
        cut = cut if cut > 0 else start + LONGEST_PASSAGE
        spans += _trimmed(text, start, cut)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [*spans, (start, end)] if start < end else spans


def _of_block(text: str, lines: Sequence[Span], apart: Sequence[Span]) -> Iterator[Span]:
    """Yield the paragraphs of lines between two blank ones: all of them when wrapped, else each line."""
    if _is_wrapped(text, lines):
        yield lines[0][0], lines[-1][1]
        return
    start: int | None = None
    for begin, end in lines:
        start = begin if start is None else start
        # A dateline on a line of its own belongs to the paragraph it opens.
        opens = end - begin <= 60 and _DATELINE_END.search(text, begin, end) is not None
        if not opens or end == lines[-1][1] or _lies_in(begin, end, apart):
            yield start, end
            start = None


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    if len(lines) < 3:
        return False
    least, most = WRAPPED_AT
    if not all(least <= end - start <= most for start, end in lines[:-1]) or lines[-1][1] - lines[-1][0] > most:
        return False
    broken = sum(text[end - 1] not in ".!?…:”\"'" for _, end in lines[:-1])
    small = sum(text[start].islower() for start, _ in lines[1:])
    return broken * 2 > len(lines) and small * 3 >= len(lines) - 1


def _lies_in(start: int, end: int, stretches: Sequence[Span]) -> bool:
    place = bisect_right(stretches, start, key=lambda stretch: stretch[0]) - 1
    return place >= 0 and stretches[place][1] >= end


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    table = read_toml(ABBREVIATIONS)
    titles, either, before_number, starters = (
        frozenset(table[key].split()) for key in ("titles", "either", "before_number", "starters")
    )
    return titles, either, before_number, starters
