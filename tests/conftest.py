"""What several tests share: opened once, because opening costs a second."""

from __future__ import annotations

import pytest
from builders import SHARED, build, front
from hypothesis import settings

from corpus.index.connection import open_index
from geodata.gazetteer import open_gazetteer

# The first example of a property opens tables, and a busy machine is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Every kind of mention and of date, in a few sentences each.
ARTICLES = {
    # two provinces of one country; a day by weekday, a day in full, a demonym; furniture at the foot
    "goris.md": front(
        """
        Shells fell near Goris on Tuesday and burned two barns.

        Armenian officials said that villages in Vayots Dzor were hit on 12 September 2022. The road to Goris
        stayed open.

        Read More: Floods in Madrid
        """,
        title="Shelling near Goris",
        outlet="Valley Times",
        date="2022-09-14",
    ),
    # the same place in another outlet, a month as its date
    "yerevan.md": front(
        """
        In September 2022 crowds met in Yerevan. Two buses came from Goris.
        """,
        title="Crowds in the capital",
        outlet="River Post",
        date="2022-10-02",
    ),
    # another country; a year; a place that is nowhere in the gazetteer
    "paris.md": front(
        """
        The mayor of Paris opened a bridge in Lyon, France, and one in Marseille. The old ones fell in 2019.

        """,
        title="A new bridge",
        outlet="River Post",
        date="2021-05-02",
    ),
    # no outlet, no date at all
    "undated.txt": "A road runs from Baku to Ganja.\n\nTraders in Baku want it widened.\n",
    # signs that mean something to a full-text query and to Markdown
    "signs.md": front(
        """
        "War AND peace" was the play in Tbilisi on 1 May 2021; it's near-sold-out (again * and again), said NOT one
        critic.
        """,
        title="Signs",
        outlet='O\'Hara "Quotes"; drop table articles',
        date="2021-05-03",
    ),
}


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def no_packs(tmp_path_factory):
    """Whoever runs the tests may have packs of places, and corrections of the shipped articles: none of them counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("DATELINE_PACKS_FOLDER", str(tmp_path_factory.mktemp("packs")))
        yield


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture(scope="session")
def index_path(tmp_path_factory):
    """An index of ARTICLES; not to be written to."""
    return build(tmp_path_factory.mktemp("corpus"), ARTICLES)


@pytest.fixture(scope="session")
def index(index_path):
    with open_index(index_path) as index:
        yield index


@pytest.fixture(scope="session")
def shared():
    """The folder with the original articles and their gold."""
    if not (SHARED / "articles").is_dir() or not (SHARED / "gold" / "seeds").is_dir():
        pytest.skip(f"needs the original articles and their gold in {SHARED}, which are not part of the repository")
    return SHARED
