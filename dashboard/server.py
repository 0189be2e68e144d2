"""Streamlit's server for the page, in this process."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import net_util

from corpus.errors import IndexNotUsableError
from corpus.index.connection import open_index
from dashboard.config import ROOT, Config

# All but dashboard.map.draw_map: the map's component is known to the server only if a page imports it.
PARTS = ("map.folium_map", "time.controls", "tabs.bar", "view.lookup")
EARLY = ["folium.plugins", *(f"dashboard.{part}" for part in PARTS)]
LOOPBACK = ("127.0.0.1", "localhost", "::1")  # as in .streamlit/config.toml


def serve(config: Config, port: int, hosts: Sequence[str] = ()) -> None:
    """Serve the page of an index, by the names of this machine and of `hosts`, until the process is told to stop."""
    os.environ.update(config.environment())
    os.chdir(ROOT / "dashboard")  # Streamlit reads .streamlit/config.toml from the folder it is started in
    names = [*LOOPBACK, *hosts]
    ask_nobody()
    guards = [only_called(names), Middleware(OwnPagesOnly, hosts=hosts)]
    app = st.App(ROOT / "dashboard" / "app.py", middleware=guards, lifespan=partial(_make_ready, config))
    with suppress(KeyboardInterrupt):
        app.run(config={"server.port": port, "server.allowedHosts": names, "logger.hideWelcomeMessage": True})


class OwnPagesOnly:
    """Refuses what pages of other sites ask, before Streamlit looks up our address in the internet to compare."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked by our own pages."""
        headers = Headers(scope=scope) if scope["type"] in ("http", "websocket") else Headers()
        asking, origin = headers.get("host", "").lower(), urlsplit(headers.get("origin", "").lower())
        if "origin" not in headers or origin.netloc == asking or origin.hostname in self._hosts:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("This page answers to its own pages only.", 403)(scope, receive, send)


def ask_nobody() -> None:
    """Keep Streamlit from asking the internet for this machine's address."""
    net_util.get_external_ip = lambda: None


def only_called(names: Sequence[str]) -> Middleware:
    """Return what refuses requests by any other name: a web site could give its own name this machine's address."""
    # Streamlit itself looks at the name of its websocket only.
    bracketed = [f"[{name}]" if ":" in name else name for name in names]
    return Middleware(TrustedHostMiddleware, allowed_hosts=bracketed, www_redirect=False)


@asynccontextmanager
async def _make_ready(config: Config, _: Any) -> AsyncIterator[None]:
    """Make ready what the page needs once the server runs, while the first reader's browser starts."""
    Thread(target=_import_early, args=[config], daemon=True).start()
    yield


def _import_early(config: Config) -> None:
    """Import most of what the page is made of, and work out what its first questions need."""
    for name in EARLY:
        import_module(name)
    from corpus.queries.worked_out import WorkedOut  # not before the page's address can be read

    with suppress(IndexNotUsableError), open_index(config.index) as index:  # where it is gone, the page builds it
        WorkedOut(index).prepare()
