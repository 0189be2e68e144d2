"""Who says it: statements, speakers, quotations, numbers of dead by claimant."""

from corpus.attribution.casualty_claims import find_claims
from corpus.attribution.sides import find_sides
from corpus.attribution.statements import find_statements, statement_at

__all__ = ["find_claims", "find_sides", "find_statements", "statement_at"]
