"""What stands around a word that attributes: who speaks, and on which side of it is what they say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.attribution.noun_phrases import Phrase, SentenceWords, is_speaker, open_words, phrase_after, phrase_before
from corpus.attribution.quotations import Span
from corpus.attribution.reporting_cues import QUOTES, Cue, claims_a_deed, ends_quotation, is_followed, what_follows

_STRONG = frozenset(["said", "says", "say", "told"])
_JOINED_BY = frozenset(["and", "but", "also", "then", "instead", ","])
_CLAUSE_ENDS = frozenset([",", "—", "–", "?", "!", "”", '"', "''", "..."])


@dataclass(slots=True)
class Part:
    """A cue with what was found around it; offsets are of the text, -1 for nowhere."""

    cue: Span
    phrase: Phrase | None  # who speaks; None: the one who speaks in the part before
    clause: int  # where the words that attribute begin
    after: int  # where what is said begins behind them
    before: bool  # what is said stands before them


@dataclass(slots=True)
class _Verb:
    """A verb of saying in its sentence."""

    text: str
    sentence: SentenceWords
    quotations: Sequence[Span]
    cue: Span
    verb: str
    first: int  # the word it is
    behind: int  # the word after it
    after: int = -1  # the word where what is said begins behind it
    sure: bool = False  # "that", a quotation mark or the like says so


def read_cue(
    text: str,
    sentence: SentenceWords,
    cue: Cue,
    *,
    quotations: Sequence[Span],
    adjectives: Collection[int],
    follows: bool,
) -> Part | None:
    """Return what stands around a cue of `find_cues`, None where nobody is said to say anything.

    `adjectives` is where the adjectives of countries end; `follows` says that the sentence has a part already, whose
    speaker "and added that ..." goes on with.
    """
    first, behind = sentence.at(cue.start), sentence.at(cue.end)
    if cue.kind == "according":
        return _according(sentence, cue.span, first, behind)
    verb = _Verb(text, sentence, quotations, cue.span, text[cue.start : cue.end], first, behind)
    if cue.kind in ("quoted", "quoting"):
        outer = phrase_before(sentence, first)
        phrase = outer if cue.kind == "quoted" else phrase_after(sentence, first + 1)
        if phrase is None or outer is None:
            return None
        begins = sentence.start[outer.low]
        before = outer.low > 0 and ends_quotation(text, begins, quotations)
        return Part(cue.span, phrase, begins, -1 if before else cue.end, before)
    if first >= len(sentence) or sentence.start[first] != cue.start or not sentence.word[first].islower():
        return None
    previous = _word_before(sentence, first)
    if previous in ("to", "not", "never", "n't") or previous.endswith(("n't", "n’t")):
        return None
    if previous in open_words()["be"] and not verb.verb.endswith("ing"):
        return _by_agent(verb)
    return _of_verb(verb, adjectives, follows)


def _of_verb(verb: _Verb, adjectives: Collection[int], follows: bool) -> Part | None:
    words, sentence, first = open_words(), verb.sentence, verb.first
    follower = words["with_word"].get(verb.verb)
    acts = verb.verb in words["act"] or (follower is not None and is_followed(sentence, verb.behind, follower))
    if follower and not acts and verb.verb not in words["say"]:
        return None
    if first and sentence.lower[first - 1] in open_words()["not_before"]:
        return None
    verb.after, verb.sure = what_follows(sentence, verb.behind, verb.verb)
    if verb.verb.startswith("claim") and (
        not _LIVES.isdisjoint(sentence.lower[verb.behind : verb.behind + 5]) or claims_a_deed(verb.text, verb.cue[1])
    ):
        return None  # "avalanches claimed three lives", "the group claimed the attack that killed nine"
    if verb.verb in words["noun"] and first and _is_noun(verb, adjectives):
        return None
    if verb.verb in words["say"] and not verb.verb.endswith("ing"):
        inverted = _inverted(verb)
        if inverted is not None:
            return Part(verb.cue, inverted, verb.cue[0], _second_half(sentence, inverted.wide_high), True)
    anything = verb.after >= 0
    guarded = verb.verb in words["guarded"]
    if not (verb.sure or acts or (verb.verb in words["bare"] and not guarded)):
        verb.after = -1
    part = _with_subject(verb, follows)
    if part is None or not part.before or part.after >= 0 or ends_quotation(verb.text, part.clause, verb.quotations):
        return part
    # "Earlier this week, the mayor declared an emergency": nothing is said before the comma.
    ends = verb.behind >= len(sentence) - 1 or _ends_there(sentence, verb.behind)  # "..., the agency estimates."
    if (
        (anything and verb.verb not in words["telling"])
        or (guarded and not ends)
        or _is_aside(sentence, sentence.at(part.clause))
    ):
        return None
    return part


_LIVES = frozenset(["life", "lives", "victim", "victims"])


def _with_subject(verb: _Verb, follows: bool) -> Part | None:
    words, sentence, first = open_words(), verb.sentence, verb.first
    before = sentence.lower[first - 1] if first else ""
    start = sentence.start[verb.after] if 0 <= verb.after < len(sentence) else -1
    phrase = phrase_before(sentence, first)
    if verb.verb.endswith("ing") and (before == "," or phrase is None or before not in words["be"] | _JOINED_BY):
        absolute = phrase is not None and phrase.low > 0 and sentence.lower[phrase.low - 1] == "with"
        if phrase is not None and before != "," and not absolute:
            return None
        phrase = phrase if absolute else None  # "with the government admitting 35 dead"
    if phrase is not None:
        return _subject_first(verb, phrase, start)
    if start < 0 or before not in _JOINED_BY or (before == "," and not verb.verb.endswith("ing")):
        return None  # "the decision, announced by the mayor"
    main = None if follows else _main_subject(sentence, first)
    return Part(verb.cue, main, verb.cue[0], start, False) if follows or main is not None else None


def _subject_first(verb: _Verb, phrase: Phrase, start: int) -> Part | None:
    """Read '... X said ...': what is said stands behind it, or before it, or on both sides."""
    sentence, words, low = verb.sentence, open_words(), phrase.low
    strong = verb.verb in _STRONG
    if not is_speaker(sentence, low, phrase.high):
        named = low == 0 and phrase.high == 1 and sentence.lower[0] not in words["no_names"]  # "Day said"
        closing = low > 2 and sentence.word[low - 1] == "," and verb.behind >= len(sentence) - 1
        if closing and verb.verb in words["say"] and sentence.lower[low] in words["determiners"]:
            pass  # "..., her employer said."
        elif not (strong and (named or sentence.lower[low] in ("a", "an", "one"))):
            return None
    begins = sentence.start[low]
    mark = sentence.word[low - 1] if low else ""
    if low and ends_quotation(verb.text, begins, verb.quotations):
        second = verb.after if verb.sure and sentence.word[verb.after] in QUOTES else _goes_on(verb)
        return Part(verb.cue, phrase, begins, sentence.start[second] if second >= 0 else -1, True)
    if low > 1 and mark == "," and not verb.sure and (second := _goes_on(verb, at_once=True)) >= 0:
        return Part(verb.cue, phrase, begins, sentence.start[second], True)
    clause_before = low > 2 and mark in _CLAUSE_ENDS
    if clause_before and verb.verb in words["telling"] and not verb.sure:
        return Part(verb.cue, phrase, begins, -1, True)
    if start >= 0:
        return Part(verb.cue, phrase, begins, start, False)
    if clause_before and verb.verb in words["say"]:
        return Part(verb.cue, phrase, begins, -1, True)
    if strong and low <= 2 and verb.behind < len(sentence) - 3 and sentence.lower[verb.behind] in open_words()["tails"]:
        return Part(verb.cue, phrase, begins, verb.cue[1], False)
    return None


def _inverted(verb: _Verb) -> Phrase | None:
    """Return the phrase behind the verb in "..., said the mayor of Lyon"."""
    sentence, first = verb.sentence, verb.first
    if first < 2 or verb.behind >= len(sentence):
        return None
    mark = sentence.word[first - 1]
    quoted = mark in ("”", "''", '"') or ends_quotation(verb.text, sentence.start[first], verb.quotations)
    if not quoted and mark not in (",", "—", "–"):
        return None
    phrase = phrase_after(sentence, verb.behind, also=frozenset(("at", "with")))
    if phrase is None or not is_speaker(sentence, phrase.low, phrase.high):
        return None
    following = sentence.lower[phrase.high] if phrase.high < len(sentence) else "."
    ends = (
        not following[0].isalnum()
        or following in open_words()["tails"]
        or following in open_words()["calendar"]
        or following in open_words()["after_speaker"]
    )
    return phrase if quoted or (ends and not (verb.sure and following not in (":", "“", '"'))) else None


def _according(sentence: SentenceWords, cue: Span, first: int, behind: int) -> Part | None:
    opens = all(word in ("but", "and", "however", "also", ",") for word in sentence.lower[:first])
    phrase = _source(sentence, behind, opens)
    if phrase is None or not is_speaker(sentence, phrase.low, phrase.high):
        return None
    return Part(cue, phrase, cue[0], sentence.end[phrase.wide_high - 1] if opens else -1, not opens)


def _source(sentence: SentenceWords, behind: int, opens: bool) -> Phrase | None:
    """Return whom 'according to' names, with a name or a description that follows in commas."""
    phrase = phrase_after(sentence, behind, also=frozenset(("in", "at", "by", "on")))
    if phrase is None or phrase.wide_high == phrase.high:
        return phrase
    high, wide, count = phrase.high, phrase.wide_high, len(sentence)
    # "the Prime Minister of Armenia, Nikol Pashinyan, ..." is one; "Baku, Yerevan slowed down" is two.
    closes = wide < count and sentence.word[wide] == ","
    named = all(word[0].isupper() for word in sentence.word[high + 1 : wide])
    office = not open_words()["speakers"].isdisjoint(sentence.lower[phrase.low : high])
    if closes and named and office and wide - high <= 5:
        return Phrase(phrase.low, wide, phrase.low, wide)
    described = sentence.word[high + 1].islower() and (closes or (not opens and wide >= count - 1))
    return phrase if described else Phrase(phrase.low, high, phrase.low, high)


def _by_agent(verb: _Verb) -> Part | None:
    """Read 'it was announced by the mayor that'."""
    sentence, behind = verb.sentence, verb.behind
    if behind >= len(sentence) or sentence.lower[behind] != "by":
        return None
    phrase = phrase_after(sentence, behind + 1)
    if phrase is None or not is_speaker(sentence, phrase.low, phrase.high):
        return None
    if phrase.high < len(sentence) and sentence.lower[phrase.high] == "that":
        return Part(verb.cue, phrase, verb.cue[0], sentence.end[phrase.high], False)
    be = max(0, verb.first - 2 if sentence.lower[max(0, verb.first - 1)] == "been" else verb.first - 1)
    return Part(verb.cue, phrase, sentence.start[be], -1, True)


def _main_subject(sentence: SentenceWords, verb: int) -> Phrase | None:
    """Return the first phrase of a sentence if it names a speaker: who '... was quick to answer, saying that'."""
    words, low = open_words(), 0
    if sentence.lower[0] in words["prepositions"] or sentence.lower[0] in words["stops"]:
        low = next((i + 1 for i in range(verb) if sentence.word[i] == ","), 0)
    phrase = phrase_after(sentence, low)
    if phrase is None:
        return None
    if sentence.lower[low] in words["pronouns"]:
        phrase = Phrase(low, low + 1, low, low + 1)
    for i in range(low, phrase.high):
        word = sentence.word[i]
        if word.islower() and (word.endswith("ed") or word in words["say"]):
            phrase = Phrase(low, i, low, i)
            break
    return phrase if low < phrase.high < verb and is_speaker(sentence, low, phrase.high) else None


def _is_noun(verb: _Verb, adjectives: Collection[int]) -> bool:
    """Say whether 'claims', 'reports' and the like are things here: 'Armenian claims', 'the first 32 death claims'."""
    sentence, first = verb.sentence, verb.first
    if sentence.end[first - 1] in adjectives or sentence.word[first - 1].endswith(("'s", "’s", "s'", "s’")):
        return True
    ends = verb.behind >= len(sentence) - 1 and sentence.word[-1] == "."
    return not (verb.sure or ends) and first > 2


def _goes_on(verb: _Verb, *, at_once: bool = False) -> int:
    """Return the word where what is said goes on behind '..., he said, and ...', -1 when it does not."""
    sentence, behind = verb.sentence, verb.behind
    if behind + 2 < len(sentence) and sentence.word[behind] == ",":
        follower = sentence.lower[behind + 1]
        if follower in QUOTES or follower in ("and", "but") or (at_once and not follower.endswith(("ing", "ly"))):
            return behind + 1
    return -1


def _second_half(sentence: SentenceWords, at: int) -> int:
    """Return where a quotation goes on behind '..., said the mayor, "...', -1 when it does not."""
    for i in range(at, min(len(sentence) - 1, at + 8)):
        if sentence.word[i] in ("“", '"', "``"):
            return sentence.start[i]
        if sentence.word[i] in (".", ";"):
            break
    return -1


def _word_before(sentence: SentenceWords, first: int) -> str:
    """Return the last word before the verb that is no adverb."""
    adverbs = open_words()["adverbs"]
    for i in range(first - 1, max(-1, first - 4), -1):
        if sentence.lower[i] not in adverbs and not sentence.lower[i].endswith("ly"):
            return sentence.lower[i]
    return ""


def _ends_there(sentence: SentenceWords, behind: int) -> bool:
    """Say whether only where something was written stands behind a verb: "..., the agency wrote on its channel."."""
    rest = sentence.lower[behind:-1]
    return 1 < len(rest) <= 5 and rest[0] in ("on", "in", "via") and all(word[0].isalnum() for word in rest)


def _is_aside(sentence: SentenceWords, high: int) -> bool:
    """Say whether the words before the speaker are too few to be a clause: 'On March 4,'."""
    words = open_words()
    return high < 4 or (high < 9 and (sentence.lower[0] in words["prepositions"] or sentence.lower[0] in words["when"]))
