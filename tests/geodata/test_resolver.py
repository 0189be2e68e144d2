"""What the names of a text mean together: nearness, containers, contested names, and honest doubt."""

import pytest
from builders import geoparse, km, meant, point
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.recognition import find_toponyms
from geodata.records import Toponym
from geodata.resolution import resolve

# (text, name, kind, country, where)
CASES = [
    # the countries of a text decide between places of one name
    ("Talks in Tbilisi: the president of Georgia met Armenia's envoy.", "Georgia", "country", "GE", None),
    ("In Atlanta, the governor of Georgia met envoys from Alabama and Florida.", "Georgia", "admin1", "US", None),
    ("Shells fell near Goris in Armenia.", "Goris", "city", "AM", (46.34, 39.51)),
    ("Fighting in Syunik, Gegharkunik and Vayots Dzor in Armenia went on.", "Gegharkunik", "admin1", "AM", None),
    ("Fighting in Syunik, Gegharkunik and Vayots Dzor in Armenia went on.", "Syunik", "admin1", "AM", None),
    # what the text itself says
    ("A storm struck Paris, Texas.", "Paris", "city", "US", (-95.55, 33.66)),
    ("A storm struck Paris, France.", "Paris", "city", "FR", (2.35, 48.85)),
    ("He moved to London, Ontario, in May.", "London", "city", "CA", (-81.23, 42.98)),
    ("The plane left Moscow (Russia) for Yerevan.", "Moscow", "city", "RU", (37.62, 55.75)),
    ("A coup failed in Victoria, the capital of the Seychelles.", "Victoria", "city", "SC", (55.45, -4.62)),
    ("Fire swept through Santa Ana, a town in El Salvador.", "Santa Ana", "city", "SV", (-89.56, 13.99)),
    ("Miners blocked the road at Chala, in Arequipa.", "Chala", "city", "PE", (-74.25, -15.87)),
    # near a place that it names
    ("Troops shelled Hays, south of Hodeidah.", "Hays", "city", "YE", (43.48, 13.93)),
    # the only country spoken of in which there is one, by its name, its people, its rulers or who fights there
    ("A roof fell in Santiago, in the Dominican Republic.", "Santiago", "city", "DO", (-70.7, 19.45)),
    ("Lebanese troops were sent to Tripoli.", "Tripoli", "city", "LB", (35.84, 34.43)),
    ("A mine collapsed near Cajamarca, officials in Colombia said.", "Cajamarca", "city", "CO", (-75.43, 4.44)),
    ("Hezbollah buried a commander in Tripoli.", "Tripoli", "city", "LB", (35.84, 34.43)),
    ("Maduro opened a clinic in Valencia.", "Valencia", "city", "VE", (-68.0, 10.16)),
    ("Blackouts hit Holguin, Bayamo and Santiago.", "Santiago", "city", "CU", (-75.82, 20.02)),
    ("Residents of Palma fled by boat to Pemba.", "Palma", "village", "MZ", (40.48, -10.77)),
    # but not beside a place that is known far better
    ("Talks went on in Paris. Two died in Market, Ohio.", "Paris", "city", "FR", (2.35, 48.85)),
    ("Canadian officials met in London.", "London", "city", "GB", (-0.13, 51.51)),
    ("American officials met in Athens.", "Athens", "city", "GR", (23.73, 37.98)),
    # a town abroad of a country's name counts for one who speaks of its country alone
    ("Floods hit Ottawa, Joliet and Peru in Illinois.", "Peru", "city", "US", (-89.13, 41.33)),
    # the well-known one where nothing else is said
    ("The talks in Paris failed.", "Paris", "city", "FR", (2.35, 48.85)),
    ("The parade in Moscow was cancelled.", "Moscow", "city", "RU", (37.62, 55.75)),
    ("Russia and the U.S. agreed, Moscow and Washington said.", "Washington", "city", "US", (-77.04, 38.9)),
    ("Ukraine's army left; in Kyiv, crowds met.", "Kyiv", "city", "UA", (30.52, 50.45)),
    # two containers of one name
    ("Tbilisi, Georgia, was quiet; Atlanta, Georgia, and Alabama were not.", "Tbilisi", "city", "GE", (44.83, 41.69)),
    ("Tbilisi, Georgia, was quiet; Atlanta, Georgia, and Alabama were not.", "Atlanta", "city", "US", (-84.39, 33.75)),
    # lists are no addresses
    ("Cases rose in Texas, Washington, West Virginia and Wyoming.", "Washington", "admin1", "US", None),
    ("He urged Armenia, Georgia, Iraq, Iran and Syria to be cautious.", "Iraq", "country", "IQ", None),
    # a country rather than its capital's province, a region rather than a suburb
    ("Health officials in Mexico found ten cases; Mexican doctors met.", "Mexico", "country", "MX", None),
    ("From Baltimore, Maryland, he wrote of the Middle East.", "Middle East", "region", "", None),
    # the letters as they are written
    ("Şuşa was shelled overnight.", "Şuşa", "city", "AZ", (46.75, 39.76)),
    ("A train left Susa for Turin in Italy.", "Susa", "city", "IT", (7.05, 45.14)),
    # the town rather than the province of its name, unless the words beside it say so
    ("Kherson burned for two days.", "Kherson", "city", "UA", (32.62, 46.64)),
    ("The talks in Salzburg failed.", "Salzburg", "city", "AT", (13.04, 47.8)),
    ("Three buses left Rio de Janeiro at noon.", "Rio de Janeiro", "city", "BR", (-43.2, -22.9)),
    ("Fighting spread across Kherson on Monday.", "Kherson", "admin1", "UA", None),
    ("The governor of Salzburg resigned.", "Salzburg", "admin1", "AT", None),
    # what is written beside a name, and what only one country's or state's news writes
    ("The disease was found on a Washington state farm, Oregon said.", "Washington", "admin1", "US", None),
    ("Call Athens police at 903-675-0000, the sheriff said.", "Athens", "city", "US", (-95.86, 32.2)),
    # the dateline
    ("LONDON, Ont. - A man drove to Windsor and Hamilton.", "Windsor", "city", "CA", (-83.03, 42.3)),
    ("ATHENS, Ga. (AP) - Students in Athens marched.", "Athens", "city", "US", (-83.38, 33.96)),
    # a first word in full or short
    ("St. Petersburg's governor met Moscow officials in Russia.", "St. Petersburg", "city", "RU", (30.31, 59.94)),
    ("A storm hit Ft. Worth and Dallas, Texas.", "Ft. Worth", "city", "US", (-97.32, 32.73)),
    # one place, many names
    ("A cathedral in Shushi, Nagorno-Karabakh, was shelled.", "Shushi", "city", "AZ", (46.75, 39.76)),
    ("Roads in Azerbaijan lead to Khankendi and Shusha.", "Khankendi", "city", "AZ", (46.753, 39.818)),
    ("Trucks use the Lachin corridor in Azerbaijan.", "Lachin corridor", "corridor", "AZ", None),
]


@pytest.mark.parametrize(("text", "name", "kind", "country", "where"), CASES)
def test_means(text, name, kind, country, where):
    found = meant(text)
    assert name in found, f"{name!r} was not found among {sorted(found)}"
    entry = found[name]
    assert entry is not None
    if where:
        assert km(point(entry), where) <= 25, entry
    else:
        assert (entry.kind, entry.country) == (kind, country)


@pytest.mark.parametrize(
    ("text", "name", "id"),
    [
        ("They live in the Shusha region of Azerbaijan.", "Shusha", "147163"),  # not the town
        ("Farms in the Lachin district are for sale, Azerbaijan says.", "Lachin", "147626"),
        ("Farms in the Latchin district are for sale, Azerbaijan says.", "Latchin", "147626"),
        ("He lives in the Vayots Dzor province of Armenia.", "Vayots Dzor", "409315"),
        ("The Arpa river burst its banks in Armenia.", "Arpa", "arpa-river"),  # no town that bears its name, too
    ],
)
def test_a_class_noun_makes_it_the_unit(text, name, id):
    (entry,) = {r.entry.id for r in geoparse(text) if r.toponym.start == text.index(name) and r.entry} or {None}
    assert entry == id


def test_spellings_of_one_place_are_one_place():
    found = meant("Shusha in Azerbaijan, which Armenians call Shushi, lies near Stepanakert, or Khankendi.")
    assert found["Shusha"].id == found["Shushi"].id
    assert found["Stepanakert"].id == found["Khankendi"].id


def test_two_places_of_one_name_each_with_its_own_province():
    resolved = geoparse("He was born in Springfield, Illinois, and died in Springfield, Massachusetts.")
    towns = [(r.entry.admin1 if r.entry else None) for r in resolved if r.toponym.text == "Springfield"]
    assert towns == ["IL", "MA"]


def test_a_demonym_means_its_country():
    found = meant("Armenian and Azerbaijani officials met Kazakhs.")
    assert {name: entry.country for name, entry in found.items()} == {
        "Armenian": "AM",
        "Azerbaijani": "AZ",
        "Kazakhs": "KZ",
    }


# ---- what a resolution says of itself


def test_every_toponym_gets_one_resolution_in_order():
    text = "Goris, Jermuk and Sotk in Armenia were shelled; in Springfield nobody knew."
    resolved = geoparse(text)
    starts = [resolution.toponym.start for resolution in resolved]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)


def test_reasons_are_words_and_scores_are_shares():
    for resolution in geoparse("Paris, Texas, and Paris in France; Armenian officials met in Yerevan and Springfield."):
        assert 0 <= resolution.share <= 1
        assert len(resolution.reason.split()) >= 3
        assert resolution.entry not in resolution.runners_up
        assert len({other.id for other in resolution.runners_up}) == len(resolution.runners_up)


def test_a_name_of_one_place_is_sure_and_one_of_many_is_not():
    scores = {r.toponym.text: r.share for r in geoparse("From Nagorno-Karabakh he moved to Springfield.")}
    assert scores["Nagorno-Karabakh"] == 1.0
    assert scores.get("Springfield", 0.0) < 0.9


def test_a_name_without_a_bearer_stays_undecided(gazetteer):
    toponym = Toponym(0, 13, "Zzyzwick Creek", "pattern", ())
    (resolution,) = resolve("Zzyzwick Creek", [toponym], gazetteer)
    assert resolution.entry is None
    assert resolution.share == 0
    assert resolution.reason


def test_nothing_to_resolve(gazetteer):
    assert resolve("", [], gazetteer) == []


def test_the_order_of_sentences_does_not_change_the_meaning():
    parts = ["Shells fell near Goris.", "Talks were held in Armenia.", "A bus left Tbilisi for Georgia's coast."]
    one = meant(" ".join(parts))
    other = meant(" ".join(reversed(parts)))
    assert {name: entry.id for name, entry in one.items()} == {name: entry.id for name, entry in other.items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([case[0] for case in CASES]), min_size=1, max_size=5))
def test_any_mix_of_texts_is_resolved_whole(texts):
    for resolution in geoparse("\n\n".join(texts)):
        assert resolution.entry is None or resolution.entry.name
        assert (resolution.entry is None) == (resolution.share == 0)


def test_the_outlet_beside_a_text_is_evidence(gazetteer):
    text = "The council of Springfield met on Monday."
    toponyms = find_toponyms(text, gazetteer)
    beside = find_toponyms("The Chicago Post, Illinois.", gazetteer)
    [resolution] = [r for r in resolve(text, toponyms, gazetteer, beside=beside) if r.toponym.text == "Springfield"]
    assert (resolution.entry.country, resolution.entry.admin1) == ("US", "IL")
