"""A real Chromium on the running page. Every visit ends with: no request to anyone else, no error in the console."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Error, Frame, Locator, Page, TimeoutError, expect, sync_playwright

ROOT = Path(__file__).parents[2]
START = 90  # seconds until the page must answer
WAIT = 20_000  # milliseconds until what is expected must be seen
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    # Without these Debian's Chromium draws by a graphics card that it makes up.
    *("--use-gl=disabled", "--disable-gpu-rasterization", "--disable-gpu-compositing"),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--js-flags=--no-opt",  # pages that live for seconds: their scripts are not worth compiling twice
]
# The first is the same browser without a window: a page opens in it for a quarter less of the processor.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_CHROMIUM = (
    "the browser tests need Chromium: apt-get install chromium-headless-shell, "
    "or python -m playwright install chromium, or name one in DATELINE_CHROMIUM"
)
# What GeoJSON made is a layer of its own and carries its feature.
# Stretches and lines that are no place have an id of their own.
FEATURES = """(() => {
  const all = [];
  window.map.eachLayer(l => l.feature && !/^extent:/.test(l.feature.properties.id) && all.push(l.feature));
  return all;
})()"""
OVERFLOWS = """() => [...document.querySelectorAll("*")]
  .filter(e => e.scrollWidth > e.clientWidth && !e.closest('[data-testid="stDataFrame"]'))
  .filter(e => e === document.scrollingElement || ["auto", "scroll"].includes(getComputedStyle(e).overflowX))
  .map(e => `${e.tagName}.${e.className}: ${e.scrollWidth} in ${e.clientWidth}`)"""
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]:not(:has([data-testid="stSkeleton"]))'
SEEN = 2500  # characters of a page that are told with what failed on it
DESKTOP, PHONE = (1360, 900), (375, 740)

expect.set_options(timeout=WAIT)


def find_chromium():
    """Return the browser to start; None leaves it to Playwright to find its own."""
    named = os.environ.get("DATELINE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), None)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        try:
            started, trouble = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS), None
        except Error as error:
            missing = "Executable doesn't exist" in error.message or "Failed to launch" in error.message
            started, trouble = None, HOW_TO_GET_CHROMIUM if missing else error.message
        if trouble:
            pytest.fail(trouble, pytrace=False)
        yield started
        started.close()


@pytest.fixture(scope="session")
def desk(browser):
    """Keep one browser profile for the visits that need no other: it fetches the page's scripts once.

    Its reader asked for less motion, which takes a fifth of the time; those of other profiles did not.
    """
    with closing(browser.new_context(reduced_motion="reduce")) as context:
        yield context


@dataclass(frozen=True)
class Server:
    """A page that runs, and the index behind it."""

    address: str
    index: Path
    pid: int

    def ask(self, question, *values):
        """Return the rows that answer an SQL question to the index."""
        with closing(sqlite3.connect(f"file:{self.index}?mode=ro", uri=True)) as index:
            return index.execute(question, values).fetchall()


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    """Start a command that serves the page; end it with the session."""
    running = []

    def begin(*command, port, **environment):
        log = tmp_path_factory.mktemp("log") / "server.txt"
        with log.open("w") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output, start_new_session=True
            )
        running.append(process)
        deadline = time.monotonic() + START
        while not answers(f"http://127.0.0.1:{port}/_stcore/health"):
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                if time.monotonic() < deadline:
                    continue
            pytest.fail(f"the page did not start: {log.read_text()}", pytrace=False)
        return f"http://127.0.0.1:{port}", process.pid

    yield begin
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)  # the command and the page it started
        process.wait()


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def free_port():
    def find():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    return find


@pytest.fixture(scope="session")
def serve(start, free_port, tmp_path_factory):
    """Serve a folder of articles as a user does; without one, the shipped corpus."""

    def begin(*folder, options=()):
        index, port = tmp_path_factory.mktemp("index") / "index.gpkg", free_port()
        command = (sys.executable, "-m", "dashboard", "serve", *map(str, folder), "--index", str(index))
        address, pid = start(*command, "--port", str(port), *options, port=port)
        return Server(address, index, pid)

    return begin


@pytest.fixture(scope="session")
def shipped(serve):
    return serve()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell with what failed where its pages were and what stood on them."""
    report = yield
    if report.failed and call.when == "call":
        for here in getattr(item, "visits", ()):
            with suppress(Error):
                report.sections.append((f"page at {here.page.url}", here.page.locator("body").inner_text()[:SEEN]))
    return report


@pytest.fixture
def visit(desk, browser, request):
    """Open the page of a server, and at the end hold it to its promises."""
    opened = request.node.visits = []

    def begin(server, *, size=DESKTOP, dark=False, elsewhere=False, **query):
        page = (browser if elsewhere else desk).new_page()  # a browser's page has a profile of its own
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_default_timeout(WAIT)
        here = Visit(page, server)
        opened.append(here)
        here.open(query)
        return here

    yield begin
    strangers = [url for here in opened for url in here.strangers]
    complaints = [text for here in opened for text in here.complaints]
    complaints += [text for here in opened for text in here.page.get_by_test_id("stException").all_inner_texts()]
    for here in opened:
        here.page.close()  # whatever it was still fetching fails now, and that is no fault of the page
    assert strangers == []
    assert complaints == []


class Visit:
    """One open page: its map, its list, its filters, and what it asked for and complained of."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.sent = 0  # messages to the server: a run of the page's script takes at least one
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", self._listen)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.headline = page.locator(".st-key-status p")
        self.words = page.get_by_role("textbox", name="Search", exact=True)
        self.time = page.locator(".st-key-time")
        self.sources = page.locator(".st-key-sources")
        self.table = page.get_by_test_id("stDataFrame")

    def _note(self, url):
        if not re.match(r"(http|ws)://127\.0\.0\.1[:/]|data:|blob:", url):
            self.strangers.append(url)

    def _listen(self, socket):
        self._note(socket.url)
        socket.on("framesent", lambda _: setattr(self, "sent", self.sent + 1))

    def open(self, query):
        self.page.goto(self.server.address + "/?" * bool(query) + urlencode(query, doseq=True))
        expect(self.headline).to_be_visible()
        expect(self.page.frame_locator("iframe").locator(".leaflet-container")).to_be_visible()
        self.frame.wait_for_function("() => window.map && window.map._loaded")
        self.settle()

    @property
    def frame(self) -> Frame:
        """The map's own document."""
        return next(frame for frame in self.page.frames if "folium" in frame.url)

    @property
    def counts(self):
        """How many mentions are shown, and of how many places."""
        return tuple(int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", self.headline.inner_text())[:2])

    def settle(self):
        """Wait until the script of the page has run through and all it made is drawn.

        Only then what it replaced is gone; and parts of the page whose code comes late are drawn later than its end.
        """
        expect(self.page.locator(SETTLED)).to_be_attached()

    def days(self):
        """Return the two days of the strip of time, as ISO has them."""
        groups = self.time.get_by_role("group")
        expect(groups.nth(1)).to_be_visible()
        return [re.sub(r"\s", "", group.inner_text()) for group in groups.all()]

    def press_time(self, name):
        """Press a button of the strip of time; "All dates" and stretches by name are in its box."""
        if name not in ("Previous", "Play", "Pause", "Next"):
            self.time.get_by_role("button", name="Dates", exact=True).click()
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.keyboard.press("Escape")
        self.settle()

    def bar(self, words):
        """Find a bar of time by its day in words."""
        return self.time.locator(f'.stVegaLiteChart path[aria-label^="{words}: "]').last

    def on_map(self, what="id"):
        """Return one property of every place on the map; stretches and lines that are no place are left out."""
        return self.frame.evaluate(f"what => {FEATURES}.map(f => f.properties[what])", what)

    def told_on_map(self):
        """Return what is told of every place on the map where the pointer is on it."""
        return self.frame.evaluate(f"() => {FEATURES}.map(f => dateline.told(f.properties))")

    def wait_for_map(self, condition, argument=None):
        """Wait until a JavaScript condition on `all`, the features on the map, and `argument` holds."""
        holds = f"argument => {{ const all = {FEATURES}; return {condition}; }}"
        while True:
            try:
                self.frame.wait_for_function(holds, arg=argument)
                return
            except Error as error:
                if "detached" not in str(error):
                    raise
                # The map of a dialog that closes, or one that is made anew: look at the one that stays.
                self.page.wait_for_selector("iframe[title*=folium]")

    def wait_for_selection(self, place):
        """Wait until this place, and no other, is highlighted on the map."""
        condition = "JSON.stringify(all.filter(f => f.properties.selected).map(f => f.properties.id)) === argument"
        self.wait_for_map(condition, f'["{place}"]' if place else "[]")

    def click_map(self, lat, lon):
        """Click the map at a place on earth."""
        box = self.page.locator("iframe").bounding_box()
        x, y = self.frame.evaluate(
            "at => { const p = window.map.latLngToContainerPoint(at); return [p.x, p.y]; }", [lat, lon]
        )
        assert 0 < x < box["width"] and 0 < y < box["height"], "the place is not in view"
        self.page.mouse.click(box["x"] + x, box["y"] + y)

    def choose(self, box: Locator, option):
        """Choose an option in a select box by words of it."""
        box.evaluate("box => box.scrollIntoView({block: 'center'})")  # options close when the page scrolls under them
        # ... and when it is drawn again, as the map may just have told of its view: then the box is entered anew.
        for patience in (WAIT / 5, WAIT / 5, WAIT / 5, WAIT):
            box.blur()
            self.settle()
            box.fill(option)
            with suppress(TimeoutError):
                self.page.get_by_role("option", name=option).first.click(timeout=patience)
                return
        raise AssertionError(f"no option {option!r}")

    def narrow(self, filter, option):
        """Choose a value of a filter that stands in the row of filters."""
        self.page.get_by_role("button", name=filter, exact=True).click()
        name = "Country or province" if filter == "Region" else filter
        self.choose(self.page.get_by_role("combobox", name=name), option)
        self.page.keyboard.press("Escape")
        self.settle()

    def choose_place(self, name):
        """Search for a place by its name, and choose it where the search found it."""
        self.search(name)
        self.sources.get_by_role("button", name=re.compile(rf"^{re.escape(name)}[:( ]")).first.click()
        self.expect_place(name)

    def expect_place(self, name):
        """See the passages of a place below its name."""
        expect(self.sources.get_by_role("heading", name=name, exact=True)).to_be_visible()
        self.settle()

    def search(self, words):
        self.words.fill(words)
        self.words.press("Enter")
        self.settle()

    def open_tab(self, name):
        """Open a tab beside the map, by words of its title."""
        tab = self.page.get_by_role("radiogroup", name="Beside the map").get_by_role(
            "radio", name=re.compile(f"^{name}")
        )
        tab.click()
        expect(tab).to_be_checked()
        self.settle()

    def row(self, name):
        """Find the row of a place in the list; only rows in its window are there."""
        first = self.page.locator('td[aria-colindex="1"]')
        return self.table.locator("tr").filter(has=first.get_by_text(name, exact=True))

    def click_row(self, number):
        """Click a row of the list, the first being 0."""
        self.table.scroll_into_view_if_needed()
        box = self.table.bounding_box()
        self.page.mouse.click(box["x"] + 18, box["y"] + 35 * (number + 1) + 18)

    def overflows(self):
        """Return what scrolls sideways: the page or any box in it but the list, which has columns to scroll."""
        return self.page.evaluate(OVERFLOWS)
