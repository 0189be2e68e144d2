"""When and where that happened which a claim counts: its own event, else unclear, never the day of publication."""

import pytest
from builders import build, front

from corpus.index.connection import open_index

# A text of 14 September 2022, and of its last claim the days and the place.
CLAIMS = [
    # the date and the place of its own sentence
    ("A bomb killed three people in Lyon on Monday.", "2022-09-12", "2022-09-12", "Lyon"),
    (
        "In Lyon three were killed and in Marseille five were wounded on Monday.",
        "2022-09-12",
        "2022-09-12",
        "Marseille",
    ),
    # of the thing that did it
    ("They met in Lyon over last month's clashes that left 80 soldiers dead.", "2022-08-01", "2022-08-31", ""),
    ("On Monday they met in Lyon after the 2016 war, which killed 90 troops.", "2016-01-01", "2016-12-31", ""),
    # of the sentence before, which it goes on from
    ("Rebels attacked Lyon on 3 May 2021. The attack left 12 people dead.", "2021-05-03", "2021-05-03", "Lyon"),
    (
        "The sides fought a war in 2016 in Marseille.\n\nHostilities left thousands dead.",
        "2016-01-01",
        "2016-12-31",
        "Marseille",
    ),
    # what nobody says
    ("Nine soldiers were killed.", "", "", ""),
    ("The minister said that nine soldiers had been killed.", "", "", ""),
    ("Officials in Lyon said that a driver was killed.", "", "", ""),
    # of the claim beside it, with which it goes as of one event
    (
        "A raid on 3 May 2021 killed 12 guards. The rebels spoke of casualties, too, without a number.",
        "2021-05-03",
        "2021-05-03",
        "",
    ),
    ("A shell killed nine men on 3 May 2021.\n\nOfficials say that four women died, too.", "", "", ""),
    # a border lies in neither country
    ("Four guards were killed on the border between Chad and Sudan on Monday.", "2022-09-12", "2022-09-12", ""),
]


def test_the_first_of_two_counts_is_of_the_days_of_the_second(tmp_path):
    text = "The rebels first told of 19 deaths. The army then gave its own losses on Monday as 30."
    with open_index(build(tmp_path, {"a.md": front(text, date="2022-09-14")})) as index:
        days = index.execute("select since from claims order by start").fetchall()
    assert days == [("2022-09-12",), ("2022-09-12",)]


@pytest.mark.parametrize(("text", "since", "until", "place"), CLAIMS)
def test_its_own_event(tmp_path, text, since, until, place):
    with open_index(build(tmp_path, {"a.md": front(text, date="2022-09-14")})) as index:
        found = index.execute(
            "select c.since, c.until, p.name, c.basis from claims c left join mentions m on m.id = c.mention"
            " left join places p on p.id = m.place order by c.start"
        ).fetchall()
    *days, where, basis = found[-1]
    assert [day or "" for day in days] == [since, until]
    assert (where or "") == place
    assert basis
