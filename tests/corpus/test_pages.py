"""HTML to text: what people save, and what only an attacker would write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
