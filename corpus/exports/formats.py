"""The table of formats, which page and command line share: a format's file is imported where one is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # frames are slow to import, and to name the formats takes none
    from corpus.exports.evidence import Evidence, Subject


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: what it is and is for in words, and which rows it can hold, the usual ones first."""

    group: str
    module: str  # of corpus.exports, whose function `write` makes it, or one that is named after a colon
    name: str
    use: str
    file: str  # what it is called; {} is the rows that it holds
    media_type: str
    subjects: tuple[Subject, ...] = ("mentions",)
    holds_about: bool = True  # else what it is about stands in a file beside it

    def write(self, evidence: Evidence, of: Subject | None = None) -> bytes:
        """Return a file of what is shown; `of` is one of the subjects."""
        module, _, function = self.module.partition(":")
        write = getattr(import_module(f"corpus.exports.{module}"), function or "write")
        made: bytes = write(evidence, of or self.subjects[0])
        return made

    def file_name(self, of: Subject | None = None) -> str:
        """Return what a file is called: mentions.csv."""
        return self.file.format(of or self.subjects[0])


ROWS: tuple[Subject, ...] = ("mentions", "places", "claims", "statements")
POINTS: tuple[Subject, ...] = ("mentions", "places")
_JSON_LD, _LINES, _JSON = "application/ld+json", "application/x-ndjson", "application/geo+json"
_OGC, _GOOGLE = "application/geopackage+sqlite3", "application/vnd.google-earth.kml+xml"
_PARQUET = "application/vnd.apache.parquet"
_RIS, _CSL = "application/x-research-info-systems", "application/vnd.citationstyles.csl+json"
FORMATS = {
    "story": Format("Story", "story", "one HTML file", "any browser, without network", "story.html", "text/html"),
    "csv": Format("Table", "csv_table", "CSV", "spreadsheets", "{}.csv", "text/csv", ROWS, False),
    "jsonl": Format("Table", "json_lines", "JSON lines", "programs", "{}.jsonl", _LINES, ROWS, False),
    "gpkg": Format("Map", "geopackage", "GeoPackage", "QGIS, geopandas and Datasette", "dateline.gpkg", _OGC),
    "geojson": Format("Map", "geojson", "GeoJSON", "maps on the web", "{}.geojson", _JSON, POINTS),
    "geoparquet": Format("Map", "geoparquet", "GeoParquet", "geopandas and DuckDB", "{}.parquet", _PARQUET, POINTS),
    "kml": Format("Map", "kml", "KML", "Google Earth", "{}.kml", _GOOGLE, POINTS),
    "annotations": Format("Text", "web_annotation", "Web Annotation", "annotators", "annotations.jsonld", _JSON_LD),
    "timeml": Format("Text", "timeml", "TimeML", "research on time", "timeml.zip", "application/zip"),
    "lpf": Format("Text", "linked_places", "Linked Places", "gazetteers", "{}.jsonld", _JSON_LD, ("places",)),
    "cite": Format("Citations", "citations:write_plain", "in words", "reading", "citations.txt", "text/plain"),
    "bibtex": Format("Citations", "citations:write_bibtex", "BibTeX", "LaTeX", "citations.bib", "application/x-bibtex"),
    "ris": Format("Citations", "citations:write_ris", "RIS", "Zotero", "citations.ris", _RIS, holds_about=False),
    "csl": Format("Citations", "citations:write_csl", "CSL-JSON", "Pandoc", "citations.json", _CSL, holds_about=False),
}
