"""Find place names: tokens, candidate spans, their features, and which of them are kept."""

from geodata.recognition.toponyms import find_toponyms, weigh_toponyms

__all__ = ["find_toponyms", "weigh_toponyms"]
