"""The page on the shipped corpus: map, list, passages, filters and URL say one thing."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

PHONE = (375, 740)
SHOWN = "m.role not in ('actor', '')"
WHOLE = "Back to the passages"


@pytest.fixture
def goris(shipped):
    """Return the passage that names Goris, as the index holds it."""
    columns = (
        "p.id, p.lat, p.lon, s.text, m.start - s.start, m.text, a.title, a.outlet, a.published_since, l.since, l.basis"
    )
    (row,) = shipped.ask(
        f"""select {columns} from mentions m join places p on p.id = m.place join passages s on s.id = m.passage
        join articles a on a.id = m.article join links l on l.mention = m.id where p.name = 'Goris'"""
    )
    names = "id lat lon passage start name title outlet published since basis"
    return dict(zip(names.split(), row, strict=True))


def test_map_holds_every_place_and_counts_every_mention(visit, shipped):
    here = visit(shipped)
    shown = shipped.ask(f"select place, count(*) from mentions m where {SHOWN} group by place")
    assert sorted(here.on_map()) == sorted(place for place, _ in shown)
    assert here.counts == (sum(n for _, n in shown), len(shown))
    here.open_tab("Places")
    expect(here.table.locator("table")).to_have_attribute("aria-rowcount", str(len(shown) + 1))  # and the heading


def test_click_on_a_dot_shows_who_says_what_and_when(visit, shipped, goris):
    here = visit(shipped)
    here.click_map(goris["lat"], goris["lon"])
    here.expect_place("Goris")
    here.wait_for_selection(goris["id"])
    expect(here.sources.locator("strong").first).to_have_text("Goris")
    for words in (goris["title"], goris["outlet"], "13 September 2022"):
        expect(here.sources).to_contain_text(words)
    expect(here.page.get_by_text(goris["basis"])).to_be_visible()
    assert (goris["published"], goris["since"]) == ("2022-09-13", "2022-09-13")
    assert set(lit_names(here)) == {"Goris"}
    for rest in here.sources.get_by_role("button", name="Show the whole passage").all()[::-1]:
        rest.click()
    assert goris["passage"] in here.sources.locator(".dl-text").inner_text()


def test_click_on_a_province_selects_it(visit, shipped):
    here = visit(shipped)
    here.click_map(40.33, 45.32)  # the middle of Lake Sevan
    here.expect_place("Gegharkunik Province")
    expect(here.sources.locator("strong").first).to_have_text("Gegharkunik")
    assert lit_names(here) == ["Gegharkunik"]


def test_second_click_on_the_same_place_counts(visit, shipped, goris):
    here = visit(shipped)
    here.click_map(goris["lat"], goris["lon"])
    here.expect_place("Goris")
    here.choose_place("Sotk")  # in view as well: the map stays
    here.wait_for_selection(id_of(shipped, "Sotk"))
    here.click_map(goris["lat"], goris["lon"])
    here.expect_place("Goris")
    here.wait_for_selection(goris["id"])


def test_map_passages_and_list_are_one_selection(visit, shipped):
    here = visit(shipped)
    here.choose_place("Yerevan")
    here.wait_for_selection(id_of(shipped, "Yerevan"))
    here.open_tab("Places")
    expect(here.row("Yerevan")).to_have_attribute("aria-selected", "true")

    number = 3
    name = here.table.locator("tbody tr").nth(number).locator("td").first.inner_text()
    here.click_row(number)
    here.expect_place(name)
    here.wait_for_selection(id_of(shipped, name))
    here.open_tab("Places")
    expect(here.row("Yerevan")).to_have_attribute("aria-selected", "false")

    here.click_row(number)  # the same row once more: nothing is selected
    here.wait_for_selection(None)


def test_all_passages_are_a_button_away_from_those_of_a_place(visit, shipped, goris):
    here = visit(shipped, place=goris["id"])
    here.page.get_by_role("button", name="All passages").click()
    here.wait_for_selection(None)
    expect(here.page).to_have_url(here.server.address + "/")


def test_selection_from_the_address_is_marked_on_map_and_in_list(visit, shipped, goris):
    here = visit(shipped, place=goris["id"], text="artillery", tab="places")
    here.wait_for_selection(goris["id"])
    expect(here.row("Goris")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(
    ("button", "limit"),
    [
        ("Previous", "max(l.until)"),  # from all dates: the last day alone
        ("Next", "min(l.since)"),  # the first day alone
    ],
    ids=["last day", "first day"],
)
def test_a_day_at_either_end_narrows_map_counts_and_list(visit, shipped, button, limit):
    day = shipped.ask(f"select {limit} from links l join mentions m on m.id = l.mention where {SHOWN}")[0][0]
    expected = shipped.ask(
        f"""select place, count(*) from mentions m where {SHOWN} and exists
        (select 1 from links l where l.mention = m.id and l.since <= ? and l.until >= ?) group by place""",
        day,
        day,
    )
    assert expected
    here = visit(shipped)
    whole = len(here.on_map())
    here.press_time(button)
    here.wait_for_map("all.length < argument", whole)
    expect(here.page).to_have_url(re.compile(f"from={day}&to={day}"))
    agree(here, expected)

    here.press_time("All dates")
    here.wait_for_map("all.length === argument", whole)
    expect(here.page).not_to_have_url(re.compile("from="))


@pytest.mark.parametrize(
    ("box", "choice", "condition"),
    [
        (None, "corridor", "m.passage in (select id from passages where lower(text) like '%corridor%')"),
        ("Region", "Syunik", "p.region_name = 'Syunik'"),  # its town and itself
        ("Region", "Armenia", "p.country = 'AM'"),
        ("Outlet", "SpecialEurasia", "a.outlet = 'SpecialEurasia'"),
    ],
    ids=["words", "province", "country", "outlet"],
)
def test_filter_narrows_map_counts_and_list(visit, shipped, box, choice, condition):
    expected = shipped.ask(
        f"""select m.place, count(*) from mentions m join articles a on a.id = m.article
        join places p on p.id = m.place where {SHOWN} and {condition} group by m.place"""
    )
    here = visit(shipped)
    whole = len(here.on_map())
    assert 0 < len(expected) < whole
    if box:
        here.narrow(box, choice)
    else:
        here.search(choice)
    here.wait_for_map("all.length < argument", whole)
    if box:
        here.page.get_by_role("button", name=box, exact=True).click()  # the box of choices may lie over the tabs
    agree(here, expected)


def test_the_page_runs_once_at_first_and_pan_and_zoom_run_nothing(visit, shipped, goris):
    here = visit(shipped)
    pan_and_zoom(here)
    assert here.sent == 1
    here.frame.evaluate("at => { map.setView(at, 8, {animate: false}); }", [goris["lat"], goris["lon"]])
    here.click_map(goris["lat"], goris["lon"])
    here.wait_for_selection(goris["id"])
    pan_and_zoom(here)
    assert here.sent == 2


def test_view_survives_a_selection_and_a_filter(visit, shipped):
    here = visit(shipped)
    drag(here, -120, -60)
    zoom = view(here)[0]
    here.frame.get_by_role("button", name="Zoom out").click()
    here.frame.wait_for_function("zoom => map.getZoom() < zoom && !map._animatingZoom", arg=zoom)
    here.frame.evaluate("window.marker = 1")
    before = view(here)
    here.choose_place("Goris")  # which is in view
    here.wait_for_selection(id_of(shipped, "Goris"))
    assert view(here) == before
    whole = len(here.on_map())
    here.search("corridor")
    here.wait_for_map("all.length < argument", whole)
    assert view(here) == before
    assert here.frame.evaluate("window.marker") == 1  # the same document all along


def test_copied_address_opens_the_same_view_in_another_browser(visit, shipped):
    here = visit(shipped)
    here.press_time("2023")
    expect(here.page).to_have_url(re.compile("from="))
    here.search("corridor")
    here.narrow("Region", "Armenia")
    here.narrow("Outlet", "SpecialEurasia")
    here.page.get_by_role("link", name="Zangezur Corridor").first.click()
    here.expect_place("Zangezur corridor")
    here.page.get_by_role("button", name="Open in article").first.click()
    expect(here.page).to_have_url(re.compile("passage="))
    expect(here.page.get_by_role("button", name=WHOLE)).to_be_visible()

    query = parse_qs(urlsplit(here.page.url).query)
    there = visit(shipped, elsewhere=True, **query)
    there.wait_for_selection(id_of(shipped, "Zangezur corridor"))
    assert there.days() == here.days()
    expect(there.words).to_have_value("corridor")
    expect(there.page.get_by_role("button", name=WHOLE)).to_be_visible()
    expect(there.headline).to_have_text(here.headline.inner_text())
    assert sorted(there.on_map()) == sorted(here.on_map())
    assert there.page.url == here.page.url
    wait_until_in_view(there, "Zangezur Corridor")


@pytest.mark.parametrize("size", [(1360, 900), PHONE])
def test_open_in_article_brings_the_passage_into_view(visit, shipped, size):
    here = visit(shipped, size=size)
    here.choose_place("Zangezur corridor")  # named at the end of its article
    (text,) = shipped.ask(
        "select a.text from articles a join mentions m on m.article = a.id where place = ?", "zangezur-corridor"
    )[0]
    here.page.get_by_role("button", name="Open in article").click()
    expect(here.page.get_by_role("button", name=WHOLE)).to_be_visible()
    wait_until_in_view(here, "Zangezur Corridor")
    for line in filter(None, text.split("\n")):
        expect(here.sources).to_contain_text(line)
    here.settle()
    here.page.get_by_role("button", name=WHOLE).click()
    here.expect_place("Zangezur corridor")


def test_nothing_left_is_said_in_words(visit, shipped):
    here = visit(shipped)
    here.press_time("Next")
    expect(here.page).to_have_url(re.compile("to="))
    here.search("Zabukh")  # named in 2023 only
    expect(here.headline).to_contain_text(re.compile("^0 mentions"))
    here.wait_for_map("all.length === 0")
    expect(here.sources).to_contain_text("No passage is left")
    expect(here.sources.get_by_role("button", name=re.compile("^Lift the filter ")).first).to_be_visible()
    here.search("")
    here.wait_for_map("all.length > 0")


def test_a_selected_place_outside_the_filter_is_said_in_words(visit, shipped):
    here = visit(shipped, place=id_of(shipped, "Yerevan"), text="Zangezur")
    expect(here.sources).to_contain_text("No passage is left")
    here.sources.get_by_role("button", name="Lift the filter “Zangezur”").click()
    expect(here.sources.locator("strong").first).to_have_text("Yerevan")


@pytest.mark.parametrize("dark", [False, True])
def test_phone_has_no_sideways_scroll(visit, shipped, goris, dark):
    here = visit(shipped, size=PHONE, dark=dark)
    assert here.page.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]
    assert here.overflows() == []
    here.choose_place("Goris")
    assert here.overflows() == []
    here.page.get_by_role("button", name="Open in article").click()
    expect(here.page.get_by_role("button", name=WHOLE)).to_be_visible()
    assert here.overflows() == []


def test_dark_page_has_a_dark_map(visit, shipped):
    light, dark = (brightness(visit(shipped, dark=dark)) for dark in (False, True))
    assert min(light) > 200  # of 255
    assert max(dark) < 80


def test_keyboard_alone_chooses_a_period_and_a_place(visit, shipped):
    here = visit(shipped)
    whole = len(here.on_map())
    tab_to(here, here.page.get_by_role("button", name="Next", exact=True))
    here.page.keyboard.press("Enter")
    here.wait_for_map("all.length < argument", whole)
    tab_to(here, here.words)
    here.page.keyboard.type("Goris")
    here.page.keyboard.press("Enter")
    hit = here.sources.get_by_role("button", name=re.compile("^Goris: "))
    expect(hit).to_be_visible()
    here.settle()
    tab_to(here, hit)
    here.page.keyboard.press("Enter")
    here.expect_place("Goris")


def test_focus_stays_where_a_word_was_searched_for(visit, shipped):
    here = visit(shipped)
    here.search("Goris")
    expect(here.sources.locator("strong").first).to_have_text("Goris")
    expect(here.words).to_be_focused(timeout=3000)


def id_of(server, name):
    return server.ask("select id from places where name = ?", name)[0][0]


def lit_names(here):
    """Return what stands out from the text on a ground of its own, in bold."""
    return here.sources.evaluate(
        """box => [...box.querySelectorAll("strong")].filter(e => [e, e.parentElement].some(
             e => getComputedStyle(e).backgroundColor !== "rgba(0, 0, 0, 0)")).map(e => e.textContent)"""
    )


def agree(here, expected):
    """See these places, with so many mentions, on the map, in the headline and in the list."""
    places = sorted(place for place, _ in expected)
    here.wait_for_map("JSON.stringify(all.map(f => f.properties.id).sort()) === JSON.stringify(argument)", places)
    expect(here.headline).to_contain_text(re.compile(f"^{sum(n for _, n in expected)} mentions? "))
    here.open_tab("Places")
    expect(here.table.locator("table")).to_have_attribute("aria-rowcount", str(len(places) + 1))
    names = dict(here.server.ask("select id, name from places"))
    for mentions, name in sorted((-mentions, names[place]) for place, mentions in expected)[:5]:
        expect(here.row(name).locator("td").nth(1)).to_have_text(str(-mentions))


def view(here):
    return here.frame.evaluate("() => [map.getZoom(), [map.getCenter().lat, map.getCenter().lng]]")


def drag(here, x, y):
    """Pan the map by some pixels and wait until it rests."""
    box = here.page.locator("iframe").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    here.frame.evaluate("() => { window.rested = false; map.once('moveend', () => { window.rested = true; }); }")
    here.page.mouse.move(*middle)
    here.page.mouse.down()
    here.page.mouse.move(middle[0] + x, middle[1] + y, steps=5)
    here.page.mouse.up()
    here.frame.wait_for_function("() => window.rested")


def pan_and_zoom(here):
    """Move the map, and wait until it would have said so: st_folium does 250 ms after a move at the latest."""
    zoom, centre = view(here)
    drag(here, -120, -60)
    here.frame.get_by_role("button", name="Zoom in").click()
    here.frame.wait_for_function("zoom => map.getZoom() > zoom && !map._animatingZoom", arg=zoom)
    assert view(here)[1] != centre
    here.frame.evaluate("() => new Promise(done => setTimeout(done, 600))")


def wait_until_in_view(here, name):
    """Wait until the lit name lies within the visible part of the box that scrolls around it, and of the window."""
    here.page.wait_for_function(
        """name => {
          const lit = [...document.querySelectorAll(".st-key-sources strong")].find(e => e.textContent === name);
          let box = lit;
          const scrolls = e => e.scrollHeight > e.clientHeight && /auto|scroll/.test(getComputedStyle(e).overflowY);
          while (box && !scrolls(box)) box = box.parentElement;
          if (!box) return false;
          const [inner, outer] = [lit.getBoundingClientRect(), box.getBoundingClientRect()];
          return inner.top >= Math.max(0, outer.top) && inner.bottom <= Math.min(outer.bottom, innerHeight);
        }""",
        arg=name,
    )


def brightness(here):
    """Return how bright the page and the map's tiles are, 0 to 255."""
    page = here.page.evaluate(
        "() => Math.max(...getComputedStyle(document.querySelector('.stApp')).backgroundColor.match(/\\d+/g))"
    )
    tiles = here.frame.wait_for_function(
        """() => {
          const tiles = [...document.querySelectorAll(".leaflet-tile-pane canvas.leaflet-tile")];
          if (!tiles.length || !tiles.every(t => t.classList.contains("leaflet-tile-loaded"))) return 0;
          const shades = tiles.flatMap(t => [...t.getContext("2d").getImageData(0, 0, t.width, t.height).data]
            .filter((_, i) => i % 4 === 1));
          return shades.reduce((sum, shade) => sum + shade) / shades.length;
        }"""
    )
    return page, tiles.json_value()


def tab_to(here, control):
    """Press the tabulator until a control has the focus."""
    for _ in range(120):  # each name in a passage is a stop
        if control.evaluate("e => e === document.activeElement"):
            return
        here.page.keyboard.press("Tab")
    pytest.fail("no way to it with the tabulator")


def test_why_here_says_the_reason_and_draws_the_other_places_on_demand(visit, shipped):
    here = visit(shipped)
    here.choose_place("Goris")
    here.sources.get_by_text("Why here?").click()
    expect(here.sources.get_by_text(re.compile("Gori, town, Georgia"))).to_be_visible()
    here.settle()  # the map says where it looks now, which draws the page once more
    before = len(here.on_map())
    here.sources.get_by_text("Show the other places of this name on the map").click()
    here.wait_for_map("all.some(f => f.properties.name === argument)", "Not chosen: Gori")
    here.choose_place("Jermuk")  # another choice takes them off again
    here.wait_for_map("all.length === argument", before)


def test_what_was_weighed_is_told_beside_a_passage(visit, shipped):
    here = visit(shipped)
    here.choose_place("Goris")
    here.sources.get_by_text("Why?", exact=True).first.click()
    here.sources.get_by_role("button", name="What was weighed").first.click()
    told = here.page.get_by_role("dialog")
    expect(told.get_by_text("Goris, Syunik, Armenia").first).to_be_visible()
    expect(told.get_by_role("cell", name="Gori, Shida Kartli, Georgia")).to_be_visible()
    here.page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    here.expect_place("Goris")


def test_any_place_can_be_looked_up_without_a_request_to_anyone(visit, shipped):
    here = visit(shipped)
    here.page.get_by_role("button", name="Data", exact=True).click()
    here.page.get_by_text("Look up any place").click()
    box = here.page.get_by_role("textbox", name="Name of a place")
    box.fill("Jermukk")  # a slip of the finger
    box.press("Enter")
    expect(here.page.get_by_text("Perhaps:")).to_be_visible()
    box.fill("Jermuk")
    box.press("Enter")
    here.page.get_by_role("button", name="Show", exact=True).click()
    here.expect_place("Jermuk")
