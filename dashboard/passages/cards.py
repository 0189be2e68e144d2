"""Passages as cards: their texts go to the browser as data, which it shows as text and nothing else.

A card begins with the sentence that names what is asked for; its dates with their reasons and its source follow.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from corpus.exports.citations import STYLES, cited
from corpus.exports.evidence import HASH
from corpus.queries import accounts, reading
from dashboard.escaping import visible
from dashboard.passages.parts import Mark, lit_up, named, parts, whole_sentences, words_in
from dashboard.words import CERTAINTIES, MODES, READINGS, ROLES, Row, period, printed, published, side_name, web_address

Card = dict[str, Any]
TITLE = 90  # letters of an article's title
SIGNS = 4  # of rewriting, that a card names
ENOUGH = 240  # letters from the first to the last name of the sentences that a card begins with


def cards(
    index: sqlite3.Connection,
    passages: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    selected: bool,
    query: str = "",
    called: Collection[str] = (),
    spans: Mapping[str, Collection[tuple[int, int]]] = MappingProxyType({}),
) -> list[Card]:
    """Return passages as cards: rows of `queries.passages`, with what `queries.mentions_in` finds in them.

    Where a place is `selected`, these mentions stand out, and `spans` of an article besides; words of the `query` are
    lit, and the places that are `called` so. What only repeats a passage above is folded into its card.
    """
    numbers = list(passages.passage)
    references = reading.references(index, numbers)
    marked, dated = _by_passage(reading.marks(index, numbers)), _by_passage(mentions)
    wording = {article: _wording(index, article) for article in set(passages.article)}
    elsewhere = _by_passage(reading.repeated(index, numbers))
    folded: set[int] = set()
    found = []
    for row in passages.itertuples():
        if row.passage in folded:
            continue
        folded |= {other.other for other in elsewhere[row.passage] if other.whole}
        own = dated[row.passage]
        hits = list(words_in(row.text, row.start, query))
        all_marks = list(named(marked[row.passage]))
        names = {(int(m.start), int(m.end)) for m in own}
        end = row.start + len(row.text)
        asked = {span for span in spans.get(row.article, ()) if row.start <= span[0] < end}
        asked |= names if selected else set()
        lit = {m[:2] for m in all_marks if m[:2] in asked or m.target in called or _touches(m, hits)} | asked
        all_marks = [*lit_up(all_marks, lit), *hits]
        touched = sorted(lit | {hit[:2] for hit in hits} or names)
        reference = references[row.passage]
        about = _about(index, row, own, wording[row.article])
        card = _text(row, touched, all_marks) | about | {"ref": reference, "weighed": True}
        card["also"] = also(index, elsewhere[row.passage])
        found.append(card | {"citations": citations(row, reference, *card.pop("quoted"))})
    return found


def also(index: sqlite3.Connection, others: Sequence[Row]) -> list[dict[str, str]]:
    """Return who else says what a card does, an article once: its words, where they were printed, their passage."""
    first = {other.article: other for other in reversed(others)}
    references = reading.references(index, [other.other for other in first.values()])
    return [
        {"said": _one_line(other.said), "source": source(other), "ref": references[other.other]}
        for other in reversed(first.values())
    ]


def _by_passage(found: pd.DataFrame) -> Mapping[int, list[Row]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in found.itertuples():  # once for all: it takes a millisecond to begin with
        rows[row.passage].append(row)
    return rows


def _touches(mark: Mark, hits: Collection[Mark]) -> bool:
    return any(hit.start < mark.end and mark.start < hit.end for hit in hits)


def _text(row: Row, touched: Sequence[tuple[int, int]], marks: Collection[Mark]) -> Card:
    """Return a passage as the sentence that is touched first, with those after it as far as they fit, and the rest."""
    at, end = row.start, row.start + len(row.text)
    first, last = touched[0] if touched else (at, end)
    for _, until in touched:
        last = until if until - first <= ENOUGH else last
    first, last = (at + position for position in whole_sentences(row.text, first - at, last - at))
    return {
        "before": parts(row.text, at, at, first, marks),
        "sentence": parts(row.text, at, first, last, marks),
        "after": parts(row.text, at, last, end, marks) if row.text[last - at :].strip() else [],
        "places": [mark.target for mark in marks if mark.kind in ("place", "selected") and first <= mark.start < last],
        "quoted": (row.text[first - at : last - at], first, last),
    }


def _about(index: sqlite3.Connection, row: Row, mentions: Sequence[Row], wording: tuple[str, str]) -> Card:
    """Return what a card tells of its passage: dates and why, source, cautions, reasons."""
    dates = {(link.since, link.until): link for link in reversed(mentions)}  # the first of those alike
    reasons = [*_reasons(row, mentions), *([("Its wording", wording[1])] if wording[1] else [])]
    return {
        "note": "",
        "dates": [
            {
                "sign": CERTAINTIES[link.certainty][0],
                "when": period(link.since, link.until),
                "days": f"{link.since}/{link.until}" if link.since else "",
                "why": visible(link.basis),
            }
            for link in reversed(dates.values())
        ],
        "source": source(row),
        "url": web_address(row),
        "cautions": [*_contradictions(index, row), *filter(None, wording[:1])],
        "reasons": [list(pair) for pair in dict.fromkeys(reasons)],
    }


def source(row: Row) -> str:
    """Return where a passage was printed: outlet, author, title, day of publication, and its file."""
    title = visible(row.title)
    title = title if len(title) <= TITLE else title[: TITLE - 1].rstrip(" .…") + "…"
    told = (visible(row.outlet), visible(row.author), f"“{title}”", printed(row), visible(row.file))
    return " · ".join(filter(None, told))


def citations(row: Row, reference: str, words: str = "", start: int = 0, end: int = 0) -> dict[str, str]:
    """Return words of an article from `start` to `end`, or without any the article itself, as each style cites them.

    A script puts the page's own address in the place of `{address}`.
    """
    told = {**row._asdict(), "article_hash": HASH + reference.partition(".")[0]}
    one = cited(told, words=words, start=start, end=end, address=f"{{address}}?passage={reference}")
    return {style: write(one) for style, write in STYLES.items()}


def _contradictions(index: sqlite3.Connection, row: Row) -> Iterator[str]:
    for start, end, _, note in reading.flags(index, row.article):
        if row.start <= start < row.start + len(row.text):
            yield f"“{visible(row.text[start - row.start : end - row.start])}”: {visible(note)}"


def _wording(index: sqlite3.Connection, article: str) -> tuple[str, str]:
    """Return whether an article reads as if a machine had rewritten it, in words, and its signs or slips."""
    hints, rewritten = accounts.hints(index, article), accounts.looks_rewritten(index, article)
    found = hints[hints.weight > 0] if rewritten else hints
    signs = "; ".join(f"“{_one_line(hint.text)}”: {hint.reason}" for hint in found.head(SIGNS).itertuples())
    return "Probably translated or rewritten by a machine" if rewritten else "", signs


def _one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _reasons(row: Row, mentions: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for mention in mentions:
        if mention.said_since:
            yield "When it was said", period(mention.said_since, mention.said_until)
    yield "When it was published", f"{published(row)}: {visible(row.published_basis)}"
    for mention in mentions:
        meant = READINGS.get(mention.reading, "the place itself")
        reason = f" ({visible(mention.reading_reason)})" if mention.reading_reason else ""
        yield f"“{visible(mention.text)}”", f"{ROLES[mention.role]}: {meant}{reason}"
        whose = f" ({side_name(mention.side)})" if mention.side else ""
        how = f", {MODES[mention.mode]}" if mention.speaker and MODES[mention.mode] else ""
        yield "Who says it", f"{visible(mention.speaker)}{whose}{how}" if mention.speaker else "the outlet itself"
