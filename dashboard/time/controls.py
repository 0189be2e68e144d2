"""The time controls: which date counts, histogram, slider, stepping and playing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus.queries.filters import Filters
from dashboard.periods import UNITS, Stop, label, unit_of
from dashboard.time import histogram
from dashboard.time.timeline import chosen, step, stops_of
from dashboard.view.state import By, PageState, Period, state
from dashboard.words import CERTAINTIES

PACE = 1.5  # seconds that a step stays while playing
DATES: dict[By, str] = {"event": "When it happened", "published": "When it was published"}


def choose_dates(
    everything: Mapping[By, pd.DataFrame], filters: Filters, find: Callable[[Filters], pd.DataFrame]
) -> Filters:
    """Draw the time controls and return the filters with the dates chosen.

    `everything` has the dates of all mentions of the roles shown, by either date; `find` those under filters.
    """
    controls = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="time")
    by = _which_date(controls)
    window = state.window
    stops = stops_of(everything[by], state.unit or None, window)
    filters = replace(filters, by=by, undated=state.undated)
    if len(stops) < 2 and window is None:
        where = f"All dates lie in {label(stops[0])}" if stops else "The articles give no dates"
        st.caption(f"{where} · {_sums(find(filters))}")
        return filters
    _unit_box(controls, stops)
    _buttons(controls, stops)
    since, until = state.period or window or (None, None)
    days = find(filters)
    seen = _within(days, window)
    spec = _histogram(histogram.bars(seen, stops, since, until), stops, "dark" if state.is_dark else "light")
    st.vega_lite_chart(spec=spec, key="histogram", alt=f"Mentions by {DATES[by].lower()}: {_sums(days)}")
    if len(stops) > 1:
        _slider(stops, state.period or window)
    beyond = int(days.mentions.sum() - seen.mentions.sum())
    st.caption(
        _sums(days, beyond=beyond),
        help="Both ends are included. A period such as “September 2022” is shown while any of its days is.",
    )
    if state.playing:
        _play(stops)
    return replace(filters, since=since, until=until)


def _which_date(controls: DeltaGenerator) -> By:
    by: By = controls.radio(
        "Which date counts",
        list(DATES),
        key=PageState.by.key,
        format_func=DATES.__getitem__,
        horizontal=True,
        label_visibility="collapsed",
        on_change=state.renew_slider,
    )
    return by


def _unit_box(controls: DeltaGenerator, stops: Sequence[Stop]) -> None:
    controls.selectbox(
        "Unit of time",
        ["", *UNITS],
        key=PageState.unit.key,
        width=150,
        label_visibility="collapsed",
        on_change=state.renew_slider,
        format_func=lambda unit: f"by {unit}" if unit else f"by {unit_of(stops)}, as it fits",
    )


def _buttons(controls: DeltaGenerator, stops: Sequence[Stop]) -> None:
    playing, narrowed = state.playing, state.period is not None
    for icon, name, act, disabled in (
        ("skip_previous", "Previous", lambda: _move(stops, -1), not stops),
        ("pause", "Pause", _toggle, False) if playing else ("play_arrow", "Play", _toggle, not stops),
        ("skip_next", "Next", lambda: _move(stops, 1), not stops),
        ("zoom_in", "Zoom in", _zoom, not narrowed),
        ("zoom_out_map", "All dates", _all, not (narrowed or state.window is not None)),
    ):
        controls.button(name, icon=f":material/{icon}:", on_click=act, disabled=disabled, type="tertiary")


def _move(stops: Sequence[Stop], by: int) -> None:
    """Move the chosen dates by so many stops; playing ends where they cannot move."""
    if not stops:  # a window in which nothing is dated
        state.playing = False
        return
    period = state.period
    span = chosen(stops, *period) if period else None
    following = step(stops, span, by)
    if following == span:
        state.playing = False
    state.stepped = time.monotonic()
    _take(stops, following)
    state.renew_slider()


def _take(stops: Sequence[Stop], span: tuple[int, int]) -> None:
    whole = span == (0, len(stops) - 1)
    state.period = None if whole else Stop(stops[span[0]].since, stops[span[1]].until)


def _toggle() -> None:
    state.playing = not state.playing
    state.stepped = 0.0


def _zoom() -> None:
    since, until = state.period or (None, None)  # a URL may give one of them
    state.window, state.period = Stop(since or date.min, until or date.max), None
    state.renew_slider()


def _all() -> None:
    state.window = state.period = None
    state.playing = False
    state.renew_slider()


@st.fragment(run_every=PACE)
def _play(stops: Sequence[Stop]) -> None:
    """Go on once in a while, until the last stop."""
    if time.monotonic() - state.stepped < PACE * 0.9:
        return  # the whole page has just run; the step is due at the next tick
    _move(stops, 1)
    st.rerun()


def _slider(stops: Sequence[Stop], period: Period | None) -> None:
    key = f"period-{state.slider}"
    first, last = chosen(stops, *period) if period else (0, len(stops) - 1)

    def moved() -> None:
        since, until = st.session_state[key]
        _take(stops, (stops.index(since), stops.index(until)))

    # A value, not a state: only a value of two stops makes it a range. What else changes it gives it a new key.
    st.select_slider(
        "Dates the articles give",
        options=stops,
        value=(stops[first], stops[last]),
        key=key,
        format_func=label,
        on_change=moved,
        label_visibility="collapsed",
    )


def _within(days: pd.DataFrame, window: Stop | None) -> pd.DataFrame:
    if window is None:
        return days
    return days[days.since.isna() | ((days.until >= str(window.since)) & (days.since <= str(window.until)))]


@st.cache_data(max_entries=64, show_spinner=False)
def _histogram(bars: pd.DataFrame, stops: Sequence[Stop], theme: str) -> dict[str, Any]:
    """Return the histogram as Vega-Lite has it; a click on the map leaves it as it is, and building it takes 0.1 s."""
    return histogram.chart(bars, stops, theme=theme).to_dict()


def _sums(days: pd.DataFrame, *, beyond: int = 0) -> str:
    """Return how many mentions are dated how surely, in words; together they are all mentions."""
    count = days.groupby("certainty").mentions.sum()
    parts = [f"{sign} {count.get(name, 0):,} {words}" for name, (sign, words) in CERTAINTIES.items()]
    total = f"together {int(days.mentions.sum()):,} mentions" + (
        f", {beyond:,} of them outside these" if beyond else ""
    )
    return " · ".join(parts) + f": {total}"
