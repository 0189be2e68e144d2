"""Measure the map with thousands of places: bytes sent, and seconds from a filter to what is drawn.

`python -m tests.bench.map`. The index is synthetic: places of the gazetteer, each named three times in articles that
say nothing. Figures are medians on this machine.
"""

from __future__ import annotations

import argparse
import itertools
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
from playwright.sync_api import Page, sync_playwright

from corpus.build import build_index
from corpus.index.connection import SEAL, put_seal
from dashboard.config import SHIPPED
from geodata import DATA
from tests.browser.conftest import FLAGS, find_chromium

GOALS = {1500: (0.5, 0.4), 20000: (None, 0.8)}  # megabytes, seconds
MENTIONS = 3  # of each place
FEATURES = "(() => { let n = 0; window.map.eachLayer(l => { if (l.feature) n++; }); return n; })()"


def main() -> None:
    """Print a table of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(f"{'figure':<58} {'goal':>8} {'measured':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for number, (megabytes, seconds) in GOALS.items():
            index = Path(folder) / f"{number}.gpkg"
            build_index(SHIPPED, index)
            fill(index, number)
            sent, drawn, stepped = measure(index, runs)
            line(f"{number:,} places: map data in one message, MB", megabytes, sent)
            line(f"{number:,} places: from words to drawn, s", seconds, drawn)
            line(f"{number:,} places: from a step of time to drawn, s", seconds, stepped)
        kilobytes, seconds, whole = first_view(Path(folder) / f"{min(GOALS)}.gpkg", runs)
        line("first view: files of the map, KB", 300, kilobytes)
        line("first view: from the map's frame to the background drawn, s", 1.5, seconds)
        line("first view: from the address typed to the background drawn, s", None, whole)


def line(figure: str, goal: float | None, value: float) -> None:
    """Print one figure."""
    print(f"{figure:<58} {'' if goal is None else f'≤ {goal:g}':>8} {value:>10.2f}", flush=True)


def fill(index: Path, count: int) -> None:
    """Add places to an index, each named in as many articles as MENTIONS; half of them with the word "even"."""
    columns = ["id", "name", "lon", "lat", "country"]
    table = pq.read_table(DATA / "places.parquet", columns=columns).to_pylist()
    rows = table[:: max(1, len(table) // count)][:count]
    with closing(sqlite3.connect(index)) as db:
        for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f'drop trigger "{trigger}"')
        first = db.execute("select max(id) from mentions").fetchone()[0] + 1
        passage = db.execute("select max(id) from passages").fetchone()[0] + 1
        like = {table: any_row(db, table) for table in ("articles", "passages", "mentions", "links", "places")}
        for i in range(100):
            insert(db, "articles", like["articles"], id=f"bench{i}", outlet=f"Bench {i % 20}")
        numbers = itertools.count()
        for i, row in enumerate(rows):
            place = {name: row[name] for name in ("name", "lon", "lat", "country")} | {"id": f"bench-{row['id']}"}
            more = {"gazetteer_name": row["name"], "country_name": row["country"], "kind": "city", "outline": ""}
            nowhere = {"region": "", "region_name": "", "region_method": "country"}
            insert(db, "places", like["places"], fid=None, geom=None, **place, **more, **nowhere, mentions=MENTIONS)
            for copy in range(MENTIONS):
                number, of = next(numbers), {"article": f"bench{(i + copy) % 100}", "start": 0, "end": 4}
                mention, stands_in = first + number, passage + number
                word = "even" if i % 2 else "odd"
                insert(db, "passages", like["passages"], id=stands_in, **of, boilerplate="", text=word)
                told = {"text": row["name"], "status": "placed", "place": place["id"], "doubt": "", "runners_up": "[]"}
                told |= {"role": "happened", "reading": "literal", "certainty": "exact"}
                insert(db, "mentions", like["mentions"], id=mention, passage=stands_in, **of, **told)
                on = f"2022-09-0{1 + i % 2}"
                day = {"since": on, "until": on, "certainty": "exact", "timex": None}
                insert(db, "links", like["links"], mention=mention, rank=0, **day, said_timex=None)
        db.execute("insert into passages_fts(passages_fts) values('rebuild')")
        db.execute("analyze")
        db.commit()
        (seal,) = db.execute("select value from meta where key = ?", (SEAL,)).fetchone()
        db.execute("pragma wal_checkpoint(truncate)")
    put_seal(index, seal)  # else the page takes it for damaged, and builds it anew


def any_row(db: sqlite3.Connection, table: str) -> dict[str, object]:
    """Return a row of a table, for the columns that are not measured."""
    found = db.execute(f"select * from {table} limit 1")
    return dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))


def insert(db: sqlite3.Connection, table: str, like: dict[str, object], **values: object) -> None:
    """Add one row."""
    row = {name: value for name, value in {**like, **values}.items() if name != "fid"}  # SQLite numbers these itself
    columns = ", ".join(f'"{name}"' for name in row)
    db.execute(f"insert into {table}({columns}) values ({', '.join('?' * len(row))})", list(row.values()))


def measure(index: Path, runs: int) -> tuple[float, float, float]:
    """Return the megabytes of the largest message with map data, and seconds from words and from dates to the map."""
    sizes: list[int] = []
    with page_on(index) as (page, address):
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sizes.append(len(frame))))
        page.goto(address)
        frame = wait_for_map(page)
        before = frame.evaluate("dateline.drawn.points.length")
        box = page.get_by_role("textbox", name="Search", exact=True)
        times = []
        for word in ["even", "odd"] * runs:
            box.fill(word)
            start = time.perf_counter()
            box.press("Enter")
            frame.wait_for_function(
                "word => dateline.plain(dateline.drawn.words).includes(`“${word}”`)", arg=word, timeout=60_000
            )
            frame.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            times.append(time.perf_counter() - start)
            found = frame.evaluate("dateline.drawn.points.length")
            assert 0 < found < before, (found, before)
        box.fill("")
        box.press("Enter")
        frame.wait_for_function("count => dateline.drawn.points.length === count", arg=before)
        steps = []
        page.goto(f"{address}/?from=2022-09-01&to=2022-09-01")
        frame = wait_for_map(page)
        page.wait_for_timeout(3000)
        for name in ["Next", "Previous"] * runs:
            frame.evaluate("() => { window.last = dateline.drawn; }")
            start = time.perf_counter()
            page.get_by_role("button", name=name, exact=True).click()
            frame.wait_for_function("dateline.drawn !== window.last", timeout=60_000)
            frame.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            steps.append(time.perf_counter() - start)
    return max(sizes) / 1e6, statistics.median(times), statistics.median(steps)


def first_view(index: Path, runs: int) -> tuple[float, float, float]:
    """Return kilobytes of our files, seconds from the map's frame and from the address to the background drawn."""
    sizes, times, wholes = [], [], []
    for _ in range(runs):
        with page_on(index) as (page, address):
            fetched = []
            page.on("requestfinished", lambda r, seen=fetched: seen.append(r) if "/app/static/" in r.url else None)
            page.goto(address)
            frame = wait_for_map(page)
            drawn = frame.evaluate("performance.now() / 1000")
            page.wait_for_load_state("networkidle")
            wholes.append(page.evaluate("performance.now() / 1000"))
            times.append(drawn)
            sizes.append(sum(r.sizes()["responseBodySize"] for r in fetched) / 1000)
    return statistics.median(sizes), statistics.median(times), statistics.median(wholes)


def wait_for_map(page: Page):
    """Return the map's frame once its background is drawn."""
    page.wait_for_selector("iframe", timeout=60_000)
    frame = page.frame_locator("iframe").locator("body").element_handle().owner_frame()
    frame.wait_for_function(
        """() => { const tiles = document.querySelectorAll("canvas.leaflet-tile");
          return window.dateline?.drawn && tiles.length
            && [...tiles].every(t => t.classList.contains("leaflet-tile-loaded")); }""",
        timeout=60_000,
    )
    return frame


class page_on:  # noqa: N801 - reads as a function
    """A page of its own browser on an index, served for it."""

    def __init__(self, index: Path) -> None:
        self.index = index

    def __enter__(self) -> tuple[Page, str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "dashboard", "serve", "--index", str(self.index), "--port", str(port)]
        self.server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        while True:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        return self.browser.new_page(viewport={"width": 1360, "height": 900}), address

    def __exit__(self, *_: object) -> None:
        self.browser.close()
        self.playwright.stop()
        self.server.terminate()
        self.server.wait()


if __name__ == "__main__":
    main()
