"""Icons: one drawing makes every picture that browsers and telephones ask for."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from PIL import Image
from PIL.IcoImagePlugin import IcoImageFile
from selectolax.lexbor import LexborHTMLParser

from .site_tree import SiteTree

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#0000ff"/></svg>'
BLUE = (0, 0, 255, 255)


def picture(data: bytes) -> Image.Image:
    """A picture that can be asked for its colours."""
    return Image.open(BytesIO(data)).convert("RGBA")


def sent(tree: SiteTree, url: str) -> bytes:
    """What the site answers with success."""
    response = tree.app().test_client().get(url)
    assert response.status_code == 200
    return bytes(response.data)


def test_the_icon_has_three_sizes_each_drawn_for_itself(tree: SiteTree) -> None:
    tree.write("static/icon.svg", SQUARE)

    icon = Image.open(BytesIO(sent(tree, "/favicon.ico")))

    assert isinstance(icon, IcoImageFile)
    assert icon.ico.sizes() == {(16, 16), (32, 32), (48, 48)}
    for side in (16, 32, 48):
        frame = icon.ico.getimage((side, side)).convert("RGBA")
        assert (frame.size, frame.getpixel((side // 2, side // 2))) == ((side, side), BLUE)


@pytest.mark.parametrize(("name", "side"), [("apple-touch-icon.png", 180), ("icon-192.png", 192), ("icon-512.png", 512)])
def test_the_others_have_their_sizes_and_telephones_get_a_ground(tree: SiteTree, name: str, side: int) -> None:
    tree.write("static/icon.svg", SQUARE.replace('width="10"', 'width="5"'))

    icon = picture(sent(tree, f"/{name}"))

    assert icon.size == (side, side)
    assert icon.getpixel((side // 4, side // 2)) == BLUE
    assert icon.getpixel((side - 3, 3)) == ((0xFF, 0xFE, 0xFB, 255) if side == 180 else (0, 0, 0, 0))


def test_our_own_drawing_makes_icons_of_little_weight(tree: SiteTree) -> None:
    sizes = [len(sent(tree, url)) for url in ("/favicon.ico", "/apple-touch-icon.png", "/icon-192.png", "/icon-512.png")]

    assert max(sizes) < 10_000
    assert sizes[0] < 2_000


def test_icons_are_the_same_bytes_each_time(tree: SiteTree) -> None:
    first = [sent(tree, url) for url in ("/favicon.ico", "/apple-touch-icon.png")]
    for file in (tree.folder / ".octavo").glob("cache.db*"):
        file.unlink()

    assert [sent(tree, url) for url in ("/favicon.ico", "/apple-touch-icon.png")] == first


def test_the_authors_own_files_win(tree: SiteTree) -> None:
    out = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "PNG")
    tree.write("pages/favicon.ico", b"my own icon")
    tree.write("pages/apple-touch-icon.png", out.getvalue())

    tree.freeze()

    release = tree.release()
    assert release["favicon.ico"] == b"my own icon"
    assert Image.open(BytesIO(release["apple-touch-icon.png"])).size == (64, 64)
    assert Image.open(BytesIO(release["icon-192.png"])).size == (192, 192)


@pytest.mark.parametrize("drawing", ["no drawing", "<svg", '<svg xmlns="http://www.w3.org/2000/svg"><rect'])
def test_a_drawing_that_is_none_is_told(tree: SiteTree, drawing: str) -> None:
    tree.write("static/icon.svg", drawing)

    found = [problem for problem in tree.problems() if problem.path == "static/icon.svg"]

    assert found
    assert found[0].hint
    assert tree.app().test_client().get("/favicon.ico").status_code == 500
    assert tree.app().test_client().get("/").status_code == 200


def test_the_manifest_names_icons_that_are_there(tree: SiteTree) -> None:
    tree.write("pages/site.yml", 'title: "Notes & <more>"\ndescription: Of all kinds.\nlang: fr\n')
    client = tree.app().test_client()

    response = client.get("/manifest.webmanifest")

    manifest = json.loads(response.data)
    assert response.mimetype == "application/manifest+json"
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == ("Notes & <more>", "fr", "./")
    for icon in manifest["icons"]:
        assert picture(client.get(f"/{icon['src']}").data).size == tuple(map(int, icon["sizes"].split("x")))


def test_every_page_names_the_icons_from_where_it_is(tree: SiteTree) -> None:
    tree.entry("notes/a")
    tree.entry("notes/index")
    tree.freeze()

    head = LexborHTMLParser(tree.frozen("notes/a/index.html")).css("head link, head meta[name=theme-color]")

    links = {(one.attributes["rel"] or "", one.attributes["href"] or "") for one in head if "rel" in one.attributes}
    assert {("icon", "../../favicon.ico"), ("apple-touch-icon", "../../apple-touch-icon.png")} <= links
    assert ("manifest", "../../manifest.webmanifest") in links
    schemes = {one.attributes["media"]: one.attributes["content"] for one in head if one.tag == "meta"}
    assert schemes == {"(prefers-color-scheme: light)": "#fffefb", "(prefers-color-scheme: dark)": "#161513"}
