"""What else can be chosen of dates: stretches by name, which date counts, the width of a bar, how to play."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.periods import UNITS, Stop, label, stop_of, unit_of
from dashboard.view.state import By, PageState, state
from dashboard.words import CERTAINTIES

YEARS = 4  # with most mentions, offered by name


def draw(stops: Sequence[Stop], days: pd.DataFrame, dates: Mapping[By, str]) -> None:
    """Draw the button that opens the choices."""
    narrowed = state.period is not None
    with st.popover("Dates", icon=":material/calendar_month:"):
        st.markdown("**Show**")
        with st.container(horizontal=True, gap="xsmall"):
            all_shown = not (narrowed or state.window is not None)
            st.button("All dates", on_click=_all, disabled=all_shown)
            for name, stretch in _presets(days, stops):
                st.button(name, key=f"show {name}", on_click=_take, args=(stretch,))
            st.button("Draw only these dates", on_click=_only, disabled=not narrowed, icon=":material/fit_width:")
        renew = state.renew_slider
        which, wide = PageState.by.key, PageState.unit.key
        st.radio("Which date counts", list(dates), key=which, format_func=dates.__getitem__, on_change=renew)
        st.radio("A bar is", ["", *UNITS], key=wide, format_func=_width(stops), horizontal=True, on_change=renew)
        st.checkbox("Play shows one bar at a time, without those before", key=PageState.one_by_one.key)
        whole = "Both ends are included. A period such as “September 2022” is shown while any of its days is."
        st.caption(sums(days), help=whole)


def sums(days: pd.DataFrame) -> str:
    """Return how many mentions are dated how surely, in words."""
    count = days.groupby("certainty").mentions.sum()
    return " · ".join(f"{sign} {count.get(name, 0):,} {words}" for name, (sign, words) in CERTAINTIES.items())


def _width(stops: Sequence[Stop]) -> Callable[[str], str]:
    return lambda unit: f"a {unit}" if unit else f"as fits (a {unit_of(stops)})"


def _presets(days: pd.DataFrame, stops: Sequence[Stop]) -> list[tuple[str, Stop]]:
    """Return the fullest stop and the fullest years, by name."""
    dated = days[days.since.notna() & (days.since.str[:4] == days.until.str[:4])]
    if dated.empty:
        return []
    short = dated[dated.since == dated.until]
    found = []
    if len(short):
        fullest = date.fromisoformat(short.groupby("since").mentions.sum().idxmax())
        found.append((label(Stop(fullest, fullest)), Stop(fullest, fullest)))
    years = dated.groupby(dated.since.str[:4]).mentions.sum().nlargest(YEARS).index
    found += [(str(int(year)), stop_of(date(int(year), 1, 1), "year")) for year in sorted(years)]
    return found


def _take(stretch: Stop) -> None:
    state.period = stretch
    state.renew_slider()


def _only() -> None:
    since, until = state.period or (None, None)  # a URL may give one of them
    state.window, state.period = Stop(since or date.min, until or date.max), None
    state.renew_slider()


def _all() -> None:
    state.window = state.period = None
    state.playing = False
    state.renew_slider()
