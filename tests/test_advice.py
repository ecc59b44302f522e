"""Advice is given where nothing is wrong, and other hosts are asked only when that is wanted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import ClassVar

import pytest
from PIL import Image

from app.advice import advice
from app.outward import Asked, ask, lost, uses_in, uses_of_site

from .browser import answering
from .site_tree import SiteTree

TODAY = date(2026, 6, 30)


def told(tree: SiteTree, drafts: bool = False) -> list[str]:
    """Every piece of advice on a line of its own, without its hint."""
    return [str(one).split("\n")[0] for one in advice(tree.site(drafts), TODAY)]


def picture(form: str, width: int, height: int) -> bytes:
    """A picture that cannot be made smaller without loss."""
    data = BytesIO()
    Image.frombytes("L", (width, height), os.urandom(width * height)).save(data, form)
    return data.getvalue()


def test_a_site_that_has_what_it_should_gets_no_advice(tree: SiteTree) -> None:
    tree.entry("notes/research/a", abstract="What it is about.", date="2026-05-01")
    tree.entry("posts/b", summary="Short.", date="2026-06-30")
    tree.entry("about")

    assert told(tree) == []


@pytest.mark.parametrize("folder", ["notes/research", "notes/sop", "notes/courses", "posts"])
def test_a_text_without_a_description_is_told_unless_it_is_a_draft(tree: SiteTree, folder: str) -> None:
    tree.entry(f"{folder}/a", date="2026-05-01")
    tree.entry(f"{folder}/b", date="2026-05-01", draft="true")

    found = told(tree, drafts=True)

    message = "there is no description of this text; lists and search engines show how it begins"
    assert found == [f"pages/{folder}/a.md:2:1: {message}"]


@pytest.mark.parametrize(
    ("title", "length"), [("x" * 70, 0), ("x" * 71, 71), ("'" + "数" * 80 + "'", 80), (f"$x^2$ {'y' * 70}", 73)]
)
def test_a_title_is_told_that_search_engines_would_cut(tree: SiteTree, title: str, length: int) -> None:
    tree.entry("about", title=title)

    said = f"pages/about.md:2:8: title: this has {length} characters, and search engines show 70"
    assert told(tree) == ([said] if length else [])


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"date": "2026-01-01"}, 180),
        ({"date": "2025-12-31"}, 181),
        ({"date": "2020-01-01", "updated": "2026-05-01"}, 0),
        ({"date": "2020-01-01", "updated": "2025-12-30"}, 182),
        ({"date": "2020-01-01", "status": "finished"}, 0),
        ({"abstract": "No day is known."}, 0),
    ],
)
def test_an_ongoing_note_is_told_that_was_not_touched_for_half_a_year(tree: SiteTree, fields: dict[str, str], days: int) -> None:
    tree.entry("notes/research/a", **{"abstract": "A", **fields})

    found = told(tree)

    assert [one.split(": ", 1)[1] for one in found] == (
        [f"status: this is ongoing, and was not touched for {days} days"] if days > 180 else []
    )


def test_what_is_dated_later_than_today_is_told_but_for_talks(tree: SiteTree) -> None:
    tree.entry("posts/a", date="2026-07-01", summary="S")
    tree.entry("talks/a", date="2026-07-01")

    assert told(tree) == ["pages/posts/a.md:3:7: date: this is dated 2026-07-01, and will be shown before that day"]


def test_pictures_are_told_that_are_larger_than_anybody_sees(tree: SiteTree) -> None:
    tree.write("pages/heavy.bmp", picture("BMP", 1200, 1000))
    tree.write("pages/wide.png", picture("PNG", 3000, 100))
    tree.write("pages/fine.png", picture("PNG", 600, 500))
    tree.entry("about", "![a](heavy.bmp)\n\n![b](fine.png)\n\nSee ![c](wide.png)", image="heavy.bmp")

    assert told(tree) == [
        "pages/about.md:3:8: image: 'heavy.bmp' has 1.2 MB and is shown as it is",
        "pages/about.md:6:1: 'heavy.bmp' has 1.2 MB and is shown as it is",
        "pages/about.md:10:5: 'wide.png' is 3000 pixels wide",
    ]


def test_a_translation_that_is_older_than_its_original_is_told(tree: SiteTree) -> None:
    tree.entry("about", date="2026-01-01", updated="2026-02-01")
    tree.entry("about.zh", date="2026-01-15")

    (found,) = told(tree)

    assert found.startswith("pages/about.zh.md:3:7: this translation is of 2026-01-15")


def test_links_to_other_hosts_are_found_with_every_place(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "author:\n  links:\n    - label: Code\n      url: https://code.example.org/me\n")
    body = """
        [a](https://a.example.org/x) and [b](https://a.example.org/x/y), <https://a.example.org/x>

        <img src="http://b.example.org/p.png" alt="P"> `https://no.example.org/` [me](index.md)
        """
    tree.entry("projects/one", body, url="https://c.example.org/")
    site = tree.site()
    (entry,) = site.query("projects")

    found = [*uses_in(site, entry), *uses_of_site(site)]

    assert sorted((use.url, f"{use.path}:{use.line}:{use.column}") for use in found) == [
        ("http://b.example.org/p.png", "pages/projects/one.md:8:11"),
        ("https://a.example.org/x", "pages/projects/one.md:6:5"),
        ("https://a.example.org/x", "pages/projects/one.md:6:67"),
        ("https://a.example.org/x/y", "pages/projects/one.md:6:38"),
        ("https://c.example.org/", "pages/projects/one.md:3:6"),
        ("https://code.example.org/me", "pages/site.yml:4:12"),
    ]


class Host(BaseHTTPRequestHandler):
    """Answers with the status that its path names; some only tell it when they are asked for the whole."""

    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_HEAD(self) -> None:
        """The head."""
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        self.send_response(405 if self.path == "/200?head" and self.command == "HEAD" else int(self.path[1:4]))
        self.send_header("Location", "/200")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A host on this machine."""
    monkeypatch.setenv("no_proxy", "*")
    Host.asked.clear()
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Host)) as address:
        yield address.rstrip("/")


def test_links_that_are_gone_are_told_and_those_that_a_host_does_not_show_us_are_counted(host: str) -> None:
    paths = ("200", "200?head", "302", "403", "404", "410", "500", "200#part")
    urls = [f"{host}/{path}" for path in paths]

    asked = ask([*urls, "https://nowhere.invalid/", f"{host}/200/ü?q=ß"])

    gone = {
        f"{host}/404": "answers 404",
        f"{host}/410": "answers 410",
        "https://nowhere.invalid/": "has a host that is not known",
    }
    assert asked == Asked(gone, 2)
    assert ("GET", "/200?head", "Mozilla/5.0 (compatible; Octavo link check)") in Host.asked


def test_every_use_of_a_lost_link_is_told(tree: SiteTree, host: str) -> None:
    tree.entry("about", f"[a]({host}/404)\n\n[b]({host}/404) [c]({host}/200)")
    site = tree.site()
    (entry,) = [one for one in site.store if one.id == "about"]
    found = list(uses_in(site, entry))

    problems = lost(found, ask(use.url for use in found))

    assert [str(one).split("\n")[0] for one in problems] == [
        f"pages/about.md:5:5: '{host}/404' answers 404",
        f"pages/about.md:7:5: '{host}/404' answers 404",
    ]


def test_without_a_network_no_link_is_called_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")

    assert ask(["https://a.invalid/", "https://b.invalid/"]) == Asked({}, 2)
