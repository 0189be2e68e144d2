"""Streamlit's server for the page, in this process."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dashboard.config import ROOT, Config

# All but dashboard.mapping: the map's component is known to the server only if a page imports it.
EARLY = ("folium.plugins", "dashboard.map", "dashboard.when", "dashboard.panes", "dashboard.area", "dashboard.lookup")
LOOPBACK = ("127.0.0.1", "localhost", "::1")  # as in .streamlit/config.toml


def serve(config: Config, port: int, hosts: Sequence[str] = ()) -> None:
    """Serve the page of an index, by the names of this machine and of `hosts`, until the process is told to stop."""
    os.environ.update(config.environment())
    os.chdir(ROOT / "dashboard")  # Streamlit reads .streamlit/config.toml from the folder it is started in
    names = [*LOOPBACK, *hosts]
    app = st.App(ROOT / "dashboard" / "app.py", middleware=[only_called(names)], lifespan=_import_early)
    with suppress(KeyboardInterrupt):
        app.run(config={"server.port": port, "server.allowedHosts": names})


def only_called(names: Sequence[str]) -> Middleware:
    """Return what refuses requests by any other name: a web site could give its own name this machine's address."""
    # Streamlit itself looks at the name of its websocket only.
    bracketed = [f"[{name}]" if ":" in name else name for name in names]
    return Middleware(TrustedHostMiddleware, allowed_hosts=bracketed, www_redirect=False)


@asynccontextmanager
async def _import_early(_: Any) -> AsyncIterator[None]:
    """Import most of what the page is made of once the server runs, while the first reader's browser starts."""
    Thread(target=lambda: [import_module(name) for name in EARLY], daemon=True).start()
    yield
