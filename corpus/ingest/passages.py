"""Split an article into passages, the stretches shown to the reader, and each passage into sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from corpus import LANGUAGES
from corpus.ingest.furniture import furniture_at
from corpus.records import Furniture, Passage
from geodata.tables import read_toml

ABBREVIATIONS = LANGUAGES / "abbreviations.toml"

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


def split_passages(text: str, furniture: Sequence[Furniture] = ()) -> list[Passage]:
    """Split into passages that cover every character but white space; furniture makes passages of its own."""
    return [
        Passage(pieces[0][0], pieces[-1][1], tuple(pieces), reason)
        for start, end, reason in _cut_at_furniture(_paragraphs(text, furniture), text, furniture)
        for pieces in _in_groups(split_sentences(text, start, end))
    ]


def join_passages(passages: Sequence[Passage], names: Iterable[Span]) -> list[Passage]:
    """Join the passages, and in them the sentences, that share a name: in a column of words each line is one."""
    joined = list(passages)
    for start, end in names:
        first, last = passage_at(start, joined), passage_at(end - 1, joined)
        if first < last:
            parts = joined[first : last + 1]
            before, *_, after = (part.sentences for part in parts)
            sentences = (*before[:-1], (before[-1][0], after[0][1]), *after[1:])
            reason = parts[0].furniture if len({part.furniture for part in parts}) == 1 else ""
            joined[first : last + 1] = [Passage(parts[0].start, parts[-1].end, sentences, reason)]
    return joined


def passage_at(position: int, passages: Sequence[Passage]) -> int:
    """Return the number of the passage that holds a position."""
    return bisect_right(passages, position, key=lambda passage: passage.start) - 1


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


def _in_groups(sentences: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield runs of sentences that are no longer than a passage may be."""
    group: list[Span] = []
    for span in sentences:
        if group and span[1] - group[0][0] > LONGEST_PASSAGE:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _paragraphs(text: str, furniture: Sequence[Furniture]) -> Iterator[Span]:
    block: list[Span] = []
    for match in _LINE.finditer(text):
        if block and text.count("\n", block[-1][1], match.start()) > 1:
            yield from _of_block(text, block, furniture)
            block = []
        block.append(match.span())
    yield from _of_block(text, block, furniture)


def _of_block(text: str, lines: Sequence[Span], furniture: Sequence[Furniture]) -> Iterator[Span]:
    """Yield the paragraphs of lines between two blank ones: all of them when wrapped, else each line."""
    if _is_wrapped(text, lines):
        yield lines[0][0], lines[-1][1]
        return
    start: int | None = None
    for begin, end in lines:
        start = begin if start is None else start
        # A dateline on a line of its own belongs to the paragraph it opens.
        opens = end - begin <= 60 and _DATELINE_END.search(text, begin, end) is not None
        if not opens or end == lines[-1][1] or furniture_at(begin, end, furniture):
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


def _cut_at_furniture(
    paragraphs: Iterator[Span], text: str, furniture: Sequence[Furniture]
) -> Iterator[tuple[int, int, str]]:
    """Yield the paragraphs, each cut where furniture begins and ends, with the reason of the furniture."""
    ahead = 0
    for start, end in paragraphs:
        while ahead < len(furniture) and furniture[ahead].end <= start:
            ahead += 1
        place = ahead
        while place < len(furniture) and furniture[place].start < end:
            piece = furniture[place]
            if piece.start > start and not text[start : piece.start].isspace():
                yield start, piece.start, ""
            start = max(start, piece.start)
            yield start, min(piece.end, end), piece.reason
            start = min(piece.end, end)
            place += 1
        if start < end and not text[start:end].isspace():
            yield start, end, ""


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    table = read_toml(ABBREVIATIONS)
    titles, either, before_number, starters = (
        frozenset(table[key].split()) for key in ("titles", "either", "before_number", "starters")
    )
    return titles, either, before_number, starters
