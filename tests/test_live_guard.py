"""Writing on a network that is not one's own: who is answered, and what can be changed."""

from __future__ import annotations

import itertools
import json
import random
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from .live_server import Answer, Live, bytes_of, live, wait_for
from .site_tree import SiteTree

PAGES = (
    "/",
    "/about/",
    "/about",
    "/static/site.css",
    "/plot.svg",
    "/feed.xml",
    "/_headers",
    "/api/",
    "/nowhere/",
    "/broken/",
    "/bad/",
)
OURS = (
    "/_octavo/live.js",
    "/_octavo/worker.js",
    "/_octavo/live.css",
    "/_octavo/state?path=/",
    "/_octavo/events",
    "/_octavo/nothing",
)
CHANGES = ("/_octavo/view", "/_octavo/freeze", "/_octavo/open")
REFUSED = {400, 403, 421}
HEADERS = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "same-origin",
    "cache-control": "no-cache",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    """A site with a page of every kind, also such as fail."""
    tree = SiteTree(tmp_path_factory.mktemp("guarded") / "site")
    tree.entry("index", "Private words.")
    tree.entry("about", "Private words. ![A plot](plot.svg)")
    tree.entry("broken", template="mine.html")
    tree.write("templates/mine.html", "{{ nothing.there }}")
    tree.write("pages/bad.md", "---\ntitel: Bad\n---\n")
    tree.write("pages/plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>')
    return tree


@pytest.fixture(scope="module")
def server(site: SiteTree) -> Iterator[Live]:
    """`octavo serve` for that site."""
    with live(site.folder) as running:
        yield running


def hosts(port: int) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Requests that name another host than ours: what stands before the path in the first line, and the headers."""
    good = f"Host: 127.0.0.1:{port}"
    named = {
        "foreign": "evil.example", "foreign with our port": f"evil.example:{port}", "localhost.evil": f"localhost.evil:{port}",
        "127.0.0.1.evil": f"127.0.0.1.evil:{port}", "an address of the network": f"192.168.1.20:{port}",
        "all": f"0.0.0.0:{port}", "trailing dot": f"localhost.:{port}", "trailing dot of a number": f"127.0.0.1.:{port}",
        "empty": "", "only the port": f":{port}", "no port": "127.0.0.1", "another port": f"127.0.0.1:{port + 1}",
        "user": f"a@127.0.0.1:{port}", "user as ours": f"127.0.0.1:{port}@evil.example",
        "IPv6, long": f"[0:0:0:0:0:0:0:1]:{port}",
        "IPv6, bare": f"::1:{port}", "IPv6 of IPv4": f"[::ffff:127.0.0.1]:{port}", "IPv6, unspecified": f"[::]:{port}",
        "upper case": f"LOCALHOST:{port}", "short": f"127.1:{port}", "a number": f"2130706433:{port}",
        "octal": f"0177.0.0.1:{port}", "two names": f"127.0.0.1:{port}, evil", "two ports": f"127.0.0.1:{port}:{port}",
        "a path": f"127.0.0.1:{port}/", "another of this machine": f"127.0.0.2:{port}",
        "port with a zero": f"127.0.0.1:0{port}", "port with a sign": f"127.0.0.1:+{port}",
        "wide": "\uff11\uff12\uff17.0.0.1".encode().decode("latin-1"),
    }  # fmt: skip
    forms = {name: ("", (f"Host: {value}",)) for name, value in named.items()}
    return forms | {
        "missing": ("", ()),
        "two": ("", (good, "Host: evil.example")),
        "two, ours last": ("", ("Host: evil.example", good)),
        "twice ours": ("", (good, good)),
        "folded": ("", (good + "\r\n evil.example",)),
        "absolute": ("http://evil.example", (good,)),
        "absolute, ours": (f"http://127.0.0.1:{port}", (good,)),
        "absolute, ours, foreign Host": (f"http://127.0.0.1:{port}", ("Host: evil.example",)),
        "absolute with a user": (f"http://evil@127.0.0.1:{port}", (good,)),
        "absolute, broken": ("http://[", (good,)),
        "forwarded": ("", ("Host: evil.example", f"X-Forwarded-Host: 127.0.0.1:{port}", f"Forwarded: host=127.0.0.1:{port}")),
    }


@pytest.mark.parametrize("form", hosts(8000))
def test_s1_a_foreign_host_is_refused_on_every_route(form: str, server: Live) -> None:
    prefix, headers = hosts(server.port)[form]
    reading = [f"{method} {prefix}{path}" for path in (*PAGES, *OURS) for method in ("GET", "HEAD")]

    with ThreadPoolExecutor(16) as together:
        answers = list(
            together.map(partial(server.asked, headers=headers), reading + [f"POST {prefix}{path}" for path in CHANGES])
        )

    assert {answer.status for answer in answers} <= REFUSED
    assert max(len(answer.body) for answer in answers) < 200
    assert not any(b"Private" in answer.body for answer in answers)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_s1_the_names_of_this_machine_are_answered(name: str, server: Live) -> None:
    assert server.asked("GET /about/", (f"Host: {name}:{server.port}",)).status == 200


FOREIGN_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json", None)
FOREIGN_ORIGINS = ("http://evil.example", "null", None, "http://127.0.0.1:1", "http://localhost.evil", "https://127.0.0.1")
BODY = b'{"released": true, "path": "pages/about.md", "line": 1, "column": 1}'


def foreign_requests(server: Live) -> list[tuple[str, tuple[str, ...], bytes]]:
    """What pages of other sites can send, and more than they can: some of it has the right token."""
    paths, methods = (*CHANGES, "/", "/about/", "/plot.svg", "/static/site.css"), ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")
    tokens = (None, server.token)
    found = []
    for path, method, kind, origin, token in itertools.product(paths, methods, FOREIGN_TYPES, FOREIGN_ORIGINS, tokens):
        named = {
            "Host": server.host,
            "Content-Type": kind,
            "Origin": origin,
            "X-Octavo-Token": token,
            "Content-Length": str(len(BODY)),
        }
        found.append((f"{method} {path}", tuple(f"{name}: {value}" for name, value in named.items() if value is not None), BODY))
    return found


def shown(server: Live) -> tuple[object, ...]:
    """What a change by a request would change beside the files."""
    state = json.loads(server.get("/_octavo/state?path=/about/").text)
    return state["refresh"], state["released"], state["release"]


def test_s2_what_other_sites_send_changes_nothing(server: Live, site: SiteTree) -> None:
    requests = random.Random(7).sample(foreign_requests(server), 400)
    before, state = bytes_of(site.folder), shown(server)

    with ThreadPoolExecutor(16) as together:
        answers = list(together.map(lambda request: server.asked(*request), requests))

    assert {answer.status for answer in answers} == {403, 405}
    assert bytes_of(site.folder) == before
    assert shown(server) == state


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("X_Octavo_Token", None, 403), ("X_Octavo_Token", "", 403), ("X_Octavo_Token", "wrong", 403),
        ("X_Octavo_Token", "\xff", 403), ("Origin", None, 403), ("Origin", "null", 403), ("Origin", "http://evil.example", 403),
        ("Origin", "http://localhost:1", 403), ("Sec_Fetch_Site", "cross-site", 403), ("Sec_Fetch_Site", "same-site", 403),
        ("Sec_Fetch_Site", "none", 403), ("Content_Type", None, 415), ("Content_Type", "text/plain", 415),
        ("Content_Type", "text/plain, application/json", 415), ("Content_Type", "application/x-www-form-urlencoded", 415),
    ],
)  # fmt: skip
def test_s2_a_change_needs_the_token_our_origin_and_json(name: str, value: str | None, status: int, server: Live) -> None:
    wrong = server.post("/_octavo/view", b'{"released": false}', **{name: value})
    right = server.post("/_octavo/view", b'{"released": false}')

    assert wrong.status == status
    assert right.status == 200


def test_s2_the_token_is_another_at_every_start(server: Live, tree: SiteTree) -> None:
    with live(tree.folder) as other:
        token = other.token

    assert len(token) >= 32
    assert token != server.token


@pytest.mark.parametrize("path", OURS)
@pytest.mark.parametrize("site_of_it", ["cross-site", "same-site"])
def test_s2_other_sites_can_neither_listen_nor_embed(path: str, site_of_it: str, server: Live) -> None:
    visit = ("Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")

    assert server.get(path, f"Sec-Fetch-Site: {site_of_it}").status == 403
    assert server.get(path, f"Sec-Fetch-Site: {site_of_it}", *visit).status == 403


@pytest.mark.parametrize(
    ("mode", "destination", "status"),
    [("navigate", "document", 200), ("navigate", "iframe", 403), ("no-cors", "image", 403), ("cors", "empty", 403)],
)
def test_s2_other_sites_can_link_to_a_page_and_nothing_else(mode: str, destination: str, status: int, server: Live) -> None:
    for site_of_it in ("cross-site", "same-site"):
        asked = (f"Sec-Fetch-Site: {site_of_it}", f"Sec-Fetch-Mode: {mode}", f"Sec-Fetch-Dest: {destination}")

        assert server.get("/about/", *asked).status == status


def begun(server: Live, path: str) -> Answer:
    """The answer to a good GET without its body, which for events has no end."""
    with socket.create_connection(("127.0.0.1", server.port), 15) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        with connection.makefile("rb") as stream:
            return Answer.of(b"".join(iter(stream.readline, b"\r\n")) + b"\r\n")


def every_kind_of_answer(server: Live) -> Iterator[Answer]:
    """The answers to all routes, and those to requests that do not reach any."""
    good = f"Host: {server.host}"
    yield from (begun(server, path) for path in (*PAGES, *OURS))
    yield from (server.asked(f"HEAD {path}") for path in (*PAGES, "/_octavo/live.js"))
    yield server.get("/about/", f"If-None-Match: {server.get('/about/').header('etag')}")
    yield server.get("/static/site.css", "Range: bytes=0-9")
    yield server.post("/_octavo/view", b'{"released": false}')
    yield server.post("/_octavo/view", b"nonsense")
    yield server.post("/_octavo/view", Origin=None)
    yield from (server.asked(f"{method} /") for method in ("POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "EVIL"))
    yield server.asked("GET /", ("Host: evil.example",))
    yield server.asked("GET *")
    yield server.asked("GET /" + "a" * 70_000)
    yield server.asked("GET /", (good, *["X-A: 1"] * 200))
    yield server.asked("GET /", (good, "X-A: " + "a" * 70_000))
    yield server.asked("GET /", (good, *["X-A: " + "a" * 30_000] * 9))
    yield Answer.of(server.raw(b"GET / HTTP/7.0\r\n\r\n"))
    yield Answer.of(server.raw(b"GET /\r\n\r\n"))
    yield Answer.of(server.raw(f"GET /\r\nHost: {server.host}\r\n\r\n".encode()))
    yield Answer.of(server.raw(b"one two three four\r\n\r\n"))


def test_s3_every_answer_has_the_headers(server: Live) -> None:
    answers = list(every_kind_of_answer(server))

    assert {answer.status for answer in answers} >= {200, 304, 308, 400, 403, 404, 405, 414, 431, 500, 505}
    for answer in answers:
        told = dict(answer.headers)
        assert {name: told.get(name) for name in HEADERS} == HEADERS
        assert len([name for name, _ in answer.headers if name in HEADERS]) == len(HEADERS)
        assert "frame-ancestors 'none'" in answer.header("content-security-policy")
        assert "'unsafe-inline'" not in answer.header("content-security-policy").partition("style-src")[0]
        assert not [name for name in told if name.startswith("access-control-")]


def test_s3_pages_run_under_the_policy_of_the_release(server: Live, site: SiteTree, tree: SiteTree) -> None:
    tree.entry("about", '<iframe src="https://videos.example/1"></iframe>')

    with live(tree.folder) as other:
        shown = other.get("/about/").header("content-security-policy")

    assert "frame-src 'self' https://videos.example" in shown
    assert "videos.example" not in server.get("/about/").header("content-security-policy")
    released = next(line for line in server.get("/_headers").text.splitlines() if "Content-Security-Policy" in line)
    assert server.get("/about/").header("content-security-policy") == released.partition(": ")[2].replace(
        "frame-ancestors 'self'", "frame-ancestors 'none'"
    )


def listening_of(process: int) -> set[str]:
    """The addresses at which a process listens, as the kernel writes them."""
    sockets = {str(fd.readlink()) for fd in Path(f"/proc/{process}/fd").iterdir()}
    rows = [row.split() for table in ("tcp", "tcp6") for row in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]]
    return {row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets}


def test_s4_only_this_machine_is_listened_to(server: Live) -> None:
    assert listening_of(server.process.pid) == {f"0100007F:{server.port:04X}"}


def test_s4_another_host_is_warned_of_and_reading_takes_the_token(tree: SiteTree) -> None:
    tree.entry("about", "Private words.")

    with live(tree.folder, "--host", "0.0.0.0") as server:
        wait_for(lambda: "?token=" in server.log.read_text())
        said = server.log.read_text()
        token = said.partition("?token=")[2].split()[0]
        for path in ("/", "/about/", "/static/site.css", *OURS, f"/about/?token={token[:-1]}", "/about/?token="):
            assert server.get(path).status == 403
            assert server.get(path, f"Cookie: octavo-{server.port}=wrong").status == 403
            assert server.get(path, "Cookie: \xff;=;octavo").status == 403
        known = server.get(f"/about/?a=1&token={token}")
        cookie = known.header("set-cookie")

        assert "network" in said
        assert known.status == 303
        assert known.header("location") == "/about/?a=1"
        assert cookie.endswith("; HttpOnly; SameSite=Strict; Path=/")
        assert "Private words." in server.get("/about/", f"Cookie: {cookie.partition(';')[0]}").text
        assert server.asked("GET /", (f"Host: 0.0.0.0:{server.port}", f"Cookie: {cookie.partition(';')[0]}")).status == 400
        assert server.get(f"//evil.example/?token={token}").header("location") == "/evil.example/"


def test_s4_on_this_machine_no_cookie_is_set(server: Live) -> None:
    assert not any(answer.header("set-cookie") for answer in every_kind_of_answer(server))
