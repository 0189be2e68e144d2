"""What the tables of numbers stand for: the views show just what was added, and little room is taken for it."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from bench.articles import TOWNS, article, regions_of_towns
from builders import geopackage_faults

from corpus.index.connection import open_index
from corpus.index.schema import ATTRIBUTES, CODED, HOLE, OF_WORDS, VALUES
from corpus.index.words import MOST, Words, codes, day_number
from corpus.index.writer import write_index
from corpus.read_article import Given, read_alone
from corpus.records import Article, Flag, Furniture, Hint
from geodata.gazetteer import open_gazetteer

TEXTS = {
    # speakers, numbers, several days of one name, a border, a stretch
    "talks": "Pashinyan said on Wednesday that shells hit Goris on 9 and 10 September 2022 and killed at least 49 "
    "soldiers.\n\nFire spread along the border between Armenia and Azerbaijan. The road between Goris and Sisian was "
    "closed.",
    # letters beyond the first plane of Unicode before, between and behind the names
    "letters": "\n 𝔗𝔥𝔢 mayor 🚒 of Lyon said: “We met in Paris 🗼 on 3 May 2021.” 𐎠 Two people were hurt in Nîmes.",
    # a reason that begins with a quotation which the text does not have in one piece
    "quotes": "The Kremlin\nsaid no. People in Xi'an and in 'Oslo' were told, Moscow claimed, that Baku had agreed in "
    "1994.",
}
BESIDE = {
    "furniture": (Furniture(0, 3, "a menu"), Furniture(4, 9, "a menu")),
    "flags": (Flag(0, 5, "weekday", "13 September 2022 was a Tuesday"),),
    "hints": (Hint(2, 6, "", "one letter off 'Goris'", 0), Hint(7, 8, "", "a word of machines", 3)),
}


def read_whole(name, text):
    article = Article(name, f"{name}.txt", text, f"T {name}", "Valley Post", url="https://a.b/c", date="2022-09-14")
    return read_alone(article, given=Given())


def iso(day):
    return None if day is None else str(day)


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """Return articles with all that was read out of them, and the index that they were written into."""
    path = tmp_path_factory.mktemp("rows") / "index.gpkg"
    reads = []
    for name, text in TEXTS.items():
        found = read_whole(name, text)
        hints = tuple(replace(hint, text=text[hint.start : hint.end]) for hint in BESIDE["hints"])
        about = {
            "id": name,
            "file": f"{name}.txt",
            "title": f"T {name}",
            "outlet": "Valley Post",
            "url": "https://a.b/c",
        }
        reads.append(replace(found, **{**BESIDE, "hints": hints}, article=replace(found.article, **about)))
    with write_index(path, open_gazetteer(), readers="r") as writer:
        for one in reads:
            writer.add(one, one.article.file, corrections=("b", "a"))
            writer.add_file(one.article.file, "print", ["a problem"])
        writer.finish("f", {})
    with open_index(path) as index:
        yield reads, index


def dated(link):
    return (iso(link.since), iso(link.until), link.certainty, link.basis)


def said(link):
    return iso(link.said_since), iso(link.said_until)


def spans(one, attribute):
    return [(one.article.id, each.start, each.end) for each in getattr(one, attribute)]


def of_articles(one):
    article, published = one.article, one.published
    own = (article.id, article.file, article.title, article.outlet, article.author, article.language, article.url)
    days = (iso(published.since), iso(published.until), published.basis, published.certainty, published.confidence)
    return [
        (*own, article.format, article.read_at, article.text, article.file, article.print, *days, 0, "a b", article.id)
    ]


def of_mentions(one):
    rows = []
    for mention in one.mentions:
        meant, sure, as_ = mention.resolution, mention.confidence, mention.reading
        rivals = json.dumps([[r.name, r.kind, r.country, r.lon, r.lat] for r in meant.runners_up])
        by = None if mention.statement is None else one.statements[mention.statement].start
        for entry in (meant.entry, *meant.also):
            what = (mention.text, meant.toponym.kind, mention.status, entry.id if entry else None)
            why = (round(sure.total, 3) if sure else None, meant.reason, sure.doubt if sure else "", rivals)
            used = (mention.certainty, as_.reading if as_ else "", as_.reason if as_ else "", mention.role)
            passage = one.passages[mention.passage].start
            rows.append((one.article.id, passage, mention.start, mention.end, *what, *why, *used, by, one.article.id))
    return rows


def of_links(one):
    def start(timex):
        return None if timex is None else one.timexes[timex].start

    return [
        (one.article.id, m.start, rank, *dated(link), start(link.timex), *said(link), start(link.said_timex))
        for m in one.mentions
        for _ in (m.resolution.entry, *m.resolution.also)
        for rank, link in enumerate(m.links)
    ]


def of_statements(one):
    return [
        (*span, s.speaker, s.name, s.side, s.speaker_start, s.speaker_end, s.mode, s.cue, s.cue_start, s.cue_end)
        for span, s in zip(spans(one, "statements"), one.statements, strict=True)
    ]


def of_claims(one):
    rows = []
    for claim in one.claims:
        counted = (claim.low, claim.high, claim.number, claim.what, claim.whom)
        told = (claim.wording, claim.hedge, claim.caution, claim.statement and claim.statement.start)
        where = None if claim.mention is None else one.mentions[claim.mention].start
        text = one.article.text[claim.start : claim.end]
        span = (one.article.id, claim.start, claim.end, text)
        rows.append((*span, *counted, *told, *claim.sentence, *dated(claim.link), where))
    return rows


def named(one, extent):
    return ",".join(str(one.mentions[number].start) for number in sorted(set(extent.mentions))) or None


def of_extents(one):
    return [
        (*span, one.article.text[e.start : e.end], e.kind, e.words, e.status, e.source, named(one, e))
        for span, e in zip(spans(one, "extents"), one.extents, strict=True)
    ]


# A view, what is asked of it, and what was added.
VIEWS = {
    "articles": (
        """select id, file, title, outlet, author, language, url, format, read_at, text, read_from, print,
        published_since, published_until, published_basis, published_certainty, published_confidence, published_beside,
        corrected, copy_of from articles""",
        of_articles,
    ),
    "passages": (
        'select article, start, "end", boilerplate, sentences, text from passages order by id',
        lambda one: [
            (*span, p.furniture, " ".join(str(n) for s in p.sentences for n in s), one.article.text[p.start : p.end])
            for span, p in zip(spans(one, "passages"), one.passages, strict=True)
        ],
    ),
    "timexes": (
        """select article, start, "end", text, type, value, since, until, granularity, basis from timexes
        order by id""",
        lambda one: [
            (
                one.article.id,
                t.start,
                t.end,
                t.text,
                t.type,
                t.value,
                iso(t.since),
                iso(t.until),
                t.granularity,
                t.basis,
            )
            for t in one.timexes
        ],
    ),
    "mentions": (
        """select m.article, s.start, m.start, m."end", m.text, m.kind, m.status, m.place, m.confidence, m.reason,
        m.doubt, m.runners_up, m.certainty, m.reading, m.reading_reason, m.role, t.start, m.source
        from mentions m join passages s on s.id = m.passage left join statements t on t.id = m.statement
        order by m.id""",
        of_mentions,
    ),
    "links": (
        """select m.article, m.start, l.rank, l.since, l.until, l.certainty, l.basis, x.start, l.said_since,
        l.said_until, u.start from links l join mentions m on m.id = l.mention left join timexes x on x.id = l.timex
        left join timexes u on u.id = l.said_timex order by l.mention, l.rank""",
        of_links,
    ),
    "statements": (
        """select article, start, "end", speaker, name, side, speaker_start, speaker_end, mode, cue, cue_start,
        cue_end from statements order by id""",
        of_statements,
    ),
    "claims": (
        """select c.article, c.start, c."end", c.text, c.low, c.high, c.number, c.what, c.whom, c.wording, c.hedge,
        c.caution, t.start, c.sentence_start, c.sentence_end, c.since, c.until, c.certainty, c.basis, m.start
        from claims c left join statements t on t.id = c.statement left join mentions m on m.id = c.mention
        order by c.id""",
        of_claims,
    ),
    "extents": (
        """select e.article, e.start, e."end", e.text, e.kind, e.words, e.status, e.source,
        (select group_concat(m.start) from extent_mentions x join mentions m on m.id = x.mention where x.extent = e.id)
        from extents e join shapes s on s.id = e.shape order by e.id""",
        of_extents,
    ),
    "boilerplate": (
        'select article, start, "end", reason from boilerplate order by fid',
        lambda one: [(*span, f.reason) for span, f in zip(spans(one, "furniture"), one.furniture, strict=True)],
    ),
    "flags": (
        'select article, start, "end", kind, note from flags order by fid',
        lambda one: [(*span, f.kind, f.note) for span, f in zip(spans(one, "flags"), one.flags, strict=True)],
    ),
    "hints": (
        'select article, start, "end", text, reason, weight from hints order by fid',
        lambda one: [(*s, h.text, h.reason, h.weight) for s, h in zip(spans(one, "hints"), one.hints, strict=True)],
    ),
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shows_what_was_added(added, view):
    reads, index = added
    query, rows_of = VIEWS[view]
    wanted = [row for one in reads for row in rows_of(one)]
    assert wanted
    assert index.execute(query).fetchall() == wanted


def test_every_view_is_looked_at():
    # files and shapes are tables, names and dates are looked at as mentions and links, names of extents with these,
    # shared is folded
    assert set(ATTRIBUTES) - set(VIEWS) == {"files", "shapes", "names", "dates", "extent_mentions", "shared"}


def test_the_full_text_is_that_of_the_passages(added):
    _, index = added
    found = index.execute("select text from passages where id in (select rowid from passages_fts('nîmes'))").fetchall()
    assert [text for (text,) in found] == [TEXTS["letters"].strip()]


@pytest.mark.parametrize("table", CODED)
def test_codes_tell_all_values_apart(table):
    columns = CODED[table]
    first = [VALUES[column][0] for column in columns]
    each = [
        (*first[:n], value, *first[n + 1 :]) for n, column in enumerate(columns) for value in VALUES[column] if value
    ]
    assert len({codes(table, *values) for values in each}) == len(set(each))
    assert codes(table, *(VALUES[column][-1] for column in columns)) < 1 << 15  # two bytes of a row


def test_a_value_of_no_list_is_refused():
    with pytest.raises(KeyError):
        codes("date_rows", "someday")


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "1970-01-01", "2022-09-14", "9999-12-31"])
def test_a_day_is_shown_as_it_was(day):
    with closing(sqlite3.connect(":memory:")) as db:
        shown = db.execute("select date(? * 86400, 'unixepoch')", (day_number(date.fromisoformat(day)),)).fetchone()
    assert shown == (day,)


def words_of_nothing():
    db = sqlite3.connect(":memory:")
    db.executescript("create table words(id integer primary key, hash integer, text text)")
    return db


def test_words_have_one_number_however_many_there_are(monkeypatch):
    monkeypatch.setattr("corpus.index.words.MOST", 3)  # of those at hand
    assert MOST > 3
    with closing(words_of_nothing()) as db:
        words = Words(db)
        first = [words.number(f"word {n % 10}") for n in range(40)]
        assert first == [n % 10 + 1 for n in range(40)]
        assert Words(db).number("word 3") == 4  # in another process
        assert Words(db).number("another") == 11


# A reason, whether it is stored without its quotation.
REASONS = [
    ("'in Goris': a place", True),
    ("'in Lyon': a place that the text does not have", False),
    ("in Goris: no quotation", False),
    (f"'in Goris': a place {HOLE}", False),  # which would be filled, too
    ("'", False),
    ("", False),
    ("'Goris'", False),
]


@pytest.mark.parametrize(("reason", "cut"), REASONS)
def test_a_reason_is_cut_where_the_text_has_its_quotation(reason, cut):
    text = "Shells fell in Goris."
    with closing(words_of_nothing()) as db:
        number, at, length = Words(db).quoting(reason, text, Furniture(15, 20, ""), Furniture(0, 21, ""))
        (stored,) = db.execute("select text from words where id = ?", (number,)).fetchone()
    assert (at is not None) == cut
    if at is not None:
        stored = stored.replace(HOLE, text[15 + at : 15 + at + length])
    assert stored == reason


def test_no_words_stay_that_nothing_has(added):
    _, index = added
    used = " union ".join(f"select {column} from {table}" for table, column in OF_WORDS)
    assert index.execute(f"select count(*) from words where id not in ({used})").fetchone() == (0,)
    assert index.execute("select count(*) - count(distinct text) from words").fetchone() == (0,)


MOST_BYTES = 3.9  # of index for a byte of text, with what articles are compared by
# What stands between names in the news.
PLAIN = (
    "Nobody had expected it, and few people slept that night.",
    "Prices of bread and fuel had gone up again, which shopkeepers put down to the weather and the state of the roads.",
    "Talks about it have gone on for years without much to show for them.",
    "What it will cost is not known, and who is to pay for it still less.",
    "Some of those who came had brought their children along, others carried flags and pots.",
)


def long_article(dice, regions):
    """Return an article of several stories, with a name in every hundred letters or so, as they are in the news."""
    parts = [article(dice, dice.sample(dice.choice(regions), TOWNS)) for _ in range(4)]
    lines = [line for part in parts for line in part.removeprefix("---\n").partition("---\n")[2].split("\n\n")]
    return "\n\n".join(" ".join((line.strip(), *dice.sample(PLAIN, 3))) for line in lines)


def test_little_room_is_taken_for_a_byte_of_text(tmp_path):
    """Of 300 articles, without what is the same for any number of them, and with words that have all come before."""
    dice = Random(5)
    regions = regions_of_towns(dice)[:20]
    reads = [read_whole(f"a{n}", long_article(dice, regions)) for n in range(10)]
    with write_index(tmp_path / "index.gpkg", open_gazetteer(), readers="r") as writer:
        for number in range(300):
            one = reads[number % 10]
            about = replace(one.article, id=f"a{number}", file=f"a{number}.txt")
            writer.add(replace(one, article=about), f"a{number}.txt")
        writer.finish("f", {})
    assert geopackage_faults(tmp_path / "index.gpkg") == []
    with open_index(tmp_path / "index.gpkg") as index:
        letters, mentions = index.execute(
            "select sum(length(text)), (select count(*) from mentions) from articles"
        ).fetchone()
        fixed = "name like 'regions%' or name like 'places%' or name like 'rtree%' or name like 'sqlite%'"
        taken = index.execute(f"select sum(pgsize) from dbstat where not ({fixed})").fetchone()[0]
    assert 80 < letters / mentions < 140
    assert taken / letters < MOST_BYTES
