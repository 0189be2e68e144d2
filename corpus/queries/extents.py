"""What is asked of extents: the stretches, sectors and lines that the texts speak of, and the passages that do."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import from_geojson

from corpus.index.numbering import Column
from corpus.queries.filters import Filters
from corpus.queries.sql import PASSAGE, ask
from corpus.queries.tally import Tally

EXTENT = "extent:"  # before the number of a shape in the id of what is selected
_LEAST, _MOST = ("text", "words", "kind"), ("place", "since")  # of alike extents, which one stands for all


def widened(filters: Filters) -> Filters:
    """Return the filters under which names make an extent: "the Armenian-Azerbaijani border" is one, of two peoples."""
    return replace(filters, roles=(*filters.roles, "actor"))


def _held(tally: Tally) -> Column:
    """Return the extents that any of the mentions left makes, by their numbers in the columns."""
    held = np.zeros(len(tally.column("extent_id")), bool)
    held[tally.column("extent")[tally.has(tally.column("extent_at"))]] = True
    return np.flatnonzero(held)


def extents(index: sqlite3.Connection, filters: Filters) -> gpd.GeoDataFrame:
    """Return a row a shape that texts speak of under the filters, and geometry (EPSG:4326).

    Columns: id, name (as written), kind, status (the latest that is stated, "" where none is), words, mentions,
    articles. The id is that of the place where the shape is a place itself, such as a corridor.
    """
    tally = Tally(index, widened(filters))
    held = _held(tally)
    asked = ("shape", "status", "article", *_LEAST, *_MOST)
    told = pd.DataFrame({name: tally.column(f"extent_{name}")[held] for name in asked}).groupby(["shape", "status"])
    rows = told[list(_LEAST)].min().join(told[list(_MOST)].max()).assign(mentions=told.size())
    rows = rows.assign(articles=told.article.nunique()).reset_index()
    rows = rows.sort_values(["since", "mentions"], ascending=False, kind="stable")
    for name in ("status", *_LEAST, *_MOST):
        rows[name] = np.array([*tally.words(f"words of extent_{name}"), ""], object)[rows[name]]
    by_shape: dict[int, list[Any]] = defaultdict(list)  # of few rows each, in their order
    for row in rows.itertuples():
        by_shape[row.shape].append(row)
    drawn = [
        {
            "id": alike[0].place or f"{EXTENT}{shape}",
            "name": alike[0].text,
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


def passages(index: sqlite3.Connection, extent: str, filters: Filters, *, limit: int = 100) -> pd.DataFrame:
    """Return passages that speak of an extent, newest article first, at most so many; columns as `queries.passages`."""
    tally = Tally(index, widened(filters))
    held = _held(tally)
    held = held[tally.column("extent_shape")[held] == shape_of(extent)]
    return ask(
        index,
        f"""
        select {PASSAGE}, count(*) mentions
        from extents e join articles a on a.fid = e.article_fid join passages s on s.id = e.passage
        where e.id in (select value from json_each(:held))
        group by s.id order by a.published_since desc, a.id, s.start limit :limit
        """,  # noqa: S608 - our own words
        {"held": json.dumps(tally.column("extent_id")[held].tolist()), "limit": limit},
    )
