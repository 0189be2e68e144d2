"""Tell which corrections no longer fit: their text changed or is gone, or nobody knows their place any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from corpus.corrections.file import NAME
from corpus.corrections.places import entries_of
from corpus.corrections.replay import in_force
from corpus.corrections.table import OF_ARTICLE
from corpus.records import Article, Correction
from geodata.gazetteer import Gazetteer

NEAR = 200  # letters that words may have moved by where they stand more than once
SHOWN = 40  # letters of the words in a message


class Misfit(NamedTuple):
    """A correction that changes nothing, why, and where its words stand now where that is beyond doubt."""

    correction: Correction
    why: str
    now: tuple[str, int] | None = None  # the print of the text, and where they begin in it


def unfit(rows: Iterable[Correction], texts: Iterable[Article], gazetteer: Gazetteer) -> Iterator[Misfit]:
    """Yield the corrections in force that do not fit these texts or this gazetteer, in their order."""
    known: dict[str, Article] = {}
    by_file: dict[str, Article] = {}
    by_name: dict[str, list[Article]] = defaultdict(list)
    for article in texts:
        known[article.print] = by_file[article.file] = article
        by_name[PurePosixPath(article.file).name].append(article)
    for each in in_force(rows):
        own = known.get(each.text)
        if own is None and each.scope != "corpus":
            namesakes = by_name[PurePosixPath(each.file).name]
            changed = by_file.get(each.file) or (namesakes[0] if len(namesakes) == 1 else None)
            yield _moved(each, changed) if changed else Misfit(each, f"no article here has the text of {each.file}")
        elif own is not None and each.what not in OF_ARTICLE and own.text[each.start : each.end] != each.words:
            yield Misfit(each, f"other words stand there in {own.file}: the row itself was changed")
        elif entries_of(places_of(each), each.words, gazetteer) is None:
            way_out = "add the pack or the row of places.csv again that had it"
            yield Misfit(each, f"no place is known by {places_of(each)} ({each.means}); {way_out}")


def told_of(rows: Iterable[Correction]) -> Callable[[str, str], bool]:
    """Return what tells of a text, by its print and its file, whether corrections are or may have been of it."""
    told = in_force(rows)
    prints = {each.text for each in told}
    names = {PurePosixPath(each.file).name for each in told}
    return lambda print_, file: print_ in prints or PurePosixPath(file).name in names


def places_of(correction: Correction) -> str:
    """Return the ids of the places that a correction names."""
    return {"place": correction.value, "right": correction.value.partition(";")[0]}.get(correction.what, "")


def _moved(correction: Correction, article: Article) -> Misfit:
    """Tell what became of the words of a text that was changed."""
    changed = f"the text of {article.file} was changed"
    if correction.what in OF_ARTICLE:
        return Misfit(correction, changed, (article.print, 0))
    found = list(_all(correction.words, article.text))
    near = [at for at in found if abs(at - correction.start) <= NEAR]
    at = near if len(near) == 1 else found
    if len(at) == 1:
        where = "are in it once" if len(found) == 1 else "are near where they were"
        return Misfit(correction, f"{changed}; the words {where}", (article.print, at[0]))
    return Misfit(correction, f"{changed}, and has these words {len(found):,} times now")


def _all(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def in_words(misfit: Misfit) -> str:
    """Return a misfit as one sentence."""
    each = misfit.correction
    words = " ".join(each.words.split())
    words = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    said = f"“{words}”, {each.what} {each.means or each.value}".rstrip()
    return f"row {each.id} of {each.by} no longer fits ({said}): {misfit.why}"


def misfits(
    folder: Path, rows: Sequence[Correction], texts: Iterable[Article], gazetteer: Gazetteer
) -> Iterator[tuple[Path, str]]:
    """Yield the corrections that no longer fit as problems of a build: file and words."""
    for misfit in unfit(rows, texts, gazetteer):
        yield folder / NAME, in_words(misfit)
