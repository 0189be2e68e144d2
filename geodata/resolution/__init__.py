"""Decide what place names mean: name groups, type cues, the document's focus, proximity, and why."""

from geodata.resolution.resolver import resolve

__all__ = ["resolve"]
