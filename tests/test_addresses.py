"""A link leads to an entry, a file or a path of the program, or says why it leads nowhere."""

from __future__ import annotations

import unicodedata

import pytest

from app.content import Store
from app.content.addresses import Nowhere, find, leads_elsewhere
from app.content_types import open_store

from .site_tree import SiteTree


@pytest.fixture
def store(tree: SiteTree) -> Store:
    """A site with a note, its picture, a draft, a broken entry, and names that need quoting."""
    tree.entry("about")
    tree.entry("notes/index")
    tree.entry("notes/a")
    tree.entry("notes/my note")
    tree.entry("notes/draft", draft="true")
    tree.entry("notes/broken", nonsense="true")
    tree.entry("posts/b", date="2026-01-01")
    tree.write("pages/notes/plot.png", b"x")
    tree.write("pages/notes/été.pdf", b"x")
    tree.write(f"pages/notes/{unicodedata.normalize('NFD', 'naïve')}.pdf", b"x")
    tree.write("pages/notes/.secret/key.txt", b"x")
    tree.write("pages/site.yml", "title: a")
    tree.write("outside.txt", b"x")
    (tree.folder / "pages" / "link.txt").symlink_to("../outside.txt")
    return open_store(tree.folder)


@pytest.mark.parametrize(
    ("href", "url", "anchor"),
    [
        ("b.md", "/notes/b/", ""),
        ("../posts/b.md", "/posts/b/", ""),
        ("../posts/b.md#part", "/posts/b/", "part"),
        ("../posts/b.md?x=1#part%20two", "/posts/b/", "part two"),
        ("../posts/b/", "/posts/b/", ""),
        ("../posts/b", "/posts/b/", ""),
        ("/posts/b/", "/posts/b/", ""),
        ("/posts/b.md", "/posts/b/", ""),
        ("index.md", "/notes/", ""),
        ("./", "/notes/", ""),
        (".", "/notes/", ""),
        ("../", "/", ""),
        ("..", "/", ""),
        ("/", "/", ""),
        ("/index.md", "/", ""),
        ("../index.md", "/", ""),
        ("../notes/../about.md", "/about/", ""),
        ("my%20note.md", "/notes/my%20note/", ""),
        ("my note.md", "/notes/my%20note/", ""),
        ("#part", "/notes/a/", "part"),
        ("", "/notes/a/", ""),
    ],
)
def test_a_link_to_an_entry_leads_to_its_url(store: Store, tree: SiteTree, href: str, url: str, anchor: str) -> None:
    tree.entry("notes/b")
    store.reload()

    address = find(store, "pages/notes/a.md", href)

    assert address.entry is not None
    assert (address.url, address.anchor) == (url, anchor)


@pytest.mark.parametrize(
    ("href", "file", "url"),
    [
        ("plot.png", "notes/plot.png", "/notes/plot.png"),
        ("./plot.png?v=2", "notes/plot.png", "/notes/plot.png"),
        ("/notes/plot.png", "notes/plot.png", "/notes/plot.png"),
        ("../notes/plot.png", "notes/plot.png", "/notes/plot.png"),
        ("%C3%A9t%C3%A9.pdf", "notes/été.pdf", "/notes/%C3%A9t%C3%A9.pdf"),
        (unicodedata.normalize("NFD", "été.pdf"), "notes/été.pdf", "/notes/%C3%A9t%C3%A9.pdf"),
        ("naïve.pdf", f"notes/{unicodedata.normalize('NFD', 'naïve')}.pdf", "/notes/nai%CC%88ve.pdf"),
    ],
)
def test_a_link_to_a_file_leads_to_it_however_it_is_spelt(store: Store, href: str, file: str, url: str) -> None:
    address = find(store, "pages/notes/a.md", href)

    assert (address.entry, address.file, address.url) == (None, file, url)


@pytest.mark.parametrize(("href", "url"), [("/static/site.css", "/static/site.css"), ("../static/a b.css", "/static/a%20b.css")])
def test_a_link_to_a_static_file_leads_to_what_the_program_serves(store: Store, href: str, url: str) -> None:
    address = find(store, "pages/notes/a.md", href)

    assert (address.entry, address.file, address.url) == (None, "", url)


@pytest.mark.parametrize(
    ("href", "message", "hint"),
    [
        ("../post/b.md", "'../post/b.md' leads to nothing", "did you mean '../posts/b.md'?"),
        ("plto.png", "'plto.png' leads to nothing", "did you mean 'plot.png'?"),
        ("../nowhere/plot.png", "leads to nothing", "write the path of the file"),
        ("../../outside.txt", "leads out of the site", "copy the file into 'pages/'"),
        ("/../outside.txt", "leads out of the site", "copy the file into 'pages/'"),
        ("../link.txt", "leads to nothing", ""),
        ("draft.md", "'notes/draft' is a draft", "publish it"),
        ("broken.md", "'notes/broken' has a problem of its own", "mend it first"),
        (".secret/key.txt", "leads to nothing", ""),
        ("../site.yml", "leads to nothing", ""),
        ("a%00b.png", "leads to nothing", "write the path"),
        ("x" * 5000, "leads to nothing", "write the path"),
        ("x/" * 3000 + "y.png", "leads to nothing", "write the path"),
        ("%ff.png", "leads to nothing", ""),
    ],
)
def test_a_link_to_nothing_says_what_to_write_instead(store: Store, href: str, message: str, hint: str) -> None:
    with pytest.raises(Nowhere) as caught:
        find(store, "pages/notes/a.md", href)

    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_link_to_a_draft_leads_to_it_where_drafts_are_shown(store: Store, tree: SiteTree) -> None:
    showing = open_store(tree.folder, drafts=True)

    assert find(showing, "pages/notes/a.md", "draft.md").url == "/notes/draft/"


@pytest.mark.parametrize(
    ("href", "elsewhere"),
    [
        ("https://example.org/", True),
        ("MAILTO:a@example.org", True),
        ("//example.org/a", True),
        ("doi:10.1/2", True),
        ("a.md", False),
        ("/a/", False),
        ("#a", False),
        ("notes/a:b.md", False),
        ("", False),
    ],
)
def test_a_link_with_a_scheme_or_a_host_leads_elsewhere(href: str, elsewhere: bool) -> None:
    assert leads_elsewhere(href) is elsewhere
