"""Say of what is cited whether the words still stand where the citation says."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from corpus.exports.quoted import Quoted
from geodata.unseen import visible

SHORT = 60  # letters of words that are shown
State = Literal["stands", "moved", "differs", "gone"]


class Verdict(NamedTuple):
    """What became of the words of a citation, and that in words."""

    state: State
    words: str


class Texts:
    """The articles of an index, by their hash and by their file."""

    def __init__(self, index: sqlite3.Connection) -> None:
        rows = index.execute("select print, file, text from articles order by file").fetchall()
        self.by_print = {print: (file, text) for print, file, text in rows}
        self._by_file = {one_line(file): text for _, file, text in rows}

    @cached_property
    def plain(self) -> dict[str, str]:
        """All texts in one spacing, by their file."""
        return {file: one_line(text) for file, text in self._by_file.items()}

    def with_words(self, words: str) -> str | None:
        """Return the first file with these words, or None."""
        return next((file for file, text in self.plain.items() if words in text), None)


def verify(index: sqlite3.Connection, cited: Iterable[Quoted]) -> Iterator[Verdict]:
    """Yield for each citation what became of its words."""
    texts = Texts(index)
    for one in cited:
        yield _verdict(one, texts)


def _verdict(one: Quoted, texts: Texts) -> Verdict:
    # The longest words say most: the sentence, not the name within it.
    words = max((one_line(words) for *_, words in one.spans), key=len, default="")
    said, file = f"“{_short(words)}”" if words else "the article", one_line(one.file)
    if one.hash in texts.by_print:
        file, text = texts.by_print[one.hash]
        for start, end, quoted in one.spans:
            there, quoted = one_line(text[start:end]), one_line(quoted)
            if there != quoted:
                return Verdict("differs", f"{file}: not “{_short(quoted)}” stands there but “{_short(there)}”")
        return Verdict("stands", f"{file}: {said}")
    if file in texts.plain:
        still = bool(words) and words in texts.plain[file]
        state: State = "moved" if still else "gone"
        return Verdict(state, f"{file}: changed since; {said} {'still' if still else 'no longer'} stands in it")
    elsewhere = texts.with_words(words) if words else None
    if elsewhere:
        return Verdict("moved", f"{file}: no such article is here; {said} stands in {elsewhere}")
    return Verdict("gone", f"{file or one.hash}: no such article is here, and none with {said}")


def one_line(text: str) -> str:
    """Return words as citations have them: one space between them, and a sign for what draws nothing."""
    return visible(" ".join(text.split()))


def _short(words: str) -> str:
    return words if len(words) <= SHORT else re.sub(r"\s+\S*$", "", words[:SHORT]) + " …"
