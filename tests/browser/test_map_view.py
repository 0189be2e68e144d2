"""What the map shows at first sight, what a click on it means, and where it moves, on the shipped corpus."""

import pytest
from builders import SHARED
from playwright.sync_api import expect

LITERAL = ["happened", "met", "target", "background"]
TALL = (1360, 1000)  # all of the map is in the window, so that the first click does not scroll the page

# Where the name of each place is written on the map, by id, in pixels of its frame.
NAMES = """(() => {
  const { all } = dateline.names, zoom = map.getZoom(), found = {};
  for (const entry of all.labelers.getIndex(zoom).tree.all()) {
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
    return here.frame.evaluate("[map.getZoom(), ...[map.getCenter().lat, map.getCenter().lng].map(n => n.toFixed(3))]")


def test_opening_the_same_address_again_shows_the_same_view(visit, shipped):
    here = visit(shipped)
    first = view(here)
    for again in (lambda: here.page.reload(), lambda: here.open({})):  # the second finds every script in its cache
        again()
        here.page.locator("iframe").first.wait_for()
        here.frame.wait_for_function("() => window.map && window.dateline?.drawn")
        here.settle()
        assert view(here) == first


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
    ask = "select id from places where name like ?"
    of = {name: [row[0] for row in server.ask(ask, f"%{name}%")] for name in names}
    here.frame.wait_for_function(
        f"of => {{ const found = Object.keys({NAMES}); "
        "return Object.values(of).every(ids => ids.some(id => found.includes(id))); }",
        arg=of,
    )


def test_a_place_of_earlier_events_is_hollow(visit, shipped):
    here = visit(shipped, role=LITERAL)
    drawn = dict(zip(here.on_map("id"), here.on_map("hollow"), strict=True))
    counted = "select place, sum(role = 'background') = count(*) from mentions where role in ({}) group by place"
    earlier = dict(shipped.ask(counted.format(", ".join(f"'{role}'" for role in LITERAL))))
    towns = {place: hollow for place, hollow in drawn.items() if hollow is not None}  # areas with a shape have no rim
    assert {True, False} == set(towns.values())
    assert towns == {place: bool(earlier[place]) for place in towns}


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


@pytest.mark.parametrize("name", ["Nagorno-Karabakh", "Shushi / Shusha"])
def test_a_name_on_the_map_chooses_what_it_names(visit, shipped, name):
    here = visit(shipped, size=TALL, role=LITERAL)
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


@pytest.mark.parametrize("name", ["Astana", "Syunik Province"])
def test_what_is_chosen_elsewhere_comes_into_view(visit, shipped, name):
    here = visit(shipped, size=TALL)
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
