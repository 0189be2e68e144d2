"""How far a build is, in words: what is read, how fast, and how long the rest will take."""

from __future__ import annotations

import time
from collections.abc import Callable

from dashboard.words import count

ENOUGH = 2.0  # seconds of reading from which on its pace says something


class Pace:
    """Tells of a build whose first article was read when it was first asked: what is opened before is no pace."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, int] | None = None

    def in_words(self, done: int, total: int) -> str:
        """Return how far it is: “1,240 of 5,000 articles, 85 a second, about 45 s left”."""
        if not total:
            return "Reading the articles ..."
        if done >= total:
            return f"{count(total, 'article')} read; comparing them and writing the index"
        now = self._clock()
        if self._began is None:
            self._began = now, done
        began, first = self._began
        said = f"{done:,} of {count(total, 'article')}"
        if now - began < ENOUGH or done == first:
            return said
        rate = (done - first) / (now - began)
        told = f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:,.0f} a minute"
        return f"{said}, {told}, about {_span((total - done) / rate)} left"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{round(minutes / 60)} h"
