"""Time expressions: find them in a text, and say which days they mean."""

from corpus.timex.calendar import interval_of
from corpus.timex.clock import Ranges
from corpus.timex.find import find_timexes, is_narrative

__all__ = ["Ranges", "find_timexes", "interval_of", "is_narrative"]
