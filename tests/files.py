"""Builders of files in the formats that are read: what people save, and what breaks."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib

import docx
import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

RAIN = "Rain fell in the hills above Goris on Tuesday, and the road to Kapan was cut in three places."
SNOW = "Snow fell on the pass near Sisian, the district office said, and no bus ran until the evening."


def pdf(*pages: list[str], title: str = "", compressed: bool = False) -> bytes:
    """Return a PDF whose pages are lines of text in a font that every reader has."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    font = add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    parent = 2 + 2 * len(pages)
    for lines in pages:
        shown = b"\n".join(b"(%s) Tj T*" % _escaped(line) for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td\n" + shown + b"\nET"
        filter = b""
        if compressed:
            stream, filter = zlib.compress(stream), b"/Filter/FlateDecode"
        content = add(b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), filter, stream))
        page = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 %d 0 R>>>>>>"
        kids.append(add(page % (parent, content, font)))
    assert add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))) == parent
    catalog = add(b"<</Type/Catalog/Pages %d 0 R>>" % parent)
    info = add(b"<</Title(%s)>>" % _escaped(title))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF"
    return bytes(out + trailer % (len(objects) + 1, catalog, info, start))


def _escaped(text: str) -> bytes:
    encoded = text.encode("cp1252", "replace")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def word(
    *paragraphs: str, title: str = "", author: str = "", footer: str = "", rows: list[list[str]] | None = None
) -> bytes:
    """Return a DOCX file."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs:
        style, _, text = paragraph.rpartition("::")
        document.add_paragraph(text, style or None)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(files: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def warc(*records: tuple[str, str, bytes], packed: bool = False) -> bytes:
    """Return a WARC file; a record is an address, a status with or without a kind of content, and what was sent."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, told, content in records:
        status, _, kind = told.partition(" ")
        headers = [("Content-Type", kind or "text/html")]
        http = StatusAndHeaders(f"{status} told", headers, protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=http))
    return out.getvalue()


def wacz(*records: tuple[str, str, bytes], pages: tuple[str, ...] = ()) -> bytes:
    """Return a WACZ file that lists some of its records as pages."""
    listed = "\n".join(json.dumps(row) for row in [{"format": "json-pages-1.0"}, *({"url": url} for url in pages)])
    files = {"archive/data.warc.gz": warc(*records, packed=True), "pages/pages.jsonl": listed, "datapackage.json": "{}"}
    return zipped(files)


def parquet(rows: list[dict[str, object]]) -> bytes:
    """Return a Parquet file."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def mhtml(page: bytes, *, charset: str = "utf-8", url: str = "https://v.example/a", encoding: str = "8bit") -> bytes:
    """Return a page that a browser saved with all that belongs to it."""
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n'
        f"------B\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n"
        f"Content-Location: {url}\r\n\r\n"
    )
    picture = (
        "\r\n------B\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGOA==\r\n------B--\r\n"
    )
    return head.encode() + page + picture.encode()


def rss(*items: str, title: str = "The Valley Post", head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    """Return a feed of RSS."""
    entries = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>{title}</title><language>en</language>{entries}</channel>"
    return f'{head}<rss version="2.0">{channel}</rss>'.encode()


def packed(content: bytes) -> bytes:
    """Return what gzip makes of it."""
    return gzip.compress(content)
