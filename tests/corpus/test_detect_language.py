"""Which language an article is in, and what is said of one that has no table."""

from datetime import date

import pytest
from builders import front, write_corpus

from corpus.build import build_index
from corpus.timex import find_timexes
from corpus.timex.detect_language import language_of, language_problem

TUESDAY = date(2022, 9, 13)
GERMAN = (
    "Am Dienstag, dem 13. September, hat die Stadt eine Brücke über den Fluss für den Verkehr gesperrt, und das Rathaus"
)
RUSSIAN = "Во вторник мост через реку закрыли, и мэр города сказал, что это не из-за ремонта."
TURKISH = "Salı günü köprü trafik için kapatıldı ve bir süre sonra bu yol da kapandı, çok kişi olarak ne kadar"
ENGLISH = "The bridge over the river was closed on Tuesday, and the mayor said that it is a matter of days."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        ("On 13 September the guns fell silent.", "en"),
        ("13 сентября орудия замолчали.", "ru"),
        ("The mayor of Шуша spoke in the town hall on “Tuesday”.", "en"),  # a foreign name
        ("Газета The Times вышла во вторник.", "ru"),
        (RUSSIAN, "ru"),
        (GERMAN, "de"),  # plain letters are not English for that
        (GERMAN.replace("ü", "ue"), "de"),
        (TURKISH, "tr"),
        ("Міст закрили у вівторок, і що це не через ремонт, сказав мер, який також був на місці за це та з ним.", "uk"),
        ("La Paz, Los Angeles, Las Vegas y El Paso, 13 Sept 2022", "en"),  # a few words of names tell too little
        ("", "en"),
        ("12 — 14 «»", "en"),  # nothing tells
    ],
)
def test_the_commonest_words_tell(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en-GB", ENGLISH, "en"),
        ("ru_RU.UTF-8", RUSSIAN, "ru"),
        ("Russian", RUSSIAN, "ru"),  # as people write it
        ("German", ENGLISH, "en"),  # no word of the text bears it out
        ("en", "Мост закрыли во вторник.", "en"),  # words of another are too few to overrule it ...
        ("en", RUSSIAN, "ru"),  # ... and now are not: the page was made from a template
        ("ja", ENGLISH, "ja"),  # of which we know no word: it is taken at its own
        ("und", ENGLISH, "en"),  # undetermined
        ("", GERMAN, "de"),
    ],
)
def test_what_is_declared_counts_where_a_word_bears_it_out(declared, text, language):
    assert language_of(text, declared) == language


def test_a_language_without_a_table_is_named_with_the_way_out():
    assert language_problem("en") == language_problem("ru") == ""
    said = language_problem("de")
    assert "its language is German" in said
    assert "language: en" in said
    assert "README" in said
    assert "its language is xx" in language_problem("xx")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GERMAN, []),  # "September" could be read; "13." would be guessed
        ("Stand 2022-09-12, gesperrt ab 14.9.2022.", [("2022-09-12", "2022-09-12"), ("14.9.2022", "2022-09-14")]),
        ("Der 9/30/2022 zählt.", [("9/30/2022", "2022-09-30")]),
        ("1960s und 21st in 2022", []),
    ],
)
def test_of_a_language_without_a_table_figures_alone_are_read(text, expected):
    found = find_timexes(text, anchor=TUESDAY, language="de")
    assert [(t.text, t.value) for t in found] == expected


def test_a_build_says_it_of_the_article_and_reads_its_places(tmp_path):
    files = {
        "a.md": front(f"{GERMAN} in Lyon.", title="Eine Brücke", date="2022-09-14"),
        "b.md": front(ENGLISH, title="A bridge", language="English"),
        "c.html": f'<html lang="ru-RU"><body><p>{RUSSIAN}</p><p>Мост</p></body></html>',
    }
    write_corpus(tmp_path / "articles", files)
    report = build_index(tmp_path / "articles", tmp_path / "index.gpkg")
    (told,) = report.told()
    assert told.startswith("a.md: read, but its language is German")
    assert report.articles == 3
    assert report.mentions > 0
