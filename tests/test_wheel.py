"""The project installs: a wheel holds all that it needs, and works from any folder."""

import json
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from email import message_from_bytes

import pytest
from builders import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy of what git has: nothing that lies about gets in."""
    folder = tmp_path_factory.mktemp("wheel")
    source = ROOT if not (ROOT / ".git").exists() else _exported(folder / "source")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, source)
    (built,) = folder.glob("*.whl")
    return built


def _exported(folder):
    folder.mkdir()
    files = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0")
    for name in filter(None, files):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into an environment of its own, which borrows the packages it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    run(sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "--quiet", "--no-deps", wheel)
    site = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))  # whose own .pth files are not read
    return folder / "bin"


def run(*command, cwd=None, given=""):
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, input=given, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_reads_the_shipped_articles_from_another_folder(installed, tmp_path):
    out = run(installed / "dateline", "build", "--index", tmp_path / "x.gpkg", cwd=tmp_path)
    assert "in 5 articles" in out
    line = json.dumps({"doc": "a", "text": "Rain fell in Goris."})
    (row,) = run(installed / "dateline", "geoparse", "-", "-", cwd=tmp_path, given=line).splitlines()
    assert json.loads(row)["toponyms"][0]["geonameid"] == 174895
    where = run(installed / "python", "-c", "import geodata; print(geodata.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.parent))


def test_it_asks_for_what_the_list_of_requirements_names(wheel):
    with zipfile.ZipFile(wheel) as files:
        (name,) = (name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        asked = message_from_bytes(files.read(name)).get_all("Requires-Dist")
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    asked = [line for line in asked if "extra ==" not in line]  # what only some want, says pyproject.toml
    assert asked == [line.partition("#")[0].strip() for line in lines if line.strip() and line[0] not in "#-"]


def test_it_holds_the_page(wheel):
    with zipfile.ZipFile(wheel) as files:
        settings = tomllib.loads(files.read("dashboard/.streamlit/config.toml").decode())
        names = set(files.namelist())
    assert settings["server"]["address"] == "127.0.0.1"
    files = run("git", "ls-files", "geodata", "corpus", "dashboard", cwd=ROOT).split("\n")
    # What makes the data runs from a checkout alone; the last is a link to a folder.
    apart = ("geodata/sources/", "geodata/training/", "dashboard/pictures/", "dashboard/.streamlit")
    assert [file for file in files if file and not file.startswith(apart) and file not in names] == []
    assert not any(name.startswith(("tests/", "dashboard/pictures/")) for name in names)
