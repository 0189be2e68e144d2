"""What the map can be told to show, its buttons, and its twins in words and widgets, on the shipped corpus."""

import base64
import re
import struct
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from corpus.records import ROLES

PHONE = (375, 740)
SHOWN = "m.role not in ('actor', '')"
INSIDE = f"from mentions m join places p on p.id = m.place where {SHOWN}"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def show(here, what):
    here.page.locator(".st-key-map-controls").get_by_text(what, exact=True).click()
    here.settle()


def layers(here):
    here.page.get_by_role("button", name="Names and layers").click()


def press(here, name):
    """Press a button on the map by keyboard."""
    button = here.frame.get_by_role("button", name=name)
    button.focus()
    here.page.keyboard.press("Enter")


@pytest.mark.parametrize(("choice", "column"), [("Provinces", "region"), ("Countries", "country")])
def test_regions_and_what_lies_in_none_add_up_to_what_is_shown(visit, shipped, choice, column):
    expected = shipped.ask(
        f"select 'in:' || r.code, count(*) {INSIDE.replace(' where', f' join regions r on r.code = p.{column} where')} "
        "group by r.code"
    )
    here = visit(shipped)
    everything = here.counts[0]
    show(here, choice)
    ids = sorted(code for code, _ in expected)
    here.wait_for_map(
        "JSON.stringify(all.map(f => f.properties.id).filter(i => i.startsWith('in:')).sort()) === "
        "JSON.stringify(argument)",
        ids,
    )
    for told in here.told_on_map():
        assert re.search(r"[\d,]+ mentions?", told)
    said = here.page.get_by_text(re.compile("^Tinted by mentions")).inner_text()
    inside = sum(number for _, number in expected)
    assert f"Tinted by mentions: {inside} in {len(ids)} " in said
    assert f"{everything - inside} mentions of" in said
    assert f"together {everything}." in said
    assert here.counts[0] == everything
    legend = here.frame.locator(".legend li").all_inner_texts()
    assert [row for row in legend if re.fullmatch(r"[\d,]+( to [\d,]+)? mentions?", row)]


def test_a_region_is_chosen_on_the_map_in_the_list_and_by_its_name(visit, shipped):
    (code, mentions), *_ = shipped.ask(f"select region, count(*) {INSIDE} and region_name = 'Syunik'")
    here = visit(shipped, level="province")
    here.wait_for_map("all.some(f => f.properties.id === argument)", f"in:{code}")
    here.click_map(39.45, 46.1)  # between the towns of Syunik
    heading = here.sources.get_by_role("heading", name="All of Syunik")
    expect(heading).to_be_visible()
    expect(here.sources.get_by_text(re.compile(f"^{mentions} mentions of 2 places inside"))).to_be_visible()
    here.wait_for_selection(f"in:{code}")
    expect(here.page).to_have_url(re.compile(f"place=in(:|%3A){code}"))
    expect(here.sources.get_by_role("button", name="Open in article")).to_have_count(
        shipped.ask(f"select count(distinct m.passage) {INSIDE} and region = ?", code)[0][0]
    )

    here.open_tab("Places")
    here.page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    box = here.page.get_by_test_id("stDataFrame").first.bounding_box()
    here.page.mouse.click(box["x"] + 18, box["y"] + 35 + 18)  # the first row: most mentions
    expect(heading).not_to_be_visible()
    expect(here.sources.get_by_role("heading", name=re.compile("^All of "))).to_be_visible()

    here.settle()
    here.search("Syunik")
    here.sources.get_by_role("button", name="All of Syunik").click()
    expect(heading).to_be_visible()
    here.sources.get_by_role("button", name="Open in article").first.click()
    expect(here.page.get_by_role("button", name="Back to the passages")).to_be_visible()


def test_places_go_by_the_names_that_are_chosen(visit, shipped):
    here = visit(shipped, role=ROLES)
    named = shipped.ask("select id, gazetteer_name from places where gazetteer_name != name")
    own = next(own for id_, own in named if id_ in here.on_map())
    layers(here)
    here.page.get_by_text("as GeoNames writes them").click()
    here.wait_for_map("all.some(f => f.properties.name === argument)", own)
    expect(here.page).to_have_url(re.compile("names=gazetteer"))
    here.page.get_by_text("all names in use").click()
    here.wait_for_map("all.some(f => f.properties.name.includes(argument) && f.properties.name.includes(' / '))", own)


def test_buttons_fit_the_view_without_the_server(visit, shipped):
    here = visit(shipped, place=shipped.ask("select id from places where name = 'Goris'")[0][0])
    start = here.frame.evaluate("map.getZoom()")
    before = here.sent
    press(here, "Show everything that is drawn")
    here.frame.wait_for_function("zoom => map.getZoom() < zoom", arg=start)
    inside = "map.getBounds().contains([dateline.drawn.points[0][3], dateline.drawn.points[0][2]])"
    here.frame.wait_for_function(inside)
    press(here, "Show what is selected")
    here.frame.wait_for_function("map.getZoom() === 9")
    assert here.frame.evaluate("map.getCenter().distanceTo([39.51, 46.34])") < 5000
    press(here, "Show where most of the articles happen")
    here.frame.wait_for_function("zoom => map.getZoom() === zoom", arg=start)
    here.frame.evaluate("() => new Promise(done => setTimeout(done, 600))")  # st_folium speaks up within 250 ms
    assert here.sent == before


def test_the_picture_carries_the_map_and_words_below_it(visit, shipped):
    here = visit(shipped, text="corridor")
    with here.page.expect_download() as waiting:
        press(here, "Save the map as a picture")
    file = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == "dateline-map.png"
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", file[16:24])
    shown = here.frame.evaluate("[map.getSize().x, map.getSize().y]")
    assert width == 2 * shown[0]
    assert height > 2 * shown[1] + 80  # the words, the attribution
    words = here.frame.evaluate("dateline.plain(dateline.drawn.words)")
    assert words == here.headline.inner_text()
    assert "corridor" in words
    assert "GeoNames" in here.frame.evaluate("dateline.attribution")


# How many pixels of the canvases in a pane are not transparent.
LETTERS = """(pane => [...document.querySelectorAll(`.leaflet-${pane}-pane canvas`)].reduce((sum, canvas) => {
  if (!canvas.width || !canvas.height) return sum;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return sum + data.filter((value, i) => i % 4 === 3 && value).length; }, 0))"""


@pytest.mark.parametrize(
    ("name", "host"), [("OpenStreetMap", "tile.openstreetmap.org"), ("OpenTopoMap", "tile.opentopomap.org")]
)
def test_online_backgrounds_ask_nobody_until_one_is_ticked_and_then_its_host_alone(visit, shipped, name, host):
    here = visit(shipped, elsewhere=True)
    here.page.route("https://**/*", lambda route: route.fulfill(body=DOT, content_type="image/png"))
    press(here, "Other backgrounds, from the internet")
    expect(here.frame.get_by_text("learns your address")).to_be_visible()
    assert here.strangers == []
    here.frame.get_by_role("checkbox", name=name).check()
    here.frame.wait_for_function("document.querySelectorAll('img.leaflet-tile-loaded').length > 0")
    assert here.strangers
    assert all(re.match(rf"https://(\w\.)?{re.escape(host)}/\d+/\d+/\d+\.png$", url) for url in here.strangers)
    expect(here.frame.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap contributors (ODbL)")
    here.frame.wait_for_function(
        f"map.hasLayer(dateline.names.ours) && {LETTERS}('names') > 100"
    )  # they hide those of our map
    here.frame.get_by_role("checkbox", name=name).uncheck()
    expect(here.frame.locator("img.leaflet-tile")).to_have_count(0)
    assert here.frame.evaluate("[map.hasLayer(dateline.names.ours), map.hasLayer(dateline.names.all)]") == [False, True]
    here.strangers.clear()  # asked for by the reader


def test_who_held_what_is_told_with_sources_and_changes_no_count(visit, shipped):
    here = visit(shipped)
    counts, places = here.counts, sorted(here.on_map())
    layers(here)
    here.page.get_by_text("Who held which district", exact=True).click()
    here.wait_for_map("all.some(f => f.properties.id.startsWith('held:'))")
    assert here.counts == counts
    assert sorted(i for i in here.on_map() if not i.startswith("held:")) == places
    here.page.keyboard.press("Escape")
    expect(here.page).to_have_url(re.compile(r"held=\d{4}-\d\d-\d\d"))
    rows = here.frame.locator(".legend li")
    expect(rows.filter(has_text="held by Azerbaijan")).to_be_visible()  # what a pattern means stands there at once
    expect(rows.filter(has_text="town or village")).to_be_hidden()
    box = here.page.get_by_text(re.compile(r"^Who held which district on .*, and who says so$"))
    box.click()
    lines = here.page.get_by_text(re.compile(r"Source: \w"))
    expect(lines.filter(visible=True).first).to_be_visible()
    said = [line for line in lines.all_inner_texts() if "Source:" in line]
    drawn = [f for f in here.on_map() if f.startswith("held:")]
    assert len([line for line in said if not line.startswith("Who")]) >= len(drawn)


def test_a_day_before_all_statuses_is_said_in_words(visit, shipped):
    here = visit(shipped, held="1950-01-01")
    expect(here.page.get_by_text("says nothing of 1 January 1950")).to_be_visible()


def test_the_map_in_words_counts_what_the_map_counts(visit, shipped):
    here = visit(shipped, text="border")
    here.page.get_by_role("button", name="Data", exact=True).click()
    here.page.get_by_text("The map in words").click()
    first = here.page.get_by_text(re.compile(r"^[\d,]+ mentions? of [\d,]+ places?, from [\d,]+ sources?"))
    expect(first.last).to_be_visible()
    mentions, places, _ = re.findall(r"\d+", first.last.inner_text())[:3]
    known = {row[0] for row in shipped.ask("select id from places")}
    assert (int(mentions), int(places)) == (here.counts[0], len(known & set(here.on_map())))


def test_on_paper_stand_the_words_the_map_and_the_list_and_no_button(visit, shipped):
    here = visit(shipped, text="corridor")
    here.page.emulate_media(media="print")
    expect(here.headline).to_be_visible()
    expect(here.page.locator(".st-key-print")).to_contain_text(re.compile(r"\d+ mentions of \d+ places"))
    expect(here.page.locator(".st-key-print")).to_be_visible()
    for hidden in (here.words, here.page.locator(".dl-acts"), here.page.get_by_role("button", name="Names and layers")):
        expect(hidden.first).to_be_hidden()
    expect(here.frame.get_by_role("button", name="Print the page")).to_be_hidden()
    expect(here.frame.locator(".leaflet-control-attribution")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(visit, shipped, dark):
    here = visit(shipped, dark=dark, level="province", held="2022-09-13", place="in:ARM-1732")
    expect(here.sources.get_by_role("heading", name="All of Syunik")).to_be_visible()
    press(here, "Other backgrounds, from the internet")
    serious = violations(here.page) + violations(here.frame)
    show(here, "Places")
    here.wait_for_map("!all.some(f => f.properties.symbol === 'shade')")
    here.settle()
    here.choose_place("Goris")
    layers(here)
    serious += violations(here.page)
    assert serious == []


def violations(frame):
    """Return what axe holds to be serious or critical."""
    frame.evaluate(Axe().axe_script)
    found = frame.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")["violations"]
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def test_a_phone_shows_the_map_early_and_after_a_tap_the_passages(visit, shipped):
    lat, lon = shipped.ask("select lat, lon from places where name = 'Sotk'")[0]  # alone at this zoom
    here = visit(shipped, size=PHONE)
    map_ = here.page.locator("iframe").first
    assert map_.bounding_box()["y"] < 560
    map_.evaluate("e => e.scrollIntoView({block: 'center'})")
    here.click_map(lat, lon)
    here.expect_place("Sotk")
    here.page.wait_for_function(
        """() => { const box = document.querySelector(".st-key-sources").getBoundingClientRect();
                   return box.top >= 0 && box.top < innerHeight / 3; }"""
    )
    assert here.overflows() == []
    here.page.get_by_role("button", name="Back to the map").click()
    expect(here.sources).to_be_hidden()
    toggle = here.page.get_by_text("Filters", exact=True)
    toggle.scroll_into_view_if_needed()
    expect(here.page.get_by_role("button", name="Region", exact=True)).to_be_hidden()
    toggle.click()
    expect(here.page.get_by_role("button", name="Region", exact=True)).to_be_visible()
    assert here.overflows() == []
