"""Pictures and figures: captions, numbers and sizes."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from app.markup import parse
from app.markup.figures import scaled

from .site_tree import SiteTree


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"></svg>'


def body(tree: SiteTree, id: str) -> str:
    """The body of an entry as the site has it."""
    site = tree.site()
    entry = site.entry(id)
    assert entry is not None
    return str(site.html(entry))


def shown(tree: SiteTree, text: str) -> str:
    """The page with `text`, beside two pictures."""
    tree.write("pages/plot.png", png(400, 200))
    tree.write("pages/curve.svg", SVG)
    tree.entry("a", text)
    assert tree.problems() == []
    return body(tree, "a")


def test_a_picture_alone_with_a_title_is_a_numbered_figure(tree: SiteTree) -> None:
    page = shown(tree, '![A plot](plot.png "The *loss* of $N$ <b>") {#fig:loss}')

    assert (
        '<figure id="fig:loss"><img src="/plot.png" width="400" height="200" alt="A plot" loading="lazy">'
        '<figcaption><span class="number">Figure 1.</span> The <em>loss</em> of <math><mi>N</mi></math> <b></figcaption></figure>'
    ) in page


def test_a_picture_alone_without_a_title_is_a_figure_without_a_number(tree: SiteTree) -> None:
    page = shown(tree, "![A plot](plot.png)\n\n![B](curve.svg 'C')")

    assert '<figure><img src="/plot.png" width="400" height="200" alt="A plot" loading="lazy"></figure>' in page
    assert "Figure 1.</span> C</figcaption>" in page


def test_figures_are_counted_and_labelled() -> None:
    document = parse('![a](a.png "A") {#fig:a}\n\n![b](b.png)\n\n![c](c.png "C"){#fig:c width=50%}')

    assert [(label.id, label.kind, label.number, label.line) for label in document.labels] == [
        ("fig:a", "figure", "1", 1),
        ("fig:c", "figure", "2", 5),
    ]


def test_a_label_of_a_figure_that_stands_twice_is_told() -> None:
    (problem,) = parse('![a](a.png "A") {#f}\n\n![b](b.png) {#f}').problems

    assert (problem.line, problem.column) == (3, 14)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("", 'width="400" height="200"'),
        (" {width=60%}", 'width="408" height="204"'),
        ("{width=60%}", 'width="408" height="204"'),
        ("\n{width=60%}", 'width="408" height="204"'),
        (" {#fig:x width=100}", 'width="100" height="50"'),
        (" {width=100px .wide}", 'width="100" height="50"'),
        (" {width='60%'}", 'width="408" height="204"'),
    ],
)
def test_the_width_is_a_share_of_the_column_or_pixels(tree: SiteTree, attributes: str, size: str) -> None:
    html = shown(tree, f"![A plot](plot.png){attributes}")

    assert f'<img src="/plot.png" {size} ' in html


@pytest.mark.parametrize(
    ("width", "height", "wanted", "size"),
    [
        (400, 200, "", (400, 200)),
        (400, 200, "50%", (340, 170)),
        (400, 200, "12.5%", (85, 42)),
        (0, 0, "50%", (0, 0)),
        (3, 1000, "0%", (0, 0)),
        (400, 200, "-5", (400, 200)),
    ],
)
def test_a_picture_is_scaled_with_its_height(width: int, height: int, wanted: str, size: tuple[int, int]) -> None:
    assert scaled(width, height, wanted) == size


def test_the_size_of_a_drawing_is_read_from_it(tree: SiteTree) -> None:
    assert '<img src="/curve.svg" width="300" height="150" alt="A curve"' in shown(tree, "![A curve](curve.svg)")


def test_a_picture_in_a_sentence_stays_in_it_with_its_title(tree: SiteTree) -> None:
    page = shown(tree, 'Look: ![A plot](plot.png "T") is *it*.')

    assert '<p>Look: <img src="/plot.png" width="400" height="200" alt="A plot" title="T" loading="lazy"> is' in page


def test_a_picture_in_a_link_is_a_linked_picture(tree: SiteTree) -> None:
    page = shown(tree, "[![A plot](plot.png)](curve.svg)")

    assert '<p><a href="/curve.svg"><img src="/plot.png" width="400" height="200" alt="A plot" loading="lazy"></a></p>' in page


def test_a_picture_from_another_host_is_shown_as_it_is() -> None:
    document = parse("![A plot](https://example.org/a.png)")

    assert document.parts == ('<figure><img src="https://example.org/a.png" alt="A plot" loading="lazy"></figure>\n',)
    assert document.slots == ()


@pytest.mark.parametrize(
    ("text", "line", "column"), [("![](plot.png)", 1, 1), ("a\n\nb ![ ](plot.png) c", 3, 3), ('![](p.png "T")', 1, 1)]
)
def test_a_picture_without_alternative_text_is_told(text: str, line: int, column: int) -> None:
    (problem,) = parse(text).problems

    assert (problem.line, problem.column, problem.message) == (line, column, "this image has no alternative text")


def test_alternative_text_is_plain_and_escaped() -> None:
    document = parse('![A *big* "plot" of $x$ & `y` <b>](https://a.b/c.png)')

    assert 'alt="A big &quot;plot&quot; of x &amp; y "' in str(document.parts[0])


@pytest.mark.parametrize("href", ["nothing.png", "b.md", "b.txt", "broken.png"])
def test_what_is_no_picture_is_told_where_it_stands(tree: SiteTree, href: str) -> None:
    tree.entry("b")
    tree.write("pages/b.txt", "text")
    tree.write("pages/broken.png", b"no picture")
    tree.entry("a", f"Text.\n\nSee ![A plot]({href}).")

    (problem,) = tree.problems()

    assert (problem.path, problem.line, problem.column) == ("pages/a.md", 7, 5)
    assert f"'{href}'" in problem.message


@pytest.mark.parametrize(
    ("attributes", "line", "column", "message"),
    [
        ("{width=banana}", 1, 18, "'banana' is no width"),
        (" {#fig:x width=-5}", 1, 26, "'-5' is no width"),
        (" {height=50%}", 1, 19, "a figure has no 'height'"),
        ("\n{width=60% align=left}", 2, 12, "a figure has no 'align'"),
    ],
)
def test_an_attribute_that_would_do_nothing_is_told(attributes: str, line: int, column: int, message: str) -> None:
    (problem,) = parse(f"![A plot](p.png){attributes}").problems

    assert (problem.line, problem.column, problem.message) == (line, column, message)
    assert problem.hint == "write {width=60%} or {width=300px}"
