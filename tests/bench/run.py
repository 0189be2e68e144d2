"""Measure what README states: start, build, click, step in time, memory. `make bench`, or `python -m tests.bench.run`.

Figures are medians of several runs on this machine; compare ratios rather than seconds between machines.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Frame, Page, Route, ViewportSize, sync_playwright

from tests.browser.conftest import FLAGS, find_chromium

ROOT = Path(__file__).resolve().parents[2]

FIRST_ARTICLE = """
import sys
from corpus.read_article import parse_text
read = parse_text("By A. Reporter, September 13, 2022. Shelling was reported near Goris and Jermuk on Tuesday night.")
assert {m.text for m in read.mentions} == {"Goris", "Jermuk"}, read.mentions
"""

BARE = """
import folium, streamlit
from streamlit_folium import st_folium
st_folium(folium.Map([39.8, 46.2], zoom_start=8, tiles=None))
"""
SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) moved += each.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
SIZE: ViewportSize = {"width": 1400, "height": 900}


def main() -> None:
    """Print a table of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, nargs="?", default=ROOT / "corpus" / "articles")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    rows = [
        (
            "start to first article parsed",
            1.5,
            "s",
            median(options.runs, lambda: seconds([sys.executable, "-c", FIRST_ARTICLE])),
        )
    ]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "bench.gpkg"
        build = [sys.executable, "-m", "dashboard", "build", str(options.articles), "--index", str(index), "--force"]
        rows.append(
            ("build of the corpus, process start included", 3.0, "s", median(options.runs, lambda: seconds(build)))
        )
        rows += measure_page(options.articles, index, options.runs)
    print(f"{'figure':<46} {'goal':>8} {'measured':>10}")
    for name, goal, unit, value in rows:
        print(f"{name:<46} {'≤ ' + format(goal, 'g'):>8} {value:>8.2f} {unit}")


def median(runs: int, measure: Callable[[], float]) -> float:
    """Return the median of several measurements after one that is not counted."""
    measure()
    return statistics.median(measure() for _ in range(runs))


def seconds(command: list[str]) -> float:
    """Return how long a command takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure_page(articles: Path, index: Path, runs: int) -> list[tuple[str, float, str, float]]:
    """Return the figures of the page in Chromium, beside those of a bare Streamlit page with one folium map."""
    ours = ["-m", "dashboard", "serve", str(articles), "--index", str(index), "--port"]
    script = index.with_name("bare.py")
    script.write_text(BARE, encoding="utf-8")
    bare = ["-m", "streamlit", "run", str(script), "--server.headless", "true", "--server.port"]
    with _served(bare) as (url, _), _chromium() as browser:
        least = median(runs, lambda: _open(browser, url, ".leaflet-container"))
    with _served(ours) as (url, pid), _chromium() as browser:
        first = median(runs, lambda: _open(browser, url, "canvas.leaflet-tile-loaded"))
        page = browser.new_page(viewport=SIZE)
        page.add_init_script(SHIFTS)
        page.goto(url)
        page.wait_for_selector("iframe")
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        _map_frame(page).wait_for_function("() => window.dateline?.drawn && window.map && window.map._loaded")
        moved = page.evaluate("moved")
        clicks = [_click(page, name) for name in _in_reach(page) * 2]
        page.get_by_role("button", name="All passages").click()
        steps = [_step(page) for _ in range(2 * runs)]
        memory = _peak_memory(pid)
    return [
        ("page opened to map drawn", 2.5, "s", first),
        ("the same, times a bare page with one folium map", 1.6, "", first / least),
        ("layout shift while it loads, as browsers count it", 0.1, "", moved),
        ("click on a place to its passages", 0.4, "s", statistics.median(clicks[1:])),
        ("a step in time to the map's new dots", 0.4, "s", statistics.median(steps[1:])),
        ("peak memory of the server", 600, "MB", memory),
    ]


@contextmanager
def _served(command: list[str]) -> Iterator[tuple[str, int]]:
    """Run a server that takes a port as its last argument; give its address and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/_stcore/health")
        yield url, server.pid
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


def _at_hand(route: Route) -> None:
    """Give the bare page its Leaflet at once, and none of what else it asks the internet for."""
    leaflet = ROOT / "dashboard" / "static" / "vendor" / "leaflet" / Path(urlsplit(route.request.url).path).name
    route.fulfill(path=leaflet) if leaflet.is_file() else route.fulfill(status=200, body="")


def _open(browser: Browser, url: str, drawn: str) -> float:
    """Open a page that nobody has opened before; return the seconds until its map is drawn."""
    with closing(browser.new_context(viewport=SIZE)) as context:
        context.route(re.compile(r"^https:"), _at_hand)
        page = context.new_page()
        start = time.perf_counter()
        page.goto(url)
        page.frame_locator("iframe").locator(drawn).first.wait_for()
        return time.perf_counter() - start


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise ConnectionError(f"{url} does not answer")


def _map_frame(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def _in_reach(page: Page) -> list[str]:
    """Return the names of the places in view that no other lies so near to that a click would ask which is meant."""
    names: list[str] = _map_frame(page).evaluate(
        """() => {
          const { points, map } = window.dateline, size = map.getSize();
          const place = (layer) => map.latLngToContainerPoint(layer.getLatLng());
          const at = points.getLayers().map((layer) => [layer.feature.properties.name, place(layer)]);
          const free = ([name, { x, y }]) => x > 60 && x < size.x - 60 && y > 60 && y < size.y - 60
            && at.every(([other, point]) => other === name || Math.hypot(point.x - x, point.y - y) > 40);
          return at.filter(free).map(([name]) => name);
        }"""
    )
    return names


def _click(page: Page, name: str) -> float:
    """Click a place on the map; return the seconds until its heading stands above the passages."""
    point = _map_frame(page).evaluate(
        """(name) => {
          const { points, map } = window.dateline;
          const { x, y } = map.latLngToContainerPoint(
            points.getLayers().find((layer) => layer.feature.properties.name === name).getLatLng());
          return [x, y];
        }""",
        name,
    )
    box = page.locator("iframe").bounding_box()
    assert box is not None
    start = time.perf_counter()
    page.mouse.click(box["x"] + point[0], box["y"] + point[1])
    page.wait_for_function(
        "(name) => document.querySelector('.st-key-sources h3')?.textContent.includes(name)", arg=name, timeout=10_000
    )
    return time.perf_counter() - start


def _step(page: Page) -> float:
    """Go to the next dates; return the seconds until the map is redrawn."""
    frame = _map_frame(page)
    frame.evaluate("() => { window.last = dateline.drawn; }")
    start = time.perf_counter()
    page.get_by_role("button", name="Next", exact=True).click()
    frame.wait_for_function("() => dateline.drawn !== window.last", timeout=10_000)
    return time.perf_counter() - start


def _peak_memory(pid: int) -> float:
    """Return the largest resident memory, in MB, among a process and its children."""
    pids, peak = [pid], 0.0
    while pids:
        current = pids.pop()
        try:
            pids += [int(p) for p in Path(f"/proc/{current}/task/{current}/children").read_text().split()]
            status = Path(f"/proc/{current}/status").read_text()
        except OSError:
            continue
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        peak = max(peak, int(lines["VmHWM"].split()[0]) / 1024)
    return peak


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
