"""Pictures: measured, copied smaller, cleaned, and refused where they cannot be shown."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from app.images import Pictures, Unfit, Variant
from app.images.formats import format_of
from app.images.metadata import stripped
from app.images.raster import copied
from app.images.sizes import svg_size

GPS = 0x8825
ORIENTATION = 0x0112
SECRET = b"Rue du Lac 7"


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    """What is known of pictures, with a shelf of its own."""
    return Pictures(tmp_path / "shelf")


def gradient(width: int, height: int) -> Image.Image:
    """A picture of many colours whose corners differ: dark at the top left, red to the right, green to the bottom."""
    red = Image.linear_gradient("L").rotate(90).resize((width, height))
    green = Image.linear_gradient("L").resize((width, height))
    blue = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (red, green, blue))


def told(orientation: int = 1) -> Image.Exif:
    """What a camera says: where it was, by whom, and how it was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(GPS)[2] = (46.0, 31.0, 12.0)
    return exif


def saved(file: Path, picture: Image.Image, **options: Any) -> Path:
    """A picture written to a file."""
    picture.save(file, **options)
    return file


def opened(data: bytes) -> Image.Image:
    """A picture read from bytes."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def near(one: Any, other: Any, by: int = 12) -> bool:
    """Whether two colours are nearly the same."""
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=False))


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "webp", "avif", "bmp"])
def test_the_size_of_a_picture_is_that_of_its_pixels(tmp_path: Path, pictures: Pictures, ending: str) -> None:
    picture = pictures.of(saved(tmp_path / f"a.{ending}", Image.new("RGB", (30, 20))))

    assert (picture.width, picture.height, picture.variants) == (30, 20, ())


@pytest.mark.parametrize(
    ("width", "widths"),
    [(479, []), (480, [480]), (700, [480, 700]), (960, [480, 960]), (1440, [480, 960, 1440]), (1441, [480, 960, 1440])],
)
def test_the_copies_of_a_picture_are_never_wider_than_itself(
    tmp_path: Path, pictures: Pictures, width: int, widths: list[int]
) -> None:
    picture = pictures.of(saved(tmp_path / "A plot.png", gradient(width, 300)))

    assert [variant.width for variant in picture.variants if variant.ending == "avif"] == widths
    assert [variant.width for variant in picture.variants if variant.ending == "webp"] == widths
    for variant in picture.variants:
        data = pictures.variant(variant) or b""
        assert opened(data).size == (variant.width, round(300 * variant.width / width))
        assert format_of(data) == {"avif": "AVIF", "webp": "WebP"}[variant.ending]


def test_a_copy_is_named_after_its_file_and_what_is_in_it(tmp_path: Path, pictures: Pictures) -> None:
    one = pictures.of(saved(tmp_path / "A plot, bis.png", gradient(600, 300)))
    other = pictures.of(saved(tmp_path / "b.png", gradient(600, 300)))

    assert {variant.digest for variant in (*one.variants, *other.variants)} == {one.variants[0].digest}
    assert one.variants[0].url == f"/images/a-plot-bis-{one.variants[0].digest}-480.avif"
    digest = one.variants[0].digest
    assert one.sources == tuple(
        (f"image/{ending}", f"/images/a-plot-bis-{digest}-480.{ending} 480w, /images/a-plot-bis-{digest}-600.{ending} 600w")
        for ending in ("avif", "webp")
    )


def test_a_light_picture_has_no_copies(tmp_path: Path, pictures: Pictures) -> None:
    file = saved(tmp_path / "a.png", Image.new("RGB", (2000, 1000), "white"))

    assert pictures.of(file).variants == ()


def test_a_format_that_would_be_heavier_than_the_picture_is_left_out(tmp_path: Path, pictures: Pictures) -> None:
    file = saved(tmp_path / "a.webp", gradient(1400, 1400).effect_spread(9), quality=5)
    heavier = {
        ending for ending in ("avif", "webp") if len(copied(file.read_bytes(), "WebP", 1400, ending)) >= file.stat().st_size
    }

    endings = {variant.ending for variant in pictures.of(file).variants}

    assert "webp" in heavier
    assert endings == {"avif", "webp"} - heavier


def test_copies_are_the_same_bytes_every_time_and_are_made_once(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.jpg", gradient(1000, 800), quality=95)
    first, second = Pictures(tmp_path / "one"), Pictures(tmp_path / "two")
    variants = first.of(file).variants

    made = [first.variant(variant) for variant in variants]
    states = {kept: kept.stat().st_mtime_ns for kept in (tmp_path / "one").iterdir()}
    again = Pictures(tmp_path / "one")
    again.of(file)

    assert [again.variant(variant) for variant in variants] == made
    assert {kept: kept.stat().st_mtime_ns for kept in (tmp_path / "one").iterdir()} == states
    second.of(file)
    assert [second.variant(variant) for variant in variants] == made


@pytest.mark.parametrize("damage", [lambda data: data[:100], lambda data: data[:-1] + b"?", lambda data: b""])
def test_a_damaged_copy_is_noticed_and_made_anew(tmp_path: Path, damage: Any) -> None:
    file = saved(tmp_path / "a.png", gradient(500, 400))
    pictures = Pictures(tmp_path / "shelf")
    variants = pictures.of(file).variants
    made = [pictures.variant(variant) for variant in variants]

    for kept in (tmp_path / "shelf").iterdir():
        kept.write_bytes(damage(kept.read_bytes()))
    again = Pictures(tmp_path / "shelf")

    assert again.of(file).variants == variants
    assert [again.variant(variant) for variant in variants] == made


def test_a_shelf_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.png", gradient(500, 400))
    (tmp_path / "shelf").write_text("a file where the folder should be")
    pictures = Pictures(tmp_path / "shelf")

    (variant, *_) = pictures.of(file).variants

    assert opened(pictures.variant(variant) or b"").size == (480, 384)


def test_a_picture_that_changes_is_read_again_and_has_its_old_copies_no_more(tmp_path: Path, pictures: Pictures) -> None:
    file = saved(tmp_path / "a.png", gradient(500, 400))
    before = pictures.of(file)

    saved(file, gradient(600, 400))
    os.utime(file, ns=(0, 0))
    after = pictures.of(file)

    assert (before.width, after.width) == (500, 600)
    assert pictures.variant(before.variants[0]) is None
    assert pictures.variant(after.variants[0]) is not None


def test_a_picture_that_was_spoilt_has_its_copies_no_more(tmp_path: Path, pictures: Pictures) -> None:
    file = saved(tmp_path / "a.png", gradient(500, 400))
    (variant, *_) = pictures.of(file).variants

    file.write_bytes(b"spoilt")

    assert pictures.variant(variant) is None


def test_a_small_copy_that_is_heavier_than_a_wide_one_is_left_out(tmp_path: Path, pictures: Pictures) -> None:
    plot = Image.new("P", (1200, 750))
    plot.putpalette([255, 255, 255, 0, 0, 0, 200, 30, 30])
    for at in range(60):
        ImageDraw.Draw(plot).line([(0, 12 * at), (1200, (at * 97) % 750)], fill=1 + at % 2, width=2)
    file = saved(tmp_path / "a.png", plot)

    sizes = {(one.ending, one.width): len(pictures.variant(one) or b"") for one in pictures.of(file).variants}

    for ending in {ending for ending, _ in sizes}:
        rising = [size for (one, _), size in sorted(sizes.items()) if one == ending]
        assert rising == sorted(rising)
        assert (ending, 1200) in sizes
    assert 0 < max(sizes.values(), default=0) < file.stat().st_size


def test_a_copy_of_no_picture_is_nothing(pictures: Pictures) -> None:
    assert pictures.variant(Variant("a", "0123456789", 480, "avif")) is None


CORNERS = {
    1: ("top left", "top right", "bottom left", "bottom right"),
    2: ("top right", "top left", "bottom right", "bottom left"),
    3: ("bottom right", "bottom left", "top right", "top left"),
    4: ("bottom left", "bottom right", "top left", "top right"),
    5: ("top left", "bottom left", "top right", "bottom right"),
    6: ("bottom left", "top left", "bottom right", "top right"),
    7: ("bottom right", "top right", "bottom left", "top left"),
    8: ("top right", "bottom right", "top left", "bottom left"),
}
"""Which corner of the stored pixels is shown at the top left, top right, bottom left and bottom right, by orientation."""


def corners(picture: Image.Image) -> dict[str, Any]:
    """The colours near the corners."""
    right, bottom = picture.width - 4, picture.height - 4
    places = {"top left": (3, 3), "top right": (right, 3), "bottom left": (3, bottom), "bottom right": (right, bottom)}
    return {name: picture.convert("RGB").getpixel(place) for name, place in places.items()}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif"])
def test_a_picture_is_shown_as_its_camera_was_held_and_tells_nothing_more(
    tmp_path: Path, pictures: Pictures, ending: str, orientation: int
) -> None:
    stored = gradient(520, 400)
    quality = {} if ending == "png" else {"quality": 100}
    file = saved(tmp_path / f"a.{ending}", stored, exif=told(orientation), **quality)
    wanted = (400, 520) if orientation >= 5 else (520, 400)
    expected = [corners(stored)[name] for name in CORNERS[orientation]]

    picture = pictures.of(file)
    clean = pictures.cleaned(file) or b""
    shown = [opened(clean), *(opened(pictures.variant(variant) or b"") for variant in picture.variants if variant.width > 480)]

    assert (picture.width, picture.height) == wanted
    assert shown[0].size == wanted
    for one in shown:
        assert not one.getexif()
        assert all(near(seen, colour) for seen, colour in zip(corners(one).values(), expected, strict=True))
    assert SECRET in file.read_bytes()
    assert SECRET not in clean


def test_a_photograph_that_stands_upright_is_cleaned_without_being_encoded_again(tmp_path: Path, pictures: Pictures) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": told(), "icc_profile": profile, "quality": 90}
    for name in ("a.jpg", "a.webp", "a.png"):
        file = saved(tmp_path / name, gradient(300, 200), **(options if name != "a.png" else {**options, "quality": 0}))
        before = opened(file.read_bytes())

        clean = pictures.cleaned(file) or b""

        assert opened(clean).tobytes() == before.tobytes()
        assert opened(clean).info["icc_profile"] == profile
        assert SECRET not in clean
        assert len(clean) < file.stat().st_size
        assert stripped(clean, format_of(clean)) == clean


def test_words_in_a_png_are_cut_out_and_its_transparency_stays(tmp_path: Path, pictures: Pictures) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_itxt("Place", SECRET.decode(), zip=True)
    file = saved(tmp_path / "a.png", Image.new("P", (9, 9)), pnginfo=words, transparency=0)
    file.write_bytes(file.read_bytes() + SECRET)

    clean = pictures.cleaned(file) or b""

    assert SECRET not in clean
    assert opened(clean).info == {"transparency": 0}
    assert clean.endswith(b"IEND\xaeB`\x82")


def test_what_a_camera_hangs_behind_a_photograph_is_cut_off(tmp_path: Path, pictures: Pictures) -> None:
    second = saved(tmp_path / "b.jpg", gradient(50, 50), exif=told()).read_bytes()
    file = saved(tmp_path / "a.jpg", gradient(100, 80), comment=SECRET, progressive=True)
    whole = file.read_bytes()
    file.write_bytes(whole + second + b"ftypmp42" + SECRET)

    clean = pictures.cleaned(file) or b""

    assert len(clean) < len(whole)
    assert opened(clean).tobytes() == opened(whole).tobytes()


def test_several_photographs_in_one_file_are_its_first(tmp_path: Path, pictures: Pictures) -> None:
    file = saved(tmp_path / "a.jpg", gradient(600, 400), format="MPO", save_all=True, append_images=[gradient(60, 40)])

    picture = pictures.of(file)

    assert (picture.width, len(picture.variants)) == (600, 4)
    assert opened(pictures.cleaned(file) or b"").format == "JPEG"


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_damaged_photograph_that_is_only_sent_says_nothing_either(tmp_path: Path, pictures: Pictures, ending: str) -> None:
    file = saved(tmp_path / f"a.{ending}", gradient(300, 200), exif=told(6))
    file.write_bytes(file.read_bytes()[:-200] if ending != "webp" else file.read_bytes()[:-100])

    assert SECRET not in (pictures.cleaned(file) or SECRET)


@pytest.mark.parametrize("name", ["a.gif", "a.mp4", "a.pdf", "a.csv"])
def test_other_files_are_sent_as_they_are(tmp_path: Path, pictures: Pictures, name: str) -> None:
    (tmp_path / name).write_bytes(b"GIF89a and so on")

    assert pictures.cleaned(tmp_path / name) is None


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_what_moves_has_no_copies_and_goes_on_moving(tmp_path: Path, pictures: Pictures, name: str) -> None:
    frames = [gradient(600, 400), gradient(600, 400).rotate(90), gradient(600, 400).rotate(180)]
    file = saved(tmp_path / name, frames[0], save_all=True, append_images=frames[1:])

    picture = pictures.of(file)
    sent = pictures.cleaned(file) or file.read_bytes()

    assert (picture.width, picture.variants) == (600, ())
    assert getattr(opened(sent), "n_frames", 1) == 3


MODES = {
    "grey.png": gradient(500, 300).convert("L"),
    "bilevel.png": gradient(900, 900).convert("1"),
    "alpha.png": Image.merge("RGBA", (*gradient(500, 300).split(), Image.new("L", (500, 300), 200))),
    "grey-alpha.png": Image.merge("LA", (gradient(500, 300).convert("L"), Image.new("L", (500, 300), 200))),
    "palette.png": gradient(500, 300).quantize(256),
    "inks.jpg": gradient(500, 300).convert("CMYK"),
}


@pytest.mark.parametrize("name", MODES)
def test_a_picture_of_any_kind_has_copies_of_its_colours(tmp_path: Path, pictures: Pictures, name: str) -> None:
    source = MODES[name]
    file = saved(tmp_path / name, source)
    expected = source.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))

    for ending in ("avif", "webp"):
        copy = opened(copied(file.read_bytes(), format_of(file.read_bytes()), 480, ending))

        assert copy.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) == pytest.approx(expected, abs=4)
        assert copy.mode == ("RGBA" if "alpha" in name else "RGB")
    assert pictures.of(file).width == source.width


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    grey = Image.new("I;16", (500, 300), 0x8000)

    copy = opened(copied(saved(tmp_path / "a.png", grey).read_bytes(), "PNG", 480, "webp"))

    assert near(copy.convert("RGB").getpixel((9, 9)), (128, 128, 128), 2)


def test_what_shows_through_a_palette_shows_through_its_copies(tmp_path: Path) -> None:
    picture = Image.new("P", (500, 300), 1)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    picture.paste(0, (0, 0, 250, 300))

    copy = opened(copied(saved(tmp_path / "a.png", picture, transparency=0).read_bytes(), "PNG", 480, "webp")).convert("RGBA")

    assert copy.getpixel((20, 20))[3] == 0  # type: ignore[index]
    assert near(copy.getpixel((460, 20)), (255, 0, 0, 255))


def test_inks_are_mixed_as_their_profile_says(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.jpg", gradient(500, 300).convert("CMYK"), icc_profile=b"no profile at all")

    assert opened(copied(file.read_bytes(), "JPEG", 480, "webp")).size == (480, 288)


def test_the_profile_of_the_colours_is_kept_in_copies(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(tmp_path / "a.png", gradient(500, 300), icc_profile=profile).read_bytes()

    for ending in ("avif", "webp"):
        assert opened(copied(data, "PNG", 480, ending)).info["icc_profile"] == profile


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is large."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


PNG = BytesIO()
Image.new("RGB", (30, 20), "red").save(PNG, "PNG")
JPEG = BytesIO()
gradient(400, 300).save(JPEG, "JPEG")
TIFF = BytesIO()
Image.new("RGB", (30, 20)).save(TIFF, "TIFF")


@pytest.mark.parametrize(
    ("name", "data", "message", "hint"),
    [
        ("a.png", b"", "is no picture", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.png", b"not a picture", "is no picture", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is cut off or damaged", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.jpg", b"\xff\xd8\xff", "is cut off or damaged", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.jpg", JPEG.getvalue()[:-2000], "is cut off or damaged", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.svg", b"<html></html>", "is no SVG", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.svg", b"", "is no SVG", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.png", JPEG.getvalue(), "is a JPEG, not a PNG", "let its name end with '.jpg'"),
        ("a.jpg", PNG.getvalue(), "is a PNG, not a JPEG", "let its name end with '.png'"),
        ("a.svg", PNG.getvalue(), "is a PNG, not an SVG", "let its name end with '.png'"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG, not a PNG", "let its name end with '.svg'"),
        ("a.dat", PNG.getvalue(), "is a PNG, but its name does not say so", "let it end with '.png'"),
        ("a.tif", TIFF.getvalue(), "is a TIFF, which browsers do not show", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.heic", b"\0\0\0\x18ftypheic", "is a HEIC, which browsers do not show", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.jpg", b"\0\0\0\x18ftypmif1", "is a HEIC, which browsers do not show", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.pdf", b"%PDF-1.7", "is a PDF, which browsers do not show", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.svgz", b"\x1f\x8b\x08", "is a gzip archive, which browsers do not show", "save it again as PNG, JPEG, WebP or SVG"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "is a film", 'write <video src="..." controls></video>'),
        ("a.png", bomb(30_000, 30_000), "is 30000 x 30000 pixels", "save it smaller; 3000 pixels are wide enough for any screen"),
        ("a.png", bomb(20_001, 10), "is 20001 x 10 pixels", "save it smaller; 3000 pixels are wide enough for any screen"),
        ("a.png", bomb(20_000, 5_001), "is 20000 x 5001 pixels", "save it smaller; 3000 pixels are wide enough for any screen"),
    ],
)
def test_what_cannot_be_shown_is_told_with_what_to_do(tmp_path: Path, name: str, data: bytes, message: str, hint: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)

    with pytest.raises(Unfit) as caught:
        Pictures(tmp_path / "shelf").of(file)

    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "avif", "gif"])
def test_a_picture_cut_off_or_changed_anywhere_has_a_size_or_is_told(tmp_path: Path, pictures: Pictures, ending: str) -> None:
    data = saved(
        tmp_path / f"whole.{ending}", gradient(30, 20), **({} if ending in ("png", "gif") else {"exif": told(6)})
    ).read_bytes()
    file, outcomes = tmp_path / f"a.{ending}", set()

    for at in range(0, min(len(data), 1200), 3):
        for broken in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            file.write_bytes(broken)
            try:
                outcomes.add(pictures.of(file).width > 0)
                pictures.cleaned(file)
            except Unfit as error:
                outcomes.add(bool(error.hint))

    assert outcomes == {True}


def test_a_picture_that_is_not_there_is_told(tmp_path: Path, pictures: Pictures) -> None:
    with pytest.raises(Unfit, match="cannot be read"):
        pictures.of(tmp_path / "a.png")


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
