"""What was done somewhere in the words of no list: each case a shape of clause, and what leaves a place named only."""

import pytest
from builders import geoparse

from geodata.usage import find_event_places, read_names
from geodata.usage.event_words import event_kinds
from geodata.usage.plain_events import KIND


def told(text):
    """Return the verbs that are no words of events, each with the names of its places."""
    resolutions = geoparse(text)
    toponyms = [found.toponym for found in resolutions]
    events = find_event_places(text, resolutions, read_names(text, toponyms, resolutions))
    return {text[e.start : e.end]: [toponyms[i].text for i in e.places] for e in events if e.kind == KIND}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # behind its verb
        ("Cranes tipped over in Lyon.", {"tipped": ["Lyon"]}),
        ("A virus was detected in samples near Tours.", {"detected": ["Tours"]}),
        ("Builders unearthed a chapel in the old town of Lyon on Friday.", {"unearthed": ["Lyon"]}),
        ("A jet came down in a maize field outside Tours.", {"came": ["Tours"]}),
        ("A volcano spewed ash over Lyon.", {"spewed": ["Lyon"]}),
        ("Vandals daubed graves on the outskirts of Lyon.", {"daubed": ["Lyon"]}),
        ("The jet made an emergency landing in Lyon.", {"made": ["Lyon"]}),
        ("Patients are overflowing the wards in Lyon.", {"overflowing": ["Lyon"]}),
        ("Bells rang in Lyon and Tours.", {"rang": ["Lyon", "Tours"]}),
        ("Crowds thronged the main square of Lyon.", {"thronged": ["Lyon"]}),
        ("Thieves tunnelled into a jeweller's vault in Lyon.", {"tunnelled": ["Lyon"]}),
        ("They hid a hiker from Tours in a cave near Lyon for two days.", {"hid": ["Lyon"]}),
        ("They were penned in for two days in Lyon.", {"penned": ["Lyon"]}),
        ("Bells rang in Tours in Normandy.", {"rang": ["Tours"]}),
        ("Volunteers planted 10,000 oaks on a heap in Lyon.", {"planted": ["Lyon"]}),
        ("Two cases of measles have been confirmed in Lyon.", {"confirmed": ["Lyon"]}),
        # in front of it
        ("Taps are dry in Lyon, where crowds queued at pipes.", {"queued": ["Lyon"]}),
        ("In Lyon, bakers hoisted a flag.", {"hoisted": ["Lyon"]}),
        ("In the old town of Lyon bakers hoisted a flag.", {"hoisted": ["Lyon"]}),
        ("Dockers in Lyon walked off the job.", {"walked": ["Lyon"]}),
        ("Schools in Lyon have been closed.", {"closed": ["Lyon"]}),
        # a newly opened school is no verb, one that was newly opened is
        ("A newly opened school has pupils in Lyon.", {}),
        ("A school was newly opened in Lyon.", {"opened": ["Lyon"]}),
        # lasting, saying, thinking, crafting
        ("She lived in Lyon.", {}),
        ("The firm is headquartered in Lyon.", {}),
        ("The bishop said in Lyon that he was tired.", {}),
        ("They are working in Lyon.", {}),
        ("They drove cars made in Lyon.", {}),
        ("Rents in Lyon have climbed.", {}),
        # present, future to come, possible, denied
        ("The jet could have tipped over in Lyon.", {}),
        ("A factory makes cheese in Lyon.", {}),
        ("He agreed to open a shop in Lyon.", {}),
        ("It was never proved in Lyon.", {}),
        # of a noun
        ("They hugged a man from a street in Lyon.", {}),
        ("Officials in Lyon closed the file.", {}),
        ("The net was throttled by order of officials in Lyon.", {}),
        ("The oaks were donated by a nursery in Lyon.", {}),
        ("He compared the tram with the one in Lyon.", {}),
        ("She was raised in Lyon, where bells rang.", {}),
        # another clause
        ("Cranes tipped over, which many in Lyon like.", {}),
        ("Unnamed men in Lyon are tall.", {}),
        # words of events have their own places
        ("A bomb exploded in Lyon.", {}),
    ],
)
def test_what_was_done_somewhere(text, expected):
    assert told(text) == expected


def test_a_word_of_events_without_a_place_keeps_its_kind():
    text = "Ten people were trapped for days on end in a small mine of coal near Lyon."
    resolutions = geoparse(text)
    events = find_event_places(text, resolutions, read_names(text, [r.toponym for r in resolutions], resolutions))
    assert {text[e.start : e.end]: e.kind for e in events}["trapped"] == event_kinds()["trapped"]
    assert len({event.start for event in events}) == len(events)
