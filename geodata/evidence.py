"""Evidence for and against a span being a place name, as named features of its context."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import product

from geodata.gazetteer import Gazetteer
from geodata.lexicon import Lexicon
from geodata.people import find_people
from geodata.records import Candidate, Role
from geodata.spans import CLASS_NOUNS, Span
from geodata.tokens import Tokens

_IN = frozenset({"in", "near", "at", "outside", "around", "across", "inside", "throughout", "within", "into"})
_WAY = frozenset({"from", "to", "toward", "towards", "via", "between", "through", "over", "off"})
_INSIDE_GAPS = frozenset({", ", " (", ",", " in ", ", in "})
_LIST_GAPS = frozenset({", ", " and ", ", and ", " or ", ", or ", "/", " - ", " – ", "–", " & ", "; "})
_POINTS = frozenset({"city", "village", "building", "admin2"})
SIZES = ("area", "province")  # of what a name may mean; without either it is a town's
SURE = 0.75  # the probability from which a span speaks for others
CELL = 0.7  # degrees: towns in the same cell or the next are near each other
_SAYS = frozenset(
    {"said", "says", "told", "added", "wrote", "asked", "who", "whose", "himself", "herself", "testified"}
)


class Evidence:
    """What one document says about its candidate spans; `of(span)` lists the features that hold."""

    def __init__(self, tokens: Tokens, spans: list[Span], gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.tokens, self.spans, self.gazetteer, self.lexicon = tokens, spans, gazetteer, lexicon
        self._at = {i: span for span in spans for i in range(span.first, span.last + 1)}
        self._lower = {tokens.folded[i] for i in range(len(tokens)) if not tokens.capital[i]}
        areas = {s.first for s in spans if s.single and self._kinds(s) & {"area", "admin1"}}
        names = {span.first: span.last for span in spans if span.kind == "name"}
        self._person, self._surnames = find_people(tokens, lexicon, areas=areas, places=names)
        self._often = Counter(span.key for span in spans)
        self._countries = {
            gazetteer.country[c.row]
            for span in spans
            for c in span.candidates
            if gazetteer.kind[c.row] in ("country", "admin1") and c.role != Role.OTHER
        } - {""}
        self._contained = {span.key for i, span in enumerate(spans) if self._container_after(i)}
        self._inside = {span.key for span in spans if self._before(span) in _IN}

    def _kinds(self, span: Span) -> set[str]:
        kinds = set()
        for candidate in span.candidates:
            if candidate.role <= Role.OFFICIAL:
                kind = self.gazetteer.kind[candidate.row]
                kinds.add("area" if kind in ("country", "continent", "region", "bloc", "sea") else kind)
        return kinds

    def _opens_commonly(self, i: int) -> bool:
        """Say whether a word has its capital only because it begins a sentence."""
        return self.tokens.opens[i] and self.tokens.folded[i] in self.lexicon.common

    def _before(self, span: Span) -> str:
        i = span.first - 1
        if i < 0 or self.tokens.gap[span.first].strip(" “\"'‘"):
            return ""
        if self.tokens.folded[i] == "the" and i:
            i -= 1
        return self.tokens.folded[i]

    def _container_after(self, index: int) -> bool:
        """Say whether ', Texas' or ' (Armenia)' follows: a larger place that this one may lie in."""
        if index + 1 >= len(self.spans):
            return False
        span, following = self.spans[index], self.spans[index + 1]
        gap = self.tokens.text[span.end : following.start]
        if gap not in _INSIDE_GAPS:
            return False
        gazetteer = self.gazetteer
        own = {gazetteer.country[c.row] for c in span.candidates}
        return following.kind == "abbreviation" or any(
            gazetteer.kind[c.row] in ("country", "admin1") and gazetteer.country[c.row] in own
            for c in following.candidates
            if c.role <= Role.OFFICIAL
        )

    def judge(self) -> None:
        """Take stock of what is sure so far; every span must have its first probability."""
        gazetteer = self.gazetteer
        sure = [span for span in self.spans if span.kind == "name" and span.probability >= SURE]
        self._sure = {span.key for span in sure}
        self._homes: dict[str, set[str]] = defaultdict(set)  # country -> names that surely lie in it
        self._around: dict[tuple[int, int], set[str]] = defaultdict(set)  # cell -> names of sure towns in or next to it
        for span in sure:
            for candidate in self._definite(span):
                row = candidate.row
                self._homes[gazetteer.country[row]].add(span.key)
                if gazetteer.kind[row] in _POINTS:
                    x, y = self._cell(row)
                    for cell in product((x - 1, x, x + 1), (y - 1, y, y + 1)):
                        self._around[cell].add(span.key)

    def _cell(self, row: int) -> tuple[int, int]:
        return int(self.gazetteer.lon[row] / CELL), int(self.gazetteer.lat[row] / CELL)

    def _definite(self, span: Span) -> list[Candidate]:
        """Return what a span most likely means, for its neighbours to be measured by."""
        if len(span.candidates) == 1:
            return list(span.candidates)
        main = [candidate for candidate in span.candidates if candidate.role <= Role.OFFICIAL]
        large = [candidate for candidate in main if self.gazetteer.kind[candidate.row] in ("country", "admin1")]
        if len(large) == 1:
            return large
        return sorted(main, key=lambda candidate: -self.gazetteer.population[candidate.row])[:3]

    def among_others(self, index: int) -> list[str]:
        """Return the features of span number `index` that rest on how sure the other spans are."""
        span, gazetteer = self.spans[index], self.gazetteer
        if span.kind in ("demonym", "abbreviation"):
            return []
        found = [*self._beside(index - 1, index, index - 1), *self._beside(index, index + 1, index + 1)]
        if span.probability < SURE and span.key in self._sure:
            found.append("sure elsewhere")
        rows = [candidate.row for candidate in span.candidates[:40] if candidate.role <= Role.OTHER]
        towns = [row for row in rows if gazetteer.kind[row] in _POINTS]
        own = {span.key}
        if any(self._around.get(self._cell(row), own) - own for row in towns):
            found.append("near sure")
        elif any(self._homes.get(gazetteer.country[row], own) - own for row in rows):
            found.append("country sure")
        elif self._homes:
            found.append("country unsure")
        large = self._class(self._kinds(span)) if span.kind == "name" else ""
        return [f"{large}: {feature}" for feature in found] if large else found

    def _beside(self, left: int, right: int, other: int) -> list[str]:
        """Say how sure the neighbour in a list is: 'Goris, Sotk and Jermuk'."""
        if left < 0 or right >= len(self.spans):
            return []
        if self.tokens.text[self.spans[left].end : self.spans[right].start] not in _LIST_GAPS:
            return []
        probability = self.spans[other].probability
        return ["beside sure" if probability >= SURE else "beside" if probability >= 0.3 else "beside unsure"]

    @staticmethod
    def _class(kinds: set[str]) -> str:
        return "area" if "area" in kinds else "province" if "admin1" in kinds else ""

    def of(self, index: int) -> list[str]:
        """Return the features of span number `index`."""
        span, tokens, lexicon, gazetteer = self.spans[index], self.tokens, self.lexicon, self.gazetteer
        first, last = span.first, span.last
        found = [f"kind {span.kind}"]
        add = found.append
        large = ""
        if span.kind == "demonym":
            if tokens.folded[last].endswith("s"):
                add("demonym plural")
            return found
        if span.kind == "abbreviation":
            if tokens.gap[first] == ", ":
                add("abbreviation after comma")
            if "." in span.key or len(span.key) == 2:
                add("abbreviation short")
            return found

        word = tokens.folded[first]
        if span.kind == "name":
            kinds = self._kinds(span)
            large = self._class(kinds)
            add(large or ("town" if kinds else "only other names"))
            if len(span.candidates) == 1:
                add("one bearer")
            best = max((gazetteer.population[c.row] for c in span.candidates), default=0)
            main = max((gazetteer.population[c.row] for c in span.candidates if c.role <= Role.OFFICIAL), default=0)
            if curated := kinds - {"area", "admin1", "city", "admin2"}:
                add(f"curated {min(curated)}")
            elif large != "area":
                size = main if kinds else best
                add(f"{'population' if kinds else 'other'} {min(7, int(math.log10(size))) if size else 'unknown'}")
            if not large and any(gazetteer.country[c.row] in self._countries for c in span.candidates):
                add("country in text")
                if len(span.candidates) == 1:
                    add("one bearer, country in text")
            if len(span.candidates) >= 10:
                add("many bearers")
            if last + 1 < len(tokens) and tokens.word[last + 1] in CLASS_NOUNS:
                add("class noun")
        else:
            add(f"pattern {span.feature}")
            if any(w in lexicon.common for w in tokens.folded[first:last]):
                add("pattern common")
            if tokens.word[last][0].isdigit():
                add("pattern number")
        shouted = tokens.word[first].isupper() and len(word) > 1
        add("word" if span.single else "words")
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
        elif all(w in lexicon.common for w in tokens.folded[first : last + 1]):
            add("all common")
        if any(i in self._person for i in range(first, last + 1)):
            add("person")
        if all(tokens.word[i].isupper() for i in range(first, last + 1)) and span.end - span.start > 1:
            add("capitals short" if span.end - span.start < 6 else "capitals")

        before = self._before(span)
        if before in _IN:
            add("in")
        elif before in _WAY:
            add("from to")
        elif before == "of":
            add("of")
        elif before in ("and", "or"):
            add("and")
        if span.key in self._inside:
            add("in somewhere")
        if first and tokens.folded[first - 1] == "the" and tokens.gap[first] == " ":
            add("the")
        previous = tokens.folded[first - 1] if first else ""
        if tokens.opens[first]:
            add("opens")
        elif (
            first
            and tokens.gap[first] in (" ", ". ")
            and tokens.capital[first - 1]
            and not self._opens_commonly(first - 1)
        ):
            if previous in lexicon.titles:
                add("after title")
            elif previous in lexicon.given_names or len(previous) == 1:
                add("after given name")
            elif first - 1 in self._at:
                add("after demonym" if self._at[first - 1].kind == "demonym" else "after span")
            elif previous in lexicon.common:
                add("after common")
            else:
                add("after capital")
        elif first and tokens.gap[first] == "-":
            add("after hyphen")

        after = last + 1
        if self._container_after(index):
            add("container")
        elif span.key in self._contained:
            add("container somewhere")
        if after < len(tokens):
            gap = tokens.gap[after]
            following = tokens.folded[after]
            if gap == " " and tokens.capital[after]:
                if following in lexicon.organisations:
                    add("before organisation")
                elif following in lexicon.features:
                    add("before feature")
                elif after in self._at:
                    add("before span")
                elif following in lexicon.surnames:
                    add("before surname")
                elif following in lexicon.common:
                    add("before common")
                else:
                    add("before capital")
            elif gap == " " and following in _SAYS and before not in ("and", "or"):
                add("says")
            elif gap == " " and following.isdigit():
                add("before number")
            elif gap in ("-", "–"):
                add("before hyphen")
            elif gap in ("'s ", "’s "):
                add("possessive")
            elif "," in gap:
                add("comma")
            elif "(" in gap or "—" in gap or "--" in gap or "–" in gap:
                add("dash")
        if index and self.spans[index - 1].last == first - 1 and tokens.gap[first] == ", ":
            add("comma before")
        if self._often[span.key] > 2:
            add("often")
        # What speaks against a town ("Jordan" is a given name) speaks less against a country, so areas learn apart.
        return [f"{large}: {feature}" for feature in found] if large else found
