"""The packs of places that a user has added: a folder each, with what it is and under which licence it stands."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp

from geodata.errors import GeodataError

ALL, NONE = "all", "none"  # which packs a corpus is read with; else their names with commas between them
ABOUT, PLACES, NAMES, TRIE = "pack.json", "places.parquet", "names.parquet", "names.marisa"
NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Pack:
    """What is said of a pack; a print tells two packs of one name apart by their contents."""

    name: str
    origin: str  # who made the list: GeoNames, GNS, UCDP GED, or ""
    licence: str
    file: str  # the name of the file that it was read from
    added: str  # a time, ISO
    places: int
    names: int
    print: str
    folder: Path

    def in_words(self) -> str:
        """Return the pack's name, source and licence: "pack sy: GeoNames (SY.zip), CC BY 4.0"."""
        return f"pack {self.name}: {self.origin + f' ({self.file})' if self.origin else self.file}, {self.licence}"


def installed(folder: Path) -> tuple[Pack, ...]:
    """Return the packs that lie in a folder, in the order in which they were added."""
    found = (_read(path.parent) for path in folder.glob(f"*/{ABOUT}") if NAME.fullmatch(path.parent.name))
    return tuple(sorted((pack for pack in found if pack), key=lambda pack: (pack.added, pack.name)))


def _read(folder: Path) -> Pack | None:
    with suppress(OSError, ValueError, TypeError):
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        return Pack(**{**about, "name": folder.name, "folder": folder})
    return None


def choose(choice: str, folder: Path) -> tuple[tuple[Pack, ...], list[str]]:
    """Return the packs of a choice, and which of those that it names are not there."""
    packs = () if choice == NONE else installed(folder)
    if choice in (ALL, NONE):
        return packs, []
    wanted = dict.fromkeys(filter(None, map(str.strip, choice.split(","))))
    return tuple(pack for pack in packs if pack.name in wanted), [n for n in wanted if n not in {p.name for p in packs}]


def missing(names: list[str], folder: Path) -> str:
    """Return in words that packs are not there, and the way out."""
    have = ", ".join(pack.name for pack in installed(folder)) or "none"
    return f"no pack {', '.join(map(repr, names))} is installed (there are: {have}): dateline places add FILE"


def checked(name: str) -> str:
    """Return the name of a pack. Raises GeodataError where it is none."""
    if NAME.fullmatch(name) and name not in (ALL, NONE):
        return name
    raise GeodataError(f"{name!r} is no name of a pack: give --name with small letters a-z, digits and - only")


def name_after(file: Path) -> str:
    """Return the name of a pack after its file's: "SY.zip" makes sy."""
    slug = re.sub(r"[^a-z0-9]+", "-", file.stem.lower())[:40].strip("-") or "places"
    return f"{slug}-places" if slug in (ALL, NONE) else slug


def remove(name: str, folder: Path) -> Pack:
    """Remove a pack. Raises GeodataError where there is none of that name."""
    pack = next((pack for pack in installed(folder) if pack.name == name), None)
    if pack is None:
        raise GeodataError(missing([name], folder))
    _discard(pack.folder)
    return pack


def _discard(folder: Path) -> None:
    aside = Path(mkdtemp(prefix=".", dir=folder.parent)) / folder.name
    folder.rename(aside)  # at once: who lists the packs meanwhile sees all of it or nothing
    shutil.rmtree(aside.parent)


@contextmanager
def draft(folder: Path, name: str) -> Iterator[Path]:
    """Offer an empty folder, which becomes the pack of this name when the block ends well."""
    folder.mkdir(parents=True, exist_ok=True)
    new = Path(mkdtemp(prefix=".", dir=folder))
    try:
        yield new
        if (folder / name).exists():
            _discard(folder / name)
        new.chmod(0o755)
        new.rename(folder / name)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write_about(pack: Pack, folder: Path) -> None:
    """Write what is said of a pack into its folder."""
    about = {key: value for key, value in asdict(pack).items() if key not in ("name", "folder")}
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")


def print_of(folder: Path) -> str:
    """Return a print of a pack's contents."""
    digest = blake2b(digest_size=16)
    for file in (PLACES, NAMES, TRIE):
        digest.update((folder / file).read_bytes())
    return digest.hexdigest()
