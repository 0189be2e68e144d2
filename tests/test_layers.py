"""The house: imports point one way, drawing stays in the dashboard, and no file holds two ideas."""

import ast
import re
import sys
from graphlib import TopologicalSorter

import pytest
from builders import ROOT

PACKAGES = ("geodata", "corpus", "dashboard")
BELOW = {"geodata": {"geodata"}, "corpus": {"geodata", "corpus"}, "dashboard": {"geodata", "corpus", "dashboard"}}
DRAWING = {"streamlit", "folium", "streamlit_folium", "altair", "branca"}
NO_STREAMLIT = (
    *("__main__.py", "config.py", "escaping.py", "periods.py", "selection.py", "tables.py", "words.py"),
    *("map/features.py", "map/folium_map.py", "tabs/coverage_table.py", "time/histogram.py", "time/timeline.py"),
    *("view/naming.py", "view/url.py"),
)
LONGEST = 330  # lines
MADE_WITH = {"sources", "training"}  # what makes the shipped data, and needs packages of its own
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "upstream" not in path.parts)


def name(path):
    return path.relative_to(ROOT).as_posix()


def imported(path):
    """Return the modules that a file imports, wherever it does."""
    modules = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively; name the package"
            modules.add(node.module)
            modules.update(f"{node.module}.{alias.name}" for alias in node.names)
    return modules


def roots(path):
    return {module.split(".")[0] for module in imported(path)}


def test_there_are_files():
    assert {path.parent.name for path in FILES} >= set(PACKAGES)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_point_one_way(path):
    package = path.relative_to(ROOT).parts[0]
    assert roots(path) & set(PACKAGES) <= BELOW[package]


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
def test_no_path_tricks(path):
    assert "sys.path" not in path.read_text("utf-8")


def test_the_environment_is_read_in_one_place():
    readers = {name(path) for path in FILES if re.search(r"os\.(environ\b|getenv)", path.read_text("utf-8"))}
    assert readers <= {"dashboard/config.py", "dashboard/server.py"}  # the latter only hands it on


def test_every_import_is_in_the_requirements():
    named = (ROOT / "requirements.txt").read_text("utf-8").lower()
    known = {
        "charset_normalizer": "charset-normalizer",
        "dateutil": "python-dateutil",
        "marisa_trie": "marisa-trie",
        "streamlit_folium": "streamlit-folium",
    }
    used = set().union(*(roots(path) for path in FILES if not MADE_WITH & set(path.parts)))
    third = used - set(PACKAGES) - set(sys.stdlib_module_names) - {"__future__"}
    assert {module for module in third if known.get(module, module) not in named} == set()


def room(module):
    """Return the room that a module of ours is in, or the module itself where it stands in the hall."""
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("package", PACKAGES)
def test_no_room_needs_itself_through_another(package):
    needs = {}
    for path in FILES:
        own = room(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        others = {room(m) for m in imported(path) if m.startswith(package) and (ROOT / m.replace(".", "/")).exists()}
        others |= {room(m) for m in imported(path) if (ROOT / (m.replace(".", "/") + ".py")).exists()}
        if own.startswith(package):
            needs.setdefault(own, set()).update(other for other in others - {own, package} if other.startswith(package))
    order = list(TopologicalSorter(needs).static_order())  # or CycleError, which names them
    assert len(order) > 10


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "__init__.py" and p.parent.parent != ROOT], ids=name)
def test_each_room_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


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
