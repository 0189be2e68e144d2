"""One typed query to a place, and geopy's interface over it: its conventions, its errors, and no network."""

import pickle
import socket
import threading

import geopandas
import pytest
from builders import found, km, point
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.geocoder import GazetteerGeocoder, NoNetworkAdapter, address, geocode, suggest


@pytest.fixture(scope="module")
def geocoder():
    return GazetteerGeocoder()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


# ---- which place a name means


@pytest.mark.parametrize(
    ("query", "kind", "country", "where"),
    [
        ("Moscow", "city", "RU", (37.62, 55.75)),  # not the oblast
        ("Yerevan", "city", "AM", (44.51, 40.18)),
        ("Goris", "city", "AM", (46.34, 39.51)),  # not Gori in Georgia
        ("Jermuk", "city", "AM", (45.67, 39.84)),  # not Çermik in Turkey
        ("Syunik", "admin1", "AM", (46.1, 39.35)),  # not the village
        ("Gegharkunik", "admin1", "AM", (45.33, 40.32)),
        ("Vayots Dzor", "admin1", "AM", (45.42, 39.74)),
        ("Shushi", "city", "AZ", (46.75, 39.76)),
        ("Shusha", "city", "AZ", (46.75, 39.76)),
        ("Şuşa", "city", "AZ", (46.75, 39.76)),
        ("Շուշի", "city", "AZ", (46.75, 39.76)),
        ("Stepanakert", "city", "AZ", (46.753, 39.818)),
        ("Khankendi", "city", "AZ", (46.753, 39.818)),
        ("Hadrut", "city", "AZ", (47.03, 39.52)),
        ("Kornidzor", "city", "AM", (46.53, 39.55)),
        ("Armenia", "country", "AM", (45.0, 40.2)),  # not the town in Colombia
        ("Georgia", "country", "GE", (43.5, 42.0)),  # not the state
        ("Turkey", "country", "TR", (35.2, 39.0)),
        ("Iran", "country", "IR", (53.7, 32.4)),
        ("USA", "country", "US", (-98.5, 39.0)),
        ("Nagorno-Karabakh", "region", "AZ", (46.75, 39.8)),
        ("Caspian Sea", "sea", "", (50.5, 42.0)),
        ("Lachin corridor", "corridor", "AZ", (46.56, 39.63)),
        ("Europe", "continent", "", (9.1, 48.7)),
    ],
)
def test_a_name_means(query, kind, country, where):
    entry = found(query)
    assert (entry.kind, entry.country) == (kind, country), entry
    limit = {"city": 10, "continent": 1000}.get(kind, 250)
    assert km(point(entry), where) <= limit


# A capital typed alone is the city: whatever kind its row is of, it lies where the city lies.
@pytest.mark.parametrize(
    ("query", "lon", "lat"),
    [
        *(("Kyiv", 30.52, 50.45), ("Kiev", 30.52, 50.45), ("London", -0.13, 51.51), ("Paris", 2.35, 48.86)),
        *(("Berlin", 13.4, 52.52), ("Beijing", 116.4, 39.9), ("Tokyo", 139.7, 35.69), ("Madrid", -3.7, 40.42)),
        *(("Lisbon", -9.14, 38.72), ("Budapest", 19.04, 47.5), ("Bern", 7.45, 46.95), ("Doha", 51.53, 25.29)),
        *(("Tehran", 51.42, 35.69), ("Ankara", 32.85, 39.92), ("Baghdad", 44.4, 33.34), ("Cairo", 31.25, 30.06)),
        *(("Tbilisi", 44.83, 41.69), ("Baku", 49.89, 40.38), ("Astana", 71.45, 51.18), ("Brussels", 4.35, 50.85)),
        *(("Jerusalem", 35.22, 31.78), ("Damascus", 36.31, 33.51), ("Seoul", 126.98, 37.57)),
        ("Lima", -77.03, -12.04),
    ],
)
def test_a_capital_is_the_city(query, lon, lat):
    entry = found(query)
    assert km(point(entry), (lon, lat)) <= 25, entry


@pytest.mark.parametrize(
    ("query", "country", "admin1"),
    [
        ("Paris", "FR", "11"),
        ("Paris, Texas", "US", "TX"),
        ("Paris, TX", "US", "TX"),
        ("Paris, France", "FR", "11"),
        ("Goris, Armenia", "AM", "08"),
        ("Goris, AM", "AM", "08"),
        ("Goris, Syunik", "AM", "08"),
        ("Goris, Syunik, Armenia", "AM", "08"),
        ("London, Ontario", "CA", "08"),
        ("London, Ontario, Canada", "CA", "08"),
        ("Cambridge, Massachusetts", "US", "MA"),
        ("Cambridge, England", "GB", "ENG"),
        ("Tripoli, Lebanon", "LB", "09"),
        ("Moscow, Idaho", "US", "ID"),
        ("Georgia, USA", "US", "GA"),
        ("Washington, D.C.", "US", "DC"),
        ("Paris,,France", "FR", "11"),  # a comma too many
        ("  goris ,  ARMENIA ", "AM", "08"),
    ],
)
def test_what_follows_a_comma_narrows(query, country, admin1):
    entry = found(query)
    assert (entry.country, entry.admin1) == (country, admin1)


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("Goris Armenia", (46.34, 39.51)),  # no comma
        ("goris armenia", (46.34, 39.51)),
        ("Perth UK", (-3.43, 56.4)),  # not the one of a million
        ("Perth WA", (115.86, -31.95)),  # a state of Australia, too
        ("Newcastle, UK", (-1.61, 54.97)),
        ("Paris TX", (-95.55, 33.66)),
        ("Portland Ore.", (-122.68, 45.52)),
        ("London Ont", (-81.25, 42.98)),
        ("San José Costa Rica", (-84.08, 9.93)),  # a country of two words
        ("Santiago de Compostela Spain", (-8.54, 42.88)),  # the longest name that there is
        ("St. John's, Newfoundland", (-52.71, 47.56)),
        ("Beni DRC", (29.47, 0.49)),
        ("Erbil, Iraq (Kurdistan)", (44.01, 36.19)),
        ("75001 Paris", (2.35, 48.86)),  # post codes
        ("10115 Berlin Germany", (13.4, 52.52)),
        ("London SW1A 1AA", (-0.13, 51.51)),
        ("Boston, MA 02110, USA", (-71.06, 42.36)),
        ("city of Sumy", (34.8, 50.92)),
        ("Town of Goris, Syunik Province", (46.34, 39.51)),
        ("New York", (-74.0, 40.71)),  # the town, though the state has more people
        ("Quebec", (-71.21, 46.81)),
        ("Sumy", (34.8, 50.92)),
        ("Gaza", (34.47, 31.5)),  # not the province in Mozambique
        ("Ջերմուկ", (45.67, 39.84)),
    ],
)
def test_as_people_type(query, where):
    assert km(point(found(query)), where) < 25


@pytest.mark.parametrize(
    ("query", "kind"),
    [("Syunik", "admin1"), ("Victoria, Australia", "admin1"), ("Donetsk region", "admin1"), ("Georgia, USA", "admin1")],
)
def test_a_province_stays_one_where_no_great_town_shares_its_name(query, kind):
    assert found(query).kind == kind


@pytest.mark.parametrize(
    "query",
    ["nowhereville", "Goris Portugal", "Atlantis Mars", "Paris, Germany", "", " ", ",", "12345", "🦊", "a" * 10_000],
)
def test_nothing_is_found_where_nothing_fits(query):
    assert geocode(query) == []


@pytest.mark.parametrize("spelling", ["Goris", "goris", "GORIS", " Goris ", "Goris,"])
def test_case_and_blanks_do_not_matter(spelling):
    assert found(spelling).id == "174895"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sana'a", "Sana’a"),
        ("Laçın", "Lacin"),
        ("São Paulo", "Sao Paulo"),
        ("Zürich", "Zurich"),
        ("St. Louis", "St Louis"),
    ],
)
def test_accents_and_apostrophes_do_not_matter(one, other):
    assert {entry.id for entry in geocode(one, limit=3)} == {entry.id for entry in geocode(other, limit=3)}


def test_limit():
    assert len(geocode("Springfield", limit=4)) == 4
    assert len({entry.id for entry in geocode("Springfield", limit=50)}) > 10
    assert len(geocode("Springfield")) == 1


# ---- suggestions


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Gorris", "Goris"),
        ("Yerevn", "Yerevan"),
        ("Stepanakrt", "Khankendi"),
        ("Moscw", "Moscow"),
        ("Tblisi", "Tbilisi"),
        ("Londno", "London"),
        ("Jermuc", "Jermuk"),
    ],
)
def test_a_slip_of_the_finger(typed, meant):
    assert meant in [entry.name for entry in suggest(typed)]


@pytest.mark.parametrize("typed", ["", "x", "xq", ",", "qqqqqqqqqqqqqqq", "🦊🦊🦊"])
def test_no_suggestion_for_what_resembles_nothing(typed):
    assert suggest(typed) == []


def test_address():
    assert address(found("Goris")) == "Goris, Syunik, Armenia"
    assert address(found("Armenia")) == "Armenia"
    assert address(found("Caspian Sea")) == "Caspian Sea"


# ---- geopy's interface


def test_geocode_returns_a_location(geocoder):
    location = geocoder.geocode("Goris")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == pytest.approx((39.51, 46.34), abs=0.02)  # geopy: latitude first
    assert location.address == "Goris, Syunik, Armenia"
    assert location.raw["geonameid"] == 174895
    assert location.raw["kind"] == "city"


def test_geocode_many(geocoder):
    many = geocoder.geocode("Springfield", exactly_one=False)
    assert all(isinstance(location, Location) for location in many)
    assert len(many) == 10
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit=3)) == 3
    assert geocoder.geocode("Goris", exactly_one=False)[0].raw["id"] == "174895"


@pytest.mark.parametrize("exactly_one", [True, False])
def test_nothing_found_is_none(geocoder, exactly_one):
    assert geocoder.geocode("nowhereville", exactly_one=exactly_one) is None
    assert geocoder.geocode("Goris", country_codes="xx", exactly_one=exactly_one) is None


@pytest.mark.parametrize("query", ["", "  ", None, float("nan")])
def test_an_empty_cell_of_a_table_is_none(geocoder, query):
    assert geocoder.geocode(query) is None


@pytest.mark.parametrize("query", [5, ["Goris"], {"city": "Goris"}])
def test_what_is_no_text_is_an_error(geocoder, query):
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_an_error(geocoder, limit):
    for ask in (geocode, lambda query, limit: geocoder.geocode(query, limit=limit)):
        with pytest.raises(ValueError, match="limit"):
            ask("Goris", limit=limit)
    with pytest.raises(ValueError, match="limit"):
        geocoder.reverse((39.5, 46.3), limit=limit)


def test_it_is_pickled_with_its_gazetteer(geocoder):
    again = pickle.loads(pickle.dumps(geocoder))
    assert again.gazetteer is geocoder.gazetteer  # one is open a process
    assert again.geocode("Goris") == geocoder.geocode("Goris")
    with pytest.raises(GeocoderServiceError):
        again._call_geocoder("http://localhost/", lambda answer: answer)


def test_a_list_of_ones_own_is_pickled_too(tmp_path):
    own = tmp_path / "places.csv"
    own.write_text("name,lat,lon\nBlue Ridge Camp,39.62,46.5\n", encoding="utf-8")
    again = pickle.loads(pickle.dumps(GazetteerGeocoder(open_gazetteer(own))))
    assert again.geocode("Blue Ridge Camp").latitude == 39.62


@pytest.mark.parametrize("language", ["en", "hy", False])
def test_any_language_is_accepted_and_answered_in_english(geocoder, language):
    assert geocoder.geocode("Երևան", language=language).address == "Yerevan, Armenia"
    assert geocoder.reverse((39.51, 46.34), language=language).address == "Goris, Syunik, Armenia"


def test_geopandas_geocodes_a_column():
    frame = geopandas.tools.geocode(["Goris", "", None, "nowhereville"], provider=GazetteerGeocoder)
    assert list(frame.geometry.is_empty) == [False, True, True, True]
    assert frame.geometry[0].x == pytest.approx(46.34, abs=0.02)


@pytest.mark.parametrize("codes", ["us", "US", ["us", "ca"], ("US",)])
def test_country_codes(geocoder, codes):
    assert geocoder.geocode("Moscow", country_codes=codes).raw["country"] == "US"


def test_options_are_keyword_only(geocoder):
    with pytest.raises(TypeError):
        geocoder.geocode("Goris", True)
    with pytest.raises(TypeError):
        geocoder.geocode("Goris", viewbox=None)  # no option is taken and ignored


def test_timeout_is_accepted(geocoder):
    assert geocoder.geocode("Goris", timeout=1).raw["id"] == "174895"
    assert GazetteerGeocoder(timeout=3).timeout == 3


@pytest.mark.parametrize(
    "query", [Point(39.512, 46.342), (39.512, 46.342), "39.512, 46.342", "39.512 46.342", "39 30m 43s N 46 20m 31s E"]
)
def test_reverse(geocoder, query):
    assert geocoder.reverse(query).raw["id"] == "174895"


def test_reverse_many_nearest_first(geocoder):
    here = (46.342, 39.512)
    many = geocoder.reverse(Point(here[1], here[0]), exactly_one=False, limit=4)
    distances = [km((location.longitude, location.latitude), here) for location in many]
    assert len(many) == 4
    assert distances == sorted(distances)


@pytest.mark.parametrize("query", ["nothing", "", "91.5, 0"])
def test_reverse_of_what_is_no_point(geocoder, query):
    with pytest.raises((ValueError, GeocoderQueryError)):
        geocoder.reverse(query)


def test_reverse_across_the_date_line(geocoder):
    location = geocoder.reverse(Point(-16.8, 180.0))  # Fiji lies on both sides
    assert location.raw["country"] == "FJ"


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (40.0, -40.0),  # the middle of the Atlantic
        (-48.9, -123.4),  # farther from any land than all other points
        (90, 0),
        (90, 180),
        (-90, 57),
        (89.9, -179.9),  # the poles
        (5, 180),
        (5, -180),
        (5, 179.99),
        (5, -179.99),
        (-40, -178),  # both sides of the date line
    ],
)
def test_reverse_far_from_any_town_says_how_far(geocoder, lat, lon):
    location = geocoder.reverse(Point(lat, lon))
    away = location.raw["distance_km"]
    assert away == pytest.approx(km((location.longitude, location.latitude), (lon, lat)), abs=1)
    assert away > 100
    assert location.address.startswith(f"{away:,.0f} km from {location.raw['name']}")
    assert location.raw["id"] in {found.raw["id"] for found in geocoder.reverse(Point(lat, lon), exactly_one=False)}


def test_reverse_on_both_sides_of_the_date_line_is_one_place(geocoder):
    west, east = geocoder.reverse(Point(5, 179.999)), geocoder.reverse(Point(5, -179.999))
    assert west.raw["id"] == east.raw["id"]
    assert abs(west.raw["distance_km"] - east.raw["distance_km"]) < 1


def test_reverse_in_a_town_says_the_town(geocoder):
    location = geocoder.reverse(Point(39.512, 46.342))
    assert location.address.startswith("Goris, ")
    assert location.raw["distance_km"] < 5


def test_there_and_back(geocoder):
    for name in ("Goris", "Jermuk", "Baku", "Ganja"):
        location = geocoder.geocode(name)
        assert geocoder.reverse(location.point).raw["id"] == location.raw["id"]


def test_geopys_rate_limiter_wraps_it(geocoder):
    assert RateLimiter(geocoder.geocode, min_delay_seconds=0)("Goris").raw["id"] == "174895"


def test_many_threads(geocoder):
    answers = []

    def ask():
        answers.extend(geocoder.geocode(name).raw["country"] for name in ("Goris", "Baku", "Paris") * 5)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == sorted(["AM", "AZ", "FR"] * 20)


def test_the_adapter_refuses_the_network(geocoder):
    assert isinstance(geocoder.adapter, NoNetworkAdapter)
    with pytest.raises(GeocoderServiceError):
        geocoder._call_geocoder("http://localhost/", lambda answer: answer)
