"""Frame of dated mentions -> the bars of the timeline, as Vega-Lite has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard.periods import Stop, label
from dashboard.time.axis import WIDTH, Axis, ticks
from dashboard.words import CERTAINTIES as CERTAIN
from dashboard.words import count

LANES = 4  # rows of long periods; what finds no room lies over the last
# How surely a mention is dated: in the order in which bars are stacked, the surest at the bottom.
CERTAINTIES = ("exact", "inferred", "period")
HEIGHT = 82  # pixels, with the names of the axis
INSIDE, OUTSIDE = {"light": "#c2410c", "dark": "#ff9b5e"}, {"light": "#b5aca1", "dark": "#6b665f"}
WORDS = {"light": "#57534e", "dark": "#c9c6c1"}
# The texture of a bar: how much of it is filled, and how its rim is drawn.
FILLS, RIMS = (1.0, 0.4, 0.0), ([1, 0], [1, 0], [2, 2])
NARROWEST = 0.55  # of the axis' WIDTH: a bar that can be hit
DOMINANT, NAMED = 0.3, 5  # of the highest bar; bars that bear a name
LETTER = 0.62  # of WIDTH, that a letter takes at most
ABOVE, LANE = 1.4, 0.09  # of the highest bar: room for names over the bars, and for each row of periods under them

Row = dict[str, Any]

# The numbers of the scales mean nothing read aloud; the brush has no words but these.
CONFIG: Row = {"view": {"stroke": None}, "axis": {"aria": False}, "mark": {"description": "Days chosen by brushing"}}
_FIELDS = {"when": "When", "dated": "Dated", "mentions": "Mentions"}
TOLD: Row = {
    "tooltip": [{"field": field, "title": title, "type": "nominal"} for field, title in _FIELDS.items()],
    "description": {"field": "aloud"},
}


def bars(days: pd.DataFrame, stops: Sequence[Stop], since: date | None, until: date | None) -> pd.DataFrame:
    """Return what to draw: first, last (position of a stop), certainty, inside (the chosen days), lane, mentions.

    Every dated mention is in exactly one row. What lies within one stop has lane -1 and is a bar; a longer period is a
    line in its lane. What lies outside all stops counts at the nearest.
    """
    columns = ["first", "last", "certainty", "inside", "lane", "mentions"]
    dated = days[days.since.notna()]
    if dated.empty or not stops:
        return pd.DataFrame({column: [] for column in columns})
    begins, ends = [str(stop.since) for stop in stops], [str(stop.until) for stop in stops]
    inside = (dated.until >= str(since or date.min)) & (dated.since <= str(until or date.max))
    frame = pd.DataFrame(
        {
            "first": pd.Index(ends).searchsorted(dated.since).clip(max=len(stops) - 1),
            "last": (pd.Index(begins).searchsorted(dated.until, side="right") - 1).clip(min=0),
            "certainty": dated.certainty.to_numpy(),
            "inside": inside.to_numpy(),
            "mentions": dated.mentions.to_numpy(),
        }
    )
    frame["last"] = frame[["first", "last"]].max(axis=1)
    frame = frame.groupby(columns[:4], as_index=False).mentions.sum()
    frame["lane"] = _lanes(frame)
    return frame[columns]


def _lanes(frame: pd.DataFrame) -> list[int]:
    """Return a row for each long period, so that few overlap."""
    taken: list[int] = []  # the last stop of each lane
    lanes = []
    for row in frame.itertuples():
        if row.first == row.last:
            lanes.append(-1)
            continue
        lane = next((i for i, end in enumerate(taken) if end < row.first), len(taken))
        if lane == len(taken) < LANES:
            taken.append(row.last)
        lane = min(lane, LANES - 1)
        taken[lane] = max(taken[lane], row.last)
        lanes.append(lane)
    return lanes


def chart(bars: pd.DataFrame, stops: Sequence[Stop], axis: Axis, *, theme: str) -> Row:
    """Return the timeline: bars over the days with their counts, under them a line for each longer period.

    A click on a bar sets the parameter `day` to its `since` and `until`, a brush sets `brush` to a part of the axis.
    """
    standing, names = _standing(bars, stops, axis)
    highest = max((row["top"] for row in standing), default=1)
    lying = _lying(bars, stops, axis, highest)
    here, ends, written = _positions(axis, lying, highest, theme), {"x2": {"field": "end"}}, {"text": {"field": "text"}}
    bar = {"type": "bar", "strokeWidth": 1, "cursor": "pointer"}
    rule = {"type": "rule", "strokeWidth": 2.5, "opacity": 0.55, "strokeCap": "round"}
    text = {"type": "text", "fontSize": 11, "color": WORDS[theme], "aria": False}  # the bars say the same
    folds = [{"start": at, "base": 0, "text": "//"} for at in axis.folds]
    return {
        "height": HEIGHT,
        "padding": {"left": 2, "right": 8, "top": 0, "bottom": 0},
        "config": CONFIG,
        "params": [
            {"name": "day", "select": {"type": "point", "fields": ["since", "until"]}, "views": ["bars"]},
            {"name": "brush", "select": {"type": "interval", "encodings": ["x"]}, "views": ["bars"]},
        ],
        "layer": [
            _layer("bars", standing, bar, {**here, "y2": {"field": "top"}, **ends, **_look(theme), **TOLD}),
            _layer("periods", lying, rule, {**here, **ends, "color": _chosen(theme), **TOLD}),
            _layer("folds", folds, {**text, "baseline": "top", "dy": 2}, {**here, **written}),
            _layer("names", names, {**text, "fontWeight": 600, "baseline": "bottom", "dy": -2}, {**here, **written}),
        ],
    }


def _positions(axis: Axis, lying: Sequence[Row], highest: int, theme: str) -> Row:
    """Return where a row stands: from the left by its days, from the bottom by its count."""
    marks = ticks(axis)
    plain = {"domain": False, "ticks": False, "labelColor": WORDS[theme], "title": None, "labelFontSize": 11}
    named = {"values": [at for at, _ in marks], "labelExpr": _lookup(marks), "labelOverlap": "greedy", "labelFlush": 30}
    counted = {"values": sorted({(highest + 1) // 2, highest}), "gridOpacity": 0.35, "format": "d"}
    below = min((row["base"] for row in lying), default=0) - LANE * highest / 2
    across = {"domain": [0, WIDTH], "nice": False}, {**plain, **named, "grid": False, "labelPadding": 3}
    up = {"domain": [below, ABOVE * highest], "nice": False}, {**plain, **counted, "grid": True}
    return {
        channel: {"field": field, "type": "quantitative", "scale": scale, "axis": shown}
        for channel, field, (scale, shown) in (("x", "start", across), ("y", "base", up))
    }


def _lookup(marks: Sequence[tuple[float, str]]) -> str:
    """Return the names on the axis as an expression of Vega: it writes numbers only."""
    pairs = ", ".join(f"'{round(at * 1000)}': '{text}'" for at, text in marks)
    return f"{{{pairs}}}[round(datum.value * 1000)]"


def _layer(name: str, values: Sequence[Row], mark: Row, encoding: Row) -> Row:
    return {"name": name, "data": {"values": list(values)}, "mark": {"clip": False, **mark}, "encoding": encoding}


def _chosen(theme: str) -> Row:
    """Return the colour of what is chosen: by what is clicked or brushed here, else as the page says."""
    test = (
        "brush.start ? datum.start <= brush.start[1] && datum.end >= brush.start[0] : "  # a period that reaches into it
        "length(data('day_store')) > 0 ? vlSelectionTest('day_store', datum) : datum.inside"
    )
    return {"condition": {"test": test, "value": INSIDE[theme]}, "value": OUTSIDE[theme]}


def _look(theme: str) -> Row:
    rims = {"domain": list(CERTAINTIES), "range": [list(rim) for rim in RIMS]}
    return {
        "color": _chosen(theme),
        "stroke": _chosen(theme),
        "fillOpacity": {"field": "fill", "type": "quantitative", "scale": None, "legend": None},
        "strokeDash": {"field": "certainty", "type": "nominal", "scale": rims, "legend": None},
    }


def _standing(bars: pd.DataFrame, stops: Sequence[Stop], axis: Axis) -> tuple[list[Row], list[Row]]:
    """Return the bars, stacked by certainty, and the names of those that dominate."""
    rows, tops = [], dict[int, int]()
    upright = bars[bars.lane < 0]
    order = upright.certainty.map(CERTAINTIES.index) if len(upright) else upright.certainty
    for row in upright.assign(order=order).sort_values(["first", "order", "inside"]).itertuples():
        stop, base = stops[int(row.first)], tops.get(row.first, 0)
        tops[row.first] = top = base + int(row.mentions)
        start, end = _wide(*axis.span(*stop))
        fill = FILLS[CERTAINTIES.index(row.certainty)]
        rows.append({**_about(row, stop, stop), "start": start, "end": end, "base": base, "top": top, "fill": fill})
    return rows, _names(tops, stops, axis)


def _names(tops: dict[int, int], stops: Sequence[Stop], axis: Axis) -> list[Row]:
    """Return the names of the highest bars, none over another."""
    highest, names, taken = max(tops.values(), default=0), list[Row](), list[tuple[float, float]]()
    for first, top in sorted(tops.items(), key=lambda item: -item[1]):
        text = f"{label(stops[first])}: {top:,}"
        start, end = axis.span(*stops[first])
        half = len(text) * LETTER / 2
        middle = min(max((start + end) / 2, half), WIDTH - half)
        if top < max(2, DOMINANT * highest) or len(names) == NAMED:
            break
        if all(middle + half < left or middle - half > right for left, right in taken):
            names.append({"start": middle, "base": top, "text": text})
            taken.append((middle - half, middle + half))
    return names


def _lying(bars: pd.DataFrame, stops: Sequence[Stop], axis: Axis, highest: float) -> list[Row]:
    rows = []
    for row in bars[bars.lane >= 0].itertuples():
        first, last = stops[int(row.first)], stops[int(row.last)]
        start, end = axis.span(first.since, last.until)
        base = -LANE * highest * (row.lane + 1)
        rows.append({**_about(row, first, last), "start": start, "end": end, "base": base})
    return rows


def _about(row: Any, first: Stop, last: Stop) -> Row:
    dated = CERTAIN[row.certainty][1]
    when = label(first) if first == last else f"{label(first)} to {label(last)}"
    mentions = int(row.mentions)
    return {
        "when": when,
        "dated": dated,
        "certainty": row.certainty,
        "mentions": mentions,
        "aloud": f"{when}: {count(mentions, 'mention')} {dated}",
        "inside": bool(row.inside),
        "since": str(first.since),
        "until": str(last.until),
    }


def _wide(start: float, end: float) -> tuple[float, float]:
    missing = max(0.0, NARROWEST - (end - start)) / 2
    return start - missing, end + missing
