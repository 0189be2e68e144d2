"""Word lists that tell places from people, organisations and ordinary words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geodata import DATA
from geodata.folding import fold, name_key
from geodata.tables import read_lines, read_rows
from geodata.words import wind_words

WORDS = DATA / "words"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists, each word folded (see folding.fold)."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    common: frozenset[str]
    organisations: dict[str, str]  # head of a name -> what it heads: press, team, company, school or body
    titles: frozenset[str]
    features: dict[str, tuple[str, str]]  # noun -> (kind, position: before, after or both)
    before_article: frozenset[str]  # begins the name of a feast, a person or an armed group: "Eid al-Adha"
    not_places: dict[str, tuple[str, ...]]  # first word -> the names that only sound like places: "bank of america"
    calendar: frozenset[str]
    generic: frozenset[str]  # what every town has one of: "city" (hall), "high" (school)
    cues: dict[str, frozenset[str]]  # small words about places: before "of", and "part" and "dweller" after a name
    country_cues: dict[str, str]  # word -> the country whose news uses it: "selectman", "constabulary"


@cache
def open_lexicon() -> Lexicon:
    """Open the shipped word lists, once a process."""
    places = [(row["cue"], row["position"]) for row in read_rows(WORDS / "place_cues.csv")]
    places += [(word, "of") for word in wind_words()]
    nouns = read_rows(WORDS / "feature_nouns.csv")
    return Lexicon(
        given_names=_words("given_names.txt"),
        surnames=_words("surnames.txt"),
        common=_words("common_words.txt"),
        organisations={name_key(row["head"]): row["kind"] for row in read_rows(WORDS / "organisations.csv")},
        titles=_words("titles.txt"),
        features={fold(row["noun"]): (row["kind"], row["position"]) for row in nouns},
        before_article=_words("before_article.txt"),
        not_places=_by_first_word("not_places.txt"),
        calendar=_words("calendar.txt"),
        generic=_words("generic.txt"),
        cues={
            position: frozenset(cue for cue, of in places if of == position) for position in ("of", "part", "dweller")
        },
        country_cues={row["cue"]: row["country"] for row in read_rows(WORDS / "country_cues.csv")},
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(map(fold, read_lines(WORDS / name)))


def _by_first_word(name: str) -> dict[str, tuple[str, ...]]:
    keys = list(map(name_key, read_lines(WORDS / name)))
    return {first: tuple(key for key in keys if key.split()[0] == first) for first in {key.split()[0] for key in keys}}
