"""Articles written to break the page: what they say is shown letter by letter, and nothing of it runs or loads."""

import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import expect

from corpus.index.connection import open_index
from corpus.queries import reading

ROOT = Path(__file__).parents[2]
EVIL = 'a`b ${window.top.x=1} <img src=x onerror="window.top.x=1"></script>'
PICTURE = "![a map](http://example.com/x.png)"
LINK = "[read more](http://example.com/more)"
SIGNS = (
    "Goris -> Lachin <- Shusha -- 5 >= 3 :smile: :material/home: :red[no] $x$ **bold** _it_ ~~s~~ `c` {{ 7*7 }} {% if"
)
BARE = "http://example.com/bare or javascript:window.top.x=1"
JOINER = "\u2060"  # without width: keeps Streamlit from making arrows and icons of signs
FURNITURE = "See also: What the winter brought to Yerevan"

# A text with more than two tags is taken for HTML and loses them: so one article holds the string once, as text ...
HOSTILE = f"""---
title: {EVIL}
outlet: {EVIL} {PICTURE}
author: {EVIL}
date: 2022-09-13
---

There was fighting near Goris and Lachin in Armenia on Tuesday, {EVIL} said.

{PICTURE} {LINK} {BARE} are all about Goris.

Near Goris: {SIGNS}
"""
# ... and another is HTML that spells its tags in entities, and has some of its own.
TAGS = (
    f"<script>window.top.x=1</script> {EVIL} Shells fell near Goris, {EVIL} "
    "<iframe src='http://example.com/'></iframe> said."
)
MARKUP = f"""<html><head><title>{escape(EVIL)}</title>
<meta property="article:published_time" content="2022-09-13"></head><body>
<p>{escape(TAGS)}</p><p>A second line from Goris.<img src="http://example.com/y.png" onerror="window.top.x=1"></p>
<script>window.top.x=1</script></body></html>"""
PLAIN = f"""---
title: Snow on the road to Goris
outlet: The Invented Courier
date: 2022-12-01
---

The road to Goris was closed by snow on Monday, the police said.

{FURNITURE}

Drivers waited in Jermuk until Wednesday.

Shells fell between Sotk and Jermuk, {EVIL} said.
"""
# What hides: marks of direction, signs without width, and addresses that the page could make links of.
HIDDEN = """---
title: Rain\u202e in Kapan
outlet: =The\u200b Hidden Herald
date: 2022-11-02
---

Rain fell in Kapan\u202e on Tuesday\u202c, said news@example.org, www.example.org, WWW.EXAMPLE.ORG and https://example.org.

In Ka\u200bpan, the mayor of Kapan said, \u2067two\u2069 roads\U000e0041 to Kapan are closed. می\u200cخواهم
"""
UNDATED = """---
title: A spring without a date
---

The baths of Jermuk are warm.
"""


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "markup.html").write_text(MARKUP, encoding="utf-8")
    (folder / "plain.txt").write_text(PLAIN, encoding="utf-8")
    (folder / "hidden.txt").write_text(HIDDEN, encoding="utf-8")
    (folder / "undated.txt").write_text(UNDATED, encoding="utf-8")
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
        assert here.page.locator("img[src*=example], iframe[src*=example], a[href^=javascript]").count() == 0


AS_WRITTEN = [
    ("hostile.txt", f"fighting near Goris and Lachin in Armenia on Tuesday, {EVIL} said."),
    ("hostile.txt", f"{PICTURE} {LINK} {BARE} are all about Goris."),
    ("hostile.txt", f"Near Goris: {SIGNS}"),
    ("markup.html", TAGS),
]


def test_passages_are_shown_as_written(inert, hostile):
    here = inert(hostile, place=goris(hostile))
    passages = hostile.ask("select count(distinct passage) from mentions where place = ?", goris(hostile))[0][0]
    also = here.sources.get_by_text("Also in 2 other articles")  # whose sentences are much alike
    expect(also).to_have_count(1)
    expect(here.sources.get_by_role("button", name="Open in article")).to_have_count(passages - 1)
    also.click()
    for rest in here.sources.get_by_role("button", name="Show the whole passage").all()[::-1]:
        rest.click()
    shown = as_seen(here)
    assert [words for _, words in AS_WRITTEN if words not in shown] == []
    assert f"{EVIL} {PICTURE} · {EVIL} · “{EVIL}” · published 13 September 2022" in shown  # outlet, author and title


@pytest.mark.parametrize("file", ["hostile.txt", "markup.html"])
def test_whole_article_is_shown_as_written(inert, hostile, file):
    passage = hostile.ask("select min(s.id) from passages s join articles a on a.id = s.article where a.file = ?", file)
    here = inert(hostile, place=goris(hostile), passage=reference(hostile, passage[0][0]))
    expect(here.sources.locator(".dl-here")).to_be_attached()  # the article, which comes after the way back
    shown = as_seen(here)
    assert [words for name, words in AS_WRITTEN if name == file and words not in shown] == []
    assert here.sources.get_by_role("heading").inner_text().replace(JOINER, "") == EVIL


def test_every_tab_shows_hostile_text_as_text(inert, hostile):
    here = inert(hostile, place=goris(hostile))
    for tab in ("Names", "Claims", "Accounts", "Coverage", "All names"):
        here.open_tab(tab)
        expect(here.page.locator(".st-key-pane")).to_be_visible()
        assert here.page.locator(".st-key-pane img, .st-key-pane iframe, .st-key-pane a[href*=example]").count() == 0


SEEN = (
    "Rain fell in Kapan⟨U+202E⟩ on Tuesday⟨U+202C⟩, said news@example.org, www.example.org, WWW.EXAMPLE.ORG and "
    "https://example.org.",
    "In Ka⟨U+200B⟩pan, the mayor of Kapan said, ⟨U+2067⟩two⟨U+2069⟩ roads⟨U+E0041⟩ to Kapan are closed. می\u200cخواهم",
)


def test_what_was_weighed_shows_hostile_text_as_text(inert, hostile):
    here = inert(hostile, place=goris(hostile))
    here.sources.get_by_text("Why?", exact=True).first.click()
    here.sources.get_by_role("button", name="What was weighed").first.click()
    told = here.page.get_by_role("dialog")
    expect(told.get_by_role("table").first).to_be_visible()
    assert told.locator("img, iframe, a[href], script").count() == 0


def kapan(server):
    return server.ask("select id from places where name = 'Kapan'")[0][0]


def test_what_hides_is_shown_and_no_address_is_a_link(inert, hostile):
    here = inert(hostile, place=kapan(hostile))
    expect(here.sources.get_by_role("button", name="Open in article")).to_have_count(2)
    for rest in here.sources.get_by_role("button", name="Show the whole passage").all()[::-1]:
        rest.click()
    shown = as_seen(here)
    assert [words for words in SEEN if words not in shown] == []
    assert "Rain⟨U+202E⟩ in Kapan" in shown
    assert "=The⟨U+200B⟩ Hidden Herald" in shown
    here.sources.get_by_role("button", name="Open in article").first.click()
    expect(here.sources.locator(".dl-here")).to_be_attached()  # the article, which comes after the way back
    shown = as_seen(here)
    assert [words for words in SEEN if words not in shown] == []
    ways = here.sources.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert ways
    assert all(re.match(r"\?(place|from)=", way) for way in ways)  # into the page, none of them the article's
    lit = here.sources.locator("strong").all_inner_texts()
    assert "Kapan" in lit  # what is lit is what is named, though signs stand before it


def test_what_hides_is_shown_in_lists_and_tables(inert, hostile):
    here = inert(hostile, place=kapan(hostile), tab="names", outlet="=The\u200b Hidden Herald")
    expect(here.page.locator(".st-key-pane")).to_contain_text("⟨U+200B⟩")
    assert "=The⟨U+200B⟩ Hidden Herald" in as_seen(here, here.page.locator(".st-key-chips"))
    assert "\u200b" not in here.page.locator(".stApp").inner_text()


def test_downloads_hold_no_formula(inert, hostile):
    here = inert(hostile, place=kapan(hostile), tab="mentions")
    here.table.first.hover()
    expect(here.page.get_by_role("button", name="Download as CSV")).to_have_count(0)  # the table's own would hold some
    with here.page.expect_download() as caught:
        here.page.get_by_role("button", name="Table as CSV").first.click()
    text = Path(caught.value.path()).read_text("utf-8")
    assert "'=The" in text
    assert '"=The' not in text


def test_a_stretch_with_a_hostile_sentence_is_inert(inert, hostile):
    here = inert(hostile, place=hostile.ask("select 'extent:' || shape from extents where kind = 'stretch'")[0][0])
    expect(here.sources.get_by_role("heading")).to_contain_text("between Sotk and Jermuk")
    expect(here.sources.get_by_role("button", name="Open in article")).to_be_visible()
    assert EVIL in as_seen(here)
    here.sources.get_by_role("button", name="Open in article").click()
    expect(here.sources.locator(".dl-here")).to_be_attached()  # the article, which comes after the way back
    assert f"Shells fell between Sotk and Jermuk, {EVIL} said." in as_seen(here)


def test_names_of_outlets_and_files_are_shown_as_written(inert, hostile):
    here = inert(hostile)
    here.narrow("Outlet", EVIL)
    expect(here.headline).to_contain_text(f"from {EVIL[:5]}")
    assert f"from {EVIL} {PICTURE}" in as_seen(here, here.headline)
    here.page.get_by_role("button", name=re.compile("^Left out")).click()
    expect(here.page.get_by_text(EVIL.replace("/", ""))).to_be_visible()


def test_words_searched_for_are_shown_as_written(inert, hostile):
    here = inert(hostile, text=EVIL, place=f"x{EVIL}", region=EVIL, outlet=f"{EVIL}!", passage=EVIL)
    expect(here.words).to_have_value(EVIL)
    assert f"“{EVIL}”" in as_seen(here, here.headline)
    here.wait_for_selection(None)  # no such place
    here.choose_place("Goris")


def test_a_click_in_a_hostile_corpus_selects(inert, hostile):
    here = inert(hostile)
    lat, lon = hostile.ask("select lat, lon from places where name = 'Goris'")[0]
    here.click_map(lat, lon)
    here.expect_place("Goris")
    here.page.mouse.move(0, 0)


def test_page_furniture_is_greyed_where_it_stands(visit, hostile):
    (passage,) = hostile.ask("select id from passages where text like 'The road to Goris%'")[0]
    here = visit(hostile, place=goris(hostile), passage=reference(hostile, passage))
    furniture, text = (
        here.sources.get_by_text(words).evaluate("e => getComputedStyle(e).opacity")
        for words in (FURNITURE, "Drivers waited in Jermuk")
    )
    assert furniture != text
    assert "Yerevan" not in dict(hostile.ask("select name, id from places"))  # and named there only, it is no place


def test_an_article_without_a_date_stands_beside_one_with(visit, hostile):
    here = visit(hostile)
    here.choose_place("Jermuk")
    expect(here.sources).to_contain_text("The baths of Jermuk are warm.")
    expect(here.sources).to_contain_text("publication date unknown")
    expect(here.sources).to_contain_text("published 1 December 2022")


def test_an_empty_folder_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "notes.docx").write_bytes(b"PK\x03\x04 not an article")
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
    page.goto(start(*command, port=port, **environment)[0])
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("no article")).to_contain_text(str(tmp_path))
    expect(page.get_by_text("Traceback")).to_have_count(0)
    assert not list(tmp_path.iterdir())
    page.close()


def goris(server):
    return server.ask("select id from places where name = 'Goris'")[0][0]


def reference(server, passage):
    """Return what names a passage in an address."""
    with open_index(server.index) as index:
        return reading.references(index, [passage])[passage]


def as_seen(here, box=None):
    """Return the text of the sources, or of a box, with each run of blanks, which HTML does not tell apart, as one."""
    return " ".join((box or here.sources).inner_text().replace(JOINER, "").split())
