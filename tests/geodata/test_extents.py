"""Stretches, sectors, rings and lines: what a text says of where, drawn no sharper than it is said."""

import pytest
from builders import geoparse, km
from shapely.geometry import Point

from geodata.extents import find_extents
from geodata.records import GazetteerEntry, Resolution, Toponym


def extents(text):
    resolutions = geoparse(text)
    return find_extents(text, [resolution.toponym for resolution in resolutions], resolutions)


def only(text):
    (extent,) = extents(text)
    return extent


def said(text):
    """Return (kind, words of the text) of each extent."""
    return [(extent.kind, text[extent.start : extent.end]) for extent in extents(text)]


def place(name, lon, lat, *, kind="city", country="AM", region="", uncertainty_km=1.0, id=None):
    return GazetteerEntry(id or name.lower(), name, kind, country, "", lon, lat, 0, region, uncertainty_km)


def extents_of(text, *places):
    """Return the extents of a text in which these places, in order, are all that is named."""
    toponyms, start = [], 0
    for entry in places:
        start = text.index(entry.name, start)
        toponyms.append(Toponym(start, start + len(entry.name), entry.name, "name"))
        start += len(entry.name)
    return find_extents(text, toponyms, [Resolution(t, p, 1.0, "") for t, p in zip(toponyms, places, strict=True)])


A = place("Aville", 45.0, 40.0)
B = place("Beburg", 45.3, 40.0)  # 25.5 km east of A
VAGUE = place("Vaguely", 45.05, 40.0, uncertainty_km=12.0)
FAR = place("Farton", 48.0, 40.0)  # 255 km east of A


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shots fell between Aville and Beburg.", "between Aville and Beburg"),
        ("Shots fell between the villages of Aville and Beburg.", "between the villages of Aville and Beburg"),
        (
            "Shots fell between the town of Aville and the hamlet of Beburg.",
            "between the town of Aville and the hamlet of Beburg",
        ),
        ("The road from Aville to Beburg is shut.", "road from Aville to Beburg"),
        ("A highway linking Aville and Beburg opened.", "highway linking Aville and Beburg"),
        ("The Aville-Beburg highway is shut.", "Aville-Beburg highway"),
        ("The Aville–Beburg mountain road is shut.", "Aville–Beburg mountain road"),
    ],
)
def test_a_stretch_between_two_places(text, words):
    (extent,) = extents_of(text, A, B)
    assert (extent.kind, text[extent.start : extent.end], extent.mentions) == ("stretch", words, (0, 1))
    assert extent.geometry.contains(Point(45.15, 40.0))
    assert extent.geometry.contains(Point(A.lon, A.lat)) and extent.geometry.contains(Point(B.lon, B.lat))
    assert not extent.geometry.contains(Point(45.15, 40.2))  # 22 km to the side
    assert not extent.geometry.contains(Point(45.4, 40.0))  # beyond the end
    assert "Aville" in extent.words and "26 km" in extent.words


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Aville and Beburg failed.",
        "A deal was struck between Aville and Beburg.",
        "The match between Aville and Beburg was off.",
        "The distance between Aville and Beburg is small.",
        "A row between Aville and Beburg’s mayor grew tense: relations between Aville and Beburg suffer.",
        "Aville and Beburg were shelled.",
        "Aville-Beburg was the result.",
        "He chose between Aville and left Beburg.",
    ],
)
def test_no_stretch(text):
    assert [e for e in extents_of(text, A, B) if e.kind == "stretch"] == []


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("They met between Aville and Farton.", False),  # too far for a place of its own
        ("The road between Aville and Farton is shut.", True),
        ("They met between the towns of Aville and Farton.", True),
    ],
)
def test_a_long_stretch_needs_a_road_or_towns(text, drawn):
    assert bool(extents_of(text, A, FAR)) == drawn


def test_a_vague_end_makes_a_wide_stretch_and_says_so():
    (extent,) = extents_of("Shots fell between the villages of Aville and Vaguely.", A, VAGUE)
    assert extent.geometry.contains(Point(45.05, 40.1))  # 11 km north of the vague end
    assert "because the place of Vaguely is known to 12 km only" in extent.words


def test_no_stretch_between_countries_but_their_border():
    assert said("Shells fell between Armenia and Azerbaijan.") == []
    assert said("Shells fell on the border between Armenia and Azerbaijan.") == [
        ("line", "border between Armenia and Azerbaijan")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They fired in the direction of Aville.", "in the direction of Aville"),
        (
            "They fired in the general direction of the town of Aville.",
            "in the general direction of the town of Aville",
        ),
        ("Tanks are advancing towards Aville.", "towards Aville"),
        ("Rockets flew toward the city of Aville.", "toward the city of Aville"),
        ("Fights go on in the Aville direction.", "in the Aville direction"),
        ("Two died on the Aville front.", "on the Aville front"),
    ],
)
def test_a_direction_without_an_origin_is_a_ring(text, words):
    (extent,) = extents_of(text, A)
    assert (extent.kind, text[extent.start : extent.end]) == ("sector", words)
    assert not extent.geometry.contains(Point(A.lon, A.lat))  # towards it, not in it
    assert all(extent.geometry.contains(Point(lon, lat)) for lon, lat in [(45.1, 40.0), (44.9, 40.0), (45.0, 40.08)])
    assert "from which side is not said" in extent.words


@pytest.mark.parametrize(
    "text",
    [
        "His mood towards Aville changed.",
        "The policy toward Aville is old.",
        "Aville gave direction.",
        "In the front of Aville stands a tree.",
    ],
)
def test_no_direction(text):
    assert extents_of(text, A) == []


def test_a_list_of_directions():
    text = "They fired in the direction of the towns of Aville, Beburg and Vaguely. Then Farton fell."
    listed = extents_of(text, A, B, VAGUE, FAR)
    assert [extent.mentions for extent in listed] == [(0,), (1,), (2,)]
    assert {text[extent.start :].partition(" Aville")[0] for extent in listed} == {"in the direction of the towns of"}


def test_the_way_from_one_place_towards_another():
    text = "The column moved from Aville towards Beburg."
    (extent,) = extents_of(text, A, B)
    assert (extent.kind, extent.mentions) == ("sector", (1, 0))
    assert extent.geometry.contains(Point(45.15, 40.0))
    assert not extent.geometry.contains(Point(44.9, 40.0))  # behind the start
    assert "from Aville towards Beburg" in extent.words


@pytest.mark.parametrize(
    ("text", "bearing_to", "inside", "outside"),
    [
        # 12 km north: between 11 and 13 km, and within an eighth of the circle
        ("It fell 12 km north of Aville.", "12 km north", (45.0, 40.108), (45.0, 40.2)),
        ("It fell 12 kilometres to the north of Aville.", "12 km north", (45.0, 40.108), (45.0, 39.9)),
        ("It fell about 20 miles south-west of Aville.", "32 km south-west", (44.733, 39.795), (45.267, 39.795)),
        ("It fell five miles east of downtown Aville.", "8 km east", (45.094, 40.0), (44.906, 40.0)),
        ("It fell 1,500 metres west of Aville.", "1.5 km west", (44.9825, 40.0), (45.0175, 40.0)),
        (
            "It fell 2.9 km north-northeast of the town of Aville.",
            "2.9 km north-north-east",
            (45.013, 40.024),
            (45.024, 40.013),
        ),
        ("It fell 10 nautical miles south of Aville.", "19 km south", (45.0, 39.833), (45.0, 40.167)),
        ("It fell 20 miles (32 km) east of Aville.", "32 km east", (45.376, 40.0), (44.6, 40.0)),
        ("It fell 1/2 mile north of Aville.", "0.8 km north", (45.0, 40.0072), (45.0, 40.03)),
    ],
)
def test_so_far_at_a_bearing(text, bearing_to, inside, outside):
    (extent,) = extents_of(text, A)
    assert extent.kind == "sector"
    assert extent.words.startswith(f"{bearing_to} of Aville, give or take")
    assert extent.geometry.contains(Point(inside))
    assert not extent.geometry.contains(Point(outside))


def test_a_round_distance_is_less_sure():
    (round_,) = extents_of("It fell 30 km north of Aville.", A)
    (sharp,) = extents_of("It fell 31 km north of Aville.", A)
    assert round_.geometry.area > 3 * sharp.geometry.area


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("It lies 20 km from Aville.", (45.235, 40.0), (45.05, 40.0)),  # on any side, but not near
        ("It lies 20 km outside the town of Aville.", (44.765, 40.0), (45.5, 40.0)),
        ("It lies within 5 km of Aville.", (45.0, 40.0), (45.1, 40.0)),
    ],
)
def test_so_far_on_any_side_is_a_ring(text, inside, outside):
    (extent,) = extents_of(text, A)
    assert extent.kind == "ring"
    assert extent.geometry.contains(Point(inside))
    assert not extent.geometry.contains(Point(outside))


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("It happened north of Aville.", "25 km"),
        ("A farm to the north of Aville burned.", "25 km"),
        ("It happened just north of Aville.", "5 km"),
        ("It happened a few miles north of Aville.", "5 km"),
    ],
)
def test_a_bearing_alone(text, reach):
    (extent,) = extents_of(text, A)
    assert extent.words == f"north of Aville: how far is not said, drawn to {reach}"
    assert extent.geometry.contains(Point(45.0, 40.03))
    assert not extent.geometry.contains(Point(45.0, 40.4))


@pytest.mark.parametrize(
    "text",
    [
        "It happened in the north of Aville.",  # in the place itself
        "The north of Aville is poor.",
        "They ran 12 km of Aville streets.",
        "It is a two-hour drive north of Aville.",  # how far is said, in no measure to draw
        "A mile of Aville.",
        "It is hundreds of miles north of Aville.",
        "It lies 12 km north of the Aville border.",
        "The news from Aville is bad.",
        "It cost 20 from Aville.",
    ],
)
def test_no_distance(text):
    assert extents_of(text, A) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("They met in Beburg, 26 km east of Aville.", []),
        ("They met in Beburg (26 km east of Aville).", []),
        ("Beburg, which lies east of Aville, fell.", []),
        ("Beburg lies 26 km from Aville.", []),
        ("Beburg fell. 26 km east of Aville, guns fired.", ["sector"]),
        ("Men of Beburg drove to a hill 10 km east of Aville.", ["sector"]),
    ],
)
def test_what_describes_a_place_just_named_is_not_drawn_again(text, kinds):
    assert [extent.kind for extent in extents_of(text, B, A)] == kinds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shots rang out on the border of Armenia and Azerbaijan.", "border of Armenia and Azerbaijan"),
        ("Monitors walked the border of Armenia with Azerbaijan.", "border of Armenia with Azerbaijan"),
        ("Monitors walked along the Armenian-Azerbaijani border.", "Armenian-Azerbaijani border"),
        ("Monitors walked along the Armenian–Azerbaijani state border.", "Armenian–Azerbaijani state border"),
        ("Clashes flared at the Armenia-Azerbaijan border.", "Armenia-Azerbaijan border"),
        ("Armenia's restless border with Azerbaijan is quiet.", "Armenia's restless border with Azerbaijan"),
        ("Armenia closed the border with Azerbaijan.", "Armenia closed the border with Azerbaijan"),
        ("Armenia has a frontier with Azerbaijan.", "Armenia has a frontier with Azerbaijan"),
        ("Troops of Armenia died in a fire on the border with Azerbaijan.", "border with Azerbaijan"),
        ("Armenia pushed the herders to the Azerbaijani border.", "Azerbaijani border"),
    ],
)
def test_a_border(text, words):
    extent = only(text)
    assert (extent.kind, text[extent.start : extent.end]) == ("line", words)
    assert len(extent.mentions) == 2
    assert extent.geometry.distance(Point(46.5, 39.47)) < 0.1  # near Kornidzor
    assert "Natural Earth" in extent.source


@pytest.mark.parametrize(
    "text",
    [
        "Armenian border guards fired.",  # people, not the line
        "Syunik borders Iran.",  # a verb, and no more is said
        "Armenia guards its borders.",
        "Iran warned of changes of the Armenian borders.",  # all of them
        "The border was quiet.",
        "Trucks waited at the border.",  # which one?
        "Armenia keeps the border with Spain.",  # there is none
        "The border of Armenia is long.",  # with whom is not said
        "Goods cross the Armenian border.",
    ],
)
def test_no_border(text):
    assert extents(text) == []


def test_a_neighbour_taken_from_the_sentence_is_said_to_be():
    assert (
        "Armenia is the nearest neighbour that the sentence names"
        in only("In Armenia, farmers from Spain sold their land at the border with Azerbaijan.").words
    )


def test_the_border_alone_is_the_only_one_that_the_text_names():
    text = "Guns fired along the Armenian-Azerbaijani border. Later, trenches were dug along the border."
    first, later = extents(text)
    assert (later.mentions, text[later.start : later.end]) == ((), "border")
    assert later.geometry.equals(first.geometry)
    assert "the only border that the text names" in later.words


def test_the_border_alone_is_none_of_two():
    text = "The Armenian-Azerbaijani border and the Polish-Belarusian border are shut. Men stand on the border."
    assert len(extents(text)) == 2


def test_a_border_of_provinces():
    extent = only("Villages on the border of Lori and Tavush, in Armenia, were hit.")
    assert extent.geometry.distance(Point(45.0, 41.0)) < 0.3


@pytest.mark.parametrize(
    ("text", "status", "evidence"),
    [
        ("Azerbaijan kept up its blockade of the Lachin corridor.", "blockaded", "blockade"),
        ("The Lachin corridor has been closed since winter.", "blockaded", "closed"),
        ("The blockade held, and the Lachin corridor is the only road out.", "blockaded", "blockade"),
        ("Traffic through the Lachin corridor resumed after the blockade.", "existing", "resumed"),
        ("Monks drove through the Lachin corridor.", "existing", "drove"),
        ("The proposed Zangezur corridor worries Iran.", "proposed", "proposed"),
        ("They speak of a Zangezur corridor that would link two cities.", "proposed", "would link"),
        ("They spoke of the so-called Zangezur corridor.", "", "so-called"),
        ("They spoke of the Lachin corridor.", "", ""),
        ("It was closed. They spoke of the Lachin corridor.", "", ""),  # another sentence says nothing of it
    ],
)
def test_the_status_of_a_corridor_is_what_the_text_says(text, status, evidence):
    extent = only(text)
    assert (extent.kind, extent.status) == ("line", status)
    assert (f"“{evidence}”" in extent.words) if evidence else "“" not in extent.words
    assert "hand-digitised, schematic" in extent.words
    assert ("proposal" in extent.words) == ("Zangezur" in text)


def test_the_words_name_places_as_the_text_does():
    assert "Latchin corridor" in only("They spoke of the Latchin corridor.").words
    assert "Stepanakert" in only("It lies 12 km north of Stepanakert, in Nagorno-Karabakh.").words


def test_a_corridor_without_a_line_is_left_out():
    assert extents_of("The Nowhere corridor is shut.", place("Nowhere corridor", 1, 1, kind="corridor")) == []


@pytest.mark.parametrize("text", ["", "Nothing happened here.", "Border, border, towards, between and."])
def test_no_places_no_extents(text):
    assert extents(text) == []


def test_a_place_only_put_beside_another_is_no_end_of_anything():
    guess = place("Warm Pass", 45.0, 40.0, kind="natural", id="near-1-warm-pass", uncertainty_km=25.0)
    assert extents_of("They met between Warm Pass and Beburg, 5 km north of Warm Pass.", guess, B, guess) == []


def test_undecided_names_are_left_alone():
    toponym = Toponym(8, 14, "Aville", "name")
    resolution = Resolution(toponym, None, 0.0, "")
    assert find_extents("5 km of Aville is towards Aville", [toponym], [resolution]) == []


def test_names_without_resolutions_are_refused():
    with pytest.raises(ValueError, match="1 toponyms and 0 resolutions"):
        find_extents("Aville", [Toponym(0, 6, "Aville", "name")], [])


def test_extents_are_in_order_and_of_whole_words():
    text = (
        "Shells fell 12 km north of Goris, in Armenia, and between the villages of Jaghazur and Zabukh. "
        "The Lachin corridor is shut."
    )
    drawn = extents(text)
    assert [extent.kind for extent in drawn] == ["sector", "stretch", "line"]
    assert [extent.start for extent in drawn] == sorted(extent.start for extent in drawn)
    assert all(extent.geometry.is_valid and not extent.geometry.is_empty for extent in drawn)


def test_the_sector_is_where_its_bearing_says():
    (extent,) = extents_of("It fell 40 km north-east of Aville.", A)
    middle = extent.geometry.centroid
    assert 33 < km((A.lon, A.lat), (middle.x, middle.y)) < 47
    assert middle.x > A.lon and middle.y > A.lat
