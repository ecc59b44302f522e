"""Deploying to storage that speaks S3: a real server of it, and what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3
import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from app.deploy import Wishes
from app.release.manifest import NAME
from app.release.refusal import Refused

from .releases import FIRST, SECOND, Home

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Server:
    """Storage at `url`, which remembers each request, and answers 403 to those that have `broken` in them."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = ""
        self.inner: Wsgi = DomainDispatcherApplication(create_backend_app)
        self.server = make_server("127.0.0.1", 0, self, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.port}"

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO'].encode('latin-1').decode()}"
        self.asked.append(asked)
        if self.broken and self.broken in asked:
            start("403 Forbidden", [("Content-Type", "application/xml")])
            return [b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"]
        return self.inner(environ, start)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    """Storage with an empty bucket `site`."""
    around = {
        "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1", "AWS_CONFIG_FILE": str(tmp_path / "none"), "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }  # fmt: skip
    for name, value in around.items():
        monkeypatch.setenv(name, value)
    server = Server()
    thread = threading.Thread(target=server.server.serve_forever)
    thread.start()
    try:
        client(server).create_bucket(Bucket="site")
        yield server
    finally:
        urlopen(Request(f"{server.url}/moto-api/reset", method="POST")).close()
        server.server.shutdown()
        thread.join()
        server.server.server_close()


def client(server: Server) -> Any:
    """boto3, to look into the storage."""
    return boto3.client("s3", endpoint_url=server.url)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A site folder with a first release."""
    home = Home(tmp_path / "home")
    home.holds(FIRST)
    return home


def objects(server: Server, prefix: str = "") -> dict[str, str]:
    """Every object with its text, without the record of the deploy."""
    found = client(server).list_objects_v2(Bucket="site", Prefix=prefix).get("Contents", [])
    keys = [one["Key"] for one in found if not one["Key"].endswith(NAME)]
    return {key: client(server).get_object(Bucket="site", Key=key)["Body"].read().decode() for key in keys}


def test_a_first_deploy_sends_everything_and_the_next_only_what_changed(home: Home, server: Server) -> None:
    wishes = Wishes(endpoint=server.url)
    home.deploy("s3://site/me", wishes)
    first = objects(server)
    client(server).put_object(Bucket="site", Key="me/mine.txt", Body=b"mine")
    client(server).put_object(Bucket="site", Key="mean.txt", Body=b"not below the prefix")
    home.holds(SECOND)
    plan = home.deploy("s3://site/me", wishes)

    assert first == {f"me/{path}": text for path, text in FIRST.items()}
    assert objects(server, "me/") == {f"me/{path}": text for path, text in {**SECOND, "mine.txt": "mine"}.items()}
    assert plan.unknown == ("mine.txt",)
    assert len(plan.added) + len(plan.changed) == 5


def test_requests_come_in_the_order_that_keeps_pages_whole(home: Home, server: Server) -> None:
    wishes = Wishes(endpoint=server.url)
    home.deploy("s3://site", wishes)
    home.holds(SECOND)
    server.asked.clear()

    home.deploy("s3://site", wishes)

    written = [asked.removeprefix("PUT /site/") for asked in server.asked if not asked.startswith("GET")]
    assert written[0] == written[-1] == NAME
    assert set(written[1:3]) == {"static/site.css", "static/site.4567cdef.css"}
    assert written[3] == "new/index.html"
    assert set(written[4:6]) == {"index.html", "sitemap.xml"}
    assert written[6].startswith("POST /site")
    assert len(written) == 8


def test_nothing_is_written_where_nothing_changed_or_in_a_dry_run(home: Home, server: Server) -> None:
    home.deploy("s3://site", Wishes(endpoint=server.url, dry_run=True))
    empty = objects(server)
    home.deploy("s3://site", Wishes(endpoint=server.url))
    server.asked.clear()

    again = home.deploy("s3://site", Wishes(endpoint=server.url))

    assert empty == {}
    assert again.done
    assert all(asked.startswith("GET") for asked in server.asked)


@pytest.mark.parametrize(
    ("path", "type", "kept"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("sitemap.xml", "application/xml; charset=utf-8", "no-cache"),
        ("static/site.css", "text/css; charset=utf-8", "no-cache"),
        ("static/site.0123abcd.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("notes/ä b/index.html", "text/html; charset=utf-8", "no-cache"),
    ],
)
def test_objects_have_their_type_and_say_for_how_long_they_can_be_kept(
    home: Home, server: Server, path: str, type: str, kept: str
) -> None:
    home.deploy("s3://site", Wishes(endpoint=server.url))

    head = client(server).head_object(Bucket="site", Key=path)

    assert (head["ContentType"], head["CacheControl"]) == (type, kept)


def test_a_deploy_that_broke_off_is_finished_by_the_next(home: Home, server: Server) -> None:
    wishes = Wishes(endpoint=server.url)
    home.deploy("s3://site", wishes)
    home.holds(SECOND)
    server.broken = "PUT /site/index.html"

    with pytest.raises(Refused, match="the bucket 'site' refused: Access Denied; these credentials may not do this"):
        home.deploy("s3://site", wishes)
    halfway = objects(server)
    server.broken = ""
    third = {path: text for path, text in SECOND.items() if not path.startswith(("new/", "static/site.4567"))}
    home.holds(third)
    home.deploy("s3://site", wishes)

    assert halfway["index.html"] == FIRST["index.html"]
    assert halfway.keys() >= {"static/site.0123abcd.css", "static/site.4567cdef.css", "new/index.html"}
    assert objects(server) == third


def test_what_is_not_ours_is_deleted_only_if_that_is_wished(home: Home, server: Server) -> None:
    for number in range(3):
        client(server).put_object(Bucket="site", Key=f"old/{number}.html", Body=b"foreign")

    home.deploy("s3://site", Wishes(endpoint=server.url))
    kept = objects(server)
    home.deploy("s3://site", Wishes(endpoint=server.url, delete_unknown=True))

    assert len(kept) == len(FIRST) + 3
    assert objects(server) == FIRST


def test_a_bucket_that_is_not_there_is_told(home: Home, server: Server) -> None:
    with pytest.raises(Refused, match=r"the bucket 'nowhere' refused: .*; make it first, or correct the name"):
        home.deploy("s3://nowhere", Wishes(endpoint=server.url))


def test_credentials_that_are_not_there_are_told(home: Home, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)

    with pytest.raises(Refused, match="there are no credentials for the bucket 'site'"):
        home.deploy("s3://site", Wishes(endpoint=server.url))


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9", "no address"])
def test_a_service_that_cannot_be_reached_is_told(home: Home, server: Server, endpoint: str) -> None:
    with pytest.raises(Refused, match="the bucket 'site' could not be reached"):
        home.deploy("s3://site", Wishes(endpoint=endpoint))
