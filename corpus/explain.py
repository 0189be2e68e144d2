"""Say how each name of a text came to be read as it is: what each step weighed, and what was left out and why."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from corpus.feature_words import Step, in_words
from corpus.read_article import parse_text, read_out
from corpus.records import Article, Dated, Mention, Published, ReadArticle
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.gazetteer.geocoder import address
from geodata.gazetteer.packs.shelf import Pack
from geodata.recognition.toponyms import DOUBTED
from geodata.working import WeighedCandidate, WeighedSpan, Working

MOST = 5  # of the candidates, and of the features on either side that lines tell


class Weight(NamedTuple):
    """What a feature of a name, in words, speaks for or against, in log-odds."""

    words: str
    log_odds: float


class Candidate(NamedTuple):
    """A place that a name might mean, with what it weighed."""

    address: str
    weighed: WeighedCandidate


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a stretch of a text that may be a place name came to be read as it is; what weighs most comes first."""

    start: int
    end: int
    text: str
    probability: float  # that it is a place name
    by_rule: bool  # that a rule gave the probability, and no weights
    for_a_name: tuple[Weight, ...]
    left_out: str  # why it is no mention, "" where it is one
    mention: Mention | None
    candidates: tuple[Candidate, ...]  # best first
    against_literal: tuple[Weight, ...]  # none where a rule decided how the name is meant
    speaker: str  # "" where the outlet itself speaks

    @property
    def meant(self) -> str:
        """The place that the name was taken to mean, "" where that is undecided."""
        entry = self.mention.resolution.entry if self.mention else None
        return address(entry) if entry else ""


def dated_article(index: sqlite3.Connection, passage: int) -> Dated | None:
    """Return the article that a passage stands in, as it was read, with the date that the whole corpus gave it."""
    row = index.execute(
        """select a.id, a.file, a.text, a.title, a.outlet, a.author, a.language, a.url, a.published_since,
        a.published_until, a.published_basis, a.published_confidence
        from articles a join passages s on s.article_fid = a.fid where s.id = ?""",
        (passage,),
    ).fetchone()
    if row is None:
        return None
    since, until = (date.fromisoformat(day) if day else None for day in row[8:10])
    return Dated(Article(*row[:8]), Published(since, until, *row[10:]))


def explain_article(dated: Dated, *, own: Path | None = None, packs: tuple[Pack, ...] = ()) -> list[Explanation]:
    """Return how each name of an article came to be read, as the index has it; `own` is the user's list of places."""
    working = Working()
    read = read_out(dated, own=own, packs=packs, working=working)
    return _explained(read, working, open_gazetteer(own, packs))


def explain(text: str, *, published: str | None = None, packs: tuple[Pack, ...] = ()) -> Iterator[str]:
    """Yield lines that explain what was read of a text; `published` is its day."""
    working = Working()
    read = parse_text(text, published=published, packs=packs, working=working)
    yield f"published: {read.published.since or 'unknown'} ({read.published.basis})"
    explanations = _explained(read, working, open_gazetteer(packs=packs))
    if not explanations:
        yield "nothing in it may be the name of a place"
    for one in explanations:
        yield ""
        yield f"{' '.join(one.text.split())}  [{one.start}:{one.end}]"
        yield from _lines(one)


def _explained(read: ReadArticle, working: Working, gazetteer: Gazetteer) -> list[Explanation]:
    mentions = {mention.start: mention for mention in read.mentions if not mention.is_doubted}
    return [_explanation(span, mentions.get(span.start), read, working, gazetteer) for span in working.spans]


def _explanation(
    span: WeighedSpan, mention: Mention | None, read: ReadArticle, working: Working, gazetteer: Gazetteer
) -> Explanation:
    weighed = working.candidates.get(span.start, ()) if mention else ()
    statement = None if mention is None else mention.statement
    return Explanation(
        start=span.start,
        end=span.end,
        text=read.article.text[span.start : span.end],
        probability=span.probability,
        by_rule=abs(_probability(span.features) - span.probability) > 0.001,
        for_a_name=_ranked(span.features, "name"),
        left_out="" if mention else _why_left_out(span),
        mention=mention,
        candidates=tuple(Candidate(address(gazetteer.entry(one.row)), one) for one in weighed),
        against_literal=_ranked(working.readings.get(span.start, {}), "reading") if mention else (),
        speaker="" if statement is None else read.statements[statement].speaker,
    )


def _why_left_out(span: WeighedSpan) -> str:
    if span.is_kept:
        return "it is part of a date"
    return "it is taken for no place name" + (", and counted as undecided" if span.probability >= DOUBTED else "")


def _ranked(features: Mapping[str, float], step: Step) -> tuple[Weight, ...]:
    """Return the weights by their words, those that weigh most first; what means the same to a reader is one."""
    weights: dict[str, float] = {}
    for feature, weight in features.items():
        words = in_words(feature, step)
        weights[words] = weights.get(words, 0.0) + weight
    ranked = sorted(weights.items(), key=lambda item: -abs(item[1]))
    return tuple(Weight(words, weight) for words, weight in ranked if weight)


def _probability(features: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(features.values())))))


def _lines(one: Explanation) -> Iterator[str]:
    share = f" ({'by a rule' if one.by_rule else f'probability {one.probability:.2f}'})"
    yield f"  left out: {one.left_out}{share}" if one.left_out else f"  a place name{share}"
    yield from _weights(one.for_a_name)
    mention = one.mention
    if mention is None:
        return
    resolution, reading = mention.resolution, mention.reading
    yield f"  means {one.meant or 'undecided'} ({resolution.share:.0%} of the points): {resolution.reason}"
    for place, each in one.candidates[:MOST]:
        parts = f"itself {each.alone:+.1f}, the text {each.from_text:+.1f}, near by {each.from_proximity:+.1f}"
        yield f"    {each.points:6.1f}  {place}: {parts}"
    if reading:
        yield f"  read as {reading.reading} (probability {reading.probability:.2f}): {reading.reason}"
        yield from _weights(one.against_literal)
    if mention.confidence:
        yield f"  {mention.confidence.in_words()}"
    yield f"  status {mention.status}, role {mention.role or 'none'}"
    for link in mention.links:
        yield f"  dated {link.since or 'undated'}{f' to {link.until}' * (link.since != link.until)}: {link.basis}"
    if one.speaker:
        yield f"  said by {one.speaker}"


def _weights(weights: tuple[Weight, ...]) -> Iterator[str]:
    for weight in weights[: 2 * MOST]:
        yield f"    {weight.log_odds:+6.2f}  {weight.words}"
