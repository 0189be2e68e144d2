"""Articles written to break the page: what they say is shown letter by letter, and nothing of it runs or loads."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
EVIL = 'a`b ${window.top.x=1} <img src=x onerror="window.top.x=1"></script>'
PICTURE = "![a map](http://example.com/x.png)"
LINK = "[read more](http://example.com/more)"
SIGNS = "Goris -> Lachin <- Shusha -- 5 >= 3 :smile: :material/home: :red[no] $x$ **bold** _it_ ~~s~~ `c` {{ 7*7 }} {% if"
BARE = "http://example.com/bare or javascript:window.top.x=1"
FURNITURE = "See also: What the winter brought to Yerevan"

HOSTILE = f"""---
title: {EVIL}
outlet: {EVIL} {PICTURE}
author: {EVIL}
date: 2022-09-13
---

There was fighting near Goris and Lachin in Armenia on Tuesday, {EVIL} said. {EVIL}Goris{EVIL} was hit.

{PICTURE} {LINK} {BARE} are all about Goris.

{SIGNS}

<script>window.top.x=1</script><b>Goris</b> and <iframe src="http://example.com/"></iframe>

    # Goris in a block of code
"""
PLAIN = f"""---
title: Snow on the road to Goris
outlet: The Invented Courier
date: 2022-12-01
---

The road to Goris was closed by snow on Monday, the police said.

{FURNITURE}

Drivers waited in Jermuk until Wednesday.
"""


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "plain.txt").write_text(PLAIN, encoding="utf-8")
    (folder / f"{EVIL.replace('/', '')}.txt").write_text("", encoding="utf-8")  # left out, and said so by name
    return serve(folder)


@pytest.fixture
def inert(visit):
    """Open a page and see at the end that no article had its way."""
    opened = []

    def begin(*arguments, **options):
        opened.append(visit(*arguments, **options))
        return opened[-1]

    yield begin
    for here in opened:
        assert here.page.evaluate("window.x") is None
        assert here.page.title() == "Dateline"
        assert here.page.locator("img[src*=example], iframe[src*=example], a[href*=example], a[href^=javascript]").count() == 0


@pytest.mark.parametrize("view", ["passages", "article"])
def test_text_is_shown_as_written(inert, hostile, view):
    here = inert(hostile, place=goris(hostile))
    if view == "article":
        (passage,) = hostile.ask("select id from passages where text like '%was hit.%'")[0]
        here = inert(hostile, place=goris(hostile), passage=passage)
        expect(here.page.get_by_role("button", name="Back to the passages")).to_be_visible()
    else:
        here.expect_place("Goris")
    shown = as_seen(here)
    assert shown.count(EVIL) >= 3 + 2 + (view == "passages") * 2  # the text, title, outlet and author; a passage has its own
    for words in (f"{EVIL}Goris{EVIL} was hit.", PICTURE, LINK, BARE, SIGNS, f"{EVIL} {PICTURE}"):
        assert words in shown
    assert "<b>" not in here.sources.evaluate("e => [...e.querySelectorAll('b')].map(b => b.outerHTML).join()")


def test_names_of_outlets_and_files_are_shown_as_written(inert, hostile):
    here = inert(hostile)
    here.choose(here.page.get_by_role("combobox", name="Outlet"), EVIL)
    here.page.keyboard.press("Escape")
    expect(here.headline.locator("..")).to_contain_text(f"from {EVIL} {PICTURE}")
    here.page.get_by_role("button", name="Not shown").click()
    expect(here.page.get_by_text(EVIL.replace("/", ""))).to_be_visible()


def test_words_searched_for_are_shown_as_written(inert, hostile):
    here = inert(hostile, text=EVIL, place=f"x{EVIL}", region=EVIL, outlet=f"{EVIL}!", passage=EVIL)
    expect(here.words).to_have_value(EVIL)
    expect(here.headline.locator("..")).to_contain_text(EVIL)
    expect(here.place).to_have_value("")  # no such place
    here.choose_place("Goris")


def test_a_click_in_a_hostile_corpus_selects(inert, hostile):
    here = inert(hostile)
    lat, lon = hostile.ask("select lat, lon from places where name = 'Goris'")[0]
    here.click_map(lat, lon)
    here.expect_place("Goris")
    here.page.mouse.move(0, 0)


def test_page_furniture_is_greyed_where_it_stands(visit, hostile):
    (passage,) = hostile.ask("select id from passages where text like 'The road to Goris%'")[0]
    here = visit(hostile, place=goris(hostile), passage=passage)
    furniture, text = (
        here.sources.get_by_text(words).evaluate("e => getComputedStyle(e).color")
        for words in (FURNITURE, "Drivers waited in Jermuk")
    )
    assert furniture != text
    assert re.fullmatch(r"rgba?\([\d., ]+\)", furniture)
    assert "Yerevan" not in dict(hostile.ask("select name, id from places"))  # and named there only, it is no place


def test_an_empty_folder_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "notes.docx").write_bytes(b"not an article")
    command = (sys.executable, "-m", "dashboard", "serve", str(tmp_path), "--index", str(tmp_path / "i.gpkg"))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90)
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert "no article" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "i.gpkg").exists()


def test_a_page_without_articles_says_what_to_do(start, free_port, desk, tmp_path):
    port, environment = free_port(), {"DATELINE_ARTICLES": str(tmp_path), "DATELINE_INDEX": str(tmp_path / "i.gpkg")}
    command = (sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port))
    page = desk.new_page()
    page.goto(start(*command, port=port, **environment))
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("no article")).to_contain_text(str(tmp_path))
    expect(page.get_by_text("Traceback")).to_have_count(0)
    assert not os.listdir(tmp_path)
    page.close()


def goris(server):
    return server.ask("select id from places where name = 'Goris'")[0][0]


def as_seen(here):
    """Return the text of the sources with each run of blanks, which HTML does not tell apart, as one."""
    return " ".join(here.sources.inner_text().replace("\u2060", "").split())
