"""The online geocoder: off unless asked for, polite when asked, honest about failures. No test opens a connection."""

import socket
import threading
from urllib.parse import parse_qs, urlsplit

import geopy.extra.rate_limiter
import geopy.geocoders
import pytest
from builders import km
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from dashboard.__main__ import main
from geodata.errors import GeodataError
from geodata.gazetteer import online
from geodata.gazetteer.geocoder import GazetteerGeocoder
from geodata.gazetteer.online import ATTRIBUTION, MISS_KEPT, AnswerCache, OnlineGeocoder, geocode_online

ME = "me@example.org"
ZUGVOGEL = {  # an invented hamlet, as Nominatim would tell of it
    "place_id": 7,
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0.",
    "osm_type": "node",
    "osm_id": 4242,
    "lat": "39.60",
    "lon": "46.40",
    "class": "place",
    "type": "hamlet",
    "addresstype": "hamlet",
    "name": "Zugvogelhausen",
    "display_name": "Zugvogelhausen, Syunik Province, Armenia",
    "address": {"hamlet": "Zugvogelhausen", "country": "Armenia", "country_code": "am"},
    "boundingbox": ["39.59", "39.61", "46.39", "46.41"],
}


class World:
    """What a fake Nominatim knows, what it was asked, and the time that passes while the limiter waits."""

    def __init__(self):
        self.places = {"zugvogelhausen": [ZUGVOGEL]}
        self.urls, self.headers, self.waits = [], [], []
        self.error = None
        self.time = 1_000.0

    @property
    def asked(self):
        return [parse_qs(urlsplit(url).query)["q"][0] for url in self.urls]

    def wait(self, seconds):
        self.waits.append(seconds)
        self.time += seconds

    def adapter(self, *, proxies, ssl_context):
        world = self

        class Adapter(BaseSyncAdapter):
            def get_json(self, url, *, timeout, headers):
                world.urls.append(url)
                world.headers.append(headers)
                if world.error:
                    raise world.error
                return world.places.get(world.asked[-1].casefold(), [])

            get_text = get_json

        return Adapter(proxies=proxies, ssl_context=ssl_context)


@pytest.fixture(autouse=True)
def world(monkeypatch):
    """A process in which the network is cut, time stands still, and Nominatim is a fake."""
    world = World()

    def refuse(*args):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(geopy.extra.rate_limiter, "sleep", world.wait)
    monkeypatch.setattr(geopy.extra.rate_limiter, "default_timer", lambda: world.time)
    monkeypatch.setattr(geopy.geocoders.options, "default_adapter_factory", world.adapter)
    return world


@pytest.fixture(autouse=True)
def cache_path(tmp_path, monkeypatch):
    """The file of the cache, in a folder that does not exist yet; also the default of this process."""
    path = tmp_path / "cache" / "answers.sqlite"
    monkeypatch.setattr(online, "cache_file", lambda: path)
    online.open_online.cache_clear()
    return path


@pytest.fixture
def geocoder(gazetteer):
    return OnlineGeocoder(ME, gazetteer=gazetteer)


# ---- off unless asked for


def test_off_by_default(world, cache_path, capsys):
    assert GazetteerGeocoder().geocode("Zugvogelhausen") is None
    assert main(["geocode", "Zugvogelhausen"]) == 1
    assert main(["geocode", "Goris"]) == 0
    assert "OpenStreetMap" not in "".join(capsys.readouterr())
    assert world.urls == []
    assert not cache_path.exists()


@pytest.mark.parametrize("user_agent", ["", "  ", None, 5, "me\nX-Evil: 1", "geopy/2.5.0", "my-application"])
def test_whoever_asks_must_say_who(user_agent):
    with pytest.raises(ConfigurationError):
        OnlineGeocoder(user_agent)
    with pytest.raises(ConfigurationError):
        geocode_online("Goris", user_agent=user_agent)  # even where the gazetteer knows the answer


def test_no_faster_than_the_policy_allows():
    with pytest.raises(ConfigurationError):
        OnlineGeocoder(ME, min_delay_seconds=0.5)


# ---- the gazetteer first, then Nominatim, then the cache


def test_what_the_gazetteer_knows_is_not_asked(geocoder, world):
    assert geocoder.geocode("Goris").raw["id"] == "174895"
    assert geocoder.reverse((39.51, 46.34)).raw["id"] == "174895"
    assert world.urls == []


def test_two_calls_for_four_questions(geocoder, world):
    hits = [geocoder.geocode("Zugvogelhausen"), geocoder.geocode(" zugvogelhausen ")]
    misses = [geocoder.geocode("Nowhereville"), geocoder.geocode("Nowhereville")]
    assert world.asked == ["Zugvogelhausen", "Nowhereville"]
    assert [hit.address for hit in hits] == [ZUGVOGEL["display_name"]] * 2
    assert misses == [None, None]


def test_the_cache_outlives_the_process(geocoder, world, gazetteer):
    geocoder.geocode("Zugvogelhausen")
    assert OnlineGeocoder(ME, gazetteer=gazetteer).geocode("Zugvogelhausen")
    assert len(world.urls) == 1


@pytest.mark.parametrize(
    ("query", "later", "calls"),
    [
        ("Zugvogelhausen", 100 * MISS_KEPT, 1),  # a hit is kept
        ("Nowhereville", MISS_KEPT - 1, 1),  # a miss for a week
        ("Nowhereville", MISS_KEPT + 1, 2),
    ],
)
def test_how_long_answers_are_kept(geocoder, world, query, later, calls):
    geocoder.geocode(query)
    now = geocoder.cache.now
    geocoder.cache.now = lambda: now() + later
    geocoder.geocode(query)
    assert len(world.urls) == calls


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (GeocoderServiceError("[Errno -3] name resolution"), GeocoderUnavailable),  # what geopy makes of no network
        (GeocoderUnavailable("connection refused"), GeocoderUnavailable),
        (GeocoderTimedOut("slow"), GeocoderTimedOut),
        (AdapterHTTPError("too many", status_code=429, headers={}, text=""), GeocoderRateLimited),
        (AdapterHTTPError("broken", status_code=500, headers={}, text=""), GeocoderUnavailable),
    ],
)
def test_a_failure_is_raised_and_not_kept(geocoder, world, error, raised):
    world.error = error
    for _ in range(2):
        with pytest.raises(raised):
            geocoder.geocode("Zugvogelhausen")
    world.error = None
    assert geocoder.geocode("Zugvogelhausen").latitude == 39.6
    assert len(world.urls) == 3


def test_one_call_a_second(geocoder, world):
    for name in ("Nowhereville", "Nowhereburg", "Nowhereton"):
        geocoder.geocode(name)
    geocoder.geocode("Nowhereton")  # kept: no wait
    assert world.waits == [1.0, 1.0]


def test_failures_wait_their_turn(geocoder, world):
    world.error = GeocoderUnavailable("down")
    for _ in range(2):
        with pytest.raises(GeocoderUnavailable):
            geocoder.geocode("Zugvogelhausen")
    assert world.waits == [1.0]


def test_what_nominatim_is_asked(geocoder, world):
    assert geocoder.geocode("Zugvogelhausen", country_codes=["AM", "AZ"], limit=3)
    sent = parse_qs(urlsplit(world.urls[0]).query)
    assert (sent["countrycodes"], sent["accept-language"], sent["limit"]) == (["am,az"], ["en"], ["10"])
    assert urlsplit(world.urls[0]).scheme == "https"
    assert world.headers[0]["User-Agent"] == ME
    geocoder.geocode("Zugvogelhausen")  # without codes it is another question
    assert len(world.urls) == 2


@pytest.mark.parametrize("query", ["", "  ", ",", None])
def test_an_empty_query_asks_nobody(geocoder, world, query):
    assert geocoder.geocode(query) is None
    assert world.urls == []


def test_geopys_conventions(geocoder):
    location = geocoder.geocode("Zugvogelhausen")
    assert (location.latitude, location.longitude) == (39.6, 46.4)
    assert ATTRIBUTION in location.raw["source"]
    (only,) = geocoder.geocode("Zugvogelhausen", exactly_one=False)
    assert only == location
    assert geocoder.geocode("Nowhereville", exactly_one=False) is None


# ---- the function and the command


def test_answers_say_where_they_come_from(world):
    (offline,) = geocode_online("Goris, Armenia", user_agent=ME, limit=1)
    assert (offline.entry.id, offline.address) == ("174895", "Goris, Syunik, Armenia")
    assert offline.source.startswith("the gazetteer: GeoNames")
    (answer,) = geocode_online("Zugvogelhausen", user_agent=ME)
    assert answer.source == f"OpenStreetMap Nominatim, {ATTRIBUTION}"
    assert answer.address == ZUGVOGEL["display_name"]
    entry = answer.entry
    assert (entry.id, entry.name, entry.kind, entry.country) == ("osm-node-4242", "Zugvogelhausen", "village", "AM")
    assert entry.geonameid is None
    assert (entry.lon, entry.lat) == (46.4, 39.6)
    assert entry.uncertainty_km == pytest.approx(km((46.39, 39.59), (46.4, 39.6)), abs=0.1)
    assert geocode_online("Nowhereville", user_agent=ME) == []
    assert world.waits == [1.0]  # one limiter for all calls of the process


def test_a_bare_answer_is_enough(world):
    world.places["zugvogelhausen"] = [{"lat": "1", "lon": "2", "display_name": "Zugvogelhausen, Elsewhere"}]
    (answer,) = geocode_online("Zugvogelhausen", user_agent=ME)
    assert (answer.entry.name, answer.entry.kind, answer.entry.country) == ("Zugvogelhausen", "building", "")


def test_the_command(capsys, world):
    assert main(["geocode", "Zugvogelhausen", "--online", "--user-agent", ME]) == 0
    assert main(["geocode", "Goris, Armenia", "--online", "--user-agent", ME]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.split("\t")[2:] == [ZUGVOGEL["display_name"], "village", "osm-node-4242", online.SOURCE]
    assert second.split("\t")[5].startswith("the gazetteer: ")
    assert len(world.urls) == 1


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (["Zugvogelhausen", "--online"], None, "user_agent"),
        (
            ["Zugvogelhausen", "--online", "--user-agent", ME],
            GeocoderUnavailable("HTTPSConnectionPool"),
            "cannot be reached",
        ),
        (["Yerevnn", "--online", "--user-agent", ME], None, "perhaps: Yerevan"),
        ([" ", "--online", "--user-agent", ME], None, "empty"),
    ],
)
def test_what_the_command_says_when_nothing_comes(capsys, world, arguments, error, said):
    world.error = error
    assert main(["geocode", *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("dateline: ")
    assert said in err


# ---- the cache


def test_a_cache_that_cannot_be_used(tmp_path):
    (tmp_path / "damaged").write_text("this is no database, and long enough to be taken for one" * 20)
    (tmp_path / "file").write_text("in the way")
    for path in (tmp_path / "damaged", tmp_path / "file" / "answers.sqlite"):
        with pytest.raises(GeodataError, match=path.parent.name):
            AnswerCache(path)


def test_many_threads(cache_path):
    cache = AnswerCache(cache_path)

    def write(number):
        for name in "abc":
            cache.put(f"{name}{number}", [{"number": number}])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [cache.get(f"c{number}") for number in range(4)] == [[{"number": number}] for number in range(4)]


def test_the_cache_lies_in_the_users_folder(tmp_path, monkeypatch):
    monkeypatch.undo()  # the real one
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert tmp_path in online.cache_file().parents
