"""GeoJSON: a point a mention or place, its days as ISO texts, what the file is about in its member `about`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.exports.evidence import Evidence, Subject
from corpus.exports.json_lines import as_json, records


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return the rows of a subject as GeoJSON (RFC 7946), a feature a line."""
    features = ",\n".join(as_json(_feature(row, of)) for row in records(evidence.frame(of)))
    about = as_json(evidence.about.as_dict())
    return f'{{"type": "FeatureCollection", "about": {about}, "features": [\n{features}\n]}}\n'.encode()


def _feature(row: Mapping[str, Any], of: Subject) -> dict[str, Any]:
    return {"type": "Feature", "id": row[of[:-1]], "geometry": point(row), "properties": row}


def point(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the point of a row, or None where it has none."""
    if row["lon"] is None:
        return None
    return {"type": "Point", "coordinates": [round(row["lon"], 6), round(row["lat"], 6)]}
