"""Front matter: read where it can be, else named; it never becomes text in silence, and no text is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.files import read_article
from corpus.ingest.front_matter import split_front_matter

TEXT = "The mayor of Lakeside spoke on Tuesday.\nFloods had cut the road to Millbrook.\n"
STORM = {"title": "Storm", "date": "2022-05-01"}


def read_one(tmp_path, text):
    """Read an article of this text; return it and what was said about it."""
    (tmp_path / "a.txt").write_bytes(text.encode())
    said = []
    return read_article(tmp_path / "a.txt", tmp_path, on_problem=lambda _, message: said.append(message)), said


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (
            "title: Storm\nsource: The Post\nbyline: A. Writer\npublished: 2022-05-01\nlang: en\nURL: https://x.org/a:b",
            {
                "title": "Storm",
                "outlet": "The Post",
                "author": "A. Writer",
                "date": "2022-05-01",
                "language": "en",
                "url": "https://x.org/a:b",
            },
        ),
        ("title: 'Quoted: with a colon'\nmood: grey", {"title": "Quoted: with a colon"}),  # unknown keys are ignored
        ("authors:\n  - Ann Lee\n  - Bo Day\ntags: [a, b]", {"author": "Ann Lee, Bo Day"}),  # a list
        ("title: >\n  Two lines\n  make one", {"title": "Two lines make one"}),
        ("# a comment\nkey: x", {}),
        ("title:\ndate: 2022", {"date": "2022"}),  # an empty value is no value
        ("title: ~\nlink: null\ndate: 2022", {"date": "2022"}),  # nor is YAML's null
        ("title:\tStorm\nauthors:\n\t- Ann Lee\n\t- Bo Day", {"title": "Storm", "author": "Ann Lee, Bo Day"}),  # tabs
        ("author: {name: Ann Lee, mail: a@b.org}", {"author": "Ann Lee"}),
        ("authors:\n- name: Ann Lee\n  mail: a@b.org\n- name: Bo Day", {"author": "Ann Lee, Bo Day"}),
        ("author:\n  first: Ann\n  last: Lee\ntitle: x", {"author": "Ann, Lee", "title": "x"}),
        ("authors: [Ann Lee, 'Day, Bo']", {"author": "Ann Lee, Day, Bo"}),
        ("title: |\n  Two lines:\n  # make one\nlang: en", {"title": "Two lines: # make one", "language": "en"}),
        ("'title': 'It''s \"over\"'\n\"lang\": \"en\"", {"title": 'It\'s "over"', "language": "en"}),  # quoted
        ("date: 2022-05-01 10:00:00 +04:00 # in print", {"date": "2022-05-01 10:00:00 +04:00"}),
        ("title: Storm: two dead on road #5", {"title": "Storm: two dead on road #5"}),  # no YAML, and plain to people
        ("title: Storm\x07 \x1b[31mred", {"title": "Storm [31mred"}),  # control characters
        ("title: yes\ndate: 20220501\nlang: no", {"title": "yes", "date": "20220501", "language": "no"}),  # all words
        ("  title: Storm\n  lang: en", {"title": "Storm", "language": "en"}),  # moved in
        ("{title: Storm, lang: en}", {"title": "Storm", "language": "en"}),
        # what YAML can be made to do: run a program, grow without end
        ("title: !!python/object/apply:os.system ['echo no']", {"title": "echo no"}),
        ("title: !!python/name:os.system", {}),
    ],
)
def test_reads_front_matter(head, fields):
    head = head if not head.startswith("#") else "key: y\n" + head
    assert split_front_matter(f"---\n{head}\n---\n\n{TEXT}") == (fields, TEXT, [])


@pytest.mark.parametrize(
    "head",
    [
        "---\n# a comment\n\ntitle: Storm\ndate: 2022-05-01\n---\n",
        "\n\n  \n---\ntitle: Storm\ndate: 2022-05-01\n---\n",  # blank lines first
        "<!-- kept by hand -->\n---\ntitle: Storm\ndate: 2022-05-01\n---\n",
        "\ufeff---\ntitle: Storm\ndate: 2022-05-01\n---\n",  # a byte order mark
        "-----  \ntitle: Storm\ndate: 2022-05-01\n----- \n",  # more dashes, blanks behind them
        "--- yaml\ntitle: Storm\ndate: 2022-05-01\n...\n",
        '+++\ntitle = "Storm"\ndate = 2022-05-01\n[author]\n+++\n',
        '{"title": "Storm", "date": "2022-05-01", "tags": {"a": [1]}}\n\n',
        '{\n  "title": "Storm",\n\n  "date": "2022-05-01"\n}\n',
        '---json\n{\n"title": "Storm", "date": "2022-05-01"\n}\n---\n',
        ';;;\n{"title": "Storm", "date": "2022-05-01"}\n;;;\n',
    ],
)
def test_reads_the_front_matter_of_many_programs(tmp_path, head):
    assert split_front_matter(head + TEXT) == (STORM, TEXT, [])
    article, said = read_one(tmp_path, (head + TEXT).replace("\n", "\r\n"))
    assert (article.title, article.date, article.text, said) == ("Storm", "2022-05-01", TEXT, [])


@pytest.mark.parametrize(
    ("head", "fields", "problem"),
    [
        ("---\ntitle: [broken\ndate: 2022-05-01\n---\n", {"title": "[broken", "date": "2022-05-01"}, "title on line 2"),
        ("---\ntitle: Storm\ntitle: Flood\n---\n", {"title": "Storm"}, "again on line 3"),
        # each field is read alone, without the names that others give
        ("---\nauthor: &a [A]\ntitle: *a\n---\n", {"author": "A", "title": "*a"}, "title on line 3"),
        ("---\nauthor: &a [*a, B]\n---\n", {"author": "&a [*a, B]"}, "author on line 2"),  # holds itself
        ('---\ntitle: "\\UFFFFFFFF"\n---\n', {"title": '"\\UFFFFFFFF"'}, "title on line 2"),  # no such character
        ('+++\ntitle = "Storm"\ndate = [May 1]\n+++\n', {"title": "Storm", "date": "May 1"}, "line 3"),
        ("+++\ntitle = 'Storm'\ntitle = 'Flood'\n+++\n", {"title": "Storm"}, "no TOML"),
        ("---\nwhat is this\ntitle: Storm\n---\n", {"title": "Storm"}, "line 2"),
    ],
)
def test_what_is_wrong_with_front_matter_is_named_and_the_rest_read(head, fields, problem):
    found, text, problems = split_front_matter(head + TEXT)
    assert (found, text) == (fields, TEXT)
    assert any(problem in said for said in problems)
    assert all(": " in said for said in problems)  # the way out


@pytest.mark.parametrize(
    "head",
    ["---\ntitle: Storm\ndate: 2022-05-01\n\n", '{\n "title": "Storm",\n "date": "2022-05-01"\n "x": 3,\n}\n\n'],
)
def test_front_matter_without_an_end_is_named_and_kept_as_text(head):
    fields, text, [said] = split_front_matter(head + TEXT)
    assert (fields, text) == (STORM, head + TEXT)
    assert "never closed" in said or "line 4" in said


@pytest.mark.parametrize(
    "text",
    [
        "---\nStorm fell over Lakeside.\n---\n" + TEXT,
        "---\n\nStorm fell\n\n---\n" + TEXT,
        "---\nStorm: it fell.\nRoads were cut.\nTrees fell.\nA bridge broke.\n---\n" + TEXT,
        "***\ntitle: Storm\n***\n" + TEXT,
        "+++ Breaking +++\n" + TEXT,
        "+++\nBreaking\n+++\n" + TEXT,
        "{{Infobox storm}}\n" + TEXT,
        '{"storms": 3}\n' + TEXT,
        '{"title": "Storm", "text": "All is in here."}\n',  # a data file: what it says is its text
    ],
)
def test_a_rule_or_a_bracket_at_the_top_is_text(text):
    assert split_front_matter(text) == ({}, text, [])


def test_front_matter_that_would_grow_or_nest_without_end():
    lists = ["&a [x,x,x,x,x,x,x,x,x]"] + [f"&{b} [{','.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefghi")]
    for value in (f"[{', '.join(lists)}]", "[" * 9_000, "{a: " * 2_000, "- " * 4_000, "x" * 1_000_000):
        fields, text, _ = split_front_matter(f"---\nauthor: {value}\n---\n{TEXT}")
        assert len(fields["author"]) <= 1_000_000
        assert text == TEXT


@given(
    st.text(st.sampled_from("-+;{}[]:,=#'\"&*!|>\n\t ab\x00\x85\u2028"), max_size=60),
    st.sampled_from(["---", "+++", ";;;", "{"]),
)
def test_any_front_matter_is_read(head, fence):
    for body in (head, f"title: {head}", f"{head}\ntitle: x"):
        fields, text, _ = split_front_matter(f"{fence}\n{body}\n{fence}\n{TEXT}")
        assert text.endswith(TEXT)
        assert all(value == value.strip() != "" for value in fields.values())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2022-13-45", "'2022-13-45' is no day"),
        ("9999-12-31", "'9999-12-31' is no day of the years 1000 to 2100"),
        ("long ago", "'long ago' is no day"),
        ("2022", "'2022' is no day"),
        ("03/04/2022", "'03/04/2022' is no day"),  # 3 April or 4 March
        ("14 September 2022", None),
        ("September 2022", None),
        ("", None),  # none is given
    ],
)
def test_a_date_that_cannot_be_read_is_said(tmp_path, written, said):
    article, told = read_one(tmp_path, f"---\ntitle: Storm\ndate: {written}\n---\n{TEXT}")
    assert (article.date, article.text) == (written, TEXT)
    assert [said in message for message in told] == ([True] if said else [])


@pytest.mark.parametrize(
    ("text", "kept", "problem"),
    [
        ("---\ntitle: Storm\n\n" + TEXT, "---\ntitle: Storm\n\n" + TEXT, "never closed"),
        ("---\ntitle: Storm\nwhat is this\n---\n" + TEXT, TEXT, "line 3"),
        ("---\n" + TEXT + "---\n", "---\n" + TEXT + "---\n", None),  # a rule across the page, no front matter
    ],
)
def test_broken_front_matter_loses_no_text(tmp_path, text, kept, problem):
    article, said = read_one(tmp_path, text)
    assert article.text == kept
    assert [problem in message for message in said] == ([True] if problem else [])


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("---\ntitle: Storm\n  date: 2022-05-01\n---\n", "line 3 of its front matter is indented"),  # by accident
        ("---\ntitle: Storm\n\tdate: 2022-05-01\n---\n", "line 3 of its front matter is indented"),
        ('{"title": "Storm", "date": "2022-05-01",}\n\n', "is no JSON"),  # a comma too many
        ("---\n- title: Storm\n- date: 2022-05-01\n---\n", ""),  # a list of fields
        ("%YAML 1.2\n---\ntitle: Storm\ndate: 2022-05-01\n---\n", ""),
    ],
)
def test_what_is_nearly_a_field_is_one(head, said):
    fields, text, problems = split_front_matter(head + TEXT)
    assert (fields, text) == (STORM, TEXT)
    assert [said in problem for problem in problems] == ([True] if said else [])


@pytest.mark.parametrize("head", ["---\n---\n", "---\n\n---\n"])
def test_front_matter_that_says_nothing_is_no_text(head):
    assert split_front_matter(head + TEXT) == ({}, TEXT, [])
