"""Smaller HTML: the same tags, the same text, on every page of the demo and in whatever can be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from app import VIEWS, create_app
from app.config import Config
from app.folders import PROGRAM
from app.release import freeze
from app.release.minify import minified

from .browser import opened

BESIDE = "() => [document.body.innerText, [...document.querySelectorAll('[id],[href],[src]')].map(e => e.id + e.href + e.src)]"


def told(html: str) -> tuple[str, list[object]]:
    """The text of a page, each gap as one space, and its tags with their attributes, in order."""
    tree = LexborHTMLParser(html)
    text = re.sub(r"[ \t\n\r\f]+", " ", tree.root.text() if tree.root else "")
    return text, [(node.tag, node.attributes) for node in tree.css("*")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page of the demo."""
    out: Path = tmp_path_factory.mktemp("minify") / "build"
    freeze(create_app(PROGRAM, Config(base_url="https://example.org/")), VIEWS, out)
    return {file.relative_to(out).as_posix(): file.read_text("utf-8") for file in out.rglob("*.html")}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of a browser."""
    with opened() as browser:
        yield browser.new_page(java_script_enabled=True)


def test_every_page_of_the_demo_says_the_same_and_all_get_smaller(pages: dict[str, str]) -> None:
    assert len(pages) > 40
    for name, html in pages.items():
        assert told(minified(html)) == told(html), name
    assert sum(len(minified(html)) for html in pages.values()) < sum(map(len, pages.values()))


def test_a_browser_shows_the_same_text_links_and_ids(pages: dict[str, str], page: Page) -> None:
    page.route("**/*", lambda route: route.abort())
    for name, html in pages.items():
        shown = []
        for text in (html, minified(html)):
            page.set_content(text, wait_until="domcontentloaded")
            shown.append(page.evaluate(BESIDE))
        assert shown[0] == shown[1], name


@pytest.mark.parametrize(
    "html",
    [
        "<pre>\n\n  a\n   <b> b </b>\n</pre>",
        "<textarea>\n  a  b </textarea>",
        "<p><code>a  b</code> <samp>c   d</samp></p>",
        "<script>if (a  <  b) { c = '<!-- no -->' }</script>",
        "<style>a  >  b { color:  red }</style>",
        "<svg><text> a  b </text></svg>",
        "<math><mi>a</mi>  <mo>&lt;</mo>\n<mtext> if  so </mtext></math>",
        "<title>a  b</title>",
        '<a title="a  >  b" href="?a  b">c</a>',
        "<p>a\u00a0 \u00a0b\u2003\u2003c</p>",
    ],
)
def test_where_a_gap_means_something_it_stays(html: str) -> None:
    assert minified(html) == html


@pytest.mark.parametrize(
    ("html", "smaller"),
    [
        ("<p>a  <b>b</b>   <i>c</i>\td</p>", "<p>a <b>b</b> <i>c</i> d</p>"),
        ("<ul>\n\n   <li>a</li>\n\n</ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("<p>a<!-- more -->b</p>", "<p>ab</p>"),
        ("<a>x</a> <a>y</a>", "<a>x</a> <a>y</a>"),
        ("<PRE>  a</PRE>  <p>  b", "<PRE>  a</PRE> <p> b"),
        ("a  <  b  > c", "a < b > c"),
    ],
)
def test_a_gap_becomes_one_character_and_comments_go(html: str, smaller: str) -> None:
    assert minified(html) == smaller


PIECES = (
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    " ",
    "  ",
    "\n \n",
    "a",
    "ä",
    "<pre> x  y</pre>",
    '<a title="  > ">',
    "</a>",
    "<!-- c -->",
    "&lt;",
    "<br>",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_whatever_is_written_says_the_same_and_is_as_small_as_it_gets(html: str) -> None:
    once = minified(html)

    assert told(once) == told(html)
    assert len(once) <= len(html)
    assert minified(minified(once)) == minified(once)
