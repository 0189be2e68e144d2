"""Find the stretches of a text that have the shape of a time expression.

Every word becomes one symbol that stands for the classes it belongs to ("September" a month, "13" a number and a day);
rules are regular expressions over symbols, so they stay short and the search stays linear. Words and rules are data:
languages/en.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, compress, count
from operator import itemgetter
from typing import TypeVar

from corpus.timex.calendar import EARLIEST, LATEST
from geodata.text import Text

T = TypeVar("T")
OTHER = "."
NOTHING = "(?!)"  # a pattern that nothing matches
LOOK_BACK = 7  # words after the telling word that may begin an expression: "(Oct. 3, 5, and) 7"
REACH = 12  # words that an expression may hold before its first telling word: "early in the morning of the"
KNOWN = 1 << 14  # runs of words whose shapes are kept
_FIRST_SYMBOL = 0x3400  # a block of letters without meaning in a regular expression


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape, and the name of the function that reads what has it."""

    meaning: str
    shape: re.Pattern[str]


@dataclass
class Tokens:
    """The words of a text with their offsets, and one symbol a word."""

    written: Text
    grammar: Grammar
    words: list[str]
    starts: list[int]
    ends: list[int]
    symbols: str

    @cached_property
    def last_of_sentences(self) -> frozenset[int]:
        """The tokens that end a sentence or a paragraph."""
        ends = [bisect_left(self.starts, end) - 1 for _, end in self.written.sentences]
        return frozenset([*ends, *compress(count(), map("\n".__eq__, map(itemgetter(0), self.words)))])

    def word(self, i: int) -> str:
        """Return token `i` in lower case; "" outside the text."""
        return self.words[i].lower() if 0 <= i < len(self.words) else ""

    def classes(self, i: int) -> frozenset[str]:
        """Return the classes of token `i`; none outside the text."""
        return self.grammar.classes[self.symbols[i]] if 0 <= i < len(self.symbols) else frozenset()

    def all(self, name: str) -> list[int]:
        """Return the positions of the tokens of class `name`."""
        return [m.start() for m in self.grammar.member(name).finditer(self.symbols)]


@dataclass(slots=True)
class Found:
    """Tokens `first` to `last` (excluded) have the shape of rule `meaning`."""

    tokens: Tokens
    first: int
    last: int
    meaning: str
    _places: dict[str, list[int]] = field(init=False, repr=False)  # of its classes, from its first token on

    def __post_init__(self) -> None:
        self._places = places_of(self.tokens.symbols[self.first : self.last], self.tokens.grammar)

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.tokens.ends[self.last - 1]

    @property
    def text(self) -> str:
        """The expression as written."""
        return self.tokens.written.text[self.start : self.end]

    def all(self, name: str) -> list[int]:
        """Return the positions of its tokens of class `name`."""
        return [self.first + place for place in self._places.get(name, ())]

    def word(self, name: str) -> str:
        """Return its first word of class `name` in lower case, "" where there is none."""
        places = self._places.get(name)
        return self.tokens.words[self.first + places[0]].lower() if places else ""

    def value(self, name: str) -> str | int | None:
        """Return what its first word of class `name` means, None where there is none."""
        return self._value_of(name, self.word(name))

    @property
    def last_ordinal(self) -> int | None:
        """The number of its last ordinal, None where there is none."""
        places = self.all("ordinal")
        number = self._value_of("ordinal", self.tokens.word(places[-1])) if places else None
        return None if number is None else int(number)

    def _value_of(self, name: str, word: str) -> str | int | None:
        if name == "ordinal" and word[:1].isdigit():
            return leading_number(word)
        return self.tokens.grammar.values[name].get(word.replace("’", "'")) if word else None

    @property
    def is_single(self) -> bool:
        """Say whether it is one word alone."""
        return self.last - self.first == 1

    def before(self, name: str) -> bool:
        """Say whether the word before it is of class `name`."""
        return name in self.tokens.classes(self.first - 1)

    def after(self, name: str) -> bool:
        """Say whether the word after it is of class `name`."""
        return name in self.tokens.classes(self.last)

    @property
    def step(self) -> int | None:
        """How many units away "last", "this", "next" or "the following" point; None without such a word."""
        step = self.value("step") if self.word("step") else self.value("step_there")
        return None if step is None else int(step)

    @property
    def is_possessive(self) -> bool:
        """Tell "Tuesday's" from "Tuesday"."""
        return "apostrophe" in self.tokens.classes(self.last) and self.tokens.word(self.last + 1) == "s"


@dataclass(slots=True, eq=False)
class Grammar:
    """The words and rules of one language, ready to run."""

    values: dict[str, dict[str, str | int]]
    past_endings: tuple[str, ...]  # of regular verbs: "ed"
    number_forms: tuple[tuple[str, re.Pattern[str]], ...]  # the classes of what is written with figures and more
    symbol_of: dict[str, str] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=lambda: {OTHER: frozenset()})
    rules: list[Rule] = field(default_factory=list)
    ahead: dict[str, re.Pattern[str]] = field(default_factory=dict)  # what may follow an expression and complete it
    token: re.Pattern[str] = field(init=False)
    zone: re.Pattern[str] = field(init=False)  # a run of words that occur in rules, with a trigger
    trigger: re.Pattern[str] = field(init=False)  # a word that every expression has one of
    any_rule: re.Pattern[str] = field(init=False)
    _symbols: dict[frozenset[str], str] = field(default_factory=dict)
    _members: dict[str, re.Pattern[str]] = field(default_factory=dict)
    _known: dict[tuple[str, int], tuple[int, list[tuple[int, str]]] | None] = field(default_factory=dict)

    def symbol(self, classes: frozenset[str]) -> str:
        """Return the symbol of words that belong to exactly these classes."""
        if not classes:
            return OTHER
        if classes not in self._symbols:
            symbol = chr(_FIRST_SYMBOL + len(self._symbols))
            self._symbols[classes] = symbol
            self.classes[symbol] = classes
        return self._symbols[classes]

    def member(self, name: str) -> re.Pattern[str]:
        """Return the pattern of one symbol of class `name`."""
        if name not in self._members:
            self._members[name] = re.compile(charset({name}, self.classes))
        return self._members[name]

    def read(self, text: Text) -> Tokens:
        """Split a text into tokens and give each its symbol."""
        # What stands before the first word, the first word, what stands between it and the next ...
        parts = self.token.split(text.text)
        words, ends, known = parts[1::2], list(accumulate(map(len, parts))), self.symbol_of
        symbols = [
            # No letter comes before the colon, and all digits do.
            known.get(word) or (self.symbol(number_classes(word, self)) if word < ":" else OTHER)
            for word in words
        ]
        return Tokens(text, self, words, ends[0:-1:2], ends[1::2], "".join(symbols))

    def scan(self, tokens: Tokens, read: Callable[[Found], T | None]) -> list[T]:
        """Read every stretch that has the shape of some rule, from left to right, the longest that `read` accepts."""
        readings: list[T] = []
        for zone in self.zone.finditer(tokens.symbols):
            first, at = zone.start(), 0
            while (shapes := self._shapes(zone[0], at)) is not None:
                at, ends = shapes
                step = 1
                for end, meaning in ends:
                    reading = read(Found(tokens, first + at, first + end, meaning))
                    if reading is not None:
                        readings.append(reading)
                        step = end - at
                        break
                at += step
        return readings

    def _shapes(self, symbols: str, at: int) -> tuple[int, list[tuple[int, str]]] | None:
        """Return where from `at` on something has the shape of a rule: its start, and its ends, the farthest first.

        `symbols` are those of a zone: what stands around it is in no shape. The same few words come again and again, so
        what was found is kept.
        """
        key = (symbols, at)
        if key not in self._known:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[key] = self._search(symbols, at)
        return self._known[key]

    def _search(self, symbols: str, at: int) -> tuple[int, list[tuple[int, str]]] | None:
        trigger = self.trigger.search(symbols, max(0, at - LOOK_BACK)) if at < len(symbols) else None
        match = self.any_rule.search(symbols, max(at, trigger.start() - REACH)) if trigger else None
        if match is None:
            return None
        at = match.start()
        ends = [(m.end(), rule.meaning) for rule in self.rules if (m := rule.shape.match(symbols, at))]
        return at, sorted([end for end in ends if end[0] > at], key=lambda end: -end[0])


@lru_cache(maxsize=1 << 12)
def places_of(symbols: str, grammar: Grammar) -> dict[str, list[int]]:
    """Return where in some symbols each class stands: most expressions have one of a few hundred forms."""
    places: dict[str, list[int]] = {}
    for place, symbol in enumerate(symbols):
        for name in grammar.classes[symbol]:
            places.setdefault(name, []).append(place)
    return places


@lru_cache(maxsize=1 << 12)
def number_classes(word: str, grammar: Grammar) -> frozenset[str]:
    """Return the classes of a number by the way it is written."""
    if word.isdecimal() and word.isascii():
        if len(word) > 4:
            return frozenset()
        number, names = int(word), {"number"}
        if len(word) == 4 and EARLIEST <= number <= LATEST:
            names.add("year")
        if len(word) <= 2:
            names.add("short")
            names |= {"day"} if 1 <= number <= 31 else set()
            names |= {"hour"} if number <= 24 else set()
        return frozenset(names)
    for name, pattern in grammar.number_forms:
        if pattern.fullmatch(word):
            day = name == "ordinal" and 1 <= leading_number(word) <= 31
            return frozenset({name, "day"} if day else {name})
    return frozenset()


def leading_number(word: str) -> int:
    """Return the number that a word begins with: 21 of "21st", 1960 of "1960s"."""
    return int(word[: len(word) - len(word.lstrip("0123456789"))])


def number_forms(ordinals: Sequence[str], decades: Sequence[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return how each class of numbers is written in a language with these endings of ordinals and decades."""
    nth, tens = "|".join(ordinals) or NOTHING, "|".join(decades) or NOTHING
    forms = {
        "isodate": r"\d{4}(-\d\d-\d\d(T\d\d:\d\d)?|([/.])\d\d?\3\d\d?)",
        "part_of_year": r"\d{4}([Qq][1-4]|[Hh][12])",
        "numericdate": r"\d\d?([/.])\d\d?\1(\d{4}|\d\d)",
        "clockword": r"\d\d?([:.]\d\d)?[AaPp][Mm]",
        "clocktime": r"\d\d?:\d\d(:\d\d)?",
        "decade": rf"\d{{2,3}}0({tens})",
        "shortdecade": rf"\d0({tens})",
        "ordinal": rf"\d{{1,4}}({nth})",
        "number": r"\d{1,3}(,\d{3})+|\d{1,6}\.\d{1,6}",
    }
    return tuple((name, re.compile(form, re.ASCII)) for name, form in forms.items())


def charset(names: set[str], classes: dict[str, frozenset[str]]) -> str:
    """Return a pattern of one symbol that belongs to any of the classes `names`."""
    symbols = "".join(symbol for symbol, members in classes.items() if members & names)
    return f"[{symbols}]" if symbols else NOTHING
