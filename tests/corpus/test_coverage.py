"""Coverage and independent sources against a recount from the raw rows."""

from collections import Counter

import pytest
from builders import build, front

from corpus.index.connection import open_index
from corpus.queries import coverage
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from corpus.records import ROLES

WIDE = Filters(roles=ROLES)
AGENCY = (
    "The monitoring mission of the alliance arrived in Goris on Tuesday to assess the damage along the frontier and "
    "propose urgent measures that could settle the dispute between both neighbours."
)
OWN = (
    "Farmers who had waited for weeks said that the hay would have to be bought elsewhere, since the meadows beside "
    "the stream were still too wet for any machine and nobody wanted to mow them by hand as their fathers once did."
)
OTHER = (
    "The football match was lost by two goals although the visitors played with ten men for most of the second half, "
    "and the trainer told his players to forget it quickly because the cup was only nine days away."
)
LONG = (
    "Heavy rain closed three schools in Lyon during the night while volunteers carried sandbags to the river bank and "
    "bakers handed out warm bread to everybody who had come to help before the first trams were running again."
)


@pytest.mark.parametrize("filters", [Filters(), WIDE, Filters(by="published", roles=ROLES), Filters(text="road")])
def test_cells_equal_a_recount(index, filters):
    found = coverage.coverage(index, filters)
    outlets = {id: outlet or id for id, outlet in index.execute("select id, outlet from articles")}
    rows = index.execute(
        """select m.place, m.article, m.role, s.text from mentions m join passages s on s.id = m.passage
        where m.role != ''"""
    ).fetchall()
    kept = [
        (place, outlets[article])
        for place, article, role, text in rows
        if role in filters.roles and filters.text in text.lower()
    ]
    counted = Counter()
    for row in found.itertuples():
        counted[row.place, row.source] += row.mentions
    assert counted == Counter(kept)
    assert found.mentions.sum() == queries.totals(index, filters).shown


def test_every_source_is_there_even_a_silent_one(index):
    found = coverage.sources(index)
    assert found.articles.sum() == index.execute("select count(*) from articles").fetchone()[0]
    assert set(found.outlet) == set(queries.outlets(index))
    assert found.source.is_unique
    assert set(coverage.coverage(index, WIDE).source) <= set(found.source)


def test_articles_without_an_outlet_are_sources_of_their_own(tmp_path):
    files = {"a.md": front("Guests came to Goris.", title="A"), "b.md": front("Rain fell on Goris.", title="B")}
    with open_index(build(tmp_path, files)) as index:
        assert len(coverage.sources(index)) == 2
        assert coverage.told_by_one(coverage.coverage(index, WIDE)).empty


def test_what_one_source_alone_names(index):
    found = coverage.told_by_one(coverage.coverage(index, WIDE))
    named = {}
    for place, outlet in index.execute(
        "select m.place, coalesce(nullif(a.outlet, ''), a.id) from mentions m join articles a on a.id = m.article "
        "where m.role != ''"
    ):
        named.setdefault(place, set()).add(outlet)
    assert set(found.place) == {place for place, outlets in named.items() if len(outlets) == 1}
    assert "174895" not in set(found.place)  # Goris is in two


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        # a near-copy is no second source
        ([f"{LONG} {AGENCY}", f"{LONG} {AGENCY}"], [2]),
        # two articles that differ but for one statement of an agency
        ([f"{OWN} {AGENCY}", f"{OTHER} {AGENCY}"], [2]),
        # one of them also names the place in its own words: it speaks for itself
        ([f"Snow fell on Goris in the morning. {OWN} {AGENCY}", f"{OTHER} {AGENCY}"], [1, 1]),
        (["Snow fell on Goris.", "A fair was held in Goris.", "Nobody came to Lyon."], [1, 1]),
    ],
    ids=["copy", "agency", "own words", "independent"],
)
def test_independent_sources(tmp_path, bodies, expected):
    files = {f"a{i}.md": front(body, title=f"T{i}", outlet=f"O{i}", date="2022-09-14") for i, body in enumerate(bodies)}
    with open_index(build(tmp_path, files)) as index:
        found = coverage.independent(index, "174895", WIDE)
        shown = queries.places(index, WIDE).set_index("id")
    assert sorted(found.groupby("source").size()) == expected
    assert len(found) == shown.articles["174895"]
    assert found.mentions.sum() == shown.mentions["174895"]
    assert found.article.is_unique


def test_independent_sources_of_a_place_nobody_names(index):
    assert coverage.independent(index, "nowhere", WIDE).empty
