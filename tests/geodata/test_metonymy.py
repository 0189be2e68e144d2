"""How a name is used: for the place, for those who act for it, for its people, or inside another name."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.recognition import find_toponyms
from geodata.records import Resolution, Toponym
from geodata.resolution import resolve
from geodata.text import Text
from geodata.usage import role_of
from geodata.usage.metonymy import locate, read_names
from geodata.usage.syntax import TextSyntax
from geodata.usage.word_lists import open_words


def read(text, gazetteer):
    """The readings of a text by the name as written; the last counts where a name is said twice."""
    toponyms = find_toponyms(text, gazetteer)
    readings = read_names(text, toponyms, resolve(text, toponyms, gazetteer))
    assert len(readings) == len(toponyms)
    return {toponym.text: reading for toponym, reading in zip(toponyms, readings, strict=True)}


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        # those who act for it: the subject of a verb of saying or doing
        ("Baku claims that the road is open.", "Baku", "metonymic"),
        ("After long talks Ankara has accused its neighbour of spying.", "Ankara", "metonymic"),
        ("Officials said that Moscow wants a treaty.", "Moscow", "metonymic"),
        # the speaker behind what was said, as the last of what looks like a list
        ("Shells fell near Goris and Tegh, Yerevan said.", "Yerevan", "metonymic"),
        ("A guard was shot in Goris, Armenia said, and two were hurt.", "Armenia", "metonymic"),
        ("Two were killed near Jermuk, Yerevan reported late on Monday.", "Yerevan", "metonymic"),
        ("Residents of Goris, Armenia said they heard shots.", "Armenia", "literal"),
        ("France, Germany and Poland agreed to send help.", "Germany", "metonymic"),
        ("Brazil beat Chile 2-1 in the final.", "Brazil", "metonymic"),
        ("Moscow is in close contact with its neighbours.", "Moscow", "metonymic"),
        ("Baku is in the east of the country.", "Baku", "literal"),  # no contact, no dealing
        # who speaks, whatever leads up to it, and who is called on
        ("After Yerevan reported that it had lost ten men, Baku kept silent.", "Yerevan", "metonymic"),
        ("The envoy called on Yerevan to hold its fire.", "Yerevan", "metonymic"),
        ("Fire crews were called on Monday to Yerevan.", "Yerevan", "literal"),
        ("Abuja has vowed to crush the gunmen.", "Abuja", "metonymic"),
        ("Two villages were handed over to Baku.", "Baku", "metonymic"),
        ("Beijing lodged a protest with Manila.", "Manila", "metonymic"),
        ("The ball is in Tehran's court.", "Tehran", "metonymic"),
        ("Talks between Juba and the rebels resumed.", "Juba", "metonymic"),
        # who acts behind a list of places, in a clause of its own; but the last of a list
        ("Gunmen stormed a hotel in Gwadar, Pakistan, and Islamabad vowed revenge.", "Islamabad", "metonymic"),
        ("Rain fell in Lima, Cusco, and Puno.", "Puno", "literal"),
        # what a capital undergoes is felt there
        ("Khartoum witnessed heavy clashes on Friday.", "Khartoum", "literal"),
        ("Antananarivo saw a third day of protests, and the army moved in.", "Antananarivo", "literal"),
        # those who hold office over a province
        ("Kaduna governor Uba Sani ordered a search.", "Kaduna", "office"),
        ("The road is shut, the head of the Zaporizhzhia region said.", "Zaporizhzhia", "office"),
        ("The governor of Kano prison fled.", "Kano", "literal"),
        ("Gaza's health ministry said nine died.", "Gaza", "metonymic"),
        # a hyphen makes it an attribute of what follows
        ("Iran-backed fighters met near the town.", "Iran", "metonymic"),
        ("A Hong Kong-flagged ship left the port.", "Hong Kong", "metonymic"),
        ("The Paris-based agency sent a reporter.", "Paris", "demonym"),
        ("A London-born man was held in Vienna.", "London", "demonym"),
        ("He crossed the Caspian-based routes.", "Caspian", "literal"),  # a sea does nothing
        # documents are named after places, battles are fought at them
        ("They signed the Treaty of Versailles.", "Versailles", "part_of_name"),
        ("The Black Sea Grain Initiative ended.", "Black Sea", "part_of_name"),
        ("The Battle of Kharkiv went on for weeks.", "Kharkiv", "literal"),
        # what is done to it by name
        ("The council imposed sanctions against Iran.", "Iran", "metonymic"),
        ("Relations between Russia and Georgia are poor.", "Georgia", "metonymic"),
        ("The treaty was signed by Spain last year.", "Spain", "metonymic"),
        # a noun after it that names who acts
        ("U.S. officials said the talks would go on.", "U.S.", "metonymic"),
        ("Iranian ships left after Iran army units fired.", "Iran", "metonymic"),
        ("The village was captured by Russia on Sunday.", "Russia", "metonymic"),
        ("Two died in U.S. strikes near the town.", "U.S.", "metonymic"),
        ("The dam burst, Libya's interior ministry said.", "Libya", "metonymic"),
        # places
        ("Lyon is bordered by Switzerland.", "Switzerland", "literal"),
        ("Somalia: Bomb kills five in Mogadishu", "Somalia", "literal"),
        ("Geneva will host the talks next week.", "Geneva", "literal"),
        ("A fire destroyed a market in Yerevan.", "Yerevan", "literal"),
        ("She was born in Sweden and moved to Oslo.", "Oslo", "literal"),
        ("Tents stand along the border with Azerbaijan.", "Azerbaijan", "literal"),
        ("The road from Goris to Stepanakert is closed.", "Stepanakert", "literal"),
        ("The plant is in Springfield, Illinois, by the lake.", "Illinois", "literal"),
        ("Snow fell in the north of Armenia.", "Armenia", "literal"),
        ("Heavy rain fell across Germany and Poland.", "Poland", "literal"),
        # nothing that could act
        ("The Caspian Sea has lost much water, and the Caspian Sea said so.", "Caspian Sea", "literal"),
        # where a report was filed, in capitals, and where a picture was taken
        ("YEREVAN (Reuters) - The minister resigned on Monday.", "YEREVAN", "literal"),
        ("Armenia - The president visits a school, 4 May 2021.", "Armenia", "literal"),
        # peoples
        ("Armenian farmers sold apples.", "Armenian", "demonym"),
        ("They met at the Armenian-Azerbaijan border.", "Azerbaijan", "demonym"),
        # a part of another name
        ("Armenia's Defence Ministry was silent.", "Armenia", "part_of_name"),
        ("He saw the Ministry of Justice of Armenia.", "Armenia", "part_of_name"),
        ("He fought in the first Karabakh war.", "Karabakh", "part_of_name"),
        # the holder of an office; one of a town is no state's
        ("The Prime Minister of Armenia resigned.", "Armenia", "office"),
        ("The presidents of Azerbaijan and Turkey met.", "Turkey", "office"),
        ("The U.S. Secretary of State flew home.", "U.S.", "office"),
        ("The mayor of Lyon opened a bridge.", "Lyon", "literal"),
    ],
)
def test_reading(text, name, wanted, gazetteer):
    reading = read(text, gazetteer)[name]
    assert reading.reading == wanted, reading
    assert 0.5 <= reading.probability <= 1


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Baku claims that the road is open.", "Baku", "'Baku claims': it speaks, so the government is meant"),
        ("A fire destroyed a market in Goris.", "Goris", "'in Goris': a place where something is"),
        ("Tents stand along the border with Azerbaijan.", "Azerbaijan", "'border with Azerbaijan': the land is meant"),
        ("Sanctions on Baku were lifted.", "Baku", "'Sanctions on Baku': a party, so the government is meant"),
        ("He led the Ministry of Trade of Iran.", "Iran", "'Ministry of Trade of Iran': the name of an organisation"),
        ("The king of Spain resigned.", "Spain", "'king of Spain': an office"),
    ],
)
def test_reason(text, name, reason, gazetteer):
    assert read(text, gazetteer)[name].reason == reason


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("A fire destroyed a market in Goris.", "Goris", "happened"),
        ("Shells hit houses near the towns of Goris and Jermuk.", "Jermuk", "happened"),
        # met or said there
        ("They spoke after a summit in Prague.", "Prague", "met"),
        ("The ministers met on Monday in Astana.", "Astana", "met"),
        ("She said in Vienna that it was over.", "Vienna", "met"),
        ("The ministers met in the Kazakh capital, Astana.", "Astana", "met"),
        ("They held talks in the resort town Sochi.", "Sochi", "met"),
        # another clause's meeting is not here
        ("They met, and a fire broke out in Goris.", "Goris", "happened"),
        # a direction
        ("The column drove toward Kherson.", "Kherson", "target"),
        ("They fired in the direction of Jermuk.", "Jermuk", "target"),
        # a place that nobody names as a place has none
        ("Baku claims that the road is open.", "Baku", ""),
    ],
)
def test_role(text, name, role, gazetteer):
    assert read(text, gazetteer)[name].role == role


@pytest.mark.parametrize(
    ("role", "events", "until", "published", "wanted"),
    [
        ("happened", {"attack"}, None, date(2022, 9, 14), "happened"),
        ("happened", {"attack", "meeting"}, None, date(2022, 9, 14), "happened"),
        ("happened", {"meeting"}, None, date(2022, 9, 14), "met"),  # the event is a meeting
        ("happened", set(), None, date(2022, 9, 14), "mentioned"),  # no event there
        ("met", set(), None, date(2022, 9, 14), "met"),  # the sentence has told of it
        ("target", set(), None, date(2022, 9, 14), "target"),
        ("happened", {"attack"}, date(2020, 10, 4), date(2022, 9, 14), "background"),  # two years before
        ("met", {"attack"}, date(2020, 10, 4), date(2022, 9, 14), "background"),
        ("happened", {"attack"}, date(2021, 9, 14), date(2022, 9, 14), "happened"),  # a year to the day
        ("happened", {"attack"}, date(2023, 1, 1), date(2022, 9, 14), "happened"),  # ahead
        ("happened", {"attack"}, None, date(2022, 9, 14), "happened"),  # no date of its own
        ("happened", {"attack"}, date(2020, 10, 4), None, "happened"),  # nothing to count from
        ("", set(), date(2020, 10, 4), date(2022, 9, 14), ""),  # an actor has no role
    ],
)
def test_role_in_the_light_of_events_and_dates(role, events, until, published, wanted):
    assert role_of(role, events=events, until=until, published=published) == wanted


def test_other_mentions_of_a_capital_speak_for_it(gazetteer):
    unclear = "Baku remained close to the mission."
    text = f"Baku claims that it won. Baku denied this. Baku accused its neighbour. {unclear}"
    alone = read(unclear, gazetteer)["Baku"]
    among = read(text, gazetteer)["Baku"]
    against = {"metonymic": among.probability, "literal": 1 - among.probability}[among.reading]
    assert against > {"metonymic": alone.probability, "literal": 1 - alone.probability}[alone.reading]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Russian Foreign Ministry was silent.", "part_of_name"),
        ("The Russian Central Bank was silent.", "part_of_name"),
        (
            "The Russian President Vladimir Putin was silent.",
            "demonym",
        ),  # an office, but none named "Russian President"
        ("The Russian parliament was silent.", "demonym"),  # no proper name
    ],
)
def test_demonym_in_a_name(text, wanted):
    toponym = Toponym(4, 11, "Russian", "demonym")
    (reading,) = read_names(text, [toponym], [Resolution(toponym, None, 0.0, "")])
    assert reading.reading == wanted


def test_no_names(gazetteer):
    assert read_names("Rain fell.", [], []) == []


@given(st.text("ab AB.,'’(-\n“”sINof12—", max_size=80), st.data())
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text, data):
    """Whatever the words and wherever the name: a reading with a reason, and its own quotation marks."""
    tokens = Text(text).tokens
    count = len(tokens)
    if not count:
        return
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, min(count - 1, first + 2)))
    toponym = Toponym(tokens.start[first], tokens.end[last], text[tokens.start[first] : tokens.end[last]], "name")
    assert locate(tokens, toponym.start, toponym.end) == (first, last)
    syntax = TextSyntax(tokens, [(first, last)], open_words()).of(0)
    assert syntax.start <= first <= last < syntax.stop <= count
    (reading,) = read_names(text, [toponym], [Resolution(toponym, None, 0.0, "")])
    assert reading.reason and 0.5 <= reading.probability <= 1
