"""Attribution: who says which stretch of a text; what nobody is said to say is the narrator's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from corpus.attribution.attribution_frames import Part, read_cue
from corpus.attribution.noun_phrases import SentenceWords, is_speaker, open_words, phrase_before
from corpus.attribution.quotations import Span, find_quotations, quotation_at, quotations_to
from corpus.attribution.reporting_cues import Cue, find_cues
from corpus.attribution.sides import Side
from corpus.attribution.speakers import Cast, Speaker
from corpus.document import Document
from corpus.records import Mode, Passage, Statement
from geodata.sentences import LONGEST_SENTENCE

SHORTEST_QUOTATION = 24  # characters; a shorter one is a word of the narrator's in quotation marks
LONGEST = 2 * LONGEST_SENTENCE + 100  # characters of a statement: it lies in one passage, or in two side by side
NEAR = 240  # characters between two quotations of one speaker, where no cue says so

_TRIM = " \t\n\u00a0,;:-–—"
_MARKS = "“”\"«»`'‘’"
_DANGLING = re.compile(r"(?<![\s,;])[\s,;]+(?:but|and|while|who|which)\Z")
_COLON = re.compile(r"([A-Z][\w’'.-]{0,60}(?: [\w’'.-]{1,60}){0,4}): +(?=[“\"\w])")


def find_statements(document: Document, *, sides: Sequence[Side] = ()) -> list[Statement]:
    """Return who says what, in order of what is said; `sides` as `sides.find_sides` gives them."""
    text, passages = document.text, document.passages
    quotations = find_quotations(text, passages)
    cast = Cast(text, sides)
    places = {side.start for side in sides}
    statements: list[Statement] = []
    cues = [cue for cue in find_cues(document) if quotation_at(cue.start, quotations) is None]
    where = [cue.start for cue in cues]
    for passage in passages:
        if passage.furniture:
            continue
        first = len(statements)
        for span in passage.sentences:
            own = cues[bisect_left(where, span[0]) : bisect_left(where, span[1])]
            if own:
                statements += _of_sentence(text, SentenceWords(text, *span, places=places), own, span, quotations, cast)
            elif quotations:
                statements += _by_shape(text, span, quotations, cast, places)
        if len(passage.sentences) == 1 and len(statements) == first:
            statements += _headline(text, passage, cast)
        if quotations:
            statements += _carried_on(passage, quotations, statements, first, text)
    return sorted(statements, key=lambda s: (s.start, s.cue_start))


def statement_at(start: int, end: int, statements: Sequence[Statement]) -> Statement | None:
    """Return the innermost statement around a stretch, or None for the narrator's words.

    `statements` as `find_statements` gives them, in order.
    """
    first = bisect_left(statements, end - LONGEST, key=lambda statement: statement.start)
    last = bisect_right(statements, start, key=lambda statement: statement.start)
    around = [s for s in statements[first:last] if end <= s.end]
    return min(around, key=lambda s: s.end - s.start, default=None)


def _of_sentence(
    text: str, sentence: SentenceWords, cues: Sequence[Cue], span: Span, quotations: Sequence[Span], cast: Cast
) -> Iterator[Statement]:
    parts: list[Part] = []
    for cue in cues:
        part = read_cue(text, sentence, cue, quotations=quotations, adjectives=cast.adjectives, follows=bool(parts))
        if part is not None:
            parts.append(part)
    speaker: Speaker | None = None
    named: Span = span
    for number, part in enumerate(parts):
        if part.phrase is not None:
            phrase = part.phrase
            named = (sentence.start[phrase.low], sentence.end[phrase.high - 1])
            wide = (sentence.start[phrase.wide_low], sentence.end[max(phrase.wide_high, phrase.high) - 1])
            speaker = cast.meet(*named, wide)
        if speaker is None:
            continue
        limit = next(
            (p.clause for p in parts[number + 1 :] if p.clause > part.after and not _is_nested(sentence, p)), span[1]
        )
        for start, end in _contents(text, part, span[0], limit, quotations):
            yield from _statement(text, (start, end), speaker, named, part.cue, quotations)


def _statement(
    text: str, said: Span, speaker: Speaker, named: Span, cue: Span, quotations: Sequence[Span]
) -> Iterator[Statement]:
    mode: Mode = "direct" if _is_direct(*said, quotations) else "indirect"
    start, end = _trimmed(text, *said, direct=mode == "direct")
    if end - start > 1:
        yield Statement(start, end, speaker.text, speaker.name, speaker.side, *named, mode, text[cue[0] : cue[1]], *cue)


def _is_nested(sentence: SentenceWords, part: Part) -> bool:
    """Say whether a part belongs to what the part before it tells: '... when the minister called for calm'."""
    at = sentence.at(part.clause)
    return part.before or (
        at > 0 and part.phrase is not None and sentence.lower[at - 1] in open_words()["stops"] - {"but", "while"}
    )


def _contents(text: str, part: Part, floor: int, limit: int, quotations: Sequence[Span]) -> Iterator[Span]:
    """Yield what is said before the cue and what is said behind it."""
    if part.before:
        start, end = floor, part.clause
        for opened, closed in quotations_to(end, quotations):
            if end - 6 <= closed <= end and (opened <= start or not text[start:opened].strip(_TRIM)):
                start = opened  # the quotation may have begun sentences before
        yield start, end
    if part.after >= 0:
        begun = quotation_at(part.after, quotations) or quotation_at(part.after + 2, quotations)
        whole = begun is not None and begun[1] > limit and begun[0] - part.after <= 2
        yield part.after, begun[1] if begun is not None and whole else limit


def _by_shape(
    text: str, span: Span, quotations: Sequence[Span], cast: Cast, places: Collection[int]
) -> Iterator[Statement]:
    """Read a quotation that a speaker and any verb close: '"...," the ministry has settled.'."""
    last = bisect_left(quotations, span[1], key=lambda quotation: quotation[0]) - 1
    if last < 0 or not span[0] < quotations[last][1] < span[1]:
        return
    opened, closed = quotations[last]
    if text[closed - 2] not in ",?!" and text[closed] != ",":
        return
    rest = SentenceWords(text, closed, span[1], places=places)
    verb = len(rest) - 2
    if not (2 <= len(rest) <= 12 and rest.word[verb].islower() and rest.lower[verb].endswith(("ed", "es", "id"))):
        return
    phrase = phrase_before(rest, verb)
    if phrase is None or phrase.low > 1 or not is_speaker(rest, phrase.low, phrase.high):
        return
    named = (rest.start[phrase.low], rest.end[phrase.high - 1])
    speaker = cast.meet(*named, named)
    if speaker is not None:
        cue = (rest.start[verb], rest.end[verb])
        yield from _statement(text, (opened, closed), speaker, named, cue, quotations)


def _headline(text: str, passage: Passage, cast: Cast) -> Iterator[Statement]:
    """Read the colon of a headline: 'Baku: two soldiers hurt'."""
    match = _COLON.match(text, passage.start, passage.end)
    if match is None or text[passage.end - 1] in '.”"' or text.count(" ", match.end(), passage.end) < 2:
        return
    named = match.span(1)
    sentence = SentenceWords(text, *named)
    if not (cast.side_of(*named) or not open_words()["speakers"].isdisjoint(sentence.lower)):
        return
    speaker = cast.meet(*named, named)
    if speaker is not None:
        colon = (named[1], named[1] + 1)
        yield from _statement(text, (match.end(), passage.end), speaker, named, colon, ())


def _carried_on(
    passage: Passage, quotations: Sequence[Span], statements: Sequence[Statement], first: int, text: str
) -> list[Statement]:
    """Give the quotations of a passage that no cue attributes to the one who spoke last, if nobody came between."""
    found: list[Statement] = []
    first_inside, behind = (bisect_left(quotations, at, key=lambda q: q[0]) for at in (passage.start, passage.end))
    for opened, closed in quotations[first_inside:behind]:
        if closed - opened < SHORTEST_QUOTATION:
            continue
        spoken = [*statements[max(0, first - 2) :], *found]
        if any(s.start < closed and opened < s.end for s in spoken):
            continue
        last = next((s for s in reversed(spoken) if s.end <= opened + 2 and s.cue_start < opened), None)
        if last is None or not any(0 <= opened - start <= 1 for start, _ in passage.sentences):
            continue
        between = text[max(last.end, last.cue_end) : opened]
        near = len(between) < NEAR and between.count("\n\n") <= 1
        if near and (last.mode == "direct" or last.start >= passage.start):
            speaker = Speaker(last.speaker, last.name, last.side, True, "")
            named, cue = (last.speaker_start, last.speaker_end), (last.cue_start, last.cue_end)
            found += _statement(text, (opened, closed), speaker, named, cue, quotations)
    return found


def _is_direct(start: int, end: int, quotations: Sequence[Span]) -> bool:
    """Say whether a stretch is a quotation but for a word or two."""
    at = max(0, bisect_left(quotations, start, key=lambda quotation: quotation[1]))
    return any(
        min(end, closed) - max(start, opened) >= 0.8 * (end - start) for opened, closed in quotations[at : at + 3]
    )


def _trimmed(text: str, start: int, end: int, *, direct: bool) -> Span:
    """Return a stretch without its outer blanks and stops, and a quotation without its marks."""
    before = _TRIM + _MARKS if direct else _TRIM
    behind = before + "."
    while start < end and text[start] in before:
        start += 1
    while end > start and text[end - 1] in behind:
        end -= 1
    if text.startswith("that ", start, end):
        start += 5
    dangling = _DANGLING.search(text, start, end)
    return start, dangling.start() if dangling else end
