"""What an index notes of copies and shared statements is the same whether articles come at once or bit by bit."""

import random
import sqlite3
from contextlib import closing

import pytest

from corpus.index.copies import fold
from corpus.index.rows import pieces_of
from corpus.index.schema import TABLES, VIEWS
from corpus.index.words import Words
from corpus.ingest.passages import split_passages
from corpus.provenance import near_duplicates
from corpus.provenance.sketches import sketch

WORDS = [f"{first}{second}{last}" for first in "bdfgklm" for second in ("ara", "oli", "ume", "ite") for last in "nrst"]
NAMES = ["Goris", "Jermuk", "Lisbon", "Oslo", "Accra"]


def sentence(dice, length=14):
    said = [dice.choice(WORDS) for _ in range(length)]
    return " ".join([said[0].capitalize(), *said[1:7], dice.choice(NAMES), *said[7:]]) + "."


def reworded(dice, text):
    """Return a text with some of its words changed for others."""
    return " ".join(dice.choice(WORDS) if dice.random() < 0.1 and word.islower() else word for word in text.split())


def made(seed, number):
    """Return articles: some stand alone, some copy another in part, some have a sentence of another."""
    dice = random.Random(seed)
    texts = [[sentence(dice) for _ in range(dice.choice((2, 4, 12)))]]
    while len(texts) < number:
        other = dice.choice(texts)
        own = [sentence(dice) for _ in range(dice.choice((2, 4, 12)))]
        kind = dice.choice(("alone", "copy", "part", "statement"))
        if kind == "copy":
            own = [reworded(dice, said) if dice.random() < 0.2 else said for said in other]
        elif kind == "part":
            own = other[: len(other) // 2] + own
        elif kind == "statement":
            own.insert(dice.randrange(len(own)), reworded(dice, dice.choice(other)))
        texts.append(own)
    dice.shuffle(texts)
    return {f"{place:03}.txt": " ".join(said) for place, said in enumerate(texts)}


def insert(index, table, **known):
    """Insert a row that says nothing but what is known."""
    columns = [row[1] for row in index.execute(f"pragma table_info({table})")]  # those that are stored
    row = {**dict.fromkeys(columns, 0), columns[0]: None, **known}
    marks = ",".join(f":{column}" for column in columns)
    index.execute(f"insert into {table}({','.join(columns)}) values ({marks})", row)
    return index.execute("select last_insert_rowid()").fetchone()[0]


def add(index, name, text):
    """Put into an index what comparing needs of an article."""
    passages = split_passages(text, ())
    lead, *pieces = pieces_of(text, passages)
    fid = insert(index, "article_rows", id=name, file=name, lead=lead)
    index.execute("update article_rows set copy_of = fid where fid = ?", (fid,))
    words = Words(index)
    for passage, piece in zip(passages, pieces, strict=True):
        spans = " ".join(str(offset) for span in passage.sentences for offset in span)
        about = {"start": passage.start, "length": passage.end - passage.start, "sentences": spans, "piece": piece}
        id = insert(index, "passage_rows", article=fid, boilerplate=words.number(passage.furniture), **about)
        for start in range(passage.start, passage.end, 40):
            insert(index, "mention_rows", article=fid, passage=id, start=start, source=None)
    kept = sketch(text, passages)
    about = {"shingles": kept.shingles, "sample": kept.sample, "words": kept.words}
    insert(index, "sketches", article=fid, **about)


def remove(index, name):
    (fid,) = index.execute("select fid from article_rows where id = ?", (name,)).fetchone()
    for table in ("passage_rows", "sketches", "mention_rows", "shared_rows"):
        index.execute(f"delete from {table} where article = ?", (fid,))
    index.execute("delete from article_rows where fid = ?", (fid,))


def noted(index):
    fold(index)
    queries = (
        "select id, copy_of from articles order by id",
        'select statement, article, start, "end" from shared order by 2, 3',
        "select article, start, source from mentions order by 1, 2",
        "select x.id, sentence, y.id, other_sentence from alike join sketches a on a.id = one "
        "join sketches b on b.id = other join articles x on x.fid = a.article join articles y on y.fid = b.article "
        "where sentence >= 0 order by 1, 2, 3, 4",
    )
    return [index.execute(query).fetchall() for query in queries]


def pairs_of(alike):
    """Return pairs of sentences whichever of the two is named first."""
    return sorted(sorted(((a, m), (b, n))) for a, m, b, n in alike)


@pytest.mark.parametrize("seed", range(8))
def test_bit_by_bit_as_at_once(seed):
    texts = made(seed, 40)
    dice = random.Random(seed)
    names = list(texts)
    with closing(sqlite3.connect(":memory:")) as index:
        index.executescript(TABLES + VIEWS)
        there = set()
        for _ in range(6):
            for name in dice.sample(names, 8):
                if name in there:
                    remove(index, name)
                else:
                    add(index, name, texts[name])
                there ^= {name}
            found = noted(index)
            with closing(sqlite3.connect(":memory:")) as whole:
                whole.executescript(TABLES + VIEWS)
                for name in sorted(there):
                    add(whole, name, texts[name])
                expected = noted(whole)
            assert found[:3] == expected[:3]
            assert pairs_of(found[3]) == pairs_of(expected[3])
    assert any(name != original for name, original in expected[0])
    assert expected[1]


def test_what_was_compared_is_not_compared_again(monkeypatch):
    """Of two hundred articles of one shape, a fresh one is compared with those that share its words alone."""
    weighed = []
    compare = near_duplicates.Sentences.compare
    monkeypatch.setattr(
        near_duplicates.Sentences, "compare", lambda self, one, other: weighed.extend(one) or compare(self, one, other)
    )
    dice = random.Random(3)
    with closing(sqlite3.connect(":memory:")) as index:
        index.executescript(TABLES + VIEWS)
        for number in range(200):
            add(index, f"{number:03}.txt", " ".join(sentence(dice) for _ in range(8)))
        noted(index)
        at_first = len(weighed)
        weighed.clear()
        add(index, "fresh.txt", " ".join(sentence(dice) for _ in range(8)))
        kept = index.execute("select count(*) from alike where sentence >= 0").fetchone()[0]
        noted(index)
    assert kept <= len(weighed) < kept + at_first / 20


def test_a_group_that_hangs_together_by_one_article():
    """Two parts of one text are copies by that text alone; they stay so when another copy of one of them goes."""
    dice = random.Random(1)
    parts = [" ".join(sentence(dice) for _ in range(3)) for _ in range(2)]
    with closing(sqlite3.connect(":memory:")) as index:
        index.executescript(TABLES + VIEWS)
        for name, text in zip("abxy", (*parts, " ".join(parts), parts[0]), strict=True):
            add(index, name, text)
        assert {original for _, original in noted(index)[0]} == {"a"}
        remove(index, "y")
        assert noted(index)[0] == [("a", "a"), ("b", "a"), ("x", "a")]
        remove(index, "x")
        assert noted(index)[0] == [("a", "a"), ("b", "b")]
