"""What a freeze would change, as words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import VIEWS
from app.cli import main
from app.release.blocks import Block, text_of
from app.release.differences import Differences, Unknown, would_differ
from app.release.freezer import Options
from app.release.wording import AROUND, Piece, changes_in, pieces, shortened

from .browser import opened
from .site_tree import SiteTree

PROSE = "The loss falls as a power of the number of parameters."


def diff(tree: SiteTree, *words: str | Path, colour: bool = False) -> Result:
    """What `octavo diff` does."""
    address = ("--base-url", "https://example.org/")
    return CliRunner().invoke(main, ["--site", str(tree.folder), "diff", *address, *map(str, words)], color=colour)


def found(tree: SiteTree, url: str = "") -> Differences:
    """What would be otherwise."""
    return would_differ(tree.app(), VIEWS, tree.folder / "build", Options(), url)


def texts(html: str) -> list[str]:
    """The blocks of a page."""
    return [block.text for block in text_of(f"<body><nav>Menu</nav><main>{html}</main>".encode()).blocks]


def inline(old: str, new: str) -> str:
    """Two texts as one, with signs around what is only in one of them."""
    signs = {"both": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces(old, new))


def test_headings_paragraphs_items_cells_and_lines_of_code_are_blocks() -> None:
    html = (
        "<h1>A <em>title</em></h1><p>One\n two.</p>loose<ul><li>a<ul><li>b</li></ul>c</li></ul>"
        "<table><tr><th>x</th><td>1<br>2</td></tr></table><pre><code><span>def</span> f():\n    return 1\n</code></pre>"
    )

    found = texts(html)

    assert found == ["A title", "One two.", "loose", "a", "b", "c", "x", "1", "2", "def f():", "return 1"]


def test_formulas_are_characters_and_pictures_their_words() -> None:
    formula = "<math><msup><mi>x</mi><mn>2</mn></msup></math>"
    html = f'<p>Let {formula} be <img alt="a plot"> and <svg aria-label="a graph"><text>n</text></svg></p>'

    assert texts(html) == ["Let x² be [picture: a plot] and [picture: a graph]"]


@pytest.mark.parametrize(
    "html", ["<script>a</script>", "<style>a</style>", "<template>a</template>", "<b hidden>a</b>", '<a class="permalink">#</a>']
)
def test_what_is_not_seen_is_no_text(html: str) -> None:
    assert texts(f"<p>b {html}</p>") == ["b"]


def test_a_page_of_one_block_in_a_hundred_thousand_elements_is_read() -> None:
    assert texts("<div>" * 100_000 + "deep") == ["deep"]


def test_only_words_that_changed_are_marked() -> None:
    assert inline("a great power, of x", "a small power of x") == "a [-great-]{+small+} power[-,-] of x"
    assert inline("标度律研究", "标度律的研究") == "标度律{+的+}研究"


def test_long_words_that_did_not_change_are_cut() -> None:
    middle = " ".join(f"w{number}" for number in range(100))

    whole = list(shortened(pieces(f"old {middle} end", f"new {middle} fin")))

    kept = " ".join(f"w{number}" for number in range(AROUND)), " ".join(f"w{number}" for number in range(100 - AROUND, 100))
    assert Piece("both", f" {kept[0]} … {kept[1]} ") in whole
    assert [piece.kind for piece in whole] == ["old", "new", "both", "old", "new"]


def test_a_change_tells_the_heading_above_it() -> None:
    old = [Block("Title", True), Block("a"), Block("Part", True), Block("b"), Block("c")]
    new = [*old[:3], Block("b2"), old[4]]

    assert [(change.heading, change.pieces) for change in changes_in(old, new)] == [
        ("Part", (Piece("old", "b"), Piece("new", "b2")))
    ]


def test_pages_that_are_new_changed_and_gone_are_told_with_their_titles(tree: SiteTree) -> None:
    tree.entry("stays", PROSE, title="One that stays")
    tree.entry("goes", title="One that goes")
    tree.freeze()
    tree.entry("stays", PROSE.replace("a power", "a smooth power"), title="One that stays")
    (tree.folder / "pages" / "goes.md").unlink()
    tree.entry("comes", title="One that comes")
    before = tree.release()

    result = diff(tree)

    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert "+ /comes/  One that comes" in lines
    assert "- /goes/  One that goes" in lines
    assert "~ /stays/  One that stays" in lines
    assert "      The loss falls as a {+smooth +}power of the number of parameters." in lines
    assert tree.release() == before


def test_colours_are_for_terminals(tree: SiteTree) -> None:
    tree.entry("a", "Old.")
    tree.freeze()
    tree.entry("a", "New.")

    plain, coloured = diff(tree, "a"), diff(tree, "a", colour=True)

    assert "[-Old-]{+New+}." in plain.output
    assert "\x1b" not in plain.output
    assert "\x1b[31m[-Old-]\x1b[0m\x1b[32m{+New+}\x1b[0m." in coloured.output


def test_pages_that_look_different_only_are_told_in_one_line(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "title: A site\n")
    tree.entry("a", "Some text.")
    tree.freeze()
    tree.write("static/site.css", "p { color: red }")

    result = diff(tree)

    assert "pages look different only: the head, links or style" in result.output
    assert "[-" not in result.output
    assert "0 added, 0 changed, 0 removed" in result.output


def test_other_files_are_told_as_changed(tree: SiteTree) -> None:
    tree.entry("a", "[Data](data.csv)")
    tree.write("pages/data.csv", "1,2\n")
    tree.freeze()
    tree.write("pages/data.csv", "1,3\n")

    assert "~ /data.csv" in diff(tree).output.splitlines()


def test_nothing_changed_is_nothing_to_tell(tree: SiteTree) -> None:
    tree.freeze()

    assert diff(tree).output == "Nothing would change.\n"
    assert found(tree) == Differences()


@pytest.mark.parametrize("url", ["/a/", "a", "a/index.html", "https://example.org/a/"])
def test_one_page_is_asked_for_by_any_of_its_names(tree: SiteTree, url: str) -> None:
    tree.entry("a", "Old.")
    tree.entry("b", "Old.")
    tree.freeze()
    tree.entry("a", "New.")
    tree.entry("b", "New.")

    result = diff(tree, url)

    assert "~ /a/  A" in result.output
    assert "/b/" not in result.output


def test_the_home_page_is_asked_for_as_a_slash(tree: SiteTree) -> None:
    tree.freeze()
    tree.entry("index", "Other text.")

    assert [page.url for page in found(tree, "/").changed] == ["/"]


def test_a_page_that_is_not_there_is_told_with_the_nearest(tree: SiteTree) -> None:
    tree.entry("about")
    tree.freeze()

    result = diff(tree, "/abuot/")

    assert result.exit_code == 2
    assert "there is no page '/abuot/'; did you mean '/about/'?" in result.output
    with pytest.raises(Unknown):
        found(tree, "/abuot/")


def test_content_with_a_problem_has_no_differences(tree: SiteTree) -> None:
    tree.freeze()
    tree.entry("a", "[x](nowhere.md)")

    result = diff(tree)

    assert result.exit_code == 1
    assert "pages/a.md:5:1: 'nowhere.md' leads to nothing" in result.output
    assert "1 problem; a freeze would publish nothing." in result.output


def test_without_a_release_there_is_nothing_to_compare_with(tree: SiteTree) -> None:
    result = diff(tree)

    assert result.exit_code == 0
    assert "There is no release yet" in result.output
    assert not (tree.folder / "build").exists()


def test_a_report_is_not_written_into_the_release(tree: SiteTree) -> None:
    tree.freeze()

    result = diff(tree, "--html", tree.folder / "build" / "report.html")

    assert result.exit_code == 2
    assert "this would be in the release" in result.output


def test_a_report_that_cannot_be_written_is_told(tree: SiteTree) -> None:
    tree.freeze()

    result = diff(tree, "--html", tree.folder / "nowhere" / "report.html")

    assert result.exit_code == 1
    assert "No such file or directory" in result.output


def test_the_report_is_a_page_by_itself_with_before_and_after(tree: SiteTree) -> None:
    evil = "`<script>alert(1)</script>` <b>&amp;</b>"
    tree.entry("a", f"## Part\n\nOld {evil} {PROSE}", title="A & B")
    tree.freeze()
    tree.entry("a", f"## Part\n\nNew {evil} {'unbroken' * 40} {PROSE}", title="A & B")
    report = tree.folder / "report.html"

    diff(tree, "--html", report)

    wrong: list[str] = []
    asked: set[str] = set()
    with opened() as browser:
        for width, scheme in ((320, "light"), (1200, "dark")):
            page = browser.new_page(
                viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
            )
            page.on("console", lambda message: wrong.append(message.text))
            page.on("request", lambda request: asked.add(request.url))
            page.goto(report.as_uri())
            before, after = page.locator("td").nth(0), page.locator("td").nth(1)
            assert page.locator("h3").inner_text() == "A & B /a/"
            assert "Old <script>alert(1)</script> &" in before.inner_text()
            assert before.locator("del").inner_text().strip() == "Old"
            assert after.locator("ins").first.inner_text().strip() == "New"
            assert page.evaluate("document.documentElement.scrollWidth") == width
            page.close()
    assert asked == {report.as_uri()}
    assert wrong == []
