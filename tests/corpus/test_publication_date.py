"""The date of publication: what counts as evidence, in which order, and what is left undecided."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import opened

from corpus import timex
from corpus.dating.publication_date import date_alone, date_articles, find_published
from corpus.records import Article, Published

SHARED = Path(__file__).parents[3] / "shared"
BODY = "Rain fell in the hills above Lakeside, and the road to Millbrook was cut in three places."
DAY = date(2022, 9, 13)  # a Tuesday


def article(text, **fields):
    return Article(**({"id": "a", "file": "a.txt", "text": text} | fields))


def published(text, *, context=(), **fields):
    return find_published(article(text, **fields), context=context)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        (f"By Ann Lee, for The Post, September 13, 2022\n\n{BODY}", "byline"),
        (f"by Ann Lee | 13 September 2022\n\n{BODY}", "byline"),
        (f"Storm over Lakeside\n\nPublished: Sept. 13, 2022\n\n{BODY}", "line of publication"),
        (f"Storm over Lakeside\n\nUpdated September 14, 2022\nPublished September 13, 2022\n\n{BODY}", "publication"),
        (f"Updated September 13, 2022\n\n{BODY}", "last update"),
        (f"{BODY}\n\nFirst published on 13 September 2022", "line of publication"),  # at the foot
        (f"Storm over Lakeside\n13 September 2022\n{BODY}", "date line"),
        (f"Tuesday, September 13, 2022 10:30\n\n{BODY}", "date line"),
        (f"LAKESIDE, September 13, 2022 (AP) — {BODY}", "dateline"),
        (f"LAKESIDE, Ohio, Sept. 13, 2022 /TASS/. {BODY}", "dateline"),
        # the firmer evidence first: a byline before the day of an event
        (f"By Ann Lee, September 13, 2022\n\n{BODY} The bridge was built on May 1, 2021.", "byline"),
    ],
)
def test_reads_the_lines_that_date_an_article(text, basis):
    found = published(text)
    assert (found.since, found.until) == (DAY, DAY)
    assert basis in found.basis
    assert "2022" in found.basis  # it quotes its evidence


@pytest.mark.parametrize(
    ("written", "since", "until"),
    [
        ("2022-09-13", DAY, DAY),
        ("2022-09-13T10:00:00Z", DAY, DAY),
        ("20220913", DAY, DAY),
        ("September 13, 2022", DAY, DAY),
        ("Tue, 13 Sep 2022 10:00:00 GMT", DAY, DAY),
        ("13/09/2022", DAY, DAY),
        ("2022-09-13 10:00:00 +04:00", DAY, DAY),
        ("2022/9/13", DAY, DAY),
        ("13.09.2022", DAY, DAY),
        ("13. September 2022", DAY, DAY),  # as in German
        ("13-Sep-2022", DAY, DAY),
        ("Sept. 13, 2022", DAY, DAY),
        ("13 сентября 2022", DAY, DAY),
        ("20220913101500", DAY, DAY),
        ("2022-W37-2", DAY, DAY),
        ("1663063200", DAY, DAY),  # seconds since 1970
        ("1663063200000", DAY, DAY),  # and milliseconds
        ("2022-09", date(2022, 9, 1), date(2022, 9, 30)),
        ("0001-01-01", None, None),  # no articles then
        ("9999-12-31", None, None),
        ("2022-13-45", None, None),
        ("September 2022", date(2022, 9, 1), date(2022, 9, 30)),
        ("2022", None, None),  # never 1 January
        ("2022-02-30", None, None),
        ("03/04/2022", None, None),  # 3 April or 4 March
        ("yesterday", None, None),  # never counted from today
        ("soon", None, None),
    ],
)
def test_reads_the_date_of_front_matter(written, since, until):
    found = published(BODY, date=written)
    assert (found.since, found.until) == (since, until)
    assert written in found.basis


@pytest.mark.parametrize(
    ("head", "since"),
    [
        ('<meta property="article:published_time" content="2022-09-13T08:00:00+04:00">', DAY),
        ('<meta name="DC.date.issued" content="2022-09-13">', DAY),
        ('<meta itemprop="datePublished" content="2022-09-13">', DAY),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-09-13"}</script>', DAY),
        ('<time datetime="2022-09-13">13.9.</time>', DAY),
        # the firmer of two
        ('<meta name="date" content="2022-10-01"><meta property="article:published_time" content="2022-09-13">', DAY),
        ('<meta property="article:published_time" content="2022-09-13"><time datetime="2022-10-01">Sat</time>', DAY),
        ('<meta name="date" content="2022">', None),  # never 1 January
        ("<title>Storm</title>", None),
    ],
)
def test_reads_the_data_of_a_web_page(tmp_path, head, since):
    (tmp_path / "page.html").write_text(f"<html><head>{head}</head><body><p>{BODY}</p></body></html>")
    [page], _ = opened(tmp_path)
    found = find_published(page)
    assert found.since == since
    if since:
        assert (found.basis.startswith("the page's own data, '"), found.confidence) == (True, "stated")


@pytest.mark.parametrize(
    ("body", "since", "confidence"),
    [
        ("<p>Rain fell in the hills above Goris.</p>", "2022-10-01", "likely"),  # for want of anything better
        ("<p>Published: 13 September 2022</p><p>Rain fell in the hills above Goris.</p>", "2022-09-13", "stated"),
    ],
)
def test_a_page_is_no_older_than_its_last_update(tmp_path, body, since, confidence):
    head = '<meta property="article:modified_time" content="2022-10-01">'
    (tmp_path / "page.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>")
    [page], _ = opened(tmp_path)
    found = find_published(page)
    assert (str(found.since), found.confidence) == (since, confidence)


@pytest.mark.parametrize(
    ("text", "fields", "confidence", "certainty"),
    [
        (BODY, {"date": "2022-09-13"}, "stated", "exact"),
        (BODY, {"date": "September 2022"}, "stated", "period"),
        (f"By Ann Lee, September 13, 2022\n\n{BODY}", {}, "stated", "exact"),
        (f"LAKESIDE, September 13, 2022 (AP) — {BODY}", {}, "stated", "exact"),
        # when it was first published is not said
        (f"Updated September 13, 2022\n\n{BODY}", {}, "likely", "inferred"),
        # the year of the line is worked out
        (f"Sep. 13 () –\n{BODY}\n\n© Copyright 2022 The Post", {}, "likely", "inferred"),
        (BODY, {"url": "https://post.org/2022/09/13/storm"}, "likely", "inferred"),
        # a caption that agrees with the weekday of the text
        (
            f"The mayor meets the press in Millbrook, September 13, 2022.\n\n{BODY} The mayor spoke on Tuesday.",
            {},
            "likely",
            "inferred",
        ),
        # the latest day of the news: then or within a week
        (
            f"{BODY} It began on August 30, 2022 and came again on September 5, 2022. On 13 September 2022 the mayor "
            "spoke. The road is now closed.",
            {},
            "possible",
            "period",
        ),
        (BODY, {}, "", "undated"),
        (BODY, {"date": "2022"}, "", "undated"),
    ],
)
def test_says_how_sure_it_is(text, fields, confidence, certainty):
    found = published(text, **fields)
    assert (found.confidence, found.certainty) == (confidence, certainty)
    assert found.basis


def test_a_line_in_full_is_read_without_the_rest():
    asked = []
    text = f"By Ann Lee, September 13, 2022\n\n{BODY} " + "It rained. " * 500
    found = find_published(article(text), find_timexes=lambda text: asked.append(len(text.text)) or find_timexes(text))
    assert (found.since, len(asked)) == (DAY, 1)
    assert asked[0] < 500


def find_timexes(text):
    return timex.find_timexes(text, anchor=None)


@pytest.mark.parametrize("text", [BODY, f"{BODY} It rained on Tuesday.", f"Sep. 13 () –\n{BODY}"])
def test_a_text_without_a_day_to_count_from_is_read_once(text):
    asked = []
    one, _ = date_alone(
        article(text), find_timexes=lambda text, language: asked.append(text.text) or find_timexes(text)
    )
    assert one.published.anchor is None
    assert one.timexes == tuple(find_timexes(text))
    assert asked.count(text) == 1


def test_front_matter_comes_before_the_text_and_gives_way_when_it_is_no_day():
    text = f"By Ann Lee, September 20, 2022\n\n{BODY}"
    assert published(text, date="2022-09-13").since == DAY
    assert published(text, date="2022").since == date(2022, 9, 20)


@pytest.mark.parametrize(
    ("published", "anchor"),
    [
        (Published(DAY, DAY, ""), DAY),
        (Published(DAY, DAY + timedelta(days=6), ""), DAY),
        (Published(date(2022, 9, 1), date(2022, 9, 30), ""), None),  # a month: "Tuesday" cannot count from it
        (Published(DAY, None, ""), None),
        (Published(None, None, ""), None),
    ],
)
def test_only_a_day_or_a_week_is_an_anchor(published, anchor):
    assert published.anchor == anchor


@pytest.mark.parametrize(
    ("fields", "basis"),
    [
        ({"url": "https://post.org/2022/09/13/storm"}, "address"),
        ({"file": "news/2022-09-13-storm.txt"}, "file name"),
    ],
)
def test_reads_a_date_in_the_address(fields, basis):
    assert published(BODY, **fields).since == DAY
    assert published(BODY, **fields).basis.startswith(basis)
    # the text names a later day: then the address is that of something else
    assert published(f"{BODY} It ended on October 1, 2022.", **fields).since is None


@pytest.mark.parametrize(
    ("head", "body", "context", "since"),
    [
        # "this Tuesday" is the day of the dateline, a Tuesday in 2022 and in no other year soon after 2020
        ("Sep. 13 () –\n", "It rained this Tuesday, as in the flood of 2020.", [], DAY),
        ("LAKESIDE, Tuesday, Sept. 13 (AP) – ", "It rained as in the flood of 2020.", [], DAY),
        # a bare Tuesday may be the day before
        ("Sep. 13 () –\n", "It rained on Tuesday, as in the flood of 2020.", [], None),
        ("Sep. 13 () –\n", "It rained this Tuesday.", [], None),  # no year anywhere
        # the other articles: the only 13 September in the time they cover
        ("Sep. 13 () –\n", "It rained.", [date(2022, 8, 30), date(2022, 10, 1)], DAY),
        ("LAKESIDE, September 13 /TASS/. ", "It rained.", [date(2022, 9, 20)], DAY),
        ("By Ann Lee, September 13\n\n", "It rained.", [date(2022, 9, 20)], DAY),
        ("Sep. 13 () –\n", "It rained.", [date(2021, 8, 30), date(2022, 10, 1)], None),  # two of them
        ("Sep. 13 () –\n", "It rained as in May 2022.", [date(2021, 8, 30), date(2022, 10, 1)], DAY),
        ("Sep. 13 () –\n", "It rained this Tuesday.", [date(2021, 8, 30), date(2022, 10, 1)], DAY),
        ("Sep. 13 () –\n", "It rained.", [date(2022, 3, 1)], None),  # far from the day
        ("Sep. 13 () –\n", "It rained.\n\n© Copyright 2022 The Post", [], DAY),
        # a day to come is no evidence of the year
        ("Sep. 13 () –\n", "It rained this Tuesday; the dam will be ready in 2024. It broke in 2020.", [], DAY),
        ("On September 13: ", "It rained this Tuesday, as in 2020.", [], None),  # no dateline
        ("Feb. 29 () –\n", "It rained.\n\n© Copyright 2022 The Post", [], None),  # no such day
    ],
)
def test_decides_the_year_of_a_dateline_or_leaves_it_open(head, body, context, since):
    found = published(f"{head}{BODY} {body}", context=context)
    assert found.since == since
    assert found.basis


@pytest.mark.parametrize(
    ("text", "since", "days"),
    [
        # a caption whose day is the weekday of the report
        (f"The mayor meets the press in Millbrook, September 13, 2022.\n\n{BODY} The mayor spoke on Tuesday.", DAY, 0),
        (f"The mayor meets the press in Millbrook, September 12, 2022.\n\n{BODY} The mayor spoke on Tuesday.", None, 0),
        # a day of the background may fall on that weekday by chance
        (f"{BODY} The bridge was opened on September 13, 2022. The mayor spoke on Tuesday.", None, 0),
        # three days close together, and the text speaks of now
        (
            f"{BODY} It began on August 30, 2022 and came again on September 5, 2022. On 13 September 2022 the mayor "
            "spoke. The road is now closed, and talks are planned for October 2022.",
            DAY,
            6,
        ),
        # the same in an account of the past, with later years named
        (
            f"{BODY} It began on August 30, 2022 and came again on September 5, 2022. On 13 September 2022 the mayor "
            "spoke. In 2024 the road was open, as it is now.",
            None,
            0,
        ),
        (f"{BODY} The treaty was signed on September 13, 2022.", None, 0),  # one day, perhaps long past
        (f"{BODY} It was built in 1988.", None, 0),
        (BODY, None, 0),
        ("", None, 0),
    ],
)
def test_infers_from_the_days_of_the_text(text, since, days):
    found = published(text)
    assert found.since == since
    assert found.until == (since + timedelta(days=days) if since else None)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("It began overnight. On September 13 the mayor spoke. On September 13 the council met.", DAY),
        ("It began overnight. On September 13 the mayor spoke.", None),  # once
        ("On September 13 the mayor spoke. On September 13 the council met.", None),  # nothing says that it is news
        ("It began overnight. On September 13 the mayor spoke, on September 13 too, and on Friday again.", None),
        ("It began overnight. On September 13 the mayor spoke. On August 2 the council met.", None),  # which one?
    ],
)
def test_a_day_without_year_needs_more_than_its_mention(text, since):
    assert published(f"{BODY} {text}", context=[date(2022, 9, 20)]).since == since
    assert published(f"{BODY} {text}").since is None


def dates_of(articles):
    return {one.article.id: one.published for one in date_articles(articles)}


def test_dates_a_corpus_in_any_order():
    articles = [
        article(f"Sep. 13 () –\n{BODY}", id="dateline"),
        article(f"{BODY} It began overnight. On September 13 he spoke. On September 13 they met.", id="partial"),
        article(BODY, id="none"),
        article(BODY, id="dated", date="2022-10-01"),
        article(BODY, id="month", date="September 2022"),
    ]
    found = dates_of(articles)
    assert list(found) == [a.id for a in articles]
    assert {key: p.since for key, p in found.items()} == {
        "dateline": DAY,
        "partial": DAY,
        "none": None,
        "dated": date(2022, 10, 1),
        "month": date(2022, 9, 1),
    }
    assert "from the other articles" in found["dateline"].basis
    assert dates_of(reversed(articles)) == found


def test_the_other_articles_decide_before_a_weekday_does():
    first = article(f"Sep. 13 () –\n{BODY} It rained this Tuesday, as in the flood of 2020.", id="a")
    alone, beside = dates_of([first]), dates_of([first, article(BODY, id="b", date="2033-09-20")])
    assert alone["a"].since == DAY
    assert beside["a"].since == date(2033, 9, 13)  # a Tuesday as well


def test_furniture_is_no_evidence_of_a_day():
    text = f"{BODY}\n\nRead more: Storm of September 13, 2022\n\nNext articleThe flood of September 14, 2022"
    assert published(text).since is None


@pytest.mark.parametrize("text", ["A " * 50_000, "By " * 30_000, "Sep. 13 " * 5_000, ", ." * 30_000, "A.\n" * 30_000])
def test_hostile_text_is_read_in_linear_time(text):
    find_published(article(text), find_timexes=lambda _: [])  # quadratic work here would take minutes


def test_the_original_articles():
    gold = SHARED / "gold" / "seeds" / "seed_dates.csv"
    if not gold.is_file():
        pytest.skip("the original articles and their gold are not part of the repository")
    with gold.open(encoding="utf-8", newline="") as file:
        expected = {r["file"]: r["value"] for r in csv.DictReader(file) if r["type"] == "publication-date"}
    articles, _ = opened(SHARED / "articles")
    assert {one.article.file: str(one.published.since) for one in date_articles(articles)} == expected


def test_no_part_of_the_pipeline_asks_for_the_day_of_the_clock():
    code = Path(__file__).parents[2] / "corpus"
    asks = {file.name: re.findall(r"\b(?:today|now|utcnow|time)\(\)", file.read_text()) for file in code.rglob("*.py")}
    assert not {name: found for name, found in asks.items() if found}
