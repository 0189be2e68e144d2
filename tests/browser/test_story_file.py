"""The story works from a file with the network off, in the hands of whoever has a browser; printed it is a report."""

import re

import pytest
from builders import build, front
from playwright.sync_api import expect

from corpus.exports.evidence import evidence_of
from corpus.exports.formats import FORMATS
from corpus.index.connection import open_index
from corpus.queries.filters import Filters
from corpus.queries.places import places, totals

HOSTILE = "</script><img src=x onerror=window.canary=1>"
ARTICLES = {
    "a.txt": front(
        f"Shells fell near Goris on Tuesday. {HOSTILE}\n\nA bridge near Sisian burned on 2 September 2022.",
        title=f"'{HOSTILE}'",
        outlet="'<b>River</b>'",
        date="2022-09-14",
        url="https://e.example/1",
    ),
    "b.md": front("A market in Goris has long been open.", title="Market"),
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    return build(tmp_path_factory.mktemp("story"), ARTICLES)


@pytest.fixture
def opened(browser, indexed, tmp_path):
    """The story in a browser without network; at the end it has asked for nothing and complained of nothing."""
    with open_index(indexed) as index:
        (tmp_path / "story.html").write_bytes(FORMATS["story"].write(evidence_of(index, Filters())))
    context = browser.new_context(offline=True)
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "story.html").as_uri())
    yield page
    assert [url for url in asked if not url.endswith("/story.html")] == []
    assert complaints == []
    assert page.evaluate("window.canary") is None
    context.close()


def count(page):
    return tuple(map(int, re.findall(r"\d+", page.locator("#count").inner_text())))


def test_it_shows_what_the_page_shows(opened, indexed):
    with open_index(indexed) as index:
        shown, found = totals(index, Filters()), places(index, Filters())
    assert count(opened) == (shown.shown, len(found), shown.passages)
    expect(opened.locator(".dot")).to_have_count(len(found))
    expect(opened.locator("#about")).to_contain_text("GeoNames")


def test_strangers_words_are_words(opened):
    expect(opened.locator(".text").filter(has_text=HOSTILE)).to_have_count(1)
    expect(opened.locator(".source").filter(has_text=HOSTILE)).to_have_count(2)
    expect(opened.locator("#passages img, #passages script, #passages b")).to_have_count(0)
    link = opened.get_by_role("link", name="original ↗").first
    assert link.get_attribute("href") == "https://e.example/1"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_place_and_days_narrow_it(opened):
    everything = count(opened)
    opened.get_by_role("button", name="Sisian", exact=True).click()
    assert count(opened)[1:] == (1, 1)
    opened.get_by_role("button", name="Show all").click()
    opened.wait_for_function(f"document.getElementById('count').textContent.startsWith('{everything[0]} ')")
    opened.get_by_label("From").fill("2022-09-02")
    opened.get_by_label("to", exact=True).fill("2022-09-02")
    opened.get_by_label("with undated").uncheck()
    expect(opened.locator(".passage")).to_have_count(1)
    expect(opened.locator(".passage")).to_contain_text("Sisian")
    opened.get_by_role("button", name="Show all").click()
    opened.get_by_label("Words").fill("market")
    expect(opened.locator(".passage")).to_contain_text("long been open")


def test_a_dot_is_chosen_by_keyboard(opened):
    opened.locator(".dot").first.focus()
    opened.keyboard.press("Enter")
    assert count(opened)[1] == 1


def test_the_map_is_zoomed_and_its_dots_stay_as_large(opened):
    def width():
        return opened.locator(".dot").first.bounding_box()["width"]

    before = width()
    opened.get_by_role("button", name="Zoom in").click()
    assert abs(width() - before) < 1


def test_printed_it_is_a_report(opened):
    opened.emulate_media(media="print")
    expect(opened.locator("#filters")).to_be_hidden()
    for part in ("#map", "#time", ".passage >> nth=0", "#about"):
        expect(opened.locator(part)).to_be_visible()
    assert opened.pdf().startswith(b"%PDF")
