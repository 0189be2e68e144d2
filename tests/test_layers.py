"""The house: imports point one way, drawing stays in the dashboard, and no file holds two ideas."""

import ast
import importlib
import re
import sys
import tomllib

import pytest
import rooms
from builders import ROOT
from rooms import PACKAGES, imported

DRAWING = {"streamlit", "folium", "streamlit_folium", "altair", "branca"}
NO_STREAMLIT = (
    *("__main__.py", "config.py", "escaping.py", "periods.py", "selection.py", "tables.py", "words.py"),
    *("map/features.py", "map/folium_map.py", "tabs/coverage_table.py", "time/histogram.py", "time/timeline.py"),
    *("view/naming.py", "view/url.py"),
)
LONGEST, LONGEST_FUNCTION = 300, 50  # lines
MADE_WITH = {"sources", "training"}  # what makes the shipped data, and needs packages of its own
FILES = sorted(rooms.modules().values())


def name(path):
    return path.relative_to(ROOT).as_posix()


def roots(path):
    return {module.split(".")[0] for module in imported(path)}


def test_there_are_files():
    assert {path.parent.name for path in FILES} >= set(PACKAGES)


def test_imports_point_one_way():
    assert rooms.up(rooms.imports()) == []


@pytest.mark.parametrize("path", [path for path in FILES if "dashboard" not in path.parts], ids=name)
def test_only_the_dashboard_draws(path):
    assert not roots(path) & DRAWING


@pytest.mark.parametrize("file", NO_STREAMLIT)
def test_what_can_be_tested_without_a_page_needs_none(file):
    assert "streamlit" not in roots(ROOT / "dashboard" / file)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_is_used_at_run_time_is_not_what_builds_the_data(path):
    if not MADE_WITH & set(path.parts):
        assert not any(module.startswith(("geodata.sources", "geodata.training")) for module in imported(path))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_is_too_long(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_function_is_too_long(path):
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if f.end_lineno - f.lineno >= LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_path_tricks(path):
    assert "sys.path" not in path.read_text("utf-8")


def test_the_environment_is_read_in_one_place():
    readers = {name(path) for path in FILES if re.search(r"os\.(environ\b|getenv)", path.read_text("utf-8"))}
    # The server only hands it on; the second look is asked for wherever names are found, with or without a page.
    assert readers <= {"dashboard/config.py", "dashboard/server.py", "geodata/recognition/second_look/look.py"}


def test_every_import_is_in_the_requirements():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = (ROOT / "requirements.txt").read_text("utf-8").lower() + str(extras)
    known = {
        "charset_normalizer": "charset-normalizer",
        "dateutil": "python-dateutil",
        "docx": "python-docx",
        "marisa_trie": "marisa-trie",
        "streamlit_folium": "streamlit-folium",
    }
    used = set().union(*(roots(path) for path in FILES if not MADE_WITH & set(path.parts)))
    third = used - set(PACKAGES) - set(sys.stdlib_module_names) - {"__future__"}
    assert {module for module in third if known.get(module, module) not in named} == set()


def test_no_room_needs_itself_through_another():
    between = rooms.imports()
    assert len(between) > 100
    assert rooms.circle(between) == []


def test_a_circle_and_an_arrow_up_are_seen(tmp_path):
    texts = {
        "geodata/__init__.py": "",
        "geodata/globe.py": "from corpus.index import read",  # up
        "corpus/__init__.py": "",
        "corpus/index/__init__.py": "from corpus.index.writer import write",  # within the room
        "corpus/index/writer.py": "def write(): import corpus.queries.filters",
        "corpus/queries/__init__.py": "",
        "corpus/queries/filters.py": "from corpus import index",
    }
    for file, text in texts.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found = rooms.imports(tmp_path)
    there, back = ("corpus.index", "corpus.queries"), ("corpus.queries", "corpus.index")
    assert found == {("geodata.globe", "corpus.index"): 1, there: 1, back: 1, ("corpus.queries", "corpus"): 1}
    assert rooms.up(found) == [("geodata.globe", "corpus.index")]
    assert set(rooms.circle(found)) == {"corpus.index", "corpus.queries"}


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "__init__.py" and p.parent.parent != ROOT], ids=name)
def test_each_room_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "room", [p for p in FILES if p.name == "__init__.py" and p.parent.parent.name == "geodata"], ids=name
)
def test_each_room_names_its_doors(room):
    module = importlib.import_module(".".join(room.parent.relative_to(ROOT).parts))
    assert module.__all__
    for door in module.__all__:
        assert hasattr(module, door) or (room.parent / f"{door}.py").exists()


def offered(room):
    """Return the modules of a room of the page that the others may use."""
    for node in ast.parse((room / "__init__.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


ROOMS = sorted(path.parent for path in (ROOT / "dashboard").glob("*/__init__.py"))


@pytest.mark.parametrize("at", ROOMS, ids=lambda path: path.name)
def test_a_room_of_the_page_offers_what_the_others_use(at):
    used = set()
    for path in (path for path in FILES if path.parent != at):
        used |= {module.split(".")[2] for module in imported(path) if module.startswith(f"dashboard.{at.name}.")}
    assert used == offered(at)
