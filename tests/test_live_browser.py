"""Writing as it is seen in an open page: every save in place, and the panel with all that is wrong."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.folders import PROGRAM

from .browser import opened
from .live_server import Live, ended, live, wait_for, wait_until_ready
from .site_tree import SiteTree

TABS = 50 if "OCTAVO_LONG" in os.environ else 10
LONG_TEXT = "\n\n".join(f"Paragraph {number} of a text." for number in range(60))
PARTS = "<details><summary>More</summary><p>Folded.</p></details>\n\n<p><input aria-label='Words'></p>\n\n"
NOTED = """() => {
    window.changes = 0;
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver((found) => (window.changes += found.length)).observe(document, all);
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    """A site with some notes."""
    tree = SiteTree(tmp_path_factory.mktemp("written") / "site")
    tree.entry("index", "Home.")
    for name in ("a", "b", "c", "d", "e", "f", "g", "h"):
        tree.entry(f"notes/{name}", f"{PARTS}First words of {name}.\n\n{LONG_TEXT}")
    return tree


@pytest.fixture(scope="module")
def server(site: SiteTree) -> Iterator[Live]:
    """`octavo serve` for that site, without an editor."""
    with live(site.folder, OCTAVO_EDITOR="", VISUAL="", EDITOR="") as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab, in which no script may fail."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    page, failed = context.new_page(), list[str]()
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert failed == []


def visit(page: Page, server: Live, path: str) -> None:
    """Open a page and wait until it listens."""
    page.goto(f"{server.origin}{path}")
    listens(page)


def listens(page: Page) -> None:
    """Wait until a page has its panel and hears the server."""
    expect(page.locator("octavo-panel[data-ready]")).to_be_attached()
    expect(page.locator("octavo-panel .mark[data-state]")).to_be_attached()


def panel(page: Page) -> None:
    """Open the panel."""
    if not page.locator("octavo-panel .body").is_visible():
        page.locator("octavo-panel .mark").click()
    expect(page.locator("octavo-panel .body")).to_be_visible()


def test_a_save_is_in_the_open_page_and_nothing_that_its_reader_did_is_lost(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/notes/a/")
    page.locator("summary", has_text="More").click()
    page.get_by_label("Words").fill("typed")
    page.evaluate("() => { window.same = document.querySelector('details'); scrollTo({ top: 700, behavior: 'instant' }); }")
    page.get_by_label("Words").evaluate("(input) => { input.focus({ preventScroll: true }); input.setSelectionRange(1, 3); }")
    before = page.get_by_text("Paragraph 30 of").bounding_box()

    site.entry("notes/a", f"{PARTS}Other words of a.\n\nOne paragraph more.\n\n{LONG_TEXT}")

    expect(page.get_by_text("Other words of a.")).to_be_attached()
    expect(page.get_by_text("First words of a.")).not_to_be_attached()
    assert page.evaluate("window.same === document.querySelector('details') && window.same.open")
    assert page.get_by_label("Words").input_value() == "typed"
    chosen = "() => [document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert page.evaluate(chosen) == ["typed", 1, 3]
    after = page.get_by_text("Paragraph 30 of").bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2


def test_what_has_changed_is_marked_for_a_moment_and_nothing_else(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/notes/b/")

    site.entry("notes/b", f"{PARTS}First words of b.\n\n{LONG_TEXT.replace('Paragraph 2 of', 'Paragraph two of')}")

    expect(page.get_by_text("Paragraph two of a text.")).to_be_attached()
    moving = "() => document.getAnimations().map((one) => one.effect.target.textContent)"
    assert page.evaluate(moving) == ["Paragraph two of a text."]
    wait_for(lambda: page.evaluate(moving) == [])


def test_a_page_that_does_not_depend_on_a_change_is_left_alone(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/notes/c/")
    other = page.context.new_page()
    visit(other, server, "/notes/d/")
    page.evaluate(NOTED)

    site.entry("notes/d", "Quite another text.")

    expect(other.get_by_text("Quite another text.")).to_be_attached()
    time.sleep(0.3)
    assert page.evaluate("window.changes") == 0


def test_style_changes_without_loading_the_page_again(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/notes/c/")
    page.evaluate("window.here = true")

    site.write("static/site.css", "body { color: rgb(1, 2, 3); }")

    wait_for(lambda: page.evaluate("getComputedStyle(document.body).color") == "rgb(1, 2, 3)")
    assert page.evaluate("window.here")
    (site.folder / "static/site.css").unlink()
    wait_for(lambda: page.evaluate("getComputedStyle(document.body).color") != "rgb(1, 2, 3)")


def test_the_head_of_a_page_follows_too(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/notes/e/")

    site.entry("notes/e", "Words.", title="Quite another title")

    expect(page).to_have_title(re.compile("Quite another title"))


def test_a_mistake_is_shown_with_its_line_and_gone_when_it_is_mended(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/notes/f/")
    good = (site.folder / "pages/notes/f.md").read_text()

    site.write("pages/notes/f.md", good.replace("---\n", "---\nsumary: Few words.\n", 1))

    expect(page.locator("octavo-panel .mark")).to_have_text("1 problem")
    panel(page)
    here = page.get_by_role("region", name="This page")
    expect(here.locator(".place")).to_have_text("pages/notes/f.md:2:1")
    expect(here.locator("pre mark")).to_contain_text("sumary:")
    expect(here).to_contain_text("did you mean 'summary'?")
    other = page.context.new_page()
    visit(other, server, "/notes/g/")
    expect(other.locator("octavo-panel .mark")).to_have_text("1 problem elsewhere")
    panel(other)
    other.get_by_role("region", name="The site").locator("summary").click()
    expect(other.get_by_text("pages/notes/f.md:2:1")).to_be_visible()

    site.write("pages/notes/f.md", good)

    expect(here).to_contain_text("Nothing is wrong here.")
    expect(page.get_by_text("First words of f.")).to_be_attached()
    expect(other.locator("octavo-panel .mark")).to_have_text("")


def test_a_page_that_shows_in_spite_of_a_mistake_opens_its_panel_until_it_is_closed(
    site: SiteTree, server: Live, page: Page
) -> None:
    visit(page, server, "/")
    body = page.locator("octavo-panel .body")
    expect(body).to_be_hidden()
    good = (site.folder / "pages/site.yml").read_text() if (site.folder / "pages/site.yml").exists() else "title: A site\n"

    site.write("pages/site.yml", f"{good}navigation: [nowhere]\n")

    expect(body).to_be_visible()
    expect(body).to_contain_text("pages/site.yml:")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Close").press("Escape")
    expect(body).to_be_hidden()
    page.reload()
    listens(page)
    expect(page.locator("octavo-panel .mark")).to_contain_text("1 problem")
    expect(body).to_be_hidden()
    site.write("pages/site.yml", good)
    expect(page.locator("octavo-panel .mark")).to_have_text("")


def test_drafts_bear_a_badge_and_are_gone_in_the_view_of_the_release(site: SiteTree, server: Live, page: Page) -> None:
    site.entry("notes/later", "Not yet.", draft=True)
    site.entry("notes/h", "To [that one](later.md).")
    visit(page, server, "/notes/h/")
    link = page.get_by_role("link", name="that one")
    expect(link).to_have_attribute("data-octavo", "draft")

    visit(page, server, "/notes/later/")
    expect(page.locator("octavo-panel .mark")).to_have_text("draft")
    panel(page)
    page.get_by_label("Show the site as it would be released").check()

    expect(page.get_by_text("Not yet.")).not_to_be_attached()
    expect(page.locator("octavo-panel .mark")).to_contain_text("as released")
    page.get_by_label("Show the site as it would be released").uncheck()
    expect(page.get_by_text("Not yet.")).to_be_attached()
    (site.folder / "pages/notes/later.md").unlink()
    site.entry("notes/h", "Alone.")
    expect(page.get_by_text("Not yet.")).not_to_be_attached()


def test_a_freeze_from_the_panel_tells_how_far_it_is_and_how_it_ended(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/")
    panel(page)
    release = page.get_by_role("region", name="The release")
    expect(release).to_contain_text("Different from the last release:", timeout=20_000)

    release.get_by_role("button", name="Freeze").click()

    expect(release.locator(".done")).to_contain_text("added", timeout=60_000)
    expect(release).to_contain_text("Nothing is different from the last release.", timeout=20_000)
    assert (site.folder / "build/notes/a/index.html").exists()


def test_a_mistake_in_a_template_has_a_page_that_mends_itself(site: SiteTree, server: Live, page: Page) -> None:
    visit(page, server, "/notes/g/")

    site.write("templates/note.html", "{% extends 'base.html' %}\n{% block main %}{{ nothing.there.at_all }}{% endblock %}\n")
    site.entry("notes/g", "Words.", template="note.html")

    expect(page.get_by_role("region", name="Problem").get_by_text("templates/note.html:2")).to_be_visible()

    site.write("templates/note.html", "{% extends 'base.html' %}{% block main %}<p>Mended.</p>{% endblock %}")

    expect(page.get_by_text("This page cannot be shown yet")).not_to_be_attached()


def test_r13_all_tabs_follow_and_the_server_still_answers_at_once(site: SiteTree, server: Live, browser: Browser) -> None:
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(TABS)]
    for tab in tabs:
        tab.goto(f"{server.origin}/notes/a/")
    for tab in tabs:
        listens(tab)

    site.entry("notes/a", "Words for all tabs.")
    time.sleep(0.1)
    start = time.monotonic()
    assert "Words for all tabs." in server.get("/notes/a/").text
    took = time.monotonic() - start

    for tab in tabs:
        expect(tab.get_by_text("Words for all tabs.")).to_be_attached()
    assert took <= 0.2
    context.close()


def test_a_browser_without_shared_workers_follows_too(site: SiteTree, server: Live, page: Page) -> None:
    page.add_init_script("delete window.SharedWorker")
    visit(page, server, "/notes/a/")

    site.entry("notes/a", "Words without sharing.")

    expect(page.get_by_text("Words without sharing.")).to_be_attached()


def test_a_page_finds_back_to_a_server_that_was_away(tmp_path: Path, page: Page) -> None:
    tree = SiteTree(tmp_path / "site")
    tree.entry("index", "Before.")
    with live(tree.folder) as server:
        visit(page, server, "/")
        first = server.port
    expect(page.locator("octavo-panel .mark")).to_have_text("the server is away")
    tree.entry("index", "After.")
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "serve", "--port", str(first)]
    with subprocess.Popen(command, cwd=PROGRAM, stdout=subprocess.DEVNULL) as process:
        try:
            wait_until_ready(Live(first, process, server.log))

            expect(page.get_by_text("After.")).to_be_attached()
            expect(page.locator("octavo-panel .mark")).to_have_text("")
        finally:
            process.send_signal(signal.SIGINT)
            ended(process)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_can_be_used_by_everybody(site: SiteTree, server: Live, browser: Browser, scheme: str) -> None:
    site.write("pages/notes/bad.md", "---\ntitel: Bad\n---\n")
    page = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
    visit(page, server, "/notes/bad/")
    page.locator("octavo-panel .mark").focus()
    page.keyboard.press("Enter")
    expect(page.locator("octavo-panel .body")).to_be_visible()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = "() => [...document.querySelector('octavo-panel').shadowRoot.querySelectorAll('button, summary, label')]"
    sizes = page.evaluate(f"{small}.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)")
    assert sizes == []
    page.emulate_media(media="print")
    expect(page.locator("octavo-panel")).to_be_hidden()
    (site.folder / "pages/notes/bad.md").unlink()
    page.context.close()
