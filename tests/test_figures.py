"""Pictures and figures: captions, numbers and sizes."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from app.markup import parse
from app.markup.figures import letter, scaled

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
        '<figure id="fig:loss"><a href="/plot.png"><picture>'
        '<img src="/plot.png" width="400" height="200" alt="A plot" decoding="async"></picture></a>'
        '<figcaption><span class="number">Figure 1.</span> The <em>loss</em> of <math><mi>N</mi></math> <b></figcaption></figure>'
    ) in page


def test_a_picture_alone_without_a_title_is_a_figure_without_a_number(tree: SiteTree) -> None:
    page = shown(tree, "![A plot](plot.png)\n\n![B](curve.svg 'C')")

    assert (
        '<figure><a href="/plot.png"><picture>'
        '<img src="/plot.png" width="400" height="200" alt="A plot" decoding="async"></picture></a></figure>'
    ) in page
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
        (" {width=60%}", 'width="432" height="216"'),
        ("{width=60%}", 'width="432" height="216"'),
        ("\n{width=60%}", 'width="432" height="216"'),
        (" {#fig:x width=100}", 'width="100" height="50"'),
        (" {width=100px .wide}", 'width="100" height="50"'),
        (" {width='60%'}", 'width="432" height="216"'),
    ],
)
def test_the_width_is_a_share_of_the_column_or_pixels(tree: SiteTree, attributes: str, size: str) -> None:
    html = shown(tree, f"![A plot](plot.png){attributes}")

    assert f'<img src="/plot.png" {size} ' in html


@pytest.mark.parametrize(
    ("width", "height", "wanted", "size"),
    [
        (400, 200, "", (400, 200)),
        (400, 200, "50%", (360, 180)),
        (400, 200, "12.5%", (90, 45)),
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

    assert '<p>Look: <img src="/plot.png" width="400" height="200" alt="A plot" title="T"> is' in page


def test_a_picture_in_a_link_is_a_linked_picture(tree: SiteTree) -> None:
    page = shown(tree, "[![A plot](plot.png)](curve.svg)")

    assert '<p><a href="/curve.svg"><img src="/plot.png" width="400" height="200" alt="A plot"></a></p>' in page


def test_a_picture_from_another_host_is_shown_as_it_is() -> None:
    document = parse("![A plot](https://example.org/a.png)")

    assert document.parts == ('<figure><img src="https://example.org/a.png" alt="A plot" decoding="async"></figure>\n',)
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


def test_the_first_picture_of_a_text_is_loaded_at_once_and_the_others_when_they_come_near(tree: SiteTree) -> None:
    page = shown(tree, "![A](plot.png)\n\nAnd ![B](plot.png).\n\n![C](https://a.b/c.png)")

    assert [tag.count('loading="lazy"') for tag in page.split("<img")[1:]] == [0, 1, 1]


def standing(alt: str, lazy: bool = True, size: str = 'width="351" height="176"') -> str:
    """The HTML of a plot in a figure."""
    loading = ' loading="lazy"' if lazy else ""
    return f'<a href="/plot.png"><picture><img src="/plot.png" {size} alt="{alt}" decoding="async"{loading}></picture></a>'


WHOLE = standing("A", False, 'width="400" height="200"')


def test_pictures_in_a_container_are_one_figure_with_a_letter_for_each(tree: SiteTree) -> None:
    page = shown(
        tree,
        """
        ![Before](plot.png "Before")

        ::: figure {#fig:x}
        ![Left plot](plot.png "Left: $x_1$"){#fig:x-a}
        ![Right plot](plot.png)

        The caption with $y$ and *words*,
        on two lines.
        :::
        """,
    )

    assert page.partition("</figure>\n")[2] == (
        f'<figure id="fig:x"><div class="panels">\n<figure id="fig:x-a">{standing("Left plot")}'
        '<figcaption><span class="number">(a)</span> Left: <math><msub><mi>x</mi><mn>1</mn></msub></math></figcaption></figure>\n'
        f'<figure>{standing("Right plot")}<figcaption><span class="number">(b)</span></figcaption></figure>\n</div>\n'
        '<figcaption><span class="number">Figure 2.</span> The caption with <math><mi>y</mi></math> and <em>words</em>,\n'
        "on two lines.</figcaption></figure>\n"
    )


def test_each_picture_of_a_figure_can_be_pointed_at(tree: SiteTree) -> None:
    text = "::: figure {#fig:x}\n![A](plot.png){#fig:x-a}\n\n![B](plot.png)\n\n![C](plot.png){#fig:x-c}\n\nWords.\n:::"

    document = parse(text)

    assert [(label.id, label.kind, label.number) for label in document.labels] == [
        ("fig:x", "figure", "1"),
        ("fig:x-a", "figure", "1a"),
        ("fig:x-c", "figure", "1c"),
    ]
    assert ">1c</a>" in shown(tree, f"{text}\n\nSee @fig:x and @fig:x-c.")


@pytest.mark.parametrize(
    ("attributes", "count", "own", "size"),
    [
        ("", 2, "", 'width="351" height="176"'),
        ("", 3, "", 'width="228" height="114"'),
        ("", 5, "", 'width="228" height="114"'),
        ("{width=80%}", 2, "", 'width="279" height="140"'),
        ("{width=400px}", 2, "", 'width="191" height="96"'),
        ("", 2, "{width=100px}", 'width="100" height="50"'),
        ("", 2, "{width=90%}", 'width="351" height="176"'),
        ("{width=50%}", 1, "", 'width="360" height="180"'),
        ("{width=50%}", 1, "{width=60px}", 'width="60" height="30"'),
    ],
)
def test_pictures_of_a_figure_share_its_width(tree: SiteTree, attributes: str, count: int, own: str, size: str) -> None:
    page = shown(tree, f"::: figure {attributes}\n" + f"![A](plot.png){own}\n" * count + "\nWords.\n:::")

    assert page.count(size) == count


@pytest.mark.parametrize(
    "inside",
    ['![A](plot.png "Words")', "![A](plot.png)\n\nWords", '![A](plot.png "Other")\n\nWords', "![A](plot.png){#fig:x}\n\nWords"],
)
def test_a_figure_of_one_picture_has_no_letters(tree: SiteTree, inside: str) -> None:
    page = shown(tree, f"::: figure {'' if '#' in inside else '{#fig:x}'}\n{inside}\n:::")

    assert page == (f'<figure id="fig:x">{WHOLE}<figcaption><span class="number">Figure 1.</span> Words</figcaption></figure>\n')


def test_the_title_of_a_container_is_its_caption_where_no_paragraph_is(tree: SiteTree) -> None:
    page = shown(tree, "::: figure {#fig:x} The *title*\n![A](plot.png)\n![B](plot.png)\n:::")

    assert '<span class="number">Figure 1.</span> The <em>title</em></figcaption></figure>\n' in page


@pytest.mark.parametrize(("inside", "tag"), [("| a |\n| - |\n| 1 |", "<table>"), ("```python\nx = 1\n```", "<pre")])
def test_a_table_or_code_can_be_a_figure(tree: SiteTree, inside: str, tag: str) -> None:
    page = shown(tree, f"::: figure {{#fig:x}}\n{inside}\n\nWords.\n:::")

    assert page.startswith('<figure id="fig:x">')
    assert tag in page
    assert '<figcaption><span class="number">Figure 1.</span> Words.</figcaption></figure>' in page


def test_many_pictures_have_letters_too() -> None:
    assert [letter(number) for number in (0, 25, 26, 27, 51, 52, 701, 702)] == ["a", "z", "aa", "ab", "az", "ba", "zz", "aaa"]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("::: figure\n:::", 1, 1, "this figure is empty"),
        ("::: figure {#fig:x height=3}\n![a](a.png)\n:::", 1, 20, "a figure has no 'height'"),
        ("::: figure\n![a](a.png){width=wide}\n![b](b.png)\n:::", 2, 13, "'wide' is no width"),
        ("::: figure\n![a](a.png)\n![](b.png)\n:::", 3, 1, "this image has no alternative text"),
        ("::: figure {#f}\n![a](a.png){#f}\n![b](b.png)\n:::", 2, 13, "'#f' stands twice on this page, first on line 1"),
    ],
)
def test_what_is_wrong_in_a_container_is_told_at_its_place(text: str, line: int, column: int, message: str) -> None:
    (problem,) = parse(text).problems

    assert (problem.line, problem.column, problem.message) == (line, column, message)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.png", png(400, 200)[:-60], "'a.png' is cut off or damaged"),
        ("a.jpg", png(9, 9), "'a.jpg' is a PNG, not a JPEG"),
        ("a.svg", SVG.replace(b"></svg>", b"><script/></svg>"), "'a.svg' has a script in it"),
        ("a.heic", b"....ftypheic", "'a.heic' is a HEIC, which browsers do not show"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_and_its_words_stay(tree: SiteTree, name: str, data: bytes, message: str) -> None:
    tree.write(f"pages/{name}", data)
    tree.entry("a", f"Text.\n\n![A plot]({name})")

    (problem,) = tree.problems()

    assert (problem.path, problem.line, problem.column, problem.message) == ("pages/a.md", 7, 1, message)
    assert 'alt="A plot"' in body(tree, "a")
