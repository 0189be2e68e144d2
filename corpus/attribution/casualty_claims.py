"""The ledger of claims: numbers of dead, wounded, captured, displaced, each as somebody gives it; never added up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.attribution.claim_patterns import (
    PAIR,
    after_pattern,
    befalls_after,
    befalls_before,
    before_pattern,
    caution_pattern,
    claim_keywords,
    claim_words,
    hedge_pattern,
    phrase_patterns,
)
from corpus.attribution.counts import ALONE, NUMBER, value_of
from corpus.attribution.denials import is_denied
from corpus.attribution.single_victims import joined_victim, single_victims
from corpus.attribution.statements import statement_at
from corpus.attribution.uncounted import NUMBER as UNCOUNTED
from corpus.attribution.uncounted import uncounted_losses
from corpus.document import Document
from corpus.records import Claim, Statement, Wording
from geodata.sentences import Span

_MONTH_OR_NAME = re.compile(
    r"(?:\b[A-Z][\w.]{0,16}|\bage|#|\bNo\.?|\b(?:father|mother|parent|boy|girl|child|youth|man|woman) of) $"
)


def find_claims(document: Document, statements: Sequence[Statement]) -> list[Claim]:
    """Return the claims of a text in order; `statements` as `find_statements` gives them."""
    tokens = document.tokens
    told = {document.sentence_at(tokens.start[i]) for i in tokens.find(claim_keywords())}
    return [
        claim
        for sentence in sorted(told)
        if not document.is_furniture(*sentence)
        for claim in _in_order(document.text, sentence, statements)
    ]


def _in_order(text: str, sentence: Span, statements: Sequence[Statement]) -> list[Claim]:
    """Return the claims of a sentence: its numbers, and single victims where no number stands."""
    counted = list(_of_sentence(text, sentence, statements))
    for one in single_victims(text, sentence):
        if not any(one.start < claim.end and claim.start < one.end for claim in counted):
            by = statement_at(one.start, one.end, statements)
            befell, caution = (one.what, one.whom), _caution(text, sentence)
            counted.append(Claim(one.start, one.end, 1, 1, *befell, "exact", "", caution, by, sentence, number="one"))
    for claim in list(counted):
        other = joined_victim(text, claim.end, sentence[1])
        if other and not any(other.start < each.end and each.start < other.end for each in counted):
            span = (other.start, other.end, 1, 1, claim.what, other.whom)
            counted.append(Claim(*span, "exact", "", claim.caution, claim.statement, sentence, number="one"))
    for some in uncounted_losses(text, sentence):
        if not any(some.start < claim.end and claim.start < some.end for claim in counted):
            by, least = statement_at(some.start, some.end, statements), (some.start, some.end, 1, None)
            counted.append(Claim(*least, some.what, some.whom, "in words", "", "", by, sentence, number=UNCOUNTED))
    kept = (claim for claim in counted if not is_denied(text, sentence, (claim.start, claim.end)))
    return sorted(kept, key=lambda claim: claim.start)


def _of_sentence(text: str, sentence: Span, statements: Sequence[Statement]) -> Iterator[Claim]:
    before: Claim | None = None
    for match in _numbers(text, sentence):
        hedge, wording, start = _hedge(text, sentence[0], match.start())
        if not hedge and _is_label(text, sentence[0], match):
            continue
        found = _behind(text, match.end(), sentence[1], match)
        if match[0].lower() in ALONE:
            if not found or found[1]:
                continue
        else:
            led = None if found and (found[1] or not _names_people(text, found[2])) else (text, sentence, start)
            found = (led and _in_front(*led, match.end())) or found  # "the killing of 22 prisoners"
        bare = text[match.end() : match.end() + 1] in ".,;"
        if not found and bare and before and _FIGURE.search(text, max(sentence[0], start - 40), start):
            found = (before.what, "", match.end())  # "Kyiv lost 300 men; Moscow put the figure at 4,000"
        aside = text.startswith(" of them", match.end())  # "four people, two of them children, were killed"
        if found is None and not aside and before is not None and _JOINED.fullmatch(text, before.end, start):
            whom = _whom(text, match.end(), sentence[1])
            found = (before.what, whom[0], whom[1]) if whom[0] else None
        if found is None:
            continue
        what, whom_text, end = found
        low, high = value_of(match)
        if wording == "exact" and match["low"]:
            wording = "between"
        elif wording == "exact" and match["vague"] and high is not None:
            wording = "about"
        if wording == "at most":
            low = 0
        elif wording == "at least":
            high = None
        if (match["vague"] or match["few"]) and value_of(match)[1] is None:
            wording = "in words"
        counted = (start, end, low, high, what, whom_text, wording, hedge, _caution(text, sentence))
        by = _claimant(text, match.span(), statements)
        number = re.sub(r"^between | of$", "", match[0].strip(), flags=re.IGNORECASE)
        before = Claim(*counted, by, sentence, number=number)
        yield before


def _claimant(text: str, number: Span, statements: Sequence[Statement]) -> Statement | None:
    """Return who gives a number: not those who only spoke about what it is told of ("of clashes in which 9 died")."""
    by = statement_at(*number, statements)
    aside = by and text[by.cue_start : by.cue_end] in _TOPIC and _RELATIVE.search(text, by.start, number[0])
    return None if aside else by


_TOPIC = frozenset({"spoke", "speaks", "speaking", "talked", "talks", "talking", "discussed"})
_RELATIVE = re.compile(r"\b(?:in|during|after) which |, which ")


def _numbers(text: str, sentence: Span) -> Iterator[re.Match[str]]:
    """Yield the numbers of a sentence; of a toll that went "from 54 to 47" the second."""
    for match in NUMBER.finditer(text, *sentence):
        revised = match["low"] and _REVISED.search(text, max(sentence[0], match.start() - 60), match.start())
        yield (revised and NUMBER.match(text, match.start("high"), sentence[1])) or match


_FIGURE = re.compile(
    r"\b(?:the|that|its|their) (?:real |true |actual )?(?:figure|number|count|total) (?:at|was|is|to) $"
    r"|\b(?:spoke|speaks|speaking|talks|talked) of $"
)
_REVISED = re.compile(r"\b(?:toll|number|figure|count|tally)\b[\w ,-]{0,40} from $", re.IGNORECASE)
_JOINED = re.compile(
    r"[\s,]{0,40}(?:and|,|along with|together with|as well as)\s+(?:of )?"
    r"(?:another |a further |an additional |other |all (?:of )?(?:the )?)?",
    re.IGNORECASE,
)


def _hedge(text: str, floor: int, start: int) -> tuple[str, Wording, int]:
    """Return the hedge before a number, what it makes of it, and where the claim begins."""
    begin = start
    further = _FURTHER.search(text, max(floor, start - 16), start)
    if further:
        begin = further.start()
    match = hedge_pattern().search(text, max(floor, begin - 24), begin)
    if match is None or match.lastgroup is None:
        return "", "exact", begin
    return match[0].strip(), _WORDINGS[match.lastgroup], match.start()


_FURTHER = re.compile(r"\b(?:another|a further|an additional|a total of) $", re.IGNORECASE)
_WORDINGS: dict[str, Wording] = {"h0": "at least", "h1": "at most", "h2": "about"}


def _is_label(text: str, floor: int, match: re.Match[str]) -> bool:
    """Say whether a number is a day, a road or a flight: 'August 7', 'Highway 9'."""
    named = _MONTH_OR_NAME.search(text, max(floor, match.start() - 16), match.start())
    if named is None or named[0].strip() in claim_words()["words"]["free"]:
        return False
    if named[0].lower() == "no ":
        return True  # "no one was hurt"
    return match[0][0].isdigit() or named[0].endswith(" of ")  # "In Lyon three were killed"


def _names_people(text: str, end: int) -> bool:
    """Say whether the last word of a stretch names people: "prisoners"."""
    return text[:end].rpartition(" ")[2].lower() in claim_words()["words"]["people"]


def _behind(text: str, at: int, limit: int, number: re.Match[str]) -> tuple[str, str, int] | None:
    """Read '49 of its soldiers were killed', '280 soldiers dead', '12 deaths'."""
    match = after_pattern().match(text, at, limit)
    if (match is None or not match["be"]) and (pair := PAIR.match(text, at, limit)):
        both = after_pattern().match(text, pair.end(), limit)
        if both and not both["whom"] and _counts_people(pair["first"].split()[-1]):
            return _befell(both["what"].lower()), pair["first"].strip(), pair.end("first")
    if match is None:
        return None
    whom, word = match["whom"].strip(), match["what"].lower()
    if not whom and re.fullmatch(r"(?:19|20)\d\d", number[0]):
        return None
    if whom and (not _counts_people(whom) or whom.split()[0].lower() in claim_words()["words"]["units"]):
        return None
    later = after_pattern().match(text, match.end("what"), limit) if word in claim_words()["words"]["people"] else None
    if later and later["be"] and not later["whom"]:  # "70 prisoners were executed"
        whom, word, match = text[at : match.end("what")].strip(), later["what"].lower(), later
    if word in ("bodies", "corpses") and not (
        _BROUGHT.match(text, match.end(), limit) or _FINDING.search(text, max(0, number.start() - 40), number.start())
    ):
        return None
    following = _NEXT.match(text, match.end(), limit)
    later_words = re.findall(r"\w+", text[match.end() : min(limit, match.end() + 40)].lower())[:3]
    if word in claim_words()["words"]["nouns"] and not claim_words()["words"]["undone"].isdisjoint(later_words):
        return None  # "60 prisoners were freed"
    before = text[max(0, number.start() - 16) : number.start()].lower().split()[-1:]
    if word in claim_words()["words"]["nouns"] and not claim_words()["words"]["undone"].isdisjoint(before):
        return None  # "it freed 60 prisoners"
    plain = word not in befalls_after() or word in claim_words()["words"]["nouns"] | claim_words()["words"]["plain"]
    if not match["be"] and not plain and _OBJECT.match(text, match.end(), limit):
        return None  # "12 soldiers killed the guard"
    if word == "taken" and not text.startswith((" prisoner", " hostage", " captive"), match.end()):
        return None
    if word == "dead" and following:
        low = following[1].lower()
        if low not in claim_words()["words"]["ends"] and low not in claim_words()["words"]["people"]:
            return None  # "two dead young owls"
    what = _befell(word)
    if not whom:
        return what, "", match.end("what")
    counted, end = _whom(text, at, at + text[at:].index(whom) + len(whom))
    return (what, counted, end) if counted else (what, whom, at + text[at:].index(whom) + len(whom))


def _befell(word: str) -> str:
    """Return what a word or a phrase behind a number says."""
    if word in befalls_after():
        return befalls_after()[word]
    if word in ("bodies", "corpses"):
        return "killed"
    return next(what for what, phrase in phrase_patterns() if phrase.fullmatch(word))


# Of bodies only those that are found count.
_FOUND = r"(?:received|counted|found|pulled|recovered|retrieved|dug|brought|discovered|unearthed|exhumed|collected)"
_BROUGHT = re.compile(rf"\s(?:were|was|had been|have been|are)\s{_FOUND}\b")
_FINDING = re.compile(rf"\b{_FOUND}(?: (?:up|out))?(?: [\w ]{{2,16}})? $")
_OBJECT = re.compile(r"\s{1,40}(?:a|an|the|his|her|its|their|him|them|at least|more than|\d|one|two|three|four|five)\b")


def _in_front(text: str, sentence: Span, start: int, at: int) -> tuple[str, str, int] | None:
    """Read 'killed at least 12 people', 'the death of 49 soldiers', 'the toll rose to 224'."""
    match = before_pattern().search(text, max(sentence[0], start - 110), start)
    if match is None:
        return None
    whom, end = _whom(text, at, sentence[1])
    word = (match["verb"] or "").lower()
    if word and _UNREAL.search(text, max(sentence[0], match.start() - 12), match.start()):
        return None  # "could kill millions"
    words = claim_words()["words"]
    if match["down"]:
        return "killed", whom, end
    if match["noun"] or match["toll"] or match["row"] or match["own"]:
        what = _what_noun(match["noun"] or match["toll"] or match["row"] or match["own"])
        if (match["noun"] or "").lower() == "loss" and not whom:
            return None  # "the loss of 50 jobs"
        return what, whom, end
    if word in words["needing"] and words["troops"].isdisjoint(whom.lower().split()):
        return None
    following = _NEXT.match(text, at, sentence[1])
    if not whom and following and following[1].lower() not in claim_words()["words"]["ends"]:
        return None  # "killed 12 deer"
    return befalls_before()[word], whom, end


_UNREAL = re.compile(r"\b(?:(?:could|can|may|might|would|will|not|never)(?: have)?|to) $")  # "said to have" is told
_NEXT = re.compile(r"\s{1,40}([\w'-]+)")


def _what_noun(word: str) -> str:
    found: str = next(what for stem, what in claim_words()["before_nouns"].items() if word.lower().startswith(stem))
    return found


def _whom(text: str, at: int, limit: int) -> tuple[str, int]:
    """Return those who are counted, and where they end: the shortest run of words that ends in people."""
    match = _GROUP.match(text, at, limit)
    if match is None:
        return "", at
    run = list(_BLACK.finditer(text, *match.span()))
    for count in range(1, len(run) + 1):
        last = run[count - 1][0]
        if last.lower() in claim_words()["words"]["people"] or _is_people(last):
            words = " ".join(word[0] for word in run[:count])
            return words.removeprefix("of "), run[count - 1].end()
    return "", at


_GROUP = re.compile(r"(?:\s{1,40}[\w’'-]+){1,5}")
_BLACK = re.compile(r"\S+")


def _is_people(word: str) -> bool:
    """Say whether a capital and a plural make a people: 'Azeris', 'Americans'."""
    return word[0].isupper() and word.endswith("s") and len(word) > 3 and not word.endswith(("'s", "’s", "ss"))


def _counts_people(whom: str) -> bool:
    people = claim_words()["words"]["people"]
    return whom.strip() in ("of them", "others", "more", "in all") or any(
        word.lower() in people or _is_people(word) for word in whom.split()
    )


def _caution(text: str, sentence: Span) -> str:
    match = caution_pattern().search(text, *sentence)
    return match[0] if match else ""
