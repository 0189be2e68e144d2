"""The filters and the questions: each filter against a plain reading of the rows, and the counts against each other."""

import itertools
import secrets
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import build, day, front
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.index.columns import PLACE
from corpus.index.connection import SEAL, open_index
from corpus.index.rollups import write_rollups
from corpus.index.schema import TABLES, VIEWS
from corpus.index.words import Words, codes, day_number
from corpus.queries import places as queries
from corpus.queries import reading
from corpus.queries.filters import WORD, Filters, search_expression
from corpus.records import CERTAINTIES, HERE, ROLES
from geodata.recognition import weigh_toponyms

DATED = {"Goris", "Yerevan", "Vayots Dzor Province", "Paris", "Lyon", "France", "Marseille", "Tbilisi"}
STATUSES = {"placed", "region", "actor", "undecided", "boilerplate"}
HOSTILE = [
    "'",
    '"',
    '""',
    '"road',  # a quotation that never closes
    "road*",
    "*",
    "-road",
    "road -barns",
    "^road",
    "NEAR(road barns)",
    "NEAR",
    "AND",
    "OR road",
    "NOT",
    "road AND NOT",
    "text:road",
    "(road",
    "road)",
    "((",
    "{road}",
    "road + stayed",
    "; drop table mentions",
    "' or 1=1 --",
    "') union select text from articles --",
    "\0",
    "road\0",
    "%",
    "_",
    ":words",
    "?",
    "Ґ ʼ",
    "🦊",
    "\ud800",  # half a character, as a URL may hold
    "a" * 5000,
    "road " * 500,
]


def names(index, **filters):
    return set(queries.places(index, Filters(**filters))["name"])


# ---- each filter


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        (None, None, DATED | {"Baku", "Ganja"}),
        # both days are included: Goris on the 13th, Vayots Dzor on the 12th, all of September in another article
        ("2022-09-12", "2022-09-12", {"Goris", "Yerevan", "Vayots Dzor Province"}),
        ("2022-09-13", "2022-09-13", {"Goris", "Yerevan"}),
        # a month is shown while any of its days is
        ("2022-09-30", "2023-01-01", {"Goris", "Yerevan"}),
        ("2022-08-01", "2022-09-01", {"Goris", "Yerevan"}),
        ("2022-10-01", "2023-01-01", set()),
        # one end is enough
        ("2022-09-13", None, {"Goris", "Yerevan"}),
        (None, "2021-05-01", {"Tbilisi"}),
        # what has no date is shown only while all dates are
        ("1900-01-01", "2100-01-01", DATED),
    ],
)
def test_dates(index, since, until, wanted):
    assert names(index, since=since and day(since), until=until and day(until)) == wanted


@pytest.mark.parametrize(
    ("outlets", "wanted"),
    [
        ((), None),
        (("Valley Times",), {"Goris", "Vayots Dzor Province"}),
        (("",), {"Baku", "Ganja"}),  # an article that names no outlet
        (("Valley Times", ""), {"Goris", "Vayots Dzor Province", "Baku", "Ganja"}),
        (('O\'Hara "Quotes"; drop table articles',), {"Tbilisi"}),
        (("valley times",), set()),  # the outlet as it is written
        (("Nobody",), set()),
    ],
)
def test_outlets(index, outlets, wanted):
    assert names(index, outlets=outlets) == (names(index) if wanted is None else wanted)


@pytest.mark.parametrize(
    ("regions", "wanted"),
    [
        (("AM",), {"Goris", "Yerevan", "Vayots Dzor Province"}),  # a country: what lies in it
        (("FR",), {"Paris", "Lyon", "France", "Marseille"}),  # and the country itself
        (("ARM-1732",), {"Goris"}),
        (("ARM-1733",), {"Vayots Dzor Province"}),  # a province: itself
        (("ARM-1732", "AZ"), {"Goris", "Baku", "Ganja"}),
        (("XX",), set()),
        (("' or 1=1 --",), set()),
    ],
)
def test_regions(index, regions, wanted):
    assert names(index, regions=regions) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", None),
        ("   ", None),
        ("barns", {"Goris"}),
        ("BARNS", {"Goris"}),
        ("bar", {"Goris"}),  # the beginning of the last word
        ("bar two", set()),  # but not of the others
        ("two barns", {"Goris"}),
        ("barns two", {"Goris"}),  # in any order
        ("barns Jermuk", set()),  # within one passage
        ("Vayots-Dzor", {"Goris", "Vayots Dzor Province"}),
        ("it's", {"Tbilisi"}),
        ("AND", {"Tbilisi"}),  # a word like any other
        ("NOT said", {"Tbilisi"}),
        ('"War AND peace"', {"Tbilisi"}),
        ("(near", {"Goris", "Tbilisi"}),
        ("near*", {"Goris", "Tbilisi"}),
        ("zzz", set()),
    ],
)
def test_words(index, text, wanted):
    found = names(index, text=text)
    if wanted is None:
        assert found == names(index)
    elif wanted:
        assert wanted <= found <= names(index), found
        assert found != names(index)
    else:
        assert found == set()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_words_with_signs_are_only_words(index, text):
    filters = Filters(text=text)
    shown = queries.totals(index, filters).shown
    assert queries.places(index, filters).mentions.sum() == shown
    assert shown == len(plain_reading(index, filters))
    queries.days(index, filters)
    queries.passages(index, "174895", filters)
    assert index.execute("select count(*) from mentions").fetchone()[0] > 10  # all is still there


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
@example('" OR "')
@example("a*b")
def test_any_text_can_be_typed(index, text):
    queries.totals(index, Filters(text=text))
    assert search_expression(text).count('"') % 2 == 0


def test_every_word_that_is_typed_is_one_of_the_full_text():
    """Of two, as one would be of whose letters the full text parts any, it could not say where they stand."""
    letters = [chr(number) for number in range(0x20000) if chr(number).isalnum() or chr(number) == "_"]
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute('create virtual table typed using fts5(text, tokenize="unicode61 remove_diacritics 2")')
        db.execute("create virtual table words using fts5vocab(typed, instance)")
        found = [word for letter in letters for word in WORD.findall(f"a{letter}b")]
        db.executemany("insert into typed values (?)", ((word,) for word in found))
        assert db.execute("select doc from words group by doc having count(*) > 1").fetchall() == []
        assert db.execute("select count(*) from words").fetchone() == (len(found),)


def test_filters_narrow_together(index):
    assert names(index, outlets=("River Post",), regions=("AM",)) == {"Yerevan", "Goris"}
    assert names(index, outlets=("River Post",), regions=("AM",), text="buses") == {"Yerevan", "Goris"}
    assert names(index, outlets=("River Post",), regions=("AM",), until=date(2022, 8, 31)) == set()


# ---- the same, read plainly from the rows


def plain_reading(index, filters):
    """Return the mentions that the filters leave, as Python reads them from all rows."""
    query = {
        "event": "select mention, since, until from links",
        "published": """select m.id, a.published_since, a.published_until from mentions m
            join articles a on a.id = m.article""",
    }
    periods = {}
    for mention, since, until in index.execute(query[filters.by]):
        periods.setdefault(mention, []).append((since, until))
    rows = index.execute(
        """select m.id, m.role, m.place, m.article, a.outlet, p.region, p.country, s.id, m.confidence from mentions m
        join articles a on a.id = m.article join passages s on s.id = m.passage left join places p on p.id = m.place"""
    ).fetchall()
    since, until = str(filters.since or date.min), str(filters.until or date.max)
    matching = None
    if expression := search_expression(filters.text):
        found = index.execute("select rowid from passages_fts where passages_fts match ?", (expression,))
        matching = {number for (number,) in found}
    kept = []
    for id, role, place, article, outlet, region, country, passage, confidence in rows:
        if role not in filters.roles or (filters.sure and confidence < 0.8):
            continue
        if filters.since or filters.until:
            dated = [(s, u) for s, u in periods.get(id, []) if s is not None]
            if not any(s <= until and u >= since for s, u in dated) and not (filters.undated and not dated):
                continue
        if filters.outlets and outlet not in filters.outlets:
            continue
        if filters.regions and not {region, country} & set(filters.regions):
            continue
        if matching is not None and passage not in matching:
            continue
        kept.append((id, place, article, passage))
    return kept


def subsets(options):
    return st.lists(st.sampled_from(options), max_size=2, unique=True).map(tuple)


DAYS = st.one_of(
    st.none(),
    # the ends of every period in the corpus, and the days beside them
    st.sampled_from(
        [
            *("2021-04-30", "2021-05-01", "2021-05-02", "2022-08-31", "2022-09-01", "2022-09-11", "2022-09-12"),
            *("2022-09-13", "2022-09-14", "2022-09-30", "2022-10-01"),
        ]
    ).map(day),
    st.dates(),
)
FILTERS = st.builds(
    Filters,
    since=DAYS,
    until=DAYS,
    outlets=subsets(["Valley Times", "River Post", "", "Nobody"]),
    regions=subsets(["AM", "FR", "AZ", "ARM-1732", "ARM-1733", "XX"]),
    text=st.sampled_from(["", "road", "goris", "the bridge", "b", "NOT", "zzz"]),
    by=st.sampled_from(["event", "published"]),
    undated=st.booleans(),
    sure=st.booleans(),
    roles=st.just(HERE) | subsets(ROLES),
)


@settings(max_examples=150, deadline=None)
@given(filters=FILTERS)
def test_every_answer_agrees_with_the_rows_and_with_the_others(index, filters):
    kept = plain_reading(index, filters)
    totals = queries.totals(index, filters)
    places = queries.places(index, filters)
    assert totals.shown == len(kept) <= totals.detected
    everything = plain_reading(index, replace(filters, sure=False))
    assert totals.doubtful == len(everything) - len(plain_reading(index, replace(filters, sure=True)))
    assert dict(zip(places.id, places.mentions, strict=True)) == {
        place: len(list(group)) for place, group in itertools.groupby(sorted(row[1] for row in kept))
    }
    assert dict(zip(places.id, places.articles, strict=True)) == {
        place: len({row[2] for row in kept if row[1] == place}) for place in {row[1] for row in kept}
    }
    assert list(places.mentions) == sorted(places.mentions, reverse=True)
    # each place leads to every one of its passages, and each passage to every one of its mentions
    for place in places.itertuples():
        passages = queries.passages(index, place.id, filters, limit=1000)
        assert passages.mentions.sum() == place.mentions
        assert set(passages.passage) == {row[3] for row in kept if row[1] == place.id}
        reached = [set(queries.mentions_in(index, [passage], place.id, filters).id) for passage in passages.passage]
        assert set().union(*reached) == {row[0] for row in kept if row[1] == place.id}


@settings(max_examples=50, deadline=None)
@given(filters=FILTERS)
def test_the_five_states_add_up_to_all_that_was_detected(index, filters):
    totals = queries.totals(index, filters)
    assert set(totals.by_status) <= STATUSES
    assert sum(totals.by_status.values()) == totals.detected
    assert totals.shown == sum(totals.by_role[role] for role in set(filters.roles))
    everything = queries.totals(index, Filters(roles=ROLES))
    assert everything.detected == totals.detected  # Y in "X of Y" stays
    assert everything.shown == sum(everything.by_role.values())
    assert everything.shown == sum(totals.by_status[status] for status in ("placed", "region", "actor"))
    assert everything.by_role["actor"] == totals.by_status["actor"]


def test_no_mention_is_dropped_silently(index, gazetteer):
    """For each article: placed + region + actor + undecided + boilerplate = detected."""
    for article, text in index.execute("select id, text from articles").fetchall():
        statuses = [status for (status,) in index.execute("select status from mentions where article = ?", (article,))]
        assert set(statuses) <= STATUSES
        assert len(statuses) == sum(map(len, weigh_toponyms(text, gazetteer))), article


@settings(max_examples=50, deadline=None)
@given(filters=FILTERS)
def test_the_histogram_counts_every_mention_once(index, filters):
    days = queries.days(index, filters)
    any_day = filters.any_day()
    wanted = Counter(dated_by(index, id, filters.by) for id, *_ in plain_reading(index, any_day))
    assert {(row.since, row.until, row.certainty): row.mentions for row in days.itertuples()} == wanted
    assert sum(days.mentions) == queries.totals(index, any_day).shown
    assert (days.since.isna() == (days.certainty == "undated")).all()


def dated_by(index, mention, by):
    """Return the days a mention counts for in the histogram, and how well they are known."""
    query = {
        "event": "select since, until, certainty from links where mention = ? and rank = 0",
        "published": """select published_since, published_until, published_certainty from articles a
            join mentions m on m.article = a.id where m.id = ?""",
    }
    return index.execute(query[by], (mention,)).fetchone()


@settings(max_examples=50, deadline=None)
@given(filters=FILTERS)
def test_the_four_certainties_add_up(index, filters):
    totals = queries.totals(index, filters)
    assert set(totals.by_certainty) == set(CERTAINTIES)
    assert sum(totals.by_certainty.values()) == totals.shown
    tray = queries.undated(index, filters)
    assert sum(tray.mentions) == totals.undated == queries.totals(index, filters.any_day()).by_certainty["undated"]
    # with days chosen the undated are left out, or all of them kept
    if filters.since or filters.until:
        assert totals.by_certainty["undated"] == (totals.undated if filters.undated else 0)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        # "Tuesday" and a full date in one article of the 14th, a month in another of 2 October
        (Filters(since=day("2022-10-01"), until=day("2022-10-31"), by="published"), {"Yerevan", "Goris"}),
        (Filters(since=day("2022-09-14"), until=day("2022-09-14"), by="published"), {"Goris", "Vayots Dzor Province"}),
        (Filters(since=day("2022-10-01"), until=day("2022-10-31")), set()),
        # the undated beside the period, when asked for
        (Filters(since=day("2022-10-01"), until=day("2022-10-31"), undated=True), {"Baku", "Ganja"}),
        (Filters(undated=True, regions=("AZ",)), {"Baku", "Ganja"}),
        (
            Filters(since=day("2022-09-14"), until=day("2022-09-14"), by="published", undated=True, regions=("AZ",)),
            {"Baku", "Ganja"},
        ),
    ],
)
def test_which_date_the_days_mean(index, filters, wanted):
    assert set(queries.places(index, filters)["name"]) == wanted


def test_the_undated_tray(index):
    tray = queries.undated(index, Filters(since=day("2022-09-13")))
    assert dict(zip(tray.name, tray.mentions, strict=True)) == {"Baku": 2, "Ganja": 1}
    assert queries.undated(index, Filters(outlets=("River Post",))).empty


# ---- the same, of any index


PERIODS = st.one_of(
    st.none(),
    st.tuples(st.dates(day("2022-08-30"), day("2022-09-20")), st.sampled_from([0, 0, 0, 6, 29, 365])).map(
        lambda p: (p[0], p[0] + timedelta(days=p[1]))
    ),
)
MENTION = st.tuples(
    st.sampled_from(["happened", "met", "target", "background", "actor", ""]),  # its role
    st.sampled_from(["goris", "yerevan", "paris"]),
    st.one_of(st.just([None]), st.lists(PERIODS.filter(bool), min_size=1, max_size=3)),
    st.booleans(),  # whether a day is stated or worked out
)
ARTICLE = st.tuples(PERIODS, st.sampled_from(["Valley Times", "River Post", ""]), st.lists(MENTION, max_size=5))
PLACES = {"goris": ("AM", "ARM-1732"), "yerevan": ("AM", "ARM-1729"), "paris": ("FR", "FRA-5316")}


def certainty_of(period, stated):
    if period is None:
        return "undated"
    return "period" if period[0] != period[1] else "exact" if stated else "inferred"


def iso(period):
    return (None, None) if period is None else (str(period[0]), str(period[1]))


def small_index(articles):
    """Return an index in memory, of these articles: their days, outlets and mentions."""
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES + VIEWS + f"create table places({PLACE});")
    rows = [(id, id.title(), *codes) for id, codes in PLACES.items()]
    db.executemany("insert into places(id, name, country, region) values (?, ?, ?, ?)", rows)
    db.execute("insert into meta values (?, ?)", (SEAL, secrets.token_hex()))

    def insert(table, **values):
        columns = db.execute('select name, type, "notnull" from pragma_table_info(?)', [table]).fetchall()
        empty = {"text": "", "integer": 0, "real": 0.0}
        row = {name: empty[kind.lower()] if needed else None for name, kind, needed in columns} | values
        names = ",".join(f'"{name}"' for name in row)
        db.execute(f"insert into {table}({names}) values ({','.join('?' * len(row))})", list(row.values()))

    number, word = 0, Words(db).number
    for a, (period, outlet, mentions) in enumerate(articles):
        article = str(a)
        since, until = iso(period)
        of = {"published_since": since, "published_until": until, "published_certainty": certainty_of(period, 1)}
        insert("article_rows", fid=a + 1, id=article, file=f"{a}.txt", outlet=outlet, copy_of=a + 1, **of)
        text = "the road to goris" if a % 2 else "a bridge"
        insert("passage_rows", id=a + 1, article=a + 1, length=len(text), boilerplate=word(""), piece=text)
        for role, place, links, stated in mentions:
            number += 1
            where = {"id": number, "article": a + 1, "passage": a + 1, "start": number, "length": 1}
            status = role if role == "actor" else "placed" if role else "undecided"
            certainty = certainty_of(links[0] if links else None, stated)
            insert("name_rows", id=number, text=word(place), place=place, runners_up=word("[]"))
            few = codes("mention_rows", "name", status, "", certainty, "literal", role)
            insert("mention_rows", **where, named=number, chance=1000, codes=few, dating=number)
            for rank, link in enumerate(links):
                since, until = map(day_number, link or (None, None))
                on = {"since_day": since, "until_day": until, "codes": codes("date_rows", certainty_of(link, stated))}
                insert("date_rows", dating=number, rank=rank, basis=word(""), **on)
    db.execute("insert into passages_fts(passages_fts) values('rebuild')")
    write_rollups(db)
    return db


@settings(max_examples=150, deadline=None)
@given(articles=st.lists(ARTICLE, max_size=4), filters=FILTERS)
def test_in_any_index_nothing_shown_is_counted_twice_or_lost(articles, filters):
    with closing(small_index(articles)) as db:
        any_day = filters.any_day()
        days = queries.days(db, filters)
        counted, all_days = queries.totals(db, filters), queries.totals(db, any_day)
        assert sum(days.mentions) == all_days.shown == len(plain_reading(db, any_day))
        assert days.groupby("certainty").mentions.sum().to_dict() == {
            name: count for name, count in all_days.by_certainty.items() if count
        }
        assert counted.shown == sum(counted.by_certainty.values()) == len(plain_reading(db, filters))
        assert counted.undated == all_days.by_certainty["undated"] == sum(queries.undated(db, filters).mentions)
        # both ends of every period are found on their own day
        for row in days.itertuples():
            for end in (row.since, row.until) if row.since else ():
                on_that_day = replace(filters, since=day(end), until=day(end))
                assert queries.totals(db, on_that_day).shown >= row.mentions


# ---- passages and articles


def test_passages_come_newest_article_first(index):
    passages = queries.passages(index, "174895", Filters())
    assert list(passages.published_since) == ["2022-10-02", "2022-09-14", "2022-09-14"]
    assert list(passages.mentions) == [1, 1, 1]
    assert all("Goris" in text for text in passages.text)


def test_pages_of_passages_neither_overlap_nor_leave_out(tmp_path):
    body = "\n\n".join(f"On day {number} a bus left Goris." for number in range(45))
    with open_index(
        build(tmp_path, {"a.md": front(body, date="2022-09-14"), "b.md": front(body, date="2022-09-14")})
    ) as db:
        pages = [queries.passages(db, "174895", Filters(), limit=20, offset=20 * page) for page in range(6)]
        ids = [int(passage) for page in pages for passage in page.passage]
        assert len(ids) == len(set(ids)) == 90


def test_mentions_carry_what_dates_them(index):
    passage = queries.passages(index, "174895", Filters(text="barns")).iloc[0]
    (mention,) = queries.mentions_in(index, [passage.passage], "174895", Filters()).itertuples()
    article = queries.article_of(index, int(passage.passage))
    assert article.text[mention.start : mention.end] == "Goris"
    assert (mention.since, mention.until) == ("2022-09-13", "2022-09-13")
    assert article.text[int(mention.timex_start) : int(mention.timex_end)] == "Tuesday"
    assert "14 September 2022" in mention.basis
    assert (article.title, article.outlet, article.file) == ("Shelling near Goris", "Valley Times", "goris.md")
    assert (article.published_since, article.published_until) == ("2022-09-14", "2022-09-14")


def test_the_whole_article(index):
    passage = queries.passages(index, "174895", Filters(text="barns")).iloc[0]
    article = queries.article_of(index, int(passage.passage))
    parts = queries.passages_in(index, article.id)
    assert list(parts.start) == sorted(parts.start)
    shown = "".join(article.text[part.start : part.end] for part in parts.itertuples())
    assert "".join(shown.split()) == "".join(article.text.split())  # nothing of the text is left out
    ((start, end, reason),) = reading.boilerplate(index, article.id)
    assert article.text[start:end] == "Read More: Floods in Madrid"
    assert reason
    spans = queries.spans(index, article.id, "174895")
    assert [article.text[a:b] for a, b in spans] == ["Goris", "Goris"]


def test_what_is_not_there_is_none_or_empty(index):
    assert queries.article_of(index, 10**9) is None
    assert queries.passages(index, "nowhere", Filters()).empty
    assert queries.mentions_in(index, [10**9], "174895", Filters()).empty
    assert queries.passages_in(index, "nothing").empty
    assert reading.boilerplate(index, "nothing") == []
    assert reading.flags(index, "nothing") == []
    assert queries.undated(index, Filters(regions=("XX",))).empty
    assert queries.days(index, Filters(regions=("XX",))).empty
    assert queries.spans(index, "nothing", "174895") == []


# ---- what there is to choose


def test_outlets_come_by_number_of_articles(index):
    assert queries.outlets(index)[0] == "River Post"
    assert set(queries.outlets(index)) == {"River Post", "Valley Times", "", 'O\'Hara "Quotes"; drop table articles'}


def test_regions_to_choose_each_hold_something(index):
    regions = queries.region_options(index)
    assert regions.code.is_unique
    assert list(regions.level) == sorted(regions.level)  # countries first
    for region in regions.itertuples():
        assert queries.totals(index, Filters(regions=(region.code,), roles=ROLES)).shown == region.mentions > 0
    assert {"AM", "AZ", "FR", "GE", "ARM-1732"} <= set(regions.code)


def test_shapes_of_regions(index_path):
    areas = queries.areas(index_path, ("AM", "ARM-1732"))
    assert set(areas.code) == {"AM", "ARM-1732"}
    assert not areas.geometry.is_empty.any()
    assert queries.areas(index_path, ()).empty
    assert queries.areas(index_path, ("') or 1=1 --",)).empty


# ---- in words


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), ""),
        (Filters(since=day("2022-09-01"), until=day("2023-04-05")), "from 1 September 2022 to 5 April 2023"),
        (Filters(since=day("2022-09-13"), until=day("2022-09-13")), "on 13 September 2022"),
        (Filters(regions=("ARM-1732",)), "in Syunik"),
        (Filters(regions=("ARM-1732", "XX")), "in Syunik, XX"),  # a region without a name keeps its code
        (Filters(outlets=("River Post",)), "from River Post"),
        (Filters(text=" corridor "), "in passages with “corridor”"),
        (
            Filters(since=day("2022-09-13"), until=day("2022-09-13"), regions=("ARM-1732",), text="x"),
            "on 13 September 2022, in Syunik, in passages with “x”",
        ),
        (Filters(since=day("2022-09-13"), by="published"), "published from 13 September 2022"),
        (Filters(until=day("2022-09-13"), undated=True), "to 13 September 2022 or undated"),
        (Filters(sure=True, text="x"), "without what is in doubt, in passages with “x”"),
        (Filters(by="published", undated=True), ""),  # without days neither narrows anything
    ],
)
def test_filters_in_words(filters, words):
    assert filters.words({"ARM-1732": "Syunik"}) == words


@pytest.mark.parametrize("filters", [Filters(since=day("2022-09-13")), Filters(until=day("2022-09-13"))])
def test_one_end_of_the_dates_is_said_too(filters):
    assert "13 September 2022" in filters.words({})


def test_an_outlet_without_a_name_is_said_in_words():
    assert Filters(outlets=("",)).words({}) not in ("from ", "from")
