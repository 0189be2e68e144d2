"""Which articles copy each other, and which read as if a machine had rewritten them."""

from corpus.provenance.machine_rewriting import find_hints, looks_rewritten
from corpus.provenance.near_duplicates import Copies, find_copies

__all__ = ["Copies", "find_copies", "find_hints", "looks_rewritten"]
