"""Languages: an entry's siblings, where links lead from each, and what every list, feed and head says of them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.advice import advice
from app.cli import main
from app.content.languages import direction, parted, tag_of
from app.content.names import id_of, name_problem

from .browser import hosted, opened
from .site_tree import SiteTree


@pytest.fixture
def two(tree: SiteTree) -> SiteTree:
    """A site in English with a Chinese sibling of its home page, of a list and of one of its two notes."""
    tree.write("pages/site.yml", "title: A Site\nnavigation: [notes, about]\n")
    tree.entry("index", "[Notes](notes/index.md)", title="Home", sections="[notes/research]")
    tree.entry("index.zh", "[笔记](notes/index.md)、[[far]]、[[both]]", title="主页", sections="[notes/research]")
    tree.entry("about")
    tree.entry("notes/index", title="Notes", sections="[notes/research]")
    tree.entry("notes/index.zh", title="笔记", sections="[notes/research]")
    tree.entry("notes/research/index", title="Research")
    tree.entry("notes/research/both", "::: theorem {#thm:a}\nA.\n:::\n\n[[far]]", title="Both", date="2026-01-02", tags="[one]")
    tree.entry(
        "notes/research/both.zh",
        "::: theorem {#thm:a} 名\n甲。\n:::\n\n@thm:a [[far]]",
        title="两者",
        date="2026-01-02",
        tags="[一]",
    )
    tree.entry("notes/research/far", "By @thm:a, see [both](both.md).", title="Far", date="2026-01-01", tags="[two]")
    return tree


def page(tree: SiteTree, url: str) -> LexborHTMLParser:
    return LexborHTMLParser(tree.get(url))


def first(html: LexborHTMLParser, selector: str) -> LexborNode:
    node = html.css_first(selector)
    assert node is not None
    return node


def hrefs(html: LexborHTMLParser, selector: str) -> list[str]:
    return [node.attributes["href"] or "" for node in html.css(selector)]


@pytest.mark.parametrize(
    ("stem", "original", "tag"),
    [("notes/x.zh", "notes/x", "zh"), ("index.zh", "index", "zh"), ("x.zh-hant", "x", "zh-Hant"), ("x.PT-br", "x", "pt-BR"),
     ("a.b.de", "a.b", "de"), ("notes/v1.2", "notes/v1.2", ""), ("name.draft", "name.draft", ""), ("x.pdf", "x.pdf", ""),
     ("x.xx", "x.xx", ""), (".zh", ".zh", ""), ("a/.zh", "a/.zh", ""), ("a.zh/x", "a.zh/x", ""), ("x.de-", "x.de-", "")],
)  # fmt: skip
def test_a_name_ends_in_a_language_or_in_something_else(stem: str, original: str, tag: str) -> None:
    assert parted(stem) == (original, tag)


@pytest.mark.parametrize(
    ("path", "id"),
    [("notes/x.zh", "zh/notes/x"), ("index.zh", "zh"), ("notes/index.zh", "zh/notes"), ("notes/v1.2", "notes/v1.2")],
)
def test_a_sibling_has_its_language_before_its_path(path: str, id: str) -> None:
    assert id_of(path) == id


@pytest.mark.parametrize("path", ["pages/zh/tags.md", "pages/zh/search.md", "pages/search.zh.md", "pages/tags/x.md"])
def test_what_the_site_itself_answers_in_every_language_is_nobodys_name(path: str) -> None:
    problem = name_problem(path)

    assert problem
    assert problem.message == "the site itself answers at this address"
    assert name_problem("pages/ab/cd/tags.md") is None


@pytest.mark.parametrize(
    ("tag", "way"), [("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("zh", "ltr"), ("", "ltr")]
)
def test_a_language_is_written_one_way(tag: str, way: str) -> None:
    assert direction(tag) == way


def test_no_word_without_a_language_is_a_tag() -> None:
    assert [tag_of(word) for word in ("", "z", "zho", "12", "zh_TW", "zh-TW")] == ["", "", "", "", "", "zh-TW"]


def test_a_sibling_is_of_the_type_of_its_original_and_in_the_language_of_its_name(two: SiteTree) -> None:
    site = two.site()
    both, home = site.entry("zh/notes/research/both"), site.entry("zh")

    assert two.problems() == []
    assert both
    assert home
    assert (both.kind_of_entry, both.lang, both.url, both.original) == (
        "research_note", "zh", "/zh/notes/research/both/", "notes/research/both",
    )  # fmt: skip
    assert (home.kind_of_entry, home.url, home.original) == ("listing", "/zh/", "index")


def test_pages_with_siblings_name_them_in_their_heads_and_lead_to_them(two: SiteTree) -> None:
    for url, language, other in (("/notes/research/both/", "en", "zh"), ("/zh/notes/research/both/", "zh", "en")):
        html = page(two, url)
        named = {node.attributes["hreflang"]: node.attributes["href"] for node in html.css("link[hreflang]")}
        switch = first(html, ".language a")

        assert named == {
            "en": "https://example.org/notes/research/both/",
            "zh": "https://example.org/zh/notes/research/both/",
            "x-default": "https://example.org/notes/research/both/",
        }
        assert (first(html, "html").attributes["lang"], switch.attributes["lang"], switch.attributes["hreflang"]) == (
            language, other, other,
        )  # fmt: skip
        assert switch.text() == {"en": "English", "zh": "中文"}[other]


@pytest.mark.parametrize("url", ["/about/", "/notes/research/far/", "/map/", "/404.html", "/nowhere/"])
def test_pages_without_siblings_have_no_switch(two: SiteTree, url: str) -> None:
    html = page(two, url)

    assert html.css("link[hreflang]") == []
    assert html.css(".language") == []


def test_links_names_and_labels_lead_to_the_page_in_the_same_language(two: SiteTree) -> None:
    home, both, far = (page(two, url) for url in ("/zh/", "/zh/notes/research/both/", "/notes/research/far/"))

    assert hrefs(home, ".prose a") == ["notes/", "../notes/research/far/", "notes/research/both/"]
    assert first(both, ".prose .reference > a").text() == "定理\u00a01"
    assert first(both, ".theorem .number").text() == "定理 1"
    assert hrefs(far, ".prose a")[0] == "../both/#thm:a"
    assert hrefs(far, ".prose a")[-1] == "../both/"


def test_the_menu_leads_to_siblings_where_there_are_some(two: SiteTree) -> None:
    html = page(two, "/zh/notes/research/both/")

    assert [(node.text(), node.attributes["href"]) for node in html.css("header nav li:not(.language) a")] == [
        ("笔记", "../../"), ("About", "../../../../about/"),
    ]  # fmt: skip
    assert hrefs(html, ".home") == ["../../../"]
    assert first(html, ".skip").text() == "跳到正文"


def test_a_list_has_every_entry_once_in_its_own_language_where_it_can(two: SiteTree) -> None:
    chinese, english = page(two, "/zh/notes/"), page(two, "/notes/")

    assert [node.text() for node in chinese.css(".row h3 a")] == ["两者", "Far"]
    assert [node.attributes.get("lang") for node in chinese.css(".row")] == [None, "en"]
    assert [node.text() for node in chinese.css(".row .status")] == ["[进行中]", "[Ongoing]"]
    assert [node.text() for node in english.css(".row h3 a")] == ["Both", "Far"]


def test_mentions_are_seen_from_each_language(two: SiteTree) -> None:
    chinese, english = page(two, "/zh/notes/research/both/"), page(two, "/notes/research/far/")

    assert [(node.text(), node.parent.attributes.get("lang")) for node in chinese.css(".mentions a") if node.parent] == [
        ("Far", "en")
    ]
    assert [node.text() for node in english.css(".mentions a")] == [
        "Both",
    ]


def test_tags_and_the_search_are_there_in_each_language(two: SiteTree) -> None:
    tags, search = page(two, "/zh/tags/"), page(two, "/zh/search/")

    assert [node.text() for node in tags.css(".tags a")] == ["一"]
    assert [node.text() for node in page(two, "/tags/").css(".tags a")] == ["one", "two"]
    assert [node.text() for node in page(two, "/zh/tags/一/").css(".row a")] == ["两者"]
    assert {node.text(): node.attributes.get("lang") for node in search.css("[data-type] a")} == {
        "两者": None, "Both": "en", "Far": "en", "About": "en",
    }  # fmt: skip
    assert first(search, "h1").text() == "搜索"
    assert hrefs(search, ".language a") == ["../../search/"]
    assert two.app().test_client().get("/fr/tags/").status_code == 404


def test_a_language_has_feeds_of_its_own_entries(two: SiteTree) -> None:
    chinese, english = json.loads(two.get("/zh/feed.json")), json.loads(two.get("/feed.json"))

    assert [item["title"] for item in chinese["items"]] == ["两者"]
    assert (chinese["language"], chinese["title"]) == ("zh", "A Site (中文)")
    assert (chinese["home_page_url"], chinese["feed_url"]) == ("https://example.org/zh/", "https://example.org/zh/feed.json")
    assert [item["title"] for item in english["items"]] == ["Both", "Far"]
    assert 'xml:lang="zh"' in two.get("/zh/notes/feed.xml")


def test_the_site_map_tells_of_siblings(two: SiteTree) -> None:
    text = two.get("/sitemap.xml")

    (line,) = (line for line in text.splitlines() if "<loc>https://example.org/zh/notes/</loc>" in line)
    assert 'hreflang="en" href="https://example.org/notes/"' in line
    assert 'hreflang="zh" href="https://example.org/zh/notes/"' in line
    assert "<loc>https://example.org/zh/tags/</loc>" in text
    assert "xhtml" not in SiteTree(two.folder).get("/sitemap.xml").split("<loc>https://example.org/about/")[1].splitlines()[0]


def test_a_release_has_all_of_it_and_no_dead_link(two: SiteTree) -> None:
    two.freeze()

    names = two.release()
    assert {
        "zh/index.html",
        "zh/notes/index.html",
        "zh/notes/research/both/index.html",
        "zh/feed.xml",
        "zh/tags/一/index.html",
    } <= names.keys()
    assert "notes/research/both.zh/index.html" not in names


def test_an_edit_of_a_sibling_shows_on_every_page_of_the_next_release(two: SiteTree) -> None:
    two.freeze()
    two.entry("notes/research/far.zh", "甲", title="远", date="2026-01-01")

    two.freeze()

    assert "远" in two.frozen("zh/notes/index.html")
    assert 'hreflang="zh"' in two.frozen("notes/research/far/index.html")
    before = two.release()
    (two.folder / ".octavo").rename(two.folder / "kept")
    two.freeze("anew")
    assert two.release("anew") == before


@pytest.mark.parametrize(
    ("path", "fields", "message"),
    [("lonely.zh", {}, "this is a translation of 'pages/lonely.md', which is not there"),
     ("about.cs", {}, "there are no interface words in 'cs'; there are some in de, en, es, fr, zh"),
     ("about.zh", {"lang": "de"}, "lang: this is 'de', and the name of the file says 'zh'"),
     ("about.en", {}, "'pages/about.md' is in the language 'en' already")],
)  # fmt: skip
def test_a_sibling_that_cannot_be_one_is_told(two: SiteTree, path: str, fields: dict[str, str], message: str) -> None:
    two.entry(path, **fields)

    (problem,) = two.problems()

    assert (problem.path, problem.message) == (f"pages/{path}.md", message)
    assert problem.hint


def test_a_sibling_and_a_file_in_a_folder_of_its_language_are_told_apart(two: SiteTree) -> None:
    two.entry("zh/notes/research/both")

    assert "this has the same address as" in str(two.problems())


def test_a_sibling_that_is_older_than_its_original_is_told_and_is_no_mistake(two: SiteTree) -> None:
    two.entry("notes/research/far", title="Far", date="2026-01-01", updated="2026-03-01")
    two.entry("notes/research/far.zh", title="远", date="2026-01-01")

    (told,) = [one for one in advice(two.site(), date(2026, 2, 1)) if "translation" in one.message]
    result = CliRunner().invoke(main, ["--site", str(two.folder), "check"])

    assert told.path == "pages/notes/research/far.zh.md"
    assert told.message == "this translation is of 2026-01-01, and 'pages/notes/research/far.md' was changed on 2026-03-01"
    assert (result.exit_code, "this translation is of" in result.output) == (0, True)


def test_a_draft_sibling_is_nowhere_until_drafts_are_shown(two: SiteTree) -> None:
    two.entry("about.zh", title="关于", draft="true")

    assert "关于" not in two.get("/zh/")
    assert two.app().test_client().get("/zh/about/").status_code == 404
    assert "关于" in two.get("/zh/", drafts=True)


def test_a_site_in_german_speaks_german(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "title: Ein Ort\nlang: de\n")
    tree.entry(
        "notes/research/x",
        "::: proof\nA.\n:::\n\n![A](https://a.b/c.png 'T')",
        date="2026-10-03",
        updated="2026-10-04",
        abstract="Kurz.",
    )

    note, gone, search = (tree.get(url) for url in ("/notes/research/x/", "/404.html", "/search/"))

    for words in ("Zum Text springen", "Zusammenfassung", "[Laufend]", "3. Oktober 2026", "aktualisiert am", "Beweis.",
                  "Abbildung 1.", "Schlagwörter", "Zuletzt aktualisiert am", "Den Code kopieren"):  # fmt: skip
        assert words in note
    assert '<html lang="de"' in gone
    assert "Unter dieser Adresse gibt es keine Seite" in gone
    assert "Forschungsnotiz" in search
    assert "hreflang" not in note


def test_an_entry_in_a_language_of_its_own_is_shown_in_it(tree: SiteTree) -> None:
    tree.entry("notes/research/x", date="2026-10-03", lang="de", abstract="Kurz.")
    tree.entry("notes/research/y", date="2026-10-03", lang="ar")

    german, arabic = page(tree, "/notes/research/x/"), page(tree, "/notes/research/y/")

    assert tree.problems() == []
    assert first(german, ".abstract h2").text() == "Zusammenfassung"
    assert (first(arabic, "html").attributes["lang"], first(arabic, "html").attributes["dir"]) == ("ar", "rtl")
    assert (first(arabic, "footer").attributes["lang"], first(arabic, "footer").attributes["dir"]) == ("en", "ltr")


ARABIC = """
هذه فقرة طويلة بما يكفي لتملأ السطر، وفيها صيغة $a^2 + b^2 = c^2$ ورمز `print(x)`.^[ملاحظة على الهامش.]

- أول
- ثان

| عمود | آخر |
| :-- | --: |
| قيمة | 1 |

```python
for x in range(10):
    print(x)
```

$$
\\int_0^1 f(x) \\, dx = F(1) - F(0)
$$

> [!NOTE]
> تنبيه.
"""


def test_a_page_from_right_to_left_fits_every_screen_and_its_code_and_formulas_stay(tree: SiteTree) -> None:
    tree.entry("x", ARABIC, title="صفحة", lang="ar", date="2026-01-01")
    tree.freeze()

    with hosted(Path(tree.folder, "build")) as address, opened() as browser:
        for width in (320, 1400):
            shown = browser.new_page(viewport={"width": width, "height": 900})
            shown.goto(f"{address}/x/")
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
            ways = [
                shown.evaluate(f"getComputedStyle(document.querySelector('{one}')).direction")
                for one in ("p", "pre", "math", ":not(pre) > code")
            ]
            assert ways == ["rtl", "ltr", "ltr", "ltr"]
            left, right = (
                shown.evaluate(f"document.querySelector('{one}').getBoundingClientRect().left") for one in ("td:last-child", "td")
            )
            assert left < right


def test_a_site_without_siblings_says_nothing_of_languages(tree: SiteTree) -> None:
    tree.entry("notes/v1.2", title="Version")
    tree.freeze()

    html = b"".join(data for name, data in tree.release().items() if name.endswith(".html"))

    assert re.search(rb'hreflang|class="language"|xhtml', html) is None
    assert "notes/v1.2/index.html" in tree.release()


def test_pages_asked_for_in_one_application_context_keep_their_own_languages(two: SiteTree) -> None:
    app = two.app()

    with app.app_context():
        pages = [app.test_client().get(url).get_data(as_text=True) for url in ("/notes/", "/zh/notes/")]

    assert ['<html lang="en"' in pages[0], '<html lang="zh"' in pages[1]] == [True, True]
