"""What the words around a span say of it, as named features."""

from __future__ import annotations

from geodata.kinds import kinds_that
from geodata.recognition.candidate_spans import Span
from geodata.recognition.lexicon import Lexicon
from geodata.recognition.name_ends import CLASS_NOUNS
from geodata.recognition.person_names import is_initial
from geodata.tokens import Tokens
from geodata.words import wind_words

IN = frozenset({"in", "near", "at", "outside", "around", "across", "inside", "throughout", "within", "into"})
AT = IN | {"on", "along", "off", "from", "to", "towards", "toward", "onto", "via", "by", "opposite", "behind", "beside"}
AT |= {"closed", "reached", "left"}
ALONG = frozenset({"on", "along", "off", "onto"})
ROAD_AT = AT | {"of", "between"}  # "a stretch of Highway 19"
ROAD_IS = wind_words() | {"was", "near", "between", "at"}  # "The M25 was closed"
INTRODUCES = frozenset({"a", "an", "the", "who", "whose", "aged"})
AGE = 2  # digits of it: "Jordan Whitfield, 24, said"
BRANDS = frozenset({"press", "team", "company"})
_WAY = frozenset({"from", "to", "toward", "towards", "via", "between", "through", "over", "off"})
_NOUNS = kinds_that("small")  # small: "Benghazi hospital"
_SAYS = frozenset(
    {"said", "says", "told", "added", "wrote", "asked", "who", "whose", "himself", "herself", "testified"}
)


class Context:
    """The words around the candidate spans of one document."""

    def __init__(self, tokens: Tokens, spans: list[Span], lexicon: Lexicon) -> None:
        self.tokens, self.lexicon = tokens, lexicon
        self._at = {i: span for span in spans for i in range(span.first, span.last + 1)}

    def opens_commonly(self, i: int) -> bool:
        """Say whether a word has its capital only because it begins a sentence."""
        return self.tokens.opens[i] and self.tokens.folded[i] in self.lexicon.common

    def before(self, span: Span) -> str:
        """Return the word before a span and its 'the', or '' where punctuation parts them."""
        i = span.first - 1
        if i < 0 or self.tokens.gap[span.first].strip(" “\"'‘"):
            return ""
        if self.tokens.folded[i] == "the" and i:
            i -= 1
        return self.tokens.folded[i]

    def is_river(self, span: Span) -> bool:
        """Say whether the name of a river stands alone behind an article, as in "the Terek", not "the Terek Hotel"."""
        i, after, tokens = span.first, span.last + 1, self.tokens
        is_person = span.key in self.lexicon.given_names or span.key in self.lexicon.common
        if not span.single or is_person or not i or tokens.folded[i - 1] != "the" or not tokens.adjacent(i):
            return False
        return not tokens.adjacent(after) or not tokens.capital[after]

    def _of_what(self, first: int) -> str:
        """Say what an 'of' belongs to: 'University of Michigan', 'Bishop of Durham' or 'the people of Goris'."""
        of = first - 1 if self.tokens.folded[first - 1] == "of" else first - 2
        if of < 1 or not self.tokens.capital[of - 1] or self.tokens.gap[of] != " ":
            return "place of" if of > 0 and self.tokens.folded[of - 1] in self.lexicon.cues["of"] else "of"
        kind = self.lexicon.organisations.get(self.tokens.folded[of - 1])
        return f"{kind} of" if kind else "capital of"

    def names_body(self, i: int, *, at_once: bool = False) -> str:
        """Return the kind of organisation that the capitals from word `i` on end up in: '[Lansing] State Journal'.

        Whether word `i` itself is one counts only `at_once`.
        """
        tokens, end = self.tokens, min(len(self.tokens), i + 5)
        while i < end and tokens.capital[i] and tokens.gap[i] == " ":
            if at_once and (kind := self._body(i)):
                return kind
            at_once = True
            i += 1
        return ""

    def is_introduced(self, span: Span) -> bool:
        """Say whether a span is but the first word of somebody introduced: 'Jordan Whitfield, a medic, said'."""
        tokens, lexicon, second, after = self.tokens, self.lexicon, span.last + 1, span.last + 2
        if (
            after >= len(tokens)
            or tokens.gap[after] != ", "
            or not (tokens.adjacent(second) and tokens.capital[second])
        ):
            return False
        word, following = tokens.folded[second], tokens.folded[after]
        others = (lexicon.features, lexicon.organisations, lexicon.titles, lexicon.common, lexicon.calendar)
        if tokens.word[second].isupper() or any(word in each for each in others):
            return False
        known = self._at.get(second)
        if known is not None and word not in lexicon.surnames and known.kind != "unlisted":
            return False
        return following in INTRODUCES or (following.isdigit() and len(following) == AGE)

    def in_brand(self, span: Span) -> bool:
        """Say whether a span only begins the name of a paper, a team or a company: '[Chicago] Tribune'."""
        after = span.last + 1
        return (
            after < len(self.tokens)
            and self.tokens.gap[after] == " "
            and self.tokens.capital[after]
            and self._body(after) in BRANDS
        )

    def _body(self, i: int) -> str:
        """Return the kind of organisation that word `i` heads, alone or with the next."""
        heads, words = self.lexicon.organisations, self.tokens.folded
        return heads.get(" ".join(words[i : i + 2])) or heads.get(words[i], "")

    def left(self, span: Span) -> list[str]:
        """Return what the words before a span say."""
        tokens, lexicon, first = self.tokens, self.lexicon, span.first
        found: list[str] = []
        add = found.append
        before = self.before(span)
        if span.kind == "pattern" and before in ALONG:
            add("along")
        if before in IN:
            add("in")
        elif before in _WAY:
            add("from to")
        elif before == "of":
            add(self._of_what(first))
        elif before in ("and", "or"):
            add("and")
        if first and tokens.folded[first - 1] == "the" and tokens.gap[first] == " ":
            add("the")
        if tokens.gap[first].endswith("$"):
            add("money")
        if tokens.opens[first]:
            add("opens")
        elif first and tokens.gap[first] == "-":
            add("after hyphen")
        elif (
            first
            and tokens.gap[first] in (" ", ". ")
            and tokens.capital[first - 1]
            and not self.opens_commonly(first - 1)
            and not (tokens.word[first - 1] == "A" and tokens.gap[first] == " ")
        ):
            previous = tokens.folded[first - 1]
            if previous in lexicon.titles:
                add("after title")
            elif previous in lexicon.given_names or is_initial(tokens, first - 1):
                add("after given name")
            elif first - 1 in self._at:
                add("after demonym" if self._at[first - 1].kind == "demonym" else "after span")
            elif previous in lexicon.common:
                add("after common")
            else:
                add("after capital")
        return found

    def right(self, span: Span) -> list[str]:
        """Return what the words after a span say."""
        tokens, after = self.tokens, span.last + 1
        if after >= len(tokens):
            return []
        gap, found = tokens.gap[after], []
        if gap[:1] == "$":
            found.append("money")
        if tokens.word[after] in CLASS_NOUNS and span.kind != "pattern":
            found.append("class noun")
        if gap != " ":
            said = _mark_after(gap)
        elif not tokens.capital[after]:
            said = self._small_word_after(span, tokens.folded[after])
        else:
            if kind := self.names_body(after):
                found.append(f"run {kind}")
            said = self._capital_after(after)
        return [*found, said] if said else found

    def _capital_after(self, after: int) -> str:
        """Return what a capital right after a span says: '[Benghazi] Hospital', '[Chad] Walker'."""
        lexicon, following = self.lexicon, self.tokens.folded[after]
        if kind := self._body(after):
            return f"before {kind}"
        if following in lexicon.features:
            return "before feature"
        if after in self._at:
            return "before span"
        if following in lexicon.surnames:
            return "before surname"
        return "before common" if following in lexicon.common else "before capital"

    def _small_word_after(self, span: Span, following: str) -> str:
        """Return what a word in small letters right after a span says; '' where it says nothing."""
        lexicon = self.lexicon
        if following in _SAYS and self.before(span) not in ("and", "or"):
            return "says"
        if lexicon.features.get(following, ("",))[0] in _NOUNS:
            return "before noun"
        if following in lexicon.cues["part"]:
            return "before part"
        if following in lexicon.cues["dweller"]:
            return "before dweller"
        return "before number" if following.isdigit() else ""


def _mark_after(gap: str) -> str:
    """Return what the mark between a span and the next word says; '' where it says nothing."""
    if gap in ("-", "–"):
        return "before hyphen"
    if gap in ("'s ", "’s "):
        return "possessive"
    if "," in gap:
        return "comma"
    return "dash" if "(" in gap or "—" in gap or "--" in gap or "–" in gap else ""
