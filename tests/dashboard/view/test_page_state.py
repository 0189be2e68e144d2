"""The state of the page: what the reader chose outlives the index only as far as it is in the next."""

import pytest
from streamlit.testing.v1 import AppTest

REFERENCE = "4f2a90c1d37e05b8.12"


def page() -> None:
    """Take a view from the address, then another index; runs inside Streamlit, so it imports what it needs."""
    import streamlit as st

    from dashboard.view.state import state
    from dashboard.view.url import Choices

    state.restore(Choices({"Valley Times", "River Post"}, {"AM", "GE"}, {"174895"}, ("places", "claims")))
    if st.session_state.get("again"):
        state.drop_what_is_gone(Choices({"River Post"}, {"AM"}, {"616052"}))
    st.text(repr((state.outlets, state.regions, state.place, state.passage, state.tab)))


@pytest.mark.parametrize(
    ("query", "before", "after"),
    [
        ({}, ([], [], None, None, "passages"), ([], [], None, None, "passages")),
        (
            {"outlet": ["Valley Times", "River Post"], "region": "GE", "place": "174895", "passage": REFERENCE},
            (["Valley Times", "River Post"], ["GE"], "174895", REFERENCE, "passages"),
            (["River Post"], [], None, REFERENCE, "passages"),
        ),
        # a region stays selected while it is there; a passage goes by what it says, in whatever index
        (
            {"place": "in:AM", "passage": REFERENCE, "tab": "claims"},
            ([], [], "in:AM", REFERENCE, "claims"),
            ([], [], "in:AM", REFERENCE, "claims"),
        ),
    ],
)
@pytest.mark.parametrize("again", [False, True])
def test_what_the_next_index_has_stays(query, before, after, again):
    app = AppTest.from_function(page, default_timeout=30)
    app.session_state["again"] = again
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    assert app.text[0].value == repr(after if again else before)


def drawn() -> None:
    """Say whether the reader went back since the page was drawn, and draw it; runs inside Streamlit."""
    import streamlit as st

    from corpus.queries.filters import Filters
    from dashboard.view.state import state

    st.text(str(state.went_back))
    state.remember(Filters(text=state.text, roles=tuple(state.roles)), None)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (None, "True"),  # the address alone is another
        ({"last_object_clicked_count": 0}, "False"),  # the map came up, and did not know of the new address yet
    ],
)
def test_an_old_address_is_a_way_back_unless_the_map_sent_it(says, expected):
    app = AppTest.from_function(drawn, default_timeout=30)
    app.session_state["text"] = "shells"
    app.run()
    assert (app.text[0].value, app.query_params["text"]) == ("False", "shells")
    del app.query_params["text"]
    app.session_state["map"] = says
    app.run()
    assert not app.exception, app.exception
    assert app.text[0].value == expected
