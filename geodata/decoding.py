"""Bytes to text: by byte order mark, as UTF-8, by what a page declares, else in the encoding that fits best."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from geodata.errors import NoTextError

HEAD = 20_000  # bytes in which a page says what it is written in: scripts may stand before that
SAMPLE, BEFORE = 50_000, 1_000  # bytes from before the first that is not ASCII: enough to tell, and read in no time

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's, so it is tried first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:\?xml\b[^<>]{0,200}?\bencoding|meta\b[^<>]{0,300}?\bcharset)\s*=\s*["']?\s*([\w.:-]{2,30})""",
    re.IGNORECASE,
)
# As browsers do: what a page calls by the old name is written in the larger set of the same letters.
_LARGER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "koi8-r": "koi8-u",
}
_OF_PAGES = re.compile(r"utf-8|cp\d{3,4}|iso8859-\d+|iso2022_\w+|koi8-\w|gb\d+|big5\w*|euc_\w+|hz|mac-\w+|tis-620")
# What text is written in, for the library to choose from; rarer sets only add mistakes.
_WIDE = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
_SETS = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("koi8_u", "iso8859_2", "iso8859_5", "iso8859_7", "cp866"),
    *_WIDE,
)
# What a text in one of the wide sets hardly has: letters of half width, lone parts of syllables, signs inside a word.
_NO_TEXT = (
    "it is not a text file, or is UTF-16 without a byte order mark, or its encoding is not known; save it as UTF-8 text"
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_ODD = re.compile(r"[ｦ-ﾟㄱ-ㅣ]|[^\0-\x7f][a-z]|[a-z][^\0-\x7f]")
# Where the library takes one set for another of its kind, the letters decide: those of each set's languages, the
# likeliest set first. Icelandic goes without ý, which Turkish would be read with.
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")
_CYRILLIC = ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћђџ",)
_KINDS: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "cp1252": ("àâæçèéêëîïôœùûüÿ", "äöüß", "áéíñóúü", "àáâãçéêíóôõú", "àèéìòù", "åäöé", "æøåé", "áðéíóúþæö"),
        "cp1250": _CENTRAL,
        "iso8859_2": _CENTRAL,
        "cp1254": ("çğıöşüâîi\u0307",),  # with the dot that a small letter keeps of its capital
        "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    },
    {
        "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
        **dict.fromkeys(("cp1251", "koi8_u", "iso8859_5", "cp866"), _CYRILLIC),
    },
)
_LETTERS = _KINDS[0] | _KINDS[1]


def decode(content: bytes, *, charset: str = "") -> tuple[str, str]:
    """Return the text of a file, and what had to be assumed to read it; `charset` is as whoever sent it declared.

    Raises NoTextError where it is no text.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            try:
                return content[len(bom) :].decode(encoding), ""
            except UnicodeDecodeError:
                if encoding != "utf-8":
                    raise NoTextError(f"it says it is {encoding.upper()} and is not; save it as UTF-8") from None
                content = content[len(bom) :]
    # Half of UTF-16's bytes are the higher ones, which are small, and so it may be UTF-8 too.
    is_wide = len(content.translate(None, bytes(range(9)))) < 0.75 * len(content)
    if is_wide and (encoding := _without_mark(content)):
        return content.decode(encoding), _assumed(encoding)
    declared = _known(charset) or _declared(content)
    try:
        return content.decode(declared if declared.startswith(("iso2022", "hz")) else "utf-8"), ""
    except UnicodeDecodeError:
        pass
    if b"\0" in content:
        if encoding := _without_mark(content):
            return content.decode(encoding), _assumed(encoding)
        raise NoTextError(_NO_TEXT)
    try:
        if declared:
            return content.decode(declared), ""
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    broken = text.count("�")
    whole = len(text.encode("utf-8", "ignore")) - len(text) - 2 * broken  # bytes that continue a proper character
    if whole > broken:
        return text, f"{broken} of its characters are not valid UTF-8 and show as �; save it again as UTF-8"
    encoding = _likeliest(content)
    if not encoding:
        raise NoTextError(_NO_TEXT)
    return content.decode(encoding, "replace"), _assumed(encoding)


def _assumed(encoding: str) -> str:
    name = re.sub(r"^CP(?=125)", "Windows-", encoding.upper().replace("_", "-"))
    return f"it is not UTF-8 and was read as {name}; if its letters look wrong, save it as UTF-8"


def _declared(content: bytes) -> str:
    """Return the encoding that a page or an XML file says it is in, "" where it says none that text comes in."""
    found = _DECLARED.search(content, 0, HEAD)
    return _known(found[1].decode("ascii")) if found else ""


def _known(charset: str) -> str:
    """Return Python's name of an encoding that text comes in, "" for any other."""
    try:
        name = codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):
        return ""
    name = _LARGER.get(name, name)
    return name if _OF_PAGES.fullmatch(name) else ""


def _without_mark(content: bytes) -> str:
    """Return the UTF-16 that a content without a byte order mark is in: read the other way it has odd characters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        is_usual = " " in text or "\n" in text or len(_EAST_ASIAN.findall(text)) * 2 > len(text)
        if is_usual and all(char.isprintable() or char in "\n\r\t" for char in text):
            return encoding
    return ""


def _likeliest(content: bytes) -> str:
    """Return the encoding that makes most sense of the bytes, "" where none does."""
    from charset_normalizer import from_bytes  # only what is not UTF-8 waits for it

    first = re.search(rb"[\x80-\xff]", content)
    sample = content[max(0, first.start() - BEFORE) if first else 0 :][:SAMPLE]
    if len(sample) == SAMPLE:
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b" ")) + 1] or sample  # no character is cut in two
    sets = list(_SETS)
    while (best := from_bytes(sample, cp_isolation=sets).best()) and best.encoding in sets:
        read = str(best)
        if best.encoding in _LETTERS:
            break
        if best.encoding not in _WIDE or len(_ODD.findall(read)) * 5 < sum(char > "\x7f" for char in read):
            return best.encoding
        sets.remove(best.encoding)
    if not best and (wide := _without_mark(content)):
        return wide
    # Lines said twice are odd to the library: then the letters of all kinds decide, if they do.
    kind = next((kind for kind in _KINDS if best and best.encoding in kind), _LETTERS)
    fits = {encoding: _fits(sample.decode(encoding, "replace"), letters) for encoding, letters in kind.items()}
    likeliest = max(fits, key=fits.__getitem__)
    return likeliest if best or fits[likeliest] > 0 else ""


def _fits(text: str, alphabets: tuple[str, ...]) -> int:
    """Return how well letters fit one language: capitals are few, and a letter that it lacks weighs most."""
    others = Counter(char for char in text if char > "\x7f" and char not in "“”„‘’‚–—…«»°§№¿¡€\xa0")
    return max(
        sum(
            count * (-6 if char.lower() not in alphabet else 1 if char.isupper() else 2)
            for char, count in others.items()
        )
        for alphabet in alphabets
    )
