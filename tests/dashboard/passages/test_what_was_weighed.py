"""What was weighed for a mention: each step answers, the weights add up, and article text stays text."""

import re

import pytest
from builders import build, front
from streamlit.testing.v1 import AppTest

EVIL = "<img src=x onerror=alert(1)> ![](http://x.example/p) $x^2$ :red[y] [l](http://x.example)"
ARTICLES = {
    "river.md": front(
        f"Shells fell {EVIL} near Goris on Tuesday, {EVIL} said. Baku denied it, and Goris burned.",
        title=EVIL,
        outlet=EVIL,
        date="2022-09-14",
    ),
}


def page(path: str, name: str) -> None:
    """Draw what was weighed for the first mention of a name; runs inside Streamlit, so it imports what it needs."""
    from pathlib import Path

    from corpus.explain import dated_article, explain_article
    from corpus.index.connection import open_index
    from dashboard.passages import what_was_weighed

    with open_index(Path(path)) as index:
        dated = dated_article(index, 1)
    one = next(one for one in explain_article(dated) if one.text == name)
    what_was_weighed.draw(one, dated.article.text)


def asked(path: str) -> None:
    """Open what was weighed in the first passage once the reader has asked for it."""
    from pathlib import Path

    import streamlit as st

    from corpus.index.connection import open_index
    from corpus.queries import reading
    from dashboard.passages import what_was_weighed
    from dashboard.view.state import state

    with open_index(Path(path)) as index:
        if st.button("Ask"):
            state.weighed = reading.references(index, [1])[1]
        what_was_weighed.open_asked(index)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return build(tmp_path_factory.mktemp("weighed"), ARTICLES)


def drawn(function, *args):
    app = AppTest.from_function(function, args=args, default_timeout=60).run()
    assert not app.exception, app.exception
    return app


def cells(app):
    return [str(cell) for table in app.table for cell in [*table.value.columns, *table.value.to_numpy().ravel()]]


def test_each_step_answers(path):
    answers = "\n".join(text.value for text in drawn(page, str(path), "Goris").markdown)
    for question in ("Is it a place name", "Which place", "How is it meant", "When", "Who says it"):
        assert f"**{question}?**" in answers
    assert "Goris\\, Syunik\\, Armenia" in answers
    assert "13 September 2022" in answers


def test_the_weights_shown_are_all_of_them(path):
    table = drawn(page, str(path), "Goris").table[0].value
    odds = sum(float(weight.replace("\\", "")) for weight in table["Weight"])
    answers = [text.value for text in drawn(page, str(path), "Goris").markdown]
    sure = next(int(found[1]) for text in answers if (found := re.search(r"yes\\, (\d+)\\% sure", text)))
    assert 100 / (1 + 2.718281828**-odds) == pytest.approx(sure, abs=1.5)


@pytest.mark.parametrize("name", ["Goris", "Baku"])
def test_article_text_stays_text(path, name):
    app = drawn(page, str(path), name)
    for text in [*cells(app), *(element.value for element in [*app.markdown, *app.caption])]:
        assert not re.search(r"(?<!\\)(?:<img|!\[|\]\(http|\$x|:red\[)", text), text
    assert all(not element.allow_html for element in app.markdown)


def test_the_article_is_read_again_for_who_asks(path, monkeypatch):
    monkeypatch.setenv("DATELINE_ARTICLES", str(path.parent / "articles"))
    app = drawn(asked, str(path))
    assert not app.table
    app.button[0].click().run()
    assert not app.exception, app.exception
    assert "Candidate" in cells(app)
