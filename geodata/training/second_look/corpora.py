"""The gold files whose licence lets weights be learned from them and shipped, read as examples.

Laid out as `dev/lgl.jsonl`, `dev/geovirus.jsonl`, `dev/metonymy_relocar_train.jsonl`, `dev/eventloc.jsonl` and
`ner/btc.jsonl`, `ner/wnut17.jsonl`, `ner/ewt.jsonl`, `ner/wikigold.jsonl`. Some of each is held out: every second
document of the corpora of places (to report on, as everywhere in this repository), of the others every sixth (for the
weights that stack the encoder on the fast model), every fourth sentence of the events and every fifth of the readings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geodata.gazetteer import open_gazetteer
from geodata.recognition.candidate_spans import Span, find_spans
from geodata.recognition.features import SpanFeatures
from geodata.recognition.lexicon import open_lexicon
from geodata.recognition.misspellings import mend_misspellings
from geodata.recognition.toponyms import open_weights, weigh
from geodata.text import Text
from geodata.tokens import Tokens
from geodata.training.second_look.examples import Example, Mark

PLACES = ("lgl", "geovirus")
NAMES = ("btc", "wnut17", "ewt", "wikigold")
KINDS = {"PER": "person", "ORG": "organisation", "LOC": "location", "MISC": "other"}
STACKED = 6  # of the documents to learn from, every sixth is left to the weights of the stack


def is_for_stack(number: int) -> bool:
    """Say whether a document of a corpus of places is left to the weights of the stack."""
    return number % (2 * STACKED) == 0


def is_held_event(number: int) -> bool:
    """Say whether a sentence of the corpus of events is held out."""
    return number % 4 == 3


def is_held_reading(number: int) -> bool:
    """Say whether a sentence of the corpus of readings is held out."""
    return number % 5 == 4


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a gold file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_corpora(gold: Path) -> list[Example]:
    """Return all examples that are not held out."""
    found: list[Example] = []
    for name in PLACES:
        for number, line in enumerate(read_lines(gold / "dev" / f"{name}.jsonl")):
            if number % 2 == 0 and not is_for_stack(number):
                found.append(of_places(name, line))
    for number, line in enumerate(read_lines(gold / "dev" / "eventloc.jsonl")):
        if not is_held_event(number):
            found.append(of_events(line))
    for number, line in enumerate(read_lines(gold / "dev" / "metonymy_relocar_train.jsonl")):
        if line["reading"] != "mixed" and not is_held_reading(number):
            found.append(_of_readings(line))
    for name in NAMES:
        found += [_of_names(name, line) for line in read_lines(gold / "ner" / f"{name}.jsonl")]
    return found


def find_candidates(text: str) -> tuple[Tokens, list[Span], list[list[str]]]:
    """Return what the fast model takes into account: its spans, weighed, and the features of each."""
    gazetteer, lexicon, tokens = open_gazetteer(), open_lexicon(), Text(text).tokens
    spans = find_spans(tokens, gazetteer, lexicon)
    mend_misspellings(tokens, spans, gazetteer)
    features = weigh(spans, SpanFeatures(tokens, spans, gazetteer, lexicon), open_weights()) if spans else []
    return tokens, spans, features


def of_places(name: str, line: dict[str, Any]) -> Example:
    """Return a document of a corpus of places as an example."""
    _, spans, features = find_candidates(line["text"])
    peoples = {(span.start, span.end) for span in spans if span.kind == "demonym"}
    gold = sorted({(each["start"], each["end"]) for each in line["toponyms"]})
    places = [Mark(start, end, "demonym" if (start, end) in peoples else "place") for start, end in gold]
    # Peoples are marked here and there, names within those of institutions seldom.
    unmarked = [
        (span.start, span.end)
        for span, own in zip(spans, features, strict=True)
        if not any(start < span.end and span.start < end for start, end in gold)
        and (span.kind == "demonym" or (span.kind == "name" and _in_body(own)))
    ]
    return Example(name, line["text"], places, open=unmarked)


def _in_body(features: list[str]) -> bool:
    """Say whether a span stands in the name of an institution: '[Lansing] State Journal', 'University of [Lagos]'."""
    bodies = ("press", "team", "company", "school", "body")
    plain = [feature.rpartition(": ")[2] for feature in features]
    return any(f in plain for body in bodies for f in (f"run {body}", f"before {body}", f"{body} of"))


def of_events(line: dict[str, Any]) -> Example:
    """Read a sentence in which only the places of events are marked: of other names nothing is known."""
    text, tokens = line["text"], Text(line["text"]).tokens
    capitals = [i for i, capital in enumerate(tokens.capital) if capital]
    places, taken = [], set[int]()
    for start, end in sorted({(each["start"], each["end"]) for each in line["toponyms"]}):
        inside = [i for i in capitals if tokens.start[i] >= start and tokens.end[i] <= end]  # "northern | Shabwa"
        if inside and not taken.intersection(inside):
            taken.update(range(inside[0], inside[-1] + 1))
            places.append(Mark(tokens.start[inside[0]], tokens.end[inside[-1]], "place"))
    unknown = [(tokens.start[i], tokens.end[i]) for i in capitals if i not in taken]
    readings = [Mark(start, end, "literal") for start, end, _ in places]
    return Example("eventloc", text, places, readings=readings, open=unknown)


def _of_readings(line: dict[str, Any]) -> Example:
    start, end = line["start"], line["end"]
    return Example(
        "relocar",
        line["text"],
        [Mark(start, end, "place")],
        readings=[Mark(start, end, line["reading"])],
        only_marked=True,
    )


def _of_names(source: str, line: dict[str, Any]) -> Example:
    text = line["text"]
    _, spans, _ = find_candidates(text)
    names = [Mark(start, end, KINDS[kind]) for start, end, kind in line["ner"]]
    example = Example(source, text, [], names)
    assert example.places is not None
    for start, end, kind in names:
        inside = [s for s in spans if s.start >= start and s.end <= end and s.kind in ("name", "demonym")]
        whole = [s for s in inside if (s.start, s.end) == (start, end)]
        if kind == "location":
            example.places.append(Mark(start, end, "place"))
        elif kind == "person":
            example.readings += [Mark(s.start, s.end, "person") for s in inside]
        elif kind == "other" and whole and whole[0].kind == "demonym":
            example.places.append(Mark(start, end, "demonym"))
            example.readings.append(Mark(start, end, "demonym"))
        else:
            example.open += [(s.start, s.end) for s in inside]
            if kind == "organisation":
                example.readings += [Mark(s.start, s.end, "part_of_name") for s in inside if s not in whole]
    if source != "wikigold":  # which alone marks peoples
        unmarked = list(_unmarked_peoples(spans, names))
        example.open += unmarked
        example.open_kinds += unmarked
    return example


def _unmarked_peoples(spans: list[Span], names: list[Mark]) -> Iterator[tuple[int, int]]:
    for span in spans:
        if span.kind == "demonym" and not any(n.start < span.end and span.start < n.end for n in names):
            yield span.start, span.end
