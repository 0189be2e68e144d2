"""Page furniture: what is marked, what must not be."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.ingest.furniture import LONGEST_LINE, find_furniture, furniture_at, script_of

SEEDS = Path(__file__).parents[3] / "shared"
AKISMET = "This site uses Akismet to reduce spam."
BODY = "Rain fell in the hills above Lakeside on Tuesday, and the road to Millbrook was cut in three places."


def marked(text):
    """Return the pieces of a text that are furniture."""
    return [text[f.start : f.end] for f in find_furniture(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Home » Storm over Lakeside",
        "Home > News > World",
        "News » World » Storm over Lakeside",
        "See also  What to do with an old umbrella?",
        "Read More: Storm over Millbrook",
        "READ MORE",
        "Also read: Storm over Millbrook",
        "Related: Storm over Millbrook",
        "Previous articleLakeside. A bank fails",
        "Next articleMillbrook Bank and its story",
        "Previous article: A bank fails",
        "You may also like",
        "Leave a Comment",
        "Leave a Reply Cancel reply",
        "Add Comment",
        "12 Comments",
        "Comments are closed.",
        "This website uses cookies to improve your visit. You may opt-out at any time. Accept Read More",
        "We use cookies to give you the best experience.",
        f"{AKISMET} Learn how your comment data is processed.",
        "Privacy & Cookies Policy",
        "Thank you for reading this.",
        "Our community has over 9,000 members.",
        "Sign up for our exclusive stories.",
        "To read premium content, subscribe for only €2/month.",
        "Support us by sharing our publications!",
        "Subscribe to our newsletter",
        "Get the latest news in your inbox",
        "Already a subscriber? Log in",
        "© Copyright 2022 – Lakeside Post",
        "Copyright 2022 The Lakeside Post. All rights reserved.",
        "Share",
        "Facebook Twitter WhatsApp",
        "Share on Facebook",
        "Share this article",
        "Follow us on Telegram",
        "Click to share on Twitter (Opens in new window)",
        "ADVERTISEMENT",
        "Article continues below this ad",
        "Skip to main content",
        "Tags: Lakeside, Millbrook",
        "The views expressed in this article are the author’s own.",
    ],
)
def test_marks_a_line_of_furniture(line):
    assert marked(f"{BODY}\n\n{line}\n\n{BODY} It went on.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ann Lee / Lakeside Post",  # a credit
        "Lakeside - The mayor speaks to the press in Millbrook, May 1, 2022.",  # a caption
        "International Response",  # a heading
        "See also in this matter the ruling of the court in Millbrook, which was made in May.",
        "Home to 5,000 people, Lakeside lies on the river.",
        "Share prices in Lakeside fell on Tuesday.",
        "Read more books, the minister told pupils in Lakeside.",
        "Support for the mayor has fallen in Millbrook.",
        "Subscribers of the water company in Lakeside were cut off.",
        "To receive aid, people must register with the office in Lakeside.",
        "The law on copyright was passed in Millbrook in 2022.",
        "Print shops in Lakeside closed, and Facebook was blocked.",
        "Related to this, two men were held in Lakeside.",
        "Next, the minister flew to Millbrook.",
        "Previous talks in Lakeside had failed.",
        "Thank you for coming to Lakeside, the mayor told the guests.",
        "Comments by the mayor of Millbrook angered Lakeside.",
        "By using this road, drivers reach Lakeside in an hour.",
        "Leave the town at once, the army told Millbrook.",
        "Contribute to peace in Lakeside, the bishop said.",
        "Follow the road to Millbrook.",
        "see also the mayor of Lakeside",  # the middle of a wrapped sentence
        "Yes.",
        "Advertisements for the Lakeside fair were torn down.",
    ],
)
def test_leaves_reporting_alone(line):
    assert marked(f"{BODY}\n\n{line}\n\n{BODY} It went on.") == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        # a caption printed twice: the first copy is content
        ("The mayor speaks in Millbrook.\nThe mayor speaks in Millbrook.\n" + BODY, ["The mayor speaks in Millbrook."]),
        ("Storm over Lakeside\n\nby admin\nStorm over Lakeside\n\n" + BODY, ["Storm over Lakeside"]),
        ("Yes.\nNo.\nYes.\n" + BODY, []),  # short answers repeat
        # glued to the last sentence
        (BODY + "Copyright 2022 The Post. All rights reserved.", ["Copyright 2022 The Post. All rights reserved."]),
        (
            BODY + "Previous articleBank fails in Lakeside Next articleUSA. A race",
            ["Previous articleBank fails in Lakeside", "Next articleUSA. A race"],
        ),
        # the links below a heading of links, but not the heading of the paragraph after them
        (
            f"{BODY}\nRelated articles\nBank fails in Lakeside\nMillbrook votes again\nReaction abroad\n{BODY} More.",
            ["Related articles", "Bank fails in Lakeside", "Millbrook votes again"],
        ),
        (f"{BODY}\nYou may also like\nBank fails in Lakeside", ["You may also like", "Bank fails in Lakeside"]),
        # a header in another script, and a quotation in another script
        ("Հղումներ\n\n" + BODY, ["Հղումներ"]),
        (f"{BODY}\n{BODY} 1\n{BODY} 2\n{BODY} 3\n{BODY} 4\nЭто дождь\n" + "\n".join(BODY + c for c in "abcde"), []),
    ],
)
def test_marks_copies_glued_lines_and_lists(text, pieces):
    assert [p for p in marked(text) if p.strip()] == pieces


@pytest.mark.parametrize(
    ("text", "script"),
    [("Lakeside", "Latin"), ("Երևան", "Armenian"), ("Москва", "Cyrillic"), ("123 – …", ""), ("ab бв", "")],
)
def test_names_the_script(text, script):
    assert script_of(text) == script


def test_spans_are_sorted_apart_and_inside_the_text():
    text = "\n".join([BODY, "Share", "Share", "Read more: Read more", "© 2022 X. All rights reserved.", BODY] * 5)
    found = find_furniture(text)
    assert all(0 <= a.start < a.end <= b.start for a, b in pairwise(found))
    assert found[-1].end <= len(text)
    assert furniture_at(found[1].start, found[1].end, found) == found[1]
    assert furniture_at(0, 5, found) is None
    assert furniture_at(0, 5, []) is None


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "© " * 50_000,
        "Previous article" * 6_000,
        "Previous articleA " * 6_000,
        "Home » " * 15_000,
        "Share\n" * 20_000,
        "Share, " * 80,
        "All rights reserved" * 5_000,
        "Copyright 2022 " * 7_000,
        ("Our free daily " * 60)[: LONGEST_LINE - 1],
        " \n" * 50_000,
        "Thank you for being one of our " * 18,
    ],
)
def test_hostile_text_is_read_in_linear_time(text):
    find_furniture(text)  # quadratic work here would take minutes


def test_all_furniture_mentions_of_the_originals_and_no_others():
    gold = SEEDS / "gold" / "seeds" / "seed_mentions.csv"
    if not gold.is_file():
        pytest.skip("the original articles and their gold are not part of the repository")
    with gold.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong, furniture = [], {}
    for row in rows:
        if row["file"] not in furniture:
            text = (SEEDS / "articles" / row["file"]).read_bytes().decode()
            furniture[row["file"]] = find_furniture(text)
        start, end = int(row["char_start"]), int(row["char_end"])
        inside = furniture_at(start, end, furniture[row["file"]]) is not None
        if inside != (row["kind"] == "boilerplate"):
            wrong.append(row)
    assert len(rows) > 300
    assert wrong == []
