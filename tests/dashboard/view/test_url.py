"""The view in the URL: there and back, and nothing from a forged one."""

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.queries.filters import Filters
from corpus.queries.rollup import COLUMN
from corpus.records import ROLES
from dashboard.periods import UNITS, Stop
from dashboard.tabs.bar import TABS
from dashboard.view.naming import CHOICES as CHOSEN_NAMES
from dashboard.view.url import EARLIEST, LATEST, Choices, View, read_url, write_url

CHOICES = Choices(
    outlets=["Valley Times", "River & Sons = 100 %?", ""],
    regions=["AM", "ARM-1732", "AZE-1735"],
    places=["174895", "lachin-corridor"],
    tabs=list(TABS),
)


def through_a_browser(query):
    """Return the parameters as a browser hands them back."""
    return parse_qs(urlencode(query, doseq=True), keep_blank_values=True)


def subset(options):
    return st.lists(st.sampled_from(options), unique=True).map(tuple)


PERIODS = st.one_of(
    st.just((None, None)),
    st.tuples(st.dates(), st.dates()).map(lambda days: (min(days), max(days))),
    st.tuples(st.dates(), st.none()),
    st.tuples(st.none(), st.dates()),
)
VIEWS = st.builds(
    lambda period, outlets, regions, text, by, undated, roles, sure, *rest: View(
        Filters(*period, outlets, regions, text, by, undated, roles, sure=sure), *rest
    ),
    PERIODS,
    subset(CHOICES.outlets),
    subset(CHOICES.regions),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(str.strip),
    st.sampled_from(["event", "published"]),
    st.booleans(),
    st.sets(st.sampled_from(ROLES), min_size=1).map(lambda chosen: tuple(role for role in ROLES if role in chosen)),
    st.booleans(),
    st.none() | st.sampled_from([*CHOICES.places, "in:ARM-1732", "in:AM"]),
    st.none() | st.from_regex(r"[0-9a-f]{16}\.[1-9][0-9]{0,6}", fullmatch=True),
    st.none() | st.sampled_from(UNITS),
    st.none() | st.tuples(st.dates(), st.dates()).map(lambda days: Stop(min(days), max(days))),
    st.none() | st.sampled_from(list(COLUMN)),
    st.sampled_from(list(CHOSEN_NAMES)),
    st.none() | st.dates(EARLIEST, LATEST),
    st.sampled_from(list(TABS)),
)


@settings(max_examples=300)
@given(VIEWS)
def test_there_and_back(view):
    assert read_url(through_a_browser(write_url(view)), CHOICES) == view


def test_the_whole_corpus_needs_no_parameters():
    assert write_url(View()) == {}
    assert read_url({}, CHOICES) == View()


@pytest.mark.parametrize(
    "query",
    [
        {"from": ["yesterday"]},
        {"from": [""]},
        {"from": ["2022-13-45"]},
        {"to": ["2022-09-13T10:00"]},
        {"from": []},
        {"place": ["nowhere"]},
        {"place": ["' or 1=1 --"]},
        {"place": ["<script>"]},
        {"outlet": ["Nobody"]},
        {"region": ["XX", "am"]},
        {"passage": ["-1"]},
        {"passage": ["one"]},
        {"passage": ["1.5"]},
        {"passage": ["٣"]},  # a digit, but none of ours
        {"passage": ["9" * 400]},
        {"passage": ["1e5"]},
        {"passage": ["4f2a90c1d37e05b8.0"]},
        {"passage": ["4F2A90C1D37E05B8.1"]},
        {"passage": ["4f2a90c1d37e05b8"]},
        {"passage": ["17"]},  # a row of an index, as addresses had it once
        {"unknown": ["x"]},
        {"text": ["   "]},
        {"by": ["said"]},
        {"place": ["in:XX"]},  # a region where nothing is
        {"place": ["AM"]},  # the region without the sign for it
        {"level": ["village"]},
        {"names": ["right"]},
        {"held": ["always"]},
        {"tab": ["settings"]},
        {"tab": ["<script>"]},
        {"undated": ["yes"]},
        {"role": ["hero", ""]},
        {"unit": ["fortnight"]},
        {"zoom_from": ["2022-09-01"]},  # half a window
        {"zoom_from": ["2022-09-01"], "zoom_to": ["later"]},
    ],
)
def test_junk_is_dropped(query):
    view = read_url(query, CHOICES)
    assert write_url(view) == {}, view


def test_what_is_right_beside_junk_stays():
    view = read_url({"from": ["2022-09-01"], "to": ["soon"], "region": ["XX", "AM"], "place": ["174895", "x"]}, CHOICES)
    assert view == View(Filters(since=date(2022, 9, 1), regions=("AM",)), "174895")


def test_days_the_wrong_way_round_are_turned():
    view = read_url({"from": ["2023-04-05"], "to": ["2022-09-01"]}, CHOICES)
    assert (view.filters.since, view.filters.until) == (date(2022, 9, 1), date(2023, 4, 5))


@pytest.mark.parametrize(("asked", "shown"), [("9999-12-31", LATEST), ("0001-01-01", EARLIEST), ("1994-05-12", None)])
def test_who_held_what_is_asked_for_on_the_nearest_day_there_is(asked, shown):
    assert read_url({"held": [asked]}, CHOICES).held == (shown or date.fromisoformat(asked))


def test_half_a_character_in_the_words_is_left_out():
    assert read_url({"text": ["road\ud800s"]}, CHOICES).filters.text == "roads"


def test_a_region_named_twice_is_one_region():
    assert read_url({"region": ["AM", "AM"], "outlet": ["Valley Times"] * 2}, CHOICES).filters == Filters(
        regions=("AM",), outlets=("Valley Times",)
    )


def test_a_long_text_is_cut():
    assert len(read_url({"text": ["x" * 100_000]}, CHOICES).filters.text) <= 1000


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "from",
                "to",
                "outlet",
                "region",
                "text",
                "place",
                "passage",
                "by",
                "undated",
                "sure",
                "unit",
                "zoom_from",
                "x",
                "level",
                "names",
                "held",
            ]
        ),
        st.lists(st.text(max_size=20), max_size=3),
    )
)
def test_any_url_gives_a_view_that_can_be_asked_for(query):
    view = read_url(query, CHOICES)
    assert set(view.filters.outlets) <= set(CHOICES.outlets)
    assert set(view.filters.regions) <= set(CHOICES.regions)
    assert view.place in {None, *CHOICES.places, *(f"in:{code}" for code in CHOICES.regions)}
    view.filters.sql()
    written = write_url(view)
    assert write_url(read_url(through_a_browser(written), CHOICES)) == written  # a second look is the same look
