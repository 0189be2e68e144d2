"""What the map shows at first sight, what a click on it means, and where it moves, on the shipped corpus."""

import re

import pytest
from builders import SHARED
from playwright.sync_api import expect

LITERAL = ["happened", "met", "target", "background", "mentioned"]
TALL = (1360, 1000)  # all of the map is in the window, so that the first click does not scroll the page

# Where the name of each place is written on the map, by id, in pixels of its frame.
NAMES = """(() => {
  const { all } = dateline.names, zoom = map.getZoom(), found = {};
  for (const entry of all.labelers.getIndex(zoom)?.tree.all() ?? []) { // none before the first are laid
    const { draw, bboxes: [box] } = entry.indexedLabel;
    if (!draw.names) continue;
    const middle = map.unproject([(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2], zoom);
    const { x, y } = map.latLngToContainerPoint(middle);
    const { x: width, y: height } = map.getSize();
    if (x > 0 && y > 0 && x < width && y < height) found[draw.names] = [x, y];
  }
  return found;
})()"""


@pytest.fixture(scope="session")
def originals(serve):
    if not (SHARED / "articles").is_dir():
        pytest.skip("the original articles are not here")
    return serve(SHARED / "articles")


def view(here):
    return here.frame.evaluate("[map.getZoom(), map.getCenter().lat, map.getCenter().lng]")


def test_opening_the_same_address_again_shows_the_same_view(visit, shipped):
    here = visit(shipped)
    first = view(here)
    for again in (lambda: here.page.reload(), lambda: here.open({})):  # the second finds every script in its cache
        again()
        here.page.locator("iframe").first.wait_for()
        here.frame.wait_for_function("() => window.map && window.dateline?.drawn")
        here.settle()
        zoom, *middle = view(here)
        assert zoom == first[0]
        assert middle == pytest.approx(first[1:], abs=0.01)  # degrees: a pixel or two of the frame's height


def test_the_first_view_follows_the_size_of_its_frame_until_the_reader_moves_it(visit, shipped):
    here = visit(shipped)
    first = view(here)
    frame = here.page.locator("iframe").first
    for height, compared in (("120px", "<"), ("", "===")):
        frame.evaluate("(frame, height) => frame.style.setProperty('height', height, 'important')", height)
        here.frame.wait_for_function(f"zoom => map.getZoom() {compared} zoom", arg=first[0])  # all of it fits
    box = frame.bounding_box()
    here.page.mouse.move(box["x"] + 300, box["y"] + 250)
    here.page.mouse.wheel(0, -300)
    here.frame.wait_for_function("zoom => map.getZoom() > zoom", arg=first[0])
    frame.evaluate("frame => frame.style.setProperty('height', '420px', 'important')")
    here.frame.wait_for_function("map.getSize().y === 420")
    assert view(here)[0] > first[0]


@pytest.mark.parametrize("size", [(1400, 900), (1280, 720)])
@pytest.mark.parametrize("corpus", ["shipped", "originals"])
def test_the_six_places_are_named_at_first_sight(visit, request, corpus, size):
    server = request.getfixturevalue(corpus)
    here = visit(server, size=size, role=LITERAL)
    names = "Goris", "Jermuk", "Sotk", "Shusha", "Stepanakert", "Lachin"
    ask = "select id from places where name like ? and kind != 'corridor'"
    of = {name: [row[0] for row in server.ask(ask, f"%{name}%")] for name in names}
    here.frame.wait_for_function(
        f"of => {{ const found = Object.keys({NAMES}); "
        "return Object.values(of).every(ids => ids.some(id => found.includes(id))); }",
        arg=of,
    )


def test_a_place_of_earlier_events_is_hollow(visit, shipped):
    here = visit(shipped, role=LITERAL)
    drawn = dict(zip(here.on_map("id"), here.on_map("hollow"), strict=True))
    counted = """select place, sum(role in ('background', 'mentioned')) = count(*) and sum(role = 'background') > 0
        from mentions where role not in ('actor', '') group by place"""
    earlier = dict(shipped.ask(counted))
    towns = {place: hollow for place, hollow in drawn.items() if hollow is not None}  # areas with a shape have no rim
    assert {True, False} == set(towns.values())
    assert towns == {place: bool(earlier[place]) for place in towns}


def test_a_place_that_is_named_only_is_grey_and_goes_with_its_chip(visit, shipped):
    here = visit(shipped)
    named = "select place from mentions where role not in ('actor', '') group by place having min(role = 'mentioned')"
    only = {place for (place,) in shipped.ask(named)}
    drawn = dict(zip(here.on_map("id"), here.on_map("grey"), strict=True))
    points = {place for place, grey in drawn.items() if grey is not None}
    assert {place for place in points if drawn[place]} == only & points != set()
    here.page.get_by_role("button", name="named only").click()
    here.frame.wait_for_function(
        "gone => { const ids = dateline.drawn.points.map(p => p[0]); return gone.every(id => !ids.includes(id)); }",
        arg=sorted(only & points),
    )


def test_symbols_on_one_another_open_a_list_to_choose_from(visit, shipped):
    here = visit(shipped, size=TALL, role=LITERAL)
    (lat, lon), *_ = shipped.ask("select lat, lon from places where name like 'Stepanakert%'")
    here.click_map(lat, lon)
    chooser = here.frame.locator(".chooser")
    expect(chooser.get_by_role("button").first).to_be_focused()
    assert {"Stepanakert / Khankendi", "Nagorno-Karabakh", "Artsakh"} <= {
        name.split("\n")[0] for name in chooser.get_by_role("button").all_inner_texts()
    }
    chooser.get_by_role("button", name="Stepanakert").click()
    here.expect_place("Stepanakert / Khankendi")
    expect(chooser).to_be_hidden()


def test_a_name_on_the_map_chooses_what_it_names(visit, shipped):
    here = visit(shipped, size=TALL, role=LITERAL)
    for name in ("Nagorno-Karabakh", "Shushi / Shusha"):
        (place,), *_ = shipped.ask("select id from places where name = ?", name)
        here.frame.wait_for_function(f"id => id in {NAMES}", arg=place)
        x, y = here.frame.evaluate(f"id => {NAMES}[id]", place)
        box = here.page.locator("iframe").bounding_box()
        here.page.mouse.click(box["x"] + x, box["y"] + y)
        here.expect_place(name)


def test_the_selected_symbol_leaves_its_neighbours_their_clicks(visit, shipped):
    ids = dict(shipped.ask("select name, id from places where name in ('Zabukh', 'Jaghazur')"))
    here = visit(shipped, size=TALL, role=LITERAL, place=ids["Zabukh"])
    here.wait_for_selection(ids["Zabukh"])
    box = here.page.locator("iframe").bounding_box()
    x, y = here.frame.evaluate(
        """id => { const at = dateline.points.getLayers().find(l => l.feature.properties.id === id);
                   const p = map.latLngToContainerPoint(at.getLatLng());
                   return [p.x - at.options.size + 1, p.y - 2]; }""",
        ids["Jaghazur"],
    )
    here.page.mouse.click(box["x"] + x, box["y"] + y)  # within the ring around Zabukh
    here.expect_place("Jaghazur")


def test_what_is_chosen_elsewhere_comes_into_view(visit, shipped):
    here = visit(shipped, size=TALL)
    for name in ("Astana", "Syunik Province"):
        here.frame.evaluate("map.setView([39.5, 46.3], 11, {animate: false})")
        here.choose_place(name)
        (place,), *_ = shipped.ask("select id from places where name = ?", name)
        here.wait_for_selection(place)
        here.frame.wait_for_function("id => map.getBounds().contains(dateline.extent(each => each === id))", arg=place)


def test_what_is_chosen_in_view_moves_nothing(visit, shipped):
    here = visit(shipped, size=TALL)
    first = view(here)
    here.choose_place("Goris")
    (place,), *_ = shipped.ask("select id from places where name = 'Goris'")
    here.wait_for_selection(place)
    assert view(here) == first


def around_the_date_line(folder):
    """Write an article about islands on both sides of 180 degrees, placed by the reader's own list."""
    (folder / "places.csv").write_text(
        "name,lat,lon,other_names,kind\nQaravu Bay,-17.2,179.4,,village\nMotu Lelei,-18.1,-178.7,,village\n"
        "Tavu Point,-16.9,178.9,,village\nVaka Landing,-17.6,-179.5,,village\n"
    )
    (folder / "one.txt").write_text(
        "---\ntitle: A storm\ndate: 2022-09-13\n---\nOn Tuesday the storm reached Qaravu Bay and Motu Lelei. "
        "Boats sank at Tavu Point and at Vaka Landing.\n"
    )
    return folder


@pytest.fixture(scope="session")
def islands(serve, tmp_path_factory):
    return serve(around_the_date_line(tmp_path_factory.mktemp("islands")))


def test_islands_on_both_sides_of_180_degrees_are_in_the_first_view(visit, islands):
    here = visit(islands, size=TALL)
    here.frame.wait_for_function("dateline.points.getLayers().length === 4")
    assert here.frame.evaluate("map.getZoom()") >= 6
    assert here.frame.evaluate("dateline.points.getLayers().every(l => map.getBounds().contains(l.getLatLng()))")


def test_they_are_drawn_and_clicked_wherever_the_map_is_centred(visit, islands):
    here = visit(islands, size=TALL)
    ids = dict(islands.ask("select name, id from places"))
    lons = "dateline.points.getLayers().map(l => l.getLatLng().lng)"
    for middle, name in ((0, None), (-181, "Motu Lelei"), (179, "Vaka Landing"), (181, "Motu Lelei")):
        here.frame.evaluate("lon => { map.setView([-17.5, lon], 7, {animate: false}); }", middle)
        here.frame.wait_for_function(f"{lons}.every(lon => Math.abs(lon - map.getCenter().lng) <= 180)")
        if name is None:
            continue
        x, y = here.frame.evaluate(
            """id => { const at = dateline.points.getLayers().find(l => l.feature.properties.id === id);
                       const p = map.latLngToContainerPoint(at.getLatLng()); return [p.x, p.y]; }""",
            ids[name],
        )
        box = here.page.locator("iframe").bounding_box()
        here.page.mouse.click(box["x"] + x, box["y"] + y)
        here.wait_for_selection(ids[name])


@pytest.fixture(scope="session")
def many(serve, tmp_path_factory):
    """Serve an article that names two hundred places of its own list, in a square of ten degrees."""
    folder = tmp_path_factory.mktemp("many")
    names = [f"Camp {a}{b}" for a in "ABCDEFGHJKLMNPQR" for b in ("one", "two", "three", "four", "five", "six", "seven",
             "eight", "nine", "ten", "eleven", "twelve", "thirteen")]  # fmt: skip
    rows = [f"{name},{40 + i % 14 * 0.7:.2f},{20 + i // 14 * 0.7:.2f},,village" for i, name in enumerate(names)]
    (folder / "places.csv").write_text("\n".join(["name,lat,lon,other_names,kind", *rows]) + "\n")
    (folder / "one.txt").write_text("\n\n".join(f"Rain fell in {name} on 13 September 2022." for name in names))
    return serve(folder)


def test_many_symbols_are_groups_until_the_map_is_near(visit, many):
    here = visit(many)
    counts = "dateline.points.getLayers().map(l => l.feature.properties)"
    number = many.ask("select count(distinct place) from mentions where role not in ('actor', '')")[0][0]
    assert number > 150
    here.frame.evaluate("() => { map.setView([44.5, 25], 5, {animate: false}); }")
    here.frame.wait_for_function(f"{counts}.some(p => p.symbol === 'group')")
    total = f"{counts}.reduce((sum, p) => sum + (p.symbol === 'group' ? Number(p.places) : 1), 0)"
    here.frame.wait_for_function(f"number => {total} === number", arg=number)
    here.frame.evaluate(
        "() => { dateline.expand(dateline.points.getLayers().find(l => l.feature.properties.cluster).feature); }"
    )
    here.frame.wait_for_function("map.getZoom() > 5")
    here.frame.evaluate("() => { map.setView([44.5, 25], 10, {animate: false}); }")
    here.frame.wait_for_function(f"{counts}.length && {counts}.every(p => p.symbol !== 'group')")


def test_a_tooltip_has_two_lines(visit, shipped):
    here = visit(shipped, size=TALL)
    lat, lon = shipped.ask("select lat, lon from places where name = 'Goris'")[0]
    box = here.page.locator("iframe").bounding_box()
    x, y = here.frame.evaluate("at => { const p = map.latLngToContainerPoint(at); return [p.x, p.y]; }", [lat, lon])
    here.page.mouse.move(box["x"] + x, box["y"] + y)
    tooltip = here.frame.locator(".leaflet-tooltip.place")
    expect(tooltip).to_have_text(re.compile(r"^Goris\d+ mentions? in \d+ articles?$"))
    assert len(tooltip.inner_text().split("\n")) == 2


def test_the_legend_is_folded_on_the_map_and_names_what_is_drawn(visit, shipped):
    here = visit(shipped, role=LITERAL)
    rows = here.frame.locator(".legend li")
    expect(rows.first).to_be_hidden()
    here.frame.get_by_text("Legend", exact=True).click()
    expect(rows.filter(has_text="hollow: earlier events")).to_be_visible()
    expect(rows.filter(has_text="building")).to_be_visible()
    expect(rows.filter(has_text="mention")).to_have_count(0)  # no tints


def test_what_the_page_points_at_is_ringed_on_the_map(visit, shipped):
    here = visit(shipped)
    ids = dict(shipped.ask("select name, id from places where name in ('Goris', 'Moscow')"))
    told = here.frame.locator(".leaflet-tooltip.place")
    here.frame.evaluate("ids => dateline.point(ids)", [ids["Goris"]])
    expect(told.filter(has_text="Goris")).to_be_visible()
    here.frame.evaluate("ids => dateline.point(ids)", [ids["Moscow"]])
    expect(told.filter(has_text="Goris")).to_have_count(0)
    expect(told.filter(has_text="Moscow")).to_be_visible()  # at the rim that it lies behind
    here.frame.evaluate("ids => dateline.point(ids)", [*ids.values(), "nowhere"])
    expect(told).to_have_count(0)  # rings alone
    here.frame.evaluate("dateline.point([])")
