"""The frames of sentences that the second look learns from are well formed, many, and all different."""

import csv
import re
from collections import Counter

import pytest
from builders import ROOT

FOLDER = ROOT / "geodata" / "training" / "frames"
PLACEHOLDER = re.compile(r"\{(?:[TCRK]\d?[!~?]?|D\d?@|[AFPONWMY]\d?)\}")
REPEATED = re.compile(r"\{([TCRKDAFPO]\d)[!~?@]?\}")
AT_LEAST = {"literal": 450, "acting": 250, "other": 250, "headlines": 150, "context": 80}
NAMES_AT_LEAST = {"F": 400, "P": 400, "O": 150}


def frames(file):
    lines = (FOLDER / f"{file}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def fault(frame):
    """Return what is wrong with a frame, or nothing."""
    words = PLACEHOLDER.sub("", frame)
    if words == frame:
        return "no placeholder"
    if "{" in words or "}" in words:
        return "a placeholder or mark that is not known"
    if frame != " ".join(frame.split()):
        return "needless space"
    return ""


@pytest.mark.parametrize(
    ("frame", "wrong"),
    [
        ("{T} burned.", ""),
        ("{K1!} denied that {K1} had been hit by {D@} drones.", ""),
        # nothing to fill in
        ("The town burned.", "no placeholder"),
        # no such kind, no such mark, a mark on what has none, a demonym without its mark
        ("{T} and {X} burned.", "a placeholder or mark that is not known"),
        ("{T} and {T%} burned.", "a placeholder or mark that is not known"),
        ("{T} lost {N!} men.", "a placeholder or mark that is not known"),
        ("{D} drones hit {T}.", "a placeholder or mark that is not known"),
        # a brace left open
        ("{T} and {T burned.", "a placeholder or mark that is not known"),
        # two spaces
        ("{T}  burned.", "needless space"),
    ],
)
def test_a_fault_is_seen(frame, wrong):
    assert fault(frame) == wrong


def test_every_file_of_frames_is_looked_at():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(AT_LEAST)


@pytest.mark.parametrize("file", AT_LEAST)
def test_every_frame_parses(file):
    assert {frame: fault(frame) for frame in frames(file) if fault(frame)} == {}


@pytest.mark.parametrize("file", AT_LEAST)
def test_there_are_enough_frames(file):
    assert len(frames(file)) >= AT_LEAST[file]


def test_no_two_frames_have_the_same_words():
    words = Counter(PLACEHOLDER.sub("_", frame).casefold() for file in AT_LEAST for frame in frames(file))
    assert [frame for frame, times in words.items() if times > 1] == []


def test_literal_frames_hold_a_place_and_no_other_reading():
    wrong = [f for f in frames("literal") if re.search(r"[!~?]\}", f) or not re.search(r"\{[TCRK]\d?\}", f)]
    assert wrong == []


def test_acting_frames_hold_an_actor():
    assert [frame for frame in frames("acting") if "!}" not in frame] == []


def test_stories_name_something_twice():
    assert [f for f in frames("context") if max(Counter(REPEATED.findall(f)).values(), default=0) < 2] == []


def test_there_are_enough_names_and_none_twice():
    with (FOLDER / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["kind"], row["name"]) for row in csv.DictReader(file)]
    counts = Counter(kind for kind, _ in rows)
    assert set(counts) == set(NAMES_AT_LEAST)
    assert {kind: n for kind, n in counts.items() if n < NAMES_AT_LEAST[kind]} == {}
    assert [row for row, times in Counter(rows).items() if times > 1 or row[1] != row[1].strip() or not row[1]] == []
