"""The command line: what it writes, what it says when something is wrong, and its exit status."""

import json
import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import pytest
from builders import ROOT, build, front, write_corpus

from dashboard import server
from dashboard.__main__ import free_port, main

BAKU = front("Rain fell in Baku on Tuesday.", date="2022-09-14")


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


def test_what_could_not_be_read_is_said_again(tmp_path, run):
    path = build(tmp_path, {"a.md": BAKU, "b.md": b"\x00\x01"})
    status, out, err = run("build", tmp_path / "articles", "--index", path)
    assert (status, "up to date" in out, "b.md" in err) == (0, True, True)


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


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_geocode_of_no_place(capsys, limit):
    with pytest.raises(SystemExit):
        main(["geocode", "Paris", f"--limit={limit}"])
    assert "give 1 or more" in capsys.readouterr().err


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
    assert set(row) == {"doc", "toponyms", "undecided", "timexes", "events", "published"}
    assert row["undecided"] == []
    assert (row["doc"], row["published"]) == ("a", "2022-09-14")
    found = {toponym["text"]: toponym for toponym in row["toponyms"]}
    assert set(found) == {"Goris", "Armenia", "Armenian", "Yerevan"}
    for toponym in row["toponyms"]:
        place = {"start", "end", "text", "lat", "lon", "geonameid", "name", "kind", "confidence", "doubt"}
        assert set(toponym) == place | {"reading", "role", "speaker"}
        assert text[toponym["start"] : toponym["end"]] == toponym["text"]  # characters, not bytes
    goris = found["Goris"]
    assert (goris["confidence"] > 0.8, goris["doubt"]) == (True, None)
    assert (goris["geonameid"], goris["kind"], goris["name"]) == (174895, "city", "Goris")
    assert (goris["lat"], goris["lon"]) == pytest.approx((39.51, 46.34), abs=0.02)
    assert (goris["reading"], goris["role"], goris["speaker"]) == ("literal", "happened", None)
    assert found["Armenian"]["kind"] == found["Armenian"]["reading"] == "demonym"
    (timex,) = row["timexes"]
    assert timex == {
        "start": text.index("Tuesday"),
        "end": text.index("Tuesday") + 7,
        "text": "Tuesday",
        "type": "DATE",
        "value": "2022-09-13",
        "since": "2022-09-13",
        "until": "2022-09-13",
    }


def test_geoparse_tells_events(tmp_path, run):
    """Each with its kind, the names of where it happened, by their number, and its day."""
    text = "The mayor of Lyon said that a bomb exploded in Tours on Tuesday."
    _, (row,), _ = geoparse(tmp_path, run, {"doc": "a", "text": text, "dct": "2022-09-14"})
    [event] = row["events"]
    assert text[event["start"] : event["end"]] == "exploded"
    assert [row["toponyms"][number]["text"] for number in event["toponyms"]] == ["Tours"]
    assert (event["kind"], event["since"], event["until"]) == ("explosion", "2022-09-13", "2022-09-13")


@pytest.mark.parametrize(("name", "doc"), [({}, 2), ({"id": "b"}, "b"), ({"id": "b", "doc": None}, None)])
def test_geoparse_names_a_text_without_a_name(tmp_path, run, name, doc):
    status, rows, _ = geoparse(tmp_path, run, {"doc": "a", "text": "x"}, name | {"text": "Rain fell in Baku."})
    assert (status, rows[1]["doc"]) == (0, doc)


def test_what_is_no_file_of_lines_and_no_text_is_said(tmp_path, run):
    status, _, err = run("geoparse", tmp_path, tmp_path / "out.jsonl")
    assert status == 1
    assert f"{tmp_path} is a folder" in err
    status, _, err = run("geoparse", tmp_path / "none.jsonl", tmp_path / "out.jsonl")
    assert status == 1
    assert "none.jsonl does not exist" in err
    (tmp_path / "a.txt").write_text("Goris burned.", "utf-8")
    status, _, err = run("explain", tmp_path / "a.txt")
    assert status == 1
    assert "give the text itself" in err
    for text in ("it rained", ""):
        status, out, _ = run("explain", text)
        assert status == 0
        assert "nothing in it may be the name of a place" in out


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
        '{"doc": "a", "text": null}\n',
        '{"doc": "a", "text": 5}\n',
        '{"doc": "a", "text": "x", "dct": 5}\n',
    ],
)
def test_geoparse_names_the_line_it_could_not_read(tmp_path, run, line):
    good = {"doc": "good", "text": "Rain fell in Baku."}
    status, found, err = geoparse(tmp_path, run, good, line, good)
    assert status == 1
    assert [row["doc"] for row in found[::2]] == ["good", "good"]  # the others are done
    assert set(found[1]) == {"doc", "error"}
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


def test_geoparse_answers_each_line_on_its_own(tmp_path, run):
    rows = [
        ('\ufeff{"doc": 1, "text": "Rain fell in Baku."}', ["Baku"], ""),  # a byte order mark
        ('{"doc": "\\udfff", "text": "Rain fell in Baku."}', ["Baku"], ""),  # half a character in a name
        ('{"doc": 3, "text": "Rain \\ud83e fell in Baku."}', ["Baku"], "line 3: 1 halves of characters"),
        ("[" * 100_000, None, "line 4: not a JSON line"),
        (f'{{"doc": 5, "text": "x", "n": {"9" * 5000}}}', None, "line 5: not a JSON line"),
        ('{"doc": {"a": [1]}, "text": "Rain fell in Baku."}', ["Baku"], ""),  # any name will do
    ]
    status, found, err = geoparse(tmp_path, run, *(line + "\n" for line, _, _ in rows))
    assert status == 1
    for answer, (_, names, said) in zip(found, rows, strict=True):
        assert answer.get("toponyms") is None if names is None else [t["text"] for t in answer["toponyms"]] == names
        assert said in err
    assert err.count("dateline: ") == 3
    assert [row["doc"] for row in found] == [1, "\udfff", 3, None, None, {"a": [1]}]
    assert found[2]["toponyms"][0]["start"] == 15  # the half counts as the one letter that it was


@pytest.mark.parametrize(
    ("dct", "published", "said"),
    [
        ("14 September 2022", "2022-09-14", ""),
        ("2022-09-14T10:00:00+04:00", "2022-09-14", ""),
        ("", None, ""),
        (None, None, ""),
        ("9999-12-31", None, "line 1: its date '9999-12-31' is no day"),
        ("0001-01-01", None, "is no day"),
        ("2022-13-45", None, "is no day"),
        ("long ago", None, "line 1: its date 'long ago' is no day"),
    ],
)
def test_geoparse_says_when_it_cannot_read_a_date(tmp_path, run, dct, published, said):
    status, (row,), err = geoparse(tmp_path, run, {"doc": "a", "text": "Rain fell in Baku tomorrow.", "dct": dct})
    assert (status, row["published"]) == (0, published)
    assert said in err if said else "dateline" not in err


def test_geoparse_keeps_the_old_output_until_all_is_read(tmp_path, run):
    (tmp_path / "out.jsonl").write_text("old")
    assert run("geoparse", tmp_path / "none.jsonl", tmp_path / "out.jsonl")[0] == 1
    assert (tmp_path / "out.jsonl").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl"]


def test_geoparse_from_and_to_the_standard_streams():
    """A line is answered while the next is still to come."""
    command = [sys.executable, "-m", "dashboard", "geoparse", "-", "-"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        for name in ("Baku", "Goris"):
            process.stdin.write(json.dumps({"doc": name, "text": f"Rain fell in {name}."}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["toponyms"][0]["text"] == name
        process.stdin.close()
        assert process.wait() == 0
        assert "Traceback" not in process.stderr.read()


def test_geoparse_into_a_device_writes_to_it(tmp_path, run):
    (tmp_path / "in.jsonl").write_text('{"doc": "a", "text": "x"}\n')
    before = Path(os.devnull).stat()
    assert run("geoparse", tmp_path / "in.jsonl", os.devnull)[0] == 0
    assert Path(os.devnull).stat().st_rdev == before.st_rdev


def test_geoparse_through_a_link_writes_where_it_leads(tmp_path, run):
    (tmp_path / "in.jsonl").write_text('{"doc": "a", "text": "x"}\n')
    (tmp_path / "there.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "there.jsonl")
    assert run("geoparse", tmp_path / "in.jsonl", tmp_path / "link.jsonl")[0] == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert json.loads((tmp_path / "there.jsonl").read_text())["doc"] == "a"


def test_geoparse_with_closed_streams():
    command = f"{shlex.quote(sys.executable)} -m dashboard geoparse - - <&- 2>&1"
    said = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (1, "dateline: the standard input is closed: name a file\n")


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


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk I/O error"), OverflowError("date"), MemoryError()])
def test_a_fault_of_ours_is_one_line(run, monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr("corpus.build.build_index", fail)
    status, _, err = run("build")
    assert status == 1
    wrong(err)
    assert len(err.splitlines()) == 1
    assert type(error).__name__ in err


SLOW = """if True:
    import signal, sys, time
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # whoever runs the tests may ignore them, and what is ignored stays so
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    from corpus import read_changed
    from dashboard import __main__
    def slow(*arguments, **options):
        print("begun", flush=True)
        time.sleep(60)
    read_changed.spread = slow
    sys.exit(__main__.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_build_that_is_stopped_takes_back_what_it_did(tmp_path, name):
    write_corpus(tmp_path / "news", {"a.md": BAKU})
    command = [sys.executable, "-c", SLOW, "build", tmp_path / "news", "--index", tmp_path / "x.gpkg"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "begun\n"
        process.send_signal(getattr(signal, name))
        assert process.wait(20) == 128 + getattr(signal, name)
        said = process.stderr.read().strip().splitlines()
    assert said[-1] == f"dateline: stopped ({name}); what was there before is as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


@pytest.mark.parametrize("port", ["-1", "65536", "99999", "many", "", "8501.5", "٣"])
def test_what_is_no_port(capsys, port):
    with pytest.raises(SystemExit) as caught:
        main(["serve", f"--port={port}"])
    assert caught.value.code == 2
    assert "is no port: give a number from 0 to 65535" in capsys.readouterr().err


def test_port_0_is_a_real_one():
    assert 1024 <= free_port(0) <= 65535


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
