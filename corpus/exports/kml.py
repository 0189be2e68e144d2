"""KML for Google Earth: a placemark a mention or place, with a span of time and all that is known of it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.exports.evidence import Evidence, Subject
from corpus.exports.json_lines import records
from corpus.exports.markup import xml
from geodata.records import AREAS

# As on the page: towns vermilion, areas blue; KML's colours are opacity, blue, green, red.
_STYLES = {"town": "ff0c41c2", "area": "ffa56f1d"}


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return the rows of a subject as KML 2.2."""
    about = evidence.about
    styles = "".join(
        f'<Style id="{name}"><IconStyle><color>{colour}</color><scale>0.8</scale></IconStyle></Style>\n'
        for name, colour in _STYLES.items()
    )
    placemarks = "".join(_placemark(row, of) for row in records(evidence.frame(of)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
        f"<name>{xml(f'{about.program}: {about.shown}')}</name>\n"
        f"<description>{xml('<br>'.join(map(_inert, about.lines())))}</description>\n"
        f"<ExtendedData>{_data('about', about.as_json())}</ExtendedData>\n"
        f"{styles}{placemarks}</Document>\n</kml>\n"
    ).encode()


def _placemark(row: Mapping[str, Any], of: Subject) -> str:
    name = row["text"] if of == "mentions" else row["name"]
    since, until = (row["since"], row["until"]) if of == "mentions" else (row["first_day"], row["last_day"])
    span = f"<TimeSpan><begin>{since}</begin><end>{until}</end></TimeSpan>" if since and until else ""
    style = "area" if row["kind"] in AREAS else "town"
    words = "<br>".join(_inert(line) for line in _lines(row, of))
    values = "".join(_data(column, value) for column, value in row.items() if value is not None and value != "")
    return (
        f"<Placemark><name>{xml(name)}</name>{span}<styleUrl>#{style}</styleUrl>"
        f"<description>{xml(words)}</description><ExtendedData>{values}</ExtendedData>"
        f"<Point><coordinates>{row['lon']:.6f},{row['lat']:.6f}</coordinates></Point></Placemark>\n"
    )


def _lines(row: Mapping[str, Any], of: Subject) -> Iterator[str]:
    """Yield what a balloon says."""
    yield ", ".join(filter(None, (row["place_name" if of == "mentions" else "name"], row["region_name"])))
    if of == "mentions":
        yield f"“{row['sentence']}”"
        yield f"{row['certainty']}: {row['date_reason']}" if row["date_reason"] else row["certainty"]
        yield ", ".join(filter(None, (row["outlet"], row["title"], row["published_since"], row["url"] or row["file"])))
    else:
        yield f"mentions: {row['mentions']}, articles: {row['articles']}, independent sources: {row['sources']}"


def _inert(text: str) -> str:
    """Return a text as HTML, as which a description is read; `$[name]` would be replaced by data."""
    return html.escape(text).replace("$", "&#36;")


def _data(name: str, value: object) -> str:
    return f'<Data name="{name}"><value>{xml(value)}</value></Data>'
