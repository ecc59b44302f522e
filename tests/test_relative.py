"""Links made relative, prefixed and absolute."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.relative import absolute, between, prefixed, relative


@pytest.mark.parametrize(
    ("page", "url", "way"),
    [
        ("/", "/notes/", "notes/"),
        ("/notes/", "/", "../"),
        ("/notes/", "/notes/", "./"),
        ("/notes/a/", "/notes/b/#x", "../b/#x"),
        ("/notes/a/", "/static/site.css?v=1", "../../static/site.css?v=1"),
        ("/feed.xml", "/notes/", "notes/"),
        ("/a/", "/a:b/", "../a:b/"),
        ("/", "/a:b/", "./a:b/"),
    ],
)
def test_the_way_from_one_page_to_another(page: str, url: str, way: str) -> None:
    assert between(page[: page.rindex("/") + 1], url) == way


SEGMENTS = st.lists(st.text("ab:.~%", min_size=1, max_size=3).filter(lambda word: word not in (".", "..")), max_size=4)


@given(SEGMENTS, SEGMENTS)
def test_a_browser_follows_the_way_back_to_the_same_page(here: list[str], there: list[str]) -> None:
    folder = "/" + "".join(f"{segment}/" for segment in here)
    target = "/" + "".join(f"{segment}/" for segment in there)

    found = urljoin(f"https://example.org{folder}", between(folder, target))

    assert posixpath.normpath(found) == posixpath.normpath(f"https://example.org{target}")


def test_only_links_from_the_root_inside_tags_are_touched() -> None:
    text = '/b/ href="/b/" <pre>&lt;a href="/b/"></pre>'
    html = f'<a class="x" href="/b/">{text}</a> <a href="//cdn/x"> <a href="c/"> <b data-x="/b/">'

    assert relative(html, "/a/") == html.replace('class="x" href="/b/"', 'class="x" href="../b/"')


def test_a_link_to_a_place_in_the_same_page_is_its_anchor_alone() -> None:
    assert relative('<a href="/a/#x"><a href="/a/b/#x">', "/a/") == '<a href="#x"><a href="b/#x">'


def test_every_kind_of_source_is_made_relative() -> None:
    html = '<img src="/x.png" srcset="/x.png 1x, /y.png 2x"><video poster="/p.png"><source src="/v.mp4"></video>'

    assert relative(html, "/a/b/") == html.replace('"/', '"../../').replace(", /", ", ../../")


def test_a_prefix_stands_before_links_from_the_root() -> None:
    assert prefixed('<a href="/b/"><link href="/c">', "/repo") == '<a href="/repo/b/"><link href="/repo/c">'
    assert prefixed('<a href="/b/">', "") == '<a href="/b/">'


def test_links_for_readers_elsewhere_are_absolute() -> None:
    html = '<a href="/b/"><a href="#x"><img src="/p.png"><a href="https://other.org/">'

    assert absolute(html, "https://example.org/repo", "/a/") == (
        '<a href="https://example.org/repo/b/"><a href="https://example.org/repo/a/#x">'
        '<img src="https://example.org/repo/p.png"><a href="https://other.org/">'
    )
