"""An article's text on its way through the steps: what it is made of, found once, for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from corpus.ingest.furniture import find_furniture, furniture_at
from corpus.ingest.passages import join_passages, split_passages
from corpus.records import Furniture, Passage
from corpus.timex.detect_language import language_of
from geodata.sentences import Span
from geodata.text import Text


class Document(Text):
    """A text with its furniture and passages, and the sentences of these; each is read when it is first asked for."""

    def __init__(
        self,
        text: str,
        *,
        language: str = "",
        furniture: Sequence[Furniture] | None = None,
        known: Sequence[Furniture] = (),
    ) -> None:
        super().__init__(text)
        self._declared = language
        self._furniture = furniture
        self._known = known  # that is furniture, of what is yet to be found

    @cached_property
    def language(self) -> str:
        """The code of its language, as the article declares or the words tell."""
        return language_of(self.text, self._declared)

    @property
    def end(self) -> int:
        """Where the article ends and what is known to be the rest of its page begins."""
        return self._known[0].start if self._known else len(self.text)

    @cached_property
    def furniture(self) -> tuple[Furniture, ...]:
        """The stretches of page furniture, in order."""
        return tuple(find_furniture(self.text, self._known) if self._furniture is None else self._furniture)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The stretches that the reader is shown, in order."""
        return tuple(split_passages(self.text, self.furniture))

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The sentences of the passages."""
        return [span for passage in self.passages for span in passage.sentences]

    def join(self, names: Iterable[Span]) -> None:
        """Join the passages and sentences that share a name, which the splitting could not know of."""
        joined = tuple(join_passages(self.passages, names))
        if len(joined) < len(self.passages):
            self.passages = joined
            self.__dict__.pop("sentences", None)

    def is_furniture(self, start: int, end: int) -> bool:
        """Say whether a stretch lies in page furniture."""
        return furniture_at(start, end, self.furniture) is not None
