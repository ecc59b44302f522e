"""Feeds: valid, whole, with absolute links, and the same ids whatever an entry is called."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from app.feeds import LENGTH, names

from .site_tree import SiteTree

ATOM = "{http://www.w3.org/2005/Atom}"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)


def atom(tree: SiteTree, url: str = "/feed.xml") -> ET.Element:
    """An Atom feed that keeps the rules of RFC 4287, section 4."""
    text = tree.get(url)
    assert not feedparser.parse(text).bozo
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert urlsplit(element.findtext(f"{ATOM}id") or "").scheme == "https"
        for moment in (*element.findall(f"{ATOM}updated"), *element.findall(f"{ATOM}published")):
            assert datetime.fromisoformat(moment.text or "").tzinfo
        links = element.findall(f"{ATOM}link")
        assert [link.get("rel") for link in links].count("alternate") == 1
        assert all(urlsplit(link.get("href", "")).scheme == "https" for link in links)
        assert all(person.findtext(f"{ATOM}name") for person in element.findall(f"{ATOM}author"))
    assert feed.find(f"{ATOM}author") is not None
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        f"https://example.org{url}"
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return feed


def json_feed(tree: SiteTree, url: str = "/feed.json") -> dict[str, Any]:
    """A JSON Feed that keeps the rules of version 1.1."""
    feed: dict[str, Any] = json.loads(tree.get(url))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["feed_url"] == f"https://example.org{url}"
    assert all(person.get("name") for person in feed["authors"])
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item.get("content_html") or item.get("content_text")
        for name in ("url", "image"):
            assert urlsplit(item.get(name, "https://x")).scheme == "https"
        assert datetime.fromisoformat(item["date_modified"]).tzinfo
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
    return feed


def contents(feed: ET.Element) -> list[str]:
    """The whole texts in an Atom feed."""
    return [entry.findtext(f"{ATOM}content") or "" for entry in feed.findall(f"{ATOM}entry")]


def test_both_feeds_have_the_whole_texts_with_formulas_and_absolute_links(tree: SiteTree) -> None:
    tree.entry("posts/a", "Text with $x$, [b](b.md), a note[^1], ![p](p.png).\n\n[^1]: Here.", title="A & <B>", date="2026-01-01")
    tree.entry("posts/b", date="2026-01-02", updated="2026-02-02", summary="Short.")
    tree.write("pages/posts/p.png", PNG)
    tree.entry("undated")

    feed, same = atom(tree), json_feed(tree)

    assert feedparser.parse(tree.get("/feed.xml")).feed.updated == "2026-02-02T00:00:00Z"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["B", "A & <B>"]
    content = contents(feed)[1]
    assert "<math><mi>x</mi></math>" in content
    assert 'href="https://example.org/posts/b/"' in content
    assert 'href="https://example.org/posts/a/#fn-1"' in content
    assert 'src="https://example.org/posts/p.png"' in content
    assert [item["content_html"] for item in same["items"]] == contents(feed)
    assert [item["title"] for item in same["items"]] == ["B", "A & <B>"]
    assert same["items"][0]["summary"] == "Short."
    assert same["items"][0]["date_published"] == "2026-01-02T00:00:00Z"


def test_an_abstract_is_part_of_the_whole_text(tree: SiteTree) -> None:
    tree.entry("notes/research/a", "The body.", abstract="On $L$.", date="2026-01-01", title="On $x^2$")

    (content,), feed = contents(atom(tree)), json_feed(tree)

    assert re.search(r"<math><mi>L</mi></math>.*The body\.", content, re.DOTALL)
    assert atom(tree).find(f"{ATOM}entry/{ATOM}title").get("type") == "html"  # type: ignore[union-attr]
    assert feed["items"][0]["title"].startswith("On x")


def test_an_entry_without_a_text_is_in_the_feed_by_its_summary(tree: SiteTree) -> None:
    tree.entry("posts/a", "", date="2026-01-01", summary="In short.", title="T")
    tree.entry("posts/b", "", date="2026-01-01", title="U")

    feed = json_feed(tree)

    assert [item["content_text"] for item in feed["items"]] == ["In short.", "U"]
    assert len(atom(tree).findall(f"{ATOM}entry")) == 2


def test_every_folder_list_and_tag_has_its_feed_and_says_so(tree: SiteTree) -> None:
    tree.entry("notes/index", title="Notes", sections="[notes/research]")
    tree.entry("notes/research/index", title="Research")
    tree.entry("notes/research/a", date="2026-01-01", tags="[学习, a/b, '🎉', C++]")
    tree.entry("posts/b", date="2026-01-02", tags="[c++]")
    tree.entry("talks/index", title="Talks")

    found = list(names(tree.site()))
    page = LexborHTMLParser(tree.get("/tags/学习/"))

    tags = ["tags/1f389", "tags/a-b", "tags/cplusplus", "tags/学习"]
    assert found == ["", "notes", "notes/research", "posts", *tags]
    assert [link.attributes["href"] for link in page.css("link[rel=alternate]")] == [
        "../../feed.xml", "../../feed.json", "feed.xml", "feed.json",
    ]  # fmt: skip
    assert len(atom(tree, "/tags/cplusplus/feed.xml").findall(f"{ATOM}entry")) == 2
    assert atom(tree, "/notes/feed.xml").findtext(f"{ATOM}title") == "Notes – Notes"
    assert json_feed(tree, "/tags/%E5%AD%A6%E4%B9%A0/feed.json")["title"] == "学习 – Notes"
    assert tree.app().test_client().get("/talks/feed.xml").status_code == 404
    assert tree.app().test_client().get("/nothing/feed.xml").status_code == 404
    assert tree.freeze().files
    assert tree.frozen("tags/学习/feed.xml") == tree.get("/tags/学习/feed.xml")


def test_an_id_stays_when_the_title_and_the_text_change(tree: SiteTree) -> None:
    tree.entry("posts/a", "One.", title="One", date="2026-01-01")
    before = json_feed(tree)["items"][0]["id"], atom(tree).findtext(f"{ATOM}entry/{ATOM}id")

    tree.entry("posts/a", "Two.", title="Two", date="2026-01-01", updated="2026-05-05", tags="[x]")

    assert (json_feed(tree)["items"][0]["id"], atom(tree).findtext(f"{ATOM}entry/{ATOM}id")) == before
    assert atom(tree).findtext(f"{ATOM}updated") == "2026-05-05T00:00:00Z"


def test_authors_tags_language_and_picture_are_told(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "title: T\nlang: de\nauthor: {name: Robin}\nlicence: {name: CC BY 4.0}")
    tree.write("pages/posts/p.png", PNG)
    tree.entry("posts/a", date="2026-01-01", authors="[Ada, Bo]", tags="[x, y & z]", lang="zh", image="p.png")
    tree.entry("posts/b", date="2026-01-01", image="https://elsewhere.example/p.jpg")

    feed, (first, second) = atom(tree), json_feed(tree)["items"]

    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert [author.text for author in entry.findall(f"{ATOM}author/{ATOM}name")] == ["Ada", "Bo"]
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["x", "y & z"]
    (enclosure,) = (link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure")
    assert (enclosure.get("type"), enclosure.get("length")) == ("image/png", str(len(PNG)))
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Robin"
    assert (first["language"], first["image"]) == ("zh", "https://example.org/posts/p.png")
    assert [author["name"] for author in first["authors"]] == ["Ada", "Bo"]
    assert (first["tags"], second["image"]) == (["x", "y & z"], "https://elsewhere.example/p.jpg")


def test_drafts_and_unlisted_entries_are_in_no_feed(tree: SiteTree) -> None:
    tree.entry("posts/a", date="2026-01-01", tags="[x]")
    tree.entry("posts/b", "XYZZY", date="2026-01-01", draft="true", tags="[x, y]")
    tree.entry("posts/c", "XYZZY", date="2026-01-01", unlisted="true", tags="[x, z]")

    tree.freeze()

    feeds = [text for name, text in tree.release().items() if name.endswith(("feed.xml", "feed.json"))]
    assert len(feeds) == 6
    assert not any(b"XYZZY" in text for text in feeds)


def test_a_feed_of_a_thousand_posts_is_cut_and_below_a_megabyte(tree: SiteTree) -> None:
    text = "Words with $\\sum_i x_i^2$ and 学习 & more. " * 4000
    tree.entry("posts/long", text, date="2026-02-01", summary="Long.")
    tree.entry("posts/longer", text, date="2026-01-31", summary="Longer.")
    for number in range(1000):
        tree.entry(f"posts/p{number}", f"Text {number} with $x$.", date="2025-01-01")

    feed, same = atom(tree, "/posts/feed.xml"), json_feed(tree, "/posts/feed.json")

    assert len(feed.findall(f"{ATOM}entry")) == len(same["items"]) == LENGTH
    assert len(tree.get("/posts/feed.xml").encode()) < 1_000_000
    assert len(tree.get("/posts/feed.json").encode()) < 1_000_000
    assert same["items"][0]["content_text"] == "Long."


def test_what_xml_cannot_hold_leaves_the_feed_valid(tree: SiteTree) -> None:
    tree.entry("posts/a", "One\x0ctwo \x08three &amp; ]]> four.", date="2026-01-01")

    (content,) = contents(atom(tree))

    assert "three" in content


@pytest.mark.parametrize("url", ["/feed.xml", "/feed.json"])
def test_a_site_without_entries_has_an_empty_feed(tree: SiteTree, url: str) -> None:
    if url.endswith("xml"):
        assert atom(tree).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    else:
        assert json_feed(tree)["items"] == []
