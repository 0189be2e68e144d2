"""Every written form of the places of the shipped articles and of the contested ones, in ten sentences each."""

import pytest
from builders import read

SENTENCES = [
    "{} was shelled overnight.",
    "Shells fell near {} on Tuesday.",
    "Three people were killed in {}, officials said.",
    "{} has been without gas since March.",
    "The road from {} is closed.",
    "Two soldiers died outside {} and four were hurt.",
    "Snow fell across {}.",
    "Residents of {} fled.",
    "A convoy with flour reached {} by noon.",
    "{} came under fire again.",
]
# A place of the gazetteer, and how sources of every side write it.
TOWNS = {
    "Khankendi": ["Stepanakert", "Khankendi", "Xankəndi", "Xankendi", "Khankendy", "Stepanakert (Khankendi)"],
    "Shusha": ["Shusha", "Shushi", "Şuşa", "Shousha", "Shoushi"],
    "Laçın": ["Lachin", "Laçın", "Berdzor", "Latchin"],
    "Kalbajar": ["Kelbajar", "Kalbajar", "Kəlbəcər", "Karvachar", "Kalbacar"],
    "Aghdara": ["Martakert", "Mardakert", "Aghdara", "Ağdərə", "Agdere"],
    "Khojavend": ["Khojavend", "Xocavənd"],
    "Askyaran": ["Askeran", "Əsgəran"],
    "Hadrut": ["Hadrut", "Gadrut"],
    "Aghdam": ["Agdam", "Aghdam", "Ağdam", "Akna"],
    "Fuzuli": ["Fizuli", "Füzuli", "Fuzuli", "Varanda"],
    "Jabrayil": ["Jabrayil", "Cəbrayıl", "Jebrail"],
    "Zangilan": ["Zangilan", "Zəngilan", "Zangelan", "Kovsakan"],
    "Qubadlı": ["Gubadly", "Qubadlı", "Qubadli", "Kubatly", "Kashunik"],
    "Goris": ["Goris", "Gorus"],
    "Jermuk": ["Jermuk", "Dzhermuk", "Djermuk"],
    "Sotk": ["Sotk"],
    "Kapan": ["Kapan", "Ghapan", "Kafan"],
    "Gyumri": ["Gyumri", "Gumri", "Leninakan"],
    "Ganja": ["Ganja", "Gəncə", "Gyandzha"],
    "Yerevan": ["Yerevan", "Erivan"],
    "Baku": ["Baku", "Bakı"],
    "Zabukh": ["Zabukh", "Zabux", "Aghavno"],
}
REGIONS = {
    "Nagorno-Karabakh": [
        "Nagorno-Karabakh",
        "Nagorno Karabakh",
        "Nagorny Karabakh",
        "Mountainous Karabakh",
        "Karabakh",
    ],
    "Artsakh": ["Artsakh", "Arts'akh", "Republic of Artsakh", "Nagorno-Karabakh Republic"],
    "Syunik Province": ["Syunik", "Siunik", "Syunik province"],
    "Gegharkunik Province": ["Gegharkunik", "Gegarkunik", "Geghark'unik"],
    "Vayots Dzor Province": ["Vayots Dzor", "Vayots Dzor province"],
    "Lachin corridor": ["the Lachin corridor", "the Lachin Corridor", "the Latchin corridor", "the Lachin Road"],
    "Lachin District": ["Lachin district", "the Lachin district", "the Laçın district"],
    "Shusha District": ["the Shusha district", "the Shusha region", "the Shushi region"],
}


@pytest.mark.parametrize("form", [(place, form) for place, forms in (TOWNS | REGIONS).items() for form in forms])
def test_each_form_is_found_equally_well(form):
    place, written = form
    assert {text: told(text.format(written), written) for text in SENTENCES} == dict.fromkeys(SENTENCES, place)


def told(text, written):
    """Return the place on the map where a form is written, or what became of it."""
    start = text.index(written)
    over = [m for m in read(text).mentions if m.start < start + len(written) and m.end > start]
    if not over:
        return "missed"
    entry = over[0].resolution.entry
    return entry.name if entry and over[0].status in ("placed", "region") else over[0].status
