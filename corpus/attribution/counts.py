"""Read how many: "49", "twenty-two", "between 10 and 20", "a dozen", "thousands"."""

from __future__ import annotations

import re

from geodata.words import number_words

_VALUE = number_words("one", "ten")
_SCALE = number_words("hundred", "million", "score")
_SCALES = "|".join(word for word in _SCALE if word != "score")  # alone it is what a match ends with
_SMALL, _TENS, _DIGITS = ("|".join(words) for words in (number_words("one"), number_words("ten"), list(_VALUE)[:9]))
_ONE = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{_TENS})(?:[- ](?:{_DIGITS}))?|{_SMALL})"
NUMBER = re.compile(
    r"(?<![\w.,$€£-])(?:"
    rf"(?P<between>between )?(?P<low>{_ONE})(?(between) and |(?:(?<=\d)-(?=\d)| to |–| or ))(?P<high>{_ONE})"
    rf"(?: (?P<both>{_SCALES}))?|"
    rf"(?P<one>{_ONE})(?: (?P<scale>{_SCALES}))?|"
    rf"(?P<vague>(?:(?:several|many|half a|a) )?(?:(?P<tens>tens|dozens|hundreds) of )?(?:{_SCALES}|score)s?)"
    r"(?=[ .,;\"”’])(?: of)?|"
    r"(?P<few>several|a few|a couple|both|a handful|another|the other|a (?:second|third|fourth|fifth))(?= )(?: of)?"
    r")(?![\w%]|-[a-z]|[.,:]\d| percent| per cent)",
    re.IGNORECASE,
)
# Of those told of before, one more: "one was killed and another injured".
ALONE = frozenset(["another", "the other", *(f"a {nth}" for nth in ("second", "third", "fourth", "fifth"))])
_FEW = {"both": 2, "a couple": 2}  # "several" is no figure: two or more


def value_of(match: re.Match[str]) -> tuple[int, int | None]:
    """Return the least and the most that a number means; None where words like "thousands" set no upper bound."""
    if match["few"]:
        few = 1 if match["few"].lower() in ALONE else _FEW.get(match["few"].lower())
        return few or 2, few
    if match["vague"]:
        words = match["vague"].lower().split()
        scale = _SCALE[words[-1].rstrip("s")]
        if match["tens"]:  # the word's own number is the least that it can mean
            return scale * {"tens": 10, "dozens": 12, "hundreds": 100}[match["tens"].lower()], None
        if words[-1].endswith("s") or words[0] in ("several", "many"):
            return scale, None
        return (scale // 2,) * 2 if words[0] == "half" else (scale, scale)
    if match["low"]:
        times = _SCALE.get((match["both"] or "").lower(), 1)
        low, high = _number(match["low"]) * times, _number(match["high"]) * times
        return (int(low), int(high)) if low <= high else (int(high), int(low))
    value = int(_number(match["one"]) * _SCALE.get((match["scale"] or "").lower(), 1))
    return value, value


def _number(written: str) -> float:
    plain = written.lower().replace(",", "")
    if plain[0].isdigit():
        return float(plain)
    return sum(_VALUE[word] for word in re.split(r"[- ]", plain))
