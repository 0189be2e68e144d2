"""What the columns answer is what a scan of all mentions answers, under any filters."""

from __future__ import annotations

from itertools import chain

import scans
from builders import build, day, front
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import fixture

from corpus.index.columns import columns_of
from corpus.index.connection import open_index
from corpus.queries import claims, coverage, mentions, reading, rollup, search
from corpus.queries import extents as stretches
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.queries.sql import of_any_role, of_every_mention, with_none
from corpus.records import ROLES

SHARED = "Two bridges over the river near Goris were closed on Monday after the flood, the mayor of the town said."
OTHER = (
    "Farmers along the coast sold their first cherries at the weekly market, where prices were higher than a year ago. "
    "A museum of old clocks opened beside the library, and its keeper showed children how a pendulum is hung. "
    "Nobody had counted the storks on the church roofs since the spring, so two schools did it with their teachers."
)
LONG = " ".join(f"Buses from {town} came late that day, and nobody there could say why." for town in ("Lyon", "Oslo"))
FILES = {
    # a copy of it in another outlet, which adds a place
    "a.md": front(f"{SHARED} {LONG}", date="2022-09-14", outlet="Valley Times"),
    "b.md": front(f"{SHARED} {LONG} It rained in Bergen too.", date="2022-09-15", outlet="River Post"),
    # the same statement alone, in two articles that say nothing else alike; one of them names no outlet
    "c.md": front(f"{SHARED}\n\nSnow fell in Tromsø on 3 May 2021. {OTHER}", date="2022-09-16"),
    "d.md": front(
        f"{SHARED}\n\nIn Goris a school burned in August 2022; Baku denied it. The roof fell in before the engines had "
        "come up the hill, and by noon the pupils were carrying desks, maps and a piano across the wet yard.",
        date="2021-02-01",
        outlet="Post",
    ),
    # a stretch, a border, claims, days of several kinds, a mention with two days
    "e.md": front(
        """
        At least 12 people were killed between Goris and Kapan on 12 and 14 September 2022, Armenia said.

        Fire spread along the border between Armenia and Azerbaijan. Some 40 were wounded in Goris in 2020.
        """,
        date="2022-09-15",
        outlet="Valley Times",
    ),
    "f.txt": "A road runs from Baku to Ganja. Traders in Springfield want it widened.\n",
}
FILTERS = st.builds(
    Filters,
    since=st.none() | st.sampled_from([day("2020-06-01"), day("2022-08-31"), day("2022-09-12"), day("2022-09-15")]),
    until=st.none() | st.sampled_from([day("2021-05-03"), day("2022-09-13"), day("2022-09-14"), day("2023-01-01")]),
    outlets=st.lists(st.sampled_from(["Valley Times", "River Post", ""]), unique=True).map(tuple),
    regions=st.lists(st.sampled_from(["AM", "FR", "NO", "ARM-1732"]), max_size=2, unique=True).map(tuple),
    text=st.sampled_from(["", "", "bridges", "river", "nothing of the kind"]),
    by=st.sampled_from(["event", "published"]),
    undated=st.booleans(),
    roles=st.lists(st.sampled_from(ROLES), min_size=1, unique=True).map(tuple),
    called=st.sampled_from([(), ("174895",)]),
    sure=st.booleans(),
)


@fixture(scope="module")
def index(tmp_path_factory):
    with open_index(build(tmp_path_factory.mktemp("tally"), FILES)) as index:
        yield index


def test_the_articles_hold_what_makes_counting_hard(index):
    """A copy, shared statements, several days of a mention, extents and claims: else the rest proves little."""
    for query in (
        "select 1 from articles where copy_of != id",
        "select 1 from mentions where source_number < 0",
        "select 1 from links where rank > 0",
        "select 1 from extents e join extent_mentions x on x.extent = e.id",
        "select 1 from claims where mention is not null",
        "select 1 from mentions where doubt != ''",
    ):
        assert index.execute(query).fetchone(), query


@given(filters=FILTERS)
def test_places(index, filters):
    columns = ["mentions", "articles", "doubtful", "earlier", "named", "sources"]
    found = queries.places(index, filters)
    assert dict(zip(found.id, found[columns].itertuples(index=False, name=None), strict=True)) == scans.places(
        index, filters
    )
    assert list(found.mentions) == sorted(found.mentions, reverse=True)


@given(filters=FILTERS)
def test_days_and_totals(index, filters):
    days = queries.days(index, filters)
    rows = zip(days.since, days.until, days.certainty, strict=True)
    assert dict(zip(rows, days.mentions, strict=True)) == scans.days(index, filters)
    told = queries.totals(index, filters)
    assert told.shown == len(scans.ids(index, filters))
    assert told.passages == len(scans.passages(index, filters))
    every = of_any_role(filters)
    assert told.by_role == {role: len(scans.ids(index, every, f"m.role = '{role}'")) for role in ROLES}


@settings(max_examples=40)  # each asks page by page
@given(filters=FILTERS, size=st.integers(1, 4))
def test_lists_of_passages_and_mentions_page_by_page(index, filters, size):
    whole = scans.passages(index, filters)
    pages = [
        list(queries.passages(index, "", filters, of="any", limit=size, offset=n).passage) for n in range(0, 30, size)
    ]
    assert list(chain(*pages)) == whole
    every = scans.ids(index, of_every_mention(filters))
    found = [
        list(mentions.mentions(index, of_every_mention(filters), {}, limit=size, offset=n).id)
        for n in range(0, 80, size)
    ]
    assert list(chain(*found)) == every
    asked = scans.ids(index, of_every_mention(filters), "m.text = 'Goris' and m.status = 'placed'")
    assert (
        list(mentions.mentions(index, of_every_mention(filters), {"text": "Goris", "status": "placed"}).id)
        == asked[:20]
    )


@given(filters=FILTERS)
def test_regions_and_coverage(index, filters):
    for level, column in rollup.COLUMN.items():
        found = rollup.regions(index, filters, level).set_index("code")[["mentions", "places", "articles", "sources"]]
        assert dict(zip(found.index, found.itertuples(index=False, name=None), strict=True)) == scans.regions(
            index, filters, column
        )
    found = with_none(coverage.coverage(index, filters))
    rows = zip(found.place, found.source, found.since, found.until, strict=True)
    assert dict(zip(rows, found.mentions, strict=True)) == scans.coverage(index, filters)


@given(filters=FILTERS)
def test_claims_and_extents(index, filters):
    assert list(claims.ledger(index, filters).id) == scans.claims(index, filters)
    found = stretches.extents(index, filters)
    assert sorted(found.mentions) == sorted(scans.extents(index, stretches.widened(filters)).values())


@given(filters=FILTERS)
def test_articles_and_what_became_of_names(index, filters):
    shown = reading.articles(index, filters).set_index("id").shown
    assert shown.sum() == len(scans.ids(index, filters))
    assert len(shown) == len(FILES)
    assert list(shown > 0) == sorted(shown > 0, reverse=True)
    told = mentions.fates(index, filters)
    acting = mentions.actors(index, filters)
    ids = scans.ids(index, of_every_mention(filters), "m.status = 'actor'")
    texts = index.execute(f"select place, text from mentions where id in ({', '.join(map(str, ids)) or 'null'})")
    assert {(row.place, name) for row in acting.itertuples() for name in row.names.split(", ")} == set(texts)
    assert acting.mentions.sum() == len(ids)
    assert (
        told.detected.sum()
        == len(scans.ids(index, of_every_mention(filters)))
        == sum(mentions.statuses(index, filters).values())
    )


@given(
    word=st.sampled_from(["post", "valley t", "riv", "a.md", "md", "nobody", "valley river", "'", ""]),
    limit=st.integers(1, 4),
)
def test_articles_by_their_heads(index, word, limit):
    words = search.name_key(word).split()
    has = " and ".join(f"instr(' ' || a.head, ' ' || '{each}')" for each in words) or "0"
    rows = index.execute(f"select a.id from articles a where {has} order by a.published_since desc, a.id")
    assert list(search.articles(index, word, limit=limit).id) == [id for (id,) in rows][:limit]


def test_numbers_counted_from_the_first_of_an_article_may_pass_those_of_a_byte(tmp_path):
    """The first ones fit into a byte, and so do the steps from them, and not both together."""
    rain = {
        name: front("Rain fell in Goris. " * times, date="2022-09-14") for name, times in (("a.md", 190), ("b.md", 90))
    }
    with open_index(build(tmp_path, rain)) as index:
        for name, table in (("mention", "mentions"), ("passage", "passages")):
            ids = {id for (id,) in index.execute(f"select id from {table}")}
            assert set(columns_of(index).column(index, name).tolist()) == ids
        assert len(index.execute("select id from mentions").fetchall()) == 280
