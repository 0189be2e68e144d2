"""Cut a sentence into clauses, and find which words of it report what someone said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from corpus import LANGUAGES
from geodata.tables import read_toml
from geodata.words import number_words, reporting_verbs

WORDS = LANGUAGES / "link.toml"

Span = tuple[int, int]
Kind = Literal["main", "that", "relative", "condition", "beside", "comparison"]

# A comma that goes on with a list of names ends no clause.
_LIST_GOES_ON = re.compile(r",\s+[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*\s*(?:,|\band\b|\bor\b)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence; a clause that another interrupts is two stretches with one number."""

    start: int
    end: int
    number: int
    kind: Kind


def split_clauses(sentence: str, dates: tuple[Span, ...]) -> tuple[Clause, ...]:
    """Return the stretches of a sentence in order, none missing; words and commas inside `dates` cut nothing."""
    clauses: list[Clause] = []
    start = number = newest = 0
    kind: Kind = "main"
    outside: tuple[int, Kind] | None = None  # what goes on when a clause between commas ends
    for name, at, end in _find_cuts(sentence):
        if _inside(at, dates):
            continue
        if name == "comma":
            if outside is None or _LIST_GOES_ON.match(sentence, at):
                continue
            follows: tuple[int, Kind] = outside
            outside = None
        elif name == "mark":
            newest += 1
            follows, outside = (newest, "main"), None
        else:
            if name == "beside" and _leads_to_date(sentence, end, dates):
                continue  # "since May" is a date with its preposition
            newest += 1
            if not re.search(r"\w", sentence[:at]):  # "After it rained, ...": what follows the comma is the main clause
                kind = name
                newest += 1
                outside = (newest, "main")
                continue
            if outside is None and (name == "condition" or sentence[:at].rstrip().endswith(",")):
                outside = (number, kind)
            follows = (newest, name)
        if at > start:
            clauses.append(Clause(start, at, number, kind))
        start, (number, kind) = at, follows
    clauses.append(Clause(start, len(sentence), number, kind))
    return tuple(clauses)


def _find_cuts(sentence: str) -> Iterator[tuple[Any, int, int]]:
    """Yield what may end a clause: the kind of clause that begins there, or "comma" or "mark", and its span."""
    kinds, comparisons, telling = _openers()
    tokens = _tokens(sentence)
    words = [word for word, _ in tokens]
    if telling.isdisjoint(words):
        return  # a comma that no clause comes before ends none
    points = link_words("points", "words")
    for number, (word, token) in enumerate(tokens):
        if word == ",":
            yield "comma", *token.span()
        elif word not in telling:
            continue
        elif word in kinds:
            yield kinds[word], *token.span()
        elif word == "that" and number and words[number - 1] not in points:
            yield "that", *token.span()
        elif not word.isalpha():
            yield "mark", *token.span()
        elif number and words[number - 1] in _AMOUNTS and _number().match(sentence, token.end()):
            continue
        elif word in comparisons and _begins_with(sentence, token.start(), comparisons[word]):
            yield "comparison", *token.span()


def _begins_with(sentence: str, at: int, phrases: Sequence[str]) -> bool:
    return any(sentence[at : at + len(phrase) + 1].lower().rstrip(" ,") == phrase for phrase in phrases)


def clause_at(position: int, clauses: Sequence[Clause]) -> Clause:
    """Return the stretch that a position lies in."""
    return next((clause for clause in clauses if clause.start <= position < clause.end), clauses[-1])


def find_reports(sentence: str, dates: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the stretches that report ("Lee said on Monday"); what was said stands outside them."""
    reports: list[Span] = []
    for verb, at, end in _find_verbs(sentence):
        done = reports[-1][1] if reports else 0
        if at < done or _inside(at, dates) or (" " not in verb and _is_passive(sentence, at)):
            continue
        head, tail = _around(sentence, at, end, dates)
        head = max(head, done)
        opener = next((m.start() for m in _OPENS_CONTENT.finditer(sentence, end, tail + 1)), None)
        start = max(done, _main_start(sentence, at, dates))
        if " " in verb:
            reports.append((head, tail))
        elif opener is not None:
            reports.append((start, opener))
        elif verb in reporting_verbs("happens"):
            continue
        elif re.search(r"\w", sentence[:head]) and _is_afterthought(sentence, head, verb, at, tail, dates):
            reports.append((head, tail))
        else:
            reports.append((start, _past_date(end, sentence, dates)))
    return tuple(reports)


@lru_cache(maxsize=64)  # each name of a sentence asks
def is_of_the_present(sentence: str, dates: tuple[Span, ...]) -> bool:
    """Say whether the first verb of the main clause that shows its tense is one of the present or of the future."""
    for clause in split_clauses(sentence, dates):
        verb = _tense().search(sentence, clause.start, clause.end) if clause.kind == "main" else None
        if verb:
            return verb[0].lower() in link_words("tense", "present")
    return False


def find_past(words: str) -> bool:
    """Say whether a verb of the past is among some words."""
    return any(m[0].lower() not in link_words("tense", "present") for m in _tense().finditer(words))


def _around(sentence: str, at: int, end: int, dates: Sequence[Span]) -> Span:
    """Return the stretch between commas, dashes and quotation marks that a verb stands in."""
    marks = [m for m in _PAUSE.finditer(sentence) if not _inside(m.start(), dates)]
    head = max((m.end() for m in marks if m.end() <= at), default=0)
    return head, min((m.start() for m in marks if m.start() >= end), default=len(sentence))


def _main_start(sentence: str, verb: int, dates: Sequence[Span]) -> int:
    """Return where the clause of a verb begins: all that leads up to it belongs to the report."""
    return max(
        (m.end() for m in _JOINS_CLAUSES.finditer(sentence, 0, verb) if not _inside(m.start(), dates)), default=0
    )


def _is_afterthought(sentence: str, head: int, verb: str, at: int, tail: int, dates: Sequence[Span]) -> bool:
    """Tell "..., Lee said on Monday" from "Lee, the mayor, said the road was closed"."""
    end = at + len(verb)
    after = sentence[end:tail]
    if not after.strip(" .!?") or not sentence[head:at].strip() or _AFTER_AFTERTHOUGHT.match(after):
        return True
    far = 90 if verb in reporting_verbs("told") else 30
    return any(end <= start <= end + far and stop >= tail - 2 for start, stop in dates)


def _past_date(end: int, sentence: str, dates: Sequence[Span]) -> int:
    """Return the end of a verb together with the date right behind it: "announced on Tuesday the closure"."""
    for start, stop in dates:
        if start >= end and _BEFORE_DATE.fullmatch(sentence, end, start):
            return stop
    return end


def _is_passive(sentence: str, at: int) -> bool:
    before = re.findall(r"\w+", sentence[max(0, at - 30) : at].lower())[-2:]
    return not link_words("reporting", "passive").isdisjoint(before)


def _inside(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _leads_to_date(sentence: str, end: int, dates: Sequence[Span]) -> bool:
    """Say whether nothing but articles and the like stands between a word and a date."""
    starts = [start for start, _ in dates if start >= end]
    between = sentence[end : starts[0]].lower().split() if starts else [""]
    return link_words("dates", "fillers").issuperset(between)


_AMOUNTS = frozenset({"more", "less", "fewer"})  # "more than 280 people" compares nothing
_TOKEN = re.compile(r"[A-Za-z]+|[,:](?=\s)|;|(?<=\s)[–—-](?=\s)|—")
_PAUSE = re.compile(r"[,”\"“;:](?=\s|$)|[”\"](?=[.,])|(?<=\s)[“\"]|\s[–—-]\s|—|(?<![.!?])[.!?]+$")
_OPENS_CONTENT = re.compile(r"\b(?:that|how|why)\b|:\s|(?<=\s)[“\"]")
_JOINS_CLAUSES = re.compile(r"[;”]|,?\s(?:and|but|while|whereas|although|though|after|before|because|when)\s")
_AFTER_AFTERTHOUGHT = re.compile(
    r"\s{1,40}(?:in|to|at|on|by|after|following|during|late|early|earlier|later|yesterday|today|again|reporters)\b",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(r"\s+(?:(?:on|in|at|late|early|earlier|the)\s+){0,2}", re.IGNORECASE)


@cache
def _openers() -> tuple[dict[str, str], dict[str, list[str]], frozenset[str]]:
    """Return the kind of clause that each word opens, the phrases of comparison by their first word, and all that cuts.

    That is these words, "that" and every mark but a comma.
    """
    kinds = {word: kind for kind in ("relative", "condition", "beside") for word in link_words("clauses", kind)}
    comparisons: dict[str, list[str]] = {}
    for phrase in _table()["clauses"]["comparison"]:
        comparisons.setdefault(phrase.split()[0], []).append(phrase)
    return kinds, comparisons, frozenset([*kinds, *comparisons, "that", *":;–—-"])


@lru_cache(maxsize=8)  # clauses and reports of one sentence ask
def _tokens(sentence: str) -> list[tuple[str, re.Match[str]]]:
    return [(token[0].lower(), token) for token in _TOKEN.finditer(sentence)]


def _find_verbs(sentence: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of reporting in lower case, phrases like "according to" among them, with their spans."""
    verbs, phrases = reporting_verbs("dates"), _phrases_of_reporting()
    for word, token in _tokens(sentence):
        if word in verbs and (token[0].islower() or not token.start()):  # "the United States" is no verb
            yield word, token.start(), token.end()
        for phrase in phrases.get(word, ()):
            at = token.start()
            if sentence[at : at + len(phrase)].lower() == phrase:
                yield phrase, at, at + len(phrase)


@cache
def _phrases_of_reporting() -> dict[str, list[str]]:
    """Return the phrases by their first word."""
    phrases: dict[str, list[str]] = {}
    for phrase in _table()["reporting"]["phrases"]:
        phrases.setdefault(phrase.split()[0], []).append(phrase)
    return phrases


@cache
def _number() -> re.Pattern[str]:
    words = "|".join(number_words("one", "ten", "hundred", "million", "score"))
    return re.compile(rf"\s{{1,40}}(?:[$€£]?\d|(?:{words}|half|an?)\b)", re.IGNORECASE)


@cache
def _tense() -> re.Pattern[str]:
    words = "|".join(link_words("tense", "present") | link_words("tense", "past"))
    return re.compile(rf"\b(?:{words}|{_table()['tense']['past_ending']})\b", re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return read_toml(WORDS)


@cache
def link_words(part: str, name: str) -> frozenset[str]:
    """Return a word list of languages/link.toml."""
    return frozenset(_table()[part][name].split())
