"""GeoParquet: mentions and places as points, days as dates, what the file is about in its metadata `dateline`."""

from __future__ import annotations

from io import BytesIO

import pyarrow.parquet as pq

from corpus.exports.evidence import Evidence, Subject
from corpus.exports.frames import points

KEY = b"dateline"


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return the rows of a subject as GeoParquet 1.1."""
    file = BytesIO()
    points(evidence.frame(of)).to_parquet(file, index=False, schema_version="1.1.0")
    written = pq.read_table(file)  # a second time, as geopandas offers no way to add to the metadata
    told = {**(written.schema.metadata or {}), KEY: evidence.about.as_json().encode()}
    file = BytesIO()
    pq.write_table(written.replace_schema_metadata(told), file, compression="zstd")
    return file.getvalue()
