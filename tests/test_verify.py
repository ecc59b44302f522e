"""Verify: what is wrong with a release is told before it is published, and nothing else is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.problems import Problem
from app.release.balance import faults
from app.release.manifest import Item
from app.release.page import Page, carefully, dumped, loaded, quickly, read
from app.release.verify import verify, verify_folder


def found(pages: dict[str, str], *files: str, base_url: str | None = None, drafts: tuple[str, ...] = ()) -> list[str]:
    """What is said of a release of these pages and files."""
    items = [Item.of(path, b"x") for path in (*pages, *files)]
    findings = verify(items, {path: read(html) for path, html in pages.items()}, base_url, drafts=drafts)
    return [problem.message for problem in (*findings.errors, *findings.warnings)]


def test_missing_anchors_files_and_ids_that_stand_twice_are_found() -> None:
    pages = {
        "index.html": '<p id="x"></p><a href="a/#no">1</a><img src="no.png"><a href="#x">ok</a><p id="x">',
        "a/index.html": '<a href="../">ok</a><a href="https://elsewhere.org/">ok</a><a href="../a">bad</a>',
    }

    assert set(found(pages)) == {
        "the id 'x' stands twice in this page",
        "a link's anchor is not there: a/#no",
        "a link leads to nothing: no.png",
        "a link leads to nothing: ../a",
    }


LINKS = {
    "": True, "#": True, "#top": True, "#here": True, "#gone": False, "?x=1": True, "?x=1#here": True, ".": True, "..": True,
    "./": True, "../": True, "../../": True, "../../../": False, "../b/": True, "../b/index.html": True,
    "../b": False, "../b/#there": True,
    "../b/#h%C3%A9": True, "../b/#hé": True, "../b/#:~:text=x": True, "../b/#gone": False,
    "/": True, "/a/b/": True,
    "/a/gone": False,
    "../c%20d.pdf": True,
    "../c d.pdf": True, "../C%20d.pdf": False, "mailto:a@b.c": True, "//cdn.org/x": True,
    "tel:1": True, "data:,x": True,
    "https://example.org/gone/": True, "../b/../b/": True, "../.././a/b/": True,
}  # fmt: skip


@pytest.mark.parametrize(("link", "good"), LINKS.items())
def test_a_link_leads_where_a_browser_would_go(link: str, good: bool) -> None:
    pages = {
        "index.html": "",
        "a/index.html": "",
        "a/x/index.html": f'<a href="{link}">x</a><p id="here">',
        "a/b/index.html": '<p id="there"><p id="hé">',
    }

    assert bool(found(pages, "a/c d.pdf", base_url="https://example.org/")) != good


def test_a_link_from_the_root_is_one_from_where_the_site_stands() -> None:
    pages = {"404.html": '<a href="/repo/a/">ok</a><a href="/a/">bad</a>', "a/index.html": ""}

    assert found(pages, base_url="https://example.org/repo/") == ["a link leads to nothing: /a/"]


def test_every_way_to_write_an_attribute_is_read() -> None:
    page = read(
        "<IMG SRC=a.png alt=''><a href='b.html'>x</a><a HREF = \"c.html\">x</a><a\nhref=\"d.html?x=1&amp;y=2\">x</a>"
        '<p id=one><p ID=\'two\'><img srcset="e.png 1x, f.png 2x" src="g.png"><video poster="h.png"></video>'
        '<object data="i.svg"></object><a name="three">x</a>'
    )

    assert set(page.links) == {"a.png", "b.html", "c.html", "d.html?x=1&y=2", "e.png", "f.png", "g.png", "h.png", "i.svg"}
    assert set(page.ids) == {"one", "two", "three"}


def test_reading_quickly_is_reading_carefully() -> None:
    html = (
        b'<p class="x" id="a&amp;b">text id= "no" <a class="y" href="x?a&amp;b#c">x</a><img src="s.png" srcset="t.png 1x">'
        b'<span data-id="no" data-src="no">x</span>'
    )

    assert [sorted(one) for one in quickly(html)] == [sorted(one) for one in carefully(html)]


def test_what_was_read_of_a_page_is_kept_as_json() -> None:
    page = Page(("a", "é"), ("x",), ("x",), ("http://x/",), ((1, 2, "<b> is never closed"),))

    assert loaded(dumped(page)) == page
    for damaged in (b"", b"1", b"[]", b"[1,2,3,4,5]", b'[[],[],[],[],[["x",1,"y"]]]'):
        with pytest.raises(ValueError, match=r".*"):
            loaded(damaged)


UNBALANCED = {
    "<div><p>x</div>": "",
    "<ul><li>a<li>b</ul>": "",
    "<table><tr><td>a<td>b<tr><td>c</table>": "",
    "<p>a<p>b": "",
    "<br><img src=x><hr/><input>": "",
    "<!-- <div> --><p>x</p>": "",
    "<script>if (a<b) '<div>'</script><style>a>b{}</style>": "",
    "<svg><g><path d='x'/><g/></g></svg>": "",
    "<math><mspace width='1em'/><mi>x</mi></math>": "",
    "<a title='a > b' href=\"x\">x</a>": "",
    "<textarea><div></textarea>": "",
    "<DIV>x</div>": "",
    "<!doctype html><html><head><title>a<b</title></head><body></body></html>": "",
    "<b>x": "<b> is never closed",
    "<b><i>x</b></i>": "<i> is not closed before </b>",
    "x</b>": "</b> ends nothing",
    "<p><div>x</div></p>": "</p> ends nothing",
    "<div><span>x</div>": "<span> is not closed before </div>",
    "<div/>x": "<div> is never closed",
    "<span>a</span></span>": "</span> ends nothing",
    "<abbr>x</a>": "</a> ends nothing",
    "<mi>x</mo>": "</mo> ends nothing",
}


@pytest.mark.parametrize(("html", "message"), UNBALANCED.items())
def test_what_is_opened_is_closed_unless_html_closes_it(html: str, message: str) -> None:
    told = faults(html.encode())

    assert (told[0][2] if told else "") == message


def test_a_fault_has_its_line_and_column() -> None:
    assert faults(b"<p>x</p>\n  <b>y\n") == ((2, 3, "<b> is never closed"),)


def test_what_a_page_loads_by_http_is_told_where_the_site_has_https() -> None:
    pages = {
        "index.html": '<img src="http://x.org/a.png"><script src=\'http://x.org/b.js\'></script><a href="http://x.org/">ok</a>'
        '<link rel="stylesheet" href="http://x.org/c.css"><link rel="canonical" href="http://x.org/">'
    }

    said = found(pages, base_url="https://example.org/")

    assert [message.rpartition("/")[2] for message in said] == ["a.png", "b.js", "c.css"]
    assert found(pages, base_url="http://example.org/") == []


def test_r9_names_that_not_every_system_has_and_files_that_would_be_one_are_told() -> None:
    names = ["aux/x.txt", "NUL.txt", "a:b.txt", "end./x", "space /x", "what?.txt", "x" * 256, "com1", "lpt9.tar.gz"]
    fine = ["auxiliary.txt", "console", "nul-hypothesis.md", ".hidden", "a.b", "x" * 255, "com10", "a'b"]
    twins = [("Paper.pdf", "paper.pdf"), ("caf\u00e9.txt", "cafe\u0301.txt"), ("STRASSE", "straße")]

    assert len(found({}, *names)) == len(names)
    assert found({}, *fine) == []
    for one, other in twins:
        assert found({}, one, other) == [f"this and '{one}' would be one file on some systems"]


def test_large_files_are_told_and_too_large_ones_refused() -> None:
    items = [Item(f"/{size}", str(size), "", size, "") for size in (24_999_999, 25_000_000, 99_999_999, 100_000_000)]

    findings = verify(items, {})

    assert [problem.path for problem in findings.warnings] == ["25000000", "99999999"]
    assert [problem.path for problem in findings.errors] == ["100000000"]
    assert len(findings.strictly().errors) == 3


def test_what_belongs_to_a_draft_or_leads_to_it_is_told() -> None:
    pages = {"index.html": '<a href="https://example.org/secret/#x">x</a>', "secret/index.html": "", "secrets/index.html": ""}

    said = found(pages, "secret/plot.png", base_url="https://example.org/", drafts=("/secret/",))

    assert said.count("this is part of the draft /secret/") == 2
    assert "a link leads to a draft: https://example.org/secret/#x" in said
    assert len(said) == 3


def test_the_author_is_told_of_the_file_that_a_page_was_made_from() -> None:
    findings = verify(
        [Item.of("a/index.html", b"")], {"a/index.html": read('<a href="x">')}, sources={"a/index.html": "pages/a.md"}
    )

    assert findings.errors[0] == Problem("pages/a.md", 1, 1, "<a> is never closed", findings.errors[0].hint)
    assert findings.errors[1].hint == "it stands in 'a/index.html' of the release"


def test_a_folder_of_anybody_is_checked_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="gone.html">x</a>')

    assert [problem.path for problem in verify_folder(tmp_path).errors] == ["index.html"]


def test_ten_thousand_pages_are_verified_in_half_a_second() -> None:
    links = tuple(f"../p{number}/#x" for number in range(30))
    pages = {f"notes/p{number}/index.html": Page(links, ("x", "y")) for number in range(10_000)}
    items = [Item(f"/{path[:-10]}", path, "0" * 64, 9_000, "text/html") for path in pages]
    start = time.process_time()

    findings = verify(items, pages, "https://example.org/")

    assert not findings
    assert time.process_time() - start < 1.5
