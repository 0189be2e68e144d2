"""The second look: words as pieces, sentences as rows, what the encoder adds, and what happens without it."""

import logging
import subprocess
import sys

import numpy as np
import pytest

from geodata.errors import GeodataError
from geodata.gazetteer import open_gazetteer
from geodata.recognition import find_toponyms
from geodata.recognition.second_look import encoder as encoders
from geodata.recognition.second_look import look as looks
from geodata.recognition.second_look.labels import COLUMNS, HEADS, KINDS, PLACES, READINGS
from geodata.recognition.second_look.look import SETTING, Look, look_at
from geodata.recognition.second_look.rows import MOST, find_sentences, rows_of
from geodata.recognition.second_look.wordpiece import (
    CAPITALS,
    INITIAL,
    MIXED,
    MOST_MARKS,
    MOST_PIECES,
    NO_LETTERS,
    SMALL,
    SPECIAL,
    TITLE,
    WordPiece,
    shape_of,
)
from geodata.resolution import resolve
from geodata.text import Text
from geodata.usage import read_names

VOCABULARY = [*SPECIAL, "u", "s", ".", "-", "“", "go", "##ris", "sana", "'", "a", "susa", "the", "2", "##0"]


@pytest.fixture(scope="module")
def pieces():
    return WordPiece(VOCABULARY)


@pytest.fixture(scope="module")
def encoder():
    found = encoders.open_encoder()
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _in_doubt(monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)


def cut(pieces, written):
    return [VOCABULARY[number] for number in pieces.of(written).ids]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Goris", ["go", "##ris"]),  # the longest piece first
        ("GORIS", ["go", "##ris"]),  # without case
        ("Şuşa", ["susa"]),  # without accents, as names are compared
        ("U.S.", ["u", ".", "s", "."]),  # stops are pieces of their own
        ("Sana'a", ["sana", "'", "a"]),
        ("20", ["2", "##0"]),
        ("Goriz", ["[UNK]"]),  # nothing but all of a word will do
        ("戦争", ["[UNK]"]),
        (" “", ["“"]),  # marks between words
        ("\n\n", []),
        ("", []),
        ("x" * 100_000, ["[UNK]"]),  # no word is so long
        ("." * 100_000, ["."] * MOST_MARKS),
    ],
)
def test_words_are_cut_into_pieces(pieces, written, wanted):
    assert cut(pieces, written) == wanted


def test_no_word_has_endlessly_many_pieces(pieces):
    assert len(pieces.of("a'" * 50_000 + "a").ids) == MOST_PIECES


@pytest.mark.parametrize(
    ("word", "shape"),
    [("goris", SMALL), ("Goris", TITLE), ("GORIS", CAPITALS), ("McGill", MIXED), ("2022", NO_LETTERS), ("A", INITIAL)],
)
def test_the_shape_of_a_word(word, shape):
    assert shape_of(word) == shape


def rows(text, pieces):
    tokens = Text(text).tokens
    return [row for sentence in find_sentences(tokens) for row in rows_of(tokens, sentence, pieces)]


def test_a_row_is_a_sentence_with_its_marks(pieces):
    (first, second) = rows("Goris - the U.S. Go. “Goris”.", pieces)
    read = [" ".join(VOCABULARY[number] for number in row.ids) for row in (first, second)]
    assert read == ["[CLS] go ##ris - the u . s . go . [SEP]", "[CLS] “ go ##ris [UNK] . [SEP]"]
    assert [first.ids[at] for at in first.at] == [pieces.numbers[p] for p in ("go", "the", "u", "go")]
    assert (second.first, second.stop) == (4, 5)


@pytest.mark.parametrize("text", ["Goris " * 3_000, "goris, " * 3_000, "Goris-" * 3_000])
def test_rows_of_a_long_sentence_hold_every_word_and_have_an_end(pieces, text):
    found = rows(text, pieces)
    assert all(len(row.ids) == len(row.shapes) <= MOST + 8 for row in found)
    assert set().union(*(range(row.first, row.stop) for row in found)) == set(range(3_000))


def looked(text, encoder):
    tokens = Text(text).tokens
    look = Look(tokens, encoder)
    look.read(range(len(tokens)))
    return look


def said(look):
    """What is said of each word: as a place, as a kind of name, and how it is read."""
    labels = (PLACES, KINDS, READINGS)
    return {
        word: tuple(names[int(row[head].argmax())] for names, head in zip(labels, HEADS, strict=True))
        for word, row in zip(look.tokens.word, look.columns(0, len(look.tokens)), strict=True)
    }


@pytest.mark.parametrize(
    ("text", "name", "place", "reading"),
    [
        # what it suffers makes it a place
        ("Berdzor was pounded by artillery all morning.", "Berdzor", "place", "literal"),
        ("Heavy rain cut off Tatev from the valley.", "Tatev", "place", "literal"),
        ("kapan lost power again last night", "kapan", "place", "literal"),  # typed small
        ("REBELS STORM KADUGLI, DOZENS MISSING", "KADUGLI", "place", "literal"),  # a heading
        ("Mudslide Buries School in Vanadzor", "Vanadzor", "place", "literal"),
        # what it says or signs makes it a government
        ("Yerevan rejected the accusation.", "Yerevan", "place", "metonymic"),
        ("Uganda recalled its envoy and closed the border.", "Uganda", "place", "metonymic"),
        # persons, peoples, parts of names
        ("Camden Hughes scored twice before he was injured.", "Camden", "none", "person"),
        ("Two Georgian doctors joined the mission.", "Georgian", "demonym", "demonym"),
    ],
)
def test_plain_sentences(encoder, text, name, place, reading):
    as_place, _, as_read = said(looked(text, encoder))[name]
    assert (as_place, as_read) == (place, reading)


def test_probabilities_add_up_to_one(encoder):
    rows = looked("Shells fell near Goris. Baku denied it.", encoder).columns(0, 8)
    assert rows.shape[1] == COLUMNS
    for head in HEADS:
        assert np.exp(rows[:, head]).sum(axis=1) == pytest.approx(1, abs=1e-4)


def anew(encoder):
    """The encoder, that has read nothing yet."""
    return encoders.Encoder(encoder._session, encoder.pieces)


def test_a_sentence_says_the_same_beside_any_other(encoder):
    alone = looked("Sisian was shelled at dawn.", anew(encoder)).columns(0, 4)
    before, after = "Nobody in Tbilisi was surprised. ", " He left for Kapan.\n\nMORE NEWS\n\n" + "Lori. " * 50
    beside = looked(f"{before}Sisian was shelled at dawn.{after}", anew(encoder))
    first = beside.tokens.word.index("Sisian")
    assert np.array_equal(alone, beside.columns(first, first + 4))
    assert np.array_equal(alone, looked("Sisian was shelled at dawn.", anew(encoder)).columns(0, 4))


class Counting:
    """A session that counts its rows by their pieces, and says nothing of any."""

    def __init__(self):
        self.sizes = []

    def run(self, _, given):
        self.sizes.append(given["ids"].size)
        return [np.zeros((*given["ids"].shape, COLUMNS), np.float32)]


def test_only_the_sentences_asked_for_are_read_and_each_once(pieces):
    session = Counting()
    encoder = encoders.Encoder(session, pieces)
    look = Look(Text("Goris was shelled. Kapan was shelled again. Goris was shelled.").tokens, encoder)
    look.read([1, 2])
    look.read([0, 8])
    assert len(session.sizes) == 1  # the last is written like the first, the middle was not asked for
    assert [look.has_read(word) for word in (0, 4, 8)] == [True, False, True]
    looked("It said so. Goris was shelled.", encoder)  # as another article has it
    assert len(session.sizes) == 2


def names(text):
    return {toponym.text for toponym in find_toponyms(text, open_gazetteer())}


def readings(text):
    document, gazetteer = Text(text), open_gazetteer()
    toponyms = find_toponyms(document, gazetteer)
    found = read_names(document, toponyms, resolve(text, toponyms, gazetteer))
    return {toponym.text: reading.reading for toponym, reading in zip(toponyms, found, strict=True)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("fire guts market in vanadzor", {"vanadzor"}),  # no capital, and a known name
        ("M23 rebels entered Sake on Thursday.", {"Sake"}),  # a word, where towns are taken
        ("The general entered Politics late in life.", set()),
        ("nothing happened at all today", set()),  # ordinary words that are towns somewhere
        ("Militia Overruns Kadugli at Dawn", {"Kadugli"}),
        ("Camden Hughes scored twice before he was injured.", set()),
        ("Rebels stormed the village of Wadi Zarqun at dawn.", {"Wadi Zarqun"}),  # no list has it
    ],
)
def test_names_found_where_the_fast_model_is_in_doubt(text, wanted):
    assert names(text) == wanted


def test_finding_and_reading_share_one_look(monkeypatch):
    made = []
    whole = Look.__init__
    monkeypatch.setattr(Look, "__init__", lambda self, *given: made.append(1) or whole(self, *given))
    readings("Kadugli came under attack. Khartoum denied that it had given the order.")
    assert made == [1]


def test_off_means_off(monkeypatch):
    monkeypatch.setenv(SETTING, "off")
    monkeypatch.setattr(looks, "open_encoder", lambda: pytest.fail("the encoder was opened"))
    assert look_at(Text("Goris was shelled.").tokens) is None
    assert "Goris" in names("Shells fell near Goris.")


def test_everywhere_reads_every_sentence(monkeypatch):
    monkeypatch.setenv(SETTING, "everywhere")
    document = Text("Nothing is known of it. Shells fell in Yerevan.")
    find_toponyms(document, open_gazetteer())
    assert all(document.tokens.look.has_read(word) for word in range(len(document.tokens)))


def test_a_wrong_setting_names_the_right_ones(monkeypatch):
    monkeypatch.setenv(SETTING, "sometimes")
    with pytest.raises(GeodataError, match=r"'sometimes'.*off, doubt, everywhere"):
        names("Goris was shelled.")


@pytest.mark.parametrize("missing", ["the wheel", "the file"])
def test_without_it_the_fast_model_works_alone_and_says_so_once(missing, monkeypatch, caplog, tmp_path):
    encoders.open_encoder.cache_clear()
    try:
        if missing == "the wheel":
            monkeypatch.setitem(sys.modules, "onnxruntime", None)
        else:
            monkeypatch.setattr(encoders, "DATA", tmp_path)
        with caplog.at_level(logging.WARNING):
            assert readings("Shells fell near Goris.") == {"Goris": "literal"}
            assert readings("Baku accused Paris of spying.") == {"Baku": "metonymic", "Paris": "metonymic"}
        assert [record.message.endswith("without a second look") for record in caplog.records] == [True]
    finally:
        encoders.open_encoder.cache_clear()


def test_what_is_part_of_another_name_and_what_is_whole():
    """A headline in capitals does not tell which words are one name, and a building's name is whole."""
    assert readings("Bells rang in the Ghazanchetsots Cathedral in Shushi.")["Ghazanchetsots Cathedral"] == "literal"
    assert readings("MARIUPOL STEELWORKS TO BE REBUILT, MAYOR SAYS")["MARIUPOL"] == "literal"


def test_nothing_is_loaded_before_it_is_needed():
    code = "import sys, geodata.recognition, geodata.usage; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "... !!! ???",  # no word
        "12 34 56",  # no letter
        "🔥🔥🔥 #Goris 🔥 https://example.org/Goris?x=1",
        "goris " * 2_000,
        "GORIS" * 20_000,  # a word of 100,000 letters
        "Ա\u0301\u200dՐ\u202e戦争 Şuşa",
    ],
)
def test_hostile_texts_are_read_to_the_end(text, monkeypatch):
    monkeypatch.setenv(SETTING, "everywhere")
    for toponym in find_toponyms(text, open_gazetteer()):
        assert text[toponym.start : toponym.end] == toponym.text
