"""Which shard a file is in: by the hash of its name, so that another file moves none but where a shard splits."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

LARGEST = 6_000_000  # bytes of files in a shard: some 1,500 articles, whose rows take 200 MB while they are written
EACH = 2_000  # bytes that a file counts beside its own: of very small ones there are not too many
DEPTH = 64  # bits of the hash
ROOT = "1"


def shards_of(sizes: Mapping[str, int]) -> dict[str, list[str]]:
    """Part files, with their sizes, among shards; each is named by the first bits of its files' hashes, after a 1.

    A shard that would hold too much is two. So it follows from the files alone which shards there are, however they
    came to be.
    """
    found: dict[str, list[str]] = {}
    waiting = [(ROOT, [(_bits(file), file) for file in sizes])]
    while waiting:
        shard, files = waiting.pop()
        depth = len(shard) - len(ROOT)
        large = sum(sizes[file] + EACH for _, file in files) > LARGEST
        if large and depth < DEPTH and len({bits for bits, _ in files}) > 1:
            for bit in "01":
                waiting.append((shard + bit, [each for each in files if each[0][depth] == bit]))
        elif files:
            found[shard] = [file for _, file in files]
    return dict(sorted(found.items()))


def namesakes(files: Iterable[str]) -> dict[str, list[str]]:
    """Return files whose articles may have one id, by what they have in common: they are always in one shard."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in files:
        found[_common(file)].append(file)
    return found


def _common(file: str) -> str:
    """Return what an article's id may be made of: however accents are stored, and without what names a part."""
    return unicodedata.normalize("NFC", file).partition("#")[0]


def _bits(file: str) -> str:
    return f"{int.from_bytes(blake2b(_common(file).encode(), digest_size=DEPTH // 8).digest()):0{DEPTH}b}"
