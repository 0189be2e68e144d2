"""No word is a date and a place name at once: one step decides, before anything is linked."""

import pytest
from builders import read
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "names", "dates"),
    [
        # the name holds the only date
        ("Storms hit Easter Island.", ["Easter Island"], []),
        ("Christmas Island received 40 migrants.", ["Christmas Island"], []),
        ("A man was shot in Winter Park, Florida, police said.", ["Winter Park", "Florida"], []),
        ("On Thursday Island a ferry sank.", ["Thursday Island"], []),
        ("Summerside and Summer Hill burned.", ["Summerside", "Summer Hill"], []),
        # ... beside another, which stays
        ("A fire broke out in May Pen on Sunday.", ["May Pen"], ["Sunday"]),
        ("Early Winter Park showings were cancelled.", ["Winter Park"], []),  # the date begins before the name
        # a name that is nothing but the date, with its region after it
        ("Snow fell in Christmas, Florida on Christmas.", ["Christmas", "Florida"], ["Christmas"]),
        # the date holds the name
        ("It closes around Sept. 1.", [], ["Sept. 1"]),
        ("Alexander took it in 331 BC.", [], ["331 BC"]),
        ("The road was cut in 44 BC. Rome fell.", ["Rome"], ["44 BC"]),  # its stop belongs to the name
        # a street named for a day
        ("Shells fell on March 8 Street in Goris.", ["Goris"], []),
        ("He lives on Fourth of July Avenue in Paris.", ["Paris"], []),
        ("On March 8 Goris was shelled.", ["Goris"], ["March 8"]),
        # side by side, not one in the other
        ("Monday, Goris was shelled.", ["Goris"], ["Monday"]),
        ("They met in Augusta in August.", ["Augusta"], ["August"]),
    ],
)
def test_what_is_a_name_and_what_is_a_date(text, names, dates):
    found = read(text)
    assert [mention.text for mention in found.mentions] == names
    assert [timex.text for timex in found.timexes] == dates


PIECES = [
    *("Easter Island", "Christmas", "Winter Park", "May Pen", "Friday Harbor", "Sept. 1", "331 BC", "44 BC."),
    *(", Florida", "March 8 Street", "last spring", "Spring Valley", "on Monday", "Sunday", "in 2020", "Goris"),
    *("40 dead", "killed", "police said", "and", ".", ","),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join))
def test_names_and_dates_share_no_letter(text):
    found = read(text)
    taken = [set(range(piece.start, piece.end)) for piece in (*found.mentions, *found.timexes)]
    assert sum(map(len, taken)) == len(set().union(*taken))
