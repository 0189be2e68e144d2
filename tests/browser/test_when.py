"""The dates on the page: which date counts, the histogram's sums, units, stepping, playing, and what has no date."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

SHOWN = "m.role not in ('actor', '')"
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
    """Return how many mentions the bars count, by certainty: what is read aloud of them says so too."""
    chart = here.time.locator(".stVegaLiteChart")
    expect(chart).to_have_attribute("aria-label", re.compile(r"\d"))
    return [
        int(number.replace(",", "")) for number in re.findall(r"[■▨□∅] ([\d,]+)", chart.get_attribute("aria-label"))
    ]


def test_the_four_certainties_add_up_to_what_is_shown(visit, shipped):
    here = visit(shipped)
    parts = sums(here)
    assert sum(parts) == here.counts[0]
    by_certainty = dict(shipped.ask(f"select certainty, count(*) from mentions m where {SHOWN} group by certainty"))
    assert parts == [by_certainty.get(name, 0) for name in ("exact", "inferred", "period", "undated")]

    here.search("corridor")
    expect(here.headline).not_to_contain_text(f"{sum(parts)} mentions")
    here.settle()
    assert sum(sums(here)) == here.counts[0] < sum(parts)


@pytest.mark.parametrize(("which", "condition"), [("happened", DATED), ("published", PUBLISHED)])
def test_the_dates_mean_what_was_switched_to(visit, shipped, which, condition):
    here = visit(shipped)
    whole = here.counts[0]
    here.time.get_by_role("button", name="Dates", exact=True).click()
    here.page.get_by_text(f"When it {'happened' if which == 'happened' else 'was published'}", exact=True).last.click()
    here.page.keyboard.press("Escape")
    if which == "published":
        expect(here.page).to_have_url(re.compile("by=published"))
    here.settle()
    assert here.counts[0] == whole  # no date is chosen yet
    here.press_time("Previous")  # from all dates: the last stop alone
    expect(here.page).to_have_url(re.compile("from="))
    day = re.search(r"to=(\d{4}-\d\d-\d\d)", here.page.url)[1]
    expected = shipped.ask(f"select count(*) from mentions m where {SHOWN} and {condition}", day, day)[0][0]
    assert 0 < expected < whole
    expect(here.headline).to_contain_text(re.compile(f"^{expected} mentions? "))


def test_next_and_previous_move_the_dates(visit, shipped):
    here = visit(shipped)
    here.press_time("Next")
    expect(here.page).to_have_url(re.compile("from="))
    first = here.page.url
    since, until = here.days()
    assert since == until
    here.press_time("Next")
    expect(here.page).not_to_have_url(first)
    here.press_time("Previous")
    expect(here.page).to_have_url(first)
    here.press_time("All dates")
    expect(here.page).to_have_url(here.server.address + "/")


@pytest.mark.parametrize("one_by_one", [False, True])
def test_play_steps_by_itself_until_it_is_paused(visit, shipped, one_by_one):
    here = visit(shipped)
    if one_by_one:
        here.time.get_by_role("button", name="Dates", exact=True).click()
        here.page.get_by_text("one bar at a time").click()
        here.page.keyboard.press("Escape")
        here.settle()
    here.press_time("Play")
    expect(here.page).to_have_url(re.compile("from="))
    first, begun = here.page.url, here.days()
    expect(here.page).not_to_have_url(first)
    here.press_time("Pause")
    expect(here.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    here.settle()
    since, until = here.days()
    assert (since == begun[0]) != one_by_one  # what came before stays
    assert until > begun[1]


def test_a_click_on_a_bar_chooses_its_day_and_one_beside_it_all_days(visit, shipped):
    here = visit(shipped)
    whole = here.counts[0]
    here.bar("13 September 2022").click()
    expect(here.page).to_have_url(re.compile("from=2022-09-13&to=2022-09-13"))
    here.settle()
    assert here.days() == ["2022-09-13", "2022-09-13"]
    assert here.counts[0] < whole
    box = here.time.locator(".stVegaLiteChart").bounding_box()
    here.page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 8)
    expect(here.page).to_have_url(here.server.address + "/")


def test_a_brush_chooses_the_days_under_it(visit, shipped):
    here = visit(shipped)
    bar, box = here.bar("13 September 2022").bounding_box(), here.time.locator(".stVegaLiteChart").bounding_box()
    here.page.mouse.move(bar["x"] - 12, box["y"] + 12)
    here.page.mouse.down()
    here.page.mouse.move(bar["x"] + 60, box["y"] + 14, steps=4)
    here.page.mouse.up()
    expect(here.page).to_have_url(re.compile("from=2022-0"))
    here.settle()
    since, until = here.days()
    assert since < "2022-09-13" < until


def test_a_brush_lights_a_period_that_began_before_it(visit, shipped):
    here = visit(shipped)
    period = here.time.locator(".mark-rule [aria-label*='December 2022 to']").first
    line, box = period.bounding_box(), here.time.locator(".stVegaLiteChart").bounding_box()
    lit = period.get_attribute("stroke")
    here.page.mouse.move(line["x"] + 60, box["y"] + 12)
    here.page.mouse.down()
    here.page.mouse.move(line["x"] + 90, box["y"] + 14, steps=4)
    expect(period).to_have_attribute("stroke", lit)
    expect(here.bar("13 September 2022")).not_to_have_attribute("fill", lit)
    here.page.mouse.up()


def test_two_days_are_typed(visit, shipped):
    here = visit(shipped)
    here.time.get_by_role("spinbutton", name="year, From").click()
    here.page.keyboard.type("20220913")
    here.time.get_by_role("spinbutton", name="year, To").click()
    here.page.keyboard.type("20221012")
    here.page.get_by_role("heading", name="Dateline").click()
    expect(here.page).to_have_url(re.compile("from=2022-09-13&to=2022-10-12"))


def test_the_highest_bar_bears_its_day_and_its_count(visit, shipped):
    here = visit(shipped)
    since, mentions = shipped.ask(
        f"""select l.since, count(*) from mentions m join links l on l.mention = m.id and l.rank = 0
        where {SHOWN} and l.since = l.until group by 1 order by 2 desc"""
    )[0]
    day = date.fromisoformat(since)
    label = f"{day.day} {day:%B} {day.year}: {mentions}"
    expect(here.time.locator("text").filter(has_text=label)).to_be_visible()


def test_years_without_dates_are_folded(visit, shipped):
    here = visit(shipped)
    first, second = (
        here.time.locator("text").filter(has_text=year).first.bounding_box()["x"] for year in ("1988", "2022")
    )
    assert second - first < here.time.bounding_box()["width"] / 3  # 34 years beside seven months
    expect(here.time.locator("text").filter(has_text="//").first).to_be_visible()


def test_a_bar_may_be_wider_and_the_axis_may_hold_the_chosen_days_alone(visit, shipped):
    here = visit(shipped)
    here.time.get_by_role("button", name="Dates", exact=True).click()
    here.page.get_by_text("a year", exact=True).click()
    expect(here.page).to_have_url(re.compile("unit=year"))
    here.page.keyboard.press("Escape")
    here.press_time("Previous")
    expect(here.page).to_have_url(re.compile("from=2023-01-01&to=2023-12-31"))
    here.press_time("Draw only these dates")
    expect(here.page).to_have_url(re.compile("zoom_from=2023-01-01"))
    expect(here.time.locator("text").filter(has_text="2022")).to_have_count(0)
    again = visit(shipped, elsewhere=True, unit="year", zoom_from="2023-01-01", zoom_to="2023-12-31")
    assert again.days() == here.days()
    expect(again.headline).to_have_text(here.headline.inner_text())


def test_a_corpus_without_dates_says_what_to_add_to_its_files(visit, serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dateless")
    (folder / "one.txt").write_text("A bridge fell\n\nA bridge fell near Gyumri and nobody was hurt.\n")
    here = visit(serve(folder))
    expect(here.time).to_contain_text("date: 2022-09-13")


def test_with_nothing_switched_on_the_strip_does_not_blame_the_articles(visit, shipped):
    here = visit(shipped)
    pills = here.page.get_by_test_id("stButtonGroup").first.get_by_role("button", pressed=True)
    while pills.count():
        pills.first.click()
        here.settle()
    expect(here.time).to_contain_text("switched on")
    expect(here.time).not_to_contain_text("article")


def test_a_card_says_why_this_date_and_which_others_there_are(visit, shipped):
    here = visit(shipped)
    here.choose_place("Goris")
    expect(here.sources.locator(".dl-dated").first).to_contain_text(re.compile("13 September 2022 .*sentence"))
    here.sources.get_by_text("Why?", exact=True).first.click()
    expect(here.sources.get_by_text("When it was published").first).to_be_visible()


def test_what_has_no_date_is_reached_and_kept_on_demand(visit, undated):
    here = visit(undated)
    whole = here.counts[0]
    parts = sums(here)
    assert (parts[-1], sum(parts)) == (1, whole)
    here.press_time("Previous")
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
    here.press_time("Next")
    expect(here.page).to_have_url(re.compile("from="))
    assert here.overflows() == []
