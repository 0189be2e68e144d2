"""Pages to articles: what people save, what sites say of theirs, and what only an attacker would write."""

import pages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.files import read_article
from corpus.ingest.page.page import read_page


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Rain fell.</p><p>Roads&nbsp;closed &amp; more</p>", "Rain fell.\n\nRoads closed & more\n"),
        ("<div>A<br>B</div><script>var x = '<p>no</p>';</script><style>p {}</style>", "A\nB\n"),
        ("<p>5 < 6 and 7 > 3</p>", "5 < 6 and 7 > 3\n"),  # a sign that opens no tag
        ("<p>One<!-- hidden <b>note</b> --> two</p>", "One two\n"),
        ("<p>One <!-- never closed</p>", "One never closed\n"),
        ("<ul><li>One<li>Two</ul>", "One\nTwo\n"),  # tags left open
        ("<table><tr><td>Tbilisi</td><td>12</td></tr><tr><th>Gori<td>3</table>", "Tbilisi 12\n\nGori 3\n"),
        ("<nav>Home</nav><p>Text</p><aside>More</aside>", "Text\n"),
        ("<p>Hello <b>w</b>orld", "Hello world\n"),  # inline tags break no word
    ],
)
def test_takes_text_out_of_html(markup, text):
    assert read_page(markup).main == text


MANY = 60_000


@pytest.mark.parametrize(
    "soup",
    [
        "<a " * MANY,
        "<!--" * MANY,
        "<" * 5 * MANY,
        "<p>" * MANY,
        "&amp" * MANY,
        "<![foo[" * MANY,
        "<![foo[>" * MANY,
        "<div>" * MANY + "</div>" * MANY,
        "<article>" * MANY + "</article>" * MANY,
        "<svg>" * MANY + "</nav>" * MANY,
        "<svg><nav>" * MANY + "</svg>" * MANY,  # ends that meet no beginning
        "<nav>" * MANY + "<svg></svg>" * MANY,
        "<title>" + "a<b>" * 5 * MANY,
        "<script>" * MANY,
        "<meta name=date>" * MANY,
    ],
)
def test_hostile_html_is_read_in_linear_time(soup):
    read_page("<p>Rain</p>" + soup)  # quadratic work here would take minutes


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a&#99999999;b&#xFFFFFFFFF;c&#0;d&#xD800;</p>", "a�b�c�d�\n"),  # no characters
        ("<p>a&#" + "9" * 10_000 + ";b</p>", "a�b\n"),  # longer than int() reads
        ("<p>a</p><![foo[ bar ]]>b<![ [x]]>c", "a\n\nbc\n"),  # sections that nobody knows
        ("<p>a</p><![CDATA[ b ]]>c", "a\n\nc\n"),
        ("<p>a</p><![CDATA[ b", "a\n\n<![CDATA[ b\n"),  # never closed
        ("<p>a</p><script>b<p>c", "a\n"),
        ("<title>Rain", "\n"),
        ("<p>a</p><!", "a\n\n<!\n"),
        ("<p>a</p></", "a\n\n</\n"),
    ],
)
def test_odd_html_is_read(markup, text):
    assert read_page(markup).main == text


def test_a_title_that_is_never_closed_swallows_no_article():
    page = read_page("<title>Storm " + "<p>Rain fell over the hills.</p>" * 200)
    assert page.about["title"].startswith("Storm Rain fell")
    assert page.text.count("Rain fell") > 150


PIECES = [
    *("<!--", "-->", "<![", "[", "]]>", "CDATA[", "<", ">", "</", "<!doctype", "<!ELEMENT", "<?php", ";", "=", '"'),
    *("'", "<p", "<nav>", "</nav>", "<svg>", "<title>", "</title>", "<script>", "</script>", "<article>"),
    *("</article>", "<a", "<meta", "href='x", "&#1", "&#x", "&amp", "\0", "words"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_html_is_read(soup):
    page = read_page(soup)
    assert page.text.endswith("\n")
    assert all(isinstance(value, str) for value in page.about.values())
    assert all(page.text[piece.start : piece.end].strip() for piece in page.furniture)


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    return pages.score(tmp_path_factory.mktemp("pages"))


def test_the_main_text_of_twenty_pages(scores):
    assert len(scores) == 20
    assert sum(row.f1 for row in scores) / len(scores) >= 0.98
    assert [row.name for row in scores if row.f1 < 0.95 or row.strangers] == []


def test_title_and_day_of_twenty_pages(scores):
    assert [row.name for row in scores if not row.title] == []
    assert [row.name for row in scores if not row.date] == []


TOLD = (
    "The dam above Kelm held through the night, although water came within a hand of its crest.",
    "Mayor Ilka Ronn said on Sunday that 40 families had been moved to the school in Varde.",
    "Rain is forecast until Wednesday, and two companies of the army fill sandbags in Esbjerg.",
)
HEAD = "<html><head><title>Dam above Kelm holds | North Herald</title></head><body>"
MENU = "<div><a href=/1>Peru</a> | <a href=/2>Chile</a></div>"
TITLE = "<h1>Dam above Kelm holds</h1>"
RELATED = (
    "<div><b>Read also</b><ul><li><a href=/a>Strike in Lyon</a></li><li><a href=/b>Bakers of Turin</a></li></ul></div>"
)
COMMENTS = (
    "<h4>Comments</h4><div><b>joe</b><p>My aunt in Dallas says the same thing every single year, believe me.</p></div>"
)
COOKIES = (
    "<div><p>This website uses cookies so that visitors from Austria are served well. <a href=/p>More</a></p></div>"
)
LEAD = "<div><h2>Forty families moved</h2><div>By Jo Lund</div></div>"


def told(tag="p", inside="{}"):
    return "".join(f"<{tag}>{inside.format(words)}</{tag}>" for words in TOLD)


@pytest.mark.parametrize(
    "body",
    [
        f"{MENU}<div>{TITLE}{told('div', '<span>{}</span>')}</div>{RELATED}",  # no paragraphs
        f"{MENU}<div>{TITLE}<p>{TOLD[0]}</p>{RELATED}<p>{TOLD[1]}</p><p>{TOLD[2]}</p></div>",  # a box among them
        f"{MENU}<div>{TITLE}<div><p>{TOLD[0]}</p></div><div><p>{TOLD[1]}</p></div>{RELATED}<div><p>{TOLD[2]}</p></div></div>",
        f"{MENU}<article>{TITLE}{told()}</article><section>{COMMENTS}</section>",  # comments that are called nothing
        f"{MENU}<div>{TITLE}{told()}</div><div>{COMMENTS}</div>",
        f"{COOKIES}{MENU}<div>{TITLE}{told()}</div>",
        f"{MENU}<pre>{'&#10;&#10;'.join(TOLD)}</pre>",
        f"<select><option>Peru<option>Chile{MENU}{TITLE}{told()}",  # never closed
        f"<aside>{TITLE}{told()}</aside>{MENU}",  # what is called the rest is all there is
        f"<footer>{MENU}<div>{TITLE}{told()}</div></footer>",
        f"<div class='layout with-sidebar'>{MENU}<div class=sidebar>{RELATED}</div>{TITLE}{told()}</div>",
        f"{MENU}<div>{TITLE}{LEAD}</div><div>{told()}</div>{RELATED}",
        f"<form>{MENU}{TITLE}{told()}<button>Send</button></form>",
        f"{MENU}<table><tr><td>{RELATED}</td><td>{TITLE}{told()}</td></tr></table>",
        told(),
    ],
)
def test_no_sentence_is_lost_and_no_other_place_is_found(body):
    page = read_page(HEAD + body)
    assert [words for words in TOLD if words not in page.main] == []
    assert [word for word in ("Peru", "Chile", "Lyon", "Turin", "Dallas", "Austria") if word in page.main] == []
    assert page.about["title"] == "Dam above Kelm holds"
    for word in ("Peru", "Lyon", "Dallas", "Austria"):  # and nothing of the page vanishes
        assert (word in page.text) == (word in body)


def test_the_rest_of_a_page_is_marked_with_its_reason():
    page = read_page(f"{HEAD}<nav>{MENU}</nav><div>{TITLE}{told()}</div><div id=comments>{COMMENTS}</div>")
    stretches = {piece.reason: page.text[piece.start : piece.end] for piece in page.furniture}
    assert "Peru | Chile" in stretches["outside the page's main text (navigation)"]
    assert "Dallas" in stretches["outside the page's main text (comments)"]
    assert page.text[: page.furniture[0].start].strip() == page.main.strip()


def test_all_of_a_page_is_read_where_its_front_matter_says_so(tmp_path):
    markup = f"{HEAD}<nav>{MENU}</nav>{TITLE}{told()}"
    (tmp_path / "a.html").write_text(markup)
    (tmp_path / "b.html").write_text(f"---\npage: whole\ntitle: Mine\n---\n{markup}")
    cut, whole = read_article(tmp_path / "a.html", tmp_path), read_article(tmp_path / "b.html", tmp_path)
    assert "Peru" not in cut.text[: cut.end]
    assert whole.furniture == ()
    assert "Peru" in whole.text
    assert (whole.title, cut.title) == ("Mine", "Dam above Kelm holds")


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="1663135800">', "2022-09-14T06:10+00:00"),
        ("<meta name=pubdate content=1663135800000>", "2022-09-14T06:10+00:00"),  # thousandths of seconds
        # the page writes its times four hours before universal time
        (
            "<meta property=article:published_time content=2022-09-13T21:30:00Z>"
            "<meta property=article:modified_time content=2022-09-14T10:00:00+04:00>",
            "2022-09-14T01:30+04:00",
        ),
        ("<meta property=article:published_time content=2022-09-13T21:30:00Z>", "2022-09-13T21:30:00Z"),
        ("<meta property=article:modified_time content=2022-10-01><meta name=date content=2022-09-14>", "2022-09-14"),
        (pages.ld('{"@type":"WebSite","datePublished":"2001-01-01"}') + "<time datetime=2022-09-14>", "2022-09-14"),
        (pages.ld('{"@type":"NewsArticle","datePublished":"2022-09-14",}'), "2022-09-14"),  # a comma too many
        (pages.ld('<![CDATA[{"@type":"Article","datePublished":"2022-09-14"}]]>'), "2022-09-14"),
        (pages.ld('{"@graph":[{"@type":["Thing","NewsArticle"],"dateCreated":"2022-09-14"}]}'), "2022-09-14"),
        (pages.ld("[" * 5000) + "<meta name=date content=2022-09-14>", "2022-09-14"),
        ("<meta name=date content=soon>", "soon"),  # the reader is told
        ("<link rel=canonical href=https://v.example/2022/09/14/a><meta name=lastmod content=2023-01-01>", None),
    ],
)
def test_the_day_that_a_page_gives(head, date):
    about = read_page(f"<html><head><title>Dam</title>{head}</head><body>{told()}</body></html>").about
    assert about.get("date") == date


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<link rel=canonical href=https://v.example/a>", "url", "https://v.example/a"),
        ("<base href=https://v.example/x/><link rel=canonical href=/a>", "url", "https://v.example/a"),
        ("<meta property=og:url content='javascript:alert(1)'>", "url", None),
        ("<!-- saved from url=(0019)https://v.example/b -->", "url", "https://v.example/b"),
        (
            pages.ld('{"@type":"Article","mainEntityOfPage":{"@id":"https://v.example/c"}}'),
            "url",
            "https://v.example/c",
        ),
        (pages.ld('{"@type":"Article","author":[{"name":"A B"},"C D"]}'), "author", "A B, C D"),
        ("<meta name=author content='By A. Reporter'>", "author", "A. Reporter"),
        ("<meta property=article:author content=https://social.example/x>", "author", None),
        (pages.ld('{"@type":"Article","publisher":{"name":"V &amp; W"}}'), "outlet", "V & W"),
        ("<meta property=og:site_name content='The &quot;Post&quot;'>", "outlet", 'The "Post"'),
        ("<meta http-equiv=content-language content=ru>", "language", "ru"),
    ],
)
def test_what_a_page_says_of_itself(head, field, value):
    assert read_page(f"<html><head>{head}</head><body>{told()}</body></html>").about.get(field) == value


def test_much_that_is_left_outside_is_told():
    said = "".join(
        f"<p>Reader {number} wrote a long sentence about the dam and about the mayor.</p>" for number in range(20)
    )
    page = read_page(f"{HEAD}{TITLE}{told()}<div class=comments>{said}</div>")
    assert "20 paragraphs of its page" in page.note
    assert "page: whole" in page.note
    assert read_page(f"{HEAD}{TITLE}{told()}{RELATED}").note == ""
