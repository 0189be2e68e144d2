"""What is remembered of files that were read whole: what the system says is as it was is not read again, as git has it.

It is kept in the user's cache, beside no file and in none, which would differ with every copy.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from typing import Any

from platformdirs import user_cache_path

# Of a file that changed so shortly before it was read another change may bear the same time: it is read again.
TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system


def standing_of(file: Path | str) -> Sequence[int]:
    """Return size, times of change and number of a regular file, which no change leaves all as they were."""
    try:
        found = os.stat(file)  # noqa: PTH116 - a hundred thousand times
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino] if S_ISREG(found.st_mode) else []


def is_settled(standing: Sequence[int], read_at: int) -> bool:
    """Say whether a file that stood so when it was read, in nanoseconds, shows any change since."""
    return bool(standing) and max(standing[1:3]) + TICK < read_at


def recall(kind: str, path: Path) -> dict[str, Any]:
    """Return what is remembered of a file or a folder, nothing where that is lost."""
    with suppress(OSError, ValueError):
        kept = json.loads(_kept_at(kind, path).read_bytes())
        if isinstance(kept, dict):
            return kept
    return {}


def remember(kind: str, path: Path, told: dict[str, Any]) -> None:
    """Remember something of a file or a folder, in place of what was."""
    kept_at = _kept_at(kind, path)
    with suppress(OSError):  # without a cache all is read
        kept_at.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=kept_at.parent, delete=False) as written:
            json.dump(told, written, separators=(",", ":"))
        Path(written.name).replace(kept_at)


def _kept_at(kind: str, path: Path) -> Path:
    mark = blake2b(os.fsencode(path.resolve()), digest_size=8).hexdigest()
    return user_cache_path("dateline", appauthor=False) / kind / f"{mark}.json"
