"""Front matter: the lines between two `---` at the top of a file that say what the article is."""

from __future__ import annotations

import re

# What people call the fields, and what an Article calls them.
KEYS = {
    "title": "title", "headline": "title",
    "outlet": "outlet", "source": "outlet", "publisher": "outlet", "publication": "outlet",
    "author": "author", "authors": "author", "byline": "author",
    "date": "date", "published": "date", "publication_date": "date", "pubdate": "date", "date_published": "date",
    "language": "language", "lang": "language",
    "url": "url", "link": "url",
}  # fmt: skip
LONGEST = 200  # lines

_FIELD = re.compile(r"\A(?P<key>[^\W\d][\w -]{0,40}?)\s*:(?:\s+(?P<value>.*))?$")
_FENCE = re.compile(r"\A\ufeff?\s*---[ \t]*\n")


def split_front_matter(text: str) -> tuple[dict[str, str], str, list[str]]:
    """Return the known fields, the text below, and what is wrong with the front matter; no text is ever lost."""
    opening = _FENCE.match(text)
    if not opening:
        return {}, text, []
    lines = text[opening.end() :].split("\n", LONGEST)[:LONGEST]
    if not (lines and _FIELD.match(lines[0])):
        return {}, text, []  # a rule across the page
    closing = next((i for i, line in enumerate(lines) if line.rstrip() in ("---", "...")), None)
    if closing is None:
        return {}, text, ["its front matter is opened with --- and never closed: add a line ---"]
    fields, problems = _read_fields(lines[:closing])
    below = opening.end() + sum(len(line) + 1 for line in lines[: closing + 1])
    return fields, text[below:].lstrip("\n"), problems


def _read_fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    values: dict[str, list[str]] = {}
    key, problems = "", []
    for number, line in enumerate(lines, start=2):
        field = _FIELD.match(line)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if key and line[0] in " \t-":  # a list, or a value that goes on
            values[key].append(_unquoted(line.strip().removeprefix("- ")))
        elif field:
            key = field["key"].strip().lower().replace(" ", "_").replace("-", "_")
            value = _unquoted((field["value"] or "").strip())
            values[key] = [] if value in (">", "|", ">-", "|-", "") else [value]
        else:
            problems.append(f"line {number} of its front matter is not 'key: value': {line.strip()[:60]!r}")
    fields: dict[str, str] = {}
    for name, parts in values.items():
        if name in KEYS and any(parts):
            fields.setdefault(KEYS[name], (", " if KEYS[name] == "author" else " ").join(parts))
    return fields, problems


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(part.strip()) for part in value[1:-1].split(","))
    return value
