"""Packed copies: what gets one, that they hold the same bytes, and that they are the same every time."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util

import brotli
import pytest
import zstandard

from app.release.compress import KINDS, SMALLEST, compressed, refuse_missing
from app.release.refusal import Refused

TEXT = "".join(f"<p>Line {number} of a page with an α.</p>\n" for number in range(200)).encode()


def unpacked(name: str, data: bytes) -> bytes:
    """The bytes of which a packed copy was made."""
    if name.endswith(".gz"):
        return gzip.decompress(data)
    return brotli.decompress(data) if name.endswith(".br") else zstandard.decompress(data)


def test_a_text_gets_a_smaller_copy_of_every_kind_with_the_same_bytes_in_it() -> None:
    packed = dict(compressed("notes/index.html", TEXT, tuple(KINDS)))

    assert list(packed) == ["notes/index.html.gz", "notes/index.html.br", "notes/index.html.zst"]
    assert all(unpacked(name, data) == TEXT for name, data in packed.items())
    assert all(len(data) < len(TEXT) / 5 for data in packed.values())


def test_only_the_kinds_that_are_wished_are_made() -> None:
    assert [name for name, _ in compressed("site.css", TEXT, ["br"])] == ["site.css.br"]
    assert list(compressed("site.css", TEXT, [])) == []


def test_the_same_bytes_are_packed_into_the_same_bytes_without_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = dict(compressed("a.html", TEXT, tuple(KINDS)))
    monkeypatch.setattr("time.time", lambda: 0.0)

    assert dict(compressed("a.html", TEXT, tuple(KINDS))) == first
    assert first["a.html.gz"][4:8] == b"\0\0\0\0"


@pytest.mark.parametrize("name", ["photo.avif", "thesis.pdf", "pagefind/a.pf_fragment", "font.woff2", "CNAME", "a.html.gz"])
def test_what_is_packed_already_or_is_no_text_gets_no_copy(name: str) -> None:
    assert list(compressed(name, TEXT, tuple(KINDS))) == []


def test_a_small_file_gets_no_copy_and_neither_does_one_that_would_not_be_smaller() -> None:
    noise = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(64))

    assert list(compressed("a.txt", TEXT[: SMALLEST - 1], tuple(KINDS))) == []
    assert len(list(compressed("a.txt", TEXT[:SMALLEST], tuple(KINDS)))) == 3
    assert list(compressed("a.txt", noise, tuple(KINDS))) == []


def test_a_kind_that_cannot_be_made_here_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_missing(tuple(KINDS))
    find = importlib.util.find_spec
    monkeypatch.setattr("app.release.compress.find_spec", lambda name: None if name == "brotli" else find(name))

    refuse_missing(["gzip", "zst"])
    with pytest.raises(Refused, match="brotli is not installed: pip install brotli"):
        refuse_missing(["gzip", "br"])
