"""Old URLs: they lead to where an entry is now, on any host, and a page that has gone without one is told."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.cli.freezing import report
from app.release import Changes

from .site_tree import BASE_URL, SiteTree


@pytest.mark.parametrize(
    ("alias", "url"),
    [
        ("/old/path/", "/old/path/"),
        ("/old/path", "/old/path/"),
        ("/2020/01/old.html", "/2020/01/old.html"),
        ("/2020/01/index.html", "/2020/01/"),
        ("old-name", "/notes/research/old-name/"),
        ("../sop/x", "/notes/sop/x/"),
        ("/paper.pdf", "/paper.pdf/"),
        ("/旧的/名字/", "/旧的/名字/"),
        ("/%E6%97%A7%E7%9A%84/", "/旧的/"),
        ("/a b/", "/a b/"),
        ("/gpt-3.5/", "/gpt-3.5/"),
    ],
)
def test_an_alias_leads_to_its_entry_served_and_frozen(tree: SiteTree, alias: str, url: str) -> None:
    tree.entry("notes/research/new", title="New & better", aliases=f"['{alias}']")

    served = tree.app().test_client().get(url)
    tree.freeze()

    assert tree.problems() == []
    assert (served.status_code, served.headers["Location"]) == (308, "/notes/research/new/")
    html = tree.frozen(f"{url[1:]}index.html" if url.endswith("/") else url[1:])
    assert html == served.get_data(as_text=True)
    page = LexborHTMLParser(html)
    refresh = page.css("meta[http-equiv=refresh]")[0].attributes["content"] or ""
    for way in (refresh.partition("url=")[2], page.css("a")[0].attributes["href"] or ""):
        assert urljoin(BASE_URL + quote(url[1:]), way) == f"{BASE_URL}notes/research/new/"
    assert page.css("link[rel=canonical]")[0].attributes["href"] == f"{BASE_URL}notes/research/new/"
    assert f"{quote(url)} /notes/research/new/ 301\n" in tree.frozen("_redirects")


def test_an_alias_works_below_a_prefix_and_where_no_address_is_known(tree: SiteTree) -> None:
    tree.entry("new", aliases="/a/b/")

    tree.freeze(base_url=None)

    assert 'content="0; url=../../new/"' in tree.frozen("a/b/index.html")
    assert "canonical" not in tree.frozen("a/b/index.html")


def test_an_alias_without_its_slash_leads_there_too(tree: SiteTree) -> None:
    tree.entry("new", aliases="/old/")

    assert tree.app().test_client().get("/old").headers["Location"] == "/new/"


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        ("/?p=12", "'/?p=12' has the character '?', which is in no path"),
        ("https://example.org/x/", "'https://example.org/x/' is on another host"),
        ("//example.org/x/", "'//example.org/x/' is on another host"),
        ("../../x", "'../../x' leads out of the site"),
        ("'/x/#y'", "'/x/#y' has the character '#'"),
        ("/%ff/", "'/%ff/' has the character '%'"),
        ("/", "'/' is the address of 'index'"),
        ("/other/", "'/other/' is the address of 'other'"),
        ("/Other/", "'/Other/' is the address of 'other'"),
        ("/secret/", "'/secret/' is the address of 'secret'"),
        ("/new/", "'/new/' is the address of 'new'"),
        ("/tags/x/", "the site itself answers at '/tags/x/'"),
        ("/posts/page/2/", "the site itself answers at '/posts/page/2/'"),
        ("/posts/feed.xml", "the site itself answers at '/posts/feed.xml'"),
        ("/there.html", "'/there.html' cannot be where the file 'there.html' is"),
        ("/there.html/below/", "'/there.html/below/' cannot be where the file 'there.html' is"),
        ("[/one/, /taken/]", "'/taken/' is an alias of 'pages/aaa.md'"),
    ],
)
def test_an_alias_that_cannot_be_is_a_problem(tree: SiteTree, aliases: str, message: str) -> None:
    tree.entry("aaa", aliases="/taken")
    tree.entry("other")
    tree.entry("secret", draft="true")
    tree.write("pages/there.html", "<p>")
    tree.entry("new", aliases=aliases)

    (problem,) = tree.problems()

    assert (problem.path, problem.line) == ("pages/new.md", 3)
    assert message in problem.message
    assert problem.hint
    assert message.split("'")[1] in LexborHTMLParser(tree.get("/new/")).css(".problems")[0].text()


def test_the_same_alias_twice_in_one_entry_is_one(tree: SiteTree) -> None:
    tree.entry("new", aliases="[/old, /old/]")

    assert tree.problems() == []
    assert tree.get("/_redirects") == "/old/ /new/ 301\n"


def test_the_aliases_of_a_draft_lead_nowhere(tree: SiteTree) -> None:
    tree.entry("new", aliases="/old/", draft="true")

    assert tree.app().test_client().get("/old/").status_code == 404
    assert tree.get("/_redirects") == ""


def test_redirects_of_the_authors_own_come_first(tree: SiteTree) -> None:
    tree.write("pages/_redirects", "/x/* https://example.com/:splat 302")
    tree.entry("new", aliases="/old/")

    assert tree.get("/_redirects") == "/x/* https://example.com/:splat 302\n/old/ /new/ 301\n"


def test_old_urls_are_not_in_the_map_of_the_site(tree: SiteTree) -> None:
    tree.entry("new", aliases="/old/")

    assert "/old/" not in tree.get("/sitemap.xml")


def test_a_page_that_has_gone_is_told_unless_an_alias_leads_on(tree: SiteTree) -> None:
    for name in ("x", "y"):
        tree.entry(f"notes/research/{name}", tags="[t]")
    tree.entry("notes/research/index", per_page="1")
    tree.freeze()
    for name in ("x", "y"):
        (tree.folder / f"pages/notes/research/{name}.md").unlink()
    tree.entry("notes/research/z", aliases="y")

    changes = tree.freeze()

    assert "notes/research/page/2/index.html" in changes.removed
    assert changes.gone == ["/notes/research/x/"]


def test_the_report_of_a_freeze_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    names = (".nojekyll", "a b/index.html", "page.html", "posts/page/2/index.html", "tags/x/index.html", "x.pdf")

    report(Changes((), (), names, 1, 1))

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "was released before" in line] == [
        "/a b/ was released before and is gone: add an alias ('aliases: [/a b/]') to where it is now.",
        "/page.html was released before and is gone: add an alias ('aliases: [/page.html]') to where it is now.",
    ]


def test_every_page_is_in_the_map_of_the_site_once(tree: SiteTree) -> None:
    tree.write("pages/publications.bib", "@article{k, title={A work}, author={Ada}, year={2024}, journal={J}}")
    tree.write("pages/site.yml", "author: {name: Ada}")
    tree.entry("posts/index", per_page="2")
    for number in range(5):
        tree.entry(f"posts/p{number}", date="2026-01-01", tags="[x, 学习]", aliases=f"/old/{number}/")
    tree.entry("posts/hidden", date="2026-01-01", unlisted="true", tags="[h]")
    tree.entry("posts/secret", date="2026-01-01", draft="true", tags="[s]")

    tree.freeze()

    found = re.findall("<loc>https://example.org(.*?)</loc>", tree.frozen("sitemap.xml"))
    html = {name: data for name, data in tree.release().items() if name.endswith(".html")}
    shown = {name for name, data in html.items() if b"noindex" not in data and b'http-equiv="refresh"' not in data}
    pages = ["/" + quote(name.removesuffix("index.html")) for name in shown - {"404.html"}]
    assert sorted(found) == sorted(pages)
    assert "/posts/page/3/" in found


def test_the_frozen_bytes_of_every_address_are_the_served_ones(tree: SiteTree) -> None:
    tree.entry("posts/index", per_page="2")
    for number in range(5):
        tree.entry(f"posts/帖子 {number}", date="2026-01-01", tags="[a/b, 学习]", aliases=f"/旧/{number}", series="s")
    tree.freeze()

    client = tree.app().test_client()
    names = [name for name in tree.release() if not name.startswith("pagefind/")]
    for name in names:
        with client.get("/" + quote(name.removesuffix("index.html"))) as response:
            assert response.data == tree.release()[name], name
    assert {"posts/page/3/index.html", "旧/4/index.html", "tags/学习/feed.json", "_redirects"} <= set(names)
