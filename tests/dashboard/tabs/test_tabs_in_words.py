"""The tabs below the map: each draws under any filters, says so when it has nothing, and keeps article text inert."""

import json
import re
from datetime import date

import pandas as pd
import pytest
from builders import build, front
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.passages.parts import Mark, whole_sentences
from dashboard.tabs.accounts import lit, narrowest
from dashboard.tabs.bar import TABS
from dashboard.tabs.claims import number

GORIS = "174895"
EVIL = "<img src=x onerror=alert(1)> ![](http://x.example/p) $x^2$ :red[y] [l](http://x.example)"
ARTICLES = {
    "river.md": front(
        "The Armenian Defence Ministry said that 9 of its soldiers were killed near Goris on Tuesday. Azerbaijan said "
        f"that Armenian troops had fired first near Goris {EVIL} by night. The road to Goris is closed.",
        title=f"Shells {EVIL}",
        outlet=f"River {EVIL}",
        date="2022-09-14",
    ),
    "valley.md": front(
        "Armenia said that 12 of its soldiers were killed near Goris on Tuesday. The OTSC met in Goris; the CSTO "
        "(Collective Security Treaty Organization) had sent near of a hundred men. Guests met in Nur-Sultan in "
        "May 2021.",
        title="Numbers",
        date="2022-09-14",
    ),
    "plain.md": front("Traders came from Nur-Sultan to Astana on foot.\n\nRead More: Floods in Madrid", title="Plain"),
}


def page(path: str, filters: dict, place: str | None) -> None:
    """Draw the tabs as the page does; runs inside Streamlit, so it imports what it needs."""
    from pathlib import Path

    import streamlit as st

    from corpus.index.connection import open_index
    from corpus.queries import places as queries
    from corpus.queries.filters import Filters
    from corpus.records import ROLES
    from dashboard.selection import Page
    from dashboard.serving.corpus_summary import Corpus
    from dashboard.tabs import bar
    from dashboard.view.state import state

    if "place" not in st.session_state:
        state.place = place
    with open_index(Path(path)) as index:
        asked = Filters(**filters)
        places, found = queries.places(index, Filters(roles=ROLES)), queries.places(index, asked)
        corpus = Corpus(index)
        lines, areas, all_ = corpus.lines, corpus.areas, corpus.choices.selectable
        bar.draw(Page(index, asked, state.place, places, found, lines=lines, areas=areas, selectable=all_))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return build(tmp_path_factory.mktemp("panes"), ARTICLES)


def drawn(path, tab, *, place=None, filters=None, **state):
    app = AppTest.from_function(page, args=(str(path), filters or {}, place), default_timeout=60)
    for name, value in {"tab": tab, **state}.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def words(app):
    """Return every text on the page."""
    kinds = ("markdown", "caption", "info", "subheader", "text", "button", "expander")
    return [getattr(e, "label", None) or getattr(e, "value", "") for kind in kinds for e in app.get(kind)]


def cards(app):
    """Return the cards on the page as the browser gets them."""
    return [card for element in app.get("bidi_component") for card in json.loads(element.proto.json)["cards"]]


def text_of(card):
    return "".join(part[0] for part in [*card["before"], *card["sentence"], *card["after"]])


@pytest.mark.parametrize("tab", [tab for tab in TABS if tab != "places"])
@pytest.mark.parametrize("place", [None, GORIS, "in:AM", "174982", "1526273", "nowhere"])
def test_every_tab_draws_for_every_selection(path, tab, place):
    app = drawn(path, tab, place=place)
    assert app.info or app.dataframe or app.table or app.subheader or cards(app)


@pytest.mark.parametrize(
    "tab", [tab for tab in TABS if tab not in ("places", "articles")]
)  # what was read stays listed
@pytest.mark.parametrize("place", [None, GORIS])
@pytest.mark.parametrize("filters", [{"text": "zzz"}, {"since": date(1900, 1, 1), "until": date(1900, 1, 2)}])
def test_every_tab_says_when_it_has_nothing(path, tab, place, filters):
    app = drawn(path, tab, place=place, filters=filters)
    assert app.info
    assert not app.dataframe
    assert not app.table


def test_the_places_are_those_of_the_map(path):
    app = drawn(path, "places")
    assert "Goris" in set(app.dataframe[0].value["Place"])
    assert [heading.value for heading in app.subheader] == ["Places"]


@pytest.mark.parametrize("tab", [tab for tab in TABS if tab != "places"])
def test_article_text_stays_text(path, tab):
    app = drawn(path, tab, place=GORIS, fate="placed")
    for text in words(app):
        assert not re.search(r"(?<!\\)(?:<img|!\[|\]\(http|\$x|:red\[)", text), text
    assert all(not element.allow_html for element in app.markdown)


@pytest.mark.parametrize("tab", ["passages", "accounts", "mentions"])
def test_cards_hold_article_text_letter_by_letter(path, tab):
    """It reaches the browser as data, of which the script makes text nodes: nothing in it is escaped or changed."""
    found = cards(drawn(path, tab, place=GORIS, fate="placed"))
    assert any(EVIL in text_of(card) for card in found)
    assert {card["url"] for card in found} == {""}


def test_two_sides_have_two_columns_and_the_outlet_none(path):
    app = drawn(path, "accounts", place=GORIS)
    assert [heading.value for heading in app.subheader] == ["Side of Armenia", "Side of Azerbaijan"]
    (outlet,) = [card for card in cards(app) if "The road to" in text_of(card)]
    assert all(part[1] != "furniture" for part in outlet["sentence"])  # nobody but the outlet says it


def test_the_five_numbers_and_what_is_behind_them(path):
    app = drawn(path, "mentions", fate="boilerplate")
    assert any("Madrid" in text_of(card) for card in cards(app))
    table = app.dataframe[0].value
    assert (table.iloc[:, 1:6].sum(axis=1) == table["Detected"]).all()
    assert any(f"**{table['Detected'].sum()} detected**" in text for text in words(app))


def test_claims_stand_side_by_side(path):
    app = drawn(path, "claims")
    table = app.table[0].value
    assert {"**9** killed", "**12** killed"} <= set(table["Number"])
    notes = [card["note"] for card in cards(app)]
    assert any("may be the same: 12 by Armenia (Armenia)" in note for note in notes)
    assert not any("total" in str(name).lower() or "sum" in str(name).lower() for name in table.columns)


def test_claims_of_a_place_alone(path):
    everywhere = drawn(path, "claims", place="1526273")
    assert everywhere.toggle[0].label.endswith("(0)")
    here = everywhere.toggle[0].set_value(True).run()
    assert here.info
    assert not here.table


def test_names_out_of_use_say_when_they_were_official(path):
    app = drawn(path, "names", place="1526273")
    assert any("Nur" in text and "23 March 2019 to 17 September 2022" in text for text in words(app))


def test_the_order_of_names_is_the_readers(path):
    app = drawn(path, "names", place="1526273")
    first = list(app.dataframe[0].value["Name"])
    assert first == sorted(first, key=str.casefold)
    app.selectbox[0].select("most used first").run()
    assert list(app.dataframe[0].value["Mentions"]) == sorted(app.dataframe[0].value["Mentions"], reverse=True)


def test_a_number_opens_its_passages(path):
    app = drawn(path, "mentions", fate="placed")
    reference = cards(app)[0]["ref"]
    opened = drawn(path, "passages", passage=reference)
    assert [button.label for button in opened.button][:1] == ["Back to the passages"]
    paragraphs = json.loads(opened.get("bidi_component")[0].proto.json)["article"]["paragraphs"]
    assert [paragraph["here"] for paragraph in paragraphs].count(True) == 1


def test_badge_of_a_rewritten_article_names_the_words(path):
    found = cards(drawn(path, "passages"))
    cautions = {card["source"]: " ".join(words for _, words in card["reasons"]) for card in found}
    assert any("OTSC" in words for source, words in cautions.items() if "Numbers" in source)
    assert not any("wording" in dict(card["reasons"]) for card in found if "Plain" in card["source"])


# ---- what needs no page


def test_numbers_in_words():
    def claim(low, high, wording):
        return pd.Series({"low": low, "high": high, "wording": wording})

    assert number(claim(49, 49, "exact")) == "49"
    assert number(claim(280, None, "at least")) == "at least 280"
    assert number(claim(280, float("nan"), "at least")) == "at least 280"
    assert number(claim(0, 60, "at most")) == "at most 60"
    assert number(claim(100, 100, "about")) == "about 100"
    assert number(claim(10, 20, "between")) == "between 10 and 20"
    assert number(claim(2000, None, "about")) == "at least 2,000"


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        (([], ["AM", "AZ"], ["AM", "AZ", "RU"]), "province"),  # the narrowest with two sides
        ((["AM"], ["AM"], ["AM", "AZ"]), "country"),
        ((["AM", ""], ["AM"], ["AM", ""]), "town"),  # one side, and one who states none
        (([""], [], [""]), "town"),  # nobody states a side
        (([], [], []), "town"),
    ],
)
def test_accounts_begin_where_two_sides_speak(sides, expected):
    told = {
        name: pd.DataFrame({"side": list(s)}) for name, s in zip(("town", "province", "country"), sides, strict=True)
    }
    assert narrowest(told) == expected


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=4),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=3),
)
def test_grey_is_all_that_is_neither_said_nor_a_name(said, names):
    row = pd.Series(
        {"start": 0, "end": 40, "said": [(a, a + n) for a, n in said], "lit": [(a, a + n) for a, n in names]}
    )
    grey = {i for stretch in lit(row) if stretch.kind == "furniture" for i in range(stretch.start, stretch.end)}
    spans = (*row.said, *row.lit)
    assert grey == set(range(40)) - {i for start, end in spans for i in range(start, end)}
    assert {Mark(start, end, "selected") for start, end in row.lit} <= set(lit(row))


def test_whole_sentences():
    text = "Snow fell. Guests came from Goris. They left."
    assert whole_sentences(text, 28, 33) == (11, 34)
    assert whole_sentences(text, 5, 33) == (0, 34)


def test_the_empty_units_of_time_are_named_too(tmp_path):
    """Between the days that are spoken of stand those that are not, up to forty."""
    text = "Rain fell in Goris on 1 September 2022. Snow fell in Goris on 4 September 2022."
    app = drawn(build(tmp_path, {"a.md": front(text, title="Weather", date="2022-09-05")}), "coverage")
    heads = [str(head) for frame in app.dataframe for head in frame.value.columns]
    assert {"1 September 2022", "2 September 2022", "3 September 2022", "4 September 2022"} <= set(heads)
