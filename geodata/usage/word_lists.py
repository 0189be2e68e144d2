"""Word lists for how a place name is used: the small words of a sentence, bodies and offices, seats of governments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geodata.recognition.lexicon import WORDS, open_lexicon
from geodata.tables import read_lines, read_rows
from geodata.words import number_words, reporting_verbs, winds


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists, each word folded (see folding.fold)."""

    small: dict[str, str]  # word -> preposition, determiner, be, have, modal, adverb, conjunction ...
    verbs: frozenset[str]  # finite forms: "said", "claims", "attacked"
    speech: frozenset[str]  # of these, those of saying, which another clause may follow at once
    land: frozenset[str]  # nouns that make land of what follows them: "border", "coast"
    actors: frozenset[str]  # who acts for a state: "officials", "troops"
    bodies: dict[
        str, str
    ]  # word of a proper name -> body, organ (of a state), event, document, office, head (of a state)
    attributes: dict[str, str]  # word after a name and a hyphen -> done by ("Iran-backed"), from ("Paris-based")
    seats: dict[str, str]  # name -> capital (of a country), or seat (of a government: "Kremlin")
    roles: dict[str, str]  # word -> meeting, met, target: what happens at a place


@cache
def open_words() -> Words:
    """Open the shipped word lists, once a process."""
    common = open_lexicon().common
    adverbs = {word for word in common if word.endswith("ly") and len(word) > 5 and _stems(word) & common}
    small = dict.fromkeys(adverbs, "adverb") | dict.fromkeys(number_words("one", "ten"), "number")
    small |= {word: "modifier" for wind in winds() if wind.bearing % 45 == 0 for word in (wind.word, wind.adjective)}
    small |= _table("small_words.csv", "word", "class")
    # "claims" is a verb where "claimed" is a word; "attacked" looks like one.
    regular = {
        word
        for word in common
        if (word.endswith("ed") and (word[:-1] in common or word[:-2] in common or word[:-3] in common))
        or (
            word.endswith("s")
            and (word[:-1] + "ed" in common or word[:-2] + "ed" in common or word[:-1] + "d" in common)
        )
        or (word.endswith("ies") and word[:-1] + "d" in common)
    }
    speech = reporting_verbs("clause")
    return Words(
        small=small,
        verbs=frozenset(regular).union(read_lines(WORDS / "irregular_verbs.txt"), speech),
        speech=speech,
        land=frozenset(open_lexicon().features) | open_lexicon().cues["of"] - {"people", "resident", "residents"},
        actors=frozenset(_table("actors.csv", "word", "word")),
        bodies=_table("bodies.csv", "word", "class"),
        attributes=_table("attributes.csv", "word", "class"),
        seats=_table("seats.csv", "name", "class"),
        roles=_table("role_cues.csv", "word", "role"),
    )


def _stems(adverb: str) -> set[str]:
    """Return what 'openly', 'specifically' and 'possibly' may be made of."""
    return {stem for stem in (adverb[:-2], adverb[:-4], adverb[:-1] + "e") if len(stem) > 3}


def _table(name: str, key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in read_rows(WORDS / name)}
