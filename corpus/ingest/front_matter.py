"""Front matter: what stands at the top of a file and says what the article is, in YAML, TOML or JSON."""

from __future__ import annotations

import json
import re
import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import takewhile

import yaml

# What people call the fields, and what an Article calls them.
_CALLED = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication"),
    "author": ("author", "authors", "byline"),
    "date": ("date", "published", "publication_date", "pubdate", "date_published"),
    "language": ("language", "lang"),
    "url": ("url", "link"),
    "page": ("page",),  # "whole": no part of a web page is taken for anything but its article
}
KEYS = {called: field for field, names in _CALLED.items() for called in names}
LONGEST = 200  # lines
LONGEST_VALUE = 10_000  # characters
MOST, DEEPEST = 50, 3  # items and levels of a list: in YAML each may hold the last one ten times

_OPENING = re.compile(
    r"\A\s*+(?:%YAML[^\n]*\n\s*+)?(?:<!--[^<>]{,500}-->\s*+)?"
    r"(?P<fence>-{3,}|\+{3,}|;{3,})[ \t]*+(?P<kind>yaml|toml|json)?[ \t]*+\n"
)
_FIELD = re.compile(r"""(["']?)(?P<key>[^\W\d][\w -]{0,40}?)\1\s*(?::(?=[\s"'\[{]|$)|=)(?P<value>.*)""")
_GOES_ON = tuple(" \t-]}")  # begins a line that belongs to the one above
_YAML = re.compile(r"""\A(?:[\[{"'&*!|>%@`]|(?:.*\s)?#(?:\s|$))""")  # a value that is more than its words
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]+")
_BROKEN = (ValueError, OverflowError, RecursionError, yaml.YAMLError)  # what the three parsers raise at hostile text


def split_front_matter(text: str) -> tuple[dict[str, str], str, list[str]]:
    """Return the known fields, the text below, and what is wrong with the front matter; no text is ever lost."""
    text = text.removeprefix("\ufeff")
    bare = text.lstrip()
    if bare.startswith("{"):
        return _split_json(text, bare)
    opening = _OPENING.match(text)
    if not opening:
        return {}, text, []
    fence, lines = opening["fence"], text[opening.end() :].split("\n", LONGEST)[:LONGEST]
    closing = re.compile(r"-{3,}|\.{3}" if fence[0] == "-" else rf"\{fence[0]}{{3,}}")
    above = list(takewhile(lambda line: not closing.fullmatch(line.rstrip()), lines))
    is_closed, number = len(above) < len(lines), text.count("\n", 0, opening.end()) + 1
    if not is_closed:
        above = list(takewhile(str.strip, above))
    block = textwrap.dedent("\n".join(above)).split("\n")
    if all(line.startswith("- ") for line in filter(str.strip, block)):
        block = [line[2:] for line in block]  # a list of fields, or nothing
    braced = block[0].startswith("{")
    kind = "json" if braced else opening["kind"] or {"+": "toml", ";": "json"}.get(fence[0], "yaml")
    values, problems = _read_whole(block, number, kind) if is_closed and kind != "yaml" else (None, [])
    if values is None and is_closed and not any(map(str.strip, block)):
        values = {}
    elif values is None:
        if not _is_meant(block):
            return {}, text, []  # a rule across the page
        if not is_closed:
            problems = [f"its front matter is opened with {fence} and never closed: add a line {fence}"]
            return _known(_read_lines(block, number)[0]), text, problems
        values, more = _read_lines(block, number)
        problems += more
    below = opening.end() + sum(len(line) + 1 for line in lines[: len(above) + 1])
    return _known(values), text[below:].lstrip("\n"), problems


def _split_json(text: str, bare: str) -> tuple[dict[str, str], str, list[str]]:
    try:
        values, end = json.JSONDecoder().raw_decode(bare)
    except _BROKEN as error:
        problem = f"its front matter is no JSON ({error}): mend it there"
        braces = re.match(r"\{[^{}]{,5000}\}(?=\s*\n)", bare)
        with suppress(*_BROKEN):  # YAML is JSON that forgives a comma too many
            read = _read_yaml(braces[0]) if braces else None
            if braces and isinstance(read, dict) and _known(read):
                return _known(read), bare[braces.end() :].lstrip(), [problem]
        above = [line.strip().rstrip(",") for line in takewhile(str.strip, bare.split("\n", LONGEST))]
        fields = _known(_read_lines(above, 1)[0])
        return fields, text, [problem] if fields else []
    is_front = isinstance(values, dict) and _known(values) and bare[end:].strip()
    return (_known(values), bare[end:].lstrip(), []) if is_front else ({}, text, [])


def _is_meant(lines: Sequence[str]) -> bool:
    """Tell front matter from a text between rules: it begins with a field or has a known one, and half are fields."""
    fields = [_FIELD.match(line) for line in lines if line.strip() and not line.startswith(("#", *_GOES_ON))]
    known = any(_key(field["key"]) in KEYS for field in fields if field)
    return (any(fields[:1]) or known) and 2 * sum(map(bool, fields)) >= len(fields)


def _read_whole(lines: Sequence[str], number: int, kind: str) -> tuple[Mapping[str, object] | None, list[str]]:
    block = "\n" * (number - 1) + "\n".join(lines)  # so that the parser counts the lines of the file
    try:
        values = tomllib.loads(block) if kind == "toml" else _read_yaml(block)  # JSON is YAML, less strictly read
    except _BROKEN as error:
        return None, [f"its front matter is no {kind.upper()} ({' '.join(str(error).split())[:200]}): mend it there"]
    return (values, []) if isinstance(values, dict) else (None, [])


def _read_yaml(source: str) -> object:
    if len(source) > LONGEST_VALUE or source.count("[") + source.count("{") > 2 * MOST:  # it takes their square
        raise ValueError("longer or deeper than front matter is")
    # BaseLoader makes words, lists and maps of all there is, whatever the tags ask for.
    return yaml.load(source.expandtabs(), Loader=yaml.BaseLoader)


def _read_lines(lines: Sequence[str], number: int) -> tuple[dict[str, object], list[str]]:
    """Read YAML field by field, so that one that is broken spoils no other."""
    fields: list[tuple[int, str, list[str]]] = []
    values: dict[str, object] = {}
    problems: list[str] = []
    for here, line in enumerate(lines, number):
        field = _FIELD.match(line)
        inner = _FIELD.match(line.strip()) if line[:1] in " \t" and fields and fields[-1][2][0] else None
        if inner and _key(inner["key"]) in KEYS and not _YAML.match(fields[-1][2][0]):
            problems.append(f"line {here} of its front matter is indented, and was read as a field of its own")
            fields.append((here, _key(inner["key"]), [inner["value"].strip()]))
        elif fields and (not line.strip() or line.startswith(_GOES_ON)):
            fields[-1][2].append(line)
        elif field:
            fields.append((here, _key(field["key"]), [field["value"].strip()]))
        elif line.strip() and not line.startswith("#"):
            problems.append(f"line {here} of its front matter is not 'key: value': {line.strip()[:60]!r}")
    for here, key, written in fields:
        if key in values:
            problems.append(f"its {key} stands again on line {here} of its front matter: the first one was taken")
        elif key in KEYS:
            values[key], problem = _read_value(written)
            problems += [f"its {key} on line {here} of its front matter {problem}"] if problem else []
    return values, problems


def _read_value(written: list[str]) -> tuple[object, str]:
    first, *more = written
    if not any(map(str.strip, more)) and not _YAML.match(first):
        return first, ""  # "Storm: two dead" is a title, and no YAML
    try:
        return _read_yaml("\n".join([f"- {first}", *(f"  {line}" for line in more)])), ""
    except _BROKEN:
        plain = " ".join(" ".join(written).split())
        return plain, "is no YAML that can be read, and stands as it is: put it in quotes" if _YAML.match(first) else ""


def _key(written: str) -> str:
    return re.sub(r"[ -]", "_", written.strip().lower())


def _known(values: Mapping[str, object]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for key, value in values.items():
        name = KEYS.get(_key(key), "")
        if name and (words := list(filter(None, _words(value, DEEPEST)))):
            fields.setdefault(name, (", " if name == "author" else " ").join(words))
    return fields


def _words(value: object, levels: int) -> list[str]:
    """Return what a value says: a person by the name, a list by its items."""
    if isinstance(value, dict):
        return _words(value.get("name") or list(value.values()), levels - 1) if levels else []
    if isinstance(value, list):
        return [word for item in value[:MOST] for word in _words(item, levels - 1)] if levels else []
    word = " ".join(_CONTROL.sub(" ", str(value)).split())
    return ["" if word in ("~", "null", "None") else word]
