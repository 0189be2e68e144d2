"""The command line: what it writes, what it says when something is wrong, and its exit status."""

import json
import re
import socket
import subprocess
import sys
from types import SimpleNamespace

import geopandas as gpd
import pytest
from builders import build, front, write_corpus

from dashboard import server
from dashboard.__main__ import main

BAKU = front("Rain fell in Baku on Tuesday.", date="2022-09-14")


@pytest.fixture
def run(capsys):
    """Run a command; return its exit status and what it said on both channels."""

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        return (status, *capsys.readouterr())

    return run


def wrong(said):
    """Fail where a message shows the inside of the program."""
    assert "Traceback" not in said
    assert said.startswith("dateline: ")


# ---- build


def test_build(tmp_path, run):
    write_corpus(tmp_path / "news", {"a.md": BAKU})
    status, out, err = run("build", tmp_path / "news", "--index", tmp_path / "x.gpkg")
    assert status == 0
    assert "1 mention" in out
    assert "1 article" in out
    assert str(tmp_path / "x.gpkg") in out
    assert "dateline:" not in err
    assert list(gpd.read_file(tmp_path / "x.gpkg", layer="places")["name"]) == ["Baku"]


def test_build_again(tmp_path, run):
    path = build(tmp_path, {"a.md": BAKU})
    assert "up to date" in run("build", tmp_path / "articles", "--index", path)[1]
    assert "1 article" in run("build", tmp_path / "articles", "--index", path, "--force")[1]


def test_build_names_each_file_it_could_not_read(tmp_path, run):
    write_corpus(tmp_path / "news", {"a.md": BAKU, "empty.txt": b"", "binary.txt": bytes(range(256)) * 9})
    status, out, err = run("build", tmp_path / "news", "--index", tmp_path / "x.gpkg")
    assert status == 0
    assert "1 article" in out
    assert "empty.txt" in err
    assert "binary.txt" in err


@pytest.mark.parametrize("case", ["no folder", "empty folder", "a file", "nothing readable"])
def test_build_of_nothing(tmp_path, run, case):
    folder = tmp_path / "news"
    if case == "a file":
        folder.write_text("x")
    elif case != "no folder":
        write_corpus(folder, {"empty.txt": b""} if case == "nothing readable" else {".hidden": b"x"})
    status, _, err = run("build", folder, "--index", tmp_path / "x.gpkg")
    assert status == 1
    assert "news" in err
    assert "Traceback" not in err
    assert not (tmp_path / "x.gpkg").exists()


def test_build_where_it_may_not_write(tmp_path, run):
    write_corpus(tmp_path / "news", {"a.md": BAKU})
    (tmp_path / "file").write_text("in the way")
    status, _, err = run("build", tmp_path / "news", "--index", tmp_path / "file" / "x.gpkg")
    assert status == 1
    wrong(err)


def test_build_onto_a_folder(tmp_path, run):
    write_corpus(tmp_path / "news", {"a.md": BAKU})
    (tmp_path / "x.gpkg").mkdir()
    status, _, err = run("build", tmp_path / "news", "--index", tmp_path / "x.gpkg")
    assert status == 1
    wrong(err)


# ---- geocode


@pytest.mark.parametrize("query", [["Goris"], ["Goris,", "Armenia"], ["Goris, Armenia"]])
def test_geocode(run, query):
    status, out, err = run("geocode", *query)
    assert (status, err) == (0, "")
    lat, lon, address, kind, id = out.splitlines()[0].split("\t")
    assert (round(float(lat), 1), round(float(lon), 1)) == (39.5, 46.3)
    assert (address, kind, id) == ("Goris, Syunik, Armenia", "city", "174895")


def test_geocode_limit(run):
    assert len(run("geocode", "Springfield", "--limit", 3)[1].splitlines()) == 3


def test_geocode_suggests(run):
    status, out, err = run("geocode", "Yerevn")
    assert (status, out) == (1, "")
    wrong(err)
    assert "Yerevan" in err


@pytest.mark.parametrize("query", ["qqqqqqqq", " ", ","])
def test_geocode_of_nothing(run, query):
    status, out, err = run("geocode", query)
    assert (status, out) == (1, "")
    wrong(err)


# ---- geoparse


def geoparse(tmp_path, run, *lines):
    (tmp_path / "in.jsonl").write_text(
        "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines), "utf-8"
    )
    status, _, err = run("geoparse", tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    return status, [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()], err


def test_geoparse(tmp_path, run):
    text = "Shells fell near Goris in Armenia on Tuesday. Armenian officials left 🦊 Yerevan."
    status, (row,), _ = geoparse(tmp_path, run, {"doc": "a", "text": text, "dct": "2022-09-14"})
    assert status == 0
    assert set(row) == {"doc", "toponyms", "timexes", "published"}
    assert (row["doc"], row["published"]) == ("a", "2022-09-14")
    found = {toponym["text"]: toponym for toponym in row["toponyms"]}
    assert set(found) == {"Goris", "Armenia", "Armenian", "Yerevan"}
    for toponym in row["toponyms"]:
        place = {"start", "end", "text", "lat", "lon", "geonameid", "name", "kind", "score"}
        assert set(toponym) == place | {"reading", "role", "speaker"}
        assert text[toponym["start"] : toponym["end"]] == toponym["text"]  # characters, not bytes
    goris = found["Goris"]
    assert (goris["geonameid"], goris["kind"], goris["name"]) == (174895, "city", "Goris")
    assert (goris["lat"], goris["lon"]) == pytest.approx((39.51, 46.34), abs=0.02)
    assert (goris["reading"], goris["role"], goris["speaker"]) == ("literal", "happened", None)
    assert found["Armenian"]["kind"] == found["Armenian"]["reading"] == "demonym"
    (timex,) = row["timexes"]
    assert timex == {
        "start": text.index("Tuesday"), "end": text.index("Tuesday") + 7, "text": "Tuesday", "type": "DATE",
        "value": "2022-09-13", "since": "2022-09-13", "until": "2022-09-13",
    }  # fmt: skip


def test_geoparse_without_a_date(tmp_path, run):
    status, (row,), _ = geoparse(tmp_path, run, {"doc": 5, "text": "Rain fell in Baku on Tuesday."})
    assert (status, row["doc"], row["published"]) == (0, 5, None)


def test_geoparse_keeps_the_order_and_the_number_of_lines(tmp_path, run):
    rows = [{"doc": str(number), "text": f"Rain fell in Baku, {number} mm."} for number in range(20)]
    status, found, _ = geoparse(tmp_path, run, *rows)
    assert status == 0
    assert [row["doc"] for row in found] == [row["doc"] for row in rows]


@pytest.mark.parametrize(
    "line",
    [
        "not json\n",
        "[1, 2]\n",
        '"text"\n',
        "5\n",
        '{"doc": "a"}\n',  # no text
        '{"text": "x"}\n',  # no doc
        '{"doc": "a", "text": null}\n',
        '{"doc": "a", "text": 5}\n',
        '{"doc": "a", "text": "x", "dct": 5}\n',
    ],
)
def test_geoparse_names_the_line_it_could_not_read(tmp_path, run, line):
    good = {"doc": "good", "text": "Rain fell in Baku."}
    status, found, err = geoparse(tmp_path, run, good, line, good)
    assert status == 1
    assert [row["doc"] for row in found] == ["good", "good"]  # the others are done
    assert re.search(r"in\.jsonl, line 2", err)
    assert "Traceback" not in err


def test_geoparse_skips_empty_lines(tmp_path, run):
    status, found, _ = geoparse(tmp_path, run, {"doc": "a", "text": "Rain fell in Baku."}, "\n")
    assert (status, len(found)) == (0, 1)


def test_geoparse_of_a_missing_file(tmp_path, run):
    status, _, err = run("geoparse", tmp_path / "none.jsonl", tmp_path / "out.jsonl")
    assert status == 1
    wrong(err)
    assert "none.jsonl" in err
    assert not (tmp_path / "out.jsonl").exists()


def test_geoparse_into_a_folder_that_is_not_there(tmp_path, run):
    (tmp_path / "in.jsonl").write_text('{"doc": "a", "text": "x"}\n')
    status, _, err = run("geoparse", tmp_path / "in.jsonl", tmp_path / "none" / "out.jsonl")
    assert status == 1
    wrong(err)
    assert "none" in err


def test_geoparse_of_a_wrong_encoding(tmp_path, run):
    (tmp_path / "in.jsonl").write_bytes('{"doc": "a", "text": "Malmö"}\n'.encode("latin-1"))
    status, _, err = run("geoparse", tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert status == 1
    wrong(err)
    assert "in.jsonl" in err


def test_geoparse_onto_its_own_input(tmp_path, run):
    path = tmp_path / "in.jsonl"
    path.write_text('{"doc": "a", "text": "Rain fell in Baku."}\n')
    status, _, err = run("geoparse", path, path)
    assert status == 1
    wrong(err)
    assert path.read_text()  # the input is not lost


# ---- serve


def test_serve_on_a_port_in_use(tmp_path, run, monkeypatch):
    monkeypatch.setattr(server.st, "App", lambda *_, **__: pytest.fail("it was started"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, _, err = run("serve", tmp_path, "--port", port)
    assert status == 1
    wrong(err)
    assert str(port) in err
    assert "--port" in err  # the way out


def test_serve_builds_first_and_hands_its_settings_on(tmp_path, run, monkeypatch):
    write_corpus(tmp_path / "news", {"a.md": BAKU})
    started = {}
    monkeypatch.setattr(server.os, "chdir", lambda folder: started.update(folder=folder))
    monkeypatch.setattr(server.os, "environ", started.setdefault("env", {}))

    def app(script, **_):
        started.update(script=script)
        return SimpleNamespace(run=lambda config: started.update(config))

    monkeypatch.setattr(server.st, "App", app)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    status, out, _ = run(
        "serve", tmp_path / "news", "--index", tmp_path / "x.gpkg", "--port", port, "--allow-host", "maps.example.org"
    )
    assert status == 0
    assert (tmp_path / "x.gpkg").is_file()
    assert f"http://127.0.0.1:{port}" in out
    assert (started["folder"] / ".streamlit" / "config.toml").is_file()
    assert started["script"].is_file()
    assert started["server.port"] == port
    assert started["server.allowedHosts"] == ["127.0.0.1", "localhost", "::1", "maps.example.org"]
    assert str(tmp_path / "news") in started["env"].values()
    assert str(tmp_path / "x.gpkg") in started["env"].values()


def test_what_is_imported_early_leaves_the_maps_component_to_the_page():
    code = f"import sys; [__import__(name) for name in {server.EARLY}]; assert 'folium' in sys.modules; "
    subprocess.run([sys.executable, "-c", code + "assert 'streamlit_folium' not in sys.modules"], check=True)


def test_serve_of_nothing_starts_nothing(tmp_path, run, monkeypatch):
    monkeypatch.setattr(server.st, "App", lambda *_, **__: pytest.fail("it was started"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    status, _, err = run("serve", tmp_path / "none", "--index", tmp_path / "x.gpkg", "--port", port)
    assert status == 1
    wrong(err)


@pytest.mark.parametrize("name", ["http://maps.example.org", "localhost:8501", "a b", "maps/", "*x.org", ""])
def test_a_host_is_a_name(capsys, name):
    with pytest.raises(SystemExit) as caught:
        main(["serve", "--allow-host", name])
    assert caught.value.code == 2
    assert "maps.example.org" in capsys.readouterr().err  # what one looks like


# ---- the command line itself


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["geocode"], ["geoparse", "one"], ["serve", "--port", "many"]])
def test_wrong_use_says_how_to_use_it(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert all(command in said for command in ("build", "serve", "geocode", "geoparse"))
