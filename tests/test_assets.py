"""Static files: pages ask for them by a name that changes with the file; an author's own link never breaks."""

from __future__ import annotations

import os
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.assets import url_of

from .site_tree import SiteTree


def asked_for(html: str) -> list[str]:
    """What the head of a page asks for."""
    found = LexborHTMLParser(html).css("head script[src], head link[rel=stylesheet], head link[rel=icon][type]")
    return [node.attributes.get("href") or node.attributes.get("src") or "" for node in found]


@pytest.mark.parametrize("url", ["/", "/search/", "/404.html", "/tags/"])
def test_every_page_asks_for_files_by_names_with_a_digest(tree: SiteTree, url: str) -> None:
    found = asked_for(tree.get(url))

    assert len(found) >= 3
    assert all(re.search(r"static/[a-z]+\.[0-9a-f]{8}\.(css|js|svg)$", href) for href in found)


def test_the_same_bytes_are_sent_by_both_names_served_and_frozen(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "without: [math-font]")  # it has a rule in the style sheet
    tree.write("static/site.css", "body { color: teal }")
    name = url_of(tree.site(), "site.css")

    tree.freeze()

    client = tree.app().test_client()
    with client.get(name) as one, client.get("/static/site.css") as other:
        assert one.data == other.data == b"body { color: teal }"
    assert tree.frozen(name[1:]) == tree.frozen("static/site.css") == "body { color: teal }"


def test_the_name_changes_with_the_file_and_the_old_one_is_gone(tree: SiteTree) -> None:
    file = tree.write("static/site.css", "body { color: teal }")
    site = tree.site()
    before = url_of(site, "site.css")

    file.write_text("body { color: plum }")
    os.utime(file, (1, 1))

    assert url_of(site, "site.css") != before
    assert tree.app().test_client().get(before).status_code == 404


def test_an_authors_own_link_to_a_static_file_stays_as_it_is(tree: SiteTree) -> None:
    tree.write("static/talk.pdf", b"%PDF-1.7")
    tree.write("static/more.css", "@import 'site.css';")
    tree.entry("about", "[a talk](/static/talk.pdf), [styles](/static/more.css)")

    tree.freeze()

    assert 'href="../static/talk.pdf"' in tree.frozen("about/index.html")
    assert {"static/talk.pdf", "static/more.css", "static/site.css"} <= set(tree.release())
    assert not [name for name in tree.release() if re.search(r"talk\.[0-9a-f]{8}", name)]


def test_a_template_of_the_authors_own_can_ask_for_their_file(tree: SiteTree) -> None:
    tree.write("static/deep/a b.js", "1")
    tree.write("static/photo.jpg", b"x")
    tree.write(
        "templates/mine.html",
        '{% extends "entry.html" %}{% block head %}<script src="{{ asset("deep/a b.js") }}" defer></script>'
        '<link rel="preload" as="image" href="{{ asset("photo.jpg") }}">{% endblock %}',
    )
    tree.entry("about", template="mine.html")

    tree.freeze()

    html = tree.frozen("about/index.html")
    assert re.search(r'src="\.\./static/deep/a%20b\.[0-9a-f]{8}\.js"', html)
    assert 'href="../static/photo.jpg"' in html


def test_a_file_that_is_not_there_is_a_mistake_in_the_template(tree: SiteTree) -> None:
    tree.write("templates/mine.html", '{{ asset("nothing.css") }}')
    tree.entry("about", template="mine.html")

    with pytest.raises(FileNotFoundError, match=r"there is no static file 'nothing.css'"):
        tree.get("/about/")


@pytest.mark.parametrize("name", ["site.00000000.css", "nothing.00000000.css", "../pages/index.00000000.md", ".00000000.css"])
def test_a_digest_that_is_not_the_files_is_no_name(tree: SiteTree, name: str) -> None:
    assert tree.app().test_client().get(f"/static/{name}").status_code == 404
