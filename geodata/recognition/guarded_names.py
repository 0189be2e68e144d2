"""Names of packs that are words, surnames or short: they count only where the text speaks of their country."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.gazetteer import Gazetteer
from geodata.recognition.candidate_spans import LARGE_TOWN, Span, listed
from geodata.recognition.candidate_summary import summarize
from geodata.records import Candidate, NameType
from geodata.tokens import Tokens

SHORTEST = 3  # letters: "Ur" is none in running text


def with_guarded_names(tokens: Tokens, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Span]:
    """Return the spans, with those bearers and names of packs that the countries of the text let count."""
    countries = _spoken_of(spans, gazetteer)
    for span in spans:
        if span.kind == "name" and not span.is_users:
            more = _at_home(span.key, countries, gazetteer)
            span.candidates += tuple(c for c in more if c not in span.candidates)
    taken = {word for span in spans if span.kind != "unlisted" for word in range(span.first, span.last + 1)}
    added: list[Span] = []
    for i in tokens.capitals if countries else ():
        if i in taken:
            continue
        for key, last in listed(tokens, i, gazetteer, guarded=True):
            bearers = _at_home(key, countries, gazetteer)
            if bearers and len(key) >= SHORTEST and tokens.capital[last] and taken.isdisjoint(range(i, last + 1)):
                added.append(Span(i, last, tokens.start[i], tokens.end[last], key, "name", bearers))
                taken.update(range(i, last + 1))
                break
    covered = {word for span in added for word in range(span.first, span.last + 1)}
    kept = [span for span in spans if covered.isdisjoint(range(span.first, span.last + 1))]
    return sorted([*kept, *added], key=lambda span: span.first)


def _at_home(key: str, countries: set[str], gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    return tuple(c for c in gazetteer.guarded(key) if gazetteer.country[c.row] in countries)


def _spoken_of(spans: Sequence[Span], gazetteer: Gazetteer) -> set[str]:
    """Return the countries that a text names, by name, by a province or a great town of theirs, or as a people."""
    countries: set[str] = set()
    for span in spans:
        countries |= summarize(span.candidates, gazetteer).voting
        towns = [c.row for c in span.candidates if c.name_type in (NameType.MAIN, NameType.OFFICIAL)]
        largest = max(towns, key=lambda row: gazetteer.population[row], default=None)
        if largest is not None and gazetteer.population[largest] >= LARGE_TOWN:
            countries.add(gazetteer.country[largest])
    return countries - {""}
