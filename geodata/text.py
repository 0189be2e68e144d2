"""A text, split once: its sentences and its words, for all the steps that ask about them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from geodata.sentences import Span, split_paragraphs, split_sentences
from geodata.tokens import Tokens, read_tokens


class Text:
    """A text with its sentences, as spans in order, and its words; both are read when they are first asked for."""

    def __init__(self, text: str, sentences: Sequence[Span] | None = None) -> None:
        self.text = text
        self._given = sentences

    @classmethod
    def of(cls, text: str | Text) -> Text:
        """Return a string as a text, and a text as it is."""
        return text if isinstance(text, Text) else cls(text)

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The sentences, trimmed; between them stands white space alone."""
        if self._given is not None:
            return self._given
        return [span for paragraph in split_paragraphs(self.text) for span in split_sentences(self.text, *paragraph)]

    @cached_property
    def tokens(self) -> Tokens:
        """The words."""
        return read_tokens(self.text, [start for start, _ in self.sentences])

    def sentence_at(self, position: int) -> Span:
        """Return the sentence that holds a position, or else the one before it; (0, 0) where there is none."""
        place = bisect_right(self.sentences, position, key=lambda span: span[0]) - 1
        return self.sentences[place] if place >= 0 else (0, 0)
