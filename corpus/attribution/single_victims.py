"""Find single victims: "a corporal was killed", "the mayor was wounded", "the death of a sergeant"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from corpus import LANGUAGES
from geodata.sentences import Span
from geodata.tables import read_toml
from geodata.words import reporting_verbs


class Victim(NamedTuple):
    """One person, `text[start:end]` with the article, and what befell them."""

    start: int
    end: int
    what: str
    whom: str


def single_victims(text: str, sentence: Span) -> Iterator[Victim]:
    """Yield the single victims of a sentence in order; what might have been, or was not, is none."""
    if _people().isdisjoint(_WORD.findall(text[slice(*sentence)].lower())):
        return  # the patterns are slow, and each needs a person
    found = [
        *(_victim(match, "suffered") for match in _suffered().finditer(text, *sentence)),
        *(_victim(match, "done") for match in _done().finditer(text, *sentence) if _is_real(text, match)),
        *(_victim(match, "left") for match in _left().finditer(text, *sentence)),
        *(_victim(match, "hit") for match in _hit().finditer(text, *sentence)),
        *(_victim(match, "among") for match in _among().finditer(text, *sentence)),
    ]
    ended = 0
    for victim in sorted(found):
        if victim.start >= ended:
            yield victim
            ended = victim.end


def joined_victim(text: str, at: int, limit: int) -> Victim | None:
    """Return the one who stands behind those counted: "killed two guards and a nurse"; what befell them is theirs."""
    match = _joined().match(text, at, limit)
    return Victim(match.start("det"), match.end("whom"), "", " ".join(match["whom"].split())) if match else None


@cache
def _joined() -> re.Pattern[str]:
    own = r"(?!\s(?:was|were|is|are|has|had|have|who|said|says|died|told)\b)"
    return re.compile(rf",?\s(?:and|as well as)\s(?!(?-i:[A-Z])){_group()}{own}", re.IGNORECASE)


def _victim(match: re.Match[str], form: str) -> Victim:
    word = match["what"].lower()
    what = next(what for what, words in _meanings(form) if words.fullmatch(word))
    if match["named"]:
        return Victim(*match.span("named"), what, " ".join(match["named"].split()))
    return Victim(match.start("det"), match.end("whom"), what, " ".join(match["whom"].split()))


def _is_real(text: str, match: re.Match[str]) -> bool:
    if match["what"].lower() == "lost" and _troops().isdisjoint((match["whom"] or "").lower().split()):
        return False  # "she lost a brother to the plague"
    return not _UNREAL.search(text, max(0, match.start() - 24), match.start())


_UNREAL = re.compile(
    r"\b(?:could|can|may|might|would|will|to|not|never|nearly|almost|if|was|were)(?: have| be| been)? $"
)


@cache
def _meanings(form: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return what befell a victim, with the words that say so in one of the forms of `claims.toml`."""
    shared: dict[str, list[str]] = read_toml(LANGUAGES / "claims.toml")["phrases"] if form == "suffered" else {}
    own = _table()[form]
    return [
        (what, re.compile("|".join([*shared.get(what, ()), *([own[what]] if what in own else [])]), re.IGNORECASE))
        for what in dict.fromkeys([*shared, *own])
    ]


@cache
def _troops() -> frozenset[str]:
    return frozenset(read_toml(LANGUAGES / "claims.toml")["words"]["troops"].split())


@cache
def _table() -> dict[str, Any]:
    return dict(read_toml(LANGUAGES / "claims.toml")["single"])


_WORD = re.compile(r"\w+")


@cache
def _people() -> frozenset[str]:
    """Return the words that people are called by, of "co-pilot" and the like the first part."""
    return frozenset(person.partition("-")[0] for person in _table()["people"].split())


@cache
def _plain() -> str:
    """Return the pattern of a word that is no verb and opens no clause."""
    stops = "|".join([*_table()["stops"].split(), *reporting_verbs("say", "act")])
    return rf"(?!(?:{stops}|\w+ed)\b)[\w’'-]++"


@cache
def _group() -> str:
    """Return the pattern of a person, with words before and behind: "a local commander of the brigade"."""
    table = _table()
    heads = "|".join(table["people"].split())
    whom = (
        rf"(?P<whom>(?:(?!(?:{table['determiners']})\b){_plain()}\s){{0,4}}?(?:{heads})(?:\s(?:{heads}))*(?![\w’'-])"
        rf"(?:\sof\s(?!(?:of|his|her)\b)(?:the\s)?[\w’'-]++)?)"
    )
    # Without an article only by rank and name: "Captain Ana Lopez was killed".
    named = rf"(?=[\w-]{{1,20}}+\s(?-i:[A-Z]))(?P<named>(?:{heads})(?:\s(?-i:[A-Z][\w’'-]++)){{1,3}})"
    determiners = rf"{table['determiners']}|(?:the\s)?[\w-]{1, 40}['’]s"
    return rf"\b(?:(?P<det>{determiners})\s(?:(?:{table['order']})\s)?(?:\w+ed\s)?{whom}|{named})"


_BETWEEN = r"(?:(?!fatally|mortally)\w+ly\s|later\s|also\s|then\s){0,2}"


@cache
def _suffered() -> re.Pattern[str]:
    table = _table()
    aside = rf"(?:,[^,;.:]{{1,60}},\s|\s(?:{table['behind']})\s(?:(?!(?:{table['verbs']})\b)[\w’'-]++\s){{1,7}}?"
    # "a driver and four passengers were hurt", "a nurse was hit by a splinter and died"
    aside += r"|\sand\s(?:[\w’'-]++\s){1,4}?(?=were\b|died\b|drowned\b)"
    aside += rf"|\s(?:{table['first']}|\w+ed)\s(?:[\w’'-]++\s){{0,8}}?(?:and|but)\s|\s)"
    words = "|".join(pattern.pattern for _, pattern in _meanings("suffered"))
    return re.compile(
        rf"{_group()}{aside}(?:later\s|also\s|then\s)?(?:{table['be']}\s{_BETWEEN}|(?={table['died']}))"
        rf"(?P<what>{words})\b",
        re.IGNORECASE,
    )


@cache
def _done() -> re.Pattern[str]:
    words = "|".join(_table()["done"].values())
    return re.compile(rf"\b(?P<what>{words})\s{_group()}", re.IGNORECASE)


@cache
def _left() -> re.Pattern[str]:
    words = "|".join(_table()["left"].values())
    return re.compile(
        rf"\b(?:left|leaving|leaves|shot|and(?={_gapped()}))\s{_group()}\s{_BETWEEN}(?P<what>{words})\b", re.IGNORECASE
    )


def _gapped() -> str:
    """Return what shows that "and his driver wounded" leaves out its verb."""
    done = r"\s(?:wounded|injured|hurt|dead|missing|killed)"
    return rf"(?:\s[\w’'-]++){{2,6}}?{done}(?:[.,;]|\s(?:when|in|by|after|as|on|near)\b)"


@cache
def _hit() -> re.Pattern[str]:
    words = "|".join(_table()["hit"].values())
    return re.compile(
        r"\b(?:hit|struck|stabbed|shot|strikes|cost|costs|hitting|striking|ran over|fell on|crushed|attacked)\s"
        rf"{_group()}"
        rf"(?:\s(?:{_plain()}\s){{0,6}}?|,\s|\s[^,;.]{{1,50}},\s)(?P<what>{words})\b",
        re.IGNORECASE,
    )


@cache
def _among() -> re.Pattern[str]:
    words = "|".join(_table()["among"].values())
    return re.compile(rf"\bamong (?:the|those) (?:\w+ )?(?P<what>{words})\s(?:was|is)\s{_group()}", re.IGNORECASE)
