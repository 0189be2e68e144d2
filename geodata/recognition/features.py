"""What speaks for and against a span being a place name, as named features of its context."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import compress, product

from geodata.gazetteer import Gazetteer
from geodata.kinds import kinds_that
from geodata.recognition.candidate_spans import Span
from geodata.recognition.candidate_summary import STATES, CandidateSummary, summarize
from geodata.recognition.context_features import AT, IN, ROAD_AT, ROAD_IS, Context
from geodata.recognition.known_names import KnownNames
from geodata.recognition.lexicon import Lexicon
from geodata.recognition.name_ends import is_bare_unit
from geodata.recognition.person_names import find_people
from geodata.recognition.scripts import is_other_script, names_place
from geodata.records import Candidate, NameType
from geodata.tokens import Tokens

_INSIDE_GAPS = frozenset({", ", " (", ",", " in ", ", in "})
_LIST_GAPS = frozenset({", ", " and ", ", and ", " or ", ", or ", "/", " - ", " – ", "–", " & ", "; "})
_POINTS = kinds_that("point")
SIZES = ("area", "province", "unlisted")  # of what a name may mean; without any it is a town's
SURE = 0.75  # the probability from which a span speaks for others
SITE = 0.5  # the probability of a building or a road that something is said to be at
KNOWN = 5_000  # people of a place whose name in another script may open a sentence, as any word there does
UNITS = frozenset({"admin1", "admin2"})
CELL = 0.7  # degrees: towns in the same cell or the next are near each other


class SpanFeatures:
    """What one document says about its candidate spans; `of(span)` lists the features that hold."""

    def __init__(self, tokens: Tokens, spans: list[Span], gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.tokens, self.spans, self.gazetteer, self.lexicon = tokens, spans, gazetteer, lexicon
        self._context = Context(tokens, spans, lexicon)
        self._lower = tokens.written_small()
        self._summaries = [summarize(span.candidates, gazetteer) for span in spans]
        areas = {s.first for s, m in zip(spans, self._summaries, strict=True) if s.single and m.size}
        names = {span.first: span.last for span in spans if span.kind == "name"}
        self._person, self._surnames = find_people(tokens, lexicon, areas=areas, places=names)
        self._known = KnownNames(tokens, spans, gazetteer, lexicon, self._person)
        self._often = Counter(span.key for span in spans)
        self._bare = [
            "admin1" in summary.kinds <= UNITS and is_bare_unit(tokens, span.first, span.last, lexicon.common)
            for span, summary in zip(spans, self._summaries, strict=True)
        ]
        voting = (summary.voting for summary, bare in zip(self._summaries, self._bare, strict=True) if not bare)
        self._countries = set[str]().union(*voting) - {""}
        self._container = [self._container_after(index) for index in range(len(spans))]
        self._contained = {span.key for span in compress(spans, self._container)}
        self._inside = {span.key for span in spans if self._context.before(span) in IN}
        self._sites = {span.key for span in spans if span.site and self._stands_at(span)}

    def _container_after(self, index: int) -> bool:
        """Say whether ', Texas' or ' (Armenia)' follows: a larger place that this one may lie in."""
        if index + 1 >= len(self.spans):
            return False
        span, following = self.spans[index], self.spans[index + 1]
        gap = self.tokens.text[span.end : following.start]
        if gap not in _INSIDE_GAPS:
            return False
        return following.kind == "abbreviation" or not self._summaries[index + 1].holding.isdisjoint(
            self._summaries[index].countries
        )

    def _stands_at(self, site: Span) -> bool:
        """Say whether something is said to be at a building or road, or where that is: 'Mercy Hospital in Dayton'."""
        i, tokens, before = site.last + 1, self.tokens, self._context.before(site)
        lies = i + 1 < len(tokens) and tokens.word[i] == "in" and tokens.capital[i + 1]
        if site.feature == "road":
            return lies or before in ROAD_AT or (tokens.adjacent(i) and tokens.word[i] in ROAD_IS)
        return lies or before in AT

    def rule(self, index: int) -> float | None:
        """Return the probability of a span that a rule decides, not the weights; None for all others.

        The corpora that the weights are learned from mark few buildings and numbered roads, each in its own way.
        """
        span = self.spans[index]
        if span.site:
            return SITE if span.key in self._sites else 0.0
        if span.kind in ("name", "demonym") and self._context.in_brand(span):
            return 0.0
        if self._bare[index] and self._summaries[index].holding.isdisjoint(self._countries):
            return 0.0
        introduced = span.kind == "name" and span.single and self._context.is_introduced(span)
        if introduced or self._known.has(span, self._summaries[index]):
            return 0.0
        if span.kind == "name" and is_other_script(self.tokens.word[span.first]):  # of which the weights know nothing
            known = not self.tokens.opens[span.first] or self._summaries[index].best >= KNOWN
            return SURE if known and names_place(self.tokens, span.first, span.last, self.lexicon) else 0.0
        kinds = self._summaries[index].kinds if span.kind == "name" else set()
        if kinds == {"building"}:
            return SITE  # a landmark known by name, scene or actor: "the Kremlin"
        return SURE if kinds >= {"river"} and kinds.isdisjoint(UNITS) and self._context.is_river(span) else None

    def judge(self) -> None:
        """Take stock of what is sure so far; every span must have its first probability."""
        gazetteer = self.gazetteer
        sure = {span.key: span for span in self.spans if span.kind == "name" and span.probability >= SURE}
        self._sure = sure.keys()
        self._homes: dict[str, set[str]] = defaultdict(set)  # country -> names that surely lie in it
        self._around: dict[tuple[int, int], set[str]] = defaultdict(set)  # cell -> names of sure towns in or next to it
        self._placed: dict[str, str] = {}  # name -> the feature of its place among the sure
        for key, span in sure.items():
            for candidate in self._definite(span):
                row = candidate.row
                self._homes[gazetteer.country[row]].add(key)
                if gazetteer.kind[row] in _POINTS:
                    x, y = self._cell(row)
                    for cell in product((x - 1, x, x + 1), (y - 1, y, y + 1)):
                        self._around[cell].add(key)

    def _cell(self, row: int) -> tuple[int, int]:
        return int(self.gazetteer.lon[row] / CELL), int(self.gazetteer.lat[row] / CELL)

    def _definite(self, span: Span) -> list[Candidate]:
        """Return what a span most likely means, for its neighbours to be measured by."""
        if len(span.candidates) == 1:
            return list(span.candidates)
        main = [candidate for candidate in span.candidates if candidate.name_type <= NameType.OFFICIAL]
        large = [candidate for candidate in main if self.gazetteer.kind[candidate.row] in STATES]
        if len(large) == 1:
            return large
        return sorted(main, key=lambda candidate: -self.gazetteer.population[candidate.row])[:3]

    def among_others(self, index: int) -> list[str]:
        """Return the features of span number `index` that rest on how sure the other spans are."""
        span = self.spans[index]
        if span.kind in ("demonym", "abbreviation"):
            return []
        found = [*self._beside(index - 1, index, index - 1), *self._beside(index, index + 1, index + 1)]
        if span.probability < SURE and span.key in self._sure:
            found.append("sure elsewhere")
        if span.key not in self._placed:
            self._placed[span.key] = self._place(span)
        if placed := self._placed[span.key]:
            found.append(placed)
        size = self._size(index)
        return [f"{size}: {feature}" for feature in found] if size else found

    def _size(self, index: int) -> str:
        """Return which weights a span has of its own: what speaks for a town speaks louder for an unlisted word."""
        kind = self.spans[index].kind
        return self._summaries[index].size if kind == "name" else "unlisted" if kind == "unlisted" else ""

    def _place(self, span: Span) -> str:
        """Say whether a span may lie by a sure place, or in the country of one."""
        if not self._homes:
            return ""
        gazetteer, own = self.gazetteer, {span.key}
        rows = [candidate.row for candidate in span.candidates[:40] if candidate.name_type <= NameType.OTHER]
        near = self._around.keys() & {self._cell(row) for row in rows if gazetteer.kind[row] in _POINTS}
        if any(self._around[cell] - own for cell in near):
            return "near sure"
        homes = self._homes.keys() & {gazetteer.country[row] for row in rows}
        if any(self._homes[country] - own for country in homes):
            return "country sure"
        return "country unsure" if rows else ""

    def _beside(self, left: int, right: int, other: int) -> list[str]:
        """Say how sure the neighbour in a list is: 'Goris, Sotk and Jermuk'."""
        if left < 0 or right >= len(self.spans):
            return []
        if self.tokens.text[self.spans[left].end : self.spans[right].start] not in _LIST_GAPS:
            return []
        probability = self.spans[other].probability
        return ["beside sure" if probability >= SURE else "beside" if probability >= 0.3 else "beside unsure"]

    def of(self, index: int) -> list[str]:
        """Return the features of span number `index`."""
        span, tokens = self.spans[index], self.tokens
        found = [f"kind {span.kind}"]
        if span.kind == "demonym":
            return found + self._as_demonym(span)
        if span.kind == "abbreviation":
            if tokens.gap[span.first] == ", ":
                found.append("abbreviation after comma")
            if "." in span.key or len(span.key) == 2:
                found.append("abbreviation short")
            return found
        summary = self._summaries[index]
        size = self._size(index)
        if span.kind == "name":
            found += self._as_place(span, summary)
        elif span.kind == "pattern":
            found += self._as_pattern(span)
        found += self._word(span) + self._context.left(span) + self._context.right(span)
        if self._container[index]:
            found.append("container")
        elif span.key in self._contained:
            found.append("container somewhere")
        if span.key in self._inside:
            found.append("in somewhere")
        if index and self.spans[index - 1].last == span.first - 1 and tokens.gap[span.first] == ", ":
            found.append("comma before")
        if self._often[span.key] > 2:
            found.append("often")
        # What speaks against a town ("Jordan" is a given name) speaks less against a country, so areas learn apart.
        return [f"{size}: {feature}" for feature in found] if size else found

    def _as_demonym(self, span: Span) -> list[str]:
        """Return what speaks for a people or a country, and against a surname ('Mr. Finn') or a brand."""
        tokens, lexicon, first, after = self.tokens, self.lexicon, span.first, span.last + 1
        found = ["demonym plural"] if tokens.folded[span.last].endswith("s") else []
        add = found.append
        if all(self.gazetteer.kind[candidate.row] == "continent" for candidate in span.candidates):
            add("demonym continent")
        if not self._person.isdisjoint(range(first, after)) or tokens.folded[first] in self._surnames:
            add("demonym person")
        if tokens.folded[first] in lexicon.surnames or tokens.folded[first] in lexicon.given_names:
            add("demonym surname")
        if tokens.gap[first] == "-" and first:
            add("demonym after hyphen")
        elif (
            first
            and tokens.gap[first] == " "
            and tokens.capital[first - 1]
            and not self._context.opens_commonly(first - 1)
        ):
            add("demonym after capital")
        if after < len(tokens):
            if tokens.gap[after] == "-":
                add("demonym before hyphen")
            elif tokens.gap[after] == " " and tokens.capital[after]:
                add(f"demonym before {self._context.names_body(after, at_once=True) or 'capital'}")
        if self._often[span.key] > 2:
            add("demonym often")
        return found

    def _as_place(self, span: Span, summary: CandidateSummary) -> list[str]:
        """Return what the gazetteer says of a name."""
        kinds, size, found = summary.kinds, summary.size, []
        found.append(size or ("town" if kinds else "only other names"))
        if len(span.candidates) == 1:
            found.append("one bearer")
        if curated := kinds - {"area", "admin1", "city", "admin2"}:
            found.append(f"curated {min(curated)}")
        elif size != "area":
            people = summary.main if kinds else summary.best
            magnitude = min(7, int(math.log10(people))) if people else "unknown"
            found.append(f"{'population' if kinds else 'other'} {magnitude}")
        if not size and not summary.countries.isdisjoint(self._countries):
            found.append("country in text")
            if len(span.candidates) == 1:
                found.append("one bearer, country in text")
        if len(span.candidates) >= 10:
            found.append("many bearers")
        return found

    def _as_pattern(self, span: Span) -> list[str]:
        """Return what the words of a pattern say."""
        found = [f"pattern {span.feature}"]
        lexicon, words = self.lexicon, self.tokens.folded[span.first : span.last]
        if not lexicon.common.isdisjoint(words):
            found.append("pattern common")
        elif lexicon.given_names.isdisjoint(words) and lexicon.surnames.isdisjoint(words):
            found.append("pattern rare")
        if self.tokens.word[span.last][0].isdigit():
            found.append("pattern number")
        return found

    def _word(self, span: Span) -> list[str]:
        """Return what the words themselves say."""
        tokens, lexicon, first, last = self.tokens, self.lexicon, span.first, span.last
        word = tokens.folded[first]
        shouted = tokens.word[first].isupper() and len(word) > 1
        found = ["word" if span.single else "words"]
        add = found.append
        if span.single:
            if word in lexicon.common and not (shouted and len(word) < 5):
                add("common")
            if word in self._lower and not shouted:
                add("small in text")
            if word in lexicon.given_names:
                add("given name")
            if word in lexicon.surnames:
                add("surname")
            if word in lexicon.calendar:
                add("calendar")
            if len(word) <= 3:
                add("short")
            if word in self._surnames:
                add("surname in text")
            if word in lexicon.titles:
                add("title")
            if len(word) >= 7:
                add("long")
            if not (word in lexicon.common or word in lexicon.given_names or word in lexicon.surnames):
                add("rare word")
        elif lexicon.common.issuperset(tokens.folded[first : last + 1]):
            add("all common")
        if not self._person.isdisjoint(range(first, last + 1)):
            add("person")
        if span.end - span.start > 1 and all(map(str.isupper, tokens.word[first : last + 1])):
            add("capitals short" if span.end - span.start < 6 else "capitals")
        return found
