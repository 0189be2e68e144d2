"""A citation holds what proves it, in every style, and says so when the words no longer stand."""

import json
import re
from dataclasses import replace

import pytest
from builders import build, front

from corpus.exports import citations
from corpus.exports.citations import STYLES, Cited, cited, untex
from corpus.exports.evidence import HASH, evidence_of
from corpus.exports.formats import FORMATS
from corpus.exports.quoted import Quoted, read_quoted
from corpus.exports.verify import verify
from corpus.index.connection import open_index
from corpus.queries.filters import Filters
from corpus.records import ROLES

TEXT = "It had rained.\n\nShells fell near\nGoris on Tuesday, a teacher in Sisian said.\n"
ONE = Cited(
    hash=f"{HASH}0a47ef28cc44b831",
    file="one.md",
    start=16,
    end=62,
    words="Shells fell near Goris on Tuesday, 50 % {of} them.",
    title="Rain & shells: A_B",
    outlet="River Post",
    author="A. Reporter and Sons",
    since="2022-09-14",
    until="2022-09-14",
    url="https://e.example/1?a=b%20c_d",
)
# What styles of citing, Markdown and markup could trip over.
HOSTILE = [
    "“Nested” — “quotes”, he said",
    "\\textbraceleft{} }{ {{ $ # _ ^ ~ \\",
    "ER  - ",
    "@article{x, a = {b},",
    "</script><b>&amp;",
    "Go\u202eris\u200b",
    f"{HASH}0123456789abcdef:1-2x",
    '=HYPERLINK("x")',
    "1. e4, “e5” — c4. “",
]


def read(text):
    return list(read_quoted(text))


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_is_read_back(style):
    assert read(STYLES[style](ONE)) == [Quoted("0a47ef28cc44b831", "one.md", ((16, 62, ONE.words),))]


@pytest.mark.parametrize("style", STYLES)
def test_an_article_is_cited_as_a_whole(style):
    whole = replace(ONE, words="", start=0, end=0)
    assert read(STYLES[style](whole)) == [Quoted("0a47ef28cc44b831", "one.md", ())]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_hostile_words_are_words(style, words):
    row = {"article_hash": ONE.hash, "file": "a.md", "url": "", "published_since": None, "published_until": None}
    row |= {"title": words, "outlet": words, "author": words}
    if HASH in words and style == "Text":
        pytest.skip("a hash within the words of a citation in words is one more citation")
    one = cited(row, words=f"{words} fell", start=1, end=9)
    (found,) = read(STYLES[style](one))
    assert found.spans == ((1, 9, one.words),)
    assert found.file == "a.md"


def test_in_words_it_says_who_printed_it_when_and_where():
    assert citations.plain(replace(ONE, address="http://127.0.0.1/?passage=x.1")) == (
        "“Shells fell near Goris on Tuesday, 50 % {of} them.” — A. Reporter and Sons, “Rain & shells: A_B”, "
        "River Post, 14 September 2022, https://e.example/1?a=b%20c_d. one.md, blake2b-64:0a47ef28cc44b831:16-62. "
        "http://127.0.0.1/?passage=x.1"
    )


def test_bibtex_balances_its_braces_and_keeps_its_words():
    for words in HOSTILE:
        entry = citations.bibtex(replace(ONE, words=words, title=words))
        depth = [entry[:at].count("{") - entry[:at].count("}") for at in range(len(entry))]
        assert min(depth) == 0
        assert entry.count("{") == entry.count("}")
        title = re.search(r"^ {2}title = \{\{(.*)\}\},$", entry, re.MULTILINE)[1]
        assert untex(title) == words


def test_csl_has_what_citation_managers_read():
    (item,) = json.loads(citations.csl_json(ONE))
    assert item["issued"] == {"date-parts": [[2022, 9, 14]]}
    assert item["author"] == [{"literal": "A. Reporter and Sons"}]
    assert item["type"] == "article-newspaper"
    month = citations.csl(replace(ONE, since="2022-09-01", until="2022-09-30"))
    assert month["issued"] == {"date-parts": [[2022, 9, 1], [2022, 9, 30]]}


@pytest.fixture
def corpora(tmp_path):
    """Return the index of one article, and what makes others."""

    def make(name, files):
        return build(tmp_path / name, {file: front(text, date="2022-09-14") for file, text in files.items()})

    return make


# What cites evidence, and can be verified.
VERIFIED = ["csv", "jsonl", "geojson", "annotations", "lpf", "cite", "bibtex", "ris", "csl"]


def states(path, text):
    with open_index(path) as index:
        return {verdict.state for verdict in verify(index, read_quoted(text))}


# What became of the article that is cited, and what is said of a citation then.
AFTERWARDS = [
    ({"one.md": TEXT}, "stands"),
    # another file beside it and another name of the file change nothing
    ({"two.md": TEXT, "more.md": "Rain in Paris, France."}, "stands"),
    # a word before it: what is cited still stands in the file, elsewhere
    ({"one.md": "Well. " + TEXT}, "moved"),
    # one letter of it
    ({"one.md": TEXT.replace("Goris on", "Goris at")}, "gone"),
    # the words in another article
    ({"copy.md": TEXT + "\nAnd more."}, "moved"),
    ({"other.md": "Rain in Paris, France."}, "gone"),
]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    """An index of each of AFTERWARDS."""
    home = tmp_path_factory.mktemp("afterwards")
    return [
        build(home / str(number), {file: front(text, date="2022-09-14") for file, text in files.items()})
        for number, (files, _) in enumerate(AFTERWARDS)
    ]


@pytest.mark.parametrize("key", VERIFIED)
def test_every_export_is_verified(indexes, key):
    with open_index(indexes[0]) as index:
        exported = FORMATS[key].write(evidence_of(index, Filters(roles=ROLES))).decode()
        assert len(read(exported)) >= 1
    assert [states(index, exported) for index in indexes] == [{state} for _, state in AFTERWARDS]
    # other offsets, or other words at the same ones: one digit of the citation was changed
    tampered = exported.replace("Tuesday, a teacher", "Tuesday, a preacher")
    assert tampered != exported
    assert states(indexes[0], tampered) == {"differs"}


def test_what_is_verified_tells_what_stands_there_instead(corpora):
    with open_index(corpora("was", {"one.md": TEXT})) as index:
        evidence = evidence_of(index, Filters(roles=ROLES))
        one = next(iter(citations.of_view(evidence)))
        (verdict,) = verify(index, read(citations.plain(replace(one, words="Nothing fell.", end=one.start + 5))))
    assert verdict.words == "one.md: not “Nothing fell.” stands there but “Goris”"
