"""One state for the page: what the reader chose, named once, in the session, the widgets and the URL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any, Generic, Literal, NamedTuple, TypeVar, cast, overload

import streamlit as st

from corpus.queries.filters import Filters
from corpus.queries.places import Order
from corpus.queries.rollup import Level
from corpus.records import LITERAL, ROLES, Role
from dashboard.periods import Stop, Unit
from dashboard.view.naming import Names
from dashboard.view.url import FIRST_TAB, Choices, View, held_day, read_url, write_url

T = TypeVar("T")
By = Literal["event", "published"]
MAP = "at"  # where the map looks, in the address
OF_SELECTION = ("names", "claims", "accounts", "coverage")  # tabs that tell of what is selected
Period = tuple[date | None, date | None]  # first and last day


class Field(Generic[T]):
    """A value of the reader's session; a widget that holds it takes `key`, which is its name, as key."""

    def __init__(self, default: T) -> None:
        self.default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    @overload
    def __get__(self, state: None, owner: type) -> Field[T]: ...
    @overload
    def __get__(self, state: object, owner: type) -> T: ...
    def __get__(self, state: object | None, owner: type) -> T | Field[T]:
        return self if state is None else cast(T, st.session_state.get(self.key, self.default))

    def __set__(self, state: object, value: T) -> None:
        st.session_state[self.key] = value


class Mended(NamedTuple):
    """What was corrected, in words; the rows of it, and what takes them back."""

    words: str
    ids: tuple[str, ...]
    back: str


class PageState:
    """What the reader chose. The session holds it; the same object serves every reader."""

    # the index that was drawn last, and whether it was found damaged
    version = Field[object](None)
    doubted = Field(False)
    # the address as it was written last, and what was chosen then
    written = Field[dict[str, list[str]] | None](None)
    chose = Field[dict[str, Any]]({})
    # filters
    text = Field("")
    regions = Field[Sequence[str]](())
    outlets = Field[Sequence[str]](())
    roles = Field[Sequence[Role]](LITERAL)
    narrow_open = Field(False)  # the filters on a narrow screen
    # time
    by = Field[By]("event")
    undated = Field(False)
    sure = Field(False)
    period = Field[Period | None](None)
    unit = Field[Unit | Literal[""]]("")
    window = Field[Stop | None](None)
    brushed = Field[Period | None](None)  # in the bars of time, which light it themselves
    playing = Field(False)
    one_by_one = Field(False)  # playing shows each stop alone, without what came before
    stepped = Field(0.0)  # when the last step was taken
    slider = Field(0)  # its lives: its stops or its value changed so often
    # the map
    map = Field[Mapping[str, Any] | None](None)  # what it said last
    level = Field[Level | Literal[""]]("")
    names = Field[Names]("written")
    show_held = Field(False)
    held_as_of = Field[date | None](None)
    show_rivals = Field(False)  # kept while the box for it is not drawn
    rivals = Field(False)
    # what is selected, and the passage that is open in its article
    place = Field[str | None](None)
    passage = Field[str | None](None)  # by its reference, which outlives the index
    weighed = Field[str | None](None)  # the passage of which the reader asked what was weighed
    mending = Field[str | None](None)  # the passage of which the reader asked to correct something
    mended = Field["Mended | None"](None)  # what was corrected last, with the way back
    reread = Field(False)  # the articles must be read again for it
    reader = Field("")  # who corrects
    order = Field[Order]("newest")  # of the passages
    tab = Field[str](FIRST_TAB)
    sheet = Field(False)  # on a phone: what the tabs show lies over the map

    def restore(self, choices: Choices) -> None:
        """Take the view from the URL: at first, and when the reader goes back."""
        view = read_url(_asked(), choices)
        filters = view.filters
        self.text, self.roles = filters.text, list(filters.roles)
        self.outlets, self.regions = list(filters.outlets), list(filters.regions)
        self.period = (filters.since, filters.until) if filters.since or filters.until else None
        self.by, self.undated, self.sure = filters.by, filters.undated, filters.sure
        self.unit, self.window = view.unit or "", view.window
        self.level, self.names = view.level or "", view.names
        self.show_held, self.held_as_of = view.held is not None, view.held
        self.place, self.passage, self.tab = view.place, view.passage, view.tab
        self.sheet = bool(view.place or view.passage or view.tab != FIRST_TAB)
        self.renew_slider()

    def drop_what_is_gone(self, choices: Choices) -> None:
        """Drop from the view what the index does not have that took the place of another."""
        self.outlets = [outlet for outlet in self.outlets if outlet in choices.outlets]
        self.regions = [region for region in self.regions if region in choices.regions]
        if self.place not in choices.selectable:
            self.place = None

    def remember(self, filters: Filters, first: date | None) -> None:
        """Put the view into the URL; `first` is the day of the first article."""
        view = View(
            filters=filters,
            place=self.place,
            passage=self.passage,
            unit=self.unit or None,
            window=self.window,
            level=self.level or None,
            names=self.names,
            held=self.held_on(filters, first),
            tab=self.tab or FIRST_TAB,
        )
        wanted = write_url(view)
        if _asked() != {name: value if isinstance(value, list) else [value] for name, value in wanted.items()}:
            st.query_params.from_dict(wanted)
        self.written, self.chose = _asked(), self._choice()

    @property
    def went_back(self) -> bool:
        """Say whether the address alone was changed since the page was last drawn, as the browser's Back does."""
        return self.written is not None and _asked() != self.written and self._choice() == self.chose

    def _choice(self) -> dict[str, Any]:
        return {name: copy(st.session_state.get(name)) for name in _CHOSEN}

    def filters(self, offered: Collection[Role]) -> Filters:
        """Return the filters that are chosen, without any of time; a role that is not offered has nothing to hide."""
        roles = tuple(role for role in ROLES if role in self.roles or role not in offered)
        outlets, regions = tuple(self.outlets), tuple(self.regions)
        return Filters(outlets=outlets, regions=regions, text=self.text, roles=roles, sure=self.sure)

    def held_on(self, filters: Filters, first: date | None) -> date | None:
        """Return the day of the layer of control, None while it is off: as chosen, else where the filter starts.

        `first` is the day of the first article, for a filter without a start.
        """
        return held_day(self.held_as_of or filters.since or first or date.today()) if self.show_held else None

    @property
    def is_dark(self) -> bool:
        """Say whether the reader's theme is dark."""
        return st.context.theme.type == "dark"

    def choose_place(self, place: str | None) -> None:
        """Select a place or a region, wherever it was chosen."""
        self.show_rivals = self.rivals = False
        self.place, self.passage = place, None
        self.read()

    def choose_hit(self, place: str, roles: Sequence[Role]) -> None:
        """Select a place that a search found, and show what it is to the articles."""
        if roles and not set(roles) & set(self.roles):
            self.roles = [role for role in ROLES if role in {*self.roles, *roles}]
        self.text = ""
        self.choose_place(place)

    def search(self) -> None:
        """Show where the words that were typed stand."""
        self.choose_place(None)
        self.tab = FIRST_TAB

    def open_passage(self, passage: str | None) -> None:
        """Open the article of a passage, by its reference; close it for None."""
        self.passage = passage
        self.read()

    def mend(self, passage: str) -> None:
        """Ask what is to be corrected in a passage, by its reference."""
        self.mending = passage

    def choose_days(self, since: date, until: date) -> None:
        """Narrow the view to days on which something happened."""
        self.period, self.by = (since, until), "event"
        self.window, self.playing = None, False
        self.renew_slider()

    def read(self) -> None:
        """Show the passages, on a phone over the map; a tab that tells of what is selected stays open."""
        self.sheet = True
        if self.passage is not None or self.tab not in OF_SELECTION:
            self.tab = FIRST_TAB

    def lift_days(self) -> None:
        """Show all days."""
        self.period = self.window = None
        self.renew_slider()

    def lift_text(self) -> None:
        """Search for nothing."""
        self.text = ""

    def show_all(self) -> None:
        """Show all that names are used for."""
        self.roles = list(ROLES)
        self.renew_slider()

    def lift(self, filter: Literal["regions", "outlets"], value: str) -> None:
        """Take one value from a filter."""
        setattr(self, filter, [other for other in getattr(self, filter) if other != value])

    def lift_sure(self) -> None:
        """Show what is in doubt again."""
        self.sure = False

    def lift_all(self) -> None:
        """Lift all filters, and show what is shown at first."""
        self.lift_days()
        self.lift_text()
        self.regions, self.outlets, self.roles, self.sure = [], [], list(LITERAL), False

    def turn_sheet(self) -> None:
        """Let what the tabs show lie over the map, on a phone, or take it away."""
        self.sheet = not self.sheet

    def renew_slider(self) -> None:
        """Give the bars of time a new life: what they show or what is chosen of it was changed from elsewhere."""
        self.slider += 1
        self.brushed = None


# What stands in the address, for whatever widget holds it; and what the map said: where it did so just as another
# address was written, it sent the one before, and nobody went back.
_CHOSEN = (
    "map",
    *("text", "regions", "outlets", "roles", "by", "undated", "sure", "period", "unit", "window", "level", "names"),
    *("show_held", "held_as_of", "place", "passage", "tab"),
)
state = PageState()


def _asked() -> dict[str, list[str]]:
    """Return the address, but for where the map looks: the browser alone reads and writes that."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name != MAP}
