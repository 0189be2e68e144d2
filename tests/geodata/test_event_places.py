"""Where an event happened, among the places of its sentence: each case a shape of sentence."""

import pytest
from builders import geoparse

from geodata.tables import read_rows
from geodata.usage import find_event_places, read_names
from geodata.usage.event_places import WEIGHTS
from geodata.usage.event_words import event_kinds


def places_of(text, word):
    """Return the names of the places at which the first event of this word happened."""
    resolutions = geoparse(text)
    toponyms = [found.toponym for found in resolutions]
    events = find_event_places(text, resolutions, read_names(text, toponyms, resolutions))
    event = next(event for event in events if text[event.start : event.end] == word)
    return [toponyms[i].text for i in event.places]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        # the place behind a preposition
        ("A bomb exploded in Lyon on Monday.", "exploded", ["Lyon"]),
        ("Rebels attacked a checkpoint near Tours.", "attacked", ["Tours"]),
        # in front of the event
        ("In Lyon, protesters marched through the rain.", "marched", ["Lyon"]),
        # several places in a list
        ("Shells hit houses in Lyon and Tours.", "hit", ["Lyon", "Tours"]),
        ("Shells hit houses in Lyon, Tours and Dijon.", "hit", ["Lyon", "Tours", "Dijon"]),
        ("Thirty died in Bokkos, Mangu and Barkin Ladi in Nigeria.", "died", ["Bokkos", "Mangu", "Barkin Ladi"]),
        # so far from a place
        ("A quake struck 40 km south of Ica, Peru.", "quake", ["Ica"]),
        ("Three cities, Lyon, Tours and Dijon, came under heavy fire.", "heavy fire", ["Lyon", "Tours", "Dijon"]),
        # an event of two words
        ("A bomb went off in Lyon.", "went off", ["Lyon"]),
        ("A truck slammed into a bus in Lyon.", "slammed into", ["Lyon"]),
        ("Soldiers opened fire on a crowd in Lyon.", "opened fire", ["Lyon"]),
        # what befalls a place that stands in front of it
        ("Lyon was shelled overnight.", "shelled", ["Lyon"]),
        ("The town of Tours has been flattened.", "flattened", ["Tours"]),
        ("Officials in Tours said Lyon had again come under fire.", "under fire", ["Lyon"]),
        # in capitals
        ("SHELLING REPORTED IN LYON", "SHELLING", ["LYON"]),
        # a sentence that opens with a place
        ("In the Lyon region it crossed the line.", "crossed", ["Lyon"]),
        # a place of its own, without a name, in another clause
        ("In Lyon, the two men spoke about last month, since clashes on the border left many dead.", "clashes", []),
        ("In Lyon they spoke of the clashes on the border, in which two guards died.", "died", []),
        # who speaks, and where from, is not where it happened
        ("Police in Paris said that gunmen killed a guard in Lyon.", "killed", ["Lyon"]),
        # what took place, was held, began or broke out somewhere, whoever took part
        ("Talks between Paris and the teachers of Tours were held in Lyon on Friday.", "Talks", ["Lyon"]),
        ("A protest by teachers of Tours was held on Monday in Lyon and Dijon.", "protest", ["Lyon", "Dijon"]),
        ("Exercises with troops from Ohio will start in the old port of Brest.", "Exercises", ["Brest"]),
        ("Clashes between fans from Tours and Dijon broke out in Lyon.", "Clashes", ["Lyon"]),
        ("The trial of a Tours man accused of spying opened in Lyon on Thursday.", "trial", ["Lyon"]),
        ("A fire that started in Lyon reached the sea.", "fire", ["Lyon"]),
        ("Protests over the attack in Tours were held in Lyon.", "Protests", ["Lyon"]),
        ("Protests over the attack in Tours were held in Lyon.", "attack", ["Tours"]),
        ("The summit in Lyon was held in the castle of Tours.", "summit", ["Lyon", "Tours"]),
        # ... but not what another clause says
        ("Rebels attacked Tours on Monday and talks were held in Lyon.", "attacked", ["Tours"]),
        ("After the attack in Tours, a meeting was held in Lyon.", "attack", ["Tours"]),
        ("The attack in Tours and the talks were held in Lyon to be one plot.", "attack", ["Tours"]),
        # where those sit who tell of it, and where somebody comes from
        ("Gunmen killed a guard in Lyon, a source in Tours said.", "killed", ["Lyon"]),
        ("Gunmen killed a guard in Lyon, doctors told a newspaper in Tours.", "killed", ["Lyon"]),
        ("Officials in Tours said the shelling had damaged a clinic in Lyon.", "damaged", ["Lyon"]),
        ("The guard, born in Tours, was killed in Lyon.", "killed", ["Lyon"]),
        ("The firm, based in Tours, said that its clerk was killed in Lyon.", "killed", ["Lyon"]),
        ("The freed man runs a chain of bakeries in Lyon.", "freed", []),
        # what may come or was threatened
        ("They could strike Lyon next.", "strike", []),
        ("They threatened to march on Lyon.", "march", []),
        ("They would strike Lyon next.", "strike", []),
        ("They will flee if talks in Lyon collapse.", "collapse", []),
        ("In May strikes hit Lyon.", "strikes", ["Lyon"]),
        # a place named for another reason
        ("A man from Marseille was shot in Lyon.", "shot", ["Lyon"]),
        ("The minister flew to Lyon.", "", None),
        ("It was cold in Lyon in March.", "", None),  # a month
    ],
)
def test_places_of_events(text, word, expected):
    if expected is None:
        resolutions = geoparse(text)
        assert not find_event_places(text, resolutions, read_names(text, [r.toponym for r in resolutions], resolutions))
    else:
        assert places_of(text, word) == expected


def test_an_event_looks_into_its_own_sentence_alone():
    assert places_of("It rained in Lyon. A mill burned.", "burned") == []


def test_no_event_is_part_of_a_name():
    text = "He lives in Battle Creek, Michigan."
    resolutions = geoparse(text)
    assert not find_event_places(text, resolutions, read_names(text, [r.toponym for r in resolutions], resolutions))


def test_tables():
    assert {"attack", "clash", "shelling", "protest", "meeting", "visit", "accident", "disaster"} <= set(
        event_kinds().values()
    )
    assert all(-8 < float(row["weight"]) < 8 for row in read_rows(WEIGHTS))
