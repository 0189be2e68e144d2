"""Sessions of the page without a browser, and what they cost the server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60  # seconds until the page must have run


@contextmanager
def handshake(address: str, host: str | None = None) -> Iterator[ClientConnection]:
    """Open the page's websocket, as a page of `host` would."""
    to = urlsplit(address)
    name = host or to.netloc
    with (
        closing(socket.create_connection((to.hostname, to.port), timeout=PATIENCE)) as wire,
        connect(
            f"ws://{name}/_stcore/stream",
            sock=wire,
            origin=f"http://{name}",
            subprotocols=["streamlit"],
            max_size=None,
            max_queue=None,
            compression=None,
            proxy=None,
        ) as connection,
    ):
        yield connection


def run(connection: ClientConnection, query: str = "", *, until: str = "script_finished") -> list[ForwardMsg]:
    """Run the page's script once, as far as its first message of a kind; return all that it sent."""
    ask = BackMsg()
    ask.rerun_script.query_string = query
    connection.send(ask.SerializeToString())
    messages: list[ForwardMsg] = []
    while not messages or messages[-1].WhichOneof("type") != until:
        messages.append(ForwardMsg.FromString(connection.recv(timeout=PATIENCE)))
    return messages


@contextmanager
def serving(*arguments: str | Path) -> Iterator[tuple[str, int]]:
    """Serve the page as a user does; yield its address and its process."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "serve", *map(str, arguments), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            try:
                raise RuntimeError(f"the page did not start: exit status {process.wait(timeout=0.1)}")
            except subprocess.TimeoutExpired:
                continue
        yield address, process.pid
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        return get(address, "/_stcore/health", urlsplit(address).netloc)[0] == 200
    except OSError:
        return False


def visit(address: str, query: str = "") -> list[ForwardMsg]:
    """Open the page, wait until it has run, and close it; return all that it sent."""
    with handshake(address) as connection:
        return run(connection, query)


def faults(messages: list[ForwardMsg]) -> list[str]:
    """Return what the messages of a run complain of."""
    elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
    return [
        element.exception.message or element.exception.type or element.alert.body
        for element in elements
        if element.WhichOneof("type") == "exception" or (element.HasField("alert") and element.alert.format == 1)
    ]


def get(address: str, path: str, host: str | None) -> tuple[int, bytes]:
    """Ask for a path by a name of the server, or by none; return the status and what it said."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host=True)
    if host is not None:
        connection.putheader("Host", host)
        connection.putheader("Origin", f"http://{host}")
    connection.endheaders()
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def descriptors(pid: int) -> int:
    """Count the open files of a process, where the system tells them."""
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 (names alone: a path of each may be gone by then)


def megabytes(pid: int) -> float:
    """Return the memory that a process holds, where the system tells it."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))
