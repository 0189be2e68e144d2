"""The files that the page gives: what is shown, in each format of corpus.exports, and the whole index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from corpus.exports import beside
from corpus.exports.evidence import Subject, evidence_of
from corpus.exports.formats import FORMATS, Format
from corpus.index.connection import open_index, read_meta
from corpus.queries.filters import Filters
from dashboard.escaping import escape
from dashboard.widgets import STAY

_GEOPACKAGE = FORMATS["gpkg"].media_type
INDEX = "Everything: the index itself, as GeoPackage"


class File(NamedTuple):
    """A file that can be had: a format, and which rows it is to hold."""

    format: Format
    of: Subject

    @property
    def words(self) -> str:
        """What it is, in the list of all."""
        rows = f" of {self.of}" if len(self.format.subjects) > 1 else ""
        return f"{self.format.group}: {self.format.name}{rows}"


FILES = {file.words: file for one in FORMATS.values() for file in (File(one, of) for of in one.subjects)}


@st.fragment
def offer(index: Path, filters: Filters) -> None:
    """Offer what is shown under the filters, and the whole index; each file is made when it is asked for."""
    chosen = st.selectbox("Take along what is shown", [*FILES, INDEX], key="take-along")
    file = FILES.get(chosen)
    if file is None:
        st.download_button("Download index.gpkg", index.read_bytes, "index.gpkg", _GEOPACKAGE, on_click=STAY)
    else:
        _offer(file, index, filters)
    with open_index(index) as opened:
        packs: list[str] = json.loads(read_meta(opened).get("packs_read", "[]"))
    if packs:
        st.caption(escape("Places also from: " + "; ".join(packs)))


def _offer(file: File, index: Path, filters: Filters) -> None:
    name = file.format.file_name(file.of)

    def made() -> bytes:
        with open_index(index) as opened:
            return file.format.write(evidence_of(opened, filters), file.of)

    def about() -> bytes:
        with open_index(index) as opened:
            return beside.write(evidence_of(opened, filters), file.of, name)

    st.caption(f"For {file.format.use}")
    with st.container(horizontal=True):
        # By its name: who is faster than the list gets no other file than the one that was read on the button.
        st.download_button(f"Download {name}", made, name, file.format.media_type, on_click=STAY)
        if not file.format.holds_about:
            described = name + beside.SUFFIX
            st.download_button("Its filter, licences, columns", about, described, "application/json", on_click=STAY)
