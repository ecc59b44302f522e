"""Pictures as a browser shows them: the lightest copy that fits, in its place from the beginning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .browser import hosted, opened
from .site_tree import SiteTree
from .test_images_view import photo

TEXT = """
![Lake](photo.jpg "A lake")

Words.

::: figure {#fig:both}
![Left](left.jpg "Left: a lake")
![Right](tall.jpg "Right: the same lake, on its side")

Two lakes.
:::

::: figure {width=60%}
![Alone](tall.jpg)

Less wide.
:::

| a | b |
| - | - |
| ![In a table](photo.jpg) | c |

![Last](photo.jpg)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site with a few pictures is hosted; Chromium takes a wider copy that it has already, so sizes share no picture."""
    tree = SiteTree(tmp_path_factory.mktemp("site"))
    tree.entry("index", TEXT)
    tree.write("pages/photo.jpg", photo(1800, 1200))
    tree.write("pages/left.jpg", photo(1800, 1200))
    tree.write("pages/tall.jpg", photo(1800, 1200, orientation=6))
    tree.freeze()
    with hosted(Path(tree.folder) / "build") as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as browser:
        yield browser


def shown(browser: Browser, address: str, width: int, scale: float = 1) -> tuple[Page, list[str]]:
    """The page in a window of some width, all of its pictures loaded, and what went wrong."""
    page = browser.new_context(viewport={"width": width, "height": 900}, device_scale_factor=scale).new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shift += entry.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(address)
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")
    return page, wrong


@pytest.mark.parametrize(
    ("width", "scale", "copies"),
    [(1280, 1, ["960", "480", "480", "480", "960", "960"]), (1280, 2, ["1440", "960", "960", "960", "1440", "1440"]),
     (320, 1, ["480", "480", "480", "480", "480", "480"])],
)  # fmt: skip
def test_the_browser_takes_the_lightest_copy_that_is_wide_enough(
    browser: Browser, address: str, width: int, scale: float, copies: list[str]
) -> None:
    page, wrong = shown(browser, address, width, scale)

    sources = page.locator("img").evaluate_all("images => images.map(image => image.currentSrc)")
    endings = ["avif", "avif", "avif", "avif", "webp", "avif"]

    assert [source.rpartition("-")[2] for source in sources] == [
        f"{size}.{ending}" for size, ending in zip(copies, endings, strict=True)
    ]
    assert not wrong


@pytest.mark.parametrize("width", [320, 500, 800, 1280])
def test_nothing_moves_and_nothing_is_wider_than_the_window(browser: Browser, address: str, width: int) -> None:
    page, wrong = shown(browser, address, width)

    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    ratios = page.locator("img").evaluate_all(
        "images => images.map(image => image.naturalWidth / image.naturalHeight * image.clientHeight / image.clientWidth)"
    )

    assert over == 0
    assert page.evaluate("window.shift") == 0
    assert ratios == pytest.approx([1] * 6, abs=0.02)
    assert not wrong


def test_pictures_of_one_figure_stand_side_by_side_where_there_is_room(browser: Browser, address: str) -> None:
    wide, _ = shown(browser, address, 1280)
    narrow, _ = shown(browser, address, 320)

    for page, abreast in ((wide, True), (narrow, False)):
        left, right = (panel.bounding_box() for panel in page.locator(".panels > figure").all())
        assert left is not None
        assert right is not None
        assert (right["x"] > left["x"] + left["width"]) is abreast


def test_a_picture_leads_to_the_whole_of_it(browser: Browser, address: str) -> None:
    page, _ = shown(browser, address, 1280)

    page.get_by_role("link", name="Lake").first.click()
    page.wait_for_url("**/photo.jpg")

    assert page.evaluate("document.images[0].naturalWidth") == 1800
