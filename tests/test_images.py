"""The size of a picture is read from its file, as a browser would show it."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from app.content.images import size_of, svg_size


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "webp", "bmp"])
def test_the_size_of_a_picture_is_that_of_its_pixels(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"a.{ending}"
    Image.new("RGB", (30, 20)).save(file)

    assert size_of(file) == (30, 20)


@pytest.mark.parametrize(("orientation", "size"), [(1, (30, 20)), (3, (30, 20)), (6, (20, 30)), (8, (20, 30))])
def test_a_photograph_taken_on_its_side_is_as_high_as_it_is_shown(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    file = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (30, 20)).save(file, exif=exif)

    assert size_of(file) == size


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('<svg width="680" height="380">', (680, 380)),
        ("<svg width='680px' height='380px'>", (680, 380)),
        ('<svg width = "460.8pt" height = "345.6pt">', (614, 461)),
        ('<svg width="2in" height="2.54cm">', (192, 96)),
        ('<svg width="100mm" height="10em">', (378, 160)),
        ('<svg width="100" height="50" stroke-width="2">', (100, 50)),
        ('<svg\n  width="100"\n  height="50"\n>', (100, 50)),
        ('<svg width="100%" height="50%" viewBox="0 0 640 480">', (640, 480)),
        ('<svg width="100" viewBox="0 0 640 480">', (640, 480)),
        ('<svg viewBox="-10,-10, 64.6,4.8e1">', (65, 48)),
        ('<?xml version="1.0"?><!-- a --><svg:svg width="10" height="20">', (10, 20)),
        ("<svg>", (0, 0)),
        ('<svg width="auto" height="auto">', (0, 0)),
        ('<svg viewBox="0 0 1">', (0, 0)),
        ('<svg viewBox="0 0 -5 9e99">', (0, 1_000_000)),
        (f'<svg width="{"9" * 400}" height="1">', (1_000_000, 1)),
    ],
)
def test_the_size_of_a_drawing_is_the_one_it_gives_itself_in_pixels(tag: str, size: tuple[int, int]) -> None:
    assert svg_size(tag) == size


def test_a_drawing_is_read_from_its_file_whatever_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.SVG"
    file.write_bytes("<!-- é -->".encode("latin-1") + b" " * 30_000 + b'<svg width="3" height="4"></svg>')

    assert size_of(file) == (3, 4)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b""),
        ("a.png", b"not a picture"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.svg", b"<html></html>"),
        ("a.svg", b""),
    ],
)
def test_what_is_no_picture_is_an_error_of_the_file(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)

    with pytest.raises(OSError, match=r"this is no (picture|SVG)"):
        size_of(file)


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "avif", "gif"])
def test_a_picture_cut_off_anywhere_has_a_size_or_is_an_error_of_the_file(tmp_path: Path, ending: str) -> None:
    whole = tmp_path / f"whole.{ending}"
    Image.new("RGB", (30, 20), "red").save(whole)
    data, sizes = whole.read_bytes(), set()

    for length in range(min(len(data), 600)):
        file = tmp_path / f"{length}.{ending}"
        file.write_bytes(data[:length])
        try:
            sizes.add(size_of(file))
        except OSError:
            sizes.add((0, 0))

    assert sizes <= {(30, 20), (0, 0)}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_picture_of_more_pixels_than_can_be_shown_is_an_error_of_the_file(tmp_path: Path) -> None:
    chunks = (b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")
    file = tmp_path / "a.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks))

    with pytest.raises(OSError, match="this picture is too large"):
        size_of(file)


def test_a_picture_that_is_not_there_is_an_error_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        size_of(tmp_path / "a.png")


def test_a_picture_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    Image.new("RGB", (1, 2)).save(file)
    before = size_of(file)

    Image.new("RGB", (3, 4)).save(file)
    os.utime(file, ns=(0, 0))

    assert (before, size_of(file)) == ((1, 2), (3, 4))
