"""Each format: what people have, and ten odd or broken files of it; nothing is lost without a word."""

import json

import pytest
from builders import build, opened, told, write_corpus
from files import RAIN, SNOW, mhtml, packed, parquet, pdf, rss, wacz, warc, word, zipped
from hypothesis import given
from hypothesis import strategies as st

from corpus.build import build_index
from corpus.index.connection import open_index
from corpus.ingest.articles import read_file
from corpus.ingest.formats import archive, contract, known, table
from corpus.ingest.formats.contract import File

PAGE = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Rain cuts road</title>"
    "<meta property=article:published_time content=2022-09-13></head><body><nav><a href=/>Brazil</a></nav>"
    f"<h1>Rain cuts road</h1><p>{RAIN}</p></body></html>"
)
ENTRY = f"<title>Rain cuts road</title><link>https://v.example/rain</link><description>{RAIN}</description>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley</title><entry><title>Rain</title><id>urn:1</id>'
    f"<updated>2023-01-01T00:00:00Z</updated><published>2022-09-13T10:00:00+04:00</published><content type='html'>"
    f"&lt;p&gt;{RAIN}&lt;/p&gt;</content><author><name>Mara Quill</name></author></entry></feed>"
)
BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
NEWS_PLEASE = {"maintext": RAIN, "title": "Rain", "authors": ["Mara Quill"], "date_publish": "2022-09-13 00:00:00"}
NEWS_PLEASE |= {"source_domain": "v.example", "url": "https://v.example/rain", "language": "en"}
TRAFILATURA = {"title": "Rain", "author": "Mara Quill", "hostname": "v.example", "date": "2022-09-13", "text": RAIN}
TRAFILATURA |= {"source": "https://v.example/rain", "source-hostname": "v.example", "fingerprint": "00ff"}
GDELT = {"articles": [{"url": "https://v.example/r", "title": "Rain in Goris", "seendate": "20220913T101500Z"}]}
MEDIA_CLOUD = "id,indexed_date,language,media_name,publish_date,title,url\n1,x,en,Valley,2022-09-13,Rain in Goris,https://v.example/r\n"
LOCKED = zipped({"a.txt": RAIN}).replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
LOCKED = LOCKED.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")

# A file's name and content; how its articles begin; words of what is said, in order.
CASES = {
    # PDF
    "a page of lines": ("a.pdf", pdf(["Rain cuts road", "", *RAIN.split(", ")]), ["Rain cuts road"], []),
    "packed streams": ("a.pdf", pdf([RAIN], compressed=True), [RAIN], []),
    "two pages with numbers": ("a.pdf", pdf([RAIN, "1"], [SNOW, "2"]), [f"{RAIN}\n\n{SNOW}\n"], []),
    "no text at all": ("a.pdf", pdf([]), [], ["OCR"]),
    "cut off": ("a.pdf", pdf([RAIN])[:300], [], ["PDF"]),
    "a PDF that is called a text": ("a.txt", pdf([RAIN]), [RAIN], ["it is called .txt"]),
    "a page that is called PDF": ("a.pdf", PAGE.encode(), ["Rain cuts road"], ["it is called .pdf"]),
    "a text that is called PDF": ("a.pdf", RAIN.encode(), [RAIN], ["it is called .pdf"]),
    "garbage before its mark": ("a.pdf", b"\n\n\n" + pdf([RAIN]), [RAIN], []),
    "a mark and nothing": ("a.pdf", b"%PDF-1.7\n", [], ["PDF"]),
    "locked": ("a.pdf", pdf([RAIN]).replace(b"/Root", b"/Encrypt<</Filter/Standard/V 9>>/Root"), [], ["PDF"]),
    "pages in a circle": (
        "a.pdf",
        pdf([RAIN]).replace(b"/Type/Page/Parent", b"/Type/Pages/Kids[3 0 R]/Parent"),
        [],
        ["PDF"],
    ),
    # DOCX
    "a document": ("a.docx", word("Title::Rain cuts road", RAIN), [f"Rain cuts road\n\n{RAIN}"], []),
    "a table in it": (
        "a.docx",
        word(RAIN, rows=[["Goris", "12"], ["Kapan", "3"]]),
        [f"{RAIN}\n\nGoris 12\n\nKapan 3\n"],
        [],
    ),
    "a foot of its pages": ("a.docx", word(RAIN, footer="The Valley Post"), [f"{RAIN}\n\nThe Valley Post\n"], []),
    "an empty document": ("a.docx", word(), [], ["without text"]),
    "a broken document": (
        "a.docx",
        zipped({"word/document.xml": "<w:docum", "[Content_Types].xml": "<"}),
        [],
        ["DOCX"],
    ),
    "a document of an older Word": (
        "a.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        [],
        ["save it as .docx"],
    ),
    "a text that is called a document": ("a.docx", RAIN.encode(), [RAIN], ["it is called .docx"]),
    "a document that is called ZIP": ("a.zip", word(RAIN), [RAIN], ["it is called .zip"]),
    "a document cut off": ("a.docx", word(RAIN)[:500], [], ["ZIP"]),
    "only spaces": ("a.docx", word("  ", "\t"), [], ["without text"]),
    "pictures of entities": ("a.docx", zipped({"word/document.xml": BOMB + "<a>&b;</a>"}), [], ["DOCX"]),
    # feeds
    "RSS": ("a.xml", rss(ENTRY, ENTRY.replace(RAIN, SNOW)), [RAIN, SNOW], []),
    "Atom": ("a.atom", ATOM.encode(), [RAIN], []),
    "a feed that is called HTML": ("a.html", rss(ENTRY), [RAIN], ["it is called .html"]),
    "a title alone": ("a.rss", rss("<title>Rain in Goris</title>"), ["Rain in Goris"], ["title alone"]),
    "an entry of nothing": ("a.rss", rss("<guid>1</guid>", ENTRY), [RAIN], ["neither text nor title (#1)"]),
    "no entries": ("a.rss", rss(), [], ["without entries"]),
    "broken in the middle": (
        "a.rss",
        rss(ENTRY, "<title>A &nope; b</title>", ENTRY)[:-30],
        [RAIN, "A", "Rain"],
        ["broken"],
    ),
    "entities of its own": ("a.rss", rss(ENTRY, head=BOMB), [], ["<!ENTITY"]),
    "XML of another kind": ("a.xml", b"<?xml version='1.0'?><kml/>", [], ["XML of no kind"]),
    "an older set of letters": (
        "a.rss",
        rss(
            "<title>Дождь</title><description>В Горисе шёл дождь.</description>",
            head='<?xml version="1.0" encoding="windows-1251"?>',
        )
        .decode()
        .encode("cp1251"),
        ["В Горисе шёл дождь."],
        [],
    ),
    "a page in an entry": (
        "a.rss",
        rss(f"<description><![CDATA[<p>{RAIN}</p><nav>Menu</nav>]]></description>"),
        [RAIN + "\n"],
        [],
    ),
    # tables
    "CSV": ("a.csv", f'title,text,date\nRain,"{RAIN}",2022-09-13\nSnow,"{SNOW}",\n'.encode(), [RAIN, SNOW], []),
    "semicolons": ("a.csv", f"Title;Full Text\nRain;{RAIN}\n".encode(), [RAIN], []),
    "tabs": ("a.tsv", f"headline\tbody\nRain\t{RAIN}\n".encode(), [RAIN], []),
    "Media Cloud": ("a.csv", MEDIA_CLOUD.encode(), ["Rain in Goris\n"], ["title alone"]),
    "GDELT": ("a.json", json.dumps(GDELT).encode(), ["Rain in Goris\n"], ["title alone"]),
    "news-please": ("a.json", json.dumps(NEWS_PLEASE).encode(), [RAIN], []),
    "trafilatura": ("a.jsonl", (json.dumps(TRAFILATURA) + "\n").encode() * 2, [RAIN, RAIN], []),
    "Parquet": ("a.parquet", parquet([TRAFILATURA, {"title": "None"}]), [RAIN], ["neither text nor title (#2)"]),
    "a list in a search engine's answer": (
        "a.json",
        json.dumps({"hits": {"hits": [{"_source": NEWS_PLEASE}]}}).encode(),
        [RAIN],
        [],
    ),
    "columns that nobody knows": ("a.csv", b"a,b\n1,2\n", [], ["'a', 'b'. Name it in a file columns.toml"]),
    "no rows": ("a.csv", b"title,text\n", [], ["without rows"]),
    "no JSON": ("a.json", b'{"text": "cut', [], ["no JSON"]),
    "a number": ("a.json", b"12", [], ["holds no article"]),
    "a broken line": (
        "a.jsonl",
        f'{json.dumps({"text": RAIN})}\n{{"te\n{json.dumps({"text": SNOW})}'.encode(),
        [RAIN, SNOW],
        ["no JSON object (#2)"],
    ),
    "rows of other keys": (
        "a.json",
        json.dumps([{"text": RAIN}, {"x": 1}, 7]).encode(),
        [RAIN],
        ["known to hold", "no JSON object (#3)"],
    ),
    "markup in a cell": (
        "a.csv",
        f'title,content\nRain,"<p>{RAIN}</p><p>Wet.</p>"\n'.encode(),
        [f"{RAIN}\n\nWet.\n"],
        [],
    ),
    "a page that is called a table": ("a.csv", PAGE.encode(), ["Rain cuts road"], ["it is called .csv"]),
    "quotes that never end": ("a.csv", b'title,text\nRain,"' + RAIN.encode() * 2, [RAIN], []),
    "an empty row": ("a.csv", f'title,text\n,\nRain,"{RAIN}"\n'.encode(), [RAIN], []),
    "no Parquet": ("a.parquet", b"PAR1" + bytes(50), [], ["Parquet"]),
    "deep JSON": ("a.json", b"[" * 100_000, [], ["no JSON"]),
    "not a number": ("a.csv", f'title,text,author\nRain,"{RAIN}",nan\n'.encode(), [RAIN], []),
    # MHTML
    "MHTML": ("a.mhtml", mhtml(PAGE.encode()), ["Rain cuts road"], []),
    "MHTML that is called HTML": ("a.html", mhtml(PAGE.encode()), ["Rain cuts road"], ["it is called .html"]),
    "an older set of letters in MHTML": (
        "a.mht",
        mhtml("<html><p>Ночью в Горисе шёл дождь.</p></html>".encode("cp1251"), charset="windows-1251"),
        ["Ночью в Горисе шёл дождь."],
        [],
    ),
    "an unknown set of letters": ("a.mht", mhtml(PAGE.encode(), charset="x-none"), ["Rain cuts road"], []),
    "no page in it": ("a.mht", mhtml(b""), [], ["without a page"]),
    "no parts": ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nRain", [], ["without a page"]),
    "a part that never ends": ("a.mht", mhtml(PAGE.encode())[:900], ["Rain cuts road"], []),
    "base64 that is none": ("a.mht", mhtml(b"\xff\xfe not base64 \0", encoding="base64"), [], ["it"]),
    "a page that is called MHTML": ("a.mht", PAGE.encode(), ["Rain cuts road"], ["it is called .mht"]),
    "a charset that is bytes": ("a.mht", mhtml(PAGE.encode(), charset="\u00e9\u00e9"), ["Rain cuts road"], []),
    "parts in parts": (
        "a.mht",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 300,
        [],
        ["without a page"],
    ),
    # WARC and WACZ
    "WARC": ("a.warc", warc(("https://v.example/rain", "200", PAGE.encode())), ["Rain cuts road"], []),
    "packed WARC": (
        "a.warc.gz",
        warc(("https://v.example/rain", "200", PAGE.encode()), packed=True),
        ["Rain cuts road"],
        [],
    ),
    "WACZ": (
        "a.wacz",
        wacz(
            ("https://v.example/rain", "200", PAGE.encode()),
            ("https://v.example/ad", "200", b"<p>Ad"),
            pages=("https://v.example/rain",),
        ),
        ["Rain cuts road"],
        ["1 of its records"],
    ),
    "records that are no page": (
        "a.warc",
        warc(
            ("https://v.example/a", "200 image/png", b"x"),
            ("https://v.example/b", "404", b"<p>No"),
            ("https://v.example/c", "200", PAGE.encode()),
        ),
        ["Rain cuts road"],
        ["2 of its records that are no page (image/png 1, status 404 1)"],
    ),
    "the same page twice": (
        "a.warc",
        warc(*[("https://v.example/a", "200", PAGE.encode())] * 2),
        ["Rain cuts road"],
        ["the same page again 1"],
    ),
    "an empty page among others": (
        "a.warc",
        warc(("https://v.example/a", "200", b"<html>"), ("https://v.example/b", "200", PAGE.encode())),
        ["Rain cuts road"],
        ["no text"],
    ),
    "letters that the server declared": (
        "a.warc",
        warc(
            (
                "https://v.example/a",
                "200 text/html; charset=windows-1251",
                "<html><p>В Горисе шёл дождь.</p>".encode("cp1251"),
            )
        ),
        ["В Горисе шёл дождь."],
        [],
    ),
    "WARC cut off": (
        "a.warc",
        warc(("https://v.example/a", "200", PAGE.encode()), ("https://v.example/b", "200", PAGE.encode()))[:-700],
        ["Rain cuts road"],
        ["from some record on it is broken"],
    ),
    "a packed text": ("a.gz", packed(RAIN.encode()), [], ["unpack it"]),
    "packed and broken": ("a.warc.gz", packed(b"WARC/1.0\r\n")[:20], [], ["it is"]),
    "no record": ("a.warc", b"WARC/1.0\r\n\r\n\r\n", [], []),
    "a text that is called WARC": ("a.warc", RAIN.encode(), [], ["no WARC"]),
    # ZIP
    "ZIP": ("a.zip", zipped({"rain.txt": RAIN, "sub/page.html": PAGE}), [RAIN, "Rain cuts road"], []),
    "a table and a document in it": (
        "a.zip",
        zipped({"t.csv": f'text\n"{RAIN}"\n', "d.docx": word(SNOW)}),
        [RAIN, SNOW],
        [],
    ),
    "an archive in it": (
        "a.zip",
        zipped({"b.zip": zipped({"a.txt": RAIN}), "a.txt": SNOW}),
        [SNOW],
        ["unpack it (/b.zip)"],
    ),
    "other files in it": (
        "a.zip",
        zipped({"a.txt": RAIN, "a.png": b"x", "b.exe": b"y", ".hidden.txt": "z"}),
        [RAIN],
        ["2 files in it"],
    ),
    "a broken file in it": (
        "a.zip",
        zipped({"a.txt": b"\0" * 10, "b.txt": RAIN}),
        [RAIN],
        ["not a text file; save it as UTF-8 text (/a.txt)"],
    ),
    "locked with a password": ("a.zip", LOCKED, [], ["password"]),
    "ZIP cut off": ("a.zip", zipped({"a.txt": RAIN})[:-30], [], ["no ZIP"]),
    "names that lead out": (
        "a.zip",
        zipped({"../../etc/rain.txt": RAIN, "\\windows\\snow.txt": SNOW}),
        [RAIN, SNOW],
        [],
    ),
    "a broken packing": ("a.zip", zipped({"a.txt": RAIN * 30}).replace(b"\xcb\x4a", b"\xff\xff", 1), [], []),
    "an empty archive": ("a.zip", zipped({}), [], []),
    "ZIP that is called a text": ("a.txt", zipped({"a.md": RAIN}), [RAIN], ["it is called .txt"]),
    # XHTML
    "XHTML": ("a.xhtml", b'<?xml version="1.0"?>' + PAGE.encode(), ["Rain cuts road"], []),
    "XHTML that is called XML": (
        "a.xml",
        b'<?xml version="1.0"?>\n<!-- x -->\n' + PAGE.encode(),
        ["Rain cuts road"],
        ["it is called .xml"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_reads_what_people_have(case):
    name, content, beginnings, words = CASES[case]
    read = read_file(File(name, content))
    if beginnings:
        assert [
            article.text[: len(start)] for article, start in zip(read.articles, beginnings, strict=True)
        ] == beginnings
    assert len(read.said) >= len(words)
    assert [word for word in words if not any(word in message for message in read.said)] == []
    if not read.articles:
        assert read.said
    assert all(message.startswith(("left out: ", "read, but ")) for message in read.said)
    for article in read.articles:
        assert article.end == (article.furniture[0].start if article.furniture else len(article.text))
        assert "�" not in article.text


def one(name, content, **about):
    [article] = read_file(File(name, content, **about)).articles
    return article


@pytest.mark.parametrize(
    ("name", "content", "title", "outlet", "author", "date", "url"),
    [
        (
            "a.rss",
            rss(ENTRY + "<pubDate>Tue, 13 Sep 2022 10:00:00 +0400</pubDate>"),
            "Rain cuts road",
            "The Valley Post",
            "",
            "Tue, 13 Sep 2022 10:00:00 +0400",
            "https://v.example/rain",
        ),
        ("a.atom", ATOM.encode(), "Rain", "Valley", "Mara Quill", "2022-09-13T10:00:00+04:00", ""),
        (
            "a.json",
            json.dumps(NEWS_PLEASE).encode(),
            "Rain",
            "v.example",
            "Mara Quill",
            "2022-09-13 00:00:00",
            "https://v.example/rain",
        ),
        (
            "a.json",
            json.dumps(TRAFILATURA).encode(),
            "Rain",
            "v.example",
            "Mara Quill",
            "2022-09-13",
            "https://v.example/rain",
        ),
        ("a.json", json.dumps(GDELT).encode(), "Rain in Goris", "", "", "20220913T101500Z", "https://v.example/r"),
        ("a.csv", MEDIA_CLOUD.encode(), "Rain in Goris", "Valley", "", "2022-09-13", "https://v.example/r"),
        ("a.mht", mhtml(PAGE.encode()), "Rain cuts road", "", "", "2022-09-13", "https://v.example/a"),
        (
            "a.warc",
            warc(("https://v.example/rain", "200", PAGE.encode())),
            "Rain cuts road",
            "",
            "",
            "2022-09-13",
            "https://v.example/rain",
        ),
        (
            "a.docx",
            word("Heading 1::Rain cuts road", RAIN, author="Mara Quill"),
            "Rain cuts road",
            "",
            "Mara Quill",
            "",
            "",
        ),
        ("a.pdf", pdf(["Rain cuts road", "", RAIN], title="Rain cuts road"), "Rain cuts road", "", "", "", ""),
        ("a.pdf", pdf(["Rain cuts road", "", RAIN], title="Microsoft Word - 12.doc"), "Rain cuts road", "", "", "", ""),
    ],
)
def test_keeps_what_a_file_says_of_its_article(name, content, title, outlet, author, date, url):
    article = one(name, content)
    assert (article.title, article.outlet, article.author, article.date, article.url) == (
        title,
        outlet,
        author,
        date,
        url,
    )


def test_an_article_of_many_is_named_by_its_place_and_known_by_its_link():
    before = read_file(File("f/a.xml", rss(ENTRY))).articles
    later = read_file(File("f/a.xml", rss("<title>New in Goris</title>", ENTRY))).articles
    assert [article.file for article in later] == ["f/a.xml#1", "f/a.xml#2"]
    assert later[1].id == before[0].id  # entries that come and go change no other's id
    assert later[0].id != later[1].id
    inside = read_file(File("a.zip", zipped({"t.csv": f'text\n"{RAIN}"\n', "sub/b.txt": SNOW}))).articles
    assert [article.file for article in inside] == ["a.zip/t.csv#1", "a.zip/sub/b.txt"]


def test_lines_of_a_document_are_joined_into_paragraphs():
    lines = [
        "Heavy rain in the south",
        "The rain that fell in the hills above Goris cut the",
        "road to Kapan in three pla-",
        "ces, the office said.",
        "Snow fell on the pass near Sisian, and no bus ran till",
        "evening.",
    ]
    joined = one("a.pdf", pdf(lines)).text.split("\n\n")
    assert joined[0] == "Heavy rain in the south"
    assert joined[1].startswith("The rain that fell in the hills above Goris cut the road to Kapan")
    assert joined[-1] == "Snow fell on the pass near Sisian, and no bus ran till evening.\n"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('text = "Inhalt"\ntitle = "Kopf"\n', ""),
        ('["a.csv"]\ntext = "Inhalt"\n["b.csv"]\ntext = "x"\n', ""),  # each table its own
        ('text = "Inhaltt"', "no column 'Inhaltt'"),
        ('words = "Inhalt"', "which is no field"),
        ("text = ", "cannot be read"),
    ],
)
def test_columns_are_named_once_beside_the_table(tmp_path, settings, said):
    (tmp_path / "a.csv").write_text(f'Kopf,Inhalt\nRain,"{RAIN}"\n')
    (tmp_path / "b.txt").write_text(SNOW)
    (tmp_path / "columns.toml").write_text(settings)
    found, notes = opened(tmp_path)
    assert [one.file for one in found] == (["b.txt"] if said else ["a.csv#1", "b.txt"])
    assert [said in note for _, note in notes] == [True] * bool(said)


def test_a_table_without_a_head_has_its_columns_by_number(tmp_path):
    (tmp_path / "a.csv").write_text(f'7,Rain,"{RAIN}"\n8,Snow,"{SNOW}"\n')
    (tmp_path / "columns.toml").write_text("title = 2\ntext = 3\n")
    found, _ = opened(tmp_path)
    assert [(one.title, one.text.strip()) for one in found] == [("Rain", RAIN), ("Snow", SNOW)]


def test_a_file_of_very_many_is_bounded_and_says_so(monkeypatch):
    monkeypatch.setattr(known, "MOST_ARTICLES", 50)
    for name, content in {
        "a.rss": rss(*[ENTRY] * 60),
        "a.csv": ("text\n" + f'"{RAIN}"\n' * 60).encode(),
        "a.zip": zipped({f"{number}.txt": RAIN for number in range(60)}),
        "a.warc": warc(*((f"https://v.example/{number}", "200", PAGE.encode()) for number in range(60))),
    }.items():
        read = read_file(File(name, content))
        assert len(read.articles) == 50
        assert any("after its first 50 articles" in message for message in read.said)


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "bomb.docx"])
def test_a_bomb_is_not_unpacked(monkeypatch, name):
    for module in (archive, contract, known):
        monkeypatch.setattr(module, "LARGEST_COLLECTION", 100_000)
    content = zipped(
        {name: "0" * 5_000_000, "word/document.xml": "0" * 5_000_000} if "doc" in name else {name: "0" * 5_000_000}
    )
    assert len(content) < 50_000
    read = read_file(File("a.docx" if "bomb" in name else "a.zip", content))
    assert read.articles == []
    assert any("more than" in message or "after its first" in message for message in read.said)


def test_a_library_that_is_missing_is_named(monkeypatch):
    import builtins

    really = builtins.__import__

    def without(name, *arguments, **options):
        if name == "pypdf":
            raise ModuleNotFoundError("No module named 'pypdf'", name="pypdf")
        return really(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    assert read_file(File("a.pdf", pdf([RAIN]))).said == ["left out: it is PDF, which pypdf reads: pip install pypdf"]


def test_no_format_opens_anything_elsewhere(monkeypatch):
    """Addresses and names of files in what is read are words: nothing is fetched, nothing else is opened."""
    import socket
    import urllib.request

    def refuse(*arguments, **options):
        raise AssertionError(f"opened {arguments}")

    for name, content, _, _ in CASES.values():  # what is imported first is no matter
        read_file(File(name, content))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    hostile = b"https://v.example/feed.xml"
    for name in ("a.rss", "a.html", "a.csv", "a.json", "a.docx", "a.pdf", "a.mht", "a.warc", "a.zip", "a.parquet"):
        read_file(File(name, hostile))
    for name, content, _, _ in CASES.values():
        read_file(File(name, content))


def test_what_is_said_of_many_entries_is_said_once():
    said = read_file(File("a.rss", rss(*[f"<title>Rain {number}</title>" for number in range(20)]))).said
    assert [message for message in said if "title alone" in message] == [
        "read, but it has no text but the title: the title alone was read (#1, #2, #3, #4, #5 and 15 more)"
    ]


def test_every_format_is_found_by_its_suffix():
    assert {suffix for known_format in known.FORMATS for suffix in known_format.suffixes} == set(known.SUFFIXES)
    assert table.CSV.fits(File("a.csv", b"a,b"))
    assert known.format_of(File("a.txt", b"")).name == "a text"


@given(st.sampled_from([case for case in CASES.values() if case[2]]), st.integers(0, 10_000), st.binary(max_size=8))
def test_whatever_is_broken_raises_nothing(case, place, junk):
    name, content, _, _ = case
    at = place % (len(content) + 1)
    read = read_file(File(name, content[:at] + junk + content[at + len(junk) :]))
    assert read.articles or read.said


@pytest.mark.parametrize("encoding", [b"\x80", b"a\0b", b"idna", b"no such"])
def test_a_feed_of_a_broken_encoding_is_named(encoding):
    item = (
        b"<rss><channel><item><title>Rain</title><description>Rain fell in Goris.</description></item></channel></rss>"
    )
    read = read_file(File("a.rss", b'<?xml version="1.0" encoding="' + encoding + b'"?>' + item))
    assert read.articles or ["save it once more" in said for said in read.said] == [True]


def test_a_member_without_a_name_is_counted_as_no_article():
    content = zipped({"a.txt": RAIN, "b.txt": SNOW}).replace(b"b.txt", b"\0.txt")
    read = read_file(File("a.zip", content))
    assert [article.file for article in read.articles] == ["a.zip/a.txt"]
    assert read.said == ["left out: 1 files in it that hold no articles (no suffix 1)"]


def test_a_file_of_many_is_read_again_where_it_changed(tmp_path):
    """Its articles come and go together; naming its columns otherwise changes it as well."""
    rows = f'title,text\nRain,"{RAIN}"\nSnow,"{SNOW}"\n'
    files = {"a.csv": rows, "b.xml": rss(ENTRY), "c.md": "Rain fell in Yerevan.\n", "z.zip": zipped({"d.txt": SNOW})}
    path, folder = build(tmp_path, files), tmp_path / "articles"
    with open_index(path) as index:
        names = [file for (file,) in index.execute("select file from articles order by file")]
    assert names == ["a.csv#1", "a.csv#2", "b.xml#1", "c.md", "z.zip/d.txt"]
    assert not build_index(folder, path).rebuilt
    write_corpus(folder, {"a.csv": rows + f'Wind,"{RAIN[5:]}"\n'})
    assert build_index(folder, path).read == 3
    write_corpus(folder, {"columns.toml": '["a.csv"]\ntext = "title"\n'})
    assert build_index(folder, path).rebuilt
    (folder / "z.zip").unlink()
    assert build_index(folder, path).read == 0
    build_index(folder, tmp_path / "anew.gpkg")
    assert told(path) == told(tmp_path / "anew.gpkg")


def test_the_rest_of_a_page_stays_off_the_map_however_it_is_dated(tmp_path):
    """A page whose day only other articles may tell is read later than they, and by another door."""
    page = (
        f"<html><body><nav>Madrid</nav><h1>Rain</h1><p>{RAIN} It was September 13, the office said.</p></body></html>"
    )
    dated = "---\ndate: 2022-09-14\n---\nSnow fell in Yerevan.\n"
    with open_index(build(tmp_path, {"a.html": page, "b.md": dated})) as index:
        (beside,) = index.execute("select published_beside from articles where file = 'a.html'").fetchone()
        status = dict(index.execute("select text, status from mentions where article like 'a-%'"))
    assert beside
    assert (status["Madrid"], status["Goris"]) == ("boilerplate", "placed")
