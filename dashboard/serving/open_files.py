"""The files that the page's process holds open: as many as the system allows, and none for a reader who left."""

from __future__ import annotations

import asyncio

import streamlit as st

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

MOST = 10_240  # what macOS allows at most


def keep_few_open() -> None:
    """Let the process open many files, and close those of the session that runs when its reader leaves."""
    _allow_many()
    _loop_of_session()


def _allow_many() -> None:
    """Raise the limit that some systems set at 256: an open page takes four."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _close(loop: asyncio.AbstractEventLoop) -> None:
    if not loop.is_running():
        loop.close()


# Streamlit keeps a session for two minutes, for a reader whose connection broke, and with it an event loop that nothing
# here runs on: three files. Session caches are released when the connection ends; who comes back gets a new loop.
@st.cache_resource(scope="session", on_release=_close, show_spinner=False)
def _loop_of_session() -> asyncio.AbstractEventLoop:
    return asyncio.get_event_loop()
