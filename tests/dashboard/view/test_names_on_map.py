"""The names that places go by."""

import pandas as pd
import pytest

from dashboard.view.naming import named

PLACES = pd.DataFrame(
    [("1", "Shushi / Shusha", "Shusha"), ("2", "Goris", "Goris"), ("3", "Latchin", "Lachin")],
    columns=["id", "name", "gazetteer_name"],
)
SPELLINGS = pd.DataFrame(
    [
        ("1", "Shushi", 2),
        ("1", "SHUSHI", 1),  # shouted, not another name
        ("2", "Goris", 1),
        ("3", "Latchin", 2),
        ("3", "Lachin", 1),
        ("3", "Berdzor", 1),
        ("3", "Kashatagh", 1),
        ("3", "Lachin town", 1),  # one too many
    ],
    columns=["place", "text", "mentions"],
)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("written", ["Shushi / Shusha", "Goris", "Latchin"]),
        ("gazetteer", ["Shusha", "Goris", "Lachin"]),
        # by the alphabet, so that no name goes before another by anyone's judgement
        ("all", ["Shusha / Shushi", "Goris", "Berdzor / Kashatagh / Lachin / Latchin"]),
    ],
)
def test_names_are_those_of_the_choice(choice, expected):
    assert list(named(PLACES, choice, SPELLINGS)["name"]) == expected
    assert list(PLACES["name"]) == ["Shushi / Shusha", "Goris", "Latchin"]  # the index's own stay as they are
