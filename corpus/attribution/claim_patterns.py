"""The patterns of claims of numbers, made of the words of `claims.toml`."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import Any

from corpus import LANGUAGES
from geodata.recognition.lexicon import WORDS
from geodata.tables import read_lines, read_toml

TABLE = LANGUAGES / "claims.toml"


@cache
def claim_words() -> dict[str, Any]:
    """Open the words of claims, once a process."""
    return read_toml(TABLE)


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the lists of words in `claims.toml`."""
    table = claim_words()
    return frozenset(next(table[part][name] for part in ("words", "single", "link") if name in table[part]).split())


@cache
def link_words(name: str) -> dict[str, str]:
    """Return what each word of a table of `claims.toml` says befell those counted."""
    return {word: what for what, listed in claim_words()[name].items() for word in listed.split()}


@cache
def befalls() -> dict[str, str]:
    """Return what each verb and adjective says befell those before it, or, of a verb, behind it."""
    return link_words("before") | link_words("after")


@cache
def around() -> list[tuple[str, frozenset[str], re.Pattern[str]]]:
    """Return what befell those between a verb and what follows: "took ... prisoner"."""
    return [
        (what, frozenset(listed[i].split()), re.compile(rf"\s{listed[i + 1]}\b", re.IGNORECASE))
        for what, listed in claim_words()["around"].items()
        for i in range(0, len(listed), 2)
    ]


@cache
def is_one(word: str) -> bool:
    """Say whether a word in small letters names one person: "nurse"."""
    return word in _persons() or (len(word) > 5 and word.endswith(("man", "ist")) and word not in word_set("no_person"))


@cache
def is_people(word: str) -> bool:
    """Say whether a word names people; a capital and a plural make a people, too: 'Azeris', 'Americans'."""
    low = word.lower()
    if low in word_set("people") or is_one(low) or (low.endswith("men") and is_one(f"{low[:-2]}an")):
        return True
    if low.endswith("s") and (is_one(low[:-1]) or is_one(low[:-2]) or is_one(f"{low[:-3]}y")):
        return True
    if low.endswith(("ers", "ors")) and len(low) > 6 and low not in word_set("things"):
        return True  # "marchers"
    return word[0].isupper() and word.endswith("s") and len(word) > 3 and not word.endswith(("'s", "’s", "ss"))


@cache
def _persons() -> frozenset[str]:
    return frozenset(claim_words()["single"]["people"].split()).union(read_lines(WORDS / "persons.txt"))


@cache
def claim_keywords() -> frozenset[str]:
    """Return the words of which each sentence with a claim holds one."""
    listed = chain.from_iterable(link_words(name) for name in ("after", "before", "of", "counted", "among"))
    words = frozenset(listed) | word_set("keys")
    return words | {word.capitalize() for word in words} | {word.upper() for word in words}


@cache
def phrases() -> re.Pattern[str]:
    """Return the pattern of what befell those before it in several words, a group for each kind."""
    table = claim_words()["phrases"]
    return re.compile(
        "|".join(rf"(?P<{what}>\b(?:{'|'.join(listed)})\b)" for what, listed in table.items()), re.IGNORECASE
    )


@cache
def toll_pattern() -> re.Pattern[str]:
    """Return the pattern of what stands before a toll: 'the toll rose to', 'put its losses at'."""
    return re.compile(
        r"\b(?:(?:death )?(?P<toll>toll)|number of (?:[\w-]+ ){0,3}?(?P<row>dead|deaths|injured|wounded|casualties|"
        r"missing|fatalities|arrests|displaced|killed|hurt|arrested|detained|captured|injuries)(?: people)?"
        r"|(?:put|puts|gave|gives|set|sets|estimated|placed) "
        r"(?:(?:the )?[\w-]{1,30}['’]s|the|its|their|his|her) (?:own )?"
        r"(?P<own>dead|losses|wounded|casualties|injured|missing)(?:[\w ,-]{0,40}?))"
        r"(?:[\w ,'’-]{0,90}?)"
        r"(?: to| at| as| of| was| is| topped| reached| exceeded| passed| hit| past| above| over"
        r"| surpassed| tops| hits|:)"
        r"(?: all(?: of)?(?: the)?| the other| the)?\s*[\"“]?$",
        re.IGNORECASE,
    )


@cache
def toll_behind() -> re.Pattern[str]:
    """Return the pattern of what stands behind a toll: 'bringing to five the number of aid workers killed'."""
    return re.compile(
        r" the (?P<own>)(?:(?:death )?(?P<toll>toll)|(?:number|total|count) of (?:[\w-]+ ){0,4}?"
        r"(?P<row>dead|deaths|injured|wounded|casualties|missing|fatalities|arrests|displaced|killed|hurt|arrested|lost))\b",
        re.IGNORECASE,
    )


@cache
def hedge_pattern() -> re.Pattern[str]:
    """Return the pattern of hedges, a group for each kind."""
    groups = "|".join(f"(?P<h{i}>{'|'.join(words)})" for i, words in enumerate(claim_words()["hedges"].values()))
    return re.compile(rf"\b(?:{groups})\s+$", re.IGNORECASE)


@cache
def caution_pattern() -> re.Pattern[str]:
    """Return the pattern of words that make a figure careful."""
    return re.compile("|".join(claim_words()["words"]["caution"]), re.IGNORECASE)
