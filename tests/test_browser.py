"""The demo as readers meet it: frozen, below a prefix, in a real headless Chromium."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from selectolax.lexbor import LexborHTMLParser

from app import VIEWS, create_app
from app.config import Config
from app.folders import PROGRAM
from app.release import freeze

from .browser import hosted, opened

PREFIX = "/repo/"
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

TEMPLATES = (
    "/",
    "/about/",
    "/notes/",
    "/notes/research/",
    "/notes/research/scaling-laws/",
    "/notes/research/science-of-deep-learning/",
    "/notes/research/reasoning-in-language-models/",
    "/notes/research/allocation/",
    "/notes/sop/statement-of-purpose/",
    "/notes/courses/sam/",
    "/notes/courses/transformer-theory/",
    "/notes/courses/dpo-chatbot/",
    "/publications/",
    "/publications/folio2026hovering/",
    "/publications/folio2025displacement/",
    "/map/",
    "/posts/",
    "/posts/logarithms-of-small-differences/",
    "/cv/",
    "/talks/",
    "/teaching/",
    "/projects/",
    "/news/",
    "/people/",
    "/search/",
    "/tags/",
    "/tags/theory/",
    "/404.html",
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, frozen for a sub-path."""
    out = tmp_path_factory.mktemp("demo") / "build"
    freeze(create_app(PROGRAM, Config(base_url=f"https://user.example.org{PREFIX}")), VIEWS, out)
    return out


@pytest.fixture(scope="module")
def address(release: Path) -> Iterator[str]:
    """Where a plain static server hosts it."""
    with hosted(release, PREFIX) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh window."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def watched(page: Page) -> list[str]:
    """What goes wrong in a page: errors, failed requests, requests to other hosts, and violations of a strict policy."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("request", lambda request: wrong.append(f"elsewhere: {request.url}") if "127.0.0.1" not in request.url else None)
    return wrong


def under_strict_policy(page: Page) -> None:
    """Let every page come with a strict Content-Security-Policy."""

    def answer(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": STRICT})  # type: ignore[attr-defined]

    page.route("**/*", answer)


def test_the_notes_page_shows_its_three_sections_with_everything_in_them(context: BrowserContext, address: str) -> None:
    page = context.new_page()

    page.goto(f"{address}/notes/")

    assert page.locator("section.list > h2").all_inner_texts() == ["Research Note", "SOP", "Course Project"]
    rows = [" ".join(text.split()) for text in page.locator(".row h3").all_inner_texts()]
    assert rows == [
        "Theory of scaling laws [Ongoing]",
        "Science of deep learning [Ongoing]",
        "Reasoning in language models [Ongoing]",
        "The compute-optimal split, in numbers [Finished]",
        "Statement of purpose",
        "A chatbot for education, fine-tuned with direct preference optimisation [Modern NLP project at EPFL]",
        "Sharpness-aware minimisation: radius, norm of the ball and normalisation [OptML project at EPFL]",
        "Theory for understanding transformers: an overview [ML project at HKUST]",
    ]
    assert page.get_by_role("link", name="Report").count() == 3
    assert page.get_by_role("link", name="Document").count() == 1


@pytest.mark.parametrize("path", TEMPLATES)
def test_no_page_has_an_error_another_host_or_a_style_that_a_strict_policy_forbids(
    context: BrowserContext, address: str, path: str
) -> None:
    page = context.new_page()
    under_strict_policy(page)
    wrong = watched(page)

    page.goto(address + path)
    page.wait_for_load_state("networkidle")

    assert not wrong


def test_math_is_drawn(context: BrowserContext, address: str) -> None:
    page = context.new_page()

    page.goto(f"{address}/notes/research/scaling-laws/")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("math:not([hidden] math)")].map(math => math.getBoundingClientRect())
            .map(({width, height}) => [width, height])"""
    )
    fraction = page.locator("mfrac").first.evaluate(
        "node => [node.children[0], node.children[1]].map(child => child.getBoundingClientRect().top)"
    )

    assert len(boxes) > 20
    assert all(width > 4 and height > 4 for width, height in boxes)
    assert fraction[0] < fraction[1]


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_narrow_screen_is_never_scrolled_sideways(context: BrowserContext, address: str, path: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(address + path)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", TEMPLATES)
def test_axe_finds_nothing_in_light_and_dark(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.goto(address + path)

    result = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES})
    context.close()

    assert result.violations_count == 0, result.generate_report()


def test_dark_is_dark_and_light_is_light(browser: Browser, address: str) -> None:
    light, dark = browser.new_context(color_scheme="light").new_page(), browser.new_context(color_scheme="dark").new_page()

    shades = []
    for page in (light, dark):
        page.goto(f"{address}/notes/")
        shades.append(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        page.context.close()

    assert shades == ["rgb(255, 254, 251)", "rgb(22, 21, 19)"]


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path != "/search/"])  # its form is of the script; see test_search
def test_without_javascript_nothing_is_missing(browser: Browser, address: str, path: str) -> None:
    texts, links = [], []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled)
        page = context.new_page()
        page.goto(address + path)
        texts.append(page.locator("body").inner_text().split())
        links.append(page.locator("a").count())
        context.close()

    assert texts[0] == texts[1]
    assert links[0] == links[1]


@pytest.mark.parametrize("path", TEMPLATES)
def test_every_page_weighs_at_most_25_kilobytes(release: Path, path: str) -> None:
    file = release / path.lstrip("/")
    html = (file / "index.html" if path.endswith("/") else file).read_bytes()
    css = (release / "static" / "site.css").read_bytes()

    assert len(gzip.compress(html)) + len(gzip.compress(css)) <= 25_000


def test_pages_open_from_a_disk_with_their_style_and_their_links(context: BrowserContext, release: Path) -> None:
    page = context.new_page()
    wrong: list[str] = []
    page.on("requestfailed", lambda request: wrong.append(request.url))

    page.goto((release / "index.html").as_uri())
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Notes").click()
    page.get_by_role("link", name="Theory of scaling laws").click()

    assert page.locator("h1").inner_text().startswith("Theory of scaling laws")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") is not None
    assert page.evaluate("document.styleSheets.length") == 1
    assert {url.rpartition("/")[2] for url in wrong} <= {"math.woff2"}  # browsers load no font from a disk


def test_a_reader_clicks_from_home_to_a_note_to_its_code_below_a_prefix(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/")

    page.get_by_role("link", name="Theory of scaling laws").click()
    page.get_by_role("link", name="this script").first.click()

    assert page.url == f"{address}/notes/research/figures/scaling.py"


def test_an_address_that_is_not_there_shows_the_sites_own_page(context: BrowserContext, address: str) -> None:
    page = context.new_page()

    response = page.goto(f"{address}/a/b/c/")

    assert response is not None
    assert response.status == 404
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Notes").click()
    assert page.url == f"{address}/notes/"


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_page_reads_in_order_without_its_style_sheet(release: Path, path: str) -> None:
    file = release / path.lstrip("/")
    page = LexborHTMLParser((file / "index.html" if path.endswith("/") else file).read_text())

    levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [node.tag for node in page.css("body > *")] == ["a", "header", "main", "footer"]


def test_the_keyboard_reaches_the_text_first_and_what_it_reaches_is_seen(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/notes/")

    page.keyboard.press("Tab")
    skip = page.evaluate("[document.activeElement.textContent, document.activeElement.getBoundingClientRect().left]")
    page.keyboard.press("Tab")

    assert skip[0] == "Skip to the text"
    assert skip[1] >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_print_shows_the_text_alone_and_where_links_lead(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.emulate_media(media="print")

    page.goto(f"{address}/notes/research/scaling-laws/")

    for hidden in ("header.site nav", ".contents", ".skip"):
        assert not page.locator(hidden).first.is_visible()
    after = page.locator('.prose a[href^="https"]').first.evaluate("node => getComputedStyle(node, '::after').content")
    assert "arxiv.org" in after
