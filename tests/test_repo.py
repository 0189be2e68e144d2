"""What the repository says of itself is so."""

import re
import subprocess
import tomllib
from collections import Counter

import pytest
from builders import ROOT

# What a fresh clone does not have.
MADE_HERE = {
    ".git",
    ".venv",
    "build",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    "__pycache__",
    "upstream",
}
SUFFIXES = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".csv",
    ".cfg",
    ".yml",
    ".yaml",
    ".js",
    ".css",
    ".html",
    ".json",
    ".geojson",
    "",
}


def tracked():
    """Return the files that git has or would take, where this is a checkout; every file but what is made here, else."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return [ROOT / file for file in listed.stdout.split("\0") if file and (ROOT / file).is_file()]
    files = (path for path in ROOT.rglob("*") if path.is_file())
    return [p for p in files if not set(p.relative_to(ROOT).parts) & MADE_HERE and ".egg-info" not in str(p)]


def texts():
    for path in tracked():
        if path.suffix in SUFFIXES and path.stat().st_size < 3_000_000:
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def targets():
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_the_makefile_has_every_command():
    assert {"run", "test", "lint", "data", "bench", "clean"} <= targets()


def readmes():
    return {file: file.read_text("utf-8") for file in tracked() if file.name == "README.md"}


def test_the_commands_of_the_readmes_exist():
    text = "\n".join(readmes().values())
    named = set(re.findall(r"(?:^|`|\$ )make ([a-z-]+)", text, re.MULTILINE))
    assert {"run", "test"} <= named <= targets()
    commands = set(re.findall(r"python -m dashboard ([a-z]+)", text))
    files = [file.read_text("utf-8") for file in (ROOT / "dashboard").glob("*.py")]
    assert commands <= set(re.findall(r'add_parser\(\s*"([a-z]+)"', "".join(files)))


def test_the_files_the_readmes_name_are_there():
    missing = []
    for readme, text in readmes().items():
        named = re.findall(r"`((?:geodata|corpus|dashboard|tests)/[\w./-]+)`", text)
        missing += [file for file in named if not (ROOT / file).exists()]
        missing += [at for at in re.findall(r"\]\((?!https?:)([^)#]+)\)", text) if not (readme.parent / at).exists()]
    assert missing == []


def test_the_makefile_names_files_that_are_there():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"\b((?:geodata|corpus|dashboard|tests)/[\w/.-]+\.(?:py|txt))\b", makefile))
    assert [file for file in sorted(named) if not (ROOT / file).is_file()] == []


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_each_requirement_has_a_lower_bound_and_a_word_why(file):
    for line in (ROOT / file).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith(("#", "-")):
            assert re.fullmatch(r"[A-Za-z0-9._-]+(?:\[[a-z,]+\])?>=[\d.]+(?:,<[\d.]+)?\s+# \S.{4,}", line), line


def test_no_upper_limit_and_no_second_list_of_requirements():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "dependencies" not in project
    assert project["requires-python"].startswith(">=")


def test_the_license_is_there():
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")


# Machines, people's folders and hosts of package registries have no place in the repository.
PRIVATE = re.compile(
    r"/home/\w+|/root/|/Users/\w+|[A-Z]:\\Users|(?<![\w.])/(?:work|tmp|opt)/\w|"
    r"https?://(?:[\w.-]+\.)?(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|debian\.org)|"
    r"--(?:extra-)?index-url"
)


def test_nothing_names_a_home_directory_or_a_registry():
    found = [
        f"{file}: {match[0]}"
        for file, text in texts()
        if file != "tests/test_repo.py"
        for match in [PRIVATE.search(text)]
        if match
    ]
    assert found == []


def test_the_page_stays_on_this_machine():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["headless"] is True
    assert config["server"]["enableStaticServing"] is True
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["toolbarMode"] == "minimal"


def test_no_large_file_by_accident():
    large = {
        path.relative_to(ROOT).as_posix(): path.stat().st_size for path in tracked() if path.stat().st_size > 20_000_000
    }
    assert large == {}


def test_no_two_files_of_tests_share_a_name():
    """Pytest imports them by their names alone, and would leave one of them out."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, often in names.items() if often > 1] == []
