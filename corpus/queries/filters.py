"""What the reader narrowed the view to, as a condition on the index and in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.records import LITERAL, Role

SHOWN = "m.role != ''"  # what may stand on the map; which roles do is for the filters to say
NO_OUTLET = "(no outlet named)"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrowed the view to; both days are included, empty means everything.

    A period is found while any of its days is inside, a mention with several dates while any of them is.
    """

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # region codes, of provinces or countries
    text: str = ""
    by: Literal["event", "published"] = "event"  # the date that the days mean
    undated: bool = False  # keep what has no date although days are chosen
    roles: tuple[Role, ...] = LITERAL
    called: tuple[str, ...] = ()  # places that go by the text: they are found however an article spells them
    sure: bool = False  # leave out what is in doubt

    def sql(self, *, having: str = "") -> tuple[str, dict[str, object]]:
        """Return the condition on mentions m, places p and articles a, with its parameters.

        `having` is another condition on passages that have the words, where one knows them.
        """
        narrowed, values = self.narrowed("m.passage", having=having)
        clauses = [f"m.role in ({_bind(values, 'role', self.roles)})", *narrowed]
        if self.since or self.until:
            inside = _INSIDE[self.by]
            clauses.append(f"({inside} or {CERTAINTY[self.by]} = 'undated')" if self.undated else inside)
            values["since"] = str(self.since or date.min)
            values["until"] = str(self.until or date.max)
        if self.sure:
            clauses.append("m.doubt = ''")
        return " and ".join(clauses), values

    def narrowed(self, passage: str, *, having: str = "") -> tuple[list[str], dict[str, object]]:
        """Return the conditions on articles a, places p and a column of passages, without those on days and roles."""
        clauses, values = list[str](), dict[str, object]()
        if self.outlets:
            clauses.append(f"a.outlet in ({_bind(values, 'outlet', self.outlets)})")
        if self.regions:
            codes = _bind(values, "region", self.regions)
            clauses.append(f"(p.region in ({codes}) or p.country in ({codes}))")
        if words := search_expression(self.text):
            having = having or f"{passage} in (select rowid from passages_fts where passages_fts match :words)"  # noqa: S608
            clauses.append(f"({having} or p.id in ({_bind(values, 'called', self.called)}))")
            values["words"] = words
        return clauses, values

    def words(self, region_names: Mapping[str, str]) -> str:
        """Return the filters in words: 'from 1 September 2022 to 5 April 2023, in Syunik, containing "corridor"'."""
        parts = []
        if days := self.days_in_words():
            parts.append(("published " if self.by == "published" else "") + days + (" or undated" * self.undated))
        if self.regions:
            parts.append("in " + ", ".join(region_names.get(code, code) for code in self.regions))
        if self.outlets:
            parts.append("from " + ", ".join(outlet or NO_OUTLET for outlet in self.outlets))
        if self.roles != LITERAL:
            parts.append("only " + " and ".join(ROLE_WORDS[role] for role in self.roles) if self.roles else "nothing")
        if self.sure:
            parts.append("without what is in doubt")
        if self.text.strip():
            parts.append(f"in passages with “{self.text.strip()}”")
        return ", ".join(parts)

    def days_in_words(self) -> str:
        """Return the days in words: "on 13 September 2022"."""
        if self.since and self.since == self.until:
            return f"on {spell(self.since)}"
        ends = (f"from {spell(self.since)}" if self.since else "", f"to {spell(self.until)}" if self.until else "")
        return " ".join(filter(None, ends))

    def any_day(self) -> Filters:
        """Return the same filters without the days."""
        return replace(self, since=None, until=None)


ROLE_WORDS: Mapping[Role, str] = {
    "happened": "events",
    "met": "meetings",
    "target": "attacked or aimed at",
    "background": "earlier events",
    "mentioned": "named only",
    "actor": "governments and people",
}


def spell(day: date) -> str:
    """Return a day in words, whatever the locale: 13 September 2022."""
    return f"{day.day} {day:%B} {day.year}"


def _bind(values: dict[str, object], name: str, items: tuple[str, ...]) -> str:
    for number, item in enumerate(items):
        values[f"{name}{number}"] = item
    return ", ".join(f":{name}{number}" for number in range(len(items)))


# As the full text splits words, which keeps no positions and so knows no phrases: a word must be one there, too.
WORD = re.compile(r"[^\W_\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")


def search_expression(text: str) -> str:
    """Return the typed words as a full-text query: every word must occur, the last may be a beginning."""
    found = WORD.findall(text)
    return " ".join(f'"{word}"' for word in found[:-1]) + (f' "{found[-1]}"*' if found else "")


# By event: any of a mention's dates; its certainty is that of the first. By publication: the article's.
_INSIDE = {
    "event": """exists (select 1 from date_rows l where l.dating = m.dating
        and l.until_day >= unixepoch(:since) / 86400 and l.since_day <= unixepoch(:until) / 86400)""",
    "published": "(a.published_until >= :since and a.published_since <= :until)",
}
PERIOD = {"event": "l.since, l.until", "published": "a.published_since since, a.published_until until"}
CERTAINTY = {"event": "m.certainty", "published": "a.published_certainty"}
