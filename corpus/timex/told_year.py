"""Give a month without a year, in news, the year that its clause, its sentence or the story is in."""

from __future__ import annotations

from corpus.timex.clock import LONG_SENTENCE, Clock, Told, direction, sentence_ends, tells_of_earlier
from corpus.timex.grammar import Found
from geodata.words import reporting_verbs

FAR = 2  # years before publication: a day of then is no day of news
TURN = 6  # months: "In November 2020 it was signed; in February it broke" goes on in the next year


def told_year(found: Found, clock: Clock, month: int) -> int | None:
    """Return the year that "In 1992 the town fell in May" or "In April 2016 it began; in July it went on" tells of.

    "He said in May", "in May, after the war had ended in 2020" and what lies ahead are of another time than the year
    they stand beside.
    """
    told = clock.told
    if told is None or clock.anchor is None or told.year > clock.anchor.year:
        return None
    is_far = told.month is not None and told.month <= month and clock.anchor.year - told.year >= FAR
    if not _is_same_story(found, told.first, told.last, is_far=is_far) or direction(found) > 0 or _is_saying(found):
        return None
    if tells_of_earlier(found):
        return None
    turned = told.month is not None and told.month - month >= TURN
    year = told.year + (turned and (told.year + 1, month) <= (clock.anchor.year, clock.anchor.month))
    is_new = any(sentence_ends(found, i) for i in range(told.last, found.first))
    clock.told = Told(year, month, found.first if is_new else told.first, found.last)  # the story goes on from here
    return year


def _is_same_story(found: Found, first: int, last: int, *, is_far: bool) -> bool:
    tokens = found.tokens
    if found.first < last or found.first - last > LONG_SENTENCE:
        return False
    ends = [i for i in range(last, found.first) if sentence_ends(found, i)]
    if len(ends) > 1 + is_far or any("\n" in tokens.words[i] for i in ends):
        return False
    between = range(last, found.first)
    if any(tokens.classes(i) & {"day_word", "ago"} for i in between):
        return False
    if ends and is_far:  # an account of what was long ago goes on, unless something says that it is over
        return not any(tokens.classes(i) & {"reference", "perfect", "is_now"} for i in range(last, found.first + 12))
    if ends:  # the sentence before: only one that begins with its year, and where this one begins with its month
        return (
            _opens(found, first - 1)
            and _opens(found, found.first - 1)
            and not any(tokens.classes(i) & {"reference", "perfect"} for i in range(ends[0], found.first + 12))
        )
    parted = any(tokens.classes(i) & {"comma", "colon"} for i in between)
    return not (parted and _is_aside(found, first)) and not (parted and _opens_aside(found, between))


def _opens(found: Found, i: int) -> bool:
    """Say whether token `i` is the preposition that a sentence begins with."""
    return "dating" in found.tokens.classes(i) and sentence_ends(found, i - 1)


def _is_aside(found: Found, first: int) -> bool:
    """Say whether a clause beside the main one holds the year: "after the war ended in 2020, ..."."""
    tokens, i = found.tokens, first - 1
    while not sentence_ends(found, i) and not tokens.classes(i) & {"comma", "colon"}:
        if "opens_aside" in tokens.classes(i):
            return True
        i -= 1
    return False


def _opens_aside(found: Found, between: range) -> bool:
    """Say whether what follows the year speaks again of now: ", which has ..."."""
    return any("perfect" in found.tokens.classes(i) for i in between)


def _is_saying(found: Found) -> bool:
    """Say whether a verb of reporting stands right before: "he said in May"."""
    tokens = found.tokens
    return any(tokens.word(found.first - i) in reporting_verbs("dates") for i in (1, 2, 3))
