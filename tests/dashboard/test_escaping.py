"""The reader: a passage shows letter by letter, whatever its letters are, and what is lit is what was meant."""

import html
import re
import time
import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dashboard.escaping import Lit, escape, markdown, visible

# Streamlit reads GitHub's Markdown.
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What Streamlit's page replaces in the text it has read, where no backslash helps any more (seen in Streamlit 1.67).
REPLACED = [
    re.compile(r"(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)"),  # arrows, a long dash, signs of comparison
    re.compile(r":streamlit:"),  # its logo
    re.compile(r":material_\w+:"),  # an icon
    re.compile(r"(?:^|[\s\W_])(?:https?://|www\.)[-.\w]+", re.IGNORECASE),  # links of GitHub's Markdown
    re.compile(r"(?:^|[\s\W_])[-.\w+]+@[-\w]+(?:\.[-\w]+)+"),  # ... and its addresses of e-mail
]
SIGN = re.compile(r":gray\[(⟨U\+[0-9A-F]{4,6}⟩)\]")  # of a character that draws nothing, in grey
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters that draw nothing
SELECTORS = "\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # which depend on what is before them
EMOJI = re.compile(r":(?!material/|streamlit:)[\w+-][\w+-]*:")  # ":smile:", replaced where the source holds it so
HOSTILE = [
    '<img src=x onerror="window.top.x=1">',
    "</script><script>window.top.x=1</script>",
    "a`b ${window.top.x=1}",
    "<!-- hidden",
    "&lt;b&gt; &amp; &#60; &nbsp;",
    "[a link](javascript:alert(1))",
    "![a picture](https://example.org/x.png)",
    "<https://example.org>",
    "[1]: https://example.org",
    "[^1] a note\n\n[^1]: below",
    "**bold** __bold__ *it* _it_ ~~gone~~ `code`",
    "# A heading\n## Another\nSetext\n======\nSetext\n---",
    "> a quotation\n>> and one inside",
    "- one\n* two\n+ three\n\n1. first\n2) second\n13\\. third",
    "* * *\n---\n___",
    "    indented\n\n\tindented",
    "```python\nfence\n```\n~~~\nfence",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "$x^2$ costs $5 to $6, $$y$$ \\(z\\) \\[w\\]",
    ":red[hot] :blue-background[cold] :small[fine] ::block{} :::three",
    ":orange-background[**forged**]",
    ":smile: :+1: :material/home: at 10:30:15",
    "back\\slash \\* \\\\ at the end \\",
    "trailing blanks  \nand a backslash\\\nline",
    "]**] [ ** unbalanced (",
    "{{ 7 * 7 }} {% if %} %s {0}",
    "Ünïcödé, 東京, Երևան, القاهرة, 🦊",
    "\x00 NUL \x1b[31m \x7f \u0085 \u2028 \u2029",
    "\ufeff at the front",
    "\ud800 half a character",
    "",
    " ",
    "\n\n\n",
]


def shown(source):
    """Return the text that a reader of Markdown sees; fails where it is more than text."""
    text = []
    for block in READER.parse(source):
        assert block.type in ("paragraph_open", "paragraph_close", "inline"), f"{block.type} in {source!r}"
        if block.type == "paragraph_close":
            text.append("\n\n")
        for part in block.children or ():
            assert part.type in ("text", "text_special", "softbreak", "hardbreak", "strong_open", "strong_close"), (
                f"{part.type} in {source!r}"
            )
            text.append("\n" if part.type.endswith("break") else part.content)
    seen = "".join(text).replace("\u2060", "")  # a joiner without width, which keeps signs from being replaced
    return SIGN.sub(r"\1", seen)


def words(text):
    """Return text with its white space as one blank, as a page shows it, and signs for what a page shows as nothing."""
    return " ".join("".join(map(sign, text)).split())


def sign(char):
    if char in FILLERS or (unicodedata.category(char) in ("Cc", "Cf", "Cs") and not char.isspace()):
        return f"⟨U+{ord(char):04X}⟩"
    return char


# An escaped sign, the beginning of a lit stretch, or its end.
MARKS = re.compile(r":gray\[⟨U\\\+\w+⟩\]|\\.|:(orange-background|blue-background|gray)\[(?:\*\*)?|\*\*\]|\]", re.DOTALL)


def lit_parts(source):
    """Return the stretches that are set off, as the reader sees them, with what sets them off."""
    found, name, begins = [], "", 0
    for mark in MARKS.finditer(source):
        if mark[1]:
            assert not name, f"one lit stretch inside another in {source!r}"
            name, begins = mark[1], mark.end()
        elif name and not mark[0].startswith(("\\", ":gray[⟨")):
            found.append((name, words(shown(source[begins : mark.start()]))))
            name = ""
    assert not name, f"a lit stretch does not end in {source!r}"
    return found


def unlit(source):
    """Return the Markdown without the signs that set stretches off."""
    return MARKS.sub(lambda mark: mark[0] if mark[0].startswith(("\\", ":gray[⟨")) else "", source)


# ---- exactly the text

TEXT = st.text(
    st.one_of(
        st.sampled_from("abz Z09\n\n  .,;:!?-–—'\"()[]{}<>*_~`#|\\/^$&%@+=\t"),
        st.characters(exclude_categories=["Cf", "Cn"]).filter(lambda char: not re.match(f"[{SELECTORS}]", char)),
    ),
    max_size=60,
)


@settings(max_examples=400, deadline=None)
@given(TEXT)
@example("a\n    b")
@example("1.\tb")
@example("\\\n\\")
def test_markdown_shows_exactly_the_text(text):
    assert words(shown(escape(text))) == words(text)
    assert words(shown(markdown(text, 0, len(text)))) == words(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:40])
def test_hostile_text_is_only_text(text):
    source = markdown(text, 0, len(text))
    assert words(shown(source)) == words(text)
    lit = markdown(text, 0, len(text), [Lit(0, len(text), "place")])
    assert words(shown(unlit(lit))) == words(text)
    source = re.sub(r":gray\[(⟨U\\\+\w+⟩)\]", r"\1", source)  # the one mark that is ours
    for char in "<>&$`[]*_|~#!{}":
        assert not re.search(rf"(?<!\\)(?:\\\\)*{re.escape(char)}", source), f"{char} stands free in {source!r}"


# Line breaks stay, for poems and lists; a page shows them as the text has them.
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one\n  two", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_lines_stay_lines(text, seen):
    assert shown(escape(text)).strip() == seen


@pytest.mark.parametrize(
    "text",
    [
        "The road -- the only one -- is closed.",  # a dash as agencies type it
        "Yerevan -> Goris",
        "Goris <-> Lachin",
        "prices >= 5 and <= 6",
        ":streamlit: is no word",
        ":material_home: is none either",
    ],
)
def test_what_the_page_replaces_stays_as_written(text):
    """Streamlit puts other signs for these after reading Markdown, and a quotation must not change."""
    source = markdown(text, 0, len(text))
    assert words(shown(source).replace("\u2060", "")) == text  # a joiner without width is no change
    nodes = [
        part.content for block in READER.parse(source) for part in _merged(block.children or ()) if part is not None
    ]
    for node in nodes:
        assert not any(pattern.search(node) for pattern in REPLACED), f"{node!r} is replaced"


def _merged(parts):
    """Yield text nodes as the page has them: neighbours are one."""
    last = None
    for part in parts:
        if last is not None and part.type in ("text", "text_special"):
            last.content += part.content
            continue
        if last is not None:
            yield last
        last = part if part.type in ("text", "text_special") else None
    yield last


def test_no_emoji_code_stands_in_the_source():
    assert not EMOJI.search(escape(":smile: at 10:30:15 :+1:"))


# Signs without width that belong to a word or a picture.
@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: letters that do not join
        "क्\u200dष",  # Indic: half a letter
        "👩\u200d🚒",  # two pictures as one
        "❤\ufe0f\u200d🔥 ☎\ufe0f",  # in colours
        "1\ufe0f\u20e3",  # a keycap
        "葛\U000e0100城",  # one form of a Chinese sign
        "👩🏽\u200d🚒",  # a colour of skin between
        "Nagorno\u00adkarabakh",  # where the word may break
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland, spelled in tags
    ],
)
def test_joiners_inside_words_stay(text):
    assert shown(escape(text)).strip() == visible(text) == text


def test_a_joiner_stays_where_a_lit_name_ends():
    text = "تهران\u200cها"
    assert shown(unlit(markdown(text, 0, len(text), [Lit(0, 5, "place")]))).strip() == text


# What hides, or turns the order of letters, is shown by its number: the marks of direction, tags, fillers, controls.
@pytest.mark.parametrize(
    "char",
    [
        *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",  # all marks of direction
        *"\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u180e",  # without width
        *"\u200c\u200d",  # joiners between letters that do not join
        *FILLERS,
        *"\x00\x07\x08\x1b\x7f\x80\x9f\ufff9\ufffa\ufffb",  # controls
        *"\U000e0001\U000e0041\U000e007f\U0001d173",  # tags, notes
        *"\ud800\udfff",  # halves of characters
    ],
    ids=ascii,
)
def test_what_draws_nothing_is_shown_as_a_sign(char):
    text = f"Go{char}ris"
    number = f"⟨U+{ord(char):04X}⟩"
    assert visible(text) == f"Go{number}ris"
    assert shown(escape(text)).strip() == f"Go{number}ris"
    assert f":gray[{number.replace('+', chr(92) + '+')}]" in escape(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u00adGoris", "\u00adGoris"),  # a stretch may begin within a word
        ("Goris \u00ad", "Goris ⟨U+00AD⟩"),  # but no word ends with it
        ("a\u00ad\u00adb", "a⟨U+00AD⟩⟨U+00AD⟩b"),
        ("☎\ufe0f\ufe0e\ufe01", "☎\ufe0f⟨U+FE0E⟩⟨U+FE01⟩"),  # one form is chosen; a row of them is a message
        ("ه\u200c\u200c\u200cا", "ه\u200c⟨U+200C⟩\u200cا"),
        ("🏴\U000e0067", "🏴⟨U+E0067⟩"),  # no flag
        ("tab\tand\u2028line", "tab\tand\u2028line"),  # white space
    ],
)
def test_what_belongs_to_no_word_is_shown(text, seen):
    assert visible(text) == seen


def test_signs_do_not_shift_what_is_lit():
    text = "\u202eShells\u200b fell near Go\u200bris\u202c on Tuesday"
    start = text.index("Go")
    source = markdown(text, 0, len(text), [Lit(start, start + 6, "place"), Lit(len(text) - 7, len(text), "time")])
    assert lit_parts(source) == [("orange-background", "Go⟨U+200B⟩ris"), ("blue-background", "Tuesday")]
    assert words(shown(unlit(source))) == words(text)


def test_many_signs_take_no_longer_than_many_letters():
    taken = []
    for length in (20_000, 80_000):
        start = time.process_time()
        escape("\u202e" * length)
        taken.append(time.process_time() - start)
    assert taken[1] < 12 * taken[0]  # four times the text; its square would be sixteen


@pytest.mark.parametrize(
    "text",
    [
        "write to news@example.org now",
        "mailto:desk.one+two@mail.example.org",
        "(a.b-c@x.example)",
        "_desk@example.org_",
        "xmpp:someone@example.org/room",
        "www.example.org and WWW.EXAMPLE.ORG/a?b=c",
        "_www.example.org",
        "http://example.org HTTPS://EXAMPLE.ORG ftp://example.org",
        "a@b@example.org @handle",
    ],
)
def test_no_address_becomes_a_link(text):
    test_what_the_page_replaces_stays_as_written(text)


# ---- what is lit


@pytest.mark.parametrize(
    ("text", "lit", "wanted"),
    [
        ("Shells fell near Goris.", [(17, 22, "place")], [("orange-background", "Goris")]),
        ("Goris", [(0, 5, "place")], [("orange-background", "Goris")]),
        (
            "near Goris on Tuesday",
            [(14, 21, "time"), (5, 10, "place")],
            [("orange-background", "Goris"), ("blue-background", "Tuesday")],
        ),
        ("Read more: Goris", [(0, 16, "furniture")], [("gray", "Read more: Goris")]),
        ("a *b* [c] d", [(2, 9, "place")], [("orange-background", "*b* [c]")]),  # marks inside stay text
        ("a\\ b", [(0, 2, "place")], [("orange-background", "a\\")]),  # a backslash at the end
        ("Vayots\nDzor", [(0, 11, "place")], [("orange-background", "Vayots"), ("orange-background", "Dzor")]),
        ("near Goris", [(5, 5, "place")], []),  # nothing
        ("near  Goris", [(4, 6, "place")], []),  # nothing but blanks
        ("near Goris", [], []),
    ],
)
def test_lit(text, lit, wanted):
    source = markdown(text, 0, len(text), [Lit(*stretch) for stretch in lit])
    assert lit_parts(source) == wanted
    assert words(shown(unlit(source))) == words(text)


SPANS = st.lists(
    st.tuples(st.integers(-5, 40), st.integers(-5, 60), st.sampled_from(["place", "time", "furniture"])), max_size=6
)


@settings(max_examples=300, deadline=None)
@given(TEXT, SPANS, st.integers(0, 20), st.integers(0, 60))
def test_overlapping_stretches_neither_lose_nor_repeat_a_letter(text, spans, start, end):
    start, end = min(start, len(text)), min(end, len(text))
    assume(start <= end)
    source = markdown(text, start, end, [Lit(*span) for span in spans])
    assert words(shown(unlit(source))).replace(" ", "") == words(text[start:end]).replace(" ", "")


def test_of_two_that_overlap_the_first_is_lit():
    text = "Lachin corridor and Goris"
    source = markdown(text, 0, len(text), [Lit(7, 19, "time"), Lit(0, 15, "place"), Lit(20, 25, "place")])
    assert [part for _, part in lit_parts(source)] == ["Lachin corridor", "Goris"]


def test_a_place_named_in_greyed_furniture_is_still_lit_or_greyed():
    text = "Read more: Goris"
    source = markdown(text, 0, len(text), [Lit(0, 16, "furniture"), Lit(11, 16, "place")])
    assert words(shown(unlit(source))) == text
    assert lit_parts(source)


def test_only_the_part_asked_for_is_shown():
    text = "Before. Goris lies here. After."
    source = markdown(text, 8, 24, [Lit(8, 13, "place"), Lit(0, 6, "place"), Lit(25, 30, "time")])
    assert words(shown(unlit(source))) == "Goris lies here."
    assert [part for _, part in lit_parts(source)] == ["Goris"]


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_no_text_forges_a_lit_stretch(text):
    source = markdown(text, 0, len(text))
    assert lit_parts(source) == []
    assert html.unescape(source) == source or "&" in text
