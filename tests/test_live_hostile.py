"""Writing where others are rude: requests that are too large, too slow or too many, and such as nobody should send."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import pytest

from app.live.connection import MOST, SECONDS
from app.live.events import EACH
from app.live.guard import LARGEST

from .live_server import Answer, Live, bytes_of, hearing, live, wait_for
from .site_tree import SiteTree
from .test_live_guard import hosts

SECRET = "kept-secret-4711"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    """A site beside a folder with a secret, to which links of the site lead."""
    tree = SiteTree(tmp_path_factory.mktemp("rude") / "site")
    tree.entry("index")
    tree.entry("about", "![A plot](plot.svg)")
    tree.write("pages/plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>')
    tree.write("../outside/secret.txt", SECRET)
    tree.write(".env", SECRET)
    tree.write("pages/.hidden.txt", SECRET)
    (tree.folder / "pages/away").symlink_to(tree.folder.parent / "outside")
    return tree


@pytest.fixture(scope="module")
def server(site: SiteTree) -> Iterator[Live]:
    """`octavo serve` for that site."""
    with live(site.folder) as running:
        yield running


CHANGE = "POST /_octavo/view"


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        (CHANGE, (f"Content-Length: {LARGEST + 1}",), 413),
        (CHANGE, ("Content-Length: 99999999999",), 413),
        ("GET /", (f"Content-Length: {LARGEST + 1}",), 413),
        (CHANGE, ("Transfer-Encoding: chunked",), 411),
        (CHANGE, ("Transfer-Encoding: chunked", "Content-Length: 2"), 411),
        ("GET /", ("Transfer-Encoding: x",), 411),
        (CHANGE, ("Content-Length: -1",), 400),
        (CHANGE, ("Content-Length: 2", "Content-Length: 3"), 400),
        (CHANGE, ("Content-Length: \xb2",), 400),
        (CHANGE, ("Content-Length: 0x2",), 400),
        ("GET /" + "a" * 70_000, (), 414),
        ("GET /", ("X-A: " + "a" * 70_000,), 431),
        ("GET /", ("X-A: 1",) * 200, 431),
        ("GET /", ("X-A: " + "a" * 30_000,) * 9, 431),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_read(line: str, headers: tuple[str, ...], status: int, server: Live) -> None:
    answer = server.asked(line, (f"Host: {server.host}", *headers), b"{}")

    assert answer.status == status
    assert server.get("/about/").status == 200


def test_a_body_of_many_megabytes_is_not_taken(server: Live) -> None:
    body = b"a" * 30_000_000

    answer = server.asked("POST /_octavo/view", (f"Host: {server.host}", f"Content-Length: {len(body)}"), body)

    assert answer.status in (0, 413)
    assert server.get("/about/").status == 200


SLOW = (b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", b"POST /_octavo/view HTTP/1.1\r\n")


def test_slow_clients_are_dropped_in_time_and_hold_up_nobody(server: Live, site: SiteTree) -> None:
    large = site.write("pages/large.zip", bytes(30_000_000))
    wait_for(lambda: server.asked("HEAD /large.zip").status == 200)
    fetch = f"GET /large.zip HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode()

    with ExitStack() as stack:
        began = time.monotonic()
        open_one = partial(socket.create_connection, ("127.0.0.1", server.port), 30)
        lazy = [stack.enter_context(open_one()) for _ in range(10)]
        slow = [stack.enter_context(open_one()) for _ in range(100)]
        for number, connection in enumerate([*lazy, *slow]):
            connection.sendall(fetch if connection in lazy else SLOW[number % len(SLOW)])
        while time.monotonic() - began < SECONDS - 1:
            for connection in slow[1::5]:
                connection.sendall(b"a")
            asked = time.monotonic()
            assert server.get("/about/").status == 200
            assert time.monotonic() - asked < 2
            time.sleep(0.5)
        answers = [Answer.of(connection.recv(65536)) for connection in slow]
        took = time.monotonic() - began
        time.sleep(1)
        taken = [sum(len(part) for part in iter(partial(received, connection), b"")) for connection in lazy]
    large.unlink()

    assert took < SECONDS + 5
    assert {answer.status for answer in answers} <= {0, 408}
    assert sum(answer.status == 408 for answer in answers) >= 50
    assert 0 < max(taken) < 20_000_000
    assert server.get("/about/").status == 200


def received(connection: socket.socket) -> bytes:
    """Some bytes of a connection; none where it is cut."""
    try:
        return connection.recv(65536)
    except ConnectionError:
        return b""


def test_more_connections_than_can_be_served_are_told_so(server: Live) -> None:
    with ExitStack() as stack:
        for _ in range(MOST):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 5))
        time.sleep(0.5)
        busy = server.get("/about/")

    assert busy.status == 503
    assert busy.header("x-content-type-options") == "nosniff"
    end = time.monotonic() + 5
    while server.get("/about/").status != 200:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_one_client_can_listen_so_often_and_the_others_are_answered(server: Live) -> None:
    with ExitStack() as stack:
        heard = [stack.enter_context(hearing(server)) for _ in range(EACH)]
        more = server.get("/_octavo/events")
        page = server.get("/about/")

    assert all(one.named("hello") for one in heard)
    assert (more.status, more.header("retry-after")) == (503, "5")
    assert page.status == 200
    wait_for(lambda: listens(server))


def listens(server: Live) -> bool:
    """Whether one more may listen."""
    with hearing(server) as heard:
        return bool(heard.named("hello"))


def test_who_listens_and_goes_away_makes_room_for_others(server: Live) -> None:
    with ExitStack() as stack:
        for _ in range(EACH):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(f"GET /_octavo/events HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
            connection.shutdown(socket.SHUT_WR)

        wait_for(lambda: listens(server), 5)


CLIMBS = ("../outside/secret.txt", "../../outside/secret.txt", "../../../../../../etc/passwd", "away/secret.txt", ".hidden.txt")
SLASHES = ("/", "%2f", "%252f", "\\", "%5c", "//", "/./", "%c0%af", "\u2215", "/%00/", ";/")
BEFORE = ("/", "/static/", "/about/", "/_octavo/", "/images/", "//", "/_octavo/../")
METHODS = (
    "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "MOVE", "COPY", "LOCK", "get", "G\xcbT",
    "A" * 5000, "", "GET GET",
)  # fmt: skip
HEADS = (
    "Range: bytes=0-", "Range: bytes=" + "0-1," * 5000, "Range: bytes=-1-2-3", "If-None-Match: " + '"a",' * 5000,
    "If-Modified-Since: never", "Expect: 100-continue", "Expect: the-impossible", "Upgrade: websocket", "Connection: upgrade",
    "X-Original-URL: /.env", "X-Rewrite-URL: /.env", "X-HTTP-Method-Override: DELETE", "X-Forwarded-For: 127.0.0.1",
    "Cookie: " + "a=b;" * 5000, "Cookie: \xff\xfe", "Accept-Encoding: " + "gzip," * 5000, "Content-Type: \x00", "A" * 5000,
    ": nothing", "X: \x00\x01\x02", "X\x00: y", " folded: x", "Content-Length: \x00", "Content-Length: 5, 5",
    "Referer: javascript:1", "Accept: */*" * 500, "Transfer-Encoding: chunked", "Transfer-Encoding: \x0bchunked",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: \xff", "Origin: null", "Authorization: Basic Og==", "Proxy: http://evil.example", "Via: 1.1 evil",
)  # fmt: skip
BODIES = (
    b"", b"{", b"[" * 60_000, b"null", b"[]", b'"a"', b'{"released": 1}', b'{"released": "true"}', b"\xff\xfe", b"{}" * 9,
    b'{"path": "pages/about.md", "line": 1e400, "column": 1}', b'{"path": "../outside/secret.txt", "line": 1, "column": 1}',
    b'{"path": "/etc/passwd", "line": 1, "column": 1}', b'{"path": "pages/away/secret.txt", "line": 1, "column": 1}',
    b'{"path": "pages/about.md", "line": -1, "column": 1}', b'{"path": {}, "line": [], "column": null}',
    b'{"path": "pages/\\u0000", "line": 1, "column": 1}', b'{"path": "pages/' + b"a" * 50_000 + b'", "line": 1, "column": 1}',
    b'{"path": "pages/about.md;touch x", "line": 1, "column": 1}', b'{"path": "\\ud800", "line": 1, "column": 1}', b"9" * 60_000,
)  # fmt: skip


def hostile(server: Live) -> list[bytes]:
    """Requests that nobody should send, as they are on the wire: paths, hosts, methods, headers, bodies, and mere bytes."""
    good = f"Host: {server.host}"
    paths = [before + climb.replace("/", slash) for before in BEFORE for climb in CLIMBS for slash in SLASHES]
    own = (good, f"Origin: {server.origin}", f"X-Octavo-Token: {server.token}", "Content-Type: application/json")
    noise = random.Random(7)
    return [
        *(on_wire(f"GET {path}", good) for path in noise.sample(paths, 150)),
        *(on_wire(f"GET {prefix}/about/", *headers) for prefix, headers in hosts(server.port).values()),
        *(on_wire(f"{method} {path}", good) for method in METHODS for path in ("/about/", "/_octavo/view")),
        *(on_wire("GET /about/", good, header) for header in HEADS),
        *(
            on_wire(f"POST /_octavo/{route}", *own, f"Content-Length: {len(body)}") + body
            for body in BODIES
            for route in ("view", "open")
        ),
        *(noise.randbytes(noise.randrange(1, 3000)) + b"\r\n\r\n" for _ in range(30)),
    ]


def on_wire(line: str, *headers: str) -> bytes:
    """A request without a body."""
    first = f"{line} HTTP/1.1\r\n".encode("utf-8" if "\u2215" in line else "latin-1")
    return first + "".join(f"{header}\r\n" for header in headers).encode("latin-1") + b"\r\n"


def test_300_hostile_requests_read_nothing_outside_write_nothing_and_stop_nothing(server: Live, site: SiteTree) -> None:
    requests = hostile(server)
    before = bytes_of(site.folder.parent)
    began = time.monotonic()

    with ThreadPoolExecutor(8) as together:
        answers = list(together.map(server.raw, requests))

    assert len(requests) >= 300
    assert time.monotonic() - began < 2 * SECONDS
    assert not [
        request for request, answer in zip(requests, answers, strict=True) if SECRET.encode() in answer or b"root:" in answer
    ]
    assert not [request for request, answer in zip(requests, answers, strict=True) if Answer.of(answer).status == 500]
    assert bytes_of(site.folder.parent).keys() == before.keys()
    assert all(data == before[name] for name, data in bytes_of(site.folder.parent).items() if not name.endswith(".log"))
    assert server.process.poll() is None
    assert server.get("/about/").status == 200
    assert "Traceback" not in server.log.read_text()
