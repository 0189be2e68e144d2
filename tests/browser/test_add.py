"""Articles are added from the page: dropped or pasted, seen with how each field is known, corrected, kept, and read."""

import pytest
from builders import front, write_corpus
from playwright.sync_api import expect

OLD = front("Rain fell in Yerevan on Tuesday.", title="Old", outlet="Valley Times", date="2022-09-14")
PAGE = (
    "<html lang=en><head><title>Bridge falls | Post</title><meta property=og:site_name content=Post></head><body>"
    "<nav><a href=/>Madrid</a></nav><h1>Bridge falls</h1><p>The bridge at Jermuk gave way on Tuesday night, and nobody "
    "was hurt; the road to Goris is shut.</p></body></html>"
)


@pytest.fixture
def mine(serve, tmp_path):
    return serve(write_corpus(tmp_path / "mine", {"old.md": OLD})), tmp_path / "mine"


def box(here):
    here.open_tab("Articles")
    here.page.get_by_role("button", name="Add articles").click()
    dialog = here.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def expect_places(here, number):
    """Wait until the map shows so many places: while the articles are read it is another map."""
    expect(here.headline).to_contain_text(f"of {number} places")
    here.settle()
    here.page.wait_for_function("() => document.querySelector('iframe').contentWindow.map?._loaded")
    here.wait_for_map("all.length === argument", number)


def test_a_file_is_dropped_its_date_corrected_and_its_places_seen(visit, mine):
    server, folder = mine
    here = visit(server)
    dialog = box(here)
    files = [("bridge.html", "text/html", PAGE.encode()), ("bad.pdf", "application/pdf", b"%PDF-1.7")]
    dialog.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    )
    title = dialog.get_by_role("textbox", name="Title")
    expect(title).to_have_value("Bridge falls")
    expect(dialog.get_by_text("from the page's own data").first).to_be_visible()
    expect(dialog.get_by_text("bad.pdf: left out")).to_be_visible()
    date = dialog.get_by_role("textbox", name="Date")
    keep = dialog.get_by_role("button", name="Keep 1 article")
    date.fill("soon")
    date.press("Enter")
    expect(dialog.get_by_text("is no day of the years")).to_be_visible()
    expect(keep).to_be_disabled()
    date.fill("2022-09-15")
    date.press("Enter")
    expect(keep).to_be_enabled()
    keep.click()
    expect(dialog).to_have_count(0)
    expect_places(here, 3)
    assert {"Jermuk", "Goris", "Yerevan"} == set(here.on_map("name"))  # Madrid stands in the menu
    assert (folder / "2022-09-15-bridge-falls.html").is_file()
    assert server.ask("select published_since, format from articles where title = 'Bridge falls'") == [
        ("2022-09-15", "a web page")
    ]
    assert server.ask("select since from links l join mentions m on m.id = l.mention where m.text = 'Jermuk'")[0] == (
        "2022-09-13",
    )  # the Tuesday before the corrected day


def test_a_text_is_pasted(visit, mine):
    server, folder = mine
    here = visit(server)
    dialog = box(here)
    pasted = dialog.get_by_role("textbox", name="Or paste a text")
    pasted.fill(
        "Snow cuts road\n\nSeptember 14, 2022\n\nSnow fell on the pass near Sisian, the district office said.\n"
    )
    pasted.press("Control+Enter")
    expect(dialog.get_by_role("textbox", name="Title")).to_have_value("Snow cuts road")
    dialog.get_by_role("button", name="Keep 1 article").click()
    expect_places(here, 2)
    assert {"Sisian", "Yerevan"} == set(here.on_map("name"))
    assert [path.name for path in folder.glob("*snow*")] == ["2022-09-14-snow-cuts-road.md"]
