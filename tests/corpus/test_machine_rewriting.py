"""Signs of machine translation and rewriting, and texts that have none."""

import json

import pytest

from corpus.provenance.machine_rewriting import find_hints, looks_rewritten
from geodata.text import Text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # quantities
        ("In the clash there died near of a hundred soldiers.", "near of a hundred"),
        ("They sent two thousand of soldiers.", "two thousand of soldiers"),
        # an abbreviation of another language beside the English one
        ("The North Atlantic alliance (NATO) met. The OTAN chief spoke.", "OTAN"),
        # the letters of a body that the text itself spells out, in another order
        ("The Treaty of Eastern Roads Organisation (TERO) met. OERT members left.", "OERT"),
        # a noun left over
        ("A way to calm things was suggested—the vacation.", "was suggested—the vacation."),
        # fixed names in other words
        ("The Unfamiliar Minister spoke to the UN Safety Council.", "Unfamiliar Minister"),
    ],
)
def test_a_sign_gives_the_badge(text, words):
    hints = find_hints(Text(text))
    assert words in [hint.text for hint in hints if hint.weight]
    assert looks_rewritten(hints)
    assert all(text[hint.start : hint.end] == hint.text and hint.reason for hint in hints)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # slips of the pen: shown, but no badge, however many
        ("It was the the last day, and in in the end it rained.", ["the the", "in in"]),
        (
            "Armenian troops left. Armenian police stayed. An Armenian court met. The Armenrian flag flew.",
            ["Armenrian"],
        ),
        ("Azerbaijani one. Azerbaijani two. Azerbaijani three. The azerbaijani flag flew.", ["azerbaijani"]),
        # two spellings of a name are no slip
        ("Pashinyan spoke. Pashinyan left. Pashinyan slept. Pashinian rose.", []),
        # an ending makes another word
        ("Armenia won. Armenia lost. Armenia drew. The Armenian flag flew.", []),
        # one weak sign alone
        ("It rained, according to spokesman for the Defence Ministry Bob Hill.", ["according to spokesman for the D"]),
        # ordinary English that comes near
        ("Hundreds of soldiers died near the border, and more of them fled.", []),
        ("Data were collected by the agency. He had had enough; it was that that hurt.", []),
        ("NATO and the EU met the UN in Geneva.", []),
        ("", []),
    ],
)
def test_no_badge(text, words):
    hints = find_hints(Text(text))
    assert [hint.text for hint in hints] == words
    assert not looks_rewritten(hints)


def test_the_originals(shared):
    badged = {
        file.name[:3]
        for file in (shared / "articles").glob("*.txt")
        if looks_rewritten(find_hints(Text(file.read_text("utf-8"))))
    }
    assert badged == {"001", "004"}


def test_news_by_people_has_no_badge(shared):
    corpus = shared / "gold" / "dev" / "lgl.jsonl"
    if not corpus.is_file():
        pytest.skip(f"needs {corpus}, which is not part of the repository")
    texts = [json.loads(line)["text"] for line in corpus.open(encoding="utf-8")]
    assert len(texts) >= 300
    assert sum(looks_rewritten(find_hints(Text(text))) for text in texts) <= len(texts) // 200
