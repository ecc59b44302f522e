"""Writing while a browser shows pages of others: none of them reads or changes the site."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, sync_playwright

from .browser import FLAGS, answering, chromium
from .live_server import Live, bytes_of, live
from .site_tree import SiteTree
from .test_live_guard import shown

PRIVATE = "Private words."

PAGE = """<!doctype html><title>Elsewhere</title><body><script src="/attack.js"></script>"""

ATTACK = """
const got = [], base = "TARGET";
const paths = ["/about/", "/", "/static/site.css", "/plot.svg",
  "/_octavo/state?path=/", "/_octavo/live.js", "/_octavo/worker.js"];
const changes = ["/_octavo/view", "/_octavo/freeze", "/_octavo/open"];
const types = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "application/json"];
const body = JSON.stringify({ released: true, path: "pages/about.md", line: 1, column: 1 });
const read = (how, text) => text && got.push(how + ": " + text);
const soon = (start) => new Promise((done) => { start(done); setTimeout(done, 2000); });
const put = (tag, fields) => document.body.appendChild(Object.assign(document.createElement(tag), fields));

async function fetched(path, options) {
  try {
    const answer = await fetch(base + path, { signal: AbortSignal.timeout(2000), ...options });
    if (answer.ok) read("fetch " + path, await answer.text());
  } catch {}
}
const loaded = (tag, fields) => soon((done) => {
  const made = put(tag, fields);
  made.onerror = () => done();
  made.onload = made.onloadeddata = () => { read(tag, made.src || made.href); done(); };
});
const framed = (tag, fields) => soon((done) => {
  const made = put(tag, fields);
  made.onerror = () => done();
  made.onload = () => { try { read(tag, made.contentDocument.body.innerText); } catch {} done(); };
});
const form = (path, enctype) => soon((done) => {
  const frame = put("iframe", { name: "frame" + Math.random() });
  const made = put("form", { method: "post", action: base + path, enctype, target: frame.name });
  made.append(Object.assign(document.createElement("input"), { name: body, value: "" }));
  frame.onload = () => done();
  made.submit();
});
const heard = () => soon((done) => {
  const source = new EventSource(base + "/_octavo/events");
  source.onerror = () => { source.close(); done(); };
  source.addEventListener("hello", (event) => { source.close(); read("EventSource", event.data); done(); });
});
const connected = (path) => soon((done) => {
  const socket = new WebSocket(base.replace("http", "ws") + path);
  socket.onopen = () => read("WebSocket", "open");
  socket.onerror = () => done();
});
async function attack() {
  const work = [heard(), connected("/_octavo/events"), connected("/")];
  for (const path of paths) {
    for (const mode of ["cors", "no-cors", "same-origin"]) work.push(fetched(path, { mode, credentials: "include" }));
    for (const tag of ["script", "img", "video"]) work.push(loaded(tag, { src: base + path }));
    work.push(loaded("link", { rel: "stylesheet", href: base + path }));
    work.push(framed("iframe", { src: base + path }), framed("object", { data: base + path }));
  }
  for (const path of changes) {
    for (const type of types) {
      for (const mode of ["cors", "no-cors"])
        work.push(fetched(path, { method: "POST", mode, body, headers: { "Content-Type": type } }));
      navigator.sendBeacon(base + path, new Blob([body], { type }));
      if (type !== "application/json") work.push(form(path, type));
    }
    const headers = { "Content-Type": "application/json", "X-Octavo-Token": "guessed" };
    for (const method of ["POST", "PUT", "DELETE"]) work.push(fetched(path, { method, body, headers }));
  }
  await Promise.all(work);
  return got;
}
"""


class Elsewhere(BaseHTTPRequestHandler):
    """Another site, whose page attacks ours; it has the certainty that others do not have: where ours is."""

    target = ""

    def do_GET(self) -> None:
        """Answer with the page, or with its program."""
        program = self.path == "/attack.js"
        body = (ATTACK.replace("TARGET", self.target) if program else PAGE).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if program else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    """A site with words that are nobody else's."""
    tree = SiteTree(tmp_path_factory.mktemp("foreign") / "site")
    tree.entry("index", PRIVATE)
    tree.entry("about", f"{PRIVATE} ![A plot](plot.svg)")
    tree.write("pages/plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>')
    return tree


@pytest.fixture(scope="module")
def server(site: SiteTree) -> Iterator[Live]:
    """`octavo serve` for that site."""
    with live(site.folder) as running:
        yield running


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    """A tab of a browser in which the name `rebound.example` leads to this machine."""
    flags = [flag for flag in FLAGS if "host-resolver" not in flag]
    rules = "--host-resolver-rules=MAP rebound.example 127.0.0.1,MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*flags, rules])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "rebound.example"])
def test_s2_a_page_of_another_origin_reads_and_changes_nothing(name: str, server: Live, site: SiteTree, tab: Page) -> None:
    before, state = bytes_of(site.folder), shown(server)

    class Here(Elsewhere):
        target = server.origin

    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Here)) as address:
        tab.goto(address.replace("127.0.0.1", name))
        got = tab.evaluate("attack()")

    assert got == []
    assert bytes_of(site.folder) == before
    assert shown(server) == state


def test_s2_a_page_under_a_rebound_name_reads_and_changes_nothing(server: Live, site: SiteTree, tab: Page) -> None:
    before, state = bytes_of(site.folder), shown(server)
    rebound = f"http://rebound.example:{server.port}"

    answer = tab.goto(f"{rebound}/about/")
    tab.evaluate(ATTACK.replace("TARGET", rebound) + "; window.attack = attack")
    got = tab.evaluate("attack()")

    assert answer
    assert answer.status == 400
    assert {one.partition(":")[0] for one in got} <= {"iframe", "object"}
    assert all("this server answers at" in one for one in got)
    assert bytes_of(site.folder) == before
    assert shown(server) == state


def test_our_own_page_reads_by_the_same_means(server: Live, tab: Page) -> None:
    tab.goto(f"{server.origin}/about/")
    tab.evaluate(ATTACK.replace("TARGET", server.origin) + "; window.attack = attack")

    got = tab.evaluate("attack()")

    assert {one.partition(":")[0].partition(" ")[0] for one in got} >= {"fetch", "script", "img", "link", "EventSource"}
    assert any(PRIVATE in one for one in got)


def test_our_own_page_changes_what_is_shown(server: Live, tab: Page) -> None:
    tab.goto(f"{server.origin}/about/")

    told = tab.evaluate("""fetch("/_octavo/view", { method: "POST", body: '{"released": true}', headers: {
        "Content-Type": "application/json", "X-Octavo-Token": document.querySelector("[data-token]").dataset.token } })
        .then((answer) => answer.json())""")

    assert told == {"released": True}
