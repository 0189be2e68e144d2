"""Tell which blocks of a page are its article: trafilatura's vote, and what its markup and wording say."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Collection, Sequence

from corpus.ingest.furniture import furniture_reason
from corpus.ingest.page.blocks import Block, Markup

OUTSIDE = "outside the page's main text"
# What trafilatura is asked of: beyond, its time grows with the square, and markup so deep nobody wrote.
LARGEST, MOST_TAGS, MOST_BLOCKS, DEEPEST = 3_000_000, 30_000, 5_000, 150
ENOUGH = 0.6  # of the words that our own rules find: less, and trafilatura has lost the article
# Of a page's prose: what holds more than half is its article, whatever it is called, where less than a fifth is free.
HALF, FEWEST = 0.5, 0.2
COMMENTS, COMMENT_FORM = "comments", "comment form"
LINKS = 0.8  # of a block: more, and it is a list of links
FEWEST_LINKS = 2  # blocks of links that part what stands before from what stands behind
LARGE_PART = 0.3  # of the largest part: as much is the article too
SHORTEST = 25  # letters by which a block is known again
LONGEST_BYLINE = 160  # characters of a line between title and text

_LETTERS = re.compile(r"[\W_]+")


def find_main(found: Markup, markup: str, *, whole: bool) -> tuple[list[bool], list[str]]:
    """Return for each block whether it is the article's, and why it is not.

    Of a piece that is no `whole` page all are but what its markup sets apart.
    """
    blocks = found.blocks
    reasons = _reasons(found)
    if not whole:
        return [not reason for reason in reasons], reasons
    own = [not reason and block.is_prose for block, reason in zip(blocks, reasons, strict=True)]
    # What is set apart by its name may still be the article, where only trafilatura found it.
    voted = [
        vote and (block.is_prose or (not reason and block.link_share < LINKS))
        for block, reason, vote in zip(blocks, reasons, _voted(blocks, markup), strict=True)
    ]
    if _words(blocks, voted) >= ENOUGH * _words(blocks, own) > 0:
        voted = [vote and not reason for vote, reason in zip(voted, reasons, strict=True)]
        core = _with_neighbours(blocks, own, voted)
    else:
        core = own if any(own) else voted
    if not any(core):  # a page without sentences: a list, a table, a line
        core = [not reason and block.link_share < HALF for block, reason in zip(blocks, reasons, strict=True)]
    core = _before_comments(blocks, reasons, core)
    main = _filled(blocks, reasons, _largest(blocks, core)) if any(core) else core
    return main, [reason or OUTSIDE for reason in reasons]


def _reasons(found: Markup) -> list[str]:
    """Return why each block is apart, by the outermost element that sets it apart; "" for what nothing does."""
    open_to_all = _void(found)
    named = []
    for block in found.blocks:
        reason = next((found.reasons[mark] for mark in block.marks if mark not in open_to_all), "")
        named.append(f"{OUTSIDE} ({reason})" if reason else _by_wording(block))
    return named


def _void(found: Markup) -> set[int]:
    """Return the marked elements that hold the article all the same: a "layout-with-sidebar" is the whole page."""
    prose = [(block.marks, len(block.text)) for block in found.blocks if block.is_prose]
    total = sum(letters for _, letters in prose)
    held: Counter[int] = Counter()
    for marks, letters in prose:
        held.update(dict.fromkeys(marks, letters))
    void: set[int] = set()
    for mark, letters in held.most_common():
        free = sum(letters for marks, letters in prose if void.issuperset(marks))
        if letters <= HALF * total or free >= FEWEST * total:
            break
        if found.reasons[mark] != COMMENTS:  # they may well be longer than the article
            void.add(mark)
    return void


def _by_wording(block: Block) -> str:
    reason = furniture_reason(block.text) if "\n" not in block.text else None
    return f"{OUTSIDE} ({reason})" if reason else ""


def _words(blocks: Sequence[Block], chosen: Sequence[bool]) -> int:
    return sum(block.words for block, is_chosen in zip(blocks, chosen, strict=True) if is_chosen)


def _voted(blocks: Sequence[Block], markup: str) -> list[bool]:
    """Return which blocks stand in the text that trafilatura extracts; none where it is not asked or finds none."""
    is_hostile = len(markup) > LARGEST or len(blocks) > MOST_BLOCKS or markup.count("<") > MOST_TAGS
    if is_hostile or _depth(markup) > DEEPEST:
        return [False] * len(blocks)
    from trafilatura import extract  # a third of a second, which texts alone need not wait for

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it stumbles at, we say ourselves
    try:
        text = extract(markup, include_comments=False, favor_recall=True) or ""
    except Exception:  # whatever it raises at hostile markup, our own rules stand
        text = ""
    whole = _LETTERS.sub("", text.casefold())
    lines = {_LETTERS.sub("", line.casefold()) for line in text.split("\n")} - {""}
    votes = []
    for block in blocks:
        letters = _LETTERS.sub("", block.text.casefold())
        votes.append(letters in lines or (len(letters) >= SHORTEST and letters in whole))
    return votes


def _depth(markup: str) -> int:
    """Return how deep elements lie in each other, at most."""
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)(?:div|span|section|article|table|td|ul|li|b|i|font|em|strong|a)\b", markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _with_neighbours(blocks: Sequence[Block], own: Sequence[bool], voted: Sequence[bool]) -> list[bool]:
    """Return what trafilatura found with the paragraphs that it left out between them, or in the same box."""
    numbers = [number for number, vote in enumerate(voted) if vote]
    first, last = numbers[0], numbers[-1]
    boxes = {block.box for block, vote in zip(blocks, voted, strict=True) if vote and block.is_prose}
    return [
        vote or (mine and (first < number < last or block.box in boxes))
        for number, (block, mine, vote) in enumerate(zip(blocks, own, voted, strict=True))
    ]


def _before_comments(blocks: Sequence[Block], reasons: Sequence[str], core: Sequence[bool]) -> list[bool]:
    """Return the core without what stands below the heading of the readers' comments, in boxes of its own."""
    boxes: set[int] = set()
    is_below = False
    kept = []
    for block, reason, chosen in zip(blocks, reasons, core, strict=True):
        is_below = is_below or (COMMENT_FORM in reason and bool(boxes))
        if chosen and block.is_prose and not is_below:
            boxes.add(block.box)
        kept.append(chosen and (not is_below or block.box in boxes))
    return kept


def _largest(blocks: Sequence[Block], core: Sequence[bool]) -> list[bool]:
    """Return the core without small parts of it that lists of links part from the largest, in boxes of their own."""
    parts: list[list[int]] = [[]]
    linked = 0
    for number, (block, chosen) in enumerate(zip(blocks, core, strict=True)):
        if chosen:
            if linked >= FEWEST_LINKS and parts[-1]:
                parts.append([])
            parts[-1].append(number)
        linked = 0 if chosen else linked + (block.link_share >= HALF)
    words = [sum(blocks[number].words for number in part) for part in parts]
    largest = parts[words.index(max(words))]
    boxes = {blocks[number].box for number in largest}
    kept = {
        number
        for part, size in zip(parts, words, strict=True)
        for number in part
        if size >= LARGE_PART * max(words) or blocks[number].box in boxes
    }
    return [number in kept for number in range(len(blocks))]


def _filled(blocks: Sequence[Block], reasons: Sequence[str], core: Collection[bool]) -> list[bool]:
    """Return the core with its headings, captions and short lines, and with what stands between title and text."""
    main = list(core)
    numbers = [number for number, chosen in enumerate(main) if chosen]
    first, last = numbers[0], numbers[-1]
    boxes = {blocks[number].box for number in numbers}
    in_article = any(blocks[number].in_article for number in numbers)
    for number in range(first + 1, last):
        block = blocks[number]
        if (
            not reasons[number]
            and block.link_share < HALF
            and (block.box in boxes or block.in_article or not in_article)
        ):
            main[number] = True
    above = range(first, max(-1, first - 12), -1)
    heading = next((n for tag in ("h1", "h2") for n in above if blocks[n].tag == tag), first)
    for number in range(heading, first):
        block = blocks[number]
        if not reasons[number] and len(block.text) <= 3 * LONGEST_BYLINE and block.link_share < 0.9:
            main[number] = True
    return main
