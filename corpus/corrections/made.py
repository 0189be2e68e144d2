"""Make rows: what a reader says now, and what takes it back."""

from __future__ import annotations

import getpass
import secrets
from dataclasses import replace
from datetime import UTC, datetime

from corpus.corrections.table import check
from corpus.records import Correction, Scope, What


def correct(
    what: What,
    value: str,
    *,
    words: str,
    text: str,
    file: str,
    start: int = 0,
    end: int = 0,
    means: str = "",
    was: str = "",
    scope: Scope = "mention",
    who: str = "",
) -> Correction:
    """Return what a reader says of words of a text, or with no span of its article; `text` is the text's print.

    Raises ValueError with the way out where the value is none of its kind.
    """
    check(what, value)
    return Correction(
        secrets.token_hex(4), _now(), who or user(), what, value, means, scope, words, was, start, end, text, file
    )


def undoing(correction: Correction, *, who: str = "") -> Correction:
    """Return the row that undoes another; of one that undoes, what counts again."""
    return replace(
        correction,
        id=secrets.token_hex(4),
        when=_now(),
        who=who or user(),
        what="undo",
        value=correction.id,
        means=f"{correction.what} {correction.means or correction.value}".rstrip(),
        was="",
    )


def user() -> str:
    """Return who uses the system, "reader" where it does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reader"


def _now() -> str:
    """Return this moment, finely enough that of two rows the later one is known."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
