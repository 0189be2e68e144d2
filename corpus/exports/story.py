"""A story in one HTML file: map, timeline and passages of what is shown, for who has a browser and nothing else."""

from __future__ import annotations

import html
import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.exports.citations import cited, plain
from corpus.exports.evidence import Evidence, Subject
from corpus.exports.json_lines import records
from corpus.exports.story_map import backdrop, project, view_of
from corpus.queries import extents
from geodata.kinds import kinds_that
from geodata.unseen import visible

PAGE = Path(__file__).with_name("page")
AREAS = kinds_that("area")
_ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
LAST = "9999"  # after all days: what nothing dates comes last
_MENTION = ("passage", "place", "start", "end", "since", "until", "other_days", "certainty", "date_reason", "role")
Row = dict[str, Any]


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return what is shown as a page that loads nothing and sends nothing."""
    style, script = ((PAGE / f"story.{kind}").read_text("utf-8") for kind in ("css", "js"))
    told = {
        "script-hash": _hash(script),
        "style-hash": _hash(style),
        "title": html.escape(visible(f"{evidence.about.program}: {evidence.about.shown}")),
        "style": style,
        "script": script,
        "data": _inert(_data(evidence)),
    }
    page = (PAGE / "story.html").read_text("utf-8")
    # From the front, so that nothing of what was put in is taken for a place to put something in.
    pieces = page.split("{{")
    filled = [told[name] + rest for name, _, rest in (piece.partition("}}") for piece in pieces[1:])]
    return "".join([pieces[0], *filled]).encode("utf-8", "replace")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _inert(data: Row) -> str:
    """Return data as JSON within which no element can begin or end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPED)


def _data(evidence: Evidence) -> Row:
    """Return what the script draws: articles, passages and mentions lead to each other by their numbers."""
    places, articles = list(records(evidence.places)), list(records(evidence.articles))
    told: dict[str, list[Row]] = defaultdict(list)
    for mention in records(evidence.mentions[list(_MENTION)]):
        told[mention["passage"]].append(mention)
    # By the first day that they tell of: the story as it went.
    first = {passage: min((row["since"] or LAST) for row in rows) for passage, rows in told.items()}
    passages = [row for row in records(evidence.passages) if row["passage"] in told]
    passages.sort(key=lambda row: (first[row["passage"]], row["article"], row["start"]))
    number = {row["place"]: i for i, row in enumerate(places)} | {row["article"]: i for i, row in enumerate(articles)}
    by_id = {row["article"]: row for row in articles}
    box, view = view_of(evidence.places)
    return {
        "about": evidence.about.as_dict(),
        "lines": [visible(line) for line in evidence.about.lines()],
        "view": view._asdict(),
        "shapes": backdrop(box, extents.extents(evidence.index, evidence.filters)),
        "places": [_place(row) for row in places],
        "articles": [_article(row) for row in articles],
        "passages": [
            {
                "parts": list(_parts(row, told[row["passage"]], number)),
                "article": number[row["article"]],
                "ref": plain(cited(by_id[row["article"]], words=row["text"], start=row["start"], end=row["end"])),
            }
            for row in passages
        ],
        "mentions": [
            _mention(mention, number, i) for i, row in enumerate(passages) for mention in told[row["passage"]]
        ],
    }


def _place(row: Row) -> Row:
    x, y = project(row["lon"], row["lat"])
    symbol = "diamond" if row["kind"] in AREAS else "square" if row["kind"] == "building" else "dot"
    return {"name": visible(row["name"]), "symbol": symbol, "x": x, "y": y}


def _article(row: Row) -> Row:
    days = dict.fromkeys(filter(None, (row["published_since"], row["published_until"])))
    told = (row["outlet"], row["author"], f"“{row['title']}”", " to ".join(days), row["file"])
    url = row["url"] if row["url"].startswith(("https://", "http://")) else ""
    return {"source": visible(" · ".join(filter(None, told))), "url": url}


def _mention(row: Row, number: dict[str, int], passage: int) -> Row:
    days = [[row["since"], row["until"]]] if row["since"] else []
    others = (day.partition("/") for day in row["other_days"].split("|") if day)
    days += [[since, until or since] for since, _, until in others]
    return {
        "place": number[row["place"]],
        "passage": passage,
        "days": days,
        "certainty": row["certainty"],
        "why": visible(row["date_reason"] or ""),
        "earlier": int(row["role"] == "background"),
    }


def _parts(passage: Row, mentions: Sequence[Row], number: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Yield a passage in stretches, each with the number of the place that it names, or -1."""
    text, at = passage["text"], passage["start"]
    done = 0
    for row in mentions:
        start, end = row["start"] - at, row["end"] - at
        if start >= done:
            yield visible(text[done:start]), -1
            yield visible(text[start:end]), number[row["place"]]
            done = end
    yield visible(text[done:]), -1
