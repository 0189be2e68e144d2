"""Make an index of millions of mentions out of a small one, by repeating its rows in SQL.

Each repetition tells of other places of the gazetteer, named as unevenly as in the news, on other days.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq

from corpus.build import build_index
from corpus.index.connection import SEAL, put_seal
from corpus.index.rollups import write_rollups
from corpus.index.schema import INDEXES, LAYER_INDEXES
from geodata import DATA
from tests.bench.articles import write

ARTICLES = 300  # that are read; the others repeat them
PLACES = 20_000
PICKS = 1 << 20  # places, the commonest many times, of which the mentions take theirs
YEARS = 8
OUTLETS = 40  # times as many as in what is read

ORIGINAL = "(k.k - (k.k % 10 = 0 and k.k > 1))"  # every tenth repetition is a copy of the one before
LATER = f"(k.k * 7919) % (365 * {YEARS})"  # days
ADDED = (
    "' word' || printf('%04d', (t.article * 31 + k.k) % 5000) || "
    "' rare' || printf('%06d', (t.article + k.k * 17) % 200000)"
)
LETTERS = 20  # of what is added
TABLES = (
    *("article_rows", "passage_rows", "timex_rows", "statement_rows", "name_rows", "mention_rows", "date_rows"),
    *("claim_rows", "extent_rows", "extent_mention_rows"),
)
# The columns that number rows, by the table of these.
NUMBERS = {"article": "article_rows", "passage": "passage_rows", "timex": "timex_rows", "said_timex": "timex_rows"}
NUMBERS |= {"statement": "statement_rows", "mention": "mention_rows", "extent": "extent_rows"}
NUMBERS |= {"named": "name_rows", "dating": "date_rows"}
OF_TABLE: Mapping[str, Mapping[str, str]] = {
    "article_rows": {
        "id": "t.id || '~' || k.k",
        "print": "t.print || k.k",
        "copy_of": f"t.copy_of + {ORIGINAL} * {{articles}}",
        "outlet": f"case when k.k % 50 then t.outlet || ' ' || (k.k % {OUTLETS}) else '' end",
        **{name: f"date(t.{name}, '+' || ({LATER}) || ' days')" for name in ("published_since", "published_until")},
    },
    "passage_rows": {
        "length": f"t.length + {LETTERS} * (t.nth = t.most)",
        "piece": f"iif(t.nth < t.most, t.piece, substr(t.piece, 1, t.length) || {ADDED} || "
        "substr(t.piece, t.length + 1))",
    },
    "name_rows": {
        "place": f"(select p.place from picks p where p.n = (t.number * 611953 + k.k * 786433) % {PICKS})",
    },
    "mention_rows": {
        "source": "case when t.source < 0 and k.k % 10 = 1 then t.source - k.k * 100000 "
        f"when k.k % 10 = 0 and k.k > 1 then t.article + {ORIGINAL} * {{articles}} end",
    },
}
BESIDE = {  # what the rows of a table are told apart by besides
    "name_rows": "dense_rank() over (order by place) number",
    "passage_rows": "start nth, max(start) over (partition by article) most",
}


def make(path: Path, mentions: int) -> None:
    """Write an index of about so many mentions."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        articles = Path(folder) / "articles"
        write(articles, ARTICLES)
        build_index(articles, path)
    with closing(sqlite3.connect(path)) as db:
        db.executescript("pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-200000")
        for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f'drop trigger "{trigger}"')
        for (index,) in db.execute("select name from sqlite_master where type = 'index' and sql != ''").fetchall():
            db.execute(f'drop index "{index}"')
        there = db.execute("select count(*) from mentions").fetchone()[0]
        _fill_places(db)
        _repeat(db, max(1, mentions // there))
        db.execute("insert into passages_fts(passages_fts) values ('rebuild')")
        db.executescript(INDEXES)
        _count_places(db)
        db.executescript(LAYER_INDEXES)
        write_rollups(db)
        (seal,) = db.execute("select value from meta where key = ?", (SEAL,)).fetchone()
        db.commit()
    put_seal(path, seal)


def _fill_places(db: sqlite3.Connection) -> None:
    """Put places of the gazetteer into the layer, and into a table of which the commonest are drawn most."""
    columns = ["id", "name", "kind", "lon", "lat", "country", "region"]
    table = pq.read_table(DATA / "places.parquet", columns=columns).to_pylist()
    random.Random(3).shuffle(table)
    found = db.execute("select * from places limit 1")
    like = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True)) | {"outline": ""}
    held = {id for (id,) in db.execute("select id from places")}
    rows = [row for row in table if row["id"] not in held and row["kind"] == "city"][: PLACES - len(held)]
    for row in rows:
        new = like | row | {"fid": None, "geom": None, "gazetteer_name": row["name"]}
        db.execute(f"insert into places({', '.join(new)}) values ({', '.join('?' * len(new))})", list(new.values()))
    ids = [*held, *(row["id"] for row in rows)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(ids) + 1)))
    picked = random.Random(5).choices(ids, cum_weights=weights, k=PICKS)
    db.execute("create temp table picks(n integer primary key, place text)")
    db.executemany("insert into picks values (?, ?)", enumerate(picked))


def _repeat(db: sqlite3.Connection, copies: int) -> None:
    """Add each row that often, with other numbers, names and days."""
    db.execute("create temp table k(k integer primary key)")
    db.executemany("insert into k values (?)", ((k,) for k in range(1, copies + 1)))
    most = {}
    for table in TABLES:  # as they are now
        db.execute(f"create temp table base_{table} as select {BESIDE.get(table, '1')}, * from {table}")
        number = {"date_rows": "dating", "extent_mention_rows": "extent"}.get(table, "rowid")
        most[table] = db.execute(f"select max({number}) from {table}").fetchone()[0]
    for table in TABLES:
        columns = [row[1] for row in db.execute(f"pragma table_info({table})")]
        own = {name: f"t.{name} + k.k * {most[table]}" for name in columns[:1] if name in ("id", "fid")}
        told = own | {name: f"t.{name} + k.k * {most[of]}" for name, of in NUMBERS.items()}
        told |= {name: f"t.{name} + {LATER}" for name in columns if name.endswith("_day")}
        told |= {name: value.format(articles=most["article_rows"]) for name, value in OF_TABLE.get(table, {}).items()}
        values = ", ".join(told.get(name, f't."{name}"') for name in columns)
        listed = ", ".join(columns)
        db.execute(f"insert into {table}({listed}) select {values} from k cross join base_{table} t")
        db.execute(f"drop table base_{table}")


def _count_places(db: sqlite3.Connection) -> None:
    """Write into the layer how often each place is named."""
    db.execute("create temp table told(place text primary key, mentions, happened, articles)")
    db.execute(
        "insert into told select place, count(*), sum(role = 'happened'), count(distinct article) from mentions "
        "where role != '' group by place"
    )
    db.execute("delete from places where id not in (select place from told)")
    db.execute(
        "update places set (mentions, happened, articles) = "
        "(select mentions, happened, articles from told where place = places.id)"
    )
