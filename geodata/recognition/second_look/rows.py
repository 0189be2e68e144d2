"""The sentences of a text as rows of pieces that the encoder reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from geodata.recognition.second_look.wordpiece import NO_LETTERS, Pieces, WordPiece
from geodata.tokens import Tokens

MOST = 120  # pieces of a row: a longer sentence is read in parts
OVERLAP = 12  # words that two such parts share
_NOTHING = Pieces((), ())


@dataclass(frozen=True, slots=True)
class Row:
    """Words `first` to `stop` (exclusive) as the encoder reads them; `at` is where each word's first piece stands."""

    first: int
    stop: int
    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    at: list[int]


def find_sentences(tokens: Tokens) -> list[tuple[int, int]]:
    """Return the sentences of a text, first word and the word after the last."""
    return list(pairwise([*tokens.firsts, len(tokens)]))


def rows_of(tokens: Tokens, sentence: tuple[int, int], pieces: WordPiece) -> Iterator[Row]:
    """Yield a sentence as rows of at most so many pieces; parts of a long one share a few words."""
    first, stop = sentence
    gaps = [_parted(tokens.gap[first])[1], *tokens.gap[first + 1 : stop]]  # of ". “" before a sentence the “ alone
    before = [_NOTHING if gap == " " else pieces.of(gap) for gap in gaps]
    words = list(zip(before, map(pieces.of, tokens.word[first:stop]), strict=True))
    sizes = [len(before.ids) + max(1, len(word.ids)) for before, word in words]
    begin = 0
    while True:
        end, size = begin, 0
        while end < len(words) and (end == begin or size + sizes[end] <= MOST):
            size += sizes[end]
            end += 1
        last = end == len(words)
        closing = pieces.of(_after(tokens, stop)) if last else _NOTHING
        yield _row(first + begin, words[begin:end], closing, pieces)
        if last:
            return
        begin = max(begin + 1, end - OVERLAP)


def _row(first: int, words: list[tuple[Pieces, Pieces]], closing: Pieces, pieces: WordPiece) -> Row:
    ids, shapes, at = [pieces.begin], [NO_LETTERS], []
    for before, word in words:
        ids += before.ids
        shapes += before.shapes
        at.append(len(ids))
        ids += word.ids or (pieces.unknown,)
        shapes += word.shapes or (NO_LETTERS,)
    ids += [*closing.ids, pieces.end]
    shapes += [*closing.shapes, NO_LETTERS]
    return Row(first, first + len(words), tuple(ids), tuple(shapes), at)


def _after(tokens: Tokens, stop: int) -> str:
    """Return the marks that end a sentence."""
    if stop < len(tokens):
        return _parted(tokens.gap[stop])[0]
    return tokens.text[tokens.end[-1] :].strip()[:8]


def _parted(gap: str) -> tuple[str, str]:
    """Part the marks between two sentences at the first blank."""
    parts = gap.split(maxsplit=1)
    if gap[:1].isspace():
        return "", gap.strip()
    return parts[0] if parts else "", parts[1] if len(parts) > 1 else ""
