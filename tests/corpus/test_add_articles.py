"""Articles that are added: what is seen of them, what can be corrected, and the files that are kept."""

import re

import pytest
from builders import front
from files import RAIN, SNOW, mhtml, pdf, rss, zipped
from hypothesis import given
from hypothesis import strategies as st

from corpus import add_articles
from corpus.add_articles import FIELDS, Preview, keep, look_at, problem_of
from corpus.dating.publication_date import date_alone
from corpus.errors import ArticleError
from corpus.ingest.files import read_article
from corpus.ingest.formats.contract import File

PAGE = (
    "<html lang=en><head><meta charset=windows-1251><title>Rain in Goris | Post</title><meta property=og:site_name "
    f"content=Post><meta name=date content=2022-09-14></head><body><nav>Brazil</nav><h1>Rain in Goris</h1><p>{RAIN}</p>"
)
TEXT = f"Rain in Goris\n\nBy Mara Quill\n\nSeptember 14, 2022\n\n{RAIN}\n"


def look(*files):
    seen = list(
        look_at([File(name, content if isinstance(content, bytes) else content.encode()) for name, content in files])
    )
    return [one for one in seen if isinstance(one, Preview)], [one for one in seen if isinstance(one, str)]


def fields(preview):
    return tuple(preview.fields[field] for field in FIELDS)


@pytest.mark.parametrize(
    ("name", "content", "expected", "how"),
    [
        ("a.txt", TEXT, ("Rain in Goris", "", "Mara Quill", "2022-09-14", "en", ""), "date line"),
        ("a.html", PAGE, ("Rain in Goris", "Post", "", "2022-09-14", "en", ""), "the page's own data"),
        (
            "a.mht",
            mhtml(PAGE.encode()),
            ("Rain in Goris", "Post", "", "2022-09-14", "en", "https://v.example/a"),
            "the page",
        ),
        ("a.pdf", pdf(["Rain in Goris", "", RAIN]), ("Rain in Goris", "", "", "", "en", ""), "no day is named"),
        (
            "a.md",
            front(RAIN, title="T", date="2022-09"),
            ("T", "", "", "", "en", ""),
            "front matter, '2022-09'",
        ),  # no day
    ],
)
def test_what_is_seen_and_how_it_is_known(name, content, expected, how):
    [preview], said = look((name, content))
    assert fields(preview) == expected
    assert preview.known["date"].startswith(how)
    assert all(preview.known[field] == "not known" for field in FIELDS if not preview.fields[field] and field != "date")
    assert said == []
    assert "Brazil" not in preview.text


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", TEXT), ("a.html", PAGE), ("a.mht", mhtml(PAGE.encode())), ("a.pdf", pdf(["Rain in Goris", "", RAIN]))],
)
def test_what_is_kept_is_read_as_it_was_seen(tmp_path, name, content):
    [preview], _ = look((name, content))
    path, is_new = keep(preview, preview.fields, tmp_path / "new")
    assert is_new
    article = read_article(path, tmp_path / "new")
    published = date_alone(article)[0].published
    assert (article.title, article.outlet, article.author) == fields(preview)[:3]
    assert (str(published.since or ""), article.language, article.url) == fields(preview)[3:]
    assert published.basis.startswith(preview.known["date"][:10])  # its reason, too, is what it was
    assert article.text[: article.end].strip() == preview.text.strip()
    if "html" in path.name:
        assert "Brazil" in article.text  # nothing of a page is lost
    assert keep(preview, preview.fields, tmp_path / "new") == (path, False)  # once is enough
    assert [file.name for file in (tmp_path / "new").iterdir()] == [path.name]


def test_what_was_corrected_goes_before_all_that_a_page_says(tmp_path):
    [preview], _ = look(("a.html", PAGE))
    mended = preview.fields | {"date": "13 September 2022", "outlet": "Dâr: --- # 'x'", "title": "Дождь"}
    article = read_article(keep(preview, mended, tmp_path)[0], tmp_path)
    assert (article.title, article.outlet, article.date) == ("Дождь", "Dâr: --- # 'x'", "13 September 2022")
    assert article.date_from == "front matter"
    whole = read_article(keep(preview, mended, tmp_path, whole=True)[0], tmp_path)
    assert whole.furniture == ()


@pytest.mark.parametrize(
    ("title", "date", "name"),
    [
        ("Rain in Goris", "2022-09-14", "2022-09-14-rain-in-goris.md"),
        ("Rain in Goris", "", "rain-in-goris.md"),
        ("../../etc/passwd", "", "etc-passwd.md"),
        ("CON", "", "con.md"),
        ("Дождь", "2022-09-14T01:30+04:00", "2022-09-14-article.md"),
        ("", "", "article.md"),
        ("a" * 300, "", "a" * 60 + ".md"),
        (".hidden\0\n", "", "hidden.md"),
    ],
)
def test_names_are_safe(tmp_path, title, date, name):
    [preview], _ = look(("a.txt", TEXT))
    path, _ = keep(preview, preview.fields | {"title": title, "date": date}, tmp_path)
    assert path == tmp_path / name


def test_two_articles_of_one_title_are_two_files(tmp_path):
    seen, _ = look(("a.txt", TEXT), ("b.txt", TEXT.replace(RAIN, SNOW)))
    names = [keep(one, one.fields | {"title": "Same", "date": ""}, tmp_path)[0].name for one in seen]
    assert names == ["same.md", "same-2.md"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"date": "soon"}, "no day"), ({"date": "2022-02-31"}, "no day"), ({"url": "javascript:alert(1)"}, "no address")],
)
def test_what_cannot_be_kept_is_said(tmp_path, wrong, words):
    [preview], _ = look(("a.txt", TEXT))
    assert words in problem_of(preview.fields | wrong)
    with pytest.raises(ArticleError, match=r"a\.txt: its"):
        keep(preview, preview.fields | wrong, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert problem_of(preview.fields) == ""


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    [preview], _ = look(("a.txt", TEXT))
    (tmp_path / "file").write_text("")
    with pytest.raises(ArticleError, match=r"file.* cannot be written to"):
        keep(preview, preview.fields, tmp_path / "file")


def test_every_bad_file_is_named_and_the_others_are_seen():
    seen, said = look(("a.txt", ""), ("b.txt", TEXT), ("c.pdf", b"%PDF-1"), ("d.zip", zipped({"x.rss": rss()})))
    assert [one.file for one in seen] == ["b.txt"]
    assert [message.partition(":")[0] for message in said] == ["a.txt", "c.pdf", "d.zip"]


def test_what_is_added_at_a_time_is_bounded(monkeypatch):
    monkeypatch.setattr(add_articles, "MOST_FILES", 2)
    monkeypatch.setattr(add_articles, "MOST_ADDED", 3)
    seen, said = look(*((f"{number}.txt", TEXT) for number in range(4)))
    assert (len(seen), said) == (2, ["2.txt: left out, with those after it: add 2 files of 50 MB together at a time"])
    seen, said = look(("a.zip", zipped({f"{number}.txt": TEXT for number in range(4)})))
    assert len(seen) == 3
    assert said == ["a.zip/3.txt: left out, with those after it: add 3 articles at a time"]


ANY = st.text(st.characters(codec="utf-8"), max_size=40)


@given(title=ANY, outlet=ANY, author=ANY)
def test_whatever_is_typed_is_read_back(tmp_path_factory, title, outlet, author):
    folder = tmp_path_factory.mktemp("typed")
    preview = Preview("a.txt", dict.fromkeys(FIELDS, ""), dict.fromkeys(FIELDS, ""), RAIN)
    path, _ = keep(preview, {"title": title, "outlet": outlet, "author": author, "language": "en"}, folder)
    article = read_article(path, folder)
    assert re.fullmatch(r"[a-z0-9-]+\.md", path.name)
    assert article.text == RAIN
    for typed, kept in ((title, article.title), (outlet, article.outlet), (author, article.author)):
        words = " ".join(re.sub(r"[\0-\x1f\x7f-\x9f]+", " ", typed).split())
        assert kept == words or not words or words in ("~", "null", "None")
