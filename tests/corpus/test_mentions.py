"""Nothing vanishes: what became of every mention adds up under every filter, and each number has its mentions."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from builders import day
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.build import build_index
from corpus.index.connection import open_index
from corpus.queries import mentions as fates
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.queries.mentions import STATUSES
from corpus.queries.sql import EVERY, of_every_mention
from corpus.records import ROLES


def subsets(options, most=2):
    return st.lists(st.sampled_from(options), max_size=most, unique=True).map(tuple)


DAYS = st.none() | st.dates() | st.sampled_from(["2021-05-01", "2022-09-12", "2022-09-13", "2022-09-30"]).map(day)
FILTERS = st.builds(
    Filters,
    since=DAYS,
    until=DAYS,
    outlets=subsets(["Valley Times", "River Post", "", "Nobody"]),
    regions=subsets(["AM", "FR", "AZ", "ARM-1732", "XX"]),
    text=st.sampled_from(["", "road", "goris", "madrid", "zzz"]),
    by=st.sampled_from(["event", "published"]),
    undated=st.booleans(),
    roles=subsets(ROLES, 5),
)


def plainly(index, filters):
    """Return article, status and role of the mentions that the filters leave, roles apart, read from all rows."""
    periods = {}
    for mention, since, until in index.execute("select mention, since, until from links"):
        periods.setdefault(mention, []).append((since, until))
    matching = None
    if filters.text:
        rows = index.execute("select id, text from passages")
        matching = {number for number, text in rows if filters.text in text.lower()}
    kept = []
    for id, article, status, role, passage, outlet, region, country, *published in index.execute(
        """select m.id, m.article, m.status, m.role, m.passage, a.outlet, p.region, p.country, a.published_since,
        a.published_until from mentions m join articles a on a.id = m.article left join places p on p.id = m.place"""
    ):
        if filters.since or filters.until:
            first, last = str(filters.since or date.min), str(filters.until or date.max)
            own = [tuple(published)] if filters.by == "published" else periods.get(id, [])
            dated = [(since, until) for since, until in own if since]
            inside = any(since <= last and until >= first for since, until in dated)
            if not inside and (dated or not filters.undated):
                continue
        if filters.outlets and outlet not in filters.outlets:
            continue
        if filters.regions and not {region, country} & set(filters.regions):
            continue
        if matching is not None and passage not in matching:
            continue
        kept.append((article, status, role))
    return kept


@settings(max_examples=200, deadline=None)
@given(filters=FILTERS)
def test_five_fates_add_up_to_what_was_detected(index, filters):
    kept = plainly(index, filters)
    found = fates.fates(index, filters)
    assert list(found[list(STATUSES)].sum(axis=1)) == list(found.detected)
    assert found.detected.sum() == len(kept)
    assert {row.article: row.detected for row in found.itertuples()} == Counter(article for article, _, _ in kept)
    for status in STATUSES:
        assert found[status].sum() == sum(each == status for _, each, _ in kept)
    # the roles of the map are those of what became a place or an actor
    by_role = queries.totals(index, filters).by_role
    assert sum(by_role.values()) == found[["placed", "region", "actor"]].sum().sum()
    assert by_role["actor"] == found.actor.sum() == fates.actors(index, filters).mentions.sum()


@settings(max_examples=40, deadline=None)
@given(filters=FILTERS)
def test_each_number_opens_its_mentions(index, filters):
    everything = of_every_mention(filters)
    found = fates.fates(index, filters)
    for row in found.itertuples():
        for status in STATUSES:
            asked = {"status": status, "article": row.article}
            opened = fates.mentions(index, everything, asked, limit=1000)
            assert len(opened) == getattr(row, status)
            assert set(opened.status) <= {status}
            assert all(
                m.passage_text[m.start - m.passage_start : m.end - m.passage_start] == m.text
                for m in opened.itertuples()
            )


def test_the_whole_corpus_is_counted_whatever_the_map_shows(index):
    detected = index.execute("select count(*) from mentions").fetchone()[0]
    for roles in (ROLES, ("actor",), ()):
        assert fates.fates(index, Filters(roles=roles)).detected.sum() == detected
    assert set(EVERY) >= {role for (role,) in index.execute("select distinct role from mentions")}


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        ({"place": "174895"}, "place = '174895'"),
        ({"text": "Goris", "kind": "name"}, "text = 'Goris' and kind = 'name'"),
        ({"source": "River Post"}, "article in (select id from articles where outlet = 'River Post')"),
        ({"source": "undated"}, "article = 'undated'"),  # an article that names no outlet
        ({"source": "Nobody"}, "0"),
        ({"speaker": ""}, "statement is null"),
        ({"region": "AM"}, "place in (select id from places where country = 'AM')"),
        ({"region": "ARM-1732"}, "place in (select id from places where region = 'ARM-1732')"),
        ({"status": "actor", "text": "Armenian"}, "status = 'actor' and text = 'Armenian'"),
    ],
)
def test_mentions_are_asked_for_by_what_a_number_counts(index, asked, condition):
    found = fates.mentions(index, of_every_mention(Filters()), asked, limit=1000)
    expected = [id for (id,) in index.execute(f"select id from mentions where {condition}")]
    assert sorted(found.id) == sorted(expected)


def test_pages_follow_each_other(index):
    filters = of_every_mention(Filters())
    whole = list(fates.mentions(index, filters, {}, limit=1000).id)
    pages = [fates.mentions(index, filters, {}, limit=3, offset=offset).id for offset in range(0, len(whole), 3)]
    assert [id for page in pages for id in page] == whole


def test_days_hold_the_first_date_whole(index):
    filters = replace(Filters(), roles=ROLES)
    found = fates.mentions(index, filters, {}, days=(day("2022-09-12"), day("2022-09-13")), limit=1000)
    assert not found.empty
    assert all("2022-09-12" <= row.since <= row.until <= "2022-09-13" for row in found.itertuples())
    whole = fates.mentions(index, filters, {}, days=(day("2022-09-01"), day("2022-09-30")), limit=1000)
    assert set(found.id) < set(whole.id)


def test_actors_are_named_as_written(index):
    found = fates.actors(index, Filters()).set_index("place")
    assert found.names["174982"] == "Armenian"
    assert "174895" not in found.index  # a town where shells fell does not act


def test_capitals_of_the_originals_are_actors(shared, tmp_path):
    build_index(shared / "articles", tmp_path / "index.gpkg")
    with (shared / "gold/seeds/seed_mentions.csv").open(encoding="utf-8", newline="") as file:
        gold = [row for row in csv.DictReader(file) if row["surface"] in ("Baku", "Yerevan", "Moscow", "Kremlin")]
    with open_index(tmp_path / "index.gpkg") as index:
        found = {
            (file, start): (status, role)
            for file, start, status, role in index.execute(
                "select a.file, m.start, m.status, m.role from mentions m join articles a on a.id = m.article"
            )
        }
        actors = fates.actors(index, Filters()).set_index("name").mentions
    got = {kind: [] for kind in ("metonymic-government", "literal")}
    for row in gold:
        if row["kind"] in got:
            got[row["kind"]].append(found[row["file"], int(row["char_start"])])
    assert sum(status == "actor" for status, _ in got["metonymic-government"]) >= len(got["metonymic-government"]) - 1
    assert len(got["metonymic-government"]) == 32
    assert got["literal"] == [("placed", "met")] * 2  # the summit and the speech
    assert sum(actors[["Baku", "Yerevan", "Moscow", "Kremlin"]]) >= 31
