"""A mistake in a template or in the program, while writing: a page that says what and where, and lets nobody do anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage
from selectolax.lexbor import LexborHTMLParser

from app.folders import PROGRAM

from .browser import opened
from .live_server import Answer, Live, live, wait_for
from .site_tree import SiteTree

SECRET = "kept-secret-4711"
DEBUGGER = re.compile(r"EVALEX|SECRET =|/console|__debugger__|Werkzeug|debugger\.js")

MISTAKES = {
    "a tag that is not closed": ("{% if entry %}", "TemplateSyntaxError", "Unexpected end of template"),
    "a tag nobody knows": ("{% iff entry %}{% endif %}", "TemplateSyntaxError", "unknown tag 'iff'"),
    "an expression without an end": ("{{ entry.title", "TemplateSyntaxError", "expected token 'end of print statement'"),
    "a brace too many": ("{{ {a }}", "TemplateSyntaxError", "expected token"),
    "a string without an end": ("{{ 'a }}", "TemplateSyntaxError", "unexpected char"),
    "a block twice": ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", "TemplateAssertionError", "defined twice"),
    "a filter nobody knows": ("{{ entry.title | uper }}", "TemplateAssertionError", "No filter named 'uper'"),
    "a test nobody knows": ("{{ entry is odder }}", "TemplateAssertionError", "No test named 'odder'"),
    "a name nobody knows": ("{{ nothing.there }}", "UndefinedError", "'nothing' is undefined"),
    "a field nobody knows": ("{{ entry.titel.upper() }}", "UndefinedError", "has no attribute 'titel'"),
    "a call of nothing": ("{{ nothing() }}", "UndefinedError", "'nothing' is undefined"),
    "a call of a text": ("{{ entry.title() }}", "TypeError", "not callable"),
    "a file that is not there": ("{% include 'nowhere.html' %}", "TemplateNotFound", "nowhere.html"),
    "a parent that is not there": ("{% extends 'nowhere.html' %}", "TemplateNotFound", "nowhere.html"),
    "macros that are not there": ("{% import 'nowhere.html' as m %}", "TemplateNotFound", "nowhere.html"),
    "a macro that is not there": ("{% from 'macros.html' import nothing %}{{ nothing() }}", "UndefinedError", "nothing"),
    "a division by zero": ("{{ 1 / 0 }}", "ZeroDivisionError", "division by zero"),
    "a sum of unlike": ("{{ 1 + 'a' }}", "TypeError", "unsupported operand"),
    "a loop over a number": ("{% for a in 1 %}{% endfor %}", "TypeError", "not iterable"),
    "an asset that is not there": ("{{ asset('nowhere.css') }}", "FileNotFoundError", "nowhere.css"),
    "a URL of nothing": ("{{ url_for('nothing') }}", "BuildError", "nothing"),
    "a text of markup": ("{{ '<script>alert(1)</script>'.nothing.b }}", "UndefinedError", "nothing"),
    "a key that is not there": ("{{ {'a': 1}['b'].c }}", "UndefinedError", "no attribute 'b'"),
    "a regular unpacking": ("{% for a, b in [1] %}{% endfor %}", "TypeError", "unpack"),
    "a template in itself": ("{% include 'mine.html' %}", "RecursionError", "recursion"),
}
"""Mistakes on line 3 of a template: what is written, the kind of the error, and some of its message."""


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    """A site whose entry `broken` has a template of the author's."""
    tree = SiteTree(tmp_path_factory.mktemp("errors") / "site")
    tree.entry("index", "Home.")
    tree.write("templates/mine.html", "fine")
    tree.entry("broken", template="mine.html")
    tree.write("templates/wrapped.html", "<p>{% include 'mine.html' %}</p>")
    tree.entry("wrapped", template="wrapped.html")
    return tree


@pytest.fixture(scope="module")
def server(site: SiteTree) -> Iterator[Live]:
    """`octavo serve` for that site, with a secret in its environment."""
    with live(site.folder, OCTAVO_TEST_SECRET=SECRET) as running:
        yield running


def failing(server: Live, site: SiteTree, line: str, path: str) -> Answer:
    """The answer for a page whose template has a mistake on line 3."""
    number = len(server.log.read_text())
    site.write("templates/mine.html", f"<p>first</p>\n<p>line {number}</p>\n{line}\n<p>line {number}</p>\n<p>last</p>\n")
    wait_for(lambda: f"line {number}&lt;" in server.get(path).text)
    return server.get(path)


@pytest.mark.parametrize("path", ["/broken/", "/wrapped/"])
@pytest.mark.parametrize("name", MISTAKES)
def test_s5_a_mistake_in_a_template_shows_its_file_its_line_and_its_cause(
    name: str, path: str, server: Live, site: SiteTree
) -> None:
    line, kind, message = MISTAKES[name]

    answer = failing(server, site, line, path)
    page = LexborHTMLParser(answer.text)
    shown = page.css_first(".problems")

    assert answer.status == 500
    assert shown
    assert re.search(rf"templates/mine\.html:[345] {kind}: .*{re.escape(message)}", shown.text())
    assert re.search(r"<mark>\s+[345]  ", answer.text)
    assert not DEBUGGER.search(answer.text)
    assert SECRET not in answer.text
    assert {script.attributes["src"] for script in page.css("script")} == {"/_octavo/live.js"}
    assert not page.css("form, input, textarea, iframe, object, [onclick], [style]")
    assert server.get("/").status == 200
    assert "Traceback" not in server.log.read_text()


def test_s5_no_route_of_a_debugger_answers(server: Live) -> None:
    asked = ("/console", "/?__debugger__=yes&cmd=resource&f=debugger.js", "/broken/?__debugger__=yes&cmd=1%2b1&frm=0&s=x")

    for path in asked:
        assert not DEBUGGER.search(server.get(path).text)


def test_a_mended_template_shows_its_page(server: Live, site: SiteTree) -> None:
    failing(server, site, "{{ 1 / 0 }}", "/broken/")

    site.write("templates/mine.html", "Mended.")

    wait_for(lambda: server.get("/broken/").status == 200 and "Mended." in server.get("/broken/").text)


def test_a_template_that_is_no_text_is_shown_at_its_line(server: Live, site: SiteTree) -> None:
    site.write("templates/mine.html", b"<p>fine</p>\n<p>\xff</p>\n")

    wait_for(lambda: "mine.html:2" in server.get("/broken/").text)

    assert server.get("/broken/").status == 500


def test_a_mistake_in_the_program_or_its_templates_shows_its_place(tmp_path: Path) -> None:
    program = tmp_path / "program"
    copytree(PROGRAM / "app", program / "app", ignore=ignore_patterns("__pycache__"))
    for folder in ("templates", "static"):
        copytree(PROGRAM / folder, program / folder)
    tree = SiteTree(tmp_path / "site")
    tree.entry("index", "Home.")
    tree.entry("about", "Text.")
    tree.entry("posts/a", date="2026-01-01")
    template, view = program / "templates/post.html", program / "app/views/tags.py"
    template.write_text("{{ 1 / 0 }}\n")
    view.write_text(
        re.sub(
            r"(def \w+\([^)]*\) -> ResponseReturnValue:\n +\"\"\".*?\"\"\"\n|def \w+\([^)]*\) -> str:\n +\"\"\".*?\"\"\"\n)",
            r"\1    raise KeyError('lost')\n",
            view.read_text(),
        )
    )

    with live(tree.folder, program=program) as server:
        post, tags = server.get("/posts/a/"), server.get("/tags/")

    assert (post.status, tags.status) == (500, 500)
    assert re.search(r"templates/post.html:1</code> ZeroDivisionError", post.text)
    assert "This file is Octavo&#39;s own." in post.text or "This file is Octavo's own." in post.text
    assert "It is used by the page of <code>pages/posts/a.md</code>" in post.text
    assert re.search(r"app/views/tags.py:\d+</code> KeyError", tags.text)
    assert not DEBUGGER.search(post.text + tags.text)


def tell(said: list[str], message: ConsoleMessage) -> None:
    """Write down what a browser says of a page."""
    said.append(message.text)


def test_the_page_of_a_mistake_fits_is_accessible_and_runs_nothing(server: Live, site: SiteTree) -> None:
    failing(server, site, "{{ entry.title_with_a_very_long_name_that_goes_on_and_on.upper() }}" + "<b>" * 60, "/wrapped/")

    with opened() as browser:
        for width in (1100, 320):
            page = browser.new_page(viewport={"width": width, "height": 800})
            said: list[str] = []
            page.on("console", partial(tell, said))
            page.goto(f"{server.origin}/wrapped/")
            page.click("summary")

            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert [text for text in said if "500" not in text] == []
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert Axe().run(page).violations_count == 0
            page.close()
