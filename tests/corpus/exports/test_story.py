"""A story is one file: what is in it, that nothing of a stranger's text is markup, and that it leads nowhere."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from builders import build, front

from corpus.build import build_index
from corpus.exports.evidence import evidence_of
from corpus.exports.formats import FORMATS
from corpus.index.connection import open_index
from corpus.queries.filters import Filters
from corpus.queries.places import totals
from dashboard.config import SHIPPED

# Two tags: a text with more is taken for HTML, and loses them.
HOSTILE = "</script><img src=x onerror=window.canary=1>{{script}}{{7*7}}<!--"


class Reader(HTMLParser):
    """What a browser makes of a file: its elements with their attributes, and the texts of scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.texts.append((tag, ""))

    def handle_endtag(self, tag):
        self.texts.append(("", ""))

    def handle_data(self, data):
        if self.texts:
            tag, before = self.texts[-1]
            self.texts[-1] = (tag, before + data)

    def text_of(self, tag):
        return [text for each, text in self.texts if each == tag]


def story(index, filters):
    return FORMATS["story"].write(evidence_of(index, filters)).decode()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    article = front(
        f"Shells fell near Goris on Tuesday. {HOSTILE} A bridge near Sisian burned.",
        title=f"'{HOSTILE}'",
        outlet=f"'{HOSTILE}'",
        url="'javascript:window.canary=1'",
        date="2022-09-14",
    )
    with open_index(build(tmp_path_factory.mktemp("story"), {"a.txt": article})) as index:
        yield story(index, Filters())


def told(text):
    return json.loads(Reader(text).text_of("script")[0])


def test_hostile_text_is_data_alone(hostile):
    reader = Reader(hostile)
    tags = [tag for tag, _ in reader.elements]
    assert tags.count("script") == 2
    assert not {"img", "iframe", "object", "embed", "link", "base"} & set(tags)
    assert not [name for _, attributes in reader.elements for name in attributes if name.startswith("on")]
    data = json.loads(reader.text_of("script")[0])
    passage = "".join(words for words, _ in data["passages"][0]["parts"])
    assert HOSTILE in passage
    assert HOSTILE in data["articles"][0]["source"]
    assert data["articles"][0]["url"] == ""
    assert "{{script}}" not in hostile.replace(HOSTILE.replace("<", "\\u003c").replace(">", "\\u003e"), "")


def test_only_its_own_script_and_style_may_run(hostile):
    reader = Reader(hostile)
    policy = next(told["content"] for tag, told in reader.elements if told.get("http-equiv"))
    assert "default-src 'none'" in policy
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        digest = base64.b64encode(hashlib.sha256(reader.text_of(tag)[-1].encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_nothing_in_it_is_fetched(hostile):
    for _, attributes in Reader(hostile).elements:
        assert not {"src", "href", "srcset", "data", "action"} & set(attributes)
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(", "".join(Reader(hostile).text_of("style")))


@pytest.mark.slow
def test_the_shipped_articles_make_a_small_file_of_all_that_is_shown(tmp_path):
    build_index(SHIPPED, tmp_path / "index.gpkg")
    with open_index(tmp_path / "index.gpkg") as index:
        text = story(index, Filters())
        shown = totals(index, Filters())
    assert len(text.encode()) <= 3_000_000
    data = told(text)
    assert len(data["mentions"]) == shown.shown
    assert len(data["passages"]) == shown.passages
    assert sum(not mention["days"] for mention in data["mentions"]) == shown.by_certainty["undated"]
    view = data["view"]
    goris = next(place for place in data["places"] if place["name"] == "Goris")
    assert view["x"] < goris["x"] < view["x"] + view["width"]
    assert view["y"] < goris["y"] < view["y"] + view["height"]
    assert {"land", "province", "country", "line"} <= {name for name, _ in data["shapes"]}
    assert all(re.fullmatch(r"[MLZ0-9.,e-]+", path) for _, path in data["shapes"])


@pytest.mark.parametrize("filters", [Filters(text="nosuchword"), Filters(regions=("FR",))])
def test_a_view_of_little_makes_a_file_too(index, filters):
    assert len(told(story(index, filters))["mentions"]) == totals(index, filters).shown
