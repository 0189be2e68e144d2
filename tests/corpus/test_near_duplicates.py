"""Which articles are copies and which sentences one statement."""

import random
import zlib

import pytest

from corpus.ingest.furniture import find_furniture
from corpus.ingest.passages import split_passages
from corpus.provenance.near_duplicates import Copies, alone, find_copies
from corpus.provenance.sketches import END, NAME, ORDINARY, WORD_BITS, batches, share_of_shingles, sketch

LONG = (
    "A cold wind blew over the harbour while the men mended their nets beside the wall. Nobody had gone out since "
    "Friday, because the forecast spoke of waves as high as a house. An old pilot counted the boats and found that "
    "one was gone. His neighbours searched the beach until midnight with lamps and two dogs."
)
OTHER = (
    "The school in the valley opens its new library on Monday. Children painted the shelves, parents paid for the "
    "books, and a carpenter from the next village built a ladder that runs on wheels along the longest wall. The "
    "teacher hopes that many will come to read."
)


def copies(*texts):
    """Compare texts; return their groups, and the statements by article and by where a sentence begins in its text."""
    bodies = [(text, split_passages(text, find_furniture(text))) for text in texts]
    sketches = [sketch(*body) for body in bodies]

    def share(one, other):
        return share_of_shingles(bodies[one], bodies[other])

    found = find_copies(lambda fresh: iter(sketches), alone(len(texts)), share)
    spans = [[span for p in passages if not p.furniture for span in p.sentences] for _, passages in bodies]
    statement = {(article, spans[article][nth][0]): first for (article, nth), first in found.statement.items()}
    return Copies(found.group, statement, found.pairs)


@pytest.mark.parametrize(
    ("texts", "group"),
    [
        # the same words, other capitals and another headline
        ((LONG, "News from the coast.\n\n" + LONG.upper()), (0, 0)),
        # the first half alone, word for word
        ((LONG, OTHER, LONG[: len(LONG) // 2]), (0, 1, 0)),
        # two texts with a sentence in common are no copies
        ((LONG, OTHER + " " + LONG.split(". ")[0] + "."), (0, 1)),
        # texts too short to be copied
        (("Rain fell.", "Rain fell."), (0, 1)),
        ((), ()),
        (("", "."), (0, 1)),
    ],
)
def test_groups(texts, group):
    assert copies(*texts).group == list(group)


def test_the_words_of_sentences_come_back():
    """Common words and names take two bytes, others four; a word is known by its first five letters."""
    texts = (
        "Xylophonists abhor sombre quixotry in Goris and unsettle exoplanets. Rain fell.",
        "Old zymurgy never impresses exogamous clerks near Oslo.",
    )
    sketches = [sketch(text, split_passages(text, ())) for text in texts]
    (batch,) = batches(iter(sketches))
    kinds, words = batch.words >> WORD_BITS, batch.words & (1 << WORD_BITS) - 1
    stems = ["abhor", "sombr", "quixo", "unset", "exopl", "zymur", "never", "impre", "exoga", "clerk", "near"]
    wanted = [zlib.crc32(stem.encode()) >> (32 - WORD_BITS) for stem in stems]
    assert words[kinds == ORDINARY].tolist() == wanted
    assert kinds.tolist() == [*[ORDINARY] * 5, NAME, END, END, *[ORDINARY] * 6, NAME, END]
    assert batch.words_of.tolist() == [0] * 8 + [1] * 8
    assert 2 * len(kinds) < sum(len(each.words) for each in sketches) < 4 * len(kinds)


STATEMENT = (
    "In addition, the Hill Council decided to form an expert panel that would always watch the water levels of its own "
    "rivers."
)
REWORDED = (
    "An expert panel of the Hill Council was proposed “for the constant watching of water levels in its own "
    "rivers,” it was heard."
)


def test_a_reworded_statement_is_one_source():
    texts = (f"{LONG} {STATEMENT}", f"{OTHER} {REWORDED}")
    found = copies(*texts)
    first, second = ((0, texts[0].index("In addition")), (1, texts[1].index("An expert panel")))
    assert found.group == [0, 1]
    # one statement; what each says beside it is its own
    assert found.statement[first] == found.statement[second]
    assert {(0, 0), (1, 0)}.isdisjoint(found.statement)


def test_formulas_are_no_statement():
    texts = (
        f"{LONG} Ann Lee was charged with theft and taken to the county jail on Monday.",
        f"{OTHER} Bob Hill was charged with murder and taken to a hospital on Friday.",
    )
    assert copies(*texts).statement == {}


def test_a_copy_counts_once():
    found = copies(LONG, LONG, OTHER)
    assert found.group == [0, 0, 2]


def test_page_furniture_makes_no_copy():
    foot = "\n\nThis site uses cookies to improve your experience. Learn how your comment data is processed.\n"
    assert copies(LONG + foot, OTHER + foot).group == [0, 1]


def test_the_order_of_articles_changes_names_alone():
    texts = [LONG, OTHER, LONG + " It rained.", OTHER.replace("Monday", "Tuesday")]
    for seed in range(5):
        order = list(range(4))
        random.Random(seed).shuffle(order)
        group = copies(*(texts[i] for i in order)).group
        pairs = {frozenset((order[i], order[j])) for i in range(4) for j in range(i) if group[i] == group[j]}
        assert pairs == {frozenset((0, 2)), frozenset((1, 3))}


def test_many_copies_of_one_agency_text():
    assert set(copies(*[LONG] * 100, OTHER).group) == {0, 100}


def test_the_originals_share_a_statement(shared):
    files = sorted((shared / "articles").glob("*.txt"))
    texts = [file.read_text("utf-8") for file in files]
    found = copies(*texts)
    assert found.group == [0, 1, 2, 3, 4]
    articles = {}
    for (article, start), number in found.statement.items():
        articles.setdefault(number, {})[article] = texts[article][start : start + 400]
    assert any({0, 1} <= set(said) and all("group" in text for text in said.values()) for said in articles.values())
