"""Say how each name of a text came to be read as it is: what each step weighed, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.read_article import parse_text
from corpus.records import Mention, ReadArticle
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.geocoder import address
from geodata.working import WeighedSpan, Working

MOST = 5  # of the candidates, and of the features on either side


def explain(text: str, *, published: str | None = None) -> Iterator[str]:
    """Yield lines that explain what was read of a text; `published` is its day."""
    working = Working()
    read = parse_text(text, published=published, working=working)
    mentions = {mention.start: mention for mention in read.mentions}
    yield f"published: {read.published.since or 'unknown'} ({read.published.basis})"
    for span in working.spans:
        yield ""
        yield f"{' '.join(text[span.start : span.end].split())}  [{span.start}:{span.end}]"
        mention = mentions.get(span.start)
        if mention is None:
            kept = "it is part of a date" if span.is_kept else "it is taken for no place name"
            yield f"  left out: {kept}{_share(span)}"
            yield from _weights(span.features)
        else:
            yield from _of_mention(mention, span, read, working)


def _of_mention(mention: Mention, span: WeighedSpan, read: ReadArticle, working: Working) -> Iterator[str]:
    resolution, reading = mention.resolution, mention.reading
    yield f"  a place name{_share(span)}"
    yield from _weights(span.features)
    gazetteer = open_gazetteer()
    meant = address(resolution.entry) if resolution.entry else "undecided"
    why = "; ".join(filter(None, (resolution.reason, resolution.doubt)))
    yield f"  means {meant} (score {resolution.score:.2f}): {why}"
    for one in working.candidates.get(span.start, [])[:MOST]:
        parts = f"itself {one.alone:+.1f}, the text {one.from_text:+.1f}, near by {one.from_proximity:+.1f}"
        yield f"    {one.points:6.1f}  {address(gazetteer.entry(one.row))}: {parts}"
    if reading:
        yield f"  read as {reading.reading} (probability {reading.probability:.2f}): {reading.reason}"
        yield from _weights(working.readings.get(span.start, {}))
    yield f"  status {mention.status}, role {mention.role or 'none'}"
    for link in mention.links:
        yield f"  dated {link.since or 'undated'}{f' to {link.until}' * (link.since != link.until)}: {link.basis}"
    if mention.statement is not None:
        yield f"  said by {read.statements[mention.statement].speaker}"


def _share(span: WeighedSpan) -> str:
    return f" (probability {span.probability:.2f})"


def _weights(features: Mapping[str, float]) -> Iterator[str]:
    """Yield what weighs most for and against, in log-odds."""
    ranked = sorted(features.items(), key=lambda item: -abs(item[1]))
    for name, weight in ranked[: 2 * MOST]:
        if weight:
            yield f"    {weight:+6.2f}  {name}"
