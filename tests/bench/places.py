"""Measure places on gold files: `make bench GOLD="a.jsonl b.jsonl"`, or `python -m tests.bench.places a.jsonl`.

A gold file holds one document a line: {"doc", "text", "toponyms": [{"start", "end", "lat", "lon"}], "ignore"?: [[start,
end]]}; offsets count characters of the text, end exclusive; lat and lon are null where the annotators gave no point.

exact P/R/F1: the very span. e2e F1@161: the span overlaps a gold span and the point lies within 161 km; golds without a
point are left out. Acc@161, AUC (of the log error; lower is better), mean and median km: over exactly matched spans; no
answer costs half the Earth's girth. Area-adjusted: a name of a country or province is right, too, where both points lie
in that country's or province's shape, because corpora disagree on the one point that stands for it.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.folding import name_key
from geodata.gazetteer.store import open_gazetteer
from geodata.globe import great_circle_km
from geodata.records import NameType
from geodata.regions.shapes import read_regions

ROOT = Path(__file__).resolve().parents[2]
NEAR = 161.0  # km: a hundred miles
FARTHEST = 20_039.0  # km: as far as two points can be from each other, by the convention of published figures

# How a reader of readers.py is called in the tables.
READERS = {
    "all": "Dateline: places and dates",
    "places": "Dateline: places alone",
    "flashgeotext": "flashgeotext: names alone",
    "spacy": "spaCy en_core_web_sm: names alone",
}

Toponym = dict[str, Any]
FIGURES = [
    *("corpus", "reader", "golds", "exact P / R / F1", "e2e F1@161 (area)", "Acc@161 (area)", "AUC"),
    *("mean km", "median km"),
]
SPEEDS = [
    *("corpus (mean article)", "reader", "articles/s, one core", "Dateline's speed over it: all / places"),
    *("start, s", "peak, MB"),
]


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold toponym with the answer to it, if any."""

    gold: Toponym
    answer: Toponym | None
    exact: bool

    @property
    def answered(self) -> bool:
        """Whether there is an answer with a point."""
        return self.answer is not None and self.answer.get("lat") is not None

    @property
    def km(self) -> float:
        """How far the answer lies from the gold point; the farthest there is where there is no answer."""
        if not self.answered:
            return FARTHEST
        lon, lat = np.array([self.answer["lon"]]), np.array([self.answer["lat"]])
        return min(FARTHEST, float(great_circle_km(self.gold["lon"], self.gold["lat"], lon, lat)[0]))

    @property
    def near(self) -> bool:
        """Whether the answer lies within 161 km."""
        return self.km <= NEAR

    @property
    def near_or_inside(self) -> bool:
        """Whether the answer lies within 161 km, or in the same shape where the gold names one."""
        return self.near or (self.answered and share_area(self.gold, self.answer))


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one corpus; nan where nothing can be measured."""

    golds: int
    pointed: bool  # whether any answer has a point
    exact: tuple[float, float, float]  # precision, recall, F1
    e2e: float
    e2e_area: float
    accuracy: float
    accuracy_area: float
    auc: float
    mean_km: float
    median_km: float


def score(golds: Sequence[dict[str, Any]], predictions: Sequence[Iterable[Toponym]]) -> Scores:
    """Return the figures of predicted toponyms against gold documents, in the same order."""
    pairs: list[Pair] = []
    predicted = 0
    for gold, answers in zip(golds, predictions, strict=True):
        wanted = _by_span(gold["toponyms"])
        found = _counted(_by_span(answers), wanted, gold.get("ignore", ()))
        predicted += len(found)
        pairs += match(wanted, found)
    exact = [pair for pair in pairs if pair.exact]
    # What was answered to a gold without a point can be neither right nor wrong.
    asked = [pair for pair in pairs if pair.gold["lat"] is not None]
    open_to_doubt = predicted - sum(pair.answer is not None and pair.gold["lat"] is None for pair in pairs)
    resolved = [pair for pair in asked if pair.exact]
    errors = sorted(pair.km for pair in resolved)
    return Scores(
        golds=len(pairs),
        pointed=any(pair.answered for pair in pairs),
        exact=_f1(len(exact), predicted, len(pairs)),
        e2e=_f1(sum(pair.near for pair in asked), open_to_doubt, len(asked))[2],
        e2e_area=_f1(sum(pair.near_or_inside for pair in asked), open_to_doubt, len(asked))[2],
        accuracy=_mean([pair.near for pair in resolved]),
        accuracy_area=_mean([pair.near_or_inside for pair in resolved]),
        auc=_log_area(errors),
        mean_km=_mean(errors),
        median_km=statistics.median(errors) if errors else math.nan,
    )


def match(golds: dict[tuple[int, int], Toponym], found: dict[tuple[int, int], Toponym]) -> list[Pair]:
    """Pair each gold with the answer of its very span, else with the free answer that overlaps it most."""
    free = {span: answer for span, answer in found.items() if span not in golds}
    pairs = []
    for span, gold in golds.items():
        if span in found:
            pairs.append(Pair(gold, found[span], exact=True))
            continue
        best = max(free, key=lambda other: _overlap(span, other), default=None)
        answer = free.pop(best) if best and _overlap(span, best) > 0 else None
        pairs.append(Pair(gold, answer, exact=False))
    return pairs


def _by_span(toponyms: Iterable[Toponym]) -> dict[tuple[int, int], Toponym]:
    spans: dict[tuple[int, int], Toponym] = {}
    for toponym in toponyms:
        spans.setdefault((toponym["start"], toponym["end"]), toponym)
    return spans


def _counted(
    found: dict[tuple[int, int], Toponym], golds: dict[tuple[int, int], Toponym], ignored: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Toponym]:
    """Leave out the answers in stretches that the gold says nothing about, unless they touch a gold."""
    stretches = [tuple(stretch) for stretch in ignored]
    return {
        span: answer
        for span, answer in found.items()
        if not any(_overlap(span, stretch) > 0 for stretch in stretches)
        or any(_overlap(span, gold) > 0 for gold in golds)
    }


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _f1(right: int, predicted: int, wanted: int) -> tuple[float, float, float]:
    precision = right / predicted if predicted else 0.0
    recall = right / wanted if wanted else 0.0
    return precision, recall, 2 * right / (predicted + wanted) if right else 0.0


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else math.nan


def _log_area(errors: Sequence[float]) -> float:
    """Return the area under the curve of the sorted errors, on a log scale on which the farthest is 1."""
    if not errors:
        return math.nan
    logs = np.log1p(errors) / math.log(FARTHEST)
    return float(np.trapezoid(logs) / (len(logs) - 1)) if len(logs) > 1 else float(logs[0])


def share_area(gold: Toponym, answer: Toponym) -> bool:
    """Say whether both points lie in the shape of one country or province that the gold's words name."""
    both = shapely.points([(gold["lon"], gold["lat"]), (answer["lon"], answer["lat"])])
    return any(shapely.contains(shape, both).all() for shape in areas_named(gold.get("text") or ""))


@cache
def areas_named(surface: str) -> tuple[Any, ...]:
    """Return the shapes of the countries and provinces that bear a name; a demonym names none."""
    gazetteer, regions = open_gazetteer(), _regions()
    bearers = gazetteer.bearers(name_key(surface))
    rows = [bearer.row for bearer in bearers if bearer.name_type != NameType.DEMONYM]
    countries = {gazetteer.country[row] for row in rows if gazetteer.kind[row] == "country"}
    provinces = {gazetteer.region[row] for row in rows if gazetteer.kind[row] == "admin1"}
    named = (regions.level == 0) & regions.country.isin(countries) | regions.index.isin(provinces)
    return tuple(regions.geometry[named])


@cache
def _regions() -> gpd.GeoDataFrame:
    return read_regions().set_index("code")


class ReaderMissingError(ImportError):
    """A reader is not installed; it has said on standard error what to install."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in a gold file's texts, and what it took."""

    found: list[list[Toponym]]
    start: float  # seconds from the start of the process to the first text read
    rate: float  # texts a second of processor time
    peak_mb: float  # resident memory


def read(reader: str, gold: Path, *, half: str, limit: int | None = None) -> Reading:
    """Let one reader read a gold file's texts in a fresh process (see readers.py)."""
    command = [sys.executable, "-m", "tests.bench.readers", reader, str(gold.resolve()), "--half", half]
    command += ["--limit", str(limit)] if limit else []
    begin = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        start = time.perf_counter() - begin
        lines = [json.loads(line) for line in [first, *process.stdout] if line]
    if process.returncode == 2:
        raise ReaderMissingError(reader)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    *found, took = lines
    rate = (len(found) - 1) / took["seconds"] if took["seconds"] else math.nan
    return Reading(found, start, rate, took["peak_mb"] or math.nan)


def main() -> None:
    """Print a table of the figures of each gold file, and one of the speeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", metavar="GOLD.jsonl")
    parser.add_argument("--half", choices=("odd", "even", "all"), default="all", help="every second document alone")
    parser.add_argument(
        "--without-demonyms", action="store_true", help="leave 'Armenian' out, for a gold that annotates none"
    )
    parser.add_argument("--peers", action="store_true", help="read with flashgeotext and spaCy, too, where installed")
    options = parser.parse_args()
    if missing := [str(gold) for gold in options.gold if not gold.is_file()]:
        parser.error(f"there is no file {', '.join(missing)}")

    from tests.bench.readers import gold_lines  # here, so that the tests of this file need it alone

    figures, speeds = [], []
    for gold in options.gold:
        lines = list(gold_lines(gold, options.half))
        corpus = gold.stem if options.half == "all" else f"{gold.stem}, {options.half} half"
        kilobytes = sum(len(line["text"].encode()) for line in lines) / len(lines) / 1000
        readings: dict[str, Reading] = {}
        for reader in READERS if options.peers else ("all", "places"):
            with suppress(ReaderMissingError):
                readings[reader] = read(reader, gold, half=options.half)
        for reader, reading in readings.items():
            start = statistics.median(read(reader, gold, half=options.half, limit=1).start for _ in range(3))
            ratios = " / ".join(f"{readings[ours].rate / reading.rate:.2f}" for ours in ("all", "places"))
            speeds.append([f"{corpus} ({kilobytes:.1f} KB)", READERS[reader], f"{reading.rate:.0f}", ratios])
            speeds[-1] += [f"{start:.2f}", f"{reading.peak_mb:.0f}"]
            if reader != "places":
                answers = [without_demonyms(found) if options.without_demonyms else found for found in reading.found]
                figures.append([corpus, READERS[reader].split(":")[0], *_cells(score(lines, answers))])
    if options.without_demonyms:
        print("Demonyms are left out of Dateline's answers.\n")
    _print_table(FIGURES, figures)
    print()
    _print_table(SPEEDS, speeds)


def without_demonyms(answers: Iterable[Toponym]) -> list[Toponym]:
    return [answer for answer in answers if answer.get("kind") != "demonym"]


def _cells(scores: Scores) -> list[str]:
    cells = [str(scores.golds), " / ".join(f"{figure:.3f}" for figure in scores.exact)]
    if not scores.pointed:
        return cells + ["–"] * 5
    cells += [f"{scores.e2e:.3f} ({scores.e2e_area:.3f})", f"{scores.accuracy:.3f} ({scores.accuracy_area:.3f})"]
    return [*cells, f"{scores.auc:.3f}", f"{scores.mean_km:.0f}", f"{scores.median_km:.1f}"]


def _print_table(heads: list[str], rows: list[list[str]]) -> None:
    for cells in [heads, ["---"] * len(heads), *rows]:
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
