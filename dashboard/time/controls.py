"""The strip of time: bars to click and to brush, two days to type, play, and what else can be chosen of dates."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from corpus.queries.filters import Filters
from dashboard.periods import Stop
from dashboard.time import histogram, options
from dashboard.time.axis import Axis, axis_of
from dashboard.time.timeline import chosen, step, stops_of
from dashboard.view.state import By, Period, state

PACE = 1.5  # seconds that a step stays while playing
STYLE = """<style>
.st-key-time-buttons .stButton p {font-size: 0}
.st-key-time-buttons button, .st-key-time-days [data-baseweb="input"] {min-height: 1.9rem; height: 1.9rem}
.st-key-time .stElementToolbar {display: none}
</style>"""
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
DATES: dict[By, str] = {"event": "When it happened", "published": "When it was published"}
NO_DATES = (
    "No article here says when. Write the day of each at the top of its file: a line `---`, a line "
    "`date: 2022-09-13`, and again `---`. “On Tuesday” is then counted from it."
)


@dataclass(frozen=True, slots=True)
class Dates:
    """What can be chosen of dates: all there are of the roles shown, by either kind, and the stops of the strip."""

    everything: Mapping[By, pd.DataFrame]
    stops: list[Stop]


def dates_of(everything: Mapping[By, pd.DataFrame]) -> Dates:
    """Return what can be chosen in the window and the steps that the reader set."""
    return Dates(everything, stops_of(everything[state.by], state.unit or None, state.window))


def choose_dates(dates: Dates, filters: Filters) -> Filters:
    """Return the filters with the dates that are chosen."""
    filters = replace(filters, by=state.by, undated=state.undated)
    if not dates.stops and state.window is None:
        return filters
    since, until = state.period or state.window or (None, None)
    return replace(filters, since=since, until=until)


def draw(dates: Dates, days: pd.DataFrame) -> None:
    """Draw the strip of time; `days` are the dates of what the other filters let through."""
    stops, window, everything = dates.stops, state.window, dates.everything[state.by]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="time"):
        if not stops and window is None:
            st.caption(_nothing(everything))
            if any(len(stops_of(other)) for other in dates.everything.values()):
                options.draw(stops, days, DATES)
            return
        with st.container(width="content", gap="xsmall", key="time-buttons"):
            st.html(STYLE)  # the buttons of play are told by their icons
            _buttons(stops)
            options.draw(stops, days, DATES)
        _bars(days, stops, axis_of(everything, stops or list(filter(None, [window])), window))
        with st.container(width=150, gap="xsmall", key="time-days"):
            _day_boxes(stops, window)
    if state.playing:
        _play(stops)


def _nothing(everything: pd.DataFrame) -> str:
    if not state.roles:  # a role that is not offered stays on, and has nothing to show
        return "Nothing is switched on above, so there is nothing to date."
    return NO_DATES if len(everything) else "Nothing here has a place and a date."


def _bars(days: pd.DataFrame, stops: Sequence[Stop], axis: Axis) -> None:
    # what was clicked or brushed is lit by the chart itself: it stays as it is, and the brush may go on
    since, until = (None, None) if state.brushed == state.period else state.period or (None, None)
    bars = histogram.bars(days, stops, since, until)
    key = f"bars-{state.slider}"
    spec = histogram.chart(bars, stops, axis, theme="dark" if state.is_dark else "light")
    st.vega_lite_chart(
        spec=spec,
        key=key,
        on_select=lambda: _select(st.session_state[key].selection, axis),
        selection_mode=["day", "brush"],
        alt=f"Mentions by {DATES[state.by].lower()}: {options.sums(days)}",
    )


def _select(selection: Mapping[str, object], axis: Axis) -> None:
    """Take what was brushed, else what was clicked; all dates where it was let go."""
    period: Period | None = None
    match selection:
        case {"brush": {"start": [float() | int() as start, *_, float() | int() as end]}}:
            period = axis.days(start, end)
        case {"day": [{"since": str(since), "until": str(until)}, *_]}:
            period = Stop(date.fromisoformat(since), date.fromisoformat(until))
    state.period = state.brushed = period
    state.playing = False


def _buttons(stops: Sequence[Stop]) -> None:
    playing = state.playing
    with st.container(horizontal=True, gap=None):
        for icon, name, act in (
            ("skip_previous", "Previous", lambda: _move(stops, -1)),
            ("pause", "Pause", _toggle) if playing else ("play_arrow", "Play", _toggle),
            ("skip_next", "Next", lambda: _move(stops, 1)),
        ):
            st.button(name, icon=f":material/{icon}:", on_click=act, disabled=not stops, type="tertiary", help=name)


def _move(stops: Sequence[Stop], by: int, *, adding: bool = False) -> None:
    """Move the chosen dates by so many stops, or only their end; playing ends where it cannot move."""
    if not stops:  # a window in which nothing is dated
        state.playing = False
        return
    period = state.period
    span = chosen(stops, *period) if period else None
    following = step(stops, span, by)
    if adding and span is not None:
        following = span[0], following[1]
    if following == span:
        state.playing = False
    state.stepped = time.monotonic()
    whole = following == (0, len(stops) - 1) and not adding
    state.period = None if whole else Stop(stops[following[0]].since, stops[following[1]].until)
    state.renew_slider()


def _toggle() -> None:
    state.playing = not state.playing
    state.stepped = 0.0
    if state.playing and not state.one_by_one:
        state.period = None  # from the beginning


@st.fragment(run_every=PACE)
def _play(stops: Sequence[Stop]) -> None:
    """Go on once in a while, until the last stop."""
    if time.monotonic() - state.stepped < PACE * 0.9:
        return  # the whole page has just run; the step is due at the next tick
    _move(stops, 1, adding=not state.one_by_one)
    st.rerun()


def _day_boxes(stops: Sequence[Stop], window: Stop | None) -> None:
    whole = window or Stop(stops[0].since, stops[-1].until)
    since, until = state.period or (None, None)
    shown = since or whole.since, until or whole.until

    def typed() -> None:
        ends = zip(keys, whole, strict=True)
        first, last = sorted(st.session_state[key] or end for key, end in ends)  # an emptied box bounds nothing
        state.period = None if (first, last) == whole else Stop(first, last)
        state.renew_slider()

    keys = [f"{name} {day}" for name, day in zip(("from", "to"), shown, strict=True)]  # a new box for each day
    for key, name, day in zip(keys, ("From", "To"), shown, strict=True):
        st.date_input(
            name,
            day,
            min_value=FIRST,
            max_value=LAST,
            key=key,
            on_change=typed,
            format="YYYY-MM-DD",
            label_visibility="collapsed",
        )
