"""States and capitals that a sentence makes a party: they speak, are called on, have contacts."""

from __future__ import annotations

from geodata.tokens import Tokens
from geodata.usage.syntax import NameSyntax
from geodata.usage.word_lists import Words

_WHEN = frozenset({"on", "late", "earlier", "later", "yesterday", "today", "overnight"})


def is_party(tokens: Tokens, span: tuple[int, int], syntax: NameSyntax, words: Words) -> bool:
    """Say whether a state or a capital speaks, "after Yerevan reported", or is called on: a town does neither."""
    folded, verb, governor = tokens.folded, syntax.verb, syntax.governor
    if _is_added(tokens, span, syntax, words):
        return True
    if syntax.opens and verb == span[1] + 1 and syntax.verb_class == "verb":
        return folded[verb] in words.speech
    return governor >= 0 and folded[syntax.left] in ("on", "upon") and folded[governor] in ("call", "calls", "called")


def _is_added(tokens: Tokens, span: tuple[int, int], syntax: NameSyntax, words: Words) -> bool:
    """Say whether a name is added to a clause as its speaker, as in "two were shot, [Yerevan] said".

    The clause ends there: in "people in Goris, Armenia said that" it tells where the people are.
    """
    (first, last), after = span, span[1] + 2
    if after > syntax.stop or not tokens.adjacent(last + 1) or tokens.folded[last + 1] not in words.speech:
        return False
    is_end = after == syntax.stop or tokens.gap[after][:1] in (".", ",", ";") or tokens.folded[after] in _WHEN
    return tokens.gap[first].startswith(",") and is_end


def dealing_noun(tokens: Tokens, last: int, words: Words) -> int:
    """Return the noun in 'Moscow [is in close contact] with Baku', -1 where there is none: a town has no contacts."""
    folded, be = tokens.folded, last + 1
    following = next((i for i in range(be + 1, len(tokens)) if words.small.get(folded[i]) != "adverb"), len(tokens))
    if not tokens.adjacent(be) or words.small.get(folded[be]) != "be" or following + 1 >= len(tokens):
        return -1
    if folded[following] != "in":
        return -1
    near = range(following + 1, min(following + 4, len(tokens)))
    return next((i for i in near if words.roles.get(folded[i]) in ("dealing", "meeting")), -1)
