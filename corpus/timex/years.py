"""Read years and decades."""

from __future__ import annotations

from corpus.timex import calendar as cal
from corpus.timex.clock import Clock, Meaning, past_verb, sentence_ends, year_text
from corpus.timex.grammar import Found, leading_number
from corpus.timex.hours import four_figures

USUAL_YEARS = range(1900, 2031)  # numbers taken for years without a word like "in" before them
USUAL_YEARS_OF_HISTORY = range(1500, 2031)


_WHOSE = ("its", "their", "his", "her", "our")


def own_year(found: Found) -> int | None:
    """Return the year named in an expression, negative before Christ."""
    if not found.word("before_christ"):
        years = [i for i in found.all("year") if not four_figures(found) or i != found.all("year")[0]]
        word = found.tokens.word(years[0]) if years else (found.word("number") if found.word("era") else "")
        return int(word) if word.isdecimal() else None
    numbers = [word for i in found.all("number") if (word := found.tokens.word(i)).isdecimal()]
    return -int(numbers[-1]) if numbers and len(numbers[-1]) <= 4 else None


def whole_year(short: int, clock: Clock) -> int:
    """Return the year that two figures mean: the latest that lies at most five years after publication."""
    latest = (clock.anchor.year if clock.anchor else 2025) + 5
    return latest - (latest - short) % 100


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
    if _is_ancient(found) or "zone" in after:
        return False
    if "close" in before and {"month", "day"} & tokens.classes(found.first - 2):
        return False  # "25 October (7 November) 1917" has lent it
    if "money" in before or "percent" in after or "amount_of" in before or ("counted" in after and not dating):
        return False
    if _is_number(found, dating=dating):
        return False
    if found.first and tokens.ends[found.first - 1] == found.start:  # no blank before it
        if before & {"dot", "comma", "slash", "colon"}:
            return False
        if "dash" in before and "year" not in tokens.classes(found.first - 2):
            return False
    usual = year in (USUAL_YEARS_OF_HISTORY if clock.narrative else USUAL_YEARS)
    return usual or dating or bool(before & {"open", "dash", "article", "part", "link"})


def _is_number(found: Found, *, dating: bool) -> bool:
    """Tell what bears a number or is counted: "bus 2010", "1915 tents", "left at 2015"."""
    tokens = found.tokens
    before, after = tokens.classes(found.first - 1), tokens.classes(found.last)
    if "numbered" in before and not sentence_ends(found, found.first - 1):
        return True
    if tokens.word(found.first - 1) == "at":
        return not after & {"happenings"}
    if tokens.word(found.first - 1) == "in" and tokens.words[found.first - 1].islower():
        return _is_plural(found) and not past_verb(
            found, found.last + 1
        )  # "in 1915 tents", not "in 2015 schools closed"
    if (
        dating
        or tokens.word(found.first - 1) in _WHOSE
        or before & {"article", "part", "step", "step_there", "open", "month", "day", "comma"}
        or ("link" in before and "year" in tokens.classes(found.first - 2))  # "1999 and 2001", not "rifles and 2001"
    ):
        return False
    return _is_plural(found) and not sentence_ends(found, found.first - 1)


def _is_plural(found: Found) -> bool:
    """Say whether a noun in the plural follows that names nothing that happens: "1915 tents", not "2020 elections"."""
    tokens, i = found.tokens, found.last
    word = tokens.words[i] if i < len(tokens.words) else ""
    plural = len(word) > 3 and word.islower() and word.endswith("s") and not word.endswith(("ss", "us", "oes", "says"))
    return plural and not tokens.classes(i)


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
