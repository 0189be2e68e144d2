"""Read how many units an expression counts, and write a length of time."""

from __future__ import annotations

from corpus.timex.grammar import Found

_HALVES = {"TM": "PT30S", "TH": "PT30M", "D": "PT12H", "Y": "P6M", "E": "P5Y"}


def unit_of(found: Found) -> str:
    """Return the unit as calendar.py writes it."""
    return str(found.value("unit") or found.value("units"))


def amount_of(found: Found) -> str | None:
    """Return the number of units as TIMEX3 writes it, X where it is vague, None where there is none."""
    tokens, total, seen = found.tokens, 0.0, False
    fractions = found.all("slash")
    for i in range(found.first, found.last):
        classes, word = tokens.classes(i), tokens.word(i)
        if i - 1 in fractions:  # 2 1/2
            top, bottom = int(tokens.word(i - 2)), int(word)
            total += top / bottom - top if bottom else 0
        elif "number" in classes:
            total, seen = total + float(word.replace(",", "")), True
        elif "count" in classes:
            value = float(tokens.grammar.values["count"][word])
            total, seen = max(total, 1) * value if value >= 100 else total + value, True
    if found.word("half"):
        total, seen = total + 0.5, True
    if not seen:
        if found.word("vague") or found.word("couple"):
            return "X"
        return "1" if found.word("a") else None
    return f"{total:g}" if total < 1e6 else None


def length_of(amount: str, unit: str) -> str | None:
    """Write a length as TIMEX3: P6W, PT2H, PXY, P2DE."""
    if unit == "2W":
        amount, unit = (amount if amount == "X" else f"{float(amount) * 2:g}"), "W"
    if amount == "0.5" and unit in _HALVES:
        return _HALVES[unit]
    if unit.startswith("T"):
        return f"PT{amount}{unit[1]}"
    if unit in ("C", "L"):
        return f"P{amount}{unit}E" if amount == "X" else f"P{float(amount) * (100 if unit == 'C' else 1000):g}Y"
    return None if unit == "H" else f"P{amount}DE" if unit == "E" else f"P{amount}{unit}"


def number_of(found: Found) -> int | None:
    """Return the number of units as a whole number, None where it is vague or there is none."""
    amount = amount_of(found)
    return None if amount in (None, "X") else int(float(str(amount)))
