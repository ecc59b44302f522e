"""The font of formulas: what it draws, which pages ask for it, what it weighs, and what is there without it."""

from __future__ import annotations

import gzip
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page

from app import fonts
from app.cache import FILE
from app.fonts.cutting import cut
from app.markup.signs import signs

from .browser import hosted, opened
from .site_tree import SiteTree

FORMULAS = r"""
A prime $f'$ and a letter $f$, an accent $\hat{x}$, a line $\overline{x}$ and an arrow $\vec{x}$.

$$\left\{\frac{\frac{a}{b}}{\frac{c}{d}}\right\} \sqrt{\frac{\frac{a}{b}}{\frac{c}{d}}}$$
"""

INK = """async (texts) => {
    await document.fonts.load("200px 'Octavo Math'");
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.font = "200px 'Octavo Math'";
    return texts.map(text => canvas.measureText(text)).map(one => one.actualBoundingBoxAscent + one.actualBoundingBoxDescent);
}"""
COUNT = "SELECT count(*) FROM kept WHERE kind = 'font'"

LOADED = re.compile(r'(?:href|src)="\.\./\.\./([^"]+\.(?:css|js|woff2|svg))"')
"""What a page two folders down loads."""

BOXES = """selector => [...document.querySelectorAll(selector)].map(one => one.getBoundingClientRect().toJSON())"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that reaches this machine only."""
    with opened() as one:
        yield one


def written(tree: SiteTree) -> SiteTree:
    """A site with formulas on one page, in the title of another, and on no third."""
    tree.entry("posts/index", "All of them.")
    tree.entry("posts/formulas", FORMULAS, date="2024-05-01")
    tree.entry("posts/titled", "A text.", title=r"'On $\ell$'", date="2024-05-02")
    tree.entry("posts/words", "No formula, but `<math>` in code.", date="2024-05-03")
    return tree


def font_of(tree: SiteTree) -> TTFont:
    """The font of a site that is frozen."""
    (file,) = (tree.folder / "build/fonts").glob("*.woff2")
    return TTFont(file)


def visited(browser: Browser, address: str) -> tuple[Page, list[str]]:
    """A page, and the paths of everything that was asked for it."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address.split("/posts/", maxsplit=1)[0])))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page, asked


def test_the_signs_of_formulas_are_found_and_those_of_other_text_are_not() -> None:
    html = "<p>Σ &amp; <math><mi>x</mi><mo>&lt;</mo><mi>β</mi></math> ∫</p>"

    found = signs((html, object(), "<math><mn>1</mn></math>"))

    assert found == "1<xβ"


def test_a_font_has_the_signs_of_the_site_their_larger_forms_and_no_others(tree: SiteTree) -> None:
    written(tree).freeze()

    font = font_of(tree)

    shown = set(font.getBestCmap())
    variants = font["MATH"].table.MathVariants
    pieces = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    assert set(map(ord, "{}√ℓ′𝑥𝑓α")) <= shown
    assert not set(map(ord, "∫∮⊕ℝ")) & shown
    assert all(pieces[font.getBestCmap()[ord(sign)]].GlyphAssembly for sign in "{√")


def test_a_lone_letter_has_its_italics_also_where_no_font_has_it_in_its_place() -> None:
    file = fonts.source()

    assert file is not None
    shown = TTFont(BytesIO(cut(file, "Ωıh", "Some Font"))).getBestCmap()

    assert {0x210E, 0x1D6FA, 0x1D6A4, ord("Ω")} <= set(shown)


def test_the_font_has_another_name_than_the_first_and_keeps_its_licence(tree: SiteTree) -> None:
    written(tree).freeze()

    names = font_of(tree)["name"]
    (sheet,) = (tree.folder / "build/static").glob("site.*.css")

    assert names.getDebugName(1) == names.getDebugName(4) == fonts.FAMILY
    assert "Open Font License" in names.getDebugName(13)
    assert "Copyright 2001-2020 The STIX Fonts Project Authors" in names.getDebugName(0)
    assert "SIL Open Font License" in sheet.read_text()


def test_the_bytes_are_the_same_each_time() -> None:
    file = fonts.source()

    assert file is not None
    assert cut(file, "xyz∑", "Some Font") == cut(file, "xyz∑", "Some Font")


def test_the_font_is_made_once_for_the_same_signs(tree: SiteTree) -> None:
    written(tree).freeze()
    kept = tree.site().texts.cache

    assert kept is not None
    rows = sqlite3.connect(tree.folder / FILE).execute
    tree.entry("posts/formulas", FORMULAS + "\nAgain $f'$.", date="2024-05-01")
    tree.freeze()
    assert rows(COUNT).fetchone() == (1,)

    tree.entry("posts/formulas", FORMULAS + "\nAnd $a \\oplus b$.", date="2024-05-01")
    tree.freeze()
    assert rows(COUNT).fetchone() == (2,)
    assert ord("⊕") in font_of(tree).getBestCmap()


def test_a_new_sign_changes_the_font_and_no_other_page(tree: SiteTree) -> None:
    written(tree).freeze()
    tree.entry("posts/more", "Letters.", date="2024-05-04")
    tree.freeze()

    tree.entry("posts/more", "Letters and $a \\oplus b$.", date="2024-05-04")
    changes = tree.freeze()

    assert "fonts/math.woff2" in changes.changed
    assert "posts/formulas/index.html" not in changes.changed


def test_only_pages_with_a_formula_ask_for_the_font_at_the_root_and_below_it(tree: SiteTree, browser: Browser) -> None:
    written(tree).freeze()

    for prefix in ("/", "/below/"):
        with hosted(tree.folder / "build", prefix) as address:
            asked = {name: visited(browser, f"{address}/posts/{name}")[1] for name in ("formulas/", "", "words/")}

        with_font = {name for name, paths in asked.items() if any(path.endswith(".woff2") for path in paths)}
        assert with_font == {"formulas/", ""}
        assert len(asked["formulas/"]) <= 5, asked  # the page, its style sheet, script, icon and font


def test_a_page_opened_from_a_disk_has_the_font(tree: SiteTree, browser: Browser) -> None:
    written(tree).freeze()

    page, _ = visited(browser, (tree.folder / "build/posts/formulas/index.html").as_uri())

    assert page.evaluate("[...document.fonts].map(font => font.family + ' ' + font.status)") == ["Octavo Math loaded"]


def test_braces_roots_primes_and_accents_are_drawn_as_in_print(tree: SiteTree, browser: Browser) -> None:
    written(tree).freeze()

    with hosted(tree.folder / "build") as address:
        page, _ = visited(browser, f"{address}/posts/formulas/")
        brace = page.evaluate(BOXES, 'math[display="block"] mo')[0]
        inside = page.evaluate(BOXES, 'math[display="block"] mfrac')[0]
        prime, letter = page.evaluate(INK, ["\u2032", "\U0001d453"])
        accents = [page.evaluate(BOXES, f"mover > {part}") for part in ("mi", "mo")]

    assert brace["height"] >= inside["height"] * 0.9
    assert 0.7 * prime / 200 == pytest.approx(0.39, abs=0.03)  # Computer Modern's prime, at the size of an exponent
    assert letter / 200 == pytest.approx(0.92, abs=0.1)
    for under, over in zip(*accents, strict=True):
        assert over["x"] + over["width"] / 2 == pytest.approx(under["x"] + under["width"] / 2, abs=1.5)
        assert over["width"] <= under["width"] * 1.3


def test_a_page_with_formulas_is_light(tree: SiteTree) -> None:
    written(tree).freeze()
    release = tree.release()

    page = release["posts/formulas/index.html"]
    asked = [release[name] for name in LOADED.findall(page.decode())]

    (font,) = (data for data in asked if data.startswith(b"wOF2"))
    assert len(font) <= 30_000
    assert len(font) + sum(len(gzip.compress(data)) for data in (page, *asked) if data != font) <= 60_000


def test_a_site_can_do_without(tree: SiteTree) -> None:
    written(tree).write("pages/site.yml", "without: [math-font]\n")

    tree.freeze()

    assert not any(path.startswith("fonts/") for path in tree.release())
    assert "fonts/" not in tree.frozen("posts/formulas/index.html")
    assert not fonts.missing(tree.site())


def test_a_site_without_formulas_has_no_font(tree: SiteTree) -> None:
    tree.freeze()

    assert not any(path.startswith("fonts/") for path in tree.release())


def test_the_font_is_served_where_the_site_has_one(tree: SiteTree) -> None:
    without = tree.app().test_client().get("/fonts/math.woff2")
    there = written(tree).app().test_client().get("/fonts/math.woff2")

    assert without.status_code == 404
    assert there.mimetype == "font/woff2"
    assert TTFont(BytesIO(there.data)).flavor == "woff2"


@pytest.mark.parametrize("package", ["ziamath", "brotli"])
def test_without_a_package_formulas_are_in_the_reader_s_fonts_and_that_is_told(tree: SiteTree, package: str) -> None:
    written(tree)
    program = f"import sys; sys.modules[{package!r}] = None; from app.cli import main; main()"
    root = Path(__file__).parent.parent

    told = [
        subprocess.run(
            [sys.executable, "-c", program, "--site", tree.folder, *command],
            cwd=root, capture_output=True, text=True, timeout=60, check=True,
        ).stdout
        for command in (["check"], ["freeze"])
    ]  # fmt: skip

    assert all(text.count(f"one of {fonts.PACKAGE}") == 1 for text in told)
    assert "<math" in tree.frozen("posts/formulas/index.html")
    assert "fonts/" not in tree.frozen("posts/formulas/index.html")
