"""The pages that are served: what each kind of URL answers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from app import VIEWS, create_app
from app.config import Config
from app.folders import PROGRAM

from .site_tree import SiteTree


def test_an_entry_is_shown_at_the_path_of_its_file(tree: SiteTree) -> None:
    tree.entry("notes/research/scaling", "The *body*.", title="Scaling", abstract="On $L$.")

    html = tree.get("/notes/research/scaling/")

    assert "<h1>Scaling" in html
    assert "[Ongoing]" in html
    assert "<em>body</em>" in html
    assert "<mi>L</mi>" in html


def test_the_notes_page_shows_its_sections_in_their_order(tree: SiteTree) -> None:
    tree.entry("notes/index", "", title="Notes", sections="[notes/research, notes/sop, notes/courses]")
    tree.entry("notes/research/index", "", title="Research Note")
    tree.entry("notes/sop/index", "", title="SOP")
    tree.entry("notes/courses/index", "", title="Course Project")
    tree.entry("notes/research/a", title="A note", status="paused")
    tree.entry("notes/courses/b", title="A project", kind="OptML", institution="EPFL", course="CS-439", level="graduate")

    page = LexborHTMLParser(tree.get("/notes/"))

    assert [node.text() for node in page.css("section.list > h2")] == ["Research Note", "SOP", "Course Project"]
    assert [" ".join(node.text().split()) for node in page.css("article.row h3")] == [
        "A note [Paused]",
        "A project [OptML project at EPFL]",
    ]
    assert "CS-439 · Graduate level" in page.css(".row .details")[0].text(separator=" · ")


def test_a_list_page_shows_its_folder_in_the_order_it_asks_for(tree: SiteTree) -> None:
    tree.entry("posts/index", "", order_by="[date]")
    tree.entry("posts/new", date="2026-02-02")
    tree.entry("posts/old", date="2025-01-01")

    page = LexborHTMLParser(tree.get("/posts/"))

    assert [node.text() for node in page.css(".list > h2, .row h3 a")] == ["2025", "Old", "2026", "New"]


def test_a_query_works_in_a_template_of_the_authors_own(tree: SiteTree) -> None:
    tree.write(
        "templates/mine.html",
        """
        {% extends "entry.html" %}
        {% block after %}
        {% for note in site.store.query("notes/research").where(status="ongoing").order_by("-updated").limit(2) %}
        <i>{{ note.title }}</i>
        {% endfor %}
        {% endblock %}
        """,
    )
    tree.entry("latest", template="mine.html")
    for name, day in (("one", "2026-01-01"), ("two", "2026-03-01"), ("three", "2026-02-01")):
        tree.entry(f"notes/research/{name}", updated=day)

    html = tree.get("/latest/")

    assert re.findall("<i>(.*?)</i>", html) == ["Two", "Three"]


def test_a_file_beside_an_entry_is_sent(tree: SiteTree) -> None:
    tree.write("pages/notes/sop/statement.pdf", b"%PDF-1.7 ...")

    with tree.app().test_client().get("/notes/sop/statement.pdf") as response:
        assert response.data == b"%PDF-1.7 ..."
        assert response.mimetype == "application/pdf"


@pytest.mark.parametrize(
    "url",
    ["/nowhere", "/nowhere/", "/index.md", "/site.yml", "/.secret", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/x", "/a%00b", "/out.txt"],
)
def test_what_is_not_content_is_not_there(tree: SiteTree, url: str) -> None:
    tree.write("pages/site.yml", "title: T")
    tree.write("pages/.secret", "x")
    tree.write("secret.txt", "x")
    (tree.folder / "pages" / "out.txt").symlink_to(tree.folder / "secret.txt")

    response = tree.app().test_client().get(url)

    assert response.status_code == 404
    assert "There is no page at this address" in response.get_data(as_text=True)


def test_an_address_without_its_slash_leads_to_the_page(tree: SiteTree) -> None:
    tree.entry("about")

    response = tree.app().test_client().get("/about")

    assert response.status_code == 308
    assert response.headers["Location"] == "/about/"


def test_links_from_page_to_page_are_relative(tree: SiteTree) -> None:
    tree.entry("a/b/one", "[two](../two.md) and [home](../../index.md) and <a href='/a/two/'>raw</a>")
    tree.entry("a/two")

    html = tree.get("/a/b/one/")

    assert '<a href="../../two/">two</a>' in html
    assert '<a href="../../../">home</a>' in html
    assert 'href="/' not in html


def test_a_link_inside_an_abstract_leads_to_its_note_from_every_page(tree: SiteTree) -> None:
    tree.entry("notes/research/index")
    tree.entry("notes/research/中文", "## Method\n\n[up](#method)", title="N", abstract="'See [here](#method).'")

    assert '<a href="%E4%B8%AD%E6%96%87/#method">here</a>' in tree.get("/notes/research/")
    assert '<a href="#method">here</a>' in tree.get("/notes/research/中文/")
    assert '<a href="#method">up</a>' in tree.get("/notes/research/中文/")
    assert tree.freeze().files


def test_the_page_for_what_is_not_there_works_at_any_depth_below_a_prefix(tree: SiteTree) -> None:
    client = tree.app().test_client()

    html = client.get("/a/b/c/d/", base_url="https://example.org/repo/").get_data(as_text=True)

    assert 'href="/repo/static/site.' in html
    assert 'href="/repo/"' in html


def test_static_files_of_the_authors_own_come_before_ours(tree: SiteTree) -> None:
    tree.write("static/site.css", "body { color: teal }")
    tree.write("pages/site.yml", "without: [math-font]")
    client = tree.app().test_client()

    with client.get("/static/site.css") as theirs, client.get("/static/site.js") as ours:
        assert theirs.data == b"body { color: teal }"
        assert b"Octavo" in ours.data


def test_drafts_are_shown_and_marked_only_where_asked_for(tree: SiteTree) -> None:
    tree.entry("notes/research/secret", title="Secret", draft="true")

    assert '<span class="draft">draft</span>' in tree.get("/notes/research/secret/", drafts=True)
    assert "There is no page" in tree.get("/notes/research/secret/")


def test_unlisted_entries_have_a_page_and_are_in_no_list(tree: SiteTree) -> None:
    tree.entry("posts/index")
    tree.entry("posts/hidden", title="Hidden", date="2026-01-01", unlisted="true", tags="[x]")

    assert "<h1>Hidden" in tree.get("/posts/hidden/")
    assert 'content="noindex"' in tree.get("/posts/hidden/")
    for url in ("/posts/", "/feed.xml", "/sitemap.xml", "/tags/"):
        assert "hidden" not in tree.get(url).lower(), url


def test_tags_gather_what_bears_them_in_any_spelling(tree: SiteTree) -> None:
    tree.entry("posts/a", title="First", date="2026-01-01", tags="[Deep Learning, C++]")
    tree.entry("posts/b", title="Second", date="2026-01-02", tags="[deep-learning, 学习, a/b, '🎉']")

    page = LexborHTMLParser(tree.get("/tags/"))
    links = [node.attributes["href"] for node in page.css(".tags.index a")]

    assert links == ["1f389/", "a-b/", "cplusplus/", "deep-learning/", "%E5%AD%A6%E4%B9%A0/"]
    assert [node.text() for node in LexborHTMLParser(tree.get("/tags/deep-learning/")).css(".row a")] == ["Second", "First"]


def test_without_an_address_there_is_no_feed_and_no_map(tree: SiteTree) -> None:
    client = tree.app(base_url=None).test_client()

    assert client.get("/feed.xml").status_code == client.get("/feed.json").status_code == 404
    assert client.get("/sitemap.xml").status_code == 404
    assert "feed.xml" not in client.get("/").get_data(as_text=True)
    assert "Sitemap" not in client.get("/robots.txt").get_data(as_text=True)


def test_the_map_of_the_site_has_every_page_once(tree: SiteTree) -> None:
    tree.entry("about", updated="2026-03-04")

    found = ET.fromstring(tree.get("/sitemap.xml"))

    locations = [node.text or "" for node in found.iter() if node.tag.endswith("loc")]
    names = ("", "about/", "map/", "search/", "tags/")
    assert sorted(locations) == [f"https://example.org/{name}" for name in names]
    assert "<lastmod>2026-03-04</lastmod>" in tree.get("/sitemap.xml")


def test_a_mistake_in_a_template_is_not_hidden(tree: SiteTree) -> None:
    tree.write("templates/mine.html", "{{ entry.titel }}")
    tree.entry("about", template="mine.html")

    with pytest.raises(Exception, match="titel"):
        tree.get("/about/")


def test_every_route_of_the_demo_is_named_by_its_view() -> None:
    app = create_app(PROGRAM, Config())
    site = app.extensions["octavo"]

    endpoints = {endpoint for view in VIEWS for endpoint, _ in view.urls(site)}

    assert endpoints == {rule.endpoint for rule in app.url_map.iter_rules()}


def test_a_folder_without_pages_is_no_site(tree: SiteTree) -> None:
    with pytest.raises(FileNotFoundError, match="it has no 'pages/'"):
        create_app(tree.folder / "pages")
