"""The file beside a table that cannot say what it is about: CSV on the Web, with what each column means."""

from __future__ import annotations

import json

from corpus.exports.evidence import Evidence, Subject, column_types, column_words

SUFFIX = "-metadata.json"  # after the name of the table's file, where CSV on the Web looks for it
_TYPES = {"text": "string", "number": "double", "whole": "integer", "day": "date"}


def write(evidence: Evidence, of: Subject, file: str) -> bytes:
    """Return what the table in `file` is about, and its columns."""
    kinds, words = column_types(), column_words()
    columns = [
        {"name": name, "titles": name, "datatype": _TYPES[kinds[name]], "dc:description": words[name]}
        for name in evidence.frame(of).columns
    ]
    told = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "dc:title": f"{of}: {evidence.about.shown}",
        "dc:created": evidence.about.exported,
        "dateline:about": evidence.about.as_dict(),
        "tableSchema": {"columns": columns},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")
