"""Corrections on the page: seen at once, undone by a click, and kept; two readers do not lose each other's."""

import re
import shutil
import subprocess
import sys

import pytest
from builders import front, write_corpus
from playwright.sync_api import expect

from corpus.corrections.file import read_corrections

PHONE = (390, 800)
FILES = {
    "a.md": front("Shells fell near Goris on Tuesday. Two died in Sisian.", title="Shelling", date="2022-09-14"),
    "b.md": front("Two buses came from Goris to Lyon.", title="Buses", outlet="River Post", date="2022-10-02"),
    "c.md": front("Rain fell in Paris.", title="Rain", outlet="River Post", date="2022-10-03"),
}


@pytest.fixture(scope="module")
def corpora(serve, tmp_path_factory):
    """Serve a folder of its own to each test."""

    def begin():
        folder = write_corpus(tmp_path_factory.mktemp("mend") / "news", FILES)
        return folder, serve(folder)

    return begin


@pytest.fixture(scope="module")
def one(corpora):
    return corpora()


def dialog(here):
    return here.page.get_by_role("dialog")


def correct(here, words, name):
    """Open the dialog of the card with these words, at a name of it."""
    card = here.page.locator(".dl-card").filter(has_text=words).first
    card.get_by_role("button", name="Correct", exact=True).click()
    choose(here, re.compile(rf"\d\. {name}$"))
    expect(dialog(here).locator("strong", has_text=name).first).to_be_visible()  # in its sentence: all is drawn anew
    here.settle()


def say(here, kind):
    """Choose the kind of correction."""
    choose(here, kind)
    here.settle()


def choose(here, name):
    pill = dialog(here).get_by_role("radio", name=name, exact=True)
    pill.click()
    expect(pill).to_be_checked()


def search(here, query, answer):
    box = dialog(here).get_by_role("textbox", name=re.compile("^Search for any other place"))
    box.fill(query)
    box.press("Enter")
    expect(dialog(here).get_by_role("radio", name=re.compile(answer)).first).to_be_checked()


def done(here, button="Apply"):
    """Press the button that keeps it, and wait until the articles were read again."""
    dialog(here).get_by_role("button", name=button, exact=True).click()
    expect(dialog(here)).to_have_count(0)
    expect(here.page.locator(".st-key-mended").get_by_role("button", name="Undo")).to_be_visible()
    here.settle()
    here.frame.wait_for_function("() => window.map && window.map._loaded")


def places(server, words):
    return [row[0] for row in server.ask("select place from mentions where text = ? order by article, start", words)]


def test_a_wrong_town_everywhere_undone_done_again_and_it_stands(visit, corpora):
    folder, server = corpora()
    before = places(server, "Goris")
    here = visit(server)
    correct(here, "Two buses", "Goris")
    say(here, "Another place")
    search(here, "Gori, Georgia", "^Gori, Shida Kartli, Georgia")
    dialog(here).get_by_text("All 2 alike in all articles").click()
    done(here)
    after = places(server, "Goris")
    assert before != after == [after[0]] * 2
    here.wait_for_map("all.some(f => f.properties.id === argument)", after[0])  # the map shows it at once
    here.page.get_by_role("button", name="Undo", exact=True).click()
    expect(here.page.get_by_role("button", name="Do it again")).to_be_visible()
    here.settle()
    assert places(server, "Goris") == before
    here.page.get_by_role("button", name="Do it again").click()
    expect(here.page.get_by_role("button", name="Undo", exact=True)).to_be_visible()
    here.settle()
    assert places(server, "Goris") == after

    command = [sys.executable, "-m", "dashboard", "build", str(folder), "--index", str(server.index), "--force"]
    subprocess.run(command, check=True, capture_output=True)
    assert places(server, "Goris") == after
    (folder / "deep").mkdir()
    shutil.move(folder / "b.md", folder / "deep" / "another name.md")
    subprocess.run(command, check=True, capture_output=True)
    assert places(server, "Goris") == after
    again = visit(server, tab="corrections")
    expect(again.page.locator(".st-key-pane")).to_contain_text("1 correction, 0 undone")
    expect(again.page.locator(".st-key-pane")).not_to_contain_text("No longer fits")


def test_a_click_on_a_map_places_a_name(visit, corpora):
    _, server = corpora()
    here = visit(server)
    correct(here, "Two died", "Sisian")
    say(here, "Another place")
    dialog(here).get_by_text("Show a map to click on").click()
    map_ = dialog(here).locator("iframe")
    expect(map_.content_frame.locator(".leaflet-container")).to_be_visible()
    here.settle()
    map_.scroll_into_view_if_needed()
    map_.content_frame.locator(".leaflet-container").click(position={"x": 350, "y": 60})
    point = dialog(here).get_by_role("radio", name=re.compile("^Sisian, ")).first
    expect(point).to_be_checked()
    expect(dialog(here)).to_contain_text("this very point")
    done(here)
    (place,) = places(server, "Sisian")
    assert re.fullmatch(r"point:\d\d\.\d{4},\d\d\.\d{4}", place)
    here.wait_for_map("all.some(f => f.properties.id === argument)", place)


def test_two_readers_keep_both_of_theirs(visit, corpora):
    folder, server = corpora()
    one, other = visit(server), visit(server, elsewhere=True)
    correct(one, "Shells fell", "Sisian")
    correct(other, "Rain fell", "Paris")  # both have the dialog open
    say(one, "Not a place")
    say(other, "Meant otherwise")
    dialog(other).get_by_text(re.compile("^those who act for the place")).click()
    dialog(one).get_by_role("textbox", name="Your name, beside the correction").fill("Ann")
    done(one)
    dialog(other).get_by_role("textbox", name="Your name, beside the correction").fill("Bo")
    done(other)
    rows, problems = read_corrections(folder)
    assert problems == []
    assert [(row.who, row.words, row.what) for row in rows] == [
        ("Ann", "Sisian", "no place"),
        ("Bo", "Paris", "reading"),
    ]
    assert server.ask("select status from mentions where text in ('Sisian', 'Paris') order by text") == [
        ("actor",),
        ("undecided",),
    ]
    one.open_tab("Corrections")  # the one sees what the other did
    expect(one.page.locator(".st-key-pane")).to_contain_text("2 corrections")


def test_the_day_an_article_was_published_moves_its_days(visit, corpora):
    folder, server = corpora()
    passage = server.ask("select print || '.1' from articles where id like 'a%'")[0][0]
    here = visit(server, passage=passage)
    here.page.get_by_role("button", name="Correct", exact=True).first.click()
    dialog(here).get_by_text("The article itself").click()
    box = dialog(here).get_by_role("textbox", name="Outlet")
    box.fill("=Valley Times")
    box.press("Tab")
    dialog(here).get_by_role("group", name="Published on").get_by_role("spinbutton").first.click()
    here.page.keyboard.type("20220921")
    here.page.keyboard.press("Enter")
    here.settle()
    done(here)
    assert server.ask("select published_since, outlet from articles where id like 'a%'") == [
        ("2022-09-21", "=Valley Times")
    ]
    days = server.ask(
        "select l.since from links l join mentions m on m.id = l.mention where m.text = 'Goris' order by 1"
    )
    assert days[0] == ("2022-09-20",)  # Tuesday
    assert ",'=Valley Times," in (folder / "corrections.csv").read_text("utf-8")  # no formula


@pytest.mark.parametrize("size", [PHONE, (1400, 900)], ids=["phone", "desk"])
def test_the_dialog_fits_and_hides_nothing(visit, one, size):
    here = visit(one[1], size=size, tab="passages", text="buses")
    if size == PHONE:
        here.page.get_by_role("button", name=re.compile("^Read ")).click()
        here.settle()
    correct(here, "Two buses", "Goris")
    for kind in ("Another place", "Several places", "Not a place", "Meant otherwise", "Another date", "Right as it is"):
        say(here, kind)
        expect(dialog(here).get_by_role("button", name=re.compile("^(Apply|Confirm)$"))).to_be_attached()
        assert here.overflows() == []
