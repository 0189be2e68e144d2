"""What is asked of extents: the stretches, sectors and lines that the texts speak of, and the passages that do."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import from_geojson

from corpus.queries.filters import Filters
from corpus.queries.sql import PASSAGE, ask

EXTENT = "extent:"  # before the number of a shape in the id of what is selected

# An extent is dated by the names that it is made from; "along the border" has none, and takes those of its passage.
_HOLDS = """exists (
    select 1 from mentions m left join places p on p.id = m.place
    where (m.id in (select x.mention from extent_mentions x where x.extent = e.id)
        or m.passage = e.passage and not exists (select 1 from extent_mentions x where x.extent = e.id)) and {where})"""


def widened(filters: Filters) -> Filters:
    """Return the filters under which names make an extent: "the Armenian-Azerbaijani border" is one, of two peoples."""
    return replace(filters, roles=(*filters.roles, "actor"))


def _under(filters: Filters) -> tuple[str, dict[str, object]]:
    where, values = widened(filters).sql()
    return _HOLDS.format(where=where), values


def extents(index: sqlite3.Connection, filters: Filters) -> gpd.GeoDataFrame:
    """Return a row a shape that texts speak of under the filters, and geometry (EPSG:4326).

    Columns: id, name (as written), kind, status (the latest that is stated, "" where none is), words, mentions,
    articles. The id is that of the place where the shape is a place itself, such as a corridor.
    """
    holds, values = _under(filters)
    rows = ask(
        index,
        f"""
        select e.shape, e.kind, e.status, min(e.text) name, min(e.words) words, count(distinct e.id) mentions,
            count(distinct e.article_fid) articles, max(q.id) place, max(l.since) since
        from extents e join articles a on a.fid = e.article_fid
            left join extent_mentions y on y.extent = e.id left join mentions n on n.id = y.mention
            left join links l on l.mention = n.id and l.rank = 0
            left join places q on q.id = n.place and q.kind in ('corridor', 'border')
        where {holds} group by e.shape, e.status order by since desc, mentions desc
        """,  # noqa: S608 - conditions hold bound parameters only
        values,
    )
    by_shape: dict[int, list[Any]] = defaultdict(list)  # of few rows each, in their order
    for row in rows.itertuples():
        by_shape[row.shape].append(row)
    drawn = [
        {
            "id": alike[0].place if isinstance(alike[0].place, str) else f"{EXTENT}{shape}",
            "name": alike[0].name,
            "kind": alike[0].kind,
            "status": next((row.status for row in alike if row.status), ""),
            "words": "; ".join(dict.fromkeys(row.words for row in alike)),
            "mentions": sum(row.mentions for row in alike),
            "articles": max(row.articles for row in alike),
        }
        for shape, alike in by_shape.items()
    ]
    columns = ["id", "name", "kind", "status", "words", "mentions", "articles"]
    geometry = _geometries(index, list(by_shape))
    return gpd.GeoDataFrame(pd.DataFrame(drawn, columns=columns), geometry=geometry, crs=4326)


def _geometries(index: sqlite3.Connection, shapes: Sequence[int]) -> Any:
    query = "select id, geometry from shapes where id in (select value from json_each(?))"
    drawn = dict(index.execute(query, (json.dumps(shapes),)).fetchall())
    return from_geojson([drawn[shape] for shape in shapes])


def shape_of(extent: str) -> int:
    """Return the number of the shape that an extent's id holds."""
    return int(extent.removeprefix(EXTENT))


def spans(index: sqlite3.Connection, article: str, extent: str) -> list[tuple[int, int]]:
    """Return where an article speaks of an extent: start, end."""
    query = """select start, "end" from extents
        where article_fid = (select fid from articles where id = ?) and shape = ? order by start"""
    return list(index.execute(query, (article, shape_of(extent))))


def passages(index: sqlite3.Connection, extent: str, filters: Filters) -> pd.DataFrame:
    """Return the passages that speak of an extent, newest article first; columns as `queries.passages`."""
    holds, values = _under(filters)
    return ask(
        index,
        f"""
        select {PASSAGE}, count(*) mentions
        from extents e join articles a on a.fid = e.article_fid join passages s on s.id = e.passage
        where e.shape = :shape and {holds}
        group by s.id order by a.published_since desc, a.id, s.start
        """,  # noqa: S608
        {**values, "shape": shape_of(extent)},
    )
