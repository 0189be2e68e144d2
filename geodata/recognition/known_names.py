"""Names that the text itself has made known as somebody's or a firm's: "Jordan Whitfield ... Jordan was tired"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from geodata.gazetteer import Gazetteer
from geodata.recognition.candidate_spans import GREAT_TOWN, Span
from geodata.recognition.candidate_summary import CandidateSummary
from geodata.recognition.context_features import ALONG, AT
from geodata.recognition.lexicon import Lexicon
from geodata.tokens import Tokens

_PLACED = AT | ALONG | {"of", "between", "through", "over"}  # before a place, seldom before a person
_HEARD = frozenset({"said", "says", "told", "asked", "thanked", "that", "because", "when", "while"})  # before somebody
_NO_VERBS = frozenset({"and", "or", "in", "on", "man", "woman", "police", "mayor", "resident", "residents", "native"})
_OWNED = frozenset({"shares", "stock", "stake", "shareholders", "investors"})  # "of" or "in" a firm


class KnownNames:
    """The given names of people and the names of firms in one document."""

    def __init__(
        self, tokens: Tokens, spans: Sequence[Span], gazetteer: Gazetteer, lexicon: Lexicon, person: Collection[int]
    ) -> None:
        self._tokens, self._person, folded = tokens, person, tokens.folded
        self._names = {folded[i] for i in person if i + 1 in person and folded[i] in lexicon.given_names}
        self._names |= {span.key for span in spans if span.single and span.kind == "name" and self._is_firm(span)}
        self._homes: dict[str, set[str]] = defaultdict(set)  # country -> names of which the largest bearer lies in it
        for span in spans if self._names else ():
            if span.candidates:
                largest = max((c.row for c in span.candidates), key=lambda row: gazetteer.population[row])
                self._homes[gazetteer.country[largest]].add(span.key)

    def has(self, span: Span, summary: CandidateSummary) -> bool:
        """Say whether a name is one of these rather than a place, being where somebody acts."""
        if span.key not in self._names or span.first in self._person or not (self._is_firm(span) or self._acts(span)):
            return False
        # A great place of the name is meant where the text speaks of its country elsewhere.
        great = bool(summary.size) or summary.main >= GREAT_TOWN
        homes = summary.holding or summary.countries
        return not (great and any(self._homes[country] - {span.key} for country in homes))

    def _is_firm(self, span: Span) -> bool:
        """Say whether shares of it are spoken of: "Shares of Santander fell"."""
        i = span.first - 2
        return i >= 0 and self._tokens.folded[i] in _OWNED and self._tokens.folded[i + 1] in ("of", "in")

    def _acts(self, span: Span) -> bool:
        """Say whether a name opens a sentence, owns something or is spoken of: "she said Jordan was tired"."""
        tokens, before, after = self._tokens, span.first - 1, span.last + 1
        if after >= len(tokens) or tokens.capital[after] or tokens.word[span.first].isupper():
            return False
        if tokens.gap[after] in ("'", "’") and tokens.word[after] == "s":
            return before < 0 or tokens.folded[before] not in _PLACED
        heard = tokens.opens[span.first] or (tokens.adjacent(span.first) and tokens.folded[before] in _HEARD)
        return heard and tokens.gap[after] == " " and tokens.folded[after] not in _NO_VERBS
