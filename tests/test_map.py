"""The map of the entries: its page, and how it looks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from .browser import opened, served
from .site_tree import SiteTree


def linked(tree: SiteTree) -> None:
    """Three entries with links between them, one without, and some that are not to be seen."""
    tree.entry("posts/a", "See [b](b.md) and [b again](b.md#part), not [here](#own).\n\n## Own", title="Alpha", date="2026-01-02")
    tree.entry(
        "posts/b",
        "See [c](../c.md), [the web](https://example.org/) and [home](../index.md).\n\n## Part",
        title="Beta",
        date="2026-01-01",
    )
    tree.entry("c", title="$x^2$ & more")
    tree.entry("d", "See [hidden](hidden.md).", title="Delta")
    tree.entry("hidden", "See [d](d.md).", unlisted="true", title="Hidden")
    tree.entry("draft", "See [d](d.md).", draft="true", title="Draft")


def test_the_map_shows_the_listed_entries_and_the_links_between_them(tree: SiteTree) -> None:
    linked(tree)

    page = tree.get("/map/")

    svg = page[page.index('<div class="scroll map">') : page.index("</svg>")]
    (path,) = re.findall(r'<path d="([^"]*)"', svg)
    assert sorted(re.findall(r"<title>(.*?)</title>", svg)) == ["Alpha", "Beta", "Delta", "x^2 &amp; more"]
    assert path.count("M") == 2


def test_below_the_map_stands_in_words_what_links_to_what(tree: SiteTree) -> None:
    linked(tree)

    page = tree.get("/map/")

    words = page[page.index("What links to what") : page.index("</section>")]
    assert re.findall(r'href="([^"]*)"', words) == ["../c/", "../d/", "../posts/a/", "../posts/b/", "../posts/b/", "../c/"]


def test_a_site_without_entries_has_a_map_that_says_so(tree: SiteTree) -> None:
    tree.write("pages/index.md", "---\ntitle: Home\n---\n")

    page = tree.get("/map/")

    assert "There is no entry yet." in page
    assert "<svg" not in page


def test_the_map_is_frozen_as_it_is_served(tree: SiteTree) -> None:
    linked(tree)

    tree.freeze()

    assert tree.frozen("map/index.html") == tree.get("/map/")


@pytest.mark.parametrize(("wide", "scheme"), [(1200, "light"), (320, "dark")])
def test_every_entry_is_reached_on_the_map_by_its_name_and_by_the_keyboard(tree: SiteTree, wide: int, scheme: str) -> None:
    linked(tree)
    told: list[str] = []

    with served(tree.app()) as address, opened() as browser:
        page = browser.new_page(viewport={"width": wide, "height": 800}, color_scheme="dark" if scheme == "dark" else "light")
        page.on("console", lambda message: told.append(message.text))
        page.goto(f"{address}/map/")
        picture = page.get_by_role("group", name="Map")
        names = [link.text_content() for link in picture.get_by_role("link").all()]
        assert page.evaluate("document.documentElement.scrollWidth") == wide
        assert ink(page, "circle") == ink(page, "body", "color")
        picture.get_by_role("link", name="Delta").focus()
        assert ink(page, "a:focus circle") == ink(page, ".links a", "color")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/d/")

    assert len(names) == 4
    assert told == []


def ink(page: Page, selector: str, name: str = "fill") -> str:
    """A colour of the first element that `selector` finds."""
    colour: str = page.eval_on_selector(selector, f"element => getComputedStyle(element).{name}")
    return colour
