"""The tabs below the map: by address, by keyboard, on a phone; their numbers are those of the index."""

import re

import pytest
from playwright.sync_api import expect

from corpus.index.connection import open_index
from corpus.queries.claims import ledger
from corpus.queries.filters import Filters

TABS = {
    "places": "Places",
    "articles": "Articles",
    "claims": "Claims",
    "accounts": "Accounts",
    "names": "Names",
    "coverage": "Coverage",
    "mentions": "All names",
    "corrections": "Corrections",
}
PHONE = (375, 740)


def pane(here):
    return here.page.locator(".st-key-pane")


def tab_of(here, name):
    tabs = here.page.get_by_role("radiogroup", name="Beside the map")
    return tabs.get_by_role("radio", name=re.compile(f"^{name}"))


def rows(here, number=0):
    """Return how many rows a table of the panel has, without its heading."""
    table = pane(here).get_by_test_id("stDataFrame").nth(number)
    return int(table.locator("table").get_attribute("aria-rowcount")) - 1


def choose_row(here, number):
    """Choose a row of the first table of the panel by keyboard, the first being 0."""
    canvas = pane(here).get_by_test_id("data-grid-canvas").first
    canvas.scroll_into_view_if_needed()
    canvas.focus()
    here.page.keyboard.press("ArrowDown")  # focus alone is on no cell yet
    here.page.keyboard.press("ArrowUp")
    for _ in range(number):
        here.page.keyboard.press("ArrowDown")
    here.page.keyboard.press("Shift+Space")
    here.settle()


@pytest.mark.parametrize(("tab", "name"), TABS.items())
def test_each_tab_opens_by_address_keeps_it_and_fits_a_phone(visit, shipped, tab, name):
    (goris,) = shipped.ask("select id from places where name = 'Goris'")[0]
    here = visit(shipped, size=PHONE, tab=tab, place=goris)
    expect(tab_of(here, name)).to_be_checked()
    expect(pane(here)).to_be_visible()
    expect(here.page).to_have_url(re.compile(f"tab={tab}"))
    assert here.overflows() == []


def test_tabs_are_chosen_by_keyboard(visit, shipped):
    here = visit(shipped)
    tab_of(here, "Articles").focus()
    here.page.keyboard.press("ArrowRight")
    here.page.keyboard.press("Space")
    expect(tab_of(here, "Claims")).to_be_checked()
    expect(here.page).to_have_url(re.compile("tab=claims"))
    expect(pane(here)).to_be_visible()
    tab_of(here, "Passages").click()
    expect(here.page).not_to_have_url(re.compile("tab="))
    expect(pane(here)).to_have_count(0)


def test_claims_are_listed_with_their_sentences(visit, shipped):
    with open_index(shipped.index) as index:
        found = ledger(index, Filters())
    claims = found[~found.folded]
    here = visit(shipped, tab="claims")
    expect(pane(here).get_by_test_id("stTable").locator("tbody tr")).to_have_count(min(10, len(claims)))
    assert len(claims) < len(found)
    first = claims.iloc[0]
    sentence = first.passage_text[first.sentence_start - first.passage_start :][:60]
    expect(pane(here)).to_contain_text(" ".join(sentence.split()))
    assert first.text in pane(here).locator("strong").all_inner_texts()
    pane(here).get_by_text("Also in 1 other article").first.click()
    expect(pane(here).locator(".dl-also[open] p").first).to_be_visible()


def test_five_fates_are_the_index_and_open_their_mentions(visit, shipped):
    status = dict(shipped.ask("select status, count(*) from mentions group by status"))
    here = visit(shipped, tab="mentions")
    expect(pane(here)).to_contain_text(f"{sum(status.values()):,} detected")
    pane(here).get_by_role("radio", name=f"governments and people {status['actor']:,}").click()
    expect(pane(here).get_by_role("button", name="Open in article").first).to_be_visible()
    expect(pane(here).get_by_role("button", name=re.compile(rf"of {status['actor']:,} shown"))).to_be_visible()


def test_open_in_article_opens_the_article(visit, shipped):
    here = visit(shipped, tab="mentions")
    pane(here).get_by_role("radio", name=re.compile("^placed")).click()
    pane(here).get_by_role("button", name="Open in article").first.click()
    expect(here.sources.get_by_role("button", name="Back to the passages")).to_be_visible()
    expect(here.page).to_have_url(re.compile("passage="))


def test_coverage_counts_what_the_map_counts(visit, shipped):
    here = visit(shipped, tab="coverage")
    expect(pane(here)).to_contain_text(f"{here.counts[0]:,} mentions in")


def test_two_accounts_of_goris_have_two_sides(visit, shipped):
    (goris,) = shipped.ask("select id from places where name = 'Goris'")[0]
    here = visit(shipped, tab="accounts", place=goris)
    sides = pane(here).get_by_role("heading", name=re.compile("^Side of"))
    expect(sides.nth(1)).to_be_visible()
    names = sides.all_inner_texts()
    assert names == sorted(names)
    assert {"Side of Armenia", "Side of Azerbaijan"} <= set(names)


def test_names_of_a_place_lead_to_where_they_stand(visit, shipped):
    place, number = shipped.ask(
        """select place, count(distinct text) n from mentions where kind = 'name' and role != ''
        group by place order by n desc, place limit 1"""
    )[0]
    here = visit(shipped, tab="names", place=place)
    assert rows(here) >= number
    choose_row(here, 0)
    expect(pane(here).locator("strong").last).to_be_visible()
    expect(pane(here).get_by_role("button", name="Open in article").first).to_be_visible()
