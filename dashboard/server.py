"""Streamlit's server for the page, in this process."""

from __future__ import annotations

import os
import time
from importlib import import_module
from threading import Thread

from streamlit import runtime
from streamlit.web import cli

from dashboard.config import ROOT, Config

# All but dashboard.mapping: the map's component is known to the server only if a page imports it.
EARLY = ("folium.plugins", "dashboard.map", "dashboard.when", "dashboard.panes", "dashboard.area", "dashboard.lookup")


def serve(config: Config, port: int) -> None:
    """Serve the page of an index until the process is told to stop."""
    os.environ.update(config.environment())
    os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from the folder it is started in
    Thread(target=_import_early, daemon=True).start()
    cli.main(["run", "dashboard/app.py", "--server.port", str(port)], "streamlit", standalone_mode=False)


def _import_early() -> None:
    """Import most of what the page is made of once the server runs, while the first reader's browser starts."""
    while not runtime.exists():
        time.sleep(0.01)
    for name in EARLY:
        import_module(name)
