"""States and capitals that a sentence makes a party: they speak, are called on, have contacts, do what is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from geodata.tokens import Tokens
from geodata.usage.syntax import NameSyntax
from geodata.usage.word_lists import Words

_WHEN = frozenset({"on", "late", "earlier", "later", "yesterday", "today", "overnight"})
# What lies beside or between does nothing: "bordered by Iran".
_LIES = frozenset({"bordered", "bounded", "divided", "enclosed", "flanked", "followed", "passed", "separated"})
_LIES |= {"stopped", "surrounded"}
# What is said to be an abbreviation's is done by its forces: "U.S. strikes", "a UK drone strike".
_DEEDS = frozenset({"airstrike", "airstrikes", "bombardment", "drone", "drones", "invasion", "missile", "missiles"})
_DEEDS |= {"offensive", "raid", "raids", "sanctions", "strike", "strikes", "tariffs", "warplane", "warship", "warships"}
# Who says so acts, also where no clause follows: "Abuja has vowed to".
_VOWS = frozenset({"agreed", "appealed", "approved", "asked", "banned", "condemned", "declined", "demanded"})
_VOWS |= {"demands", "expelled", "ordered", "orders", "pledged", "pledges", "promised", "promises", "recalled"}
_VOWS |= {"refused", "refuses", "rejected", "severed", "summoned", "threatened", "threatens", "urged", "vowed"}
_VOWS |= {"vows", "warned"}
# What a place undergoes: "Khartoum witnessed clashes".
_UNDERGOES = frozenset({"awoke", "braced", "burned", "burnt", "endured", "erupted", "experienced", "reeled", "shook"})
_UNDERGOES |= {"shuddered", "suffered", "trembled", "witnessed", "woke"}
_FELT = frozenset({"attacks", "blasts", "clashes", "day", "demonstrations", "explosions", "fighting", "marches"})
_FELT |= {"night", "protests", "rain", "riots", "shelling", "strikes", "unrest", "violence"}
# "Protested to Beijing", "was handed over to Baku": to a government.
_TO_PARTY = frozenset(
    {"appeal", "appealed", "ceded", "complained", "complaint", "loyal", "over", "protest", "protested"}
)
_HANDED = frozenset({"handed", "handing", "given", "turned", "passed"})
_DEALS = frozenset(
    {"accord", "ceasefire", "negotiations", "pact", "talks", "treaty", "truce"}
)  # "a truce with [Bogota]"
_GIFT = 6  # words: "over 40 prisoners of war"
_THEIRS = frozenset({"allies", "behalf", "court", "eyes", "favour", "favor", "orbit", "position", "stance", "view"})
_ORGANS = frozenset({"body", "organ"})


def is_party(tokens: Tokens, span: tuple[int, int], syntax: NameSyntax, words: Words) -> bool:
    """Say whether a state or a capital speaks, "after Yerevan reported", or is called on: a town does neither."""
    folded, verb, governor = tokens.folded, syntax.verb, syntax.governor
    if _is_added(tokens, span, syntax, words):
        return True
    helpers = len(syntax.auxiliary.split())
    if syntax.opens and verb == span[1] + 1 + helpers and syntax.verb_class == "verb":
        return folded[verb] in words.speech or folded[verb] in _VOWS
    if syntax.owns == "itself" and syntax.noun >= 0 and folded[syntax.noun] in _THEIRS:
        return True
    if _is_dealt_with(folded, syntax):
        return True
    return governor >= 0 and folded[syntax.left] in ("on", "upon") and folded[governor] in ("call", "calls", "called")


def has_ministry(tokens: Tokens, syntax: NameSyntax) -> bool:
    """Say whether a name owns a ministry, as no town does: "[Gaza]'s health ministry"."""
    owned = tokens.folded[max(syntax.right, 0) : syntax.noun + 1] if syntax.owns == "itself" else []
    return "ministry" in owned


def undergoes(tokens: Tokens, span: tuple[int, int], syntax: NameSyntax) -> bool:
    """Say whether a capital is the place where something is felt: "[Khartoum] witnessed clashes"."""
    verb = syntax.verb
    if not syntax.opens or verb != span[1] + 1 or syntax.verb_class != "verb":
        return False
    seen = tokens.folded[verb] == "saw" and not _FELT.isdisjoint(tokens.folded[verb + 1 : min(verb + 8, syntax.stop)])
    return seen or tokens.folded[verb] in _UNDERGOES


def _is_dealt_with(folded: Sequence[str], syntax: NameSyntax) -> bool:
    """Say whether something is said or given to a name: "a protest with [Manila]", "was handed over to [Baku]"."""
    governor = syntax.governor
    if governor >= 0 and folded[syntax.left] in ("between", "with") and folded[governor] in _DEALS:
        return True
    if governor < 0 or folded[syntax.left] not in ("to", "with"):
        return False
    if folded[governor] in _TO_PARTY:
        return True
    near = range(max(syntax.start + 1, syntax.left - _GIFT), syntax.left)  # "handed over 40 prisoners to"
    return folded[syntax.left] == "to" and any(folded[i] == "over" and folded[i - 1] in _HANDED for i in near)


def _is_added(tokens: Tokens, span: tuple[int, int], syntax: NameSyntax, words: Words) -> bool:
    """Say whether a name is added to a clause as its speaker, as in "two were shot, [Yerevan] said".

    The clause ends there: in "people in Goris, Armenia said that" it tells where the people are.
    """
    (first, last), after = span, span[1] + 2
    if after > syntax.stop or not tokens.adjacent(last + 1) or tokens.folded[last + 1] not in words.speech:
        return False
    is_end = after == syntax.stop or tokens.gap[after][:1] in (".", ",", ";") or tokens.folded[after] in _WHEN
    return tokens.gap[first].startswith(",") and is_end


def does(tokens: Tokens, span: tuple[int, int], syntax: NameSyntax, words: Words) -> tuple[int, int] | None:
    """Return the words by which a state or capital is one that acts: "shelled by [Iran]", "[Iran]'s agency said"."""
    (first, last), folded = span, tokens.folded
    if (noun := _dealing_noun(tokens, last, words)) >= 0:
        return first, noun
    by = syntax.left_class == "preposition" and folded[syntax.left] == "by" and syntax.governor >= 0
    if by and folded[syntax.governor] not in _LIES:
        done = folded[syntax.governor]
        return (syntax.governor, last) if done.endswith("ed") or done in words.verbs else None
    for i in range(syntax.right, syntax.noun + 1) if syntax.owns == "itself" and syntax.noun >= 0 else ():
        speaks = i + 1 < len(tokens) and tokens.gap[i + 1] == " " and folded[i + 1] in words.speech
        if speaks and (folded[i] in words.actors or words.bodies.get(folded[i]) in _ORGANS):
            return first, i + 1
    return None


def deed(tokens: Tokens, last: int) -> int:
    """Return the word for what an abbreviation's forces do, at most two words behind it, or -1: "U.S. [strikes]"."""
    if not tokens.word[last].isupper():
        return -1
    for i in range(last + 1, min(last + 3, len(tokens))):
        if tokens.gap[i].strip(".") != " " or tokens.capital[i]:
            return -1
        if tokens.folded[i] in _DEEDS:
            return i
    return -1


def heads_item(tokens: Tokens, span: tuple[int, int], syntax: NameSyntax, names: Collection[int]) -> bool:
    """Say whether a name is the heading of what follows: "- Mali: 12 soldiers killed"; "Iran: Iraq lies" speaks."""
    after = span[1] + 1
    if not syntax.opens_sentence or syntax.before_it or after >= syntax.stop or after in names:
        return False
    return tokens.gap[after] == ": "


def _dealing_noun(tokens: Tokens, last: int, words: Words) -> int:
    """Return the noun in 'Moscow [is in close contact] with Baku', -1 where there is none: a town has no contacts."""
    folded, be = tokens.folded, last + 1
    following = next((i for i in range(be + 1, len(tokens)) if words.small.get(folded[i]) != "adverb"), len(tokens))
    if not tokens.adjacent(be) or words.small.get(folded[be]) != "be" or following + 1 >= len(tokens):
        return -1
    if folded[following] != "in":
        return -1
    near = range(following + 1, min(following + 4, len(tokens)))
    return next((i for i in near if words.roles.get(folded[i]) in ("dealing", "meeting")), -1)
