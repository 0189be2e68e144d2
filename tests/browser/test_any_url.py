"""Ten URLs written to break the page: it opens all the same, and the browser has nothing to complain of."""

import pytest
from playwright.sync_api import expect

EVIL = "<img src=x onerror='window.x=1'>' or 1=1 --"


@pytest.mark.parametrize(
    "query",
    [
        {"held": "9999-12-31"},  # no box for a day goes so far
        {"held": "0001-01-01", "from": "0001-01-01", "to": "0001-01-01"},
        {"from": "9999-12-31", "to": "0001-01-01", "by": "published", "tab": "coverage"},
        {"zoom_from": "0001-01-01", "zoom_to": "9999-12-31", "unit": "day", "from": "2022-09-13", "to": "2022-09-13"},
        {"zoom_from": "9999-12-31", "zoom_to": "9999-12-31", "unit": "week"},  # nothing is dated there
        {"passage": "0000000000000000.1", "place": "174895", "tab": "accounts"},  # no such passage
        {"passage": "1", "place": "in:AM", "level": "province", "names": "all"},
        {"text": EVIL * 30, "place": EVIL, "region": EVIL, "outlet": EVIL, "tab": EVIL, EVIL: EVIL},
        {
            "text": "\x00\u202e_ \u0663",
            "unit": "fortnight",
            "level": "village",
            "passage": "\u0663",
            "undated": "maybe",
        },
        {
            "role": ["hero", "actor", "actor"],
            "tab": ["claims", "places"],
            "held": ["2021-01-01", "x"],
            "place": ["", "y"],
        },
    ],
    ids=lambda query: "-".join(query)[:40],
)
def test_the_page_opens(visit, shipped, query):
    here = visit(shipped, **query)
    expect(here.page.get_by_test_id("stException")).to_have_count(0)
    assert len(here.counts) == 2
    assert here.page.evaluate("window.x") is None
