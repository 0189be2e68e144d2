"""The server of the page, asked without a browser: who is let in, and what a reader leaves behind."""

import os
import re
import signal
import sys
import tomllib
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from dashboard.server import LOOPBACK
from tests.sessions import PATIENCE, descriptors, faults, get, handshake, run
from tests.sessions import visit as look

ROOT = Path(__file__).parents[2]
READERS = 40
PATHS = [
    "/",  # the page itself
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/no-such.js",  # Streamlit's own files
    "/app/static/places.js",  # ours
    "/component/streamlit_folium.st_folium/index.html",
    "/media/0123456789abcdef.csv",  # downloads
    "/no/such/path",
]
OWN = ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"]
STRANGERS = [
    "evil.example",  # a site that gives its own name our address
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.example/127.0.0.1",
    "127.0.0.1@evil.example",
    "0.0.0.0",
    "",
]


@pytest.fixture(scope="module")
def plain(start, free_port, tmp_path_factory):
    """Start the page by Streamlit's own command."""
    port, index = free_port(), str(tmp_path_factory.mktemp("index") / "i.gpkg")
    command = (sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port))
    return start(*command, port=port, DATELINE_INDEX=index)[0]


@pytest.fixture(scope="module")
def called(serve, tmp_path_factory):
    """Serve a page that has a name of its own."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "a.txt").write_text("Rain fell in Baku.", "utf-8")
    return serve(folder, options=("--allow-host", "maps.example.org"))


def refused(address, host):
    """Say whether the websocket, by which the articles come, is closed to a page of `host`."""
    try:
        with handshake(address, host):
            return False
    except InvalidStatus as error:
        return error.response.status_code in (400, 403)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_answered_by_another_name(shipped, path):
    port = shipped.address.rpartition(":")[2]
    known, _ = get(shipped.address, path, f"127.0.0.1:{port}")
    assert known in (200, 404)
    assert [
        host for host in STRANGERS for name in (host, f"{host}:{port}") if get(shipped.address, path, name)[0] != 400
    ] == []
    assert get(shipped.address, path, None)[0] == 400  # by no name at all


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9", "http://localhost:3000", "null"])
def test_nothing_is_answered_to_pages_of_others(shipped, origin):
    """... before anything is asked of the internet: Streamlit would compare the origin with our address there."""
    host = urlsplit(shipped.address).netloc
    ask = {"Origin": origin, "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    for path, headers in (
        ("/", {"Origin": origin}),
        ("/_stcore/stream", {**ask, "Sec-WebSocket-Key": "x" * 22 + "=="}),
    ):
        connection = HTTPConnection(host, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        assert connection.getresponse().status == 403
        connection.close()


def test_the_page_answers_by_its_own_names(shipped):
    port = shipped.address.rpartition(":")[2]
    names = [name for host in OWN for name in (host, f"{host}:{port}")]
    assert {get(shipped.address, "/_stcore/health", name) for name in names} == {(200, b"ok")}
    assert [name for name in names if refused(shipped.address, name)] == []


@pytest.mark.parametrize("way", ["shipped", "plain"])
def test_no_web_site_reads_the_articles(way, request):
    found = request.getfixturevalue(way)
    address = found if way == "plain" else found.address
    port = address.rpartition(":")[2]
    sites = ["evil.example", "evil.example:8501", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", "0.0.0.0"]
    assert [site for site in sites if not refused(address, site)] == []
    assert not refused(address, f"localhost:{port}")
    assert faults(look(address)) == []


def test_a_name_given_to_the_page_is_answered_too(called):
    assert get(called.address, "/", "maps.example.org")[0] == 200
    assert not refused(called.address, "maps.example.org")
    assert not refused(called.address, "localhost")
    assert refused(called.address, "evil.example")
    assert get(called.address, "/", "evil.example")[0] == 400


def test_the_names_are_those_of_the_settings():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["allowedHosts"] == list(LOOPBACK)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells the open files of a process")
def test_a_reader_who_leaves_takes_the_files_along(called):
    """Each session once kept an event loop, three files, for two minutes: a process of 256 died of 83 readers."""
    look(called.address)
    before = descriptors(called.pid)
    for number in range(READERS):
        with handshake(called.address) as connection:
            # every other one leaves while the page is still being drawn
            run(connection, until="script_finished" if number % 2 else "delta")
    look(called.address)
    assert descriptors(called.pid) - before < READERS / 5


@pytest.mark.skipif(not Path("/proc/self/limits").is_file(), reason="only Linux tells the limits of a process")
def test_as_many_readers_as_the_system_allows(start, free_port, tmp_path):
    """Start where only few files may be open at first."""
    port = free_port()
    serve = f"exec {sys.executable} -m dashboard serve --index {tmp_path / 'i.gpkg'} --port {port}"
    address, pid = start("sh", "-c", f"ulimit -Sn 64; {serve}", port=port)
    look(address)
    (limits,) = [
        line.split()[3:5] for line in Path(f"/proc/{pid}/limits").read_text().splitlines() if "open files" in line
    ]
    assert int(limits[0]) >= min(int(limits[1]), 10_000)


SOCKETS = """window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...given) { super(...given); window.sockets.push(this); } };"""


def test_a_reader_whose_connection_broke_is_where_they_were(visit, shipped):
    (place,) = shipped.ask("select id from places where name = 'Goris'")[0]
    here = visit(shipped)
    here.page.add_init_script(SOCKETS)
    here.open({"place": place, "text": "villages", "from": "2022-09-01"})
    here.expect_place("Goris")
    for button in ("All passages", re.compile("^Lift the filter")):  # drawn after the words
        expect(here.sources.get_by_role("button", name=button)).to_be_visible()
    seen, counts = here.sources.inner_text(), here.counts
    here.page.evaluate("window.sockets.forEach(socket => socket.close())")
    here.page.wait_for_function("window.sockets.length > 1 && window.sockets.at(-1).readyState === 1")
    here.open_tab("Places")
    expect(here.page).to_have_url(re.compile("tab=places"))
    here.open_tab("Passages")
    here.expect_place("Goris")
    assert (here.sources.inner_text(), here.counts) == (seen, counts)


def test_the_server_stops_while_pages_are_open(serve):
    """Whoever presses Ctrl-C gets the prompt back, and no report of the program's inside."""
    found = serve()
    with handshake(found.address) as connection:
        run(connection)
        os.kill(found.pid, signal.SIGINT)
        with pytest.raises(ConnectionClosed):
            while True:
                connection.recv(timeout=PATIENCE)
