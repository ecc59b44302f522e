"""The copies of pictures as they are served and frozen, and what is sent for the pictures themselves."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image

from .site_tree import SiteTree
from .test_images import SECRET, gradient, opened, told


def photo(width: int = 1200, height: int = 800, orientation: int = 1) -> bytes:
    """A photograph that says where it was taken."""
    out = BytesIO()
    gradient(width, height).save(out, "JPEG", quality=92, exif=told(orientation))
    return out.getvalue()


def copies(html: str) -> list[str]:
    """The URLs of the copies that a page names."""
    return re.findall(r"[^\s\"]*images/[^\s\"]+", html)


def test_a_figure_names_its_copies_and_each_is_served(tree: SiteTree) -> None:
    tree.write("pages/a/My photo.jpg", photo())
    tree.entry("a/b", "![Lake](<My photo.jpg>)\n\n![Lake](<My photo.jpg>){width=50%}")
    client = tree.app().test_client()

    page = client.get("/a/b/").get_data(as_text=True)

    found = re.findall(r'<source type="(\S+)" srcset="(\S+) 480w, (\S+) 960w, (\S+) 1200w" sizes="([^"]+)">', page)
    assert [(type, sizes) for type, *_, sizes in found] == [
        ("image/avif", "(min-width: 765px) 720px, 100vw"),
        ("image/webp", "(min-width: 765px) 720px, 100vw"),
        ("image/avif", "(min-width: 405px) 360px, 100vw"),
        ("image/webp", "(min-width: 405px) 360px, 100vw"),
    ]
    for type, *urls, _ in found:
        for width, url in zip((480, 960, 1200), urls, strict=True):
            response = client.get(urljoin("/a/b/", url))
            assert (response.status_code, response.mimetype, opened(response.data).width) == (200, type, width)


def test_a_picture_among_words_has_copies_too(tree: SiteTree) -> None:
    tree.write("pages/photo.jpg", photo())
    tree.entry("a", "See ![Lake](photo.jpg) here.")

    page = tree.get("/a/")

    assert re.search(r'<img src="../photo.jpg" width="1200" height="800" srcset="../images/photo-\w{10}-480.webp 480w, ', page)
    assert "avif" not in page


def test_a_copy_can_be_asked_for_before_its_page(tree: SiteTree) -> None:
    tree.write("pages/photo.jpg", photo())
    tree.entry("a", "![Lake](photo.jpg)")
    (url, *_) = copies(tree.get("/a/"))

    response = tree.app().test_client().get(url.removeprefix(".."))

    assert (response.status_code, opened(response.data).format) == (200, "AVIF")


@pytest.mark.parametrize(
    "url",
    [
        "/images/photo-0123456789-480.avif",
        "/images/photo-DIGEST-481.avif",
        "/images/other-DIGEST-480.avif",
        "/images/photo-DIGEST-480.png",
    ],
)
def test_a_copy_that_no_page_shows_is_not_there(tree: SiteTree, url: str) -> None:
    tree.write("pages/photo.jpg", photo())
    tree.entry("a", "![Lake](photo.jpg)")
    digest = copies(tree.get("/a/"))[0].split("-")[1]

    assert tree.app().test_client().get(url.replace("DIGEST", digest)).status_code == 404


def test_a_file_of_the_authors_in_a_folder_of_this_name_is_served(tree: SiteTree) -> None:
    tree.write("pages/images/photo.jpg", photo())
    tree.entry("a", "![Lake](images/photo.jpg)")
    tree.freeze()

    assert (tree.folder / "build" / "images" / "photo.jpg").is_file()
    assert len(list((tree.folder / "build" / "images").iterdir())) == 7


def test_a_release_has_the_copies_that_its_pages_show_and_no_others(tree: SiteTree) -> None:
    tree.write("pages/shown.jpg", photo())
    tree.write("pages/linked.jpg", photo(1100))
    tree.write("pages/drafted.jpg", photo(1000))
    tree.entry("a", "![Lake](shown.jpg) [photo](linked.jpg)")
    tree.entry("b", "![Lake](shown.jpg)")
    tree.entry("c", "![Lake](drafted.jpg)", draft="true")
    tree.freeze()

    names = sorted(file.name for file in (tree.folder / "build" / "images").iterdir())

    assert [re.sub(r"-\w{10}-", "-", name) for name in names] == [
        f"shown-{width}.{ending}" for width in (1200, 480, 960) for ending in ("avif", "webp")
    ]
    assert {Path(url).name for url in copies(tree.frozen("b/index.html"))} == set(names)


def test_a_release_is_the_same_whatever_has_been_kept(tree: SiteTree) -> None:
    tree.write("pages/photo.jpg", photo())
    tree.entry("a", "![Lake](photo.jpg)")
    tree.freeze("one")
    for kept in (tree.folder / ".octavo" / "images").iterdir():
        kept.write_bytes(kept.read_bytes()[:50])
    tree.freeze("two")
    tree.freeze("three")

    assert tree.release("one") == tree.release("two") == tree.release("three")


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photograph_leaves_without_saying_where_it_was_taken(tree: SiteTree, orientation: int) -> None:
    tree.write("pages/photo.jpg", photo(orientation=orientation))
    tree.entry("a", "![Lake](photo.jpg)")
    tree.freeze()

    released = tree.release()

    assert not [name for name, data in released.items() if SECRET in data or b"Exif" in data]
    assert opened(released["photo.jpg"]).size == ((1200, 800) if orientation == 1 else (800, 1200))


def test_a_drawing_is_sent_clean(tree: SiteTree) -> None:
    tree.write("pages/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><metadata>me</metadata></svg>')
    tree.entry("a", "[drawing](a.svg)")

    response = tree.app().test_client().get("/a.svg")

    assert (response.mimetype, response.data) == (
        "image/svg+xml",
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"></svg>\n',
    )


def test_a_drawing_that_runs_is_told_also_where_it_is_only_linked(tree: SiteTree) -> None:
    tree.write("pages/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    tree.entry("a", "[drawing](a.svg)")

    (problem,) = tree.problems()

    assert (problem.path, problem.line, problem.message) == ("pages/a.md", 5, "'a.svg' has a script in it")
    assert "<script>alert" not in tree.get("/a.svg")


def test_other_files_are_sent_byte_for_byte(tree: SiteTree) -> None:
    frames = [Image.new("P", (9, 9), colour) for colour in (1, 2)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    tree.write("pages/a.gif", out.getvalue())
    tree.write("pages/a.mp4", b"\0\0\0\x18ftypmp42")
    tree.entry("a", '![Moves](a.gif) <video src="a.mp4"></video>')
    tree.freeze()

    assert (tree.release()["a.gif"], tree.release()["a.mp4"]) == (out.getvalue(), b"\0\0\0\x18ftypmp42")
