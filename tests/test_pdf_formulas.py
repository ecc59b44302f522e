"""Formulas in print: every one that a page can show, and what must be seen of it."""

from __future__ import annotations

import pytest

from app.markup import parse
from app.pdf import Paper, Printed, printed, typeset
from app.pdf.formulas import formula
from app.pdf.nodes import Node, parsed

from .test_formulas import FORMULAS, on_display
from .test_pdf import links, reader, text


def html(tex: str, display: bool = True) -> str:
    written = f"$$\n{tex}\n$$\n" if display else f"It is ${tex}$.\n"
    return "".join(map(str, parse(written, "pages/a.md").parts))


def in_print(*formulas: str) -> Printed:
    return printed(typeset(Paper("pages/a.md", "A title", "".join(formulas))))


def code(mathml: str) -> str:
    (node,) = (node for node in parsed(f"<math>{mathml}</math>").walk() if node.tag == "math")
    return formula(node)


def test_every_formula_that_a_page_can_show_can_be_printed() -> None:
    htmls = ["".join(map(str, one.parts)) for one in map(on_display, FORMULAS) if not one.problems]

    found = in_print(*htmls)

    assert len(htmls) > 2000
    assert not [one for one in found.problems if "has characters that no font" not in one.message]
    assert len(reader(found).pages) > 50


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\sum_{i=1}^n x_i = \frac{a}{b}", "∑𝑛𝑖=1𝑥𝑖=𝑎𝑏"),
        (r"f'(x) = \sin x", "𝑓′(𝑥)=sin𝑥"),
        (r"\text{loss of } \mathbf{w}", "loss of 𝐰"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "1234"),
        (r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}", "𝑥>0otherwise"),
        (r"\mathbb{R} \to \mathcal{N}", "ℝ→"),
        (r"\hat x \overline{ab} \underbrace{cd}_{e}", "𝑥𝑎𝑏𝑐𝑑𝑒"),
    ],
)
def test_all_signs_of_a_formula_are_in_the_text_of_the_pdf(tex: str, words: str) -> None:
    found = text(in_print(html(tex)))

    signs = "".join(found.split())
    assert all(sign in signs for sign in words.replace(" ", ""))


def test_the_number_of_a_formula_stands_at_the_right() -> None:
    found = in_print(html(r"\begin{align} a &= b \label{eq:a} \\ &= c \nonumber \\ d &= e \label{eq:b} \end{align}"))
    places: dict[str, float] = {}
    reader(found).pages[0].extract_text(
        visitor_text=lambda words, cm, tm, font, size: places.update({words.strip(): cm[4] + tm[4]})
    )

    lines = text(found).splitlines()
    assert [number for number in ("(1)", "(2)", "(3)") if any(number in line for line in lines)] == ["(1)", "(2)"]
    assert all(place > 480 for words, place in places.items() if words in ("(1)", "(2)"))


def test_a_reference_to_a_numbered_formula_leads_to_it() -> None:
    found = in_print(html(r"x = y \label{eq:a}"), '<p>See <a href="#eq:a">Equation 1</a>.</p>')

    assert len(links(found)) == 1


def test_a_formula_that_is_too_wide_is_made_smaller() -> None:
    found = in_print(html(" + ".join(f"x_{{{at}}}" for at in range(60))))
    places: list[float] = []
    reader(found).pages[0].extract_text(visitor_text=lambda words, cm, tm, font, size: places.append(cm[4] + tm[4]))

    assert max(places) < 595


@pytest.mark.parametrize(
    ("mathml", "expected"),
    [
        ("<mi>x</mi>", 'sign("x")'),
        ("<mi mathvariant='normal'>x</mi>", 'math.upright(sign("x"))'),
        ("<mi>argmax</mi>", '"argmax"'),
        ("<mo>\u2061</mo>", "[]"),
        ("<mo minsize='1.2em'>(</mo>", 'math.lr(sign("("), size: 1.2em)'),
        ("<mo lspace='0.2778em' rspace='0.2778em'>:</mo>", 'math.class("relation", sign(":"))'),
        ("<msup><mi>x</mi><mo>″</mo></msup>", "math.primes(2)"),
        ("<mover><mo>→</mo><mi>f</mi></mover>", "math.stretch("),
        ("<munder><mo>∑</mo><mi>i</mi></munder>", 'math.attach(sign("∑"), b: sign("i"))'),
        ("<munder><mo>∫</mo><mi>i</mi></munder>", 'math.limits(sign("∫"))'),
        ("<mover accent='true'><mi>x</mi><mo>ˆ</mo></mover>", 'math.accent(sign("x"), "\u0302")'),
        ("<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>", "math.lr("),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", 'over(sign("n"), sign("k"))'),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", 'math.root("3", sign("x"))'),
        ("<mrow mathcolor='#FF0000'><mi>x</mi></mrow>", 'fill: rgb("#FF0000")'),
        ("<mrow mathcolor='red); x('><mi>x</mi></mrow>", 'sign("x")'),
        ("<mspace width='1em) + x'/>", "[]"),
        ("<menclose notation='updiagonalstrike'><mi>x</mi></menclose>", "math.cancel("),
        ("<mphantom><mi>x</mi></mphantom>", "hide("),
        ("<mstyle displaystyle='true'><mi>x</mi></mstyle>", "math.display("),
        ("<mtable><mtr><mtd class='rule-right'><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>", "vline: (1,)"),
        ("<mmultiscripts><mi>x</mi><mn>1</mn><mn>2</mn><mprescripts/><mn>3</mn><mn>4</mn></mmultiscripts>", 'bl: {[];"3"}, tl: '),
    ],
)
def test_mathml_becomes_the_functions_of_typst(mathml: str, expected: str) -> None:
    assert expected in code(mathml)


@pytest.mark.parametrize(
    "name",
    ["mfrac", "msup", "msubsup", "mover", "munder", "munderover", "msqrt", "mroot", "mtable", "mtr", "mmultiscripts", "merror"],
)
@pytest.mark.parametrize("inside", ["", "<mi>x</mi>", "<mi>x</mi>" * 5, "words", " "])
def test_mathml_with_too_few_things_or_too_many_is_printed(name: str, inside: str) -> None:
    accents = " accent='true' accentunder='true' displaystyle='true'"

    found = in_print(
        f"<p><math><{name}{accents}>{inside}</{name}></math></p>", f"<math display='block'><{name}>{inside}</{name}></math>"
    )

    assert not found.problems


@pytest.mark.parametrize("name", ["mfrac", "msub", "msqrt", "mrow", "mover", "mtable", "menclose"])
def test_a_formula_that_is_very_deep_is_printed(name: str) -> None:
    inner = Node("mi", children=(Node("", "x"),))
    assert formula(Node("math", children=(inner,)))

    found = in_print(f"<math>{f'<{name}><mo>(</mo>' * 400}<mi>deep</mi>{f'</{name}>' * 400}</math>")

    assert not found.problems
    assert "deep" in text(found)
