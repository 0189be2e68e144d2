"""The patterns of claims of numbers, made of the words of `claims.toml`."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import Any

from corpus import LANGUAGES
from geodata.tables import read_toml

WORDS = LANGUAGES / "claims.toml"
# "Two guards and a nurse were hurt": the first of them, where no verb of their own follows.
PAIR = re.compile(
    r"(?P<first>(?:\s[\w’'-]+){1,4}?) and(?=\s(?:an?|the|his|her|their|its|another|one|two|three)\s)"
    r"(?:\s(?!(?:was|has|is)\b)[\w’'-]+){2,5}?"
    r"(?=\s(?:were|have|had|are|dead|killed|wounded|injured|hurt|missing|died|drowned|perished)\b)"
)


@cache
def claim_words() -> dict[str, Any]:
    """Open the words of claims, once a process."""
    table = read_toml(WORDS)
    words = {k: frozenset(v.split()) if isinstance(v, str) else v for k, v in table["words"].items()}
    single = table["single"]["people"].split()
    words["people"] |= frozenset(single).union(f"{word}s" for word in single)
    return table | {"words": words}


@cache
def befalls_after() -> dict[str, str]:
    """Return what each word behind a number says befell those counted."""
    return {word: what for what, listed in claim_words()["after"].items() for word in listed.split()}


@cache
def befalls_before() -> dict[str, str]:
    """Return what each verb before a number says befell those counted."""
    return {word: what for what, listed in claim_words()["before"].items() for word in listed.split()}


@cache
def claim_keywords() -> frozenset[str]:
    """Return the words of which each sentence with a claim holds one."""
    single = " ".join(chain(claim_words()["single"]["suffered"].values(), claim_words()["single"]["done"].values()))
    words = (
        set(re.findall(r"[a-z]{4,}", single))
        | befalls_after().keys()
        | befalls_before().keys()
        | claim_words()["words"]["keys"]
    )
    return frozenset(words | {word.capitalize() for word in words})


@cache
def after_pattern() -> re.Pattern[str]:
    """Return the pattern of what stands behind a number: 'of its soldiers were killed'."""
    words = "|".join(sorted(befalls_after(), key=len, reverse=True))
    phrases = "|".join([*chain.from_iterable(claim_words()["phrases"].values()), "bodies", "corpses"])
    return re.compile(
        rf"(?P<whom>(?:\s{{1,40}}+(?:of\s++)?(?!(?:of|and|or|but|that|which|when|while|after|{words})\b)[\w’'-]++){{0,7}}?)"
        rf"(?:,[^,;.:]{{1,60}},)?\s{{1,40}}+(?:\w+ed (?:and|or) )?"
        rf"(?P<be>(?:(?:who|were|was|are|is|have|has|had|been|being|be|also|reportedly|may|could|still|went|reported|confirmed|"
        rf"feared|in|left|listed|as|remain|remains|remained|"
        rf"forced to|made|rendered|\w+ly)\s{{1,40}}){{0,9}})(?P<what>{phrases}|{words})\b",
        re.IGNORECASE,
    )


@cache
def before_pattern() -> re.Pattern[str]:
    """Return the pattern of what stands before a number: 'killed at least', 'the toll rose to'."""
    verbs = "|".join(sorted(befalls_before(), key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<verb>{verbs})(?: (?:and|or) \w+ed)?(?: the lives of| off)?"
        r"(?: along with| together with| alongside)?|(?P<down>shot dead|gunned down|shot and killed)"
        r"|(?P<noun>deaths?|loss|"
        r"(?<=took the )lives|(?<=taken the )lives|(?<=cost the )lives|"
        r"bodies|killings?|injur(?:y|ies)|wounding|arrests?|capture|displacement) of"
        r"|(?:(?:death )?(?P<toll>toll)|number of (?:\w+ed )?(?P<row>dead|deaths|injured|wounded|casualties|missing|"
        r"fatalities|arrests|displaced)(?: people)?"
        r"|(?:put|puts|gave|gives|set|sets|estimated|placed) (?:the|its|their|his|her) (?:own )?"
        r"(?P<own>dead|losses|wounded|casualties|injured|missing)(?:[\w ,-]{0,40}?))"
        r"(?:[\w ,-]{0,40}?)(?: to| at| as| of| was| is| topped| reached| exceeded| passed| hit|:))"
        r"(?: all(?: of)?(?: the)?| the other| the)?\s*[\"“]?$",
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


@cache
def phrase_patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return what befell those counted, with the pattern of the phrases that say so."""
    return [(what, re.compile("|".join(phrases))) for what, phrases in claim_words()["phrases"].items()]
