"""The view in words: every place once, and counts that add up to the map's."""

import re

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.map.map_in_words import MOST, in_words

PLACES = [
    # name, country, province, mentions
    ("Valley", "Armenia", "", 9),
    ("Goris", "Armenia", "Syunik", 3),
    ("Kapan", "Armenia", "Syunik", 1),
    ("Sotk", "Armenia", "Gegharkunik", 1),
    ("Caspian Sea", "", "", 2),
]


def places(rows):
    frame = pd.DataFrame(rows, columns=["name", "country_name", "region_name", "mentions"])
    return frame.assign(country=frame.country_name.str[:2], region=frame.region_name)


def sources(**by_code):
    return pd.DataFrame(by_code.items(), columns=["code", "sources"])


def test_provinces_stand_under_their_country_with_every_place():
    found = in_words(places(PLACES), sources(Ar=4, Syunik=2, Gegharkunik=1), sources=5, words="on 13 September 2022")
    assert found == [
        "16 mentions of 5 places, from 5 sources, on 13 September 2022.",
        "4 places in Armenia, 14 mentions, from 4 sources.",
        "— As a whole, or across provinces: Valley (9 mentions).",
        "— 2 places in Syunik, from 2 sources: Goris (3 mentions), Kapan (1 mention).",
        "— 1 place in Gegharkunik, from 1 source: Sotk (1 mention).",
        "1 place in no single country: Caspian Sea (2 mentions).",
    ]


def test_nothing_is_said_in_words():
    assert in_words(places([]), sources(), sources=0, words="in Syunik") == ["No place is named, in Syunik."]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Goris", "Kapan", "Sotk"]),
            st.sampled_from(["Armenia", "Georgia", ""]),
            st.sampled_from(["Syunik", "Lori", ""]),
            st.integers(1, 10**5),
        ),
        min_size=1,
    )
)
def test_the_mentions_named_add_up_to_those_shown(rows):
    rows = [(name, country, region if country else "", n) for name, country, region, n in rows]
    lines = in_words(places(rows), sources(), sources=1, words="")
    named = re.findall(r"\(([\d,]+) mentions?\)", "\n".join(lines))
    assert sum(int(number.replace(",", "")) for number in named) == sum(row[3] for row in rows)
    assert len(named) == len(rows)


def test_what_is_too_long_to_read_is_counted():
    rows = [(f"Place {i}", "Armenia", "Syunik", 2) for i in range(MOST + 3)]
    assert in_words(places(rows), sources(), sources=1, words="")[-1] == "And 3 places more, with 6 mentions."
