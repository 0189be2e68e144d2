"""The time controls: which date counts, histogram, slider, stepping and playing, and the tray of the undated."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from corpus.queries.filters import Filters
from dashboard.escaping import escape
from dashboard.time import timeline
from dashboard.time.timeline import Stop, Unit
from dashboard.view.url import View

By = Literal["event", "published"]
Period = tuple[date | None, date | None]  # first and last day
PACE = 1.5  # seconds that a step stays while playing
DATES: dict[By, str] = {"event": "When it happened", "published": "When it was published"}
# What each certainty means, and the sign of its texture in the histogram.
SIGNS = {
    "exact": ("■", "on a day that the sentence states"),
    "inferred": ("▨", "on a day worked out"),
    "period": ("□", "in a period"),
    "undated": ("∅", "undated"),
}
LISTED = 12  # places in the tray of the undated


def restore(view: View) -> None:
    """Take the dates of a view, once a session."""
    filters = view.filters
    st.session_state["period"] = (filters.since, filters.until) if filters.since or filters.until else None
    st.session_state["by"], st.session_state["undated"] = filters.by, filters.undated
    st.session_state["unit"], st.session_state["window"] = view.unit or "", view.window
    st.session_state["playing"] = False


def choose_dates(
    everything: Mapping[By, pd.DataFrame], filters: Filters, find: Callable[[Filters], pd.DataFrame], *, theme: str
) -> Filters:
    """Draw the time controls and return the filters with the dates chosen.

    `everything` has the dates of all mentions of the roles shown, by either date; `find` those under filters.
    """
    controls = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="time")
    by: By = controls.radio(
        "Which date counts", list(DATES), key="by", format_func=DATES.__getitem__, horizontal=True,
        label_visibility="collapsed", on_change=renew,
    )  # fmt: skip
    window: Stop | None = st.session_state["window"]
    unit: Unit | None = st.session_state.get("unit") or None
    stops = timeline.stops(everything[by], unit, window)
    filters = replace(filters, by=by, undated=st.session_state.get("undated", False))
    if len(stops) < 2 and window is None:
        where = f"All dates lie in {timeline.label(stops[0])}" if stops else "The articles give no dates"
        st.caption(f"{where} · {_sums(find(filters))}")
        return filters
    _unit_box(controls, stops)
    _buttons(controls, stops)
    period: Period | None = st.session_state["period"]
    since, until = period or window or (None, None)
    days = find(filters)
    seen = _within(days, window)
    bars = timeline.bars(seen, stops, since, until)
    st.vega_lite_chart(
        spec=_histogram(bars, stops, theme), key="histogram", alt=f"Mentions by {DATES[by].lower()}: {_sums(days)}"
    )
    if len(stops) > 1:
        _slider(stops, period or window)
    beyond = int(days.mentions.sum() - seen.mentions.sum())
    st.caption(
        _sums(days, beyond=beyond),
        help="Both ends are included. A period such as “September 2022” is shown while any of its days is.",
    )
    if st.session_state["playing"]:
        _play(stops)
    return replace(filters, since=since, until=until)


def renew() -> None:
    """Give the slider a new life: its stops or its value were changed from elsewhere."""
    st.session_state["slider"] = st.session_state.get("slider", 0) + 1


def _unit_box(controls: st.delta_generator.DeltaGenerator, stops: Sequence[Stop]) -> None:
    controls.selectbox(
        "Unit of time", ["", *timeline.UNITS], key="unit", width=150, label_visibility="collapsed", on_change=renew,
        format_func=lambda unit: f"by {unit}" if unit else f"by {timeline.unit_of(stops)}, as it fits",
    )  # fmt: skip


def _buttons(controls: st.delta_generator.DeltaGenerator, stops: Sequence[Stop]) -> None:
    playing, zoomed = st.session_state["playing"], st.session_state["window"] is not None
    narrowed = st.session_state["period"] is not None
    for icon, name, act, disabled in (
        ("skip_previous", "Previous", lambda: _move(stops, -1), not stops),
        ("pause", "Pause", _toggle, False) if playing else ("play_arrow", "Play", _toggle, not stops),
        ("skip_next", "Next", lambda: _move(stops, 1), not stops),
        ("zoom_in", "Zoom in", _zoom, not narrowed),
        ("zoom_out_map", "All dates", _all, not (narrowed or zoomed)),
    ):
        controls.button(name, icon=f":material/{icon}:", on_click=act, disabled=disabled, type="tertiary")


def _move(stops: Sequence[Stop], by: int) -> None:
    """Move the chosen dates by so many stops; playing ends where they cannot move."""
    if not stops:  # a window in which nothing is dated
        st.session_state["playing"] = False
        return
    period = st.session_state["period"]
    span = timeline.chosen(stops, *period) if period else None
    following = timeline.step(stops, span, by)
    if following == span:
        st.session_state["playing"] = False
    st.session_state["stepped"] = time.monotonic()
    _take(stops, following)
    renew()


def _take(stops: Sequence[Stop], span: tuple[int, int]) -> None:
    whole = span == (0, len(stops) - 1)
    st.session_state["period"] = None if whole else Stop(stops[span[0]].since, stops[span[1]].until)


def _toggle() -> None:
    st.session_state["playing"] = not st.session_state["playing"]
    st.session_state["stepped"] = 0.0


def _zoom() -> None:
    since, until = st.session_state["period"]  # a URL may give one of them
    st.session_state["window"], st.session_state["period"] = Stop(since or date.min, until or date.max), None
    renew()


def _all() -> None:
    st.session_state["window"] = st.session_state["period"] = None
    st.session_state["playing"] = False
    renew()


@st.fragment(run_every=PACE)
def _play(stops: Sequence[Stop]) -> None:
    """Go on once in a while, until the last stop."""
    if time.monotonic() - st.session_state["stepped"] < PACE * 0.9:
        return  # the whole page has just run; the step is due at the next tick
    _move(stops, 1)
    st.rerun()


def _slider(stops: Sequence[Stop], period: Period | None) -> None:
    key = f"period-{st.session_state.get('slider', 0)}"
    first, last = timeline.chosen(stops, *period) if period else (0, len(stops) - 1)

    def moved() -> None:
        since, until = st.session_state[key]
        _take(stops, (stops.index(since), stops.index(until)))

    # A value, not a state: only a value of two stops makes it a range. What else changes it gives it a new key.
    st.select_slider(
        "Dates the articles give",
        options=stops,
        value=(stops[first], stops[last]),
        key=key,
        format_func=timeline.label,
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
    return timeline.chart(bars, stops, theme=theme).to_dict()


def _sums(days: pd.DataFrame, *, beyond: int = 0) -> str:
    """Return how many mentions are dated how surely, in words; together they are all mentions."""
    count = days.groupby("certainty").mentions.sum()
    parts = [f"{sign} {count.get(name, 0):,} {words}" for name, (sign, words) in SIGNS.items()]
    total = f"together {int(days.mentions.sum()):,} mentions" + (
        f", {beyond:,} of them outside these" if beyond else ""
    )
    return " · ".join(parts) + f": {total}"


def undated_tray(places: pd.DataFrame, choose: Callable[[str], None]) -> None:
    """Draw what has no date and so no bar: it is kept on the map on demand, and reached from here."""
    if places.empty:
        return
    number = int(places.mentions.sum())
    with st.popover(f"{number:,} undated", icon=":material/event_busy:"):
        st.markdown(f"**{number:,} {'mention has' if number == 1 else 'mentions have'} no date** and no bar above.")
        st.checkbox("Show them whatever dates are chosen", key="undated")
        for row in places.head(LISTED).itertuples():
            st.button(
                escape(f"{row.name} ({row.mentions:,})"), key=f"undated-{row.place}", type="tertiary",
                on_click=_choose_undated, args=(choose, row.place),
            )  # fmt: skip
        if len(places) > LISTED:
            st.caption(f"and {len(places) - LISTED:,} more places")


def _choose_undated(choose: Callable[[str], None], place: str) -> None:
    st.session_state["undated"] = True
    choose(place)
