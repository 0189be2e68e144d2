"""Split an article into passages, the stretches shown to the reader, and each passage into sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from corpus.records import Furniture, Passage
from geodata.sentences import LONGEST_PASSAGE, Span, split_paragraphs, split_sentences


def split_passages(text: str, furniture: Sequence[Furniture] = ()) -> list[Passage]:
    """Split into passages that cover every character but white space; furniture makes passages of its own."""
    return [
        Passage(pieces[0][0], pieces[-1][1], tuple(pieces), reason)
        for start, end, reason in _cut_at_furniture(text, furniture)
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


def _cut_at_furniture(text: str, furniture: Sequence[Furniture]) -> Iterator[tuple[int, int, str]]:
    """Yield the paragraphs, each cut where furniture begins and ends, with the reason of the furniture."""
    paragraphs = split_paragraphs(text, [(piece.start, piece.end) for piece in furniture])
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
