"""W3C Web Annotation (JSON-LD): a mention as a stretch of its article, found by its words and by its position."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.exports.evidence import Evidence, Subject
from corpus.exports.json_lines import as_json, records
from corpus.exports.linked_places import article_uri, uri

# What a row says besides has names of ours, which the second context makes terms.
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dateline": "https://dateline.invalid/terms#"}]
AROUND = 32  # characters before and after the words, by which they are found in another copy of the text
_SAID_OTHERWISE = ("text", "start", "end", "sentence")


def write(evidence: Evidence, of: Subject) -> bytes:
    """Return the mentions shown as one page of annotations, one a line."""
    texts = dict(zip(evidence.articles.article, evidence.articles.text, strict=True))
    items = ",\n".join(as_json(_annotation(row, texts[row["article"]])) for row in records(evidence.mentions))
    about = evidence.about
    head = {
        "id": f"urn:dateline:{about.index}",
        "type": "AnnotationPage",
        "generator": {"type": "Software", "name": about.program},
        "generated": f"{about.exported.replace(' ', 'T')}Z",
        "dateline:about": about.as_dict(),
    }
    return f'{{"@context": {as_json(CONTEXT)}, {as_json(head)[1:-1]}, "items": [\n{items}\n]}}\n'.encode()


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """Return the words of a stretch with those around it, and its position."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _annotation(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    said = {f"dateline:{name}": value for name, value in row.items() if name not in _SAID_OTHERWISE}
    return {
        "id": f"urn:dateline:{row['mention']}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "SpecificResource", "purpose": "identifying", "source": uri(row)},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": row["sentence"], **said},
        ],
        "target": {"source": article_uri(row), "selector": selectors(text, row["start"], row["end"])},
    }
