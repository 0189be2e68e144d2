"""Find the stretches of a text that have the shape of a time expression.

Every word becomes one symbol that stands for the classes it belongs to ("September" a month, "13" a number and a day);
rules are regular expressions over symbols, so they stay short and the search stays linear. Words and rules are data:
languages/en.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from corpus.timex.calendar import EARLIEST, LATEST

T = TypeVar("T")
LANGUAGES = Path(__file__).parents[1] / "languages"
OTHER = "."
LOOK_BACK = 4  # words after the telling word that may begin an expression: "May 4 and 5"
REACH = 12  # words that an expression may hold before its first telling word: "early in the morning of the"
_FIRST_SYMBOL = 0x3400  # a block of letters without meaning in a regular expression
_PUNCTUATION = {".": "dot", ",": "comma", "-": "dash", "–": "dash", "—": "dash", "'": "apostrophe", "’": "apostrophe",
                "(": "open", ")": "close", "/": "slash", "$": "money", "€": "money", "£": "money", "#": "money",
                "%": "percent", ":": "colon", ";": "colon", "!": "stop", "?": "stop"}  # fmt: skip
_TOKEN = r"""\d(?:
    \d{{3}}-\d\d-\d\d(?:T\d\d:\d\d)?(?![\w-])
  | \d?/\d\d?/(?:\d{{4}}|\d\d)(?![\w/]) | \d?\.\d\d?\.(?:\d{{4}}|\d\d)(?!\w|\.\d)
  | \d?:\d\d(?::\d\d)?(?![\w:])
  | \d{{0,2}}(?:,\d{{3}})+(?!\w)
  | \d*(?:\.\d+)?(?:st|nd|rd|th|s)?(?!\w)
  | \w*)
  | {spellings}
  | [^\W\d]\w*
  | \n\s*\n
  | [^\w\s]"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape, and the name of the function that reads what has it."""

    meaning: str
    shape: re.Pattern[str]


@dataclass(slots=True)
class Tokens:
    """The words of a text with their offsets, and one symbol a word."""

    text: str
    grammar: Grammar
    spans: list[tuple[int, int]]
    symbols: str

    def word(self, i: int) -> str:
        """Return token `i` in lower case; "" outside the text."""
        if not 0 <= i < len(self.spans):
            return ""
        start, end = self.spans[i]
        return self.text[start:end].lower()

    def classes(self, i: int) -> frozenset[str]:
        """Return the classes of token `i`; none outside the text."""
        return self.grammar.classes[self.symbols[i]] if 0 <= i < len(self.symbols) else frozenset()

    def all(self, name: str) -> list[int]:
        """Return the positions of the tokens of class `name`."""
        return [i for i, symbol in enumerate(self.symbols) if name in self.grammar.classes[symbol]]


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `first` to `last` (excluded) have the shape of rule `meaning`."""

    tokens: Tokens
    first: int
    last: int
    meaning: str

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.tokens.spans[self.first][0]

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.tokens.spans[self.last - 1][1]

    @property
    def text(self) -> str:
        """The expression as written."""
        return self.tokens.text[self.start : self.end]

    def all(self, name: str) -> list[int]:
        """Return the positions of its tokens of class `name`."""
        return [i for i in range(self.first, self.last) if name in self.tokens.classes(i)]

    def word(self, name: str) -> str:
        """Return its first word of class `name` in lower case, "" where there is none."""
        places = self.all(name)
        return self.tokens.word(places[0]) if places else ""

    def value(self, name: str) -> str | int | None:
        """Return what its first word of class `name` means, None where there is none."""
        word = self.word(name)
        if name == "ordinal" and word[:1].isdigit():
            return int(word[:-2])
        return self.tokens.grammar.values[name].get(word) if word else None

    @property
    def is_single(self) -> bool:
        """Tell whether it is one word alone."""
        return self.last - self.first == 1

    def before(self, name: str) -> bool:
        """Tell whether the word before it is of class `name`."""
        return name in self.tokens.classes(self.first - 1)

    def after(self, name: str) -> bool:
        """Tell whether the word after it is of class `name`."""
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


@dataclass(slots=True)
class Grammar:
    """The words and rules of one language, ready to run."""

    values: dict[str, dict[str, str | int]]
    past_ending: str  # of regular verbs: "ed"
    symbol_of: dict[str, str] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=lambda: {OTHER: frozenset()})
    rules: list[Rule] = field(default_factory=list)
    ahead: dict[str, re.Pattern[str]] = field(default_factory=dict)  # what may follow an expression and complete it
    token: re.Pattern[str] = field(init=False)
    zone: re.Pattern[str] = field(init=False)  # a run of words that occur in rules
    trigger: re.Pattern[str] = field(init=False)  # a word that every expression has one of
    any_rule: re.Pattern[str] = field(init=False)
    _symbols: dict[frozenset[str], str] = field(default_factory=dict)

    def symbol(self, classes: frozenset[str]) -> str:
        """Return the symbol of words that belong to exactly these classes."""
        if not classes:
            return OTHER
        if classes not in self._symbols:
            symbol = chr(_FIRST_SYMBOL + len(self._symbols))
            self._symbols[classes] = symbol
            self.classes[symbol] = classes
        return self._symbols[classes]

    def read(self, text: str) -> Tokens:
        """Split a text into tokens and give each its symbol."""
        spans, symbols, known = [], [], self.symbol_of
        for m in self.token.finditer(text):
            word = m.group()
            symbol = known.get(word)
            if symbol is None:
                symbol = self.symbol(_number_classes(word)) if word[0].isdigit() else OTHER
            spans.append(m.span())
            symbols.append(symbol)
        return Tokens(text, self, spans, "".join(symbols))

    def scan(self, tokens: Tokens, read: Callable[[Found], T | None]) -> list[T]:
        """Read every stretch that has the shape of some rule, from left to right, the longest that `read` accepts."""
        symbols, readings = tokens.symbols, []
        for zone in self.zone.finditer(symbols):
            at, end = zone.span()
            while at < end and (trigger := self.trigger.search(symbols, max(zone.start(), at - LOOK_BACK), end)):
                at = max(at, trigger.start() - REACH)
                step = 1
                if self.any_rule.match(symbols, at, end):
                    for found in self._matches(tokens, at, end):
                        reading = read(found)
                        if reading is not None:
                            readings.append(reading)
                            step = found.last - at
                            break
                at += step
        return readings

    def _matches(self, tokens: Tokens, at: int, end: int) -> list[Found]:
        """Return the readings of the words from `at` on, longest first."""
        ends = [(m.end(), rule) for rule in self.rules if (m := rule.shape.match(tokens.symbols, at, end))]
        return [Found(tokens, at, last, r.meaning) for last, r in sorted(ends, key=lambda e: -e[0]) if last > at]


def _number_classes(word: str) -> frozenset[str]:
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
    for name, pattern in _NUMBERS:
        if pattern.fullmatch(word):
            day = name == "ordinal" and len(word) <= 4 and 1 <= int(word[:-2]) <= 31
            return frozenset({name, "day"} if day else {name})
    return frozenset()


_NUMBERS = [
    (name, re.compile(pattern, re.ASCII))
    for name, pattern in (
        ("isodate", r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?"),
        ("numericdate", r"\d\d?([/.])\d\d?\1(\d{4}|\d\d)"),
        ("clocktime", r"\d\d?:\d\d(:\d\d)?"),
        ("decade", r"\d{2,3}0s"),
        ("shortdecade", r"\d0s"),
        ("ordinal", r"\d{1,4}(st|nd|rd|th)"),
        ("number", r"\d{1,3}(,\d{3})+|\d{1,6}\.\d{1,6}"),
    )
]


# One number of every kind, so that all their symbols exist when the rules are compiled.
_NUMBER_SAMPLES = ["0", "1", "24", "31", "99", "100", "1999", "9999", "2022-09-13", "1/2/2022", "1:30", "1960s", "60s",
                   "1st", "99th", "1,000"]  # fmt: skip


@lru_cache
def grammar(language: str = "en") -> Grammar:
    """Load and compile the words and rules of a language, once."""
    table = tomllib.loads((LANGUAGES / f"{language}.toml").read_text(encoding="utf-8"))
    made = Grammar(values=table["values"], past_ending=table["past_ending"])
    macros = table["macros"]
    shapes = [_expand(rule["shape"], macros) for rule in table["rules"]]
    ahead = {name: _expand(shape, macros) for name, shape in table["ahead"].items()}
    for word, names in _classes_of(table, shapes + list(ahead.values())).items():
        made.symbol_of[word] = made.symbol(frozenset(names))
    for sample in _NUMBER_SAMPLES:
        made.symbol(_number_classes(sample))
    used = {name for shape in shapes for name in _names(shape)}
    made.rules = [
        Rule(rule["meaning"], re.compile(_over_symbols(shape, made.classes)))
        for rule, shape in zip(table["rules"], shapes, strict=True)
    ]
    made.ahead = {name: re.compile(_over_symbols(shape, made.classes)) for name, shape in ahead.items()}
    made.any_rule = re.compile("|".join(rule.shape.pattern for rule in made.rules))
    made.zone = re.compile(f"{_charset(used, made.classes)}+")
    made.trigger = re.compile(_charset(set(table["triggers"]), made.classes))
    made.token = re.compile(_TOKEN.format(spellings=table["spellings"].replace(" ", "[ ]")), re.VERBOSE)
    return made


_NAME = re.compile(r"'(?P<word>[^']+)'|(?P<name>[a-z_]+)")


def _name(m: re.Match[str]) -> str:
    return m["name"] or f"'{m['word']}'"


def _names(shape: str) -> Iterator[str]:
    yield from map(_name, _NAME.finditer(shape))


def _expand(shape: str, macros: dict[str, str]) -> str:
    while (written := re.sub(r"\{([a-z_]+)\}", lambda m: f"({macros[m[1]]})", shape)) != shape:
        shape = written
    return shape


def _classes_of(table: dict, shapes: list[str]) -> dict[str, set[str]]:
    """Map every spelling of a word (lower case, Capital, CAPITALS) to its classes; 'word' in a shape is its own."""
    members = {name: list(words) for name, words in (table["values"] | table["words"]).items()}
    for shape in shapes:
        for m in _NAME.finditer(shape):
            if m["word"]:
                members[_name(m)] = [m["word"]]
    classes: dict[str, set[str]] = {}
    for name, words in members.items():
        for word in words:
            spellings = {word.capitalize(), word.upper()} | (set() if name in table["capitalised"] else {word})
            for spelling in spellings:
                classes.setdefault(spelling, set()).add(name)
    for mark, name in _PUNCTUATION.items():
        classes.setdefault(mark, set()).add(name)
    return classes


def _over_symbols(shape: str, classes: dict[str, frozenset[str]]) -> str:
    """Turn a shape into a regular expression over symbols."""
    grouped = re.sub(r"\((?!\?)", "(?:", shape)
    return _NAME.sub(lambda m: _charset({_name(m)}, classes), grouped).replace(" ", "")


def _charset(names: set[str], classes: dict[str, frozenset[str]]) -> str:
    symbols = "".join(symbol for symbol, members in classes.items() if members & names)
    return f"[{symbols}]" if symbols else "(?!)"
