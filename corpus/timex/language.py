"""Load the words and rules of a language from languages/LANGUAGE.toml, and compile them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from corpus import LANGUAGES
from corpus.timex.grammar import NOTHING, Grammar, Rule, charset, number_classes, number_forms
from geodata.tables import read_toml
from geodata.words import number_words

DEFAULT = "en"
FIGURES = "numeric"  # what is read of a language without a table
_MARKS = {
    "dot": ".",
    "comma": ",",
    "dash": "-–—",
    "apostrophe": "'’",
    "open": "(",
    "close": ")",
    "slash": "/",
    "money": "$€£#",
    "percent": "%",
    "colon": ":;",
    "stop": "!?",
}
_PUNCTUATION = {mark: name for name, marks in _MARKS.items() for mark in marks}
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = r"""(\d(?:
    \d{{3}}-\d\d-\d\d(?:T\d\d:\d\d)?(?![\w-])
  | \d{{3}}/\d\d?/\d\d?(?![\w/]) | \d{{3}}\.\d\d\.\d\d(?!\w|\.\d)
  | \d?/\d\d?/(?:\d{{4}}|\d\d)(?![\w/]) | \d?\.\d\d?\.(?:\d{{4}}|\d\d)(?!\w|\.\d)
  | \d?:\d\d(?::\d\d)?(?![\w:])
  | \d?(?:[:.]\d\d)?[AaPp][Mm](?!\w)
  | \d{{0,2}}(?:,\d{{3}})+(?!\w)
  | \d*(?:\.\d+)?(?:{endings})?(?!\w)
  | \w*)
  | (?={initials})(?:{spellings})
  | [^\W\d]\w*
  | \n\s*\n
  | [^\w\s])"""
# One number of every kind, so that all their symbols exist when the rules are compiled; those with endings come after.
_NUMBER_SAMPLES = (
    "0",
    "1",
    "24",
    "31",
    "99",
    "100",
    "1999",
    "9999",
    "2022-09-13",
    "1/2/2022",
    "1:30",
    "1pm",
    "1,000",
    "2021Q4",
)


def weekday_named(text: str, language: str) -> int:
    """Return the first weekday a text names, Monday 1 to Sunday 7; 0 where it names none."""
    values = open_table(language)["values"]
    names = values.get("weekday", {}) | values.get("weekday_short", {})
    return next((int(names[word]) for word in _WORD.findall(text.lower()) if word in names), 0)


@cache
def table_names() -> tuple[str, ...]:
    """Return the codes of the languages that have a table."""
    return tuple(path.stem for path in sorted(LANGUAGES.glob("??.toml")))


@cache
def open_table(language: str) -> dict[str, Any]:
    """Open the words and rules of a language, with all forms of its words; of one without a table those of figures."""
    name = language if language in table_names() else FIGURES
    table = read_toml(LANGUAGES / f"{name}.toml")
    for name, words in table.get("forms", {}).items():
        forms = {form: value for written, value in words.items() for form in written.split()}
        table["values"].setdefault(name, {}).update(forms)
    if kinds := table.get("number_words"):
        table["values"]["count"] = number_words(*kinds)
    return table


@cache
def grammar(language: str = DEFAULT) -> Grammar:
    """Load and compile the words and rules of a language, once."""
    table = open_table(language)
    ordinals, decades = table["ordinal_endings"], table["decade_endings"]
    made = Grammar(table["values"], tuple(table["past_endings"]), number_forms(ordinals, decades))
    macros = table["macros"]
    shapes = [_expand(rule["shape"], macros) for rule in table["rules"]]
    ahead = {name: _expand(shape, macros) for name, shape in table["ahead"].items()}
    for word, names in _classes_of(table, shapes + list(ahead.values())).items():
        made.symbol_of[word] = made.symbol(frozenset(names))
    samples = [f"{number}{ending}" for number in ("1", "99") for ending in ordinals]
    samples += [f"{number}{ending}" for number in ("1960", "60") for ending in decades]
    for sample in (*_NUMBER_SAMPLES, *samples):
        made.symbol(number_classes(sample, made))
    used = {name for shape in shapes for name in _names(shape)}
    symbols = {name: charset({name}, made.classes) for name in used.union(*map(_names, ahead.values()))}
    made.rules = [
        Rule(rule["meaning"], re.compile(_over_symbols(shape, symbols)))
        for rule, shape in zip(table["rules"], shapes, strict=True)
    ]
    made.ahead = {name: re.compile(_over_symbols(shape, symbols)) for name, shape in ahead.items()}
    made.any_rule = re.compile("|".join(rule.shape.pattern for rule in made.rules))
    triggers = set(table["triggers"])
    known, trigger = charset(used | triggers, made.classes), charset(triggers, made.classes)
    made.zone = re.compile(f"(?<!{known})(?:(?!{trigger}){known})*+{trigger}{known}*")
    made.trigger = re.compile(trigger)
    phrases = sorted((word for word in made.symbol_of if " " in word), key=len, reverse=True)
    written = [
        *filter(None, [table["spellings"].replace(" ", "[ ]")]),
        *(re.escape(phrase) + r"\b" for phrase in phrases),
    ]
    initials = "".join({phrase[0] for phrase in phrases} | set(table["initials"]))
    made.token = re.compile(
        _TOKEN.format(
            endings="|".join([*ordinals, *decades]) or NOTHING,
            initials=f"[{initials}]" if initials else NOTHING,
            spellings="|".join(written) or NOTHING,
        ),
        re.VERBOSE,
    )
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


def _classes_of(table: dict[str, Any], shapes: list[str]) -> dict[str, set[str]]:
    """Map every spelling of a word (lower case, Capital, CAPITALS) to its classes; 'word' in a shape is its own."""
    members = {name: list(words) for name, words in (table["values"] | table["words"]).items()}
    for shape in shapes:
        for m in _NAME.finditer(shape):
            if m["word"]:
                members[_name(m)] = [m["word"]]
    classes: dict[str, set[str]] = {}
    for name, words in members.items():
        for word in words:
            for spelling in _spellings(word, lower=name not in table["capitalised"]):
                classes.setdefault(spelling, set()).add(name)
    for mark, name in _PUNCTUATION.items():
        classes.setdefault(mark, set()).add(name)
    return classes


def _spellings(word: str, *, lower: bool) -> set[str]:
    written = {" ".join(part.capitalize() for part in word.split(" ")), word.upper()}
    if lower:
        written |= {word, word.capitalize()}  # "Ahead of", where a sentence begins
    return written | {spelling.replace("'", "’") for spelling in written}


def _over_symbols(shape: str, symbols: dict[str, str]) -> str:
    """Turn a shape into a regular expression over symbols."""
    grouped = re.sub(r"\((?!\?)", "(?:", shape)
    return _NAME.sub(lambda m: symbols[_name(m)], grouped).replace(" ", "")
