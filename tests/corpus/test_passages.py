"""Passages and sentences: where they end, and that they lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.furniture import find_furniture
from corpus.ingest.passages import join_passages, split_passages
from geodata.sentences import LONGEST_PASSAGE, LONGEST_SENTENCE, split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Rain fell.", "Roads closed!", "Why?", "Nobody knew…"],
        ["The U.S. Secretary of State met Gen. Lee on Sep. 13 at 5 p.m. Tuesday.", "It rained."],
        ["He left the U.S.", "The army stayed in the U.K. and waited."],
        ["He lives in the U.S.", "The army stayed."],
        ["It closed at 5 p.m.", "The mayor left."],
        ["“Roads are closed.”", "The mayor left."],  # the full stop is inside the quotation
        ["He said: “Go.”", "“Stay,” she answered."],
        ['"Why now?" he asked.', '"Because."'],
        ["Mr. and Mrs. J. R. Day met Dr. Lee, Lt. Col. Ray and Sen. Poe."],
        ["It grew by 3.5 percent to 1.2 million.", "No. 5 was hit."],
        ["“It is… hard,” he said.", "Then he left."],
        ["Wait... what happened?", "Nothing."],
        ["He flew to St. Petersburg and Mt. Vernon.", "She stayed."],
        ["YEREVAN, Oct. 12 (AP) – Rain fell.", "Roads closed."],
        ["It happened in 2020.", "Armenia and Azerbaijan fought."],
        ["Acme Inc. and Smith Bros. Bakery closed.", "So did Acme Co."],
        ["A. Lee met I. Aliyev in Baku.", "They talked."],
        ["Yahoo! said it would close.", "It did."],
        ["Дождь прошёл.", "Дороги закрыты."],
        ["Անձրև եկավ։", "Ճանապարհը փակ է։"],
        ["He came (she did not.)", "They left."],
        ["The vote, i.e. the second one, is near.", "It is on May 5."],
    ],
)
def test_splits_sentences(sentences):
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("One.\n\nTwo.\n\n\nThree.", ["One.", "Two.", "Three."]),
        ("One.\nTwo.\n  Three.  \n", ["One.", "Two.", "Three."]),  # paragraphs without blank lines
        ("International Response\nThe mayor spoke.", ["International Response", "The mayor spoke."]),  # a heading
        ("Sep. 13 () –\nThe council met.\nIt rained.", ["Sep. 13 () –\nThe council met.", "It rained."]),  # a dateline
        ("LAKESIDE (AP) _\n\nRain fell.", ["LAKESIDE (AP) _", "Rain fell."]),  # a blank line parts them
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_splits_paragraphs(text, passages):
    assert [text[p.start : p.end] for p in split_passages(text)] == passages


def test_joins_the_lines_of_wrapped_text():
    wrapped = (
        "Rain fell in the hills above Lakeside on Tuesday, and\n"
        "the road to Millbrook was cut in three places. The mayor\n"
        "spoke of the worst flood since the bridge was built, and\n"
        "asked the army for help."
    )
    passages = split_passages(f"{wrapped}\n\n{wrapped}")
    assert len(passages) == 2
    assert len(passages[0].sentences) == 2


def test_furniture_makes_passages_of_its_own():
    text = "Home » Storm\nRain fell.Copyright 2022 The Post. All rights reserved.\nShare"
    passages = split_passages(text, find_furniture(text))
    assert [(text[p.start : p.end], p.furniture) for p in passages] == [
        ("Home » Storm", "breadcrumb"),
        ("Rain fell.", ""),
        ("Copyright 2022 The Post. All rights reserved.", "copyright line"),
        ("Share", "share buttons"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell in the hills above Lakeside. " * 500,  # a page in one line
        "rain " * 20_000,  # no sentence end at all
        "雨" * 100_000,  # not even a blank
        "a." * 50_000,
        ". " * 50_000,
        "A. " * 30_000,
        "«" * 100_000 + ".",
        ". " + "“ " * 50_000,
        "—" * 100_000,
    ],
)
def test_no_passage_is_too_long(text):
    passages = split_passages(text, find_furniture(text))
    assert max(p.end - p.start for p in passages) <= LONGEST_SENTENCE
    assert_covers(text, passages)


def test_long_paragraphs_end_at_sentences():
    text = "Rain fell in the hills above Lakeside. " * 100
    ends = [text[p.end - 1] for p in split_passages(text)]
    assert ends == ["."] * len(ends)
    assert len(ends) == -(-len(text) // (LONGEST_PASSAGE // 39 * 39))


def assert_covers(text, passages):
    """Check that passages and sentences are sorted, trimmed, and hold every character but white space."""
    spans = [span for p in passages for span in p.sentences]
    covered, at = [], 0
    for start, end in spans:
        assert at <= start < end
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        covered.append(text[start:end])
        at = end
    assert text[at:].strip() == ""
    for p in passages:
        assert (p.start, p.end) == (p.sentences[0][0], p.sentences[-1][1])


PIECES = st.sampled_from(
    [
        *("Rain fell", ".", " ", "\n", "\n\n", "U.S.", "Mr.", "“", "”", "Sep. 13 –", "Share", "Read More: X"),
        *("© 2022 Y", "…", "Հղում", "!", "\u00a0", "\u2003", "Home » X", "You may also like"),
        "Storm over the lake here",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_loses_nothing(text):
    assert_covers(text, split_passages(text, find_furniture(text)))


def test_passages_that_share_a_name_are_one():
    text = "In November,\nNew\nYork\nCity\nslept."
    name = (text.index("New"), text.index("\nslept"))
    split = split_passages(text)
    assert [text[p.start : p.end] for p in split] == ["In November,", "New", "York", "City", "slept."]
    joined = join_passages(split, [name])
    assert [text[p.start : p.end] for p in joined] == ["In November,", "New\nYork\nCity", "slept."]
    assert joined[1].sentences == (name,)
    assert join_passages(split, [(0, 2), (3, 11)]) == split  # names within one passage change nothing


def test_only_the_sentences_that_share_the_name_are_joined():
    text = "It rained. He saw New\nYork burn. It was late."
    joined = join_passages(split_passages(text), [(text.index("New"), text.index(" burn"))])
    assert [text[slice(*span)] for span in joined[0].sentences] == [
        "It rained.",
        "He saw New\nYork burn.",
        "It was late.",
    ]
    assert len(joined) == 1
