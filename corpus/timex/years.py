"""Read years, decades and centuries, their quarters and halves."""

from __future__ import annotations

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning, direction, year_text
from corpus.timex.grammar import Found

USUAL_YEARS = range(1900, 2031)  # numbers taken for years without a word like "in" before them
USUAL_YEARS_OF_HISTORY = range(1500, 2031)


def own_year(found: Found) -> int | None:
    """Return the year named in an expression, negative before Christ."""
    if not found.word("before_christ"):
        word = found.word("year") or (found.word("number") if found.word("era") else "")
        return int(word) if word.isdecimal() else None
    numbers = [word for i in found.all("number") if (word := found.tokens.word(i)).isdecimal()]
    return -int(numbers[-1]) if numbers and len(numbers[-1]) <= 4 else None


def year_of(found: Found, clock: Clock) -> Meaning | None:
    """Read a year or a half of one: "1988", "480 BC", "the first half of 2008"."""
    year = own_year(found)
    if year is None or (found.is_single and not _is_year(found, clock, year)):
        return None
    half = f"-H{1 if found.value('ordinal') == 1 else 2}" if found.word("half") else ""
    return Meaning(year_text(year) + half)


def _is_year(found: Found, clock: Clock, year: int) -> bool:
    """Tell a year from an amount, a price, a telephone number."""
    tokens = found.tokens
    before, after = tokens.classes(found.first - 1), tokens.classes(found.last)
    dating = "dating" in before
    if "money" in before or "percent" in after or "amount_of" in before or ("counted" in after and not dating):
        return False
    if found.first and tokens.spans[found.first - 1][1] == found.start:  # no blank before it
        if before & {"dot", "comma", "slash", "colon"}:
            return False
        if "dash" in before and "year" not in tokens.classes(found.first - 2):
            return False
    usual = year in (USUAL_YEARS_OF_HISTORY if clock.narrative else USUAL_YEARS)
    return usual or dating or bool(before & {"open", "dash", "article", "part", "link"})


def ancient(found: Found, clock: Clock) -> Meaning | None:
    """Read a bare number that a year before Christ after it explains: "499" of "499-493 BC"."""
    word = found.word("number")
    alone = found.is_single and word.isdecimal() and "year" not in found.tokens.classes(found.first)
    return Meaning(year_text(-int(word)), "before Christ, as the year after it") if alone else None


def decade(found: Found) -> Meaning | None:
    """Read a decade: "the 1990s", "the '60s"."""
    if decade := found.word("decade"):
        start = int(decade[:-1])
        if found.word("before_christ"):
            return Meaning(f"BC{start // 10:03d}")
        return Meaning(f"{start // 10:03d}") if start >= cal.EARLIEST else None
    return Meaning(f"19{found.word('shortdecade')[0]}", "taken as the 20th century")


def ordinal_period(found: Found, clock: Clock) -> Meaning | None:
    """Read a century, a quarter or a half of a year by its number."""
    number = int(found.value("roman") or found.value("ordinal") or 0)
    year = own_year(found)
    unit = str(found.value("unit") or "H")
    if unit == "C":
        if found.word("before_christ"):
            return Meaning(f"BC{number - 1:02d}")
        return Meaning(f"{number - 1:02d}") if 11 <= number <= 21 else None
    if not 1 <= number <= (4 if unit == "Q" else 2):
        return None
    basis = "explicit"
    if year is None:
        if unit == "H" and not found.word("the_year"):
            return None
        base, name = clock.base()
        if not base:
            return Meaning(f"XXXX-{unit}{number}", "no publication date to count from")
        year, basis = base.year, f"'{found.text}' counted from {name}"
        begins = (number - 1) * (3 if unit == "Q" else 6) + 1
        if found.step:
            year += found.step
        elif not clock.narrative and begins > base.month and direction(found) <= 0:
            year -= 1
    if found.word("fiscal"):
        basis += "; a fiscal year, taken as the calendar year"
    return Meaning(f"{year:04d}-{unit}{number}", basis)
