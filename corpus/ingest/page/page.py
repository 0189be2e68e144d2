"""Read a web page: its main text, then the rest of it, marked as such, and what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.ingest.page.about import about_page
from corpus.ingest.page.blocks import Block, read_blocks
from corpus.ingest.page.main_text import find_main
from corpus.ingest.page.markup import is_whole_page, mended, without_scripts
from corpus.records import Furniture

MUCH, MUCH_WORDS = 0.25, 60  # of the article's words, and of sentences: so much outside of it is told


@dataclass(frozen=True, slots=True)
class Page:
    """A page's main text with the rest of the page behind it, which `furniture` covers."""

    text: str
    furniture: tuple[Furniture, ...]
    about: dict[str, str]
    note: str = ""  # where much was taken for the rest

    @property
    def main(self) -> str:
        """The main text alone."""
        return self.text[: self.furniture[0].start].rstrip("\n") + "\n" if self.furniture else self.text


def read_page(markup: str, *, url: str = "", all_is_text: bool = False) -> Page:
    """Read markup, a page or a piece of one; `all_is_text` takes no part of it for the rest of the page."""
    plain = mended(without_scripts(markup))
    found = read_blocks(plain)
    about = about_page(markup, found, url=url)
    if all_is_text:
        return Page(_joined(found.blocks) + "\n", (), about)
    main, reasons = find_main(found, plain, whole=is_whole_page(markup))
    text = _joined([block for block, chosen in zip(found.blocks, main, strict=True) if chosen])
    rest = [(reason, block) for block, chosen, reason in zip(found.blocks, main, reasons, strict=True) if not chosen]
    furniture = []
    for reason, group in groupby(rest, key=lambda pair: pair[0]):
        stretch = _joined([block for _, block in group])
        text += "\n\n" * bool(text)
        furniture.append(Furniture(len(text), len(text) + len(stretch), reason))
        text += stretch
    return Page(text + "\n", tuple(furniture), about, _note(found.blocks, main))


def _joined(blocks: Sequence[Block]) -> str:
    return "".join(("\n" * block.gap if number else "") + block.text for number, block in enumerate(blocks))


def _note(blocks: Sequence[Block], main: Sequence[bool]) -> str:
    """Say how many sentences of the page are not taken for its article, where they are many."""
    inside = sum(block.words for block, chosen in zip(blocks, main, strict=True) if chosen)
    left = [block for block, chosen in zip(blocks, main, strict=True) if not chosen and block.is_prose]
    outside = sum(block.words for block in left)
    if outside < max(MUCH_WORDS, MUCH * inside):
        return ""
    return (
        f"{len(left)} paragraphs of its page, {outside:,} words beside the {inside:,} of its article, were taken for "
        "other parts of the page and stand greyed behind it; `page: whole` in front matter reads them all"
    )
