"""What people come for, a test a task: how many steps it takes, and how much of the first screen is map."""

import re

import pytest
from playwright.sync_api import expect

MOST_STEPS = 3
ORIGINALS = ("Goris", "Jermuk", "Sotk", "Shusha", "Stepanakert", "Lachin")


class Steps:
    """The steps that somebody takes; more than three are too many."""

    def __init__(self):
        self.taken = []

    def __call__(self, locator, key=None):
        """Click, or press a key in, what was found; one step."""
        self.taken.append(str(locator))
        assert len(self.taken) <= MOST_STEPS, self.taken
        locator.press(key) if key else locator.click()


@pytest.fixture
def step():
    return Steps()


def text_of_first(here):
    return here.sources.locator(".dl-text").first


@pytest.mark.parametrize(("size", "least"), [((1400, 900), 0.55), ((1280, 720), 0.48)], ids=["desk", "laptop"])
def test_most_of_the_first_screen_is_map(visit, shipped, size, least):
    here = visit(shipped, size=size)
    box = here.page.locator("iframe").bounding_box()
    seen = box["width"] * (min(box["y"] + box["height"], size[1]) - box["y"])
    assert seen / (size[0] * size[1]) >= least
    assert here.page.evaluate("document.querySelector('.stMain').scrollHeight") <= size[1] + 1
    expect(here.sources.locator(".dl-card").first).to_be_in_viewport()


def test_the_places_are_there_and_one_click_reads_one(visit, shipped, step):
    here = visit(shipped)
    names = " ".join(here.on_map("name")) + " ".join(here.frame.evaluate("dateline.drawn.points.map(p => p[1])"))
    assert [name for name in ORIGINALS if name not in names] == []
    here.click_map(*shipped.ask("select lat, lon from places where name = 'Goris'")[0])
    here.expect_place("Goris")
    expect(here.sources.locator(".dl-text strong").first).to_be_in_viewport()


def test_everything_on_one_day(visit, shipped, step):
    here = visit(shipped)
    step(here.sources.get_by_role("link", name="13 September 2022").first)
    expect(here.page).to_have_url(re.compile("from=2022-09-13&to=2022-09-13"))
    expect(here.headline).to_contain_text("on 13 September 2022")


def test_all_about_a_country(visit, shipped, step):
    here = visit(shipped)
    step(here.sources.get_by_role("link", name="Armenia", exact=True).first)
    here.expect_place("Armenia")
    expect(here.sources.get_by_role("heading", name="Inside Armenia")).to_be_attached()
    cards = here.sources.locator(".dl-card")
    expect(cards.first.locator("strong").first).to_have_text("Armenia")
    expect(cards.last.locator("strong").first).not_to_have_text("Armenia")  # of a place inside it


def test_all_about_a_province_by_its_name(visit, shipped, step):
    here = visit(shipped)
    here.words.fill("Syunik")
    step(here.words, "Enter")
    step(here.sources.get_by_role("button", name="All of Syunik"))
    expect(here.sources.get_by_role("heading", name="All of Syunik")).to_be_visible()
    expect(text_of_first(here)).to_be_visible()


def test_a_word(visit, shipped, step):
    here = visit(shipped)
    here.words.fill("artillery")
    step(here.words, "Enter")
    expect(here.sources.locator("mark").first).to_have_text(re.compile("artillery", re.IGNORECASE))


@pytest.mark.parametrize("name", ["Khankendi", "Stepanakert", "Ստեփանակերտ"])
def test_a_place_by_any_name(visit, shipped, step, name):
    here = visit(shipped)
    here.words.fill(name)
    step(here.words, "Enter")
    expect(here.sources.get_by_role("button", name=re.compile("Stepanakert.*: .*passage"))).to_be_visible()
    expect(here.sources.locator("strong").first).to_have_text("Stepanakert")


def test_open_a_source_and_come_back(visit, shipped, step):
    here = visit(shipped)
    first = text_of_first(here).text_content()
    step(here.sources.get_by_role("button", name="Open in article").first)
    expect(here.sources.locator(".dl-here")).to_be_in_viewport()
    step(here.page.get_by_role("button", name="Back to the passages"))
    expect(text_of_first(here)).to_have_text(first)


def test_from_a_name_in_the_text_to_the_map(visit, shipped, step):
    here = visit(shipped)
    (goris,) = shipped.ask("select id from places where name = 'Goris'")[0]
    step(here.sources.get_by_role("link", name="Goris", exact=True).first)
    here.wait_for_selection(goris)


def test_a_card_shows_its_places_on_the_map(visit, shipped):
    here = visit(shipped)
    here.sources.get_by_role("link", name="Goris", exact=True).first.hover()
    rings = "Object.values(map._layers).filter(each => each.options.radius && each.options.fill === false)"
    here.frame.wait_for_function(f"() => {rings}.length === 1")
    (at,) = here.frame.evaluate(f"{rings}.map(each => each.getLatLng())")
    lat, lon = shipped.ask("select lat, lon from places where name = 'Goris'")[0]
    assert (at["lat"], at["lng"]) == pytest.approx((lat, lon), abs=0.01)


def test_back_undoes_a_selection(visit, shipped):
    here = visit(shipped)
    here.sources.get_by_role("link", name="Goris", exact=True).first.click()
    here.expect_place("Goris")
    here.page.go_back()
    here.wait_for_selection(None)
    expect(here.sources.get_by_role("heading", name="Goris")).to_have_count(0)


def test_cite_a_passage(visit, shipped, step):
    here = visit(shipped)
    here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    step(here.sources.get_by_role("button", name="Copy citation").first)
    expect(here.sources.get_by_role("button", name="Copied").first).to_be_visible()
    cited = here.page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"^“.+” — .+blake2b-64:([0-9a-f]{16}):\d+-\d+\. .+\?passage=\1\.\d+$", cited, re.DOTALL)
    here.sources.locator(".dl-styles summary").first.click()
    here.sources.get_by_role("button", name="Copy as BibTeX").first.click()
    here.page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('@article{'))")


def test_the_link_holds_the_map_and_opens_the_same_view(visit, shipped, step):
    here = visit(shipped)
    here.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    here.frame.evaluate("map.setView([41, 45], 9, {animate: false})")
    step(here.page.get_by_role("button", name="Share", exact=True))
    expect(here.page.get_by_role("button", name="Link copied")).to_be_visible()
    link = here.page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"at=4(1\.00|0\.99)\d,45\.000,9", link)  # a pixel or two of the frame's height beside it
    there = visit(shipped, elsewhere=True, at="41.000,45.000,9")
    there.frame.wait_for_function("() => map.getZoom() === 9 && Math.abs(map.getCenter().lat - 41) < 0.01")


def test_download_the_rows_shown(visit, shipped, step):
    here = visit(shipped)
    step(here.page.get_by_role("button", name="Data", exact=True))
    here.choose(here.page.get_by_role("combobox", name="Take along what is shown"), "Table: CSV of places")
    with here.page.expect_download() as caught:
        step(here.page.get_by_role("button", name="Download places.csv"))
    assert caught.value.suggested_filename == "places.csv"


def test_one_file_after_another(visit, shipped):
    here = visit(shipped)
    here.page.get_by_role("button", name="Data", exact=True).click()
    here.choose(here.page.get_by_role("combobox", name="Take along what is shown"), "Table: CSV of mentions")

    def arrives(name):
        return here.page.expect_download(lambda file: file.suggested_filename == name)

    with arrives("mentions.csv"), arrives("mentions.csv-metadata.json"):
        here.page.get_by_role("button", name="Download mentions.csv").click()
        here.page.get_by_role("button", name="Its filter, licences, columns").click()


@pytest.mark.parametrize("filter", [{"from": "2050-01-01"}, {"text": "nosuchword"}, {"role": "met", "text": "shells"}])
def test_an_empty_view_says_what_empties_it_and_lifts_it(visit, shipped, step, filter):
    here = visit(shipped, **filter)
    if "nosuchword" in filter.values():
        expect(here.sources).to_contain_text("The articles have no “nosuchword”")
    step(here.sources.get_by_role("button", name=re.compile("^(Lift the filter|Show|Clear all filters)")).first)
    expect(here.headline).not_to_contain_text(re.compile("^0 "))
