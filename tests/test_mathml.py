"""MathML that a strict policy allows and that checkers of HTML know."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.markup.mathml import conforming, converted, converter, restyled, strict

CORPUS = Path(__file__).parent / "corpora" / "formulas.jsonl"


def test_styles_become_classes_and_colours_attributes() -> None:
    assert restyled("width: 50%;text-align: right;justify-items: end;") == ' class="margin right"'
    assert restyled("color:#FF0000;") == ' mathcolor="#FF0000"'
    assert restyled("border-top: 0.05em solid currentcolor;border-right: 0.05em dashed currentcolor;") == (
        ' class="rule-top rule-right-dashed"'
    )


def test_a_fraction_that_says_its_size_stands_in_an_mstyle() -> None:
    nested = '<math><mfrac displaystyle="true"><mfrac><mi>a</mi><mi>b</mi></mfrac><mi>c</mi></mfrac></math>'

    assert conforming(nested) == (
        '<math><mstyle displaystyle="true"><mfrac><mfrac><mi>a</mi><mi>b</mi></mfrac><mi>c</mi></mfrac></mstyle></math>'
    )


@pytest.mark.parametrize("display", [False, True])
def test_no_formula_of_the_corpus_has_a_style_or_a_size_where_checkers_do_not_know_one(display: bool) -> None:
    formulas = [json.loads(line)["tex"] for line in CORPUS.read_text().splitlines()]
    answers = converted([(tex, display) for tex in formulas], converter(()).convert)

    wrong = [
        answer
        for answer in answers
        if isinstance(answer, str)
        and (" style=" in answer or re.search("<(?!mstyle|mtable|math)[a-z]+[^>]* (displaystyle|scriptlevel)=", answer))
    ]

    assert not wrong


def test_what_says_nothing_is_left_as_it_is() -> None:
    assert strict("<math><mi>x</mi></math>") == "<math><mi>x</mi></math>"
