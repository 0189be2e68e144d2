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

COPY_OF = "(k.k - (k.k % 10 = 0 and k.k > 1))"  # every tenth repetition is a copy of the one before
DAY = "date({}, '+' || ((k.k * 7919) % (365 * " + str(YEARS) + ")) || ' days')"
SHIFTED = ("passage", "timex", "said_timex", "statement", "mention", "extent")  # columns that number rows
DAYS = ("since", "until", "said_since", "said_until", "published_since", "published_until")
TABLES = ("articles", "passages", "timexes", "statements", "mentions", "links", "claims", "extents", "extent_mentions")
OF_TABLE: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "id": "t.id || '~' || k.k",
        "print": "t.print || k.k",
        "copy_of": f"t.copy_of || '~' || {COPY_OF}",
        "outlet": f"case when k.k % 50 then t.outlet || ' ' || (k.k % {OUTLETS}) else '' end",
    },
    "passages": {"text": "t.text || ' word' || ((t.id * 31 + k.k) % 5000) || ' rare' || ((t.id + k.k * 17) % 200000)"},
    "mentions": {
        "place": "(select p.place from picks p where p.n = (t.number * 611953 + k.k * 786433) % " + str(PICKS) + ")",
        "source": f"case when t.source not like 'statement %' then t.source || '~' || {COPY_OF} "
        f"when k.k % 10 = 1 then t.source || k.k else t.article || '~' || {COPY_OF} end",
        **dict.fromkeys(("reason", "reading_reason"), "''"),  # only shown: the file stays small without them
        "runners_up": "'[]'",
    },
    "links": {"basis": "''"},
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
    tables = {table: [row[1] for row in db.execute(f"pragma table_info({table})")] for table in TABLES}
    for table in TABLES:  # as they are now
        number = ", dense_rank() over (order by article, place) number" if table == "mentions" else ""
        db.execute(f"create temp table base_{table} as select *{number} from {table}")
    most = {
        table: db.execute(f"select max({columns[0]}) from {table}").fetchone()[0] for table, columns in tables.items()
    }
    by = {
        "passage": "passages",
        "timex": "timexes",
        "statement": "statements",
        "mention": "mentions",
        "extent": "extents",
    }
    for table, columns in tables.items():
        told = {columns[0]: f"t.{columns[0]} + k.k * {most[table]}", "article": "t.article || '~' || k.k"}
        told |= {name: f"t.{name} + k.k * {most[by[name.removeprefix('said_')]]}" for name in SHIFTED}
        told |= {name: DAY.format(f"t.{name}") for name in DAYS} | dict(OF_TABLE.get(table, {}))
        values = ", ".join(told.get(name, f't."{name}"') for name in columns)
        db.execute(f"insert into {table} select {values} from k cross join base_{table} t")
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
