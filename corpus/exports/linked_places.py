"""Linked Places format (JSON-LD): the places shown, each name with the passages that attest it and their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.exports.evidence import Evidence, Subject
from corpus.exports.geojson import point
from corpus.exports.json_lines import as_json, records
from geodata.kinds import label

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
Row = Mapping[str, Any]

# The classes of GeoNames that the format sorts places by; what has none of its own is an area.
_CLASSES = {
    **dict.fromkeys(("country", "admin1", "admin2"), "A"),
    **dict.fromkeys(("city", "village"), "P"),
    **dict.fromkeys(("sea", "lake", "river"), "H"),
    **{"natural": "T", "building": "S", "road": "R"},
}


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return the places shown in the Linked Places format 1.2, a feature a line."""
    told: dict[str, list[Row]] = defaultdict(list)
    for mention in records(evidence.mentions):
        told[mention["place"]].append(mention)
    features = ",\n".join(as_json(_feature(place, told[place["place"]])) for place in records(evidence.places))
    about = as_json(evidence.about.as_dict())
    head = f'"type": "FeatureCollection", "@context": "{CONTEXT}", "about": {about}'
    return f'{{{head}, "features": [\n{features}\n]}}\n'.encode()


def uri(place: Row) -> str:
    """Return what a place is known by on the web, or a name of ours for one that is not there."""
    return f"https://sws.geonames.org/{place['geonameid']}/" if place["geonameid"] else f"dateline:{place['place']}"


def article_uri(row: Row) -> str:
    """Return where an article is on the web, or a name of ours that holds the hash of its text."""
    return row["url"] if row["url"].startswith(("https://", "http://")) else f"dateline:{row['article_hash']}"


def _feature(place: Row, told: Sequence[Row]) -> dict[str, Any]:
    where, spans = point(place), list(_timespans(told))
    feature: dict[str, Any] = {
        "@id": uri(place),
        "type": "Feature",
        "properties": {
            **place,
            "title": place["name"],
            "ccodes": [place["country"]] if place["country"] else [],
            "fclasses": [_CLASSES.get(place["kind"], "L")],
        },
        "names": [*_names(told), *({"toponym": name} for name in place["names"].split("|") if name)],
        "types": [{"identifier": f"dateline:{place['kind']}", "label": label(place["kind"])}],
        "geometry": where and {**where, "certainty": "certain" if place["uncertainty_km"] <= 1 else "less-certain"},
        "links": [{"type": "exactMatch", "identifier": f"gn:{place['geonameid']}"}] if place["geonameid"] else [],
        "relations": list(_relations(place)),
        "descriptions": [_description(mention) for mention in told],
    }
    return {**feature, "when": {"timespans": spans}} if spans else feature


def _names(told: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield the names as the texts write them, each with what attests it."""
    written: dict[str, list[Row]] = defaultdict(list)
    for mention in told:
        written[mention["text"]].append(mention)
    for name, mentions in written.items():
        cited = {(article_uri(row), _citation(row)): None for row in mentions}
        yield {"toponym": name, "citations": [{"label": words, "@id": address} for address, words in cited]}


def _timespans(told: Sequence[Row]) -> Iterator[dict[str, Any]]:
    spans = {(row["since"], row["until"]) for row in told if row["since"]}
    for since, until in sorted(spans):
        yield {"start": {"in": since}, "end": {"in": until}}


def _relations(place: Row) -> Iterator[dict[str, Any]]:
    for code, name in ((place["region"], place["region_name"]), (place["country"], place["country_name"])):
        if code:
            relation = {"relationType": "gvp:broaderPartitive", "relationTo": f"dateline:region:{code}"}
            yield {**relation, "label": f"part of {name or code}"}


def _description(mention: Row) -> dict[str, Any]:
    return {"@id": f"dateline:{mention['mention']}", "value": mention["sentence"], **_evidence(mention)}


def _evidence(mention: Row) -> dict[str, Any]:
    """Return a row's evidence; its sentence stands as the value beside it."""
    return {"lang": mention["language"] or "und", "evidence": {k: v for k, v in mention.items() if k != "sentence"}}


def _citation(row: Row) -> str:
    return ", ".join(filter(None, (row["outlet"], row["title"], row["published_since"])))
