"""Collect every regular expression of the code, and attack each with texts that are made from the pattern itself."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("geodata", "corpus", "dashboard")
USES = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
CALLS = {*(f"re.{use}" for use in USES), "pattern"}
# What few texts have: an abbreviation of another language, a slip of a name, a single victim.
SLIPS = """The Commonwealth of Independent States met. The CEI and the CSTO agreed, and the NATO stayed away.
Armenian towns, Armenian roads, Armenian hills and armenian ones; Lukashenko, Lukashenko, Lukashenko, Lukashenkko.
A soldier was killed near Goris, and shells wounded a woman.
Reports that nine guards lost their lives were false.
"""
Pattern = tuple[str, int]  # as written, and its flags
Place = tuple[str, int]  # a file, and a line of it


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield where the code makes or uses a pattern: each call of `re` and of `geodata.extents.expressions.pattern`."""
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
                yield path.relative_to(ROOT).as_posix(), node


def watch() -> tuple[dict[Pattern, Place], set[Place]]:
    """Note from here on each pattern that the code compiles, and every line that led to one."""
    seen: dict[Pattern, Place] = {}
    ran: set[Place] = set()
    compiled = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: int) -> re.Pattern[str]:
        made = compiled(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        # The second, where the first is in a function that compiles for others.
        first, *others = (_place(each.f_code.co_filename, each.f_lineno) for each in (frame, frame.f_back) if each)
        if first:  # and not a library's
            seen.setdefault(_as_text(made), first)
            ran.update(filter(None, [first, *others]))
        return made

    re._compile = noting  # type: ignore[attr-defined]
    return seen, ran


def _as_text(made: re.Pattern[Any]) -> Pattern:
    """Return a pattern for text; one for bytes as its twin."""
    if isinstance(made.pattern, bytes):
        return made.pattern.decode("latin-1"), made.flags | re.ASCII
    return made.pattern, made.flags


def _place(file: str, line: int) -> Place | None:
    """Return a place in the code, None for one outside."""
    path = Path(file)
    inside = path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in PACKAGES
    return (path.relative_to(ROOT).as_posix(), line) if inside else None


def collect(folder: Path) -> tuple[list[tuple[str, int, Place]], list[Place]]:
    """Return all patterns, and the calls whose pattern is not known; to be asked of a process that compiled none yet.

    It imports every module and reads what the shared tests read; what no text led to is worked out from the call.
    """
    seen, ran = watch()
    for package in PACKAGES:
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            # What makes the data needs packages of its own, and the page is drawn when it is imported.
            if not re.search(r"\.(?:sources|training)\b|^dashboard\.app$", module.name):
                importlib.import_module(module.name)
    read_texts(folder)
    unknown = []
    for file, call in calls():
        if any((file, line) in ran for line in range(call.lineno, (call.end_lineno or 0) + 1)):
            continue
        module = sys.modules.get(file.removesuffix(".py").replace("/", "."))
        try:
            written = eval(ast.unparse(call.args[0]), vars(module) if module else {})
            pattern = importlib.import_module("geodata.extents.expressions").pattern
            made = (pattern if ast.unparse(call.func) == "pattern" else re.compile)(written)
        except NameError:  # it holds what only the running code knows
            unknown.append((file, call.lineno))
        else:
            seen.setdefault(_as_text(made), (file, call.lineno))
    return [(*made, place) for made, place in seen.items()], unknown


def read_texts(folder: Path) -> None:
    """Read the shipped articles and those of the shared tests through every door."""
    from builders import write_corpus
    from conftest import ARTICLES
    from test_bad_input import READ

    from corpus import build, read_changed
    from corpus.explain import explain
    from geodata.gazetteer.geocoder import geocode

    read_changed.spread = lambda work, items, *, size, expected=0: map(work, items)  # in this process, which takes note
    shutil.copytree(ROOT / "corpus" / "articles", folder / "articles")
    write_corpus(
        folder / "articles", {"slips.txt": SLIPS} | ARTICLES | {name: file for name, (file, _) in READ.items()}
    )
    build.build_index(folder / "articles", folder / "index.gpkg")
    geocode("Paris, Texas")
    list(explain("Shells fell on Goris."))


REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
GROUPS = {op.SUBPATTERN: 3, op.ATOMIC_GROUP: None, op.ASSERT: 1, op.ASSERT_NOT: 1}
CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    op.CATEGORY_NOT_DIGIT: lambda char: not char.isdigit(),
    op.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    op.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}
PROBES = "aA1 \n,.-'’“\"():;/_—&<é\0"
UNITS = [
    *("A", "A ", "AAA, ", "a", "a ", " ", "\n", " \n", "1", "1,", ".", ". ", "-", "a.", "—", "“", '"', "<", "&"),
    *("a-", "A.B.", "on ", "and ", "the ", "A, ", "é"),
]
ENDS = ["\0", "\n\0"]  # what few patterns end with: the whole repetition was in vain
LONG = 20  # a repetition of so many or fewer is no danger alone
VARIANTS = 4  # texts that are made from one part of a pattern
FIRST, ENOUGH, LAST = 200, 3_200, 12_800  # characters of an attack: a start, enough to notice, and to be sure
NOTICED = 0.001  # seconds from which growth is looked at
LINEAR = 8  # times as long that four times the text may take
DEADLINE = 0.3  # seconds of one processor for one attack: what has no end ends here


def attacks(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return what a text may begin with and what it then repeats, so that repetitions of the pattern match in vain."""
    found = dict.fromkeys(("", unit) for unit in UNITS)
    for before, body in _repetitions(parser.parse(pattern.pattern, pattern.flags)):
        for variant in range(VARIANTS):
            if unit := _sample(body, variant):
                found |= dict.fromkeys([(before, unit), ("", unit), ("", before + unit), ("", before or unit)])
    return list(found)


def slow(pattern: re.Pattern[str]) -> str:
    """Return the attack under which a pattern takes more than its share of time, "" where there is none."""
    for before, unit in attacks(pattern):
        for end in ENDS:
            for name, run in (("finditer", _walk(pattern)), ("fullmatch", pattern.fullmatch)):

                def text(length: int, before: str = before, unit: str = unit, end: str = end) -> str:
                    return before + unit * (length // len(unit)) + end

                # Twice, because a processor may have other things to do.
                if (growth := _growth(run, text)) > LINEAR and _growth(run, text) > LINEAR:
                    return (
                        f"{name} of {before!r} + {unit!r} * n + {end!r} grows {growth:.0f} times for 4 times the text"
                    )
    return ""


def _walk(pattern: re.Pattern[str]) -> Callable[[str], object]:
    """Return what searches a text to its end: it does all that search and match do, and goes on."""
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _growth(run: Callable[[str], object], text: Callable[[int], str]) -> float:
    """Return how much longer four times the text takes, 0 where that is in proportion or too short to tell.

    A bounded repetition grows faster until its bound is reached, so growth counts only where it goes on.
    """
    length, less = FIRST, _seconds(run, text(FIRST))
    while less < DEADLINE:
        length *= 4
        more = _seconds(run, text(length))
        if more > NOTICED and more > LINEAR * less:  # or something else kept the processor: again
            less = min(_seconds(run, text(length // 4)) for _ in range(3))
            more = min(more, *(_seconds(run, text(length)) for _ in range(2)))
        growth = more / less
        if (growth <= LINEAR and more > NOTICED) or (more <= NOTICED and length >= ENOUGH):
            return 0.0
        if length >= LAST:
            return growth
        less = more
    return float("inf")


class _EndlessError(Exception):
    """A pattern was stopped."""


def _stop(*_: object) -> None:
    raise _EndlessError


def _seconds(run: Callable[[str], object], text: str) -> float:
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, DEADLINE)
    began = time.thread_time()
    try:
        run(text)
    except _EndlessError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return max(1e-6, time.thread_time() - began)


def _repetitions(items: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what is repeated in a parsed pattern, each with a text that leads there."""
    for kind, value in items:
        if kind in REPEATS:
            if value[1] > LONG:
                yield before, value[2]
            yield from _repetitions(value[2], before)
        elif kind in GROUPS:
            yield from _repetitions(value if GROUPS[kind] is None else value[GROUPS[kind]], before)
        elif kind in (op.BRANCH, op.GROUPREF_EXISTS):
            for branch in value[1] if kind is op.BRANCH else filter(None, value[1:]):
                yield from _repetitions(branch, before)
        before += _sample([(kind, value)], 0)


def _sample(items: Any, variant: int) -> str:
    """Return a text that a parsed pattern matches, but for what it asks of its surroundings; another each variant."""
    made = ""
    for kind, value in items:
        if kind is op.LITERAL:
            made += chr(value)
        elif kind is op.ANY:
            made += "a"
        elif kind is op.NOT_LITERAL:
            made += next(char for char in PROBES if ord(char) != value)
        elif kind is op.IN:
            chars = _members(value)
            made += chars[variant % len(chars)] if chars else ""
        elif kind is op.BRANCH:
            made += _sample(value[1][variant % len(value[1])], variant // len(value[1]))
        elif kind in REPEATS:
            made += _sample(value[2], variant) * max(value[0], min(1, value[1]))
        elif kind is op.GROUPREF_EXISTS:
            made += _sample(value[1], variant)
        elif kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
            made += _sample(value if kind is op.ATOMIC_GROUP else value[3], variant)
    return made


def _members(items: Any) -> list[str]:
    """Return some characters of a set."""

    def among(char: str, listed: Any) -> bool:
        return any(
            (kind is op.LITERAL and ord(char) == value)
            or (kind is op.RANGE and value[0] <= ord(char) <= value[1])
            or (kind is op.CATEGORY and CATEGORIES[value](char))
            for kind, value in listed
        )

    if items[0][0] is op.NEGATE:
        return [char for char in PROBES if not among(char, items[1:])]
    own = [chr(value if kind is op.LITERAL else value[0]) for kind, value in items if kind in (op.LITERAL, op.RANGE)]
    return [char for char in PROBES if among(char, items)] + own


if __name__ == "__main__":
    json.dump(collect(Path(sys.argv[1])), sys.stdout)
