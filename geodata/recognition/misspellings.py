"""Slips of spelling: an unlisted word within one letter of a name of the text, or of a place in its countries.

And names as only this newsroom writes them: "Diwaniya", where the text speaks of Iraq.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geodata.folding import name_key
from geodata.gazetteer import Gazetteer
from geodata.recognition.candidate_spans import Span
from geodata.records import Candidate, NameType
from geodata.tokens import Tokens

SHORTEST = 6  # letters of a name that may be misspelled: shorter ones have too many neighbours
LONG = 7  # letters from which a country that the text names is enough; below, it must name the province
VERY_LONG = 9  # letters from which any other name of a place will do: "Stepanakret"
VAST = 60_000_000  # people of a country in which every word has a neighbour: there the province must be named
KNOWN = 1_000  # people: a smaller place is not taken for the one meant
Home = tuple[str, str]  # a country, and a province of it or ""
# Before a misspelled place: "in Latchin"; or after it: "Latchin district".
_BEFORE = frozenset({"in", "near", "at", "outside", "around", "from", "to", "towards", "toward", "into", "between"})
_AFTER = frozenset(
    {"district", "region", "province", "county", "corridor", "area", "city", "town", "village", "airport", "road"}
)


def mend_misspellings(tokens: Tokens, spans: Sequence[Span], gazetteer: Gazetteer) -> None:
    """Take unlisted words for the names they misspell, and note on each which: `misspells`."""
    unlisted = [span for span in spans if span.kind == "unlisted" and len(span.key) >= SHORTEST]
    if not unlisted:
        return
    known = {span.key: span for span in spans if span.kind in ("name", "demonym") and len(span.key) >= SHORTEST}
    homes = None
    placed = []
    for span in unlisted:
        if meant := _in_text(span, known):
            span.key, span.kind, span.candidates, span.feature = meant.key, meant.kind, meant.candidates, ""
            span.misspells = tokens.text[meant.start : meant.end]
        elif _is_placed(tokens, span) and not _is_surname(tokens, span.key):
            homes = _homes(spans, gazetteer) if homes is None else homes
            key, candidates = _at_home(span.key, homes, gazetteer)
            placed.append(span)
            if candidates:
                span.key, span.kind, span.candidates, span.feature = key, "name", candidates, ""
                span.misspells = _spelled(key, candidates, gazetteer)
    relate_names(placed, spans, gazetteer)


def relate_names(found: Sequence[Span], spans: Sequence[Span], gazetteer: Gazetteer) -> None:
    """Take names that no list has for the places there that they are another spelling of."""
    unlisted = [span for span in found if span.kind == "unlisted"]
    homes = _homes(spans, gazetteer) if unlisted else set()
    for span in unlisted:
        if homes and (relatives := _relatives(span.key, homes, gazetteer)):
            span.kind, span.candidates, span.feature = "name", relatives, ""
            span.misspells = gazetteer.name(relatives[0].row)


def _in_text(span: Span, known: dict[str, Span]) -> Span | None:
    """Return the name of the same text that differs in one letter: 'Armenian' for 'Armenrian'."""
    if not known:
        return None
    found = process.extractOne(span.key, known.keys(), scorer=OSA.distance, score_cutoff=1)
    if found and found[0][0] == span.key[0] and found[0].rstrip("s") != span.key.rstrip("s"):
        return known[found[0]]
    return None


def _is_surname(tokens: Tokens, word: str) -> bool:
    """Say whether a word stands behind a capital anywhere: "Ann Pehrson"."""
    at = (i for i, folded in enumerate(tokens.folded) if folded == word)
    return any(tokens.adjacent(i) and tokens.capital[i - 1] for i in at)


def _is_placed(tokens: Tokens, span: Span) -> bool:
    """Say whether a word stands where a place does."""
    before, after = span.first - 1, span.last + 1
    return (tokens.gap[span.first] == " " and tokens.folded[before] in _BEFORE) or (
        tokens.adjacent(after) and tokens.folded[after] in _AFTER
    )


def _homes(spans: Sequence[Span], gazetteer: Gazetteer) -> set[Home]:
    """Return the provinces and small countries that a text names, or that a place of a name of its own lies in."""
    homes = set()
    for span in spans:
        for row in [c.row for c in span.candidates if c.name_type != NameType.OTHER or len(span.candidates) == 1]:
            kind, country = gazetteer.kind[row], gazetteer.country[row]
            if kind == "country" and gazetteer.population[row] < VAST:
                homes.add((country, ""))
            elif gazetteer.admin1[row] and (kind == "admin1" or len(span.candidates) == 1):
                homes.add((country, gazetteer.admin1[row]))
    return homes


def _at_home(key: str, homes: set[Home], gazetteer: Gazetteer) -> tuple[str, tuple[Candidate, ...]]:
    """Return the largest place there whose name is one letter off, as its key and all that bear that name there."""
    most = NameType.OTHER if len(key) >= VERY_LONG else NameType.OFFICIAL
    best: tuple[int, str, tuple[Candidate, ...]] = (KNOWN - 1, "", ())
    for near in _one_off(key) if homes else ():
        bearers = [c for c in gazetteer.bearers(near) if c.name_type <= most]
        found = tuple(c for c in bearers if _lies_in(c.row, key, homes, gazetteer))
        people = max((gazetteer.population[c.row] for c in found), default=0)
        if people > best[0]:
            best = (people, near, found)
    return best[1:]


def _relatives(key: str, homes: set[Home], gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places there that it may be another spelling of, the largest first: "Diwaniyah" of Ad Diwaniyah."""
    found = [
        c
        for c in gazetteer.spelt_like(key)
        if {(gazetteer.country[c.row], ""), (gazetteer.country[c.row], gazetteer.admin1[c.row])} & homes
    ]
    return tuple(sorted(found, key=lambda c: -gazetteer.population[c.row]))


def _lies_in(row: int, key: str, homes: set[Home], gazetteer: Gazetteer) -> bool:
    country, province = gazetteer.country[row], gazetteer.admin1[row]
    return (bool(province) and (country, province) in homes) or (len(key) >= LONG and (country, "") in homes)


def _one_off(word: str) -> Iterator[str]:
    """Yield what is one letter added, dropped, changed or swapped away, with the same first letter."""
    for i in range(1, len(word)):
        head, tail = word[:i], word[i:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]
    for letter in ascii_lowercase:
        yield word + letter


def _spelled(key: str, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> str:
    """Return the name as the gazetteer spells it."""
    names = (gazetteer.name(candidate.row) for candidate in candidates)
    return next((name for name in names if name_key(name) == key), key.title())
