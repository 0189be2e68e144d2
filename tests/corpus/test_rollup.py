"""Counts by region: they and what lies in none add up to what is shown, under any filter; and all passages of one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.queries import places as queries
from corpus.queries import rollup
from corpus.queries.filters import Filters

FILTERS = st.builds(
    Filters,
    since=st.none() | st.dates(),
    outlets=st.lists(st.sampled_from(["Valley Times", "River Post", ""]), unique=True).map(tuple),
    regions=st.lists(st.sampled_from(["AM", "FR", "GE"]), unique=True).map(tuple),
    text=st.sampled_from(["", "road", "Goris", "nothing of the kind"]),
    by=st.sampled_from(["event", "published"]),
    undated=st.booleans(),
)


def code_of(index, name):
    return index.execute("select code from regions where name = ?", [name]).fetchone()[0]


@settings(max_examples=60, deadline=None)
@given(filters=FILTERS, level=st.sampled_from(list(rollup.COLUMN)))
def test_regions_and_what_lies_in_none_add_up(index, filters, level):
    found = queries.places(index, filters)
    regions = rollup.regions(index, filters, level)
    left = found[~found[rollup.COLUMN[level]].isin(regions.code)]
    assert regions.mentions.sum() + left.mentions.sum() == queries.totals(index, filters).shown
    assert regions.places.sum() + len(left) == len(found)
    assert regions.code.is_unique
    assert set(regions.code) <= set(rollup.codes(index, level))


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        # mentions, places, articles, sources
        ("Armenia", "country", (5, 3, 2, 2)),  # Goris three times, Vayots Dzor, Yerevan
        ("Syunik", "province", (3, 1, 2, 2)),
        ("France", "country", (4, 4, 1, 1)),  # itself and three towns
        ("Azerbaijan", "country", (3, 2, 1, 1)),  # an article without an outlet is a source
    ],
)
def test_a_region_counts_what_lies_in_it(index, name, level, expected):
    row = rollup.regions(index, Filters(), level).set_index("name").loc[name]
    assert (row.mentions, row.places, row.articles, row.sources) == expected


def test_an_outlet_is_one_source_and_an_article_without_one_is_another(index):
    assert rollup.sources(index, Filters()) == 4
    assert rollup.sources(index, Filters(outlets=("River Post",))) == 1
    assert rollup.sources(index, Filters(text="nothing of the kind")) == 0


def test_passages_of_a_region_are_those_of_its_places(index):
    code = code_of(index, "Armenia")
    places = queries.places(index, Filters(regions=("AM",))).id
    wanted = {p for place in places for p in queries.passages(index, place, Filters()).passage}
    found = queries.passages(index, code, Filters(), of="region")
    assert set(found.passage) == wanted
    assert len(found) == len(wanted)
    assert found.mentions.sum() == 5
    for row in found.itertuples():
        mentions = queries.mentions_in(index, [row.passage], code, Filters(), of="region")
        assert len(mentions) == row.mentions
        for mention in mentions.itertuples():
            text = row.text[mention.start - row.start : mention.end - row.start]
            assert text in {"Goris", "Vayots Dzor", "Yerevan"}


def test_passages_of_a_region_come_by_the_page(index):
    code = code_of(index, "Armenia")
    everything = list(queries.passages(index, code, Filters(), of="region").passage)
    pages = [queries.passages(index, code, Filters(), limit=2, offset=first, of="region") for first in (0, 2)]
    assert [passage for page in pages for passage in page.passage] == everything[:4]


def test_passages_of_a_region_keep_to_the_filters(index):
    assert len(queries.passages(index, code_of(index, "Armenia"), Filters(outlets=("River Post",)), of="region")) == 1


def test_spellings_are_those_of_the_texts(index):
    goris = index.execute("select id from places where name = 'Goris'").fetchone()[0]
    found = rollup.spellings(index)
    assert [tuple(row) for row in found[found.place == goris].itertuples(index=False)] == [(goris, "Goris", 3)]


def test_outlines_are_places_with_a_shape(index):
    assert {"FR", code_of(index, "Vayots Dzor")} <= set(rollup.outlines(index))
