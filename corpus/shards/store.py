"""Where shards lie: on any file system that fsspec knows; what is being written appears when all of it is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from corpus.drafts import draft_of
from corpus.errors import CorpusError, ShardsError
from corpus.shards.tables import NO_ROWS, OF_FILES, SCHEMAS, VERSION, Tables, joined

MANIFEST, BEGUN, OWN_PLACES = "manifest.json", ".begun", "places.csv"
_OURS = re.compile(r"1[01]{0,64}b?-[0-9a-f]{16}\.parquet")
_BROKEN = (OSError, pa.ArrowException, ValueError, KeyError, TypeError)
AGAIN = "make them again: remove {where}, then python -m dashboard build FOLDER --shards {where}"


@dataclass(frozen=True, slots=True)
class Part:
    """The files of one shard, or of those of its articles that only others may date; they share a name."""

    name: str
    made_from: str  # a print of all that it depends on, of which two are told by themselves
    readers: str
    corrections: str
    read_at: str  # when its files were last found to hold this
    articles: int
    mentions: int
    waiting: int
    span: tuple[str, ...]  # the first and the last day on which an article appeared that needs no others for that
    sizes: dict[str, int]  # bytes, by dataset
    prints: dict[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a set of shards says of itself."""

    readers: str = ""  # a print of what read the articles
    built_from: str = ""  # the same with the articles and what readers corrected
    folder: str = ""
    packs: str = ""  # how they were chosen
    packs_read: tuple[str, ...] = ()
    said_before: tuple[str, ...] = ()  # of the folder, before and after what is said of its files
    said_after: tuple[str, ...] = ()
    parts: dict[str, Part] = field(default_factory=dict)  # by shard; "b" behind it: of the articles dated by others

    @property
    def articles(self) -> int:
        """How many there are."""
        return sum(part.articles for part in self.parts.values())

    @property
    def mentions(self) -> int:
        """How many there are."""
        return sum(part.mentions for part in self.parts.values())


class Store:
    """A set of shards at a path or a URL. Raises ShardsError, with the way out, wherever it cannot be used."""

    def __init__(self, where: str) -> None:
        try:
            self._files, self._root = fsspec.core.url_to_fs(where)
        except (ImportError, ValueError) as error:
            raise ShardsError(f"{where} cannot be opened: {error}") from error
        self.is_local = isinstance(self._files, LocalFileSystem)
        self.where = str(self._root) if self.is_local else where
        # Where a file can be renamed, what is new appears all at once; elsewhere the manifest comes last.
        self._fresh = f"{self._root}/{BEGUN}" if self.is_local else self._root

    def __repr__(self) -> str:
        return self.where

    @property
    def folder(self) -> Path | None:
        """The folder of a local set."""
        return Path(self._root) if self.is_local else None

    def manifest(self) -> Manifest:
        """Return what is there. Raises ShardsError where there is nothing, or of another version."""
        found = self._manifest()
        if found is None:
            way_out = "name a folder or URL that build --shards has written to"
            raise ShardsError(f"{self.where} holds no shards ({MANIFEST} is missing): {way_out}")
        return found

    def manifest_before(self) -> Manifest:
        """Return what there is to go on from, nothing where it is empty or of another version.

        Raises ShardsError where anything else is there, which stays.
        """
        try:
            found = self._manifest()
        except ShardsError:
            return Manifest()
        with self._telling("be read"):
            names = [path.rstrip("/").rpartition("/")[2] for path in self._listed(self._root)]
        if found is None and names and BEGUN not in names:
            raise ShardsError(f"{self.where} is not empty and holds no shards; name another folder with --shards")
        return found or Manifest()

    def _manifest(self) -> Manifest | None:
        try:
            told = json.loads(self._files.cat_file(f"{self._root}/{MANIFEST}"))
            version = told.pop("version")
            if version == VERSION:
                parts = {key: part_of(part) for key, part in told.pop("parts").items()}
                kept: dict[str, Any] = {key: _kept(value) for key, value in told.items()}
                return Manifest(**kept, parts=parts)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as error:
            raise self._trouble("be read", error) from error
        except Exception as error:  # whatever a file system, or a file that anybody may have written, does
            raise ShardsError(f"{self.where}/{MANIFEST} is damaged ({error}); {self._again}") from error
        raise ShardsError(f"{self.where} holds shards of version {version}, this is {VERSION}; {self._again}")

    @property
    def _again(self) -> str:
        return AGAIN.format(where=self.where)

    def begun(self) -> dict[str, Part]:
        """Return the parts that a build that was ended had written, as far as they are all there."""
        found = {}
        for path in self._listed(f"{self._root}/{BEGUN}"):
            if path.endswith(".json"):
                with suppress(Exception):  # half written, as where the power went
                    found[path.rpartition("/")[2].removesuffix(".json")] = part_of(
                        json.loads(self._files.cat_file(path))
                    )
        return self.whole(found)

    def whole(self, parts: Mapping[str, Part]) -> dict[str, Part]:
        """Return those of which all files are there."""
        there = {}
        for dataset in SCHEMAS if parts else ():
            for root in {self._root, self._fresh}:
                for path, size in self._sizes(f"{root}/{dataset}"):
                    there[dataset, path.rpartition("/")[2].removesuffix(".parquet")] = size
        return {
            key: part
            for key, part in parts.items()
            if all(there.get((dataset, part.name)) == size for dataset, size in part.sizes.items())
        }

    def write(self, key: str, part: Part, files: Mapping[str, bytes]) -> None:
        """Write the files of a part, and last that they are there."""
        with self._telling("be written"):
            if not self.whole({key: part}):
                for dataset, content in files.items():
                    self._put(f"{self._fresh}/{dataset}/{part.name}.parquet", content)
            self._put(f"{self._root}/{BEGUN}/{key}.json", json.dumps(asdict(part)).encode())

    def _put(self, path: str, content: bytes) -> None:
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(path, content)

    def publish(self, manifest: Manifest, own_places: bytes) -> None:
        """Let a manifest count, and remove what it does not name."""
        told = {"version": VERSION, **asdict(manifest)}
        named = {f"{part.name}.parquet" for part in manifest.parts.values()}
        with self._telling("be written"):
            for dataset in SCHEMAS:
                self._files.makedirs(f"{self._root}/{dataset}", exist_ok=True)
                for path in self._listed(f"{self._fresh}/{dataset}") if self.is_local else ():
                    if (name := path.rpartition("/")[2]) in named:
                        Path(path).replace(f"{self._root}/{dataset}/{name}")
            if len(self.whole(manifest.parts)) < len(manifest.parts):
                raise ShardsError(f"{self.where}: another build took away what this one had written; start it again")
            if own_places:
                self._put(f"{self._root}/{OWN_PLACES}", own_places)
            else:
                with suppress(FileNotFoundError):
                    self._files.rm_file(f"{self._root}/{OWN_PLACES}")
            content = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
            if self.folder:
                with draft_of(self.folder / MANIFEST) as draft:
                    draft.write_bytes(content)
            else:
                self._put(f"{self._root}/{MANIFEST}", content)
            for path in [path for dataset in SCHEMAS for path in self._listed(f"{self._root}/{dataset}")]:
                name = path.rpartition("/")[2]
                if name not in named and _OURS.fullmatch(name):
                    self._files.rm_file(path)
            with suppress(FileNotFoundError):
                self._files.rm(f"{self._root}/{BEGUN}", recursive=True)

    def own_places(self) -> bytes:
        """Return the readers' own list of places, nothing where there was none."""
        with self._telling("be read"), suppress(FileNotFoundError):
            return bytes(self._files.cat_file(f"{self._root}/{OWN_PLACES}"))
        return b""

    @contextmanager
    def open(self, dataset: str, part: Part) -> Iterator[pq.ParquetFile]:
        """Open a file of a part, to read what is wanted of it."""
        path = self._path(dataset, part.name)
        with (
            self._telling_of(path),
            self._files.open(path, "rb") as file,
            pq.ParquetFile(file, page_checksum_verification=True) as found,
        ):
            yield found

    @contextmanager
    def verified(self, dataset: str, part: Part) -> Iterator[pq.ParquetFile]:
        """Open a file of a part that holds just what was written: the checksums of Parquet are not of all in it."""
        path = self._path(dataset, part.name)
        with self._telling_of(path):
            content = self._files.cat_file(path)
            if print_of_file(content) != part.prints[dataset]:
                raise ValueError("it holds other bytes than were written")
            with pq.ParquetFile(BytesIO(content)) as found:
                yield found

    def rows(self, dataset: str, part: Part) -> pa.Table:
        """Return a dataset of a part, whole."""
        with self.verified(dataset, part) as found:
            return found.read()

    def tables(self, part: Part, *, of_files: bool = True) -> Tables:
        """Return all of a part."""
        return {name: self.rows(name, part) for name in SCHEMAS if of_files or name not in OF_FILES}

    @contextmanager
    def _telling_of(self, path: str) -> Iterator[None]:
        try:
            yield
        except CorpusError:
            raise
        except FileNotFoundError as error:
            raise ShardsError(f"{path} is missing; {self._again}") from error
        except PermissionError as error:
            raise self._trouble("be read", error) from error
        except _BROKEN as error:
            raise ShardsError(f"{path} is damaged ({error}); {self._again}") from error

    def _path(self, dataset: str, name: str) -> str:
        fresh = f"{self._fresh}/{dataset}/{name}.parquet"
        return fresh if self.is_local and self._files.exists(fresh) else f"{self._root}/{dataset}/{name}.parquet"

    def _listed(self, path: str) -> list[str]:
        self._files.invalidate_cache()  # other processes write there
        try:
            return [str(each) for each in self._files.ls(path, detail=False)]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _sizes(self, path: str) -> list[tuple[str, int]]:
        try:
            return [(str(each["name"]), int(each["size"] or 0)) for each in self._files.ls(path, detail=True)]
        except (FileNotFoundError, NotADirectoryError):
            return []

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        try:
            yield
        except ShardsError:
            raise
        except Exception as error:  # each file system has its own
            raise self._trouble(what, error) from error

    def _trouble(self, what: str, error: Exception) -> ShardsError:
        why = getattr(error, "strerror", None) or error
        return ShardsError(f"{self.where} cannot {what} ({why}); see that you may do that there, or name another place")


def print_of_file(content: bytes) -> str:
    """Return the print of what a file of a part holds."""
    return blake2b(content, digest_size=16).hexdigest()


def part_of(told: dict[str, object]) -> Part:
    """Return a part as JSON tells of it."""
    return Part(**{key: _kept(value) for key, value in told.items()})  # type: ignore[arg-type]


def _kept(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


NOTHING = joined([NO_ROWS])
