"""Numbers of people and who claims them: one sentence a shape, and the casualty statements of the originals."""

import csv
from pathlib import Path

import pytest
from builders import geoparse

from corpus.attribution.casualty_claims import find_claims
from corpus.attribution.sides import find_sides
from corpus.attribution.statements import find_statements
from corpus.document import Document
from geodata.gazetteer import open_gazetteer

GOLD = Path(__file__).parent / "gold" / "claims.csv"


def claims(text):
    document = Document(text)
    return find_claims(document, find_statements(document, sides=find_sides(text, geoparse(text), open_gazetteer())))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # behind the number: passive, adjective, noun
        ("Two barns burned and 49 people died.", (49, 49, "killed", "people", "exact")),
        ("At least 49 of its soldiers were killed.", (49, None, "killed", "its soldiers", "at least")),
        ("The clash left at least 280 soldiers dead.", (280, None, "killed", "soldiers", "at least")),
        ("There were 117 deaths in May.", (117, 117, "killed", "", "exact")),
        ("Some 700,000 people fled.", (700_000, 700_000, "displaced", "people", "about")),
        ("Three men are missing.", (3, 3, "missing", "men", "exact")),
        # in front of it
        ("The blast killed about 100 villagers.", (100, 100, "killed", "villagers", "about")),
        ("It lost 50 troops in the clash.", (50, 50, "killed", "troops", "exact")),
        ("Agents arrested 239 people.", (239, 239, "arrested", "people", "exact")),
        ("The fire resulted in the deaths of more than 500 people.", (500, None, "killed", "people", "at least")),
        ("The death toll has risen to 224.", (224, 224, "killed", "", "exact")),
        ("The blast could be heard far off and wounded as many as 60 people.", (0, 60, "wounded", "people", "at most")),
        # numbers in words, ranges, scales, vague ones
        ("Twenty-two people were injured.", (22, 22, "wounded", "people", "exact")),
        ("Between 10 and 20 people were injured.", (10, 20, "wounded", "people", "between")),
        ("Floods displaced 12.5 million people.", (12_500_000, 12_500_000, "displaced", "people", "exact")),
        ("The war left thousands dead.", (1000, None, "killed", "", "in words")),
        ("Hundreds of thousands of people fled.", (100_000, None, "displaced", "people", "in words")),
        # another language's grammar
        ("There have already died near of a hundred soldiers.", (100, 100, "killed", "soldiers", "about")),
    ],
)
def test_one_number(text, expected):
    [claim] = claims(text)
    assert (claim.low, claim.high, claim.what, claim.whom, claim.wording) == expected


@pytest.mark.parametrize(
    "text",
    [
        # no people
        "A frost killed 12 deer.",
        "The team lost 12 games.",
        "Two dead young owls were found.",
        # no number of people: a day, a road, a flight, an age, a sum, a year, a share
        "The blast of August 7 killed the bill.",
        "A crash on Highway 9 killed the engine.",
        "The storm of 1999 killed nobody.",
        "It killed 40 percent of the trees.",
        # nothing that happened
        "Such a virus could kill 5,000 people.",
        "",
    ],
)
def test_no_claim(text):
    assert claims(text) == []


def test_the_number_is_of_those_who_suffered():
    """One of those who did it, of a day, a road or an age is no count; the single victim is."""
    for text in (
        "Two gunmen killed the guard.",
        "The blast of August 7 killed the guard.",
        "A crash on Highway 9 killed the driver.",
        "The fire killed a 77-year-old woman.",
        "John Smith, 45, was killed.",
    ):
        [claim] = claims(text)
        assert (claim.low, claim.high, claim.number, claim.what) == (1, 1, "one", "killed")


def test_each_number_stands_for_itself():
    text = "The raid ended in the death of 49 Armenian recruits and another 50 Azeris, the ministry said."
    first, second = claims(text)
    assert (first.low, first.whom) == (49, "Armenian recruits")
    assert (second.low, second.what, second.whom) == (50, "killed", "Azeris")
    assert text[second.start : second.end] == "another 50 Azeris"
    assert {claim.statement.speaker for claim in (first, second)} == {"the ministry"}


def test_two_claimants_of_one_sentence():
    text = "After Yerevan reported that 49 soldiers were killed, the Azerbaijani army said it had lost 50 troops."
    assert [(c.low, c.statement.speaker, c.statement.side) for c in claims(text)] == [
        (49, "Yerevan", "AM"),
        (50, "the Azerbaijani army", "AZ"),
    ]


def test_the_narrator_claims():
    assert claims("The clash left 12 people dead.")[0].statement is None


def test_words_of_caution():
    [claim] = claims("According to the minister, 49 people died, and this is not a final figure.")
    assert claim.caution == "not a final"


def test_the_ledger_of_the_originals(shared):
    """All casualty statements, each with its number, its wording and its claimant."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    for row in gold:
        text = (shared / "articles" / row["file"]).read_text("utf-8")
        start, end = int(row["start"]), int(row["end"])
        [claim] = [c for c in claims(text) if c.start < end and start < c.end]
        assert (claim.start, claim.end) == (start, end)
        assert (str(claim.low), str(claim.high or ""), claim.what) == (row["low"], row["high"], row["what"])
        wording = "not final" if "final" in claim.caution else claim.wording
        assert wording == row["wording"]
        who = text[int(row["name_start"]) : int(row["name_end"])] if row["name_start"] else ""
        assert (who in claim.statement.speaker) if who else claim.statement is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The rebels claimed to have killed dozens of soldiers.", "The rebels"),
        ("The army reported losing two men.", "The army"),
        ("The rebels reported the loss of five soldiers.", "The rebels"),
        ("The agency has documented the killing of 22 villagers.", "The agency"),
        ("Three guards were killed, the ministry wrote on its channel.", "the ministry"),
        ("The ministry wrote on its channel that three guards were killed.", "The ministry"),
        ("Hundreds were hurt, state television reported.", "state television"),
        ("By the count of the officials it took the lives of 9 guards.", "the officials"),
        ("The ministry gave its own losses in clashes against the enemy as 50.", "The ministry"),
        # what they only speak about is the narrator's
        ("The two men spoke about the clashes in which 80 soldiers died.", ""),
        # a deed claimed as one's own is no word on its dead
        ("The group claimed the attack that left 19 dead.", ""),
        ("The group claimed responsibility for the raid, which killed 19 people.", ""),
        ("The group claimed the attack on the town had left 19 people dead.", "The group"),
        ("The army admitted to losing four men.", "The army"),
    ],
)
def test_who_gives_a_number(text, speaker):
    [claim] = claims(text)
    assert (claim.statement.speaker if claim.statement else "") == speaker
