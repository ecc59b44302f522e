"""The manifest: what a release is made of, noticed when it is damaged, the same on every machine."""

from __future__ import annotations

import mimetypes
from pathlib import Path

import pytest

from app.release.manifest import NAME, Item, Manifest, type_of, url_of


def release(folder: Path) -> Path:
    """A small release."""
    for path in ("index.html", "notes/b/index.html", "notes/a b.pdf", "static/site.css", "_headers"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


def test_a_release_is_told_file_by_file_in_the_order_of_paths(tmp_path: Path) -> None:
    manifest = Manifest.of(release(tmp_path))

    assert [(item.url, item.path, item.size, item.type) for item in manifest.items] == [
        ("/_headers", "_headers", 8, "text/plain"),
        ("/", "index.html", 10, "text/html"),
        ("/notes/a%20b.pdf", "notes/a b.pdf", 13, "application/pdf"),
        ("/notes/b/", "notes/b/index.html", 18, "text/html"),
        ("/static/site.css", "static/site.css", 15, "text/css"),
    ]
    assert manifest.size == 64
    assert Manifest(tuple(reversed(manifest.items))) == manifest


def test_what_was_written_is_read_again_and_does_not_tell_of_itself(tmp_path: Path) -> None:
    manifest = Manifest.of(release(tmp_path))

    manifest.write(tmp_path)

    assert Manifest.read(tmp_path) == manifest == Manifest.of(tmp_path)
    assert len((tmp_path / NAME).read_bytes().splitlines()) == 1 + len(manifest.items) + 1


def test_a_manifest_that_is_missing_or_damaged_in_any_byte_is_none(tmp_path: Path) -> None:
    manifest = Manifest((Item.of("index.html", b"x"), Item.of("naïve.txt", b"y")))
    data = manifest.dumps()

    assert Manifest.read(tmp_path) is None
    for at in range(len(data)):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]):
            (tmp_path / NAME).write_bytes(damaged)
            assert Manifest.read(tmp_path) is None, damaged
    for other in (b"", b"[]", b"{}", b'{"items": [1]}', b'{"items": [{"url": 1}]}', b"[" * 100_000):
        (tmp_path / NAME).write_bytes(other)
        assert Manifest.read(tmp_path) is None


def test_a_name_that_is_no_unicode_has_an_item_too() -> None:
    item = Item.of("caf\udce9.txt", b"x")

    assert item.url == "/caf%E9.txt"
    assert Manifest.loads(Manifest((item,)).dumps()).items == (item,)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("posts/feed.xml", "application/atom+xml"),
        ("sitemap.xml", "application/xml"),
        ("a/B.HTML", "text/html"),
        ("x.woff2", "font/woff2"),
        ("CNAME", "text/plain"),
        ("x.unheard-of", "application/octet-stream"),
        ("x.zip", "application/zip"),
    ],
)
def test_the_type_of_a_file_follows_from_its_name(path: str, expected: str) -> None:
    assert type_of(path) == expected


def test_what_a_machine_says_of_types_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mimetypes, "_db", mimetypes.MimeTypes())
    mimetypes.add_type("text/wrong", ".octavo-test")
    mimetypes.add_type("text/wrong", ".css")

    assert type_of("x.octavo-test") == "application/octet-stream"
    assert type_of("x.css") == "text/css"


def test_only_an_index_has_the_url_of_its_folder() -> None:
    assert url_of("a/index.html") == "/a/"
    assert url_of("a/myindex.html") == "/a/myindex.html"
    assert url_of("index.html") == "/"
