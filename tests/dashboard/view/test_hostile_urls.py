"""URLs written to break the page: each gives a view that everything which reads it can show."""

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from builders import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from corpus.queries import mentions as fates
from corpus.queries import places as queries
from corpus.queries import rollup
from corpus.queries.filters import Filters
from dashboard import periods
from dashboard.config import ARTICLES_VARIABLE, INDEX_VARIABLE
from dashboard.escaping import escape
from dashboard.serving.corpus_summary import Corpus
from dashboard.tabs.bar import TABS
from dashboard.time import histogram, timeline
from dashboard.view.url import EARLIEST, LATEST, Choices, read_url, write_url
from dashboard.words import period
from geodata.regions.control import control_on

pytestmark = pytest.mark.slow

NAMES = [
    *("from", "to", "outlet", "region", "text", "by", "undated", "role", "unit", "zoom_from", "zoom_to", "level"),
    *("names", "held", "tab", "place", "passage", "unknown"),
]
DAYS = [
    *("0001-01-01", "0001-12-31", "9999-01-01", "9999-12-31", "9999-12-01", "1899-12-31", "2100-01-02"),
    *("2022-09-12", "2022-09-14", "00010101", "2022-W53-7", "0000-01-01", "10000-01-01", "-0001-01-01"),
    *("2022-02-30", "٢٠٢٢-٠٩-١٢"),
]
NUMBERS = [
    "0",
    "-1",
    "1",
    "2",
    "99999999999",
    "9" * 15,
    "9" * 16,
    "9" * 5000,
    "1e9",
    "0x10",
    "٣",
    "Ⅷ",
    "1.0",
    " 1",
    "NaN",
]
WORDS = [
    *("' or 1=1 --", '"; drop table mentions; --', "NEAR(a b, 5)", "a* OR NOT b", "{x}: y", "_", "__ _", "\x00"),
    *("a\x00b", "<script>alert(1)</script>", "${x}", "{{ 7*7 }}", "%s %d {0}", "\ud800", "\udfff x", "\u202e\u200b"),
    *("ﬁ ½ ᶏ̈ ㍿", "x" * 100_000, "a " * 50_000, "\n\r\t", "..%2f..%2f", "null", "[]", "[object Object]", "true"),
]
KNOWN = [
    *("goris.md", "Valley Times", "River Post", "", 'O\'Hara "Quotes"; drop table articles', "AM", "ARM", "in:AM"),
    *("in:ARM-1732", "174895", "616052", "event", "published", "1", "happened", "actor", "day", "week", "month"),
    *("year", "province", "country", "gazetteer", "all", "places", "mentions", "coverage", "Goris"),
]
VALUES = st.one_of(st.sampled_from([*DAYS, *NUMBERS, *WORDS, *KNOWN]), st.dates().map(str), st.text(max_size=30))
URLS = st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=3), max_size=len(NAMES))


@pytest.fixture(scope="module")
def corpus(index):
    return Corpus(index, tabs=TABS)


def read_and_told(query, corpus):
    view = read_url(query, corpus.choices)
    filters = view.filters
    # it can be written, and read again
    written = write_url(view)
    asked = parse_qs(urlencode(written, doseq=True), keep_blank_values=True)
    assert write_url(read_url(asked, corpus.choices)) == written
    assert len(urlencode(written, doseq=True)) < 4000
    # it can be told
    filters.words(corpus.region_names).encode()
    escape(filters.words(corpus.region_names)).encode()
    period(filters.since and str(filters.since), filters.until and str(filters.until))
    # and who held what
    if view.held:
        assert EARLIEST <= view.held <= LATEST


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=URLS)
def test_any_url_is_read_and_told(corpus, query):
    read_and_told(query, corpus)


@pytest.mark.parametrize("name", NAMES)
def test_each_hostile_value_of_each_name_is_read_and_told(corpus, name):
    for value in (*DAYS, *NUMBERS, *WORDS):
        read_and_told({name: [value]}, corpus)


# Each example asks the index some ten questions: fewer of them do.
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=URLS)
def test_everything_can_show_what_any_url_asks_for(index, corpus, query):
    view = read_url(query, corpus.choices)
    filters = view.filters
    # it can be asked of the index
    found = queries.places(index, filters)
    assert queries.totals(index, filters).shown == found.mentions.sum()
    queries.undated(index, filters.any_day())
    if view.place:
        fates.mentions(index, filters, {"place": view.place}, limit=3)
    if view.passage is not None:
        queries.article_of(index, view.passage)
    if view.level:
        rollup.regions(index, filters, view.level)
    # it can be drawn over time
    days = queries.days(index, Filters(by=filters.by, roles=filters.roles))
    stops = timeline.stops_of(days, view.unit, view.window)
    bars = histogram.bars(days, stops, filters.since, filters.until)
    assert not stops or bars.mentions.sum() == days[days.since.notna()].mentions.sum()
    periods.unit_of(stops)
    assert len({periods.label(stop) for stop in stops}) == len(stops)
    if stops:
        first, last = timeline.chosen(stops, filters.since, filters.until)
        assert 0 <= first <= last < len(stops)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "1994-05-12", "2020-11-10", "2100-01-02", "9999-12-31"])
def test_who_held_what_on_any_day_of_the_calendar(day):
    view = read_url({"held": [day]}, Choices((), (), ()))
    assert view.held is not None
    control_on(view.held)
    control_on(date.fromisoformat(day))


@pytest.mark.parametrize("unit", periods.UNITS)
@pytest.mark.parametrize("day", [date.min, date(1, 12, 31), date(9999, 1, 1), date(9999, 2, 28), date.max])
def test_units_at_the_ends_of_the_calendar_hold_their_days(unit, day):
    stop = periods.stop_of(day, unit)
    assert stop.since <= day <= stop.until
    assert periods.stop_of(stop.since, unit) == periods.stop_of(stop.until, unit) == stop
    assert periods.label(stop)


# ---- the page itself


@pytest.fixture
def page(index_path, monkeypatch):
    monkeypatch.setenv(ARTICLES_VARIABLE, str(index_path.parent / "articles"))
    monkeypatch.setenv(INDEX_VARIABLE, str(index_path))

    def begin(**query):
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return well(app.run())

    return begin


def well(app):
    assert not app.exception, app.exception
    return app


def press(app, name):
    (button,) = [button for button in app.button if button.label == name]
    assert not button.disabled
    return well(button.click().run())


@pytest.mark.parametrize(
    "query",
    [
        {"held": "9999-12-31"},  # after the last day that the box for it takes
        {"held": "0001-01-01"},
        {"from": "0001-01-01", "to": "0001-01-01", "tab": "coverage"},
        {"from": "9999-12-31", "by": "published", "tab": "accounts"},
        {"zoom_from": "0001-01-01", "zoom_to": "9999-12-31", "unit": "day"},
        {"zoom_from": "9999-12-31", "zoom_to": "9999-12-31", "unit": "week"},  # nothing is dated in it
        {"zoom_from": "0001-01-01", "zoom_to": "0001-01-01", "from": "9999-12-31"},
        {"passage": "0000000000000000.1", "place": "174895"},  # no such passage
        {"passage": "1"},  # a passage of no place
        {"place": "in:FR", "passage": "1", "level": "country"},  # ... of another place
        {"text": "\x00' or 1=1 --", "place": "nowhere", "role": ["actor", "hero"]},
        {"text": "x" * 5000, "region": ["FR", "FR", "XX"], "undated": "maybe"},
    ],
    ids=str,
)
def test_the_page_opens(page, query):
    app = page(**query)
    assert any("article" in text.value for text in app.markdown)


def test_who_held_what_can_be_asked_for_where_the_dates_begin_with_the_calendar(page):
    app = page(**{"from": "0001-01-01"})
    (box,) = [box for box in app.checkbox if box.label == "Who held which district"]
    well(box.check().run())
    (day,) = [box for box in app.date_input if box.label == "As of"]
    assert day.value == EARLIEST


@pytest.mark.parametrize("end", ["from", "to"])
def test_one_end_of_the_dates_can_be_drawn_alone(page, end):
    app = press(page(**{end: "2022-09-13"}), "Draw only these dates")
    press(press(app, "Next"), "All dates")


def test_where_nothing_is_dated_there_is_nowhere_to_go_but_back(page):
    app = page(zoom_from="1500-01-01", zoom_to="1500-12-31")
    assert {button.label for button in app.button if button.disabled} >= {"Previous", "Play", "Next"}
    press(app, "All dates")
