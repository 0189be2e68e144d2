"""Read years and decades."""

from __future__ import annotations

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning, year_text
from corpus.timex.grammar import Found, leading_number

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
    if _is_ancient(found):
        return False
    if "money" in before or "percent" in after or "amount_of" in before or ("counted" in after and not dating):
        return False
    if found.first and tokens.ends[found.first - 1] == found.start:  # no blank before it
        if before & {"dot", "comma", "slash", "colon"}:
            return False
        if "dash" in before and "year" not in tokens.classes(found.first - 2):
            return False
    usual = year in (USUAL_YEARS_OF_HISTORY if clock.narrative else USUAL_YEARS)
    return usual or dating or bool(before & {"open", "dash", "article", "part", "link"})


def ancient(found: Found, clock: Clock) -> Meaning | None:
    """Read a bare number that a year before Christ after it explains: "499" of "499-493 BC"."""
    if not _is_ancient(found):
        return None
    return Meaning(year_text(-int(found.word("number"))), "before Christ, as the year after it")


def _is_ancient(found: Found) -> bool:
    """Say whether a year before Christ explains the bare number before it; one like 2020 only as an end of a period."""
    tokens, link, written, other = found.tokens, found.last, found.word("number"), found.tokens.word(found.last + 1)
    follows = "link" in tokens.classes(link) and any("before_christ" in tokens.classes(link + i) for i in (2, 3))
    if not (follows and found.is_single and written.isdecimal() and other.isdecimal()):
        return False
    if "year" not in tokens.classes(found.first):
        return True
    is_period = bool(tokens.classes(link) & {"dash", "to", "until"}) or found.before("between")
    return is_period and int(written) > int(other)


def decade(found: Found) -> Meaning | None:
    """Read a decade: "the 1990s", "the '60s", "the sixties"."""
    if decade := found.word("decade"):
        start = leading_number(decade)
        if found.word("before_christ"):
            return Meaning(f"BC{start // 10:03d}")
        return Meaning(f"{start // 10:03d}") if start >= cal.EARLIEST else None
    tens = found.value("decade_word") or found.word("shortdecade")[0]
    return Meaning(f"19{tens}", "taken as the 20th century")


def decade_year(found: Found, clock: Clock) -> Meaning | None:
    """Read a decade by its first year, where the language writes it so: "1990-х"."""
    year = own_year(found)
    return Meaning(f"{year // 10:03d}") if year and year % 10 == 0 else None
