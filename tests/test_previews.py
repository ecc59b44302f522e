"""Previews: what a link leads to, shown beside it without a script, by mouse and by keyboard."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from string import ascii_lowercase

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from app.markup.previews import elsewhere, in_line, previewed, without_ids

from .browser import hosted, opened
from .reading import body
from .site_tree import SiteTree

EVERYTHING = """
By @thm:a and @eq:a and @tbl:t and @fig:c and @alg:b, as [@kepler1609] shows.

::: theorem {#thm:a} Main [@kepler1609]
Let $x$ be *so*^[A side note.][^n] and @eq:a.

- one
- two

> quoted

---

<div id='raw'>raw</div>

| a |
|---|
| b |
:::

::: algorithm {#alg:b}
```python
def f(a_very_long_name_of_an_argument, another_very_long_name_of_an_argument, and_one_more_of_them):
    return a_very_long_name_of_an_argument
```
:::

$$ x = y + z + aaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbb + ccccccccccccccccccccc + dddddddddddddddd $$ {#eq:a}

| first column | second column | third column | fourth column | fifth column | sixth column |
|---|---|---|---|---|---|
| some words here | some words here | some words here | some words here | some words here | some words here |
: Runs {#tbl:t}

![A plot](plot.svg "A curve") {#fig:c}

[^n]: A note.
"""
BIB = "@article{kepler1609, author={Kepler, Johannes}, title={Astronomia nova}, journal={Prague}, year={1609}}\n"
PLOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 150"></svg>'


def written(tree: SiteTree) -> None:
    """Write a page with a preview of every kind."""
    tree.write("pages/references.bib", BIB)
    tree.write("pages/plot.svg", PLOT)
    tree.entry("a", EVERYTHING)
    tree.entry("deep/b", "By @thm:a and @eq:a and @fig:c and @alg:b.")
    assert tree.problems() == []


PHRASING = {
    "a", "b", "br", "code", "del", "em", "i", "img", "input", "mark", "picture", "small", "source", "span", "strong", "sub",
    "sup",
}  # fmt: skip


class Inside(HTMLParser):
    """The tags that are open inside each preview, with the outermost of them."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.tags: set[str] = set()
        self.nested = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_preview = ("class", "preview") in attrs
        if self.depth:
            self.tags.add(tag)
            self.nested += is_preview
            self.depth += tag == "span"
        elif is_preview:
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= self.depth > 0 and tag == "span"


def test_a_preview_stands_in_a_paragraph_whatever_it_shows(tree: SiteTree) -> None:
    written(tree)

    for id in ("a", "deep/b"):
        found = Inside()
        found.feed(body(tree, id))

        mathml = {tag for tag in found.tags if re.fullmatch("m[a-z]+", tag)} - {"mark", "main", "menu"}
        assert found.tags - mathml <= PHRASING
        assert found.nested == 0
        assert found.depth == 0


def test_no_id_stands_twice_on_a_page(tree: SiteTree) -> None:
    written(tree)

    for url in ("/a/", "/deep/b/"):
        ids = [node.attributes["id"] for node in LexborHTMLParser(tree.get(url)).css("[id]")]
        assert len(ids) == len(set(ids))


def test_a_parser_keeps_every_preview_beside_its_link(tree: SiteTree) -> None:
    written(tree)

    page = LexborHTMLParser(tree.get("/a/"))

    assert [node.css("a")[0].text() for node in page.css(".prose > p:first-child > .reference")] == [
        "Theorem\u00a01", "Equation\u00a0(1)", "Table\u00a01", "Figure\u00a01", "Algorithm\u00a01",
    ]  # fmt: skip
    assert len(page.css(".reference > a + .preview")) == len(page.css(".reference")) >= 5
    assert len(page.css(".citation > a + .preview")) == len(page.css(".citation")) >= 2


def test_a_preview_shows_the_thing_itself(tree: SiteTree) -> None:
    written(tree)

    page = LexborHTMLParser(body(tree, "a"))
    texts = [" ".join(node.text().split()) for node in page.css("p:first-child > .reference > .preview")]

    assert texts[0].startswith("Theorem 1 (Main (Kepler, 1609)). Let x be so")
    assert "one" in texts[0]
    assert "quoted" in texts[0]
    assert texts[1].startswith("x=y+z")
    assert texts[2].startswith("Table 1. Runs")
    assert texts[3].startswith("Figure 1. A curve")
    assert "def f(" in texts[4]


def test_links_inside_a_preview_lead_to_the_right_page_when_frozen(tree: SiteTree) -> None:
    written(tree)

    tree.freeze()

    page = LexborHTMLParser(tree.frozen("deep/b/index.html"))
    links = {str(node.attributes["href"]) for node in page.css(".preview a")}
    assert links
    assert all(link.startswith(("../../a/#", "../../plot.svg")) for link in links)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p id="x" class="y">a</p>\n', '<span data-as="p" class="y">a</span>'),
        ("<ul>\n<li>a</li>\n</ul>\n", '<span data-as="ul">\n<span data-as="li">a</span></span>'),
        ("<p>a</p>\n<hr>\n<p>b</p>\n", '<span data-as="p">a</span><span data-as="p">b</span>'),
        ("<DIV ID='x' Class=\"y\">a</DIV>", '<span data-as="div">a</span>'),
        ('<pre tabindex="0"><code>a\nb</code></pre>', '<span data-as="pre"><code>a\nb</code></span>'),
        ('<math id="a"><mi id=b>x</mi></math>', "<math><mi>x</mi></math>"),
        ("<code>&lt;p id=&quot;x&quot;&gt;</code>", "<code>&lt;p id=&quot;x&quot;&gt;</code>"),
        ('<picture>a</picture><param-x id="y"></param-x>', "<picture>a</picture><param-x></param-x>"),
        ('<h2 id="x">a</h2>', '<span data-as="h2">a</span>'),
        ("<section-x>a</section-x>", "<section-x>a</section-x>"),
    ],
)
def test_blocks_become_spans_and_ids_go(html: str, expected: str) -> None:
    assert in_line(html) == expected


def test_what_has_nothing_to_show_stays_a_link() -> None:
    assert previewed('<a href="#x">y</a>', "reference", "") == '<a href="#x">y</a>'


def test_ids_go_wherever_they_stand_in_a_tag() -> None:
    assert without_ids("<a class=x id='y' href=z>b</a><b\nid=c>d</b>") == "<a class=x href=z>b</a><b>d</b>"


def test_what_is_shown_elsewhere_leads_back() -> None:
    html = '<h2>A <a class="permalink" href="#a" aria-label="x">#</a></h2><a href="#b">c</a><a href="/d/#e">f</a>'

    assert elsewhere(html, "/g/") == '<h2>A</h2><a href="/g/#b">c</a><a href="/d/#e">f</a>'


def test_a_page_with_a_hundred_references_stays_small(tree: SiteTree) -> None:
    chance = Random(1)
    vocabulary = ["".join(chance.choices(ascii_lowercase, k=chance.randint(2, 10))) for _ in range(2000)]
    things = "\n\n".join(
        f"::: theorem {{#thm:{number}}} The bound {number}\n{' '.join(chance.choices(vocabulary, k=40))} "
        f"$L_{{{number}}}(N) = (N_c/N)^{{\\alpha_{{{number}}}}} + {chance.random():.3f}$.\n:::"
        for number in range(100)
    )
    tree.entry("a", things + "\n\n" + "\n\n".join(f"{' '.join(chance.choices(vocabulary, k=9))} @thm:{n}." for n in range(100)))

    html = tree.get("/a/")

    assert html.count('class="preview"') == 100
    assert len(gzip.compress(html.encode())) < 60_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a frozen site with a preview of every kind is served."""
    tree = SiteTree(Path(tmp_path_factory.mktemp("previews")) / "site")
    tree.entry("index")
    written(tree)
    tree.freeze()
    with hosted(tree.folder / "build") as url:
        yield url


@pytest.fixture(params=[1280, 320])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page with previews in a window of its own, wide or narrow, without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": request.param, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/a/")
    yield page
    context.close()


REFERENCES = "p:has(> .citation) > :is(.reference, .citation)"


def test_a_preview_shows_while_the_mouse_points_at_its_link(page: Page) -> None:
    for at in range(page.locator(REFERENCES).count()):
        one = page.locator(REFERENCES).nth(at)
        preview = one.locator(".preview")
        page.mouse.move(0, 0)
        assert not preview.is_visible()

        one.locator("a").first.hover()

        assert preview.is_visible()


def test_a_preview_shows_when_its_link_is_reached_by_keyboard(page: Page) -> None:
    for at in range(page.locator(REFERENCES).count()):
        one = page.locator(REFERENCES).nth(at)

        one.locator("a").first.focus()

        assert one.locator(".preview").is_visible()
    page.locator("a").first.focus()
    assert not page.locator(".preview").first.is_visible()


def test_a_preview_stays_on_the_screen(page: Page) -> None:
    width = (page.viewport_size or {"width": 0})["width"]
    for at in range(page.locator(REFERENCES).count()):
        one = page.locator(REFERENCES).nth(at)

        one.locator("a").first.focus()

        box = one.locator(".preview").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_a_preview_does_not_widen_the_page(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()

    for path in ("/a/", "/deep/b/"):
        page.goto(address + path)
        for at in range(page.locator(".reference > a").count()):
            page.locator(".reference > a").nth(at).focus()
            assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


def test_previews_are_not_printed(page: Page) -> None:
    page.emulate_media(media="print")

    page.locator(REFERENCES).first.locator("a").first.focus()

    assert not page.locator(".preview").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_preview_shows(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/a/")
    page.locator(REFERENCES).first.locator("a").first.focus()

    result = Axe().run(page, options={"resultTypes": ["violations"]})
    context.close()

    assert result.violations_count == 0, result.generate_report()
