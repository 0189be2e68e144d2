"""Which stretches of a text are place names: their extent, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.recognition import find_toponyms


def written(text, gazetteer):
    return [toponym.text for toponym in find_toponyms(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The talks were held in Yerevan and Baku.", ["Yerevan", "Baku"]),
        # an Arabic article in small letters
        ("Shells fell on al-Bab in northern Syria.", ["al-Bab", "Syria"]),
        ("Clashes broke out in Deir al-Zor, Syria.", ["Deir al-Zor", "Syria"]),
        ("Fighters took Ras al-Ain and Tal Abyad in Syria.", ["Ras al-Ain", "Tal Abyad", "Syria"]),  # no Ain of France
        ("The road between Marsa al-Hilal and Derna has gone.", ["Marsa al-Hilal", "Derna"]),  # no Marsa of Malta
        ("President Bashar al-Assad and Mustafa al-Kadhimi met in Baghdad.", ["Baghdad"]),
        ("In Syria al-Qaeda fighters fled.", ["Syria"]),
        ("Clashes broke out in Baghdad during Eid al-Adha.", ["Baghdad"]),  # a feast
        ("Fighters of Kataib al-Imam left Mosul.", ["Mosul"]),  # a group
        # an address in small letters says nothing against the name
        ("Shells hit Shusha. Write to shusha@lake.example.", ["Shusha"]),
        ("Rain fell in Gori. More at @gori_news and gori.example.", ["Gori"]),
        # what draws nothing stands in a word
        ("Rain fell in Yere\u200bvan and Gyum\u00adri.", ["Yere\u200bvan", "Gyum\u00adri"]),
        ("Aid for the Syrian al-Raqqa area came.", ["Syrian", "Raqqa"]),  # listed without its article
        # the longest name
        ("He flew to New York City.", ["New York City"]),
        ("She works in the Republic of Artsakh.", ["Republic of Artsakh"]),
        ("Trucks use the Lachin corridor near Goris.", ["Lachin corridor", "Goris"]),
        ("Trucks use the Latchin corridor.", ["Latchin corridor"]),
        # no class noun in small letters, nor before "of" unless that is the name; no direction in small letters
        ("Shells hit the Mitrovica district and the Arpa river.", ["Mitrovica", "Arpa"]),
        # an article and nothing else is a river's, whatever town has its name; a hotel or a first name is none
        ("The Terek flooded a quarter of Vladikavkaz.", ["Terek", "Vladikavkaz"]),
        ("The Ganges burst its banks near Patna.", ["Ganges", "Patna"]),
        ("She works for the Volga Hotel.", []),
        ("He was called the Don of the harbour.", []),
        ("The City of Norfolk and the State of Illinois sued.", ["Norfolk", "Illinois"]),
        ("He works for the City of London.", ["City of London"]),
        ("Protests spread in the State of Mexico.", ["State of Mexico"]),
        ("Fighting moved to eastern Ukraine and Southern California.", ["Ukraine", "Southern California"]),
        ("He met Dublin City Manager Terry Gale.", ["Dublin"]),
        ("It stands on London Road by the Neches River.", ["London Road", "Neches River"]),
        ("Students of Aleppo University marched.", ["Aleppo"]),
        ("The roof fell in at St. John's, Newfoundland.", ["St. John's", "Newfoundland"]),
        # neither the article nor the possessive belongs to it
        ("Armenia's border with Azerbaijan is closed.", ["Armenia", "Azerbaijan"]),
        ("Ships cross the Caspian Sea.", ["Caspian Sea"]),
        # peoples and languages
        ("Armenian and Russian officials met Kazakhs.", ["Armenian", "Russian", "Kazakhs"]),
        ("the Armenian-Azerbaijani border", ["Armenian", "Azerbaijani"]),
        ("a Russian-led alliance", ["Russian"]),
        # abbreviations
        ("The U.S. and the EU agreed.", ["U.S.", "EU"]),
        ("He grew up in Bolingbrook, Ill., and left.", ["Bolingbrook", "Ill."]),
        ("A fire broke out in Jeffersonville, Ind. (AP)", ["Jeffersonville", "Ind."]),
        # initials stand for a name of as many words, not for a degree
        ("He moved from Albany, N.Y., to the U.S. Virgin Islands.", ["Albany", "N.Y.", "U.S. Virgin Islands"]),
        ("Nina Alvarez, M.S., R.D., and Paul Ono, M.D., M.A., spoke in Denver.", ["Denver"]),
        # somebody introduced; what is known of several words is no such pair, nor is a place with a title or a site
        ("Jordan Whitfield, a medic, died near Goris.", ["Goris"]),
        ("Brooklyn Adams, 43, who lives in Swindon, won.", ["Swindon"]),
        ("Donetsk Airport, the scene of fighting, burned.", ["Donetsk"]),
        ("Lviv Mayor Shevchuk, a doctor, spoke in Kyiv.", ["Lviv", "Kyiv"]),
        # neither an article nor a party's letter makes a person of it
        ("A Yerevan man was held.", ["Yerevan"]),
        # a slip of one letter in a name that the text has elsewhere
        (
            "In Armenia, on Armenrian territory near Goris, Armenian troops moved.",
            ["Armenia", "Armenrian", "Goris", "Armenian"],
        ),
        # a city, not its council
        ("The Dublin City Council met in Ireland.", ["Dublin", "Ireland"]),
        # but the city where that is its name
        ("The Boulder City Council met in Nevada.", ["Boulder City", "Nevada"]),
        # a public body is a place's
        ("The Michigan State Police arrested two men.", ["Michigan"]),
        # a paper, a team, a company is not
        ("The Los Angeles Times and the Boston Globe quoted Yerevan.", ["Yerevan"]),
        ("Manchester United and the Kansas City Chiefs flew to Baku.", ["Baku"]),
        ("Eurasia Business News is read in Armenia.", ["Armenia"]),
        ("Deutsche Bank, British Airways and Texas Instruments left Baku.", ["Baku"]),
        ("The Bank of America cut jobs in London.", ["London"]),
        # a member's state, a headline's
        ("Nancy Pelosi, D-Calif, told colleagues so.", ["Calif"]),
        ("Mass. legislators put off the debate.", ["Mass."]),
        # a name with a possessive in it
        ("They live on Martha's Vineyard.", ["Martha's Vineyard"]),
        # a village, a building, a region that no town bears
        ("Shells hit Zabukh and Jaghazur in Azerbaijan.", ["Zabukh", "Jaghazur", "Azerbaijan"]),
        ("Bells rang at the Ghazanchetsots Cathedral in Shushi.", ["Ghazanchetsots Cathedral", "Shushi"]),
        ("The South Caucasus is watched by the European Union.", ["South Caucasus", "European Union"]),
        ("Fighting in Nagorno-Karabakh went on.", ["Nagorno-Karabakh"]),
        # several in one sentence
        ("Shells fell on Goris, Jermuk and Sotk in Armenia.", ["Goris", "Jermuk", "Sotk", "Armenia"]),
        ("Snow closed schools in Shushi and Hadrut, Nagorno-Karabakh.", ["Shushi", "Hadrut", "Nagorno-Karabakh"]),
        ("Armenian officials said that Jermuk in Vayots Dzor was hit.", ["Armenian", "Jermuk", "Vayots Dzor"]),
        # accents and other scripts' letters
        ("Talks in São Paulo and Zürich failed.", ["São Paulo", "Zürich"]),
        ("in Xankəndi, Azerbaijan", ["Xankəndi", "Azerbaijan"]),
        # lines
        ("NEW YORK (AP) — Rain fell.", ["NEW YORK"]),
        ("He went to New\nYork on Monday.", ["New\nYork"]),
        # what follows as a container
        ("The plant is in Paris, Texas.", ["Paris", "Texas"]),
    ],
)
def test_finds(text, wanted, gazetteer):
    assert written(text, gazetteer) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ararat Mirzoyan told reporters so.",  # a first name
        "President Vladimir Putin spoke.",
        "Stanislav Zas and Anthony Marcus agreed.",
        "They met in March and again in May.",
        "The Security Council met; the Union did not.",
        "The Permanent Council and the Member States agreed.",
        "Minister and Secretary are titles.",
        "More could be said. One can make of it what one wants.",
        "The border war went on.",
        "Read it on Sunday, or on Boxing Day.",
        "He said: “Of course.”",
        "the reading of a nice and mobile phone",  # towns, but in small letters
        "Mr. Jordan and Mrs. Paris left.",
        "It is us, not them; in or out.",
        "It is certain that Ms. Corby left.",
        "",
        " \n\t ",
        "...",
        "12345 67.8",
    ],
)
def test_finds_nothing(text, gazetteer):
    assert written(text, gazetteer) == []


PIECES = st.sampled_from(
    [
        *("Goris", "New York", "Armenia", "the ", "U.S.", "of", " ", ", ", ". ", "\n", "-", "’s", "(", ")"),
        *("Vayots Dzor", "province", "Şuşa", "🦊", "\u0301", "e", "Republic of", "St. ", "Lake ", "River", "A"),
        *("\u2028", "D.C."),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=80)))
def test_spans_are_what_they_say_in_order_and_apart(gazetteer, text):
    last = 0
    for toponym in find_toponyms(text, gazetteer):
        assert text[toponym.start : toponym.end] == toponym.text != ""
        assert toponym.text == toponym.text.strip()
        assert toponym.start >= last
        last = toponym.end


def test_candidates_are_places_of_that_name(gazetteer):
    (toponym,) = find_toponyms("He lives in Springfield.", gazetteer) or [None]
    assert len(toponym.candidates) > 10
    assert len({candidate.row for candidate in toponym.candidates}) == len(toponym.candidates)


def test_the_same_text_gives_the_same_answer(gazetteer):
    text = "Shells fell near Goris. The U.S. called Baku and Yerevan."
    assert find_toponyms(text, gazetteer) == find_toponyms(text, gazetteer)


def test_a_long_line_without_an_end_is_read(gazetteer):
    assert len(find_toponyms("In Goris it rained, " * 5_000, gazetteer)) == 5_000
