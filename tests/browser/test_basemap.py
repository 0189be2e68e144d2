"""The map in Chromium: drawn without a request to anyone else, safe with any name, clickable, keeping its view."""

import os
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIRST_VIEW = 300_000  # bytes of our files that the first view may fetch

# A page of its own: three towns around Goris, one of them with a name that would run as script, and one country.
APP = '''
import geopandas as gpd, pandas as pd, streamlit as st
from shapely.geometry import box
from streamlit_folium import st_folium
from dashboard.map.features import outlines
from dashboard.map.folium_map import base_map, clicked_place, layer, points

EVIL = """<img src=x onerror="top.document.title='RUN'"></script>`${top.document.title='RUN'}`{{ 1 }}{% if"""
ROWS = [("goris", "Goris", 46.34, 39.51, 4), ("evil", EVIL, 46.9, 39.3, 1), ("lachin", "Lachin", 46.55, 39.64, 2)]
places = pd.DataFrame(
    [dict(id=i, name=n, kind="city", lon=x, lat=y, articles=a, sources=a, mentions=a, earlier=0, named=0,
          uncertainty_km=1.0, approximate=False)
     for i, n, x, y, a in ROWS])
areas = gpd.GeoDataFrame(
    {"id": ["AM"], "name": ["Armenia"], "kind": ["country"], "articles": [1], "mentions": [1]},
    geometry=[box(44.0, 38.9, 46.4, 41.2)], crs=4326)

def clicked():
    place = clicked_place(st.session_state.get("map"), {"goris", "evil", "lachin", "AM"})
    if place:
        st.session_state.place = place

st.set_page_config(page_title="Map", layout="wide")
few = st.checkbox("few", key="few")
place = st.session_state.get("place")
st_folium(
    base_map(bounds=(45.2, 38.9, 47.4, 40.3), dark=st.query_params.get("dark") == "1"), key="map", height=500,
    use_container_width=True, feature_group_to_add=layer(points(
    places[places.articles > 1] if few else places, selected=place), outlines(areas), selected=place),
    returned_objects=["last_active_drawing", "last_object_clicked_count"], on_change=clicked)
st.text(f"SELECTED {place}")
'''


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve the page above with the real static folder; yield its address."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.py").write_text(textwrap.dedent(APP), encoding="utf-8")
    (folder / "static").symlink_to(ROOT / "dashboard" / "static")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.enableStaticServing": "true",
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", "page.py", *(f"--{k}={v}" for k, v in options.items())]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


class Visit:
    """One open page, with what it asked for and complained of."""

    def __init__(self, page, address):
        self.page, self.strangers, self.complaints, self.fetched = page, [], [], []
        page.on("request", lambda r: None if self.is_ours(r.url, address) else self.strangers.append(r.url))
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("requestfinished", lambda r: self.fetched.append(r) if "/app/static/" in r.url else None)

    @staticmethod
    def is_ours(url, address):
        return url.startswith((address, "data:", "blob:"))

    def open(self, address):
        self.page.goto(address)
        self.page.wait_for_selector("iframe")
        self.frame = self.page.frame_locator("iframe").locator("body").element_handle().owner_frame()
        self.frame.wait_for_function("() => window.map && window.map._loaded")
        # drawn: every tile in view is on the page and none is still to come
        self.frame.wait_for_function(
            """() => { const tiles = document.querySelectorAll("canvas.leaflet-tile");
                       return tiles.length && [...tiles].every(t => t.classList.contains("leaflet-tile-loaded")); }"""
        )
        return self

    def pixel(self, lon, lat):
        """Return the point on the page where a place is drawn."""
        x, y = self.frame.evaluate(
            "([lon, lat]) => { const p = map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }", [lon, lat]
        )
        box = self.page.locator("iframe").bounding_box()
        return box["x"] + x, box["y"] + y

    def colours(self, pane="tile"):
        """Return how many pixels of the background, or of the names above it, carry each colour."""
        return self.frame.evaluate(
            """pane => { const seen = {};
              for (const t of document.querySelectorAll(`.leaflet-${pane}-pane canvas.leaflet-tile`)) {
                const d = t.getContext("2d").getImageData(0, 0, t.width, t.height).data;
                for (let i = 0; i < d.length; i += 4 * 97) {
                  const c = [d[i], d[i + 1], d[i + 2]].join(); seen[c] = (seen[c] || 0) + 1; } }
              return seen; }""",
            pane,
        )

    def wait_for_text(self, text):
        self.page.get_by_text(text, exact=True).wait_for()


@contextmanager
def visiting(server, browser):
    """Open the page (with a query, if given) and fail on any complaint or request to a stranger."""
    opened = []

    def start(query=""):
        context = browser.new_context(viewport={"width": 1100, "height": 800})
        here = Visit(context.new_page(), server)
        opened.append((context, here))
        return here.open(f"{server}/{query}")

    yield start
    for context, here in opened:
        context.close()
        assert here.strangers == []
        assert here.complaints == []


@pytest.fixture
def visit(server, browser):
    with visiting(server, browser) as start:
        yield start


@pytest.fixture(scope="module")
def tiles(server, browser):
    """Keep one page for all that is asked of its tiles alone."""
    with visiting(server, browser) as start:
        yield start().frame


@pytest.mark.parametrize(("query", "land"), [("", "247,245,240"), ("?dark=1", "39,43,49")])
def test_land_and_names_are_drawn_in_the_theme(visit, query, land):
    here = visit(query)
    colours = here.colours()
    assert colours.get(land, 0) > 0.5 * sum(colours.values())
    assert len(here.colours("names")) > 20  # the edges of letters have many shades


@pytest.mark.parametrize(
    ("lat", "lon", "zoom", "level"),
    [
        (39.51, 46.34, 10, 9),  # Goris: the finer tiles, a level up as they cover 512 pixels
        (39.51, 46.34, 12, 9),
        (39.51, 46.34, 7, 6),
        (52.5, 13.4, 10, 6),  # Berlin: those of the world, enlarged
    ],
)
def test_finer_tiles_are_drawn_where_they_are(tiles, lat, lon, zoom, level):
    drawn = tiles.evaluate(
        """async ([lat, lon, z]) => {
          const layer = Object.values(map._layers).find(l => l.views);
          const at = map.project([lat, lon], z).divideBy(256).floor();
          const tile = await layer.views.get("").getDisplayTile({ x: at.x, y: at.y, z });
          return [tile.dataTile.z, [...tile.data.keys()]]; }""",
        [lat, lon, zoom],
    )
    assert drawn[0] == level
    assert {"land", "labels", "regions"} <= set(drawn[1])


@pytest.mark.parametrize(
    ("lat", "lon", "nearest"),
    [
        (39.51, 46.34, 12),  # Goris
        (52.5, 13.4, 10),  # Berlin: the tiles of the world have no more to show
    ],
)
def test_the_map_comes_no_nearer_than_there_is_something_to_see(tiles, lat, lon, nearest):
    tiles.evaluate("at => { map.setView(at, 9, {animate: false}); }", [lat, lon])
    tiles.wait_for_function("zoom => map.getMaxZoom() === zoom", arg=nearest)


def test_without_the_finer_tiles_the_map_is_drawn_from_those_of_the_world(visit):
    here = visit()  # and once more without the file
    here.page.route("**/basemap_detail.pmtiles", lambda route: route.fulfill(status=404))
    here.open(here.page.url)
    assert here.colours().get("247,245,240", 0) > 0
    (told, *others) = [words for words in here.complaints if "Failed to load resource" not in words]
    assert "basemap_detail.pmtiles cannot be read" in told and not others
    here.complaints.clear()


def test_first_view_is_light(visit):
    here = visit()
    here.page.wait_for_load_state("networkidle")
    sizes = {r.url.rsplit("/", 1)[-1]: r.sizes()["responseBodySize"] for r in here.fetched if ".pmtiles" not in r.url}
    ranges = [r.sizes()["responseBodySize"] for r in here.fetched if ".pmtiles" in r.url]
    assert all(r.response().status == 206 for r in here.fetched if ".pmtiles" in r.url)  # parts, never the whole file
    assert sum(sizes.values()) + sum(ranges) < FIRST_VIEW


def test_a_name_is_text_whatever_it_holds(visit):
    here = visit()
    here.page.mouse.move(*here.pixel(46.9, 39.3))
    label = here.page.frame_locator("iframe").locator(".leaflet-tooltip.place")
    label.wait_for()
    assert label.inner_text().startswith("<img src=x onerror=")
    assert "{{ 1 }}{% if" in label.inner_text()
    assert label.locator("img").count() == 0
    assert here.page.title() == "Map"


def test_a_click_selects_what_is_on_top(visit):
    here = visit()
    for at, expected in (
        ((46.34, 39.51), "goris"),  # on the country as well: the dot lies on top
        ((46.55, 39.64), "lachin"),
        ((45.0, 40.0), "AM"),
    ):
        here.page.mouse.click(*here.pixel(*at))
        here.wait_for_text(f"SELECTED {expected}")


def test_the_view_survives_a_filter_and_a_selection(visit):
    here = visit()
    here.frame.evaluate("() => { window.kept = true; map.setView([39.6, 46.5], 10, {animate: false}); }")
    here.page.mouse.click(*here.pixel(46.34, 39.51))
    here.wait_for_text("SELECTED goris")
    here.page.get_by_text("few").click()
    drawn = "() => Object.values(map._layers).filter(l => l.feature?.properties.symbol === 'dot').length"
    here.frame.wait_for_function(f"() => ({drawn})() === 2")
    assert here.frame.evaluate("() => window.kept")
    assert here.frame.evaluate("() => map.getZoom()") == 10


def test_names_of_places_give_way_to_none_of_the_background(visit):
    here = visit()
    here.frame.wait_for_function(
        """() => {
          const index = dateline.names.all.labelers.getIndex(map.getZoom());
          const ours = index.tree.all().filter(e => e.indexedLabel.tileKey === "0:0:0:places");
          return ours.length === 6; }"""  # three symbols keep their room, three names stand beside them
    )


# What the tile around a point must hold: kind and name of labels, and whether a border in it is disputed.
@pytest.mark.parametrize(
    ("at", "zoom", "labels", "disputed"),
    [
        ((39.5, 46.4), 9, {("region", "Syunik"), ("region", "Lachin"), ("town", "Goris")}, {0}),
        ((39.8, 46.8), 9, {("town", "Khankendi / Stepanakert")}, set()),
        ((40.3, 45.3), 8, {("lake", "Lake Sevan")}, {0}),
        ((40.3, 49.8), 7, {("capital", "Baku")}, {0}),
        ((38.8, 48.6), 9, {("region", "Lankaran")}, {0}),
        ((40.1, 44.5), 7, {("country", "Armenia"), ("capital", "Yerevan")}, {0}),
        ((38.6, 42.9), 7, {("lake", "Lake Van")}, set()),
        ((40.5, 51.0), 7, {("sea", "Caspian Sea")}, set()),
        ((45.3, 36.5), 7, {("sea", "Sea of Azov"), ("town", "Kerch")}, {1}),  # Crimea: its two lines are dashed
        ((36.3, 43.1), 7, {("town", "Mosul")}, {0}),
    ],
)
def test_tiles_hold_the_names_and_mark_disputed_borders(tiles, at, zoom, labels, disputed):
    found = tiles.evaluate(
        """async ([at, z]) => {
          const layer = Object.values(map._layers).find(l => l.labelers);
          const { x, y } = map.project(at, z).divideBy(256).floor();
          const { data: tile } = await layer.views.get("").getDisplayTile({ x, y, z });
          return { labels: tile.get("labels").map(f => [f.props.k, f.props.n]),
                   borders: (tile.get("borders") ?? []).map(f => f.props.d) }; }""",
        [list(at), zoom],
    )
    assert labels <= {tuple(label) for label in found["labels"]}
    assert disputed <= set(found["borders"])
    assert 1 in disputed or 1 not in found["borders"]
