"""Reading article files: encodings, HTML, titles, ids, and what is left out and why."""

import os
import re
from pathlib import Path

import pytest
from builders import opened

from corpus.build import build_index
from corpus.errors import ArticleError, EmptyCorpusError
from corpus.ingest.bibliography import find_byline, find_outlet, find_title
from corpus.ingest.files import LARGEST, article_id, read_article

TEXT = "The mayor of Lakeside spoke on Tuesday.\nFloods had cut the road to Millbrook.\n"


def read_one(tmp_path, content, name="a.txt"):
    """Read one file of the given bytes or text; return the article and what was said about it."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = []
    return read_article(path, tmp_path, on_problem=lambda _, message: said.append(message)), said


@pytest.mark.parametrize(
    ("content", "text", "note"),
    [
        (TEXT, TEXT, None),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT, None),  # byte order mark
        (TEXT.replace("\n", "\r\n").encode(), TEXT, None),  # Windows
        (TEXT.replace("\n", "\r").encode(), TEXT, None),  # old Macintosh
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT, None),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, None),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), TEXT, None),
        ("caf\xe9 in Orl\xe9ans \x93yes\x94".encode("latin-1"), "café in Orléans “yes”", "Windows-1252"),
        # one broken character in a UTF-8 file must not turn all others into mojibake
        ("“Здравствуйте” – “да”".encode() + b"\xe2\x80", "“Здравствуйте” – “да”\ufffd", "not valid UTF-8"),
        ("  \n\n" + TEXT, "  \n\n" + TEXT, None),  # outer white space is text: offsets stay those of the file
    ],
)
def test_decodes_what_news_comes_in(tmp_path, content, text, note):
    article, said = read_one(tmp_path, content)
    assert article.text == text
    assert [note in message for message in said] == ([True] if note else [])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no text"),
        (b" \n\t\n", "no text"),
        (b"---\ntitle: Storm\n---\n\n", "no text"),  # front matter alone
        (b"text\0text", "NUL"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        (TEXT.encode("utf-16-le") + "é".encode("utf-16-le") + b"\xff", "UTF-16 without"),
        (b"\xff\xfe\x00\xd8a\x00", "save it as UTF-8"),  # a lone surrogate
        (bytes(range(1, 256)) * 20, "encoding is not known"),  # no text, without a NUL
        (b"a" * (LARGEST + 1), "split it"),
    ],
)
def test_leaves_out_what_is_no_article_and_says_why(tmp_path, content, why):
    (tmp_path / "bad.txt").write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT)
    articles, said = opened(tmp_path)
    assert [a.file for a in articles] == ["good.txt"]
    [(name, message)] = said
    assert name == "bad.txt"
    assert message.startswith("left out: ")
    assert why in message


def test_walks_folders_in_order_and_reports_other_files_once(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/deep/d.txt", "notes.rtf", "table.xls", "two.xls", ".hidden.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    articles, said = opened(tmp_path)
    assert [a.file for a in articles] == ["a.md", "b.txt", "sub/c.TXT", "sub/deep/d.txt"]
    [(_, message)] = said
    assert "3 files" in message
    assert ".xls 2, .rtf 1" in message


def test_does_not_follow_links_out_of_the_folder(tmp_path):
    outside = tmp_path / "outside"
    folder = tmp_path / "articles"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text("secret text of another folder")
    (folder / "a.txt").write_text(TEXT)
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "sub").symlink_to(outside)
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "same.txt").symlink_to(folder / "a.txt")
    articles, said = opened(folder)
    assert [a.file for a in articles] == ["a.txt", "same.txt"]
    assert sorted(name for name, _ in said) == ["gone.txt", "out.txt", "sub"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_does_not_wait_for_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ArticleError, match="regular file"):
        read_article(tmp_path / "pipe.txt", tmp_path)


@pytest.mark.parametrize(("name", "way_out"), [("missing", "name a folder"), ("file.txt", "name the folder it is in")])
def test_needs_a_folder(tmp_path, name, way_out):
    (tmp_path / "file.txt").write_text(TEXT)
    with pytest.raises(EmptyCorpusError, match=way_out):
        build_index(tmp_path / name, tmp_path / "index.gpkg")


def test_needs_one_readable_article(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(EmptyCorpusError, match="no article that can be read"):
        build_index(tmp_path, tmp_path / "index.gpkg")


def test_a_folder_of_unreadable_files_names_them(tmp_path):
    for number in range(12):
        (tmp_path / f"picture{number:02}.txt").write_bytes(bytes(range(256)))
    with pytest.raises(EmptyCorpusError) as raised:
        build_index(tmp_path, tmp_path / "index.gpkg")
    _, *told = str(raised.value).split("\n")
    assert told[0].startswith("picture00.txt: left out: it is not a text file")
    assert told[-1] == "and 2 more"
    assert len(told) == 11


def test_says_that_it_took_text_out_of_html(tmp_path):
    article, said = read_one(tmp_path, "Storm <p>Rain fell in Lakeside.</p>\n<p>Roads closed.</p>")
    assert article.text == "Storm\n\nRain fell in Lakeside.\n\nRoads closed.\n"
    assert ["HTML" in message for message in said] == [True]


def test_leaves_a_text_about_html_alone(tmp_path):
    text = "The tag <p> opens a paragraph, and 3 < 4.\n"
    assert read_one(tmp_path, text)[0].text == text


def test_reads_a_web_page(tmp_path):
    page = (
        '<!DOCTYPE html><html lang="en-GB"><head><title>Storm - Post</title><meta property="og:title" content="Storm">'
        '<meta property="article:published_time" content="2022-05-01T10:00:00Z"><style>p {}</style></head>'
        f"<body><nav>Home</nav><div>Teaser</div><article><p>{'Rain fell. ' * 30}</p></article></body></html>"
    )
    article, said = read_one(tmp_path, page, "page.html")
    assert (article.title, article.date, article.language) == ("Storm", "2022-05-01T10:00:00Z", "en")
    assert article.text[: article.end] == "Rain fell. " * 29 + "Rain fell.\n\n"
    assert [article.text[piece.start : piece.end] for piece in article.furniture] == ["Home", "Teaser"]  # not lost
    assert said == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Storm over Lakeside\n\nRain fell.", "Storm over Lakeside"),  # markdown
        ("Storm over Lakeside\n\nRain fell in the hills.", "Storm over Lakeside"),
        ("Home » News » Storm\n\nStorm over Lakeside\nby admin\n\nRain fell.", "Storm over Lakeside"),
        ("By Ann Lee, for The Post, May 1, 2022\n\nStorm over Lakeside\n\nRain fell.", "Storm over Lakeside"),
        ("May 1, 2022 10:30\nStorm over Lakeside\nRain fell.", "Storm over Lakeside"),
        ("Հայերեն վերնագիր\n\nStorm over Lakeside\n\n" + "Rain fell in the hills. " * 20, "Storm over Lakeside"),
        ("LAKESIDE (AP) -\nRain fell in the hills above Lakeside, and the road was cut. " * 3, "Storm report"),
        ("March on Lakeside ends, 200 held\n\nRain fell.", "March on Lakeside ends, 200 held"),  # no date
        ("Is the storm over?\n\nRain fell.", "Is the storm over?"),
    ],
)
def test_finds_the_title(text, title):
    assert find_title(text, "storm-report.txt") == title


def test_a_file_name_that_is_no_words_gives_way_to_the_first_words():
    text = "Rain fell in the hills above Lakeside on Tuesday, and the road to Millbrook was cut in three places."
    assert find_title(text, "003_edd4f1c17524fb4a.txt").startswith("Rain fell in the hills above Lakeside")
    assert find_title("Rain.", "003_edd4f1c17524fb4a.txt") == "003_edd4f1c17524fb4a"


@pytest.mark.parametrize(
    ("text", "author", "outlet"),
    [
        ("By Ann Lee, for The Lakeside Post, May 1, 2022\n\nRain.", "Ann Lee", "The Lakeside Post"),
        ("by Ann de la Cruz * –\n\nRain.", "Ann de la Cruz", ""),
        ("by admin\nStorm\n\nby Ann Lee * –\n\nRain.", "Ann Lee", ""),  # admin is nobody
        ("By ANN LEE and BO DAY, Associated Press Writers\nRain.", "ANN LEE and BO DAY", "Associated Press"),
        ("By Ann Lee, Staff Writer\nRain.", "Ann Lee", ""),
        ("By Tuesday Evening, the river had risen.\nRain.", "", ""),
        ("By Land and Sea, the army had moved on to the hills before dawn", "", ""),
        ("LAKESIDE, Ohio (AP) _ Rain fell.", "", "AP"),
        ("May 1 (Reuters) - Rain fell.", "", "Reuters"),
        ("May 1 () –\nRain fell.", "", ""),
        ("The council (LCC) – a group of nine – met.", "", ""),  # an abbreviation, no dateline
        ("Rain.\n© Copyright 2022 – Lakeside Post", "", "Lakeside Post"),
        ("Rain. Copyright 2021-2022 by The Post. All rights reserved.", "", "The Post"),
    ],
)
def test_finds_author_and_outlet(text, author, outlet):
    byline = find_byline(text)
    assert (byline.author if byline else "") == author
    assert find_outlet(text, byline) == outlet
    if byline:
        assert re.match(r"[Bb]y ", text[byline.start : byline.end])


@pytest.mark.parametrize(
    ("file", "shape"),
    [
        ("storm_2022.txt", r"storm_2022"),
        ("sub/storm.txt", r"sub-storm-[a-z2-7]{10}"),
        ("storm.md", r"storm-[a-z2-7]{10}"),
        ("Storm.txt", r"storm-[a-z2-7]{10}"),
        ("буря.txt", r"article-[a-z2-7]{10}"),
        ("storm-abcdefghij.txt", r"storm-abcdefghij-[a-z2-7]{10}"),  # could be another file's slug and hash
        ("a?b&c d<e>.txt", r"a-b-c-d-e-[a-z2-7]{10}"),
        ("x" * 200 + ".txt", r"x{40}-[a-z2-7]{10}"),
    ],
)
def test_ids_are_short_and_safe_in_urls(file, shape):
    assert re.fullmatch(shape, article_id(file))


def test_ids_differ_and_do_not_shift():
    files = ["a.txt", "A.txt", "a.md", "b/a.txt", "b-a.txt", "b/A.txt", "b a.txt", "ä.txt", "é.txt"]
    assert len({article_id(file) for file in files}) == len(files)
    assert article_id("b/a.txt") == "b-a-" + article_id("b/a.txt").rsplit("-", 1)[1]
    assert article_id("caf\u00e9.md") == article_id("cafe\u0301.md")  # one name, as two systems store it


def test_reads_the_original_articles_byte_for_byte():
    folder = Path(__file__).parents[3] / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("the original articles are not part of the repository")
    articles, said = opened(folder)
    assert said == []
    for article in articles:
        assert article.text.encode() == (folder / article.file).read_bytes()
    assert [a.outlet for a in articles] == ["Eurasia Business News", "", "", "", ""]
    assert [a.author for a in articles] == ["Anthony Marcus", "", "Silvia Boltuc", "", ""]
