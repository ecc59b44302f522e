"""Guard: which requests are answered while writing, and the headers that every answer has."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from ..policy import policy

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OURS = "/_octavo/"
"""Below this is what exists only while writing."""

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The names under which this machine knows itself."""

LARGEST = 64 * 1024
"""The bytes that a request may bring."""

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-cache"),
)
"""What every answer says; other sites can neither embed nor read it."""

FRAMED, UNFRAMED = "frame-ancestors 'self'", "frame-ancestors 'none'"

STRICT = policy(()).replace(FRAMED, UNFRAMED)
"""The Content-Security-Policy of answers that have none of their own."""

Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What this start of the server goes by.

    `token` is known to nobody but the pages it serves; where the host is open to the network (`open_host`), reading takes it too.
    `hosts` are the names that are answered beside those of this machine, IPv6 addresses in brackets.
    """

    port: int
    token: str
    open_host: bool = False
    hosts: tuple[str, ...] = ()

    @property
    def origins(self) -> frozenset[str]:
        """What a Host can say."""
        names = (*LOOPBACK, *self.hosts)
        return frozenset(f"{name}:{self.port}" for name in names) | frozenset(names if self.port == 80 else ())

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the token; ports share their cookies."""
        return f"octavo-{self.port}"


class Refused(Exception):
    """A request that is not answered: by which status, and why."""

    def __init__(self, status: HTTPStatus, reason: str, headers: Iterable[Header] = ()) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, tuple(headers)


class Guard:
    """A WSGI application that answers for another only what a page of its own, or its author, asks.

    Refused are other Hosts (400), what other sites ask for but a visit of a page (403), what would change anything without
    the token, our Origin and JSON (403, 415), other methods (405), and long or chunked bodies (411, 413).
    """

    def __init__(self, wsgi: WSGIApplication, rules: Rules) -> None:
        self.wsgi, self.rules = wsgi, rules

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer, with `HEADERS`, and no permission to other sites."""

        def start(status: str, headers: list[Header], *error: object) -> Callable[[bytes], object]:
            return start_response(status, guarded(headers), *error)  # type: ignore[arg-type]

        try:
            for check in (host, method, size, token_to_read, other_sites, token_to_change):
                check(environ, self.rules)
        except Refused as refused:
            return told(refused, environ, start)
        return self.wsgi(environ, start)


def guarded(headers: Sequence[Header]) -> list[Header]:
    """The headers of an answer with ours in the place of its own; the policy alone may be its own."""
    ours = {name.lower() for name, _ in HEADERS}
    kept = [
        (name, value) for name, value in headers if name.lower() not in ours and not name.lower().startswith("access-control-")
    ]
    policed = any(name.lower() == "content-security-policy" for name, _ in kept)
    return [*kept, *HEADERS, *([] if policed else [("Content-Security-Policy", STRICT)])]


def told(refused: Refused, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The answer that says why there is none."""
    text = f"{refused.reason}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text))), *refused.headers]
    start_response(f"{refused.status.value} {refused.status.phrase}", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [text]


def host(environ: WSGIEnvironment, rules: Rules) -> None:
    """Refuse a Host that is not exactly ours: a name of somebody else's can lead to this machine."""
    if environ.get("HTTP_HOST") not in rules.origins or not environ.get("REQUEST_URI", "/").startswith("/"):
        raise Refused(HTTPStatus.BAD_REQUEST, f"this server answers at http://127.0.0.1:{rules.port}/ only")


def method(environ: WSGIEnvironment, rules: Rules) -> None:
    """Refuse what neither reads nor, where there is something to change, changes."""
    allowed = ["GET", "HEAD", "POST"] if environ.get("PATH_INFO", "").startswith(OURS) else ["GET", "HEAD"]
    if environ["REQUEST_METHOD"] not in allowed:
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "there is nothing here for this method", [("Allow", ", ".join(allowed))])


def size(environ: WSGIEnvironment, rules: Rules) -> None:
    """Refuse a body that is long, or does not say how long it is."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise Refused(HTTPStatus.LENGTH_REQUIRED, "a request has to say how long it is")
    if not (length.isascii() and length.isdecimal()):
        raise Refused(HTTPStatus.BAD_REQUEST, "the length of this request is no number")
    if len(length) > 9 or int(length) > LARGEST:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request can bring {LARGEST} bytes")


def token_to_read(environ: WSGIEnvironment, rules: Rules) -> None:
    """Where others in the network reach this server, refuse who does not know the token; its address gives a cookie for it."""
    if not rules.open_host:
        return
    query = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    if any(name == "token" and same(value, rules.token) for name, value in query):
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        place = quote(environ.get("PATH_INFO", "/").encode("latin-1")) + (f"?{rest}" if rest else "")
        cookie = f"{rules.cookie}={rules.token}; HttpOnly; SameSite=Strict; Path=/"
        raise Refused(HTTPStatus.SEE_OTHER, "known", [("Location", f"/{place.lstrip('/')}"), ("Set-Cookie", cookie)])
    if not same(cookie_of(environ, rules.cookie), rules.token):
        raise Refused(HTTPStatus.FORBIDDEN, "open this site by the address that 'octavo serve' printed, with its token")


def other_sites(environ: WSGIEnvironment, rules: Rules) -> None:
    """Refuse what a page of another site asks for, unless it is a link to a page of this one."""
    if environ.get("HTTP_SEC_FETCH_SITE", "none") in ("same-origin", "none"):
        return
    visit = environ.get("HTTP_SEC_FETCH_MODE") == "navigate" and environ.get("HTTP_SEC_FETCH_DEST") == "document"
    if not visit or environ.get("PATH_INFO", "").startswith(OURS):
        raise Refused(HTTPStatus.FORBIDDEN, "other sites cannot use this one")


def token_to_change(environ: WSGIEnvironment, rules: Rules) -> None:
    """Refuse a change that no page of ours asks for: it needs the token, our Origin and JSON, all three."""
    if environ["REQUEST_METHOD"] != "POST":
        return
    origin = f"http://{environ.get('HTTP_HOST')}"
    if environ.get("HTTP_ORIGIN") != origin or environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
        raise Refused(HTTPStatus.FORBIDDEN, "only the pages of this site can change it")
    if not same(environ.get("HTTP_X_OCTAVO_TOKEN", ""), rules.token):
        raise Refused(HTTPStatus.FORBIDDEN, "this page is of an earlier start of the server: load it again")
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a change is asked for in JSON")


def cookie_of(environ: WSGIEnvironment, name: str) -> str:
    """The value of a cookie; nothing where there is none."""
    try:
        found = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def same(given: str, token: str) -> bool:
    """Whether a token is the right one, in a time that does not tell how much of it is."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
