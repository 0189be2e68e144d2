"""Find the words that place something along a line: 'the border of A and B', 'the Lachin corridor'."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from geodata.extents.expressions import LOOK_BACK, CorridorStatus, Expression, Names, pattern, words

NEAR_LINE = 90  # letters to either side of a corridor where words say how it stands
# Use in the table of words, how weakly it speaks, and for what: traffic through a corridor shows that it exists, but
# who writes of its blockade tells of traffic too.
STANDINGS: tuple[tuple[str, int, CorridorStatus], ...] = (
    ("blockaded", 0, "blockaded"),
    ("proposed", 0, "proposed"),
    ("reopened", 0, "existing"),
    ("in use", 1, "existing"),
)
_NONE: CorridorStatus = ""
_BORDER = r"\b(?:border|frontier)(?:s|line)?\b"
_PAIR = r"^(?:\s?[-–—/]\s?|['’]?s? and (?:the )?)$"
# "Armenia's volatile border", "the Armenian state border", "Armenia closed the border with Iran"
_OWNER = {
    "name": r"^['’]s? (?:[a-z]+ ){0,2}$|^ (?:state |land )?$",
    "demonym": r"^ (?:[a-z]+ )?$",
    "with": r"^(?:['’]s?)? (?:[a-z]+ ){0,3}$",
}


def borders(names: Names) -> Iterator[Expression]:
    """Yield 'the border of A and B', 'the A-B border', 'A's border with B', 'the border with B', 'along the border'."""
    text = names.text
    starts = [toponym.start for toponym in names.toponyms]
    for noun in pattern(rf"{_BORDER}(?! {words('not a line')}\b)").finditer(text):
        start, end = noun.span()
        next_ = bisect_left(starts, end)  # the first name after the noun
        after = text[end : starts[next_]] if next_ < len(starts) and starts[next_] - end <= LOOK_BACK else ""
        with_ = pattern(r"^ with (?:the )?$").match(after) is not None and names.is_unit(next_)
        owner = next_ - 1 if _owns(names, next_ - 1, start, with_=with_) else None
        sentence = names.written.sentence_at(start)
        if pattern(r"^ (?:between|of|shared by|separating|dividing|that divides) (?:the )?$").match(after):
            if not names.is_unit(next_):
                continue
            pair = pattern(r"^,? (?:and|with|from) (?:the )?$").match(names.gap(next_))
            if pair and names.is_unit(next_ + 1):
                yield Expression(start, names.toponyms[next_ + 1].end, "border", (next_, next_ + 1))
            else:
                yield _open_border(names, (start, names.toponyms[next_].end), next_, sentence)
        elif owner is not None:
            first = starts[owner]
            if with_:
                yield Expression(first, names.toponyms[next_].end, "border", (owner, next_))
            elif pattern(_PAIR).match(names.gap(owner - 1)) and names.is_unit(owner - 1):
                yield Expression(starts[owner - 1], end, "border", (owner - 1, owner))
            else:
                yield _open_border(names, (first, end), owner, sentence)
        elif with_:
            yield _open_border(names, (start, names.toponyms[next_].end), next_, sentence)
        elif not noun[0].endswith("s") and pattern(
            r"\b(?:along|on|at|near|across|over|to|from) the (?:state |common |shared )?$"
        ).search(text[max(0, start - 12) : start]):
            yield Expression(start, end, "border", ())


def _owns(names: Names, i: int, noun: int, *, with_: bool) -> bool:
    """Say whether the border at position `noun` is said to be that of name `i`, which stands before it."""
    if i < 0 or not names.is_unit(i) or not noun - LOOK_BACK <= names.toponyms[i].end <= noun:
        return False
    form = "with" if with_ else "demonym" if names.toponyms[i].kind == "demonym" else "name"
    return pattern(_OWNER[form]).match(names.text[names.toponyms[i].end : noun]) is not None


def _open_border(names: Names, span: tuple[int, int], own: int, sentence: tuple[int, int]) -> Expression:
    """Return a border of which the text names one side, with who else is named in the sentence, nearest first.

    "Armenian borders" are all of them, and no neighbour is meant.
    """
    one = not pattern(r"\b(?:borders|frontiers)\b").search(names.text[span[0] : span[1]])
    first, last = (bisect_left(names.toponyms, at, key=lambda toponym: toponym.start) for at in sentence)
    there = [i for i in range(first, last) if i != own and names.is_unit(i) and one]
    there.sort(key=lambda i: abs(names.toponyms[i].start - span[0]))
    return Expression(*span, "border", (own,), others=tuple(there))


def corridors(names: Names) -> Iterator[Expression]:
    """Yield each corridor, with how it stands by the words nearest to it in its sentence."""
    for i, toponym in enumerate(names.toponyms):
        entry = names.entries[i]
        if entry is None or entry.kind != "corridor":
            continue
        since, until = names.written.sentence_at(toponym.start)
        left = names.text[max(since, toponym.start - NEAR_LINE) : toponym.start]
        right = names.text[toponym.end : min(until, toponym.end + NEAR_LINE)]
        _, _, said, status = min(_status_words(left, right), default=(0, 0, "", _NONE))
        doubted = pattern(rf"\b{words('doubted')} (?:the )?$").search(left)
        if doubted and not said:
            said = doubted[0].strip()
        start = toponym.start - (len(left) - doubted.start() if doubted else 0)
        yield Expression(start, toponym.end, "corridor", (i,), status=status, status_words=said)


def _status_words(left: str, right: str) -> Iterator[tuple[int, int, str, CorridorStatus]]:
    """Yield the words around a corridor that say how it stands: how weak they are, how many letters away, and so on."""
    for use, weakness, status in STANDINGS:
        standing = pattern(rf"\b{words(use)}\b")
        yield from ((weakness, len(left) - found.end(), found[0], status) for found in standing.finditer(left))
        yield from ((weakness, found.start(), found[0], status) for found in standing.finditer(right))
