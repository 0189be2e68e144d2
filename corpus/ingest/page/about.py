"""What a page says of itself: title, outlet, author, link and language, from its metadata, JSON-LD and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from urllib.parse import urljoin, urlsplit

from corpus.ingest.page.blocks import Markup
from corpus.ingest.page.json_ld import article_of, name_of, read_json_ld, url_of
from corpus.ingest.page.page_date import find_date

LONGEST = 1_000  # characters of a value
LONGEST_LINE, EARLY = 250, 300  # characters of a line, and blocks, among which the headline is looked for
MOST = 0.5  # of a page's title: so much of it is the headline, the rest names the site
MOST_WORDS = 6  # of a site's name
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "title", "headline")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_AUTHORS = ("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_LINKS = ("og:url", "twitter:url", "parsely-link")
_LANGUAGES = ("content-language", "og:locale", "dc.language", "language", "inlanguage")
# Where browsers and their extensions write what a page was saved from.
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>]{1,2000})")
_BETWEEN = re.compile(r"\s{1,9}[|–—·•»/~-]\s{1,9}|\s{0,9}[|»]\s{0,9}|\s{1,9}::\s{1,9}")
_AROUND = " \t|–—·•»/~:-"
_OPENING_BY = re.compile(r"\A\s{0,9}(?:by|author|автор)(?:\s{0,9}:\s{1,9}|\s{1,9})", re.IGNORECASE)


def about_page(markup: str, found: Markup, *, url: str = "") -> dict[str, str]:
    """Return the fields that a page gives, as front matter names them; `date_from` says what dates it.

    `url` is the address that it was read from, where that is known better than from the page.
    """
    metas: dict[str, str] = {}
    for name, content in found.metas:
        metas.setdefault(re.sub(r"\A(dc|dcterms):", r"\1.", name), _plain(content))
    items = read_json_ld(markup)
    link = _link(markup, found, metas, url)
    titles = [*(words for words, _ in found.headings), *(metas[name] for name in _TITLES if name in metas), found.title]
    item = article_of(items, link=link, titles=titles)
    outlet = _plain(name_of(item.get("publisher"))) or _first(metas, _OUTLETS) or _of_site(items)
    title = _title(found, metas, item, outlet)
    about = {
        "title": title,
        "outlet": outlet or _beside(title, found.title),
        "author": _author(found, metas, item),
        "url": link or _web(url_of(item)),
        "language": found.language or str(item.get("inLanguage") or "") or _first(metas, _LANGUAGES),
    }
    date, date_from = find_date(found, metas, item, items, markup, address=about["url"])
    about |= {"date": date, "date_from": date_from}
    return {key: " ".join(value.split())[:LONGEST] for key, value in about.items() if value.strip()}


def _plain(words: str) -> str:
    return " ".join(unescape(words).split()) if "&" in words else words


def _first(metas: Mapping[str, str], names: Sequence[str]) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _title(found: Markup, metas: Mapping[str, str], item: Mapping[str, object], outlet: str) -> str:
    """Return the headline: the line of the page that its titles bear out, else what its data say."""
    told = [_plain(str(item.get("headline") or "")), *(metas[name] for name in _TITLES if name in metas), found.title]
    told = [words for words in told if words and not _same(words, outlet)]
    free = [words for words, is_apart in found.headings if not is_apart]
    headings = [words for words in (*free, *(words for words, _ in found.headings)) if not _same(words, outlet)]
    lines = (line for block in found.blocks[:EARLY] for line in block.text.split("\n")[:2] if len(line) <= LONGEST_LINE)
    for line in (*headings, *lines):
        key = _key(line)
        if any(key in _key(words) and len(key) > MOST * len(_key(words)) for words in told):
            return line
    if item.get("headline") and told:
        return told[0]
    if told:
        return _without_site(told[0], outlet, metas)
    return headings[0] if len(headings) == 1 else ""


def _without_site(title: str, outlet: str, metas: Mapping[str, str]) -> str:
    """Return a title without the site's name, which often stands behind it, or before."""
    parts = [part for part in _BETWEEN.split(title) if part]
    if len(parts) < 2:
        return title
    hosts = " ".join(urlsplit(metas.get(name, "")).hostname or "" for name in _LINKS)
    before, after = title[: title.rindex(parts[-1])], title[title.index(parts[0]) + len(parts[0]) :]
    for part, rest in ((parts[-1], before), (parts[0], after)):
        is_site = _same(part, outlet) or (_key(part) and _key(part) in _key(hosts))
        # Without a name to compare with, a short last part behind a bar is the site's.
        if is_site or (not outlet and part is parts[-1] and len(part.split()) <= 4 < len(rest.split())):
            return _without_site(rest.strip(_AROUND), outlet, metas)
    return title


def _beside(title: str, whole: str) -> str:
    """Return what a page's title names beside the headline, where that is short enough for a site's name."""
    before, found, after = whole.partition(title) if title else ("", "", "")
    names = [part.strip(_AROUND) for part in (after, before) if part.strip(_AROUND)]
    return names[0] if found and len(names) == 1 and len(names[0].split()) <= MOST_WORDS else ""


def _same(one: str, other: str) -> bool:
    return bool(one) and _key(one) == _key(other)


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())


def _author(found: Markup, metas: Mapping[str, str], item: Mapping[str, object]) -> str:
    names = [
        _plain(name_of(item.get("author"))),
        *(metas[name] for name in _AUTHORS if metas.get(name)),
        *found.authors,
    ]
    proper = (name for name in names if name and not name.startswith(("http", "/", "@")) and len(name) <= 200)
    return _OPENING_BY.sub("", next(proper, ""))


def _of_site(items: Sequence[Mapping[str, object]]) -> str:
    kinds = ("NewsMediaOrganization", "Organization", "WebSite")
    return next((name_of(item) for kind in kinds for item in items if item.get("@type") == kind), "")


def _link(markup: str, found: Markup, metas: Mapping[str, str], url: str) -> str:
    """Return the address of the page, as it calls itself or as it was saved from."""
    saved = _SAVED.search(markup, 0, 5_000)
    known = _web(url) or (_web(unescape(saved[1])) if saved else "") or _web(found.links.get("base", ""))
    return next(filter(None, _candidates(found, metas, known)), "")


def _candidates(found: Markup, metas: Mapping[str, str], known: str) -> Iterator[str]:
    for given in (found.links.get("canonical", ""), *(metas.get(name, "") for name in _LINKS)):
        whole = _web(urljoin(known, given) if known and given else given)
        if whole and (urlsplit(whole).path.strip("/") or not known):  # many templates name the site's front page
            yield whole
    yield known


def _web(address: str) -> str:
    """Return an address of the web; "" for any other."""
    try:
        parts = urlsplit(address.strip())
        return address.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
