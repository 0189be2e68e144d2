"""Every regular expression of the code takes time in proportion to the text, whatever the text."""

import json
import re
import subprocess
import sys

import pytest
from builders import ROOT
from expressions import calls, slow

pytestmark = pytest.mark.slow

# What must be found to be slow, each another kind.
BAD = [
    # a repetition inside another, which may part one text in many ways
    (r"(?:\s+|,|\b(?:and|or|in|on|at|near|of|the)\b|&|[A-Z][\w’'.-]*)*", 0),
    (r"(?:\w+\s*)+\.", 0),
    (r"(a|ab|b)*c", 0),
    # two that may share one stretch between them
    (r"\s*,?\s*;", 0),
    (r"[^a-z\n]*(?:[^\W\d_a-z][^\W\d_]*[\s,.()/-]*){0,6}", 0),
    # one that is tried again from every place of the same stretch
    (r"\s*\n", 0),
    (r".*x", 0),
    (r"<!--.*?-->", re.DOTALL),
    (r"(?:\w+\s+)*$", 0),
    (r"(?=.*:\d\d)[\d:]+", 0),
]
# What looks like these and is not slow.
GOOD = [
    (r"(?<!\s)\s*\n", 0),
    (r"\A(?:\w++\s*+)++\.", 0),
    (r"\s{0,40},?\s{0,40};", 0),
    (r"\b\w+$", 0),
    (r"\A.*x", 0),
    (r"\w{1,200}\.", 0),
]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """All patterns, each with its flags and where it is compiled, and the calls whose pattern is not known."""
    folder = tmp_path_factory.mktemp("expressions")
    made = subprocess.run(
        [sys.executable, ROOT / "tests" / "expressions.py", folder],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def test_the_pattern_of_every_call_is_known(collected):
    """A pattern that is made as the code runs, and that no text of ours led to, would go unmeasured."""
    patterns, unknown = collected
    assert unknown == []
    assert len(patterns) > 250
    assert sum(1 for _ in calls()) > 200


@pytest.mark.parametrize(("pattern", "flags"), BAD)
def test_what_is_slow_is_found(pattern, flags):
    # A second look, because a processor with other things to do may hide how the time grows.
    assert slow(re.compile(pattern, flags)) or slow(re.compile(pattern, flags))


@pytest.mark.parametrize(("pattern", "flags"), GOOD)
def test_what_is_not_slow_is_let_alone(pattern, flags):
    assert slow(re.compile(pattern, flags)) == ""


def test_no_pattern_is_slow(collected):
    found = {
        f"{file}:{line} {pattern[:200]}": slow(re.compile(pattern, flags))
        for pattern, flags, (file, line) in collected[0]
    }
    assert [name for name, attack in found.items() if attack] == []
