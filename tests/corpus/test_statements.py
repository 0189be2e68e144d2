"""Who says what: one sentence a shape, and the original articles sentence by sentence."""

import csv
from pathlib import Path

import pytest
from builders import geoparse

from corpus.attribution.quotations import find_quotations
from corpus.attribution.sides import find_sides
from corpus.attribution.statements import find_statements, statement_at
from corpus.document import Document
from corpus.ingest.passages import split_passages
from geodata.gazetteer import open_gazetteer

GOLD = Path(__file__).parent / "gold" / "statements.csv"


def statements(text):
    return find_statements(Document(text), sides=find_sides(text, geoparse(text), open_gazetteer()))


def told(text):
    """Return (speaker, what is said, mode) of each statement."""
    return [(s.speaker, text[s.start : s.end], s.mode) for s in statements(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the plain shape, with and without "that"
        ("Police said that the road was open.", [("Police", "the road was open", "indirect")]),
        ("Officials in Goris said two barns had burned.", [("Officials in Goris", "two barns had burned", "indirect")]),
        # a day, an adverb and a place between the verb and what is said
        (
            "Mayor Ann Lee also told reporters in Lyon on Tuesday that the bridge was closed.",
            [("Mayor Ann Lee", "the bridge was closed", "indirect")],
        ),
        # behind what is said, in both orders
        (
            "The bridge was closed at noon, the ministry said.",
            [("the ministry", "The bridge was closed at noon", "indirect")],
        ),
        (
            "The bridge was closed at noon, said Ann Lee, a spokeswoman for the city.",
            [("Ann Lee, a spokeswoman for the city", "The bridge was closed at noon", "indirect")],
        ),
        # a description in commas between the speaker and the verb
        (
            "On Monday, Ann Lee, spokeswoman of the rail company, said that trains would run.",
            [("Ann Lee, spokeswoman of the rail company", "trains would run", "indirect")],
        ),
        # quotations: behind, in front, on both sides, of two sentences
        ('Ann Lee said: "We will wait and see."', [("Ann Lee", "We will wait and see", "direct")]),
        ('"We will wait and see," Ann Lee said.', [("Ann Lee", "We will wait and see", "direct")]),
        (
            '"We will wait," said Ann Lee, "and we will see."',
            [("Ann Lee", "We will wait", "direct"), ("Ann Lee", "and we will see", "direct")],
        ),
        (
            "“We will wait. Nobody knows more,” Ann Lee said.",
            [("Ann Lee", "We will wait. Nobody knows more", "direct")],
        ),
        # the rest of a quotation, in a sentence of its own
        (
            "“We will wait,” Ann Lee said. “Nobody knows how long it takes.”",
            [("Ann Lee", "We will wait", "direct"), ("Ann Lee", "Nobody knows how long it takes", "direct")],
        ),
        # an agency's marks
        ("``It was a bomb,'' said a guard at the gate.", [("a guard at the gate", "It was a bomb", "direct")]),
        # any verb behind a quotation
        (
            "“The work is done,” the General Secretariat has settled.",
            [("the General Secretariat", "The work is done", "direct")],
        ),
        # according to, in front and behind
        ("According to Baku, Yerevan slowed the talks.", [("Baku", "Yerevan slowed the talks", "indirect")]),
        (
            "Yerevan slowed the talks, according to the Foreign Ministry.",
            [("the Foreign Ministry", "Yerevan slowed the talks", "indirect")],
        ),
        (
            "According to the Prime Minister of Norway, Kari Lund, the talks were slow.",
            [("the Prime Minister of Norway, Kari Lund", "the talks were slow", "indirect")],
        ),
        # the passive
        (
            "The minister was quoted as saying that talks would go on.",
            [("The minister", "talks would go on", "indirect")],
        ),
        ("The visit was confirmed by the ministry.", [("the ministry", "The visit", "indirect")]),
        # verbs whose object is what is said
        ("Turkey accused Armenia of shelling a village.", [("Turkey", "Armenia of shelling a village", "indirect")]),
        ("Russia called on both sides to hold fire.", [("Russia", "both sides to hold fire", "indirect")]),
        # one speaker, two verbs
        (
            "Ann Lee said that trains would run and added that fares would rise.",
            [("Ann Lee", "trains would run", "indirect"), ("Ann Lee", "fares would rise", "indirect")],
        ),
        # two speakers in one sentence
        (
            "After Yerevan reported that two men died, the Azerbaijani Defense Ministry claimed that only one fell.",
            [
                ("Yerevan", "two men died", "indirect"),
                ("the Azerbaijani Defense Ministry", "only one fell", "indirect"),
            ],
        ),
        # the colon of a headline
        ("Baku: two soldiers hurt in a new clash", [("Baku", "two soldiers hurt in a new clash", "indirect")]),
        # an abbreviation is no pronoun
        (
            "In the Americas, WHO says special events are being held.",
            [("WHO", "special events are being held", "indirect")],
        ),
    ],
)
def test_who_says_what(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed at noon.",
        # words that only look like cues
        "The reported cases rose to forty.",
        "He has yet to say anything and declined to comment.",
        "The ministry did not say how many were hurt.",
        "The first 32 death claims were paid on Friday.",
        "Earlier this week, the mayor declared an emergency for the city.",
        "The officer responded to the 500 block of Kelley Lane.",
        # a participle
        "They left after the decision, announced on Monday, that it must close.",
        # a table
        "Injured: 74",
        # no cue, though there is a quotation
        "The “death pool” was closed to visitors.",
        "",
    ],
)
def test_the_narrator(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # a surname: as the text introduced it, also where it said nothing then
        (
            "Armenian Premier Nikol Pashinyan flew home. Pashinyan said that talks were slow.",
            "Armenian Premier Nikol Pashinyan",
        ),
        (
            "President Ann Lee met Kenyan Minister Raila Odhiambo in Lyon. Odhiambo said it rained.",
            "Kenyan Minister Raila Odhiambo",
        ),
        # a pronoun: the last person who spoke, the last body, or the person the sentence before opened with
        ("Ann Lee said that it rained. She added that it was cold.", "Ann Lee"),
        ("The Interior Ministry said that it rained. It added that it was cold.", "The Interior Ministry"),
        ("Ann Lee said it rained. Bob Hill said it was dry. Lee walked off. She said that all was well.", "Ann Lee"),
        # an office without its name
        (
            "The city's spokesman Bob Hill said it rained. The spokesman said that it was cold.",
            "The city's spokesman Bob Hill",
        ),
    ],
)
def test_who_is_meant(text, speaker):
    assert statements(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Azerbaijani Defense Ministry said it rained.", "AZ"),
        ("The Ministry of Foreign Affairs of Armenia said it rained.", "AM"),
        # a capital speaks for its government
        ("Yerevan said that it rained.", "AM"),
        ("The Kremlin said that it rained.", "RU"),
        # the first one named
        ("The U.S. ambassador to Kenya said it rained.", "US"),
        ("A close aide to Russian President Ivan Petrov said it rained.", "RU"),
        # a body of several countries
        ("The UN said that it rained.", "UN"),
        # known from before
        ("Armenian Foreign Minister Ararat Mirzoyan flew home. Mirzoyan said that it rained.", "AM"),
        # not stated: a town, a state that is called like a country, nobody's country at all
        ("Officials in Lyon said it rained.", ""),
        ("Police said it rained.", ""),
        ("A London-based group said it rained.", ""),
    ],
)
def test_the_side(text, side):
    assert statements(text)[-1].side == side


def test_offsets_lead_back_to_the_words():
    text = "On Monday the minister, Ann Lee, said that trains would run. “We will see,” she added."
    for statement in statements(text):
        assert text[statement.cue_start : statement.cue_end] == statement.cue
        assert text[statement.speaker_start : statement.speaker_end].strip() != ""
        assert 0 <= statement.start < statement.end <= len(text)


def test_page_furniture_says_nothing():
    text = "The road is open.\n\nRead More: Police said the road was closed\n"
    assert told(text) == []


def test_the_innermost_statement_is_the_one():
    text = "Police said that the mayor had told a court that two men were hurt."
    found = statements(text)
    place = text.index("two men")
    assert statement_at(place, place + 7, found).speaker == "the mayor"
    assert statement_at(0, 6, found) is None


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes” and «no».", ["“yes”", "«no»"]),
        # a long quotation opens anew with each paragraph and closes once
        ("He said: “It rained all day.\n\n“It was cold.”", ["“It rained all day.", "“It was cold.”"]),
        # the sign of inches opens nothing
        ('A 5" pipe and a 6" pipe burst.', []),
        # single marks, but no apostrophe
        ("‘It rained,’ he said; the boys' coats weren't dry.", ["‘It rained,’"]),
    ],
)
def test_quotations(text, quoted):
    assert [text[s:e] for s, e in find_quotations(text, split_passages(text))] == quoted


def test_the_originals(shared):
    """The speaker of 85 in 100 statements of the gold, and hardly a statement that is none."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    right = sides = sided = 0
    texts = {name: (shared / "articles" / name).read_text("utf-8") for name in sorted({row["file"] for row in gold})}
    found_in = {name: statements(text) for name, text in texts.items()}
    matched = set()
    for row in gold:
        text = texts[row["file"]]
        start, end = int(row["start"]), int(row["end"])
        who = text[int(row["name_start"]) : int(row["name_end"])]
        inside = [s for s in found_in[row["file"]] if min(end, s.end) - max(start, s.start) > 0.5 * (end - start)]
        hits = [s for s in inside if who in s.speaker]
        matched.update(id(s) for s in inside)
        right += bool(hits)
        if row["side"]:
            sided += 1
            sides += any(s.side == row["side"] for s in hits)
    assert right >= 0.85 * len(gold), f"{right} of {len(gold)}"
    assert sides >= 0.85 * sided, f"{sides} of {sided}"
    every = [s for found in found_in.values() for s in found]
    assert sum(id(s) in matched for s in every) >= 0.85 * len(every)
