"""Write an index: one GeoPackage with the layers places and regions and the tables behind them, published whole."""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

from corpus.drafts import draft_of, keep_draft
from corpus.errors import CorpusError, IndexNotUsableError
from corpus.index.connection import SEAL, put_seal, stored_meta
from corpus.index.copies import fold
from corpus.index.counted import count_mentions
from corpus.index.held import Held, is_begun
from corpus.index.place_layer import keep_derived, place_frame, place_layer
from corpus.index.rollups import write_rollups
from corpus.index.rows import Rows
from corpus.index.schema import ATTRIBUTES, INDEXES, LAYER_INDEXES, MARK, TABLES, VERSION, VIEWS
from corpus.records import ReadArticle
from geodata.errors import GeodataError
from geodata.gazetteer import Gazetteer
from geodata.regions.shapes import read_regions

KEEP = 3.0  # seconds of reading that may be lost where a build is ended
PAGE = 8192  # bytes of a page, of which passages, the longest rows, leave less room empty than of a smaller one


@contextmanager
def write_index(path: Path, gazetteer: Gazetteer, *, readers: str, afresh: bool = False) -> Iterator[IndexWriter]:
    """Offer a writer of an index, which takes the place of `path` when the block ends well.

    It begins with what a build that was ended had written, else with what is there, where that is whole and `readers`,
    the print of all that reads, is the same; or `afresh`. Raises IndexNotUsableError where it cannot be written.
    """
    base = None if afresh or stored_meta(path).get("readers") != readers else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            draft_of(path, usable=lambda draft: not afresh and is_begun(draft, readers)) as draft,
            closing(IndexWriter(draft, gazetteer, base=base, readers=readers)) as writer,
        ):
            yield writer
    except (CorpusError, GeodataError):
        raise
    except (OSError, sqlite3.Error, DataSourceError, DataLayerError, FeatureError) as error:
        way_out = "see that there is room and that you may write there, or name another place with --index"
        raise IndexNotUsableError(f"{path} cannot be written ({error}); {way_out}") from error


class IndexWriter:
    """Writes an index into a new file: files and articles one by one, then what they share.

    With a `base` it begins with all that is in that index; with all that is in the draft, where there is something.
    """

    def __init__(self, draft: Path, gazetteer: Gazetteer, *, readers: str, base: Path | None = None) -> None:
        self._draft, self._readers, self._gazetteer = draft, readers, gazetteer
        resumed = draft.exists()
        if base and not resumed:
            shutil.copyfile(base, draft)
        fresh = not draft.exists()
        if fresh:
            # The empty layer makes the file a GeoPackage; its rows come last, when every mention is counted.
            # In the version of the format before the last: validators of before that call its triggers missing.
            kind = {"driver": "GPKG", "geometry_type": "Point", "VERSION": "1.3"}
            place_frame().to_file(draft, layer="places", DESCRIPTION=MARK, **kind)
        self._db = sqlite3.connect(draft)
        self._db.executescript(
            "pragma journal_mode=truncate; pragma synchronous=off;" + (TABLES + VIEWS if fresh else "")
        )
        self._db.execute("insert or ignore into meta values ('readers', ?)", (readers,))
        self._rows = Rows(self._db)
        self._added = 0
        self._keep()
        self.held = Held(self._db, resumed=resumed)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add_file(self, file: str, print_: str, problems: Sequence[str]) -> None:
        """Note what a file held whose articles are all added, and what had to be said of it."""
        self._rows.insert_numbered("files", file, print_, json.dumps(problems, ensure_ascii=False))
        if time.monotonic() > self._kept + KEEP:
            self._keep()
            keep_draft(self._draft)

    def _keep(self) -> None:
        """See to it that what was written so far outlives this process."""
        keep_derived(self._db, self._gazetteer, self._rows.met)
        self._rows.met.clear()
        self._db.commit()
        self._kept = time.monotonic()

    def add(self, read: ReadArticle, file: str, *, beside: bool = False, corrections: Collection[str] = ()) -> None:
        """Add one article of a file with all that was read out of it.

        `beside` says that only other articles may date it, `corrections` are the ids of those that may concern it.
        """
        self._rows.add(read, file, beside=beside, corrections=corrections)
        self._added += 1

    def fold(self) -> None:
        """Note which articles copy each other and which sentences they share."""
        fold(self._db)

    def finish(self, fingerprint: str, meta: dict[str, str]) -> None:
        """Write what is known at the end: the places with their counts, the regions, what was built from what."""
        placeholder = secrets.token_hex(32)  # as long as the seal that takes its place
        self._db.execute("delete from meta")
        about = {"version": VERSION, "readers": self._readers, "fingerprint": fingerprint, SEAL: placeholder}
        for key, value in {**meta, **about}.items():
            self._rows.insert("meta", key, value)
        self._keep()
        self.held.drop_unused()
        self._db.executescript(INDEXES)
        for table in ATTRIBUTES:
            self._db.execute(
                "insert or ignore into gpkg_contents(table_name, data_type, identifier) values (?, 'attributes', ?)",
                (table, table),
            )
        counted = count_mentions(self._db)
        places = place_layer(self._db, self._gazetteer, counted)
        self._db.execute("delete from places")
        if self._db.execute("select 1 from gpkg_contents where table_name = 'regions'").fetchone():
            self._db.execute("delete from regions")
        self._db.commit()
        self._db.close()
        places.to_file(self._draft, layer="places", driver="GPKG", mode="a")
        codes = set(places.region) | set(places.country) | set(places.outline)
        regions = read_regions(codes - {""})
        regions = regions[["code", "name", "level", "country", "iso", "type", "geometry"]]
        regions.to_file(self._draft, layer="regions", driver="GPKG", mode="a")
        with closing(sqlite3.connect(self._draft)) as finished:
            finished.executescript(LAYER_INDEXES)
            write_rollups(finished, counted)
            finished.commit()
            (articles,) = finished.execute("select count(*) from article_rows").fetchone()
            if 2 * self._added > articles:
                _pack(finished, self._draft)
        put_seal(self._draft, placeholder)


def _pack(index: sqlite3.Connection, draft: Path) -> None:
    """Put an index into the place of its draft without the gaps that are left where many tables grow side by side."""
    packed = draft.with_name("packed")
    packed.unlink(missing_ok=True)
    index.executescript("insert into passages_fts(passages_fts) values ('optimize')")
    index.execute(f"pragma page_size={PAGE}")
    index.execute("vacuum into ?", (str(packed),))
    index.close()
    packed.replace(draft)
