"""The search: what can be found, in which words, at what cost, and what is there without it."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from app.folders import PROGRAM
from app.release.search import ENTRY, index, spaced

from .browser import hosted, opened, served
from .site_tree import SiteTree
from .test_browser import STRICT, watched

WITH_WASM = STRICT.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The policy of the search page: it runs a program of WebAssembly that comes from the site itself."""

BIB = """
    @article{folio2024, title = {Votes of the Many}, author = {Folio, Robin}, journal = {Journal of Samples}, year = {2024}}
"""


def filled(tree: SiteTree) -> SiteTree:
    """A site with texts in three languages, and some that are not to be found."""
    tree.write("pages/site.yml", "title: Robin Folio\nauthor:\n  name: Robin Folio\n")
    tree.write("pages/publications.bib", BIB)
    tree.entry("posts/index", "A list of nightingales.", title="Posts")
    tree.entry(
        "posts/loss",
        "## Method {#method}\n\nThe kernels of a loss $L(N)$.",
        title="On losses",
        date="2024-05-01",
        tags="[theory]",
    )
    tree.entry("posts/other", "A kernel, again. See [it](loss.md#method).", title="Another", date="2025-05-01")
    tree.entry(
        "notes/research/zh",
        "深度学习的标度律研究表明,损失函数随参数数量下降。",
        title="标度律笔记",
        lang="zh",
        updated="2025-01-02",
    )
    tree.entry("de", "Die Größe der Häuser am Übergang.", title="Über Maße", lang="de")
    tree.entry("hidden", "A nightingale sings.", unlisted="true", title="Hidden")
    tree.entry("draft", "A nightingale sings.", draft="true", title="Draft")
    return tree


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh window."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the release of that site is hosted, below a prefix."""
    tree = SiteTree(tmp_path_factory.mktemp("search"))
    tree.entry("index")
    filled(tree).freeze()
    with hosted(tree.folder / "build", "/repo/") as url:
        yield url


def under(page: Page, policy: str) -> None:
    """Let every page come with a Content-Security-Policy."""

    def answer(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})  # type: ignore[attr-defined]

    page.route("**/*", answer)


def found(page: Page, query: str) -> list[str]:
    """The titles that a query finds."""
    page.locator("[name=q]").fill(query)
    page.wait_for_function("() => document.querySelector('[role=status]').textContent.includes('result')")
    return page.locator("search h2").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kernel", ["Another", "On losses"]),
        ("loss", ["On losses"]),
        ("深度", ["标度律笔记"]),
        ("律研", ["标度律笔记"]),
        ("度深", []),
        ("损失函数 参数", ["标度律笔记"]),
        ("笔", ["标度律笔记"]),
        ("Größe", ["Über Maße"]),
        ("ubergang", ["Über Maße"]),
        ("Häuser", ["Über Maße"]),
        ("votes", ["Votes of the Many"]),
        ('"kernel again"', ["Another"]),
    ],
)
def test_words_of_any_language_find_the_pages_that_have_them(
    context: BrowserContext, address: str, query: str, titles: list[str]
) -> None:
    page = context.new_page()
    page.goto(f"{address}/search/")

    assert sorted(found(page, query)) == sorted(titles)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_narrow_screen_is_not_scrolled_sideways(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/search/")

    results = [Axe().run(page, options={"resultTypes": ["violations"]})]
    found(page, "kernel")
    results.append(Axe().run(page, options={"resultTypes": ["violations"]}))
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert [result.violations_count for result in results] == [0, 0], results[-1].generate_report()
    assert wide == 320


def test_the_files_of_the_search_are_not_told_as_changes(tree: SiteTree) -> None:
    filled(tree).freeze()
    tree.entry("posts/other", "Now with a nightingale.", title="Another", date="2025-05-01")

    changes = tree.freeze()

    assert not any(name.startswith("pagefind/") for name in (*changes.added, *changes.changed, *changes.removed))
    assert changes.files == len(tree.release())


@pytest.mark.parametrize("query", ["nightingale", "permalink", "references", "bibtex"])
def test_what_is_not_listed_and_what_is_no_text_is_not_found(context: BrowserContext, address: str, query: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/search/")

    assert found(page, query) == []
    assert page.get_by_role("status").inner_text().startswith(f"No result with “{query}”: try ")


def test_a_result_has_its_type_its_year_its_section_and_the_words_around_what_was_found(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/search/?q=kernels")

    row = page.locator("search li").filter(has_text="On losses")
    row.wait_for()

    assert row.locator(".details span").all_inner_texts() == ["Post", "2024", "Method"]
    assert row.get_by_role("link", name="Method").get_attribute("href") == "/repo/posts/loss/#method"
    assert row.locator("mark").all_inner_texts() == ["kernels"]
    assert not page.locator("#everything").is_visible()


def test_chinese_is_shown_without_the_spaces_of_the_index(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/search/?q=标度律")

    row = page.locator("search li").first
    row.wait_for()

    assert "深度学习的标度律研究表明,损失函数随参数数量下降。" in row.inner_text()
    assert row.locator("mark").count() > 0


def test_type_and_year_narrow_both_the_results_and_the_index(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/search/?q=kernel&year=2024")
    page.locator("search li").first.wait_for()

    narrow = page.locator("search h2").all_inner_texts()
    page.locator("[name=q]").fill("")
    page.wait_for_function("() => !document.querySelector('search li')")

    assert narrow == ["On losses"]
    assert page.get_by_role("status").inner_text() == "2 titles"
    assert page.locator("[data-type] li:visible").all_inner_texts() == ["On losses 2024", "Votes of the Many 2024"]
    assert page.locator("[name=type] option").all_inner_texts() == ["Every type", "Page", "Post", "Publication", "Research note"]
    assert page.url == f"{address}/search/?year=2024"


def test_the_keyboard_reaches_the_field_goes_through_the_results_opens_one_and_clears(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/search/")

    page.keyboard.press("/")
    page.keyboard.type("kernel")
    page.locator("search li").nth(1).wait_for()
    kept = page.url
    stops = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        stops.append(page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Escape")
    cleared = page.evaluate("[document.activeElement.name, document.activeElement.value]")
    page.keyboard.type("votes")
    page.locator("search li", has_text="Votes").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/publications/folio2024/")

    assert kept == f"{address}/search/?q=kernel"
    assert stops == ["Another", "On losses", "Another"]
    assert cleared == ["q", ""]


def test_the_search_works_under_a_strict_policy_that_allows_webassembly(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    under(page, WITH_WASM)
    wrong = watched(page)
    page.goto(f"{address}/search/")

    assert found(page, "loss") == ["On losses"]
    assert not wrong


def test_where_a_policy_forbids_webassembly_the_titles_are_searched(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    under(page, STRICT)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/search/?q=loss")

    page.get_by_role("status").filter(has_text="1 title.").wait_for()

    assert page.locator("[data-type] li:visible").all_inner_texts() == ["On losses 2024"]
    assert errors == []


def test_while_writing_and_from_a_disk_the_titles_are_searched(tree: SiteTree, context: BrowserContext) -> None:
    filled(tree).freeze()
    page = context.new_page()
    wrong = watched(page)

    seen = []
    with served(tree.app()) as live:
        for url in (f"{live}/search/", (tree.folder / "build" / "search" / "index.html").as_uri()):
            page.goto(url)
            page.locator("[name=q]").fill("über")
            page.get_by_role("status").filter(has_text="Only titles are searched here").wait_for()
            seen += page.locator("[data-type] li:visible").all_inner_texts()

    assert seen == ["Über Maße", "Über Maße"]
    assert [one for one in wrong if not one.startswith("elsewhere: file:")] == []


def test_without_a_script_the_page_is_an_index_of_everything_by_type_and_tag(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}/search/")

    assert page.locator("[data-type] h3").all_inner_texts() == ["Page", "Post", "Publication", "Research note"]
    assert page.locator("[data-type] li").all_inner_texts() == [
        "Über Maße", "Another 2025", "On losses 2024", "Votes of the Many 2024", "标度律笔记 2025",
    ]  # fmt: skip
    assert page.get_by_role("link", name="theory").is_visible()
    assert not page.get_by_role("searchbox").is_visible()
    context.close()


def test_the_index_leads_to_no_draft_and_to_nothing_unlisted(tree: SiteTree) -> None:
    filled(tree)

    page = tree.get("/search/")

    assert "Hidden" not in page
    assert "Draft" not in page


def test_only_the_search_page_loads_anything_of_the_search(tree: SiteTree) -> None:
    filled(tree).freeze()

    loading = {name for name, data in tree.release().items() if re.search(rb"/static/search\.[^\"]*js\"", data)}

    assert loading == {"search/index.html"}


def test_a_release_has_of_pagefind_only_what_the_page_loads(tree: SiteTree) -> None:
    filled(tree).freeze()

    names = {re.sub(r"en_[0-9a-f]+", "en", name) for name in tree.release() if name.startswith("pagefind/")}

    assert names == {
        ENTRY, "pagefind/pagefind.js", "pagefind/pagefind.en.pf_meta", "pagefind/wasm.en.pagefind",
        "pagefind/index/en.pf_index", "pagefind/fragment/en.pf_fragment", "pagefind/facets.json",
    }  # fmt: skip


def test_two_releases_of_the_same_files_have_the_same_bytes(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tree)
    texts(tree, 150)

    releases: list[dict[str, bytes]] = []
    for threads in ("1", "2", "2"):
        monkeypatch.setenv("RAYON_NUM_THREADS", threads)
        tree.freeze(f"build{len(releases)}")
        releases.append(tree.release(f"build{len(releases)}"))

    assert releases[0] == releases[1] == releases[2]
    entry = json.loads(releases[0][ENTRY])
    assert entry["include_characters"] == sorted(entry["include_characters"])


def test_a_site_with_nothing_to_find_has_no_index(tree: SiteTree) -> None:
    changes = tree.freeze()

    assert changes.without_search == ""
    assert [name for name in tree.release() if name.startswith("pagefind/")] == [ENTRY]


def test_without_pagefind_the_release_is_made_and_says_why_it_has_no_search(tree: SiteTree) -> None:
    filled(tree)
    around = {**os.environ, "PATH": "/nowhere", "PYTHONPATH": str(PROGRAM)}
    block = "import sys; sys.modules['pagefind_bin'] = None; sys.modules['pagefind_bin_extended'] = None\n"
    tree.write("blocked/sitecustomize.py", block)
    around["PYTHONPATH"] = os.pathsep.join([str(tree.folder / "blocked"), str(PROGRAM)])
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "freeze"]

    run = subprocess.run(command, env=around, capture_output=True, text=True, check=False, cwd=tree.folder)

    assert run.returncode == 0, run.stderr
    assert "The search page is an index only: FileNotFoundError: Could not find pagefind binary" in run.stdout
    assert [name for name in tree.release() if name.startswith("pagefind/")] == [ENTRY]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p title="深度">深度 learning</p>', '<p title="深度"> 深  度  learning</p>'),
        ("<p>かな。</p>", "<p> か  な  。 </p>"),
        ("<span>Fall</span><span>2025</span>", "<span>Fall</span> <span>2025</span>"),
        ("<p>naïve</p>", "<p>naïve</p>"),
    ],
)
def test_words_are_parted_for_the_index(html: str, expected: str) -> None:
    assert spaced(html) == expected


VOCABULARY = [
    "kernel", "loss", "gradient", "sharpness", "prior", "posterior", "spectrum", "noise", "label", "margin", "width",
    "depth", "scale", "token", "sample", "vote", "seed", "budget", "exponent", "fit", "residual", "estimator", "bound",
    "lemma", "proof", "corpus", "archive", "minimum", "basin", "curvature",
]  # fmt: skip


def texts(tree: SiteTree, count: int) -> None:
    """So many notes of about 300 words each."""
    for number in range(count):
        words = islice(cycle(VOCABULARY[number % 7 :] + VOCABULARY[: number % 5] + [f"word{number}"]), 300)
        tree.entry(
            f"notes/research/n{number:04}", " ".join(words) + ".", title=f"Note {number}", updated=f"20{number % 25:02}-01-02"
        )


def test_an_index_and_a_first_query_stay_small_and_quick(tree: SiteTree, context: BrowserContext) -> None:
    texts(tree, 200)
    tree.freeze()
    began = time.perf_counter()
    reason = index(tree.folder / "build", "en")
    taken = time.perf_counter() - began
    moved: list[Response] = []
    page = context.new_page()

    with hosted(tree.folder / "build") as address:
        page.goto(f"{address}/search/")
        page.on("response", lambda response: moved.append(response))  # noqa: PLW0108  Playwright marks what it calls
        titles = found(page, "curvature")
        page.wait_for_load_state("networkidle")
        size = sum(min(len(body), len(gzip.compress(body))) for body in (one.body() for one in moved))
        waited = page.evaluate(TIMED)

    assert reason == ""
    assert taken < 4
    assert len(titles) == 4
    assert size <= 120_000
    assert waited < 400


TIMED = """async () => {
  const list = document.querySelector("search ol"), input = document.querySelector("[name=q]");
  const shown = new Promise((done) => new MutationObserver(done).observe(list, { childList: true }));
  const began = performance.now();
  input.value = "residual";
  input.form.requestSubmit();
  await shown;
  return performance.now() - began;
}"""
"""The milliseconds from a query to its results."""


def test_the_part_of_the_index_that_a_word_loads_is_small(tree: SiteTree) -> None:
    texts(tree, 200)
    tree.freeze()

    parts = sorted(file.stat().st_size for file in Path(tree.folder / "build/pagefind/index").iterdir())

    assert len(parts) > 5
    assert parts[len(parts) // 2] < 12_000
