"""Cards: the sentence first, every name and date in it marked, no letter of the passage lost."""

import pytest
from builders import build, front
from hypothesis import given
from hypothesis import strategies as st

from corpus.exports.quoted import read_quoted
from corpus.exports.verify import verify
from corpus.index.connection import open_index
from corpus.queries import places as queries
from corpus.queries.filters import Filters
from dashboard.passages.cards import cards
from dashboard.passages.parts import Mark, lit_up, parts, words_in

GORIS = "174895"
TEXT = (
    "It had rained for a week. Shells fell near Goris on Tuesday; Baku denied it. "
    "Nobody was hurt. In Yerevan people met on 15 September 2022."
)
ARTICLES = {
    "one.md": front(
        TEXT,
        title="Rain, then shells",
        outlet="River Post",
        author="A. Reporter",
        date="2022-09-14",
        url="https://e.example/1",
    ),
    "two.md": front("Guests met in Goris, Armenia.", title="Guests", url="javascript:alert(1)", date="2022-09-15"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with open_index(build(tmp_path_factory.mktemp("cards"), ARTICLES)) as opened:
        yield opened


def cards_of(index, *, of="place", id=GORIS, query="", **options):
    filters = Filters(text=query)
    found = queries.passages(index, id, filters, of=of)
    mentions = queries.mentions_in(index, list(found.passage), id, filters, of=of)
    return {card["source"].split(" · ")[0]: card for card in cards(index, found, mentions, query=query, **options)}


def said(card, part="sentence"):
    return "".join(words for words, *_ in card[part])


def of_kind(card, kind):
    return [words for words, found, *_ in card["sentence"] if found == kind]


def test_the_sentence_that_names_the_place_comes_first(index):
    card = cards_of(index, selected=True)["River Post"]
    assert said(card).strip() == "Shells fell near Goris on Tuesday; Baku denied it."
    assert said(card, "before").strip() == "It had rained for a week."
    assert said(card, "before") + said(card) + said(card, "after") == TEXT


def test_every_name_and_date_is_a_way_into_the_page(index):
    card = cards_of(index, selected=True)["River Post"]
    assert of_kind(card, "selected") == ["Goris"]
    assert of_kind(card, "actor") == ["Baku"]
    assert [part[2:] for part in card["sentence"] if part[1] == "date"] == [
        ("2022-09-13/2022-09-13", "13 September 2022")
    ]
    assert card["places"] == [GORIS]


def test_a_card_says_when_and_why_who_printed_it_and_where(index):
    card = cards_of(index, selected=True)["River Post"]
    assert [(date["when"], date["days"]) for date in card["dates"]] == [("13 September 2022", "2022-09-13/2022-09-13")]
    assert all(date["why"] for date in card["dates"])
    for words in ("A. Reporter", "“Rain, then shells”", "published 14 September 2022", "one.md"):
        assert words in card["source"]
    assert set(card["citations"]) == {"Text", "BibTeX", "RIS", "CSL-JSON"}
    for cited in card["citations"].values():
        assert "https://e.example/1" in cited
        (quoted,) = read_quoted(cited)
        assert quoted.hash == card["ref"].partition(".")[0]
        assert [words for *_, words in quoted.spans] == ["Shells fell near Goris on Tuesday; Baku denied it."]
        assert [verdict.state for verdict in verify(index, [quoted])] == ["stands"]
    assert card["citations"]["Text"].endswith(f"?passage={card['ref']}")


def test_only_an_address_of_the_web_is_a_link(index):
    found = cards_of(index, selected=True)
    assert found["River Post"]["url"] == "https://e.example/1"
    assert found["“Guests”"]["url"] == ""


def test_what_was_searched_for_is_lit_and_comes_first(index):
    card = cards_of(index, of="any", id="", query="hurt", selected=False)["River Post"]
    assert said(card).strip() == "Nobody was hurt."
    assert of_kind(card, "word") == ["hurt"]
    card = cards_of(index, of="any", id="", query="yerevan", selected=False)["River Post"]
    assert of_kind(card, "selected") == ["Yerevan"]  # a name that was searched for stays a way to its place


# ---- what needs no index

SPANS = st.tuples(st.integers(-3, 30), st.integers(0, 9)).map(lambda span: (span[0], span[0] + span[1]))
MARKS = st.lists(st.builds(lambda span, kind: Mark(*span, kind), SPANS, st.sampled_from(["place", "date", "word"])))


@given(st.text("ab .\n<&é", max_size=25), MARKS, st.integers(0, 5))
def test_parts_are_the_text_whatever_is_marked(text, marks, offset):
    found = parts(text, offset, offset, offset + len(text), marks)
    assert "".join(words for words, *_ in found) == text
    assert all(words for words, *_ in found)


def test_what_draws_nothing_is_shown_by_a_sign():
    assert parts("a\u202eb", 0, 0, 3, []) == [("a⟨U+202E⟩b", "", "", "")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("road", ["Road", "roads"]),  # the last word may be a beginning
        ("road closed", ["Road", "closed"]),  # those before it are whole
        ("śnow", ["Snow"]),  # as the search itself, without accents
        ("", []),
        ("?!", []),
        ("ʼ", []),  # folded to nothing, with which every word begins
    ],
)
def test_words_are_lit_as_the_search_finds_them(query, found):
    text = "Road and roads were closed by Snow."
    assert [text[mark.start - 7 : mark.end - 7] for mark in words_in(text, 7, query)] == found


def test_what_stands_out_stays_a_way_to_its_place():
    marks = [Mark(0, 5, "place", "1"), Mark(0, 9, "date", "2022-01-01/2022-01-01"), Mark(20, 25, "actor", "2")]
    lit = list(lit_up(marks, {(0, 5), (30, 40)}))
    assert lit == [Mark(0, 5, "selected", "1"), *marks[1:], Mark(30, 40, "selected")]


def test_what_two_articles_pass_on_is_one_card_that_opens(tmp_path):
    said = "The Hill Council decided to form an expert panel that always watches the water levels of rivers near Goris."
    again = said.replace("decided to form", "has agreed on")
    files = {f"{i}.md": front(text, title=f"T{i}", outlet=f"O{i}") for i, text in enumerate((said, again, TEXT))}
    with open_index(build(tmp_path, files)) as index:
        found = cards_of(index, selected=True)
    (folded,) = [card for card in found.values() if card["also"]]
    assert len(found) == 2
    (quoted,) = [words for words in (said, again) if words in next(iter(folded["citations"].values()))]
    assert {quoted, folded["also"][0]["said"]} == {said, again}
    assert folded["ref"] != folded["also"][0]["ref"]
