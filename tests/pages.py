"""Pages as sites build them and as people save them: the skeletons are ours, after the shapes that are about.

`PAGES` has ten usual shapes and ten odd ones. Each is a page's bytes with what is right: title, day and main text, and
words that stand elsewhere on the page. `python -m tests.pages` measures how well they are read.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from corpus.dating.publication_date import date_alone
from corpus.errors import ArticleError
from corpus.ingest.files import read_article


class Story(NamedTuple):
    """What a page tells."""

    title: str
    outlet: str
    author: str
    day: str
    paragraphs: tuple[str, ...]


class Case(NamedTuple):
    """A page, and what is right."""

    name: str
    content: bytes
    story: Story


STORY = Story(
    "Bridge at Tallow Ford collapses after three days of rain",
    "The Valley Post",
    "Mara Quill",
    "2022-09-14",
    (
        "The old bridge at Tallow Ford gave way on Tuesday night, cutting off four villages on the eastern bank.",
        "Nobody was hurt, the district office said, but some 300 people cannot reach the road to Kapan.",
        "“We heard a crack and then the water took it,” said a miller who lives beside the river.",
        "Engineers from Yerevan are expected on Thursday; a ferry will run between the banks until then.",
        "The bridge was built in 1962 and had last been repaired in 2009, according to the roads office.",
    ),
)
RUSSIAN = Story(
    "Мост у Горной Слободы рухнул после дождей",
    "Вестник долины",
    "Анна Ветрова",
    "2022-09-14",
    (
        "Старый мост у Горной Слободы обрушился во вторник ночью, и четыре деревни остались без дороги.",
        "Никто не пострадал, сообщили в администрации района, однако триста человек не могут выехать в Горис.",
        "Инженеры из Еревана приедут в четверг, а до тех пор между берегами будет ходить паром.",
    ),
)
MENU = ("World", "Brazil", "Canada", "Weather in Oslo", "Business", "Sport", "Opinion")
MOST_READ = ("Fire destroys market in Lagos", "Madrid bans cars from its centre", "Ten walks around Lake Como")
COMMENTS = (
    "I crossed that bridge every summer when we still lived in Boston, what a pity it is gone now.",
    "Same thing happened in Manila last year, and nobody was ever made to pay for the damage done.",
)
COOKIES = "We and our partners use cookies to show you adverts in Germany and France and to count our visits."
ABOUT = "The Valley Post is printed in Zurich and has been an independent newspaper of the valley since 1921."
ELSEWHERE = ["Brazil", "Canada", "Oslo", "Lagos", "Madrid", "Como", "Boston", "Manila", "Germany", "France", "Zurich"]


def menu(tag: str = "nav", attributes: str = "") -> str:
    return (
        f"<{tag} {attributes}><ul>{''.join(f'<li><a href=/{i}>{w}</a></li>' for i, w in enumerate(MENU))}</ul></{tag}>"
    )


def most_read(tag: str = "div", attributes: str = "") -> str:
    links = "".join(f"<li><a href=/m{number}>{words}</a></li>" for number, words in enumerate(MOST_READ))
    return f"<{tag} {attributes}><h3>Most read</h3><ol>{links}</ol></{tag}>"


def comments(tag: str = "div", attributes: str = 'id="comments"') -> str:
    said = "".join(f"<div class=c><b>user{number}</b><p>{words}</p></div>" for number, words in enumerate(COMMENTS))
    return f"<{tag} {attributes}><h3>2 comments</h3>{said}</{tag}>"


def footer(tag: str = "footer", attributes: str = "") -> str:
    return f"<{tag} {attributes}><p>{ABOUT}</p><p>© 2024 The Valley Post. All rights reserved.</p></{tag}>"


def cookies(attributes: str = 'class="cookie-banner"') -> str:
    return f"<div {attributes}><p>{COOKIES}</p><button>Accept all</button></div>"


def body(story: Story, tag: str = "p", attributes: str = "") -> str:
    return "\n".join(f"<{tag} {attributes}>{words}</{tag}>" for words in story.paragraphs)


def head(story: Story, *more: str, suffix: str = "") -> str:
    return f"<head><meta charset=utf-8><title>{story.title}{suffix}</title>{''.join(more)}</head>"


def meta(**values: str) -> str:
    names = {key.replace("___", ".").replace("__", ":"): value for key, value in values.items()}
    return "".join(f'<meta property="{name}" content="{value}">' for name, value in names.items())


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def page(inside: str, *, language: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{language}">{inside}</html>'


# -- usual ------------------------------------------------------------------------------------------------------------
def blog_theme(s: Story) -> str:
    """A blog with a theme of widgets; the suffix of the title is the site's name."""
    top = head(s, meta(og__title=s.title, og__site_name=s.outlet, article__published_time="2022-09-14T08:10:00+04:00"))
    return page(
        f"{top}<body class='single post-template with-sidebar'><div id=page class='site hfeed'>"
        f"<header class=site-header><p class=site-title><a href=/>{s.outlet}</a></p>{menu('nav', 'class=main-navigation')}"
        f"</header><div id=content><main><article class='post type-post category-world tag-ads'>"
        f"<header class=entry-header><h1 class=entry-title>{s.title}</h1><div class=entry-meta>By <a rel=author href=/a>"
        f"{s.author}</a> <time class='entry-date published' datetime=2022-09-14T08:10:00+04:00>14 Sep 2022</time></div>"
        f"</header><div class=entry-content>{body(s)}<div class=sharedaddy><h3>Share this:</h3><a href=#>Post</a></div>"
        f"</div></article>{comments('div', 'id=comments class=comments-area')}</main></div>"
        f"{most_read('aside', 'class=widget-area')}{footer('footer', 'class=site-footer')}</div>{cookies()}</body>",
    )


def block_theme(s: Story) -> str:
    """A blog of blocks without an article element, dated by a graph of JSON-LD."""
    graph = (
        '{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"The Valley Post","url":"https://v.example/"},'
        '{"@type":"WebPage","datePublished":"2022-09-14T04:10:00+00:00","dateModified":"2023-02-01T04:10:00+00:00"},'
        f'{{"@type":"NewsArticle","headline":"{s.title}","datePublished":"2022-09-14T04:10:00+00:00",'
        f'"dateModified":"2023-02-01T04:10:00+00:00","author":{{"@type":"Person","name":"{s.author}"}},'
        '"publisher":{"@type":"Organization","name":"The Valley Post"}}]}'
    )
    return page(
        f"{head(s, ld(graph), suffix=' - The Valley Post')}<body><div class=wp-site-blocks><header>{menu()}</header>"
        f"<main class=wp-block-group><h1 class=wp-block-post-title>{s.title}</h1>"
        f"<div class='entry-content wp-block-post-content'>{body(s)}</div>"
        f"<div class=wp-block-comments>{comments()}</div></main>{footer()}</div></body>",
    )


def portal(s: Story) -> str:
    """A portal of nested fields, its paragraphs in a field, teasers of other articles with dates of their own."""
    teasers = "".join(
        f"<div class=views-row><h3><a href=/{number}>{words}</a></h3><time datetime=2024-05-0{number + 1}>May</time></div>"
        for number, words in enumerate(MOST_READ)
    )
    return page(
        f"{head(s, meta(og__title=f'{s.title} | {s.outlet}', dcterms___issued='2022-09-14'), suffix=f' | {s.outlet}')}"
        f"<body><div class=layout-container>{menu('div', 'role=navigation')}<main role=main><h1>{s.title}</h1>"
        f"<div class=node><div class='field field--name-body'>{body(s)}</div></div>"
        f"<div class='view-related block-views'><h2>Related</h2>{teasers}</div></main>{footer()}</div></body>",
    )


def newsletter_site(s: Story) -> str:
    """A site of newsletters: calls to subscribe among the paragraphs."""
    middle = s._replace(paragraphs=s.paragraphs[2:])
    call = (
        "<div class='newsletter-signup'><p>Get our letter from Brazil and Canada every Friday, and never miss a story "
        "that matters to you.</p><form><input type=email><button>Subscribe</button></form></div>"
    )
    return page(
        f"{head(s, meta(og__title=s.title, og__site_name=s.outlet, article__published_time='2022-09-14T09:00:00.000Z'))}"
        f"<body class=post-template><header class=gh-head>{menu()}</header><article class=gh-article><h1>{s.title}</h1>"
        f"<section class=gh-content>{body(s._replace(paragraphs=s.paragraphs[:2]))}{call}{body(middle)}</section></article>"
        f"{footer('footer', 'class=gh-foot')}</body>",
    )


def diary(s: Story) -> str:
    """A diary whose paragraphs are lines with breaks, dated by its address."""
    lines = "<br /><br />".join(s.paragraphs)
    return page(
        f"{head(s, '<link rel=canonical href=https://v.example/2022/09/14/bridge.html>', suffix=f' ~ {s.outlet}')}"
        f"<body><div class=header><h1 class=title>{s.outlet}</h1></div>{menu('div', 'class=tabs')}<div class='post hentry'>"
        f"<h3 class='post-title entry-title'>{s.title}</h3><div class='post-body entry-content'>{lines}</div></div>"
        f"{comments()}<div class=sidebar>{most_read()}</div>{footer('div', 'id=footer')}</body>",
    )


def broadcaster(s: Story) -> str:
    """A broadcaster: components without an article element, names made by a machine."""
    paragraphs = body(s, "div", 'class="sc-4e8 kAbQ1" data-component="text-block"')
    item = (
        f'{{"@type":"ReportageNewsArticle","headline":"{s.title}","datePublished":"2022-09-14T06:00:00Z",'
        '"publisher":{"name":"The Valley Post"},"author":[{"name":"Mara Quill"},{"name":"Ben Oak"}]}'
    )
    return page(
        f"{head(s, ld(item), suffix=' - Valley Post News')}<body><div id=__next><div class=sc-1>{menu()}</div>"
        f"<div class=sc-9><div class='sc-4e8 h1'><h1>{s.title}</h1></div>{paragraphs}</div>"
        f"<div class=sc-7>{most_read('div', 'data-component=mostRead')}</div><div class=sc-8>{footer('div')}</div></div></body>",
    )


def accelerated(s: Story) -> str:
    """A page for phones, with a consent dialog before all."""
    item = f'{{"@type":"NewsArticle","headline":"{s.title}","datePublished":1663135800}}'
    return (
        f"<!doctype html><html amp lang=en>{head(s, ld(item))}<body><amp-consent><div id=consent-ui class=consent>"
        f"<p>{COOKIES}</p><button>Yes</button></div></amp-consent><amp-sidebar>{menu()}</amp-sidebar>"
        f"<article><h1>{s.title}</h1>{body(s)}</article>{footer()}</body></html>"
    )


def page_builder(s: Story) -> str:
    """A page that was clicked together: every piece in a widget of its own."""
    pieces = "".join(
        f"<div class='elementor-element elementor-widget elementor-widget-text-editor'><div class=elementor-widget-container>"
        f"<p>{words}</p></div></div>"
        for words in s.paragraphs
    )
    return page(
        f"{head(s, meta(og__title=s.title, og__site_name=s.outlet, og__updated_time='2023-03-03T10:00:00+04:00'))}"
        f"<body class='elementor-page'><div class='elementor elementor-location-header'>{menu()}</div>"
        f"<div class=elementor-section><div class='elementor-widget elementor-widget-heading'><h1>{s.title}</h1></div>"
        f"<div class='elementor-widget elementor-widget-post-info'><time datetime=2022-09-14>14 September 2022</time></div>"
        f"{pieces}</div><div class=elementor-location-footer>{footer()}</div></body>",
    )


def agency(s: Story) -> str:
    """An agency: microdata, a dateline, tools between title and text."""
    return page(
        f"{head(s, suffix=' :: The Valley Post')}<body>{menu('div', 'id=menu')}<div itemscope "
        f"itemtype=https://schema.org/NewsArticle><h1 itemprop=headline>{s.title}</h1><span itemprop=datePublished "
        f"content=2022-09-14T11:00:00+04:00>14.09.2022</span><div class=share-buttons><a href=#>Share in France</a></div>"
        f"<div itemprop=articleBody>{body(s)}</div></div>{most_read('div', 'class=popular-news')}{footer('div', 'class=copyright')}"
        "</body>",
    )


def magazine(s: Story) -> str:
    """A magazine: pictures with captions and links within the text."""
    first, *others = s.paragraphs
    linked = f"<p>{first.replace('Tallow Ford', '<a href=/t>Tallow Ford</a>')}</p>"
    return page(
        f"{head(s, meta(og__title=s.title, og__site_name=s.outlet, article__published_time='2022-09-14 07:00:00'))}"
        f"<body><header id=masthead>{menu()}</header><main><article><h1>{s.title}</h1>{linked}"
        f"{body(s._replace(paragraphs=tuple(others)))}</article></main>"
        f"<section class=more-stories><h2>More from the world</h2><article><h3>{MOST_READ[0]}</h3><p>Traders had left the "
        f"market in Lagos when the fire broke out, the police told our reporter.</p></article><article><h3>{MOST_READ[1]}"
        f"</h3><p>From May on nobody may drive into the centre of Madrid, the mayor said on Monday.</p></article></section>"
        f"{footer()}</body>",
    )


# -- odd --------------------------------------------------------------------------------------------------------------
def form_around(s: Story) -> str:
    """A page that is one form, with its footer outside of it."""
    return page(
        f"{head(s, meta(og__title=s.title, og__site_name=s.outlet, date='2022-09-14'))}<body><form method=post action=/x.aspx>"
        f"<div id=ctl00_menu>{menu('div')}</div><div id=ctl00_content><h1>{s.title}</h1>{body(s)}</div>{most_read()}</form>"
        f"{footer('div', 'id=ctl00_footer')}</body>",
    )


def _left_open(tag: str, inside: str) -> Callable[[Story], str]:
    def build(s: Story) -> str:
        return page(
            f"{head(s, meta(og__title=s.title, og__site_name=s.outlet, article__published_time='2022-09-14T10:00:00+04:00'))}"
            f"<body><div class=top><{tag}>{inside}</div><div class=story><h1>{s.title}</h1>{body(s)}</div>"
            f"{most_read()}{comments()}{footer()}{cookies()}</body>",
        )

    build.__doc__ = f"A page whose <{tag}> is never closed."
    return build


def layout_table(s: Story) -> str:
    """A page of the nineties: tables for columns, breaks for paragraphs, the day in a line."""
    links = "<br>".join(f"<a href=/{number}>{words}</a>" for number, words in enumerate(MENU))
    text = "<br><br>\n".join(s.paragraphs)
    return (
        f"<HTML><HEAD><TITLE>{s.outlet}: {s.title}</TITLE></HEAD><BODY bgcolor=white><TABLE width=760><TR>"
        f"<TD width=120>{links}</TD><TD><FONT size=5><B>{s.title}</B></FONT><BR><I>September 14, 2022</I><BR><BR>{text}</TD>"
        f"</TR><TR><TD colspan=2><CENTER>{ABOUT}</CENTER></TD></TR></TABLE></BODY></HTML>"
    )


def many_items(s: Story) -> str:
    """A page that lists other articles' data before its own; its moment in universal time is the evening before."""
    other = (
        '{"@type":"NewsArticle","headline":"Fire destroys market in Lagos","datePublished":"2024-01-05T10:00:00+04:00"}'
    )
    own = (
        f'{{"@type":"NewsArticle","headline":"{s.title}","url":"https://v.example/bridge",'
        '"datePublished":"2022-09-13T21:30:00Z","dateModified":"2022-09-15T10:00:00+04:00"}'
    )
    link = "<link rel=canonical href=https://v.example/bridge>"
    return page(
        f"{head(s, link, ld(f'[{other},{own}]'))}<body>{menu()}<article><h1>{s.title}</h1>{body(s)}</article>"
        f"{most_read()}{footer()}</body>",
    )


def more_comments(s: Story) -> str:
    """A short article below which readers wrote four times as much."""
    thread = "".join(comments("li", "class=comment") for _ in range(10))
    return page(
        f"{head(s, meta(og__title=s.title, article__published_time='2022-09-14T10:00:00Z'))}<body>{menu()}<div class=wrap>"
        f"<h1>{s.title}</h1><div class=text>{body(s)}</div></div><ul class=comment-list>{thread}</ul>{footer()}</body>",
    )


def hidden_things(s: Story) -> str:
    """A page that an extension saved: what was hidden is in it too, and styles in every element."""
    return (
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://v.example/2022/09/14/bridge \n saved date: "
        f"Mon Jan 08 2024 -->{head(s, suffix=' | The Valley Post')}<body><div style='display: none'><p>{COOKIES}</p></div>"
        f"{menu()}<div style='color:red'><h1 style='margin:0'>{s.title}</h1>{body(s, 'p', 'style=margin:0')}</div>"
        f"{most_read('div', 'hidden')}{footer()}</body></html>"
    )


def cyrillic(s: Story) -> str:
    """A page in an old set of letters."""
    top = "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>"
    menu_ru = "<div class=menu><a href=/a>Новости Бразилии</a> <a href=/b>Канада</a></div>"
    return (
        f"<html><head>{top}<title>{s.title} - {s.outlet}</title><meta name=date content=2022-09-14></head><body>{menu_ru}"
        f"<div class=news><h1>{s.title}</h1>{body(s)}</div></body></html>"
    )


USUAL = (
    blog_theme,
    block_theme,
    portal,
    newsletter_site,
    diary,
    broadcaster,
    accelerated,
    page_builder,
    agency,
    magazine,
)
LEFT_OPEN = {
    "nav": "<a href=/a>Brazil</a> <a href=/b>Canada</a>",
    "aside": "<p>Weather in Oslo</p>",
    "button": "Menu",
    "svg": "<path d=M0><title>Logo of Zurich</title>",
}


def cases() -> list[Case]:
    """Return the twenty pages."""
    usual = [Case(build.__name__, build(STORY).encode(), STORY) for build in USUAL]
    odd = [form_around, layout_table, many_items, more_comments, hidden_things]
    others = [Case(build.__name__, build(STORY).encode(), STORY) for build in odd]
    others += [Case(f"open_{tag}", _left_open(tag, inside)(STORY).encode(), STORY) for tag, inside in LEFT_OPEN.items()]
    return [*usual, *others, Case("cyrillic", cyrillic(RUSSIAN).encode("cp1251"), RUSSIAN)]


def f1(found: str, story: Story) -> float:
    """Return how well words are found: the title counts as text, and so does what stands between it and the text."""
    wanted = Counter(words_of(" ".join((story.title, *story.paragraphs))))
    got = Counter(words_of(found))
    both = (wanted & got).total()
    return 2 * both / (wanted.total() + got.total()) if both else 0.0


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return re.findall(r"\w+", text.lower())


def strangers(found: str, case: Case) -> list[str]:
    """Return the places that stand elsewhere on the page and were taken for the article's."""
    return [word for word in ELSEWHERE if word.lower() in set(words_of(found))]


class Score(NamedTuple):
    """How well a page was read."""

    name: str
    f1: float
    title: bool
    date: bool
    strangers: list[str]


def score(folder: Path) -> list[Score]:
    """Read the pages as files of a folder."""
    scores = []
    for case in cases():
        path = folder / f"{case.name}.html"
        path.write_bytes(case.content)
        try:
            article = read_article(path, folder)
        except ArticleError as error:
            print(f"{case.name}: {error}", file=sys.stderr)
            scores.append(Score(case.name, 0.0, False, False, []))
            continue
        text = article.text[: getattr(article, "end", None)]
        since = str(date_alone(article)[0].published.since)
        found = (f1(text, case.story), article.title == case.story.title, since == case.story.day)
        scores.append(Score(case.name, *found, strangers(text, case)))
    return scores


def main() -> None:
    """Print how well the pages are read, a line each and together."""
    with tempfile.TemporaryDirectory() as folder:
        scores = score(Path(folder))
    for row in scores:
        print(f"{row.name:16} {row.f1:.3f} {row.title:2} {row.date:2}  {' '.join(row.strangers)}")
    mean = sum(row.f1 for row in scores) / len(scores)
    right = f"titles {sum(row.title for row in scores)}, days {sum(row.date for row in scores)}"
    others = sum(bool(row.strangers) for row in scores)
    print(f"{len(scores)} pages: F1 of words {mean:.3f}, {right}; places from elsewhere on {others} of them")


if __name__ == "__main__":
    main()
