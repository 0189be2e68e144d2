"""The dates on the page: which date counts, the histogram's sums, units, stepping, playing, and what has no date."""

import re

import pytest
from playwright.sync_api import expect

SHOWN = "m.role in ('happened', 'met', 'target')"
DATED = "exists (select 1 from links l where l.mention = m.id and l.since <= ? and l.until >= ?)"
PUBLISHED = "exists (select 1 from articles a where a.id = m.article and published_since <= ? and published_until >= ?)"


@pytest.fixture(scope="session")
def undated(serve, tmp_path_factory):
    """Serve two articles: one without any date, and one with a day."""
    folder = tmp_path_factory.mktemp("undated")
    (folder / "one.txt").write_text("A bridge fell\n\nA bridge fell near Gyumri and nobody was hurt.\n")
    (folder / "two.txt").write_text(
        "---\ntitle: Rain\ndate: 2022-09-14\n---\nIt rained in Vanadzor on 13 September 2022. In March 2022 it had "
        "snowed in Jermuk.\n"
    )
    return serve(folder)


def sums(here):
    """Return how many mentions the line under the histogram counts: by certainty, and together."""
    line = here.page.get_by_text(re.compile("together [0-9,]+ mentions"))
    *parts, total = (
        int(number.replace(",", "")) for number in re.findall(r"(?<![A-Za-z])\d[\d,]*", line.inner_text())[:5]
    )
    return parts, total


def press(here, name):
    here.page.get_by_role("button", name=name, exact=True).click()


def test_the_four_certainties_add_up_to_what_is_shown(visit, shipped):
    here = visit(shipped)
    parts, total = sums(here)
    assert len(parts) == 4
    assert sum(parts) == total == here.counts[0]
    by_certainty = dict(shipped.ask(f"select certainty, count(*) from mentions m where {SHOWN} group by certainty"))
    assert parts == [by_certainty.get(name, 0) for name in ("exact", "inferred", "period", "undated")]

    here.search("corridor")
    expect(here.headline).not_to_contain_text(f"{total} of")
    here.settle()
    parts, total = sums(here)
    assert sum(parts) == total == here.counts[0]


@pytest.mark.parametrize(("which", "condition"), [("happened", DATED), ("published", PUBLISHED)])
def test_the_dates_mean_what_was_switched_to(visit, shipped, which, condition):
    here = visit(shipped)
    whole = here.counts[0]
    here.page.get_by_text(f"When it {'happened' if which == 'happened' else 'was published'}", exact=True).click()
    if which == "published":
        expect(here.page).to_have_url(re.compile("by=published"))
    here.settle()
    assert here.counts[0] == whole  # no date is chosen yet
    here.since.press("End")  # the last stop alone
    expect(here.page).to_have_url(re.compile("from="))
    day = re.search(r"to=(\d{4}-\d\d-\d\d)", here.page.url)[1]
    expected = shipped.ask(f"select count(*) from mentions m where {SHOWN} and {condition}", day, day)[0][0]
    assert 0 < expected < whole
    expect(here.headline).to_contain_text(re.compile(f"^{expected} of "))


def test_next_and_previous_move_the_dates(visit, shipped):
    here = visit(shipped)
    press(here, "Next")
    expect(here.page).to_have_url(re.compile("from="))
    first = here.page.url
    assert here.since.get_attribute("aria-valuetext") == here.until.get_attribute("aria-valuetext")
    press(here, "Next")
    expect(here.page).not_to_have_url(first)
    press(here, "Previous")
    expect(here.page).to_have_url(first)
    press(here, "All dates")
    expect(here.page).to_have_url(here.server.address + "/")


def test_play_steps_by_itself_until_it_is_paused(visit, shipped):
    here = visit(shipped)
    press(here, "Play")
    expect(here.page).to_have_url(re.compile("from="))
    first = here.page.url
    expect(here.page).not_to_have_url(first)
    press(here, "Pause")
    expect(here.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_units_and_zoom_change_the_stops(visit, shipped):
    here = visit(shipped)
    unit = here.page.get_by_role("combobox", name="Unit of time")
    here.choose(unit, "by year")
    expect(here.page).to_have_url(re.compile("unit=year"))
    expect(here.since).to_have_attribute("aria-valuetext", re.compile(r"^\d{4}$"))
    here.since.press("End")
    expect(here.page).to_have_url(re.compile("from=2023-01-01&to=2023-12-31"))
    press(here, "Zoom in")
    expect(here.page).to_have_url(re.compile("zoom_from=2023-01-01"))
    here.choose(unit, "by month")
    expect(here.since).to_have_attribute("aria-valuetext", re.compile(r"^[A-Z][a-z]+ 2023$"))
    parts, total = sums(here)
    assert sum(parts) == total  # those outside the window are counted, and said to be outside
    expect(here.page.get_by_text(re.compile("of them outside"))).to_be_visible()
    again = visit(shipped, elsewhere=True, unit="month", zoom_from="2023-01-01", zoom_to="2023-12-31")
    expect(again.since).to_have_attribute("aria-valuetext", here.since.get_attribute("aria-valuetext"))
    expect(again.headline).to_have_text(here.headline.inner_text())


def test_the_chip_says_why_this_date(visit, shipped):
    here = visit(shipped)
    here.choose_place("Goris")
    here.sources.get_by_role("button", name="13 September 2022").click()
    for words in ("When it happened:", "When it was published:"):
        expect(here.page.get_by_text(words)).to_be_visible()


def test_what_has_no_date_is_reached_and_kept_on_demand(visit, undated):
    here = visit(undated)
    whole = here.counts[0]
    parts, total = sums(here)
    assert (parts[-1], total) == (1, whole)
    here.since.press("End")
    here.wait_for_map("!all.some(f => f.properties.name === 'Gyumri')")
    here.page.get_by_role("button", name="1 undated", exact=True).click()
    here.page.get_by_role("button", name=re.compile("^Gyumri")).click()  # it opens with its passages
    here.expect_place("Gyumri")
    here.wait_for_map("all.some(f => f.properties.name === 'Gyumri')")
    expect(here.page).to_have_url(re.compile("undated=1"))
    expect(here.headline).to_contain_text("or undated")


def test_the_dates_fit_a_phone(visit, shipped):
    here = visit(shipped, size=(375, 740))
    assert here.overflows() == []
    press(here, "Next")
    expect(here.page).to_have_url(re.compile("from="))
    assert here.overflows() == []
