"""The head of every page: what search engines, other sites and programs read of it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from app.application import VIEWS, create_app
from app.config import Config
from app.folders import PROGRAM
from app.release import freeze

from .browser import hosted, opened
from .site_tree import BASE_URL, SiteTree

REQUIRED = {
    "Person": {"name", "url"},
    "WebSite": {"name", "url", "inLanguage"},
    "BlogPosting": {"headline", "author", "datePublished", "image", "url"},
    "ScholarlyArticle": {"headline", "author", "datePublished", "url"},
    "Course": {"name", "description", "provider"},
    "BreadcrumbList": {"itemListElement"},
    "Thesis": {"name", "author"},
    "Report": {"name", "author"},
    "SoftwareSourceCode": {"name", "author"},
    "Dataset": {"name", "author"},
}
"""What a thing of each type must say, after what Google asks for and schema.org has."""

STRANGE = {
    "long": "x" * 2000,
    "words": "many words " * 200,
    "chinese": "深度学习的科学",
    "arabic": "نظرية قوانين القياس",
    "emoji": "A prize 🎉",
    "markup": '</script><script>alert(1)</script> & "quotes" <b>',
    "comment": "<!--<script>",
    "formula": r"On $L^2$ and $\frac{a}{b}$",
}

Head = dict[str, str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, frozen."""
    out = tmp_path_factory.mktemp("demo") / "build"
    freeze(create_app(PROGRAM, Config(base_url=BASE_URL, cache=False)), VIEWS, out)
    return out


def pages(release: Path) -> Iterator[tuple[str, str]]:
    """The path of each page of a release that shows something, and its HTML."""
    for file in sorted(release.rglob("*.html")):
        html = file.read_text("utf-8")
        if file.name == "index.html" and 'http-equiv="refresh"' not in html:
            yield quote(file.parent.relative_to(release).as_posix().removeprefix(".")), html


def properties(html: str) -> Head:
    """Open Graph's properties, and the metadata with names, of a page; the last where there are several."""
    nodes = LexborHTMLParser(html).css("head meta[content]")
    return {one.attributes.get("property") or one.attributes.get("name") or "": one.attributes["content"] or "" for one in nodes}


def graph(html: str) -> list[dict[str, Any]]:
    """The things that the JSON-LD of a page describes."""
    found = [json.loads(node.text()) for node in LexborHTMLParser(html).css('head > script[type="application/ld+json"]')]
    assert all(one["@context"] == "https://schema.org" for one in found)
    return [thing for one in found for thing in one["@graph"]]


def thing(html: str, type: str) -> dict[str, Any]:
    """The one thing of a type."""
    (found,) = (one for one in graph(html) if one["@type"] == type)
    return found


def test_every_page_of_the_demo_says_what_its_types_require(demo: Path) -> None:
    types = set()
    for path, html in pages(demo):
        for one in graph(html):
            types.add(one["@type"])
            assert REQUIRED[one["@type"]] <= one.keys(), (path, one)
            assert all(value not in ("", [], None) for value in one.values()), (path, one)

    assert types >= {"Person", "WebSite", "BlogPosting", "ScholarlyArticle", "Course", "BreadcrumbList"}


def test_every_page_below_the_root_says_the_way_to_it(demo: Path) -> None:
    for path, html in pages(demo):
        if path not in ("", "zh"):
            steps = thing(html, "BreadcrumbList")["itemListElement"]

            assert [one["position"] for one in steps] == list(range(1, len(steps) + 1))
            assert steps[0]["item"] == f"{BASE_URL}zh/" if path.startswith("zh/") else BASE_URL
            assert steps[-1]["item"] == f"{BASE_URL}{path}/"
            for one in steps:
                assert one["name"]
                assert (demo / unquote(one["item"].removeprefix(BASE_URL)) / "index.html").exists(), (path, one)


def test_every_page_can_be_shown_beside_a_link(demo: Path) -> None:
    for path, html in pages(demo):
        found = properties(html)
        canonical = LexborHTMLParser(html).css("link[rel=canonical]")

        assert {"og:title", "og:type", "og:site_name", "og:locale", "og:image", "og:image:alt"} <= found.keys(), path
        assert found["og:url"] == f"{BASE_URL}{path}/".replace("org//", "org/")
        assert [one.attributes["href"] for one in canonical] == [found["og:url"]]
        assert found["twitter:card"] == "summary_large_image"
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert (demo / unquote(found["og:image"].removeprefix(BASE_URL))).read_bytes().startswith(b"\x89PNG")
        assert len(found.get("description", "")) <= 201
        assert found.get("description") == found.get("og:description")


def test_the_head_weighs_little(demo: Path) -> None:
    weights = []
    for _, html in pages(demo):
        head = LexborHTMLParser(html).css_first("head")
        assert head
        for node in head.css('[name^="citation_"], link[rel=stylesheet], script[src]'):
            node.decompose()
        weights.append(len(gzip.compress((head.html or "").encode(), mtime=0)))

    assert max(weights) <= 1600
    assert sum(weights) / len(weights) <= 1200


def test_the_home_page_says_whose_site_it_is(tree: SiteTree) -> None:
    tree.write(
        "pages/site.yml",
        """
        title: Notes
        description: What I found out.
        author:
          name: Robin Folio
          position: PhD student
          affiliation: Sample Institute
          portrait: me.svg
          email: robin@example.org
          orcid: 0000-0002-1825-0097
          links:
            - {label: Code, url: "https://code.example.org/"}
        """,
    )
    tree.write("pages/me.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>')
    tree.entry("index", template="home.html")

    html = tree.get("/")

    person = thing(html, "Person")
    assert (person["name"], person["url"], person["jobTitle"]) == ("Robin Folio", BASE_URL, "PhD student")
    assert person["image"] == f"{BASE_URL}me.svg"
    assert person["sameAs"] == ["https://orcid.org/0000-0002-1825-0097", "https://code.example.org/"]
    assert thing(html, "WebSite")["description"] == properties(html)["description"] == "What I found out."
    assert {one.attributes["href"] for one in LexborHTMLParser(html).css("a[rel=me]")} >= set(person["sameAs"])
    assert properties(html)["og:type"] == "website"


def test_a_post_says_when_it_was_written_and_by_whom(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "author: {name: Robin Folio}\nlang: en-GB\n")
    tree.entry("posts/a", date="2026-01-02", updated="2026-02-03", tags="[one, two]", authors="[Ada Example, Robin Folio]",
               summary="It *says* much.")  # fmt: skip

    html = tree.get("/posts/a/")

    post, found = thing(html, "BlogPosting"), properties(html)
    assert (post["datePublished"], post["dateModified"], post["keywords"]) == ("2026-01-02", "2026-02-03", ["one", "two"])
    assert [one.get("url") for one in post["author"]] == [None, BASE_URL]
    assert (found["og:type"], found["og:locale"]) == ("article", "en_GB")
    assert (found["article:published_time"], found["article:modified_time"]) == ("2026-01-02", "2026-02-03")
    assert re.findall('property="article:tag" content="(.*?)"', html) == ["one", "two"]
    assert found["description"] == post["description"] == "It says much."


def test_a_course_and_what_was_done_for_one_are_told_apart(tree: SiteTree) -> None:
    tree.entry("teaching/a", course="SIT-120", institution="Sample Institute")
    tree.entry("notes/courses/b", course="CS-439", course_title="Optimisation", institution="EPFL", date="2026-01-02")

    course, project = tree.get("/teaching/a/"), tree.get("/notes/courses/b/")

    assert thing(course, "Course")["provider"] == {"@type": "Organization", "name": "Sample Institute"}
    about = thing(project, "ScholarlyArticle")["about"]
    assert (about["@type"], about["name"], about["courseCode"]) == ("Course", "Optimisation", "CS-439")


def test_a_page_is_described_by_its_beginning_where_nothing_else_introduces_it(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "description: The whole site.\n")
    tree.entry("about", body="The *first* paragraph.[^1]\n\nThe second.\n\n[^1]: A note.\n")
    tree.entry("empty", body="")

    assert properties(tree.get("/about/"))["description"] == "The first paragraph."
    assert "description" not in properties(tree.get("/empty/"))
    assert properties(tree.get("/"))["description"] == "The whole site."


def test_a_long_description_is_cut_after_a_word(tree: SiteTree) -> None:
    tree.entry("about", body="A sentence, " * 100)

    described = properties(tree.get("/about/"))["description"]

    assert described.removesuffix("…").split()[-1] in ("A", "sentence")
    assert 180 < len(described) <= 200


def test_a_text_without_spaces_is_cut_between_its_characters(tree: SiteTree) -> None:
    tree.entry("about", body="语言模型的损失 " + "随参数量按幂律下降，" * 40)

    assert len(properties(tree.get("/about/"))["description"]) == 200


def test_the_home_page_in_another_language_is_a_home_page(tree: SiteTree) -> None:
    tree.entry("index.zh", title="首页")
    tree.entry("about", title="About")
    tree.entry("about.zh", title="关于")

    home, about = tree.get("/zh/"), tree.get("/zh/about/")

    assert [one["@type"] for one in graph(home)] == ["Person", "WebSite"]
    steps = thing(about, "BreadcrumbList")["itemListElement"]
    assert [(one["name"], one["item"]) for one in steps] == [("首页", f"{BASE_URL}zh/"), ("关于", f"{BASE_URL}zh/about/")]
    assert properties(about)["og:locale"] == "zh_CN"


@pytest.mark.parametrize("title", STRANGE.values(), ids=STRANGE)
def test_no_title_can_break_the_head(tree: SiteTree, title: str) -> None:
    tree.entry(
        "posts/a", title=json.dumps(title, ensure_ascii=False), date="2026-01-02", summary=json.dumps(title, ensure_ascii=False)
    )

    html = tree.get("/posts/a/")

    page = LexborHTMLParser(html)
    expected = "On L² and a/b" if "$" in title else title.strip()
    assert thing(html, "BlogPosting")["headline"] == expected
    assert properties(html)["og:title"] == expected
    assert page.css("title")[0].text() == f"{expected} – Notes"
    assert {one.tag for one in page.css("head > *")} <= {"meta", "title", "link", "script"}
    assert len(page.css("head > script:not([src])")) == 1
    assert "alert(1)</script>" not in html.replace("&lt;", "<").partition("<body>")[0].partition("ld+json")[2]


def test_the_entrys_own_picture_wins_where_others_can_show_it(tree: SiteTree) -> None:
    out = BytesIO()
    Image.new("RGB", (640, 320), "teal").save(out, "PNG")
    tree.write("pages/posts/shot.png", out.getvalue())
    tree.write("pages/posts/drawn.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>')
    tree.entry("posts/a", date="2026-01-02", image="shot.png")
    tree.entry("posts/b", date="2026-01-02", image="drawn.svg")

    own, drawing = (properties(tree.get(f"/posts/{name}/")) for name in "ab")

    assert (own["og:image"], own["og:image:width"], own["og:image:height"]) == (f"{BASE_URL}posts/shot.png", "640", "320")
    assert drawing["og:image"] == f"{BASE_URL}cards/posts/b.png"


def test_a_site_without_an_address_claims_none(tree: SiteTree) -> None:
    tree.entry("posts/a", date="2026-01-02")
    client = tree.app(base_url=None).test_client()

    for url in ("/", "/posts/a/", "/tags/"):
        html = client.get(url).get_data(as_text=True)
        found = properties(html)

        assert found["og:title"]
        assert not {"og:url", "og:image"} & found.keys()
        assert "canonical" not in html
        assert not [one for one in graph(html) if "url" in one or one["@type"] == "BreadcrumbList"]


def test_a_page_for_what_is_not_there_says_nothing_of_itself(tree: SiteTree) -> None:
    html = tree.get("/404.html")

    assert "canonical" not in html
    assert "og:" not in html
    assert "ld+json" not in html


def test_a_draft_and_an_unlisted_page_are_not_to_be_found(tree: SiteTree) -> None:
    tree.entry("about", unlisted="true")
    tree.entry("plan", draft="true")

    robots = [properties(tree.get(url, drafts=True)).get("robots") for url in ("/about/", "/plan/", "/")]

    assert robots == ["noindex", "noindex", None]


def test_a_portrait_that_is_missing_is_told_and_the_page_goes_on(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "author: {name: Robin Folio, portrait: nowhere.png}\n")

    assert "image" not in thing(tree.get("/"), "Person")
    assert [problem.path for problem in tree.problems()] == ["pages/site.yml"]


def test_a_browser_runs_none_of_it_and_finds_nothing_against_the_policy(demo: Path) -> None:
    said: list[str] = []
    with hosted(demo) as address, opened() as browser:
        context = browser.new_context()
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        context.route("**/*", with_policy)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in ("/", "/posts/a-folder-of-markdown/", "/publications/folio2026hovering/"):
            page.goto(f"{address}{path}", wait_until="networkidle")
        things = page.evaluate(
            "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent)['@graph'].length"
        )

    assert said == []
    assert things == 2
    assert all(url.startswith(address) for url in asked)


def with_policy(route: Any) -> None:
    """Answer with the strict policy that the pages must work under."""
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": "default-src 'self'"})
