"""Plain text of a title, with its formulas as characters can write them: `L²`, `√n`, `a/b`."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

RAISED = str.maketrans("0123456789+−-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+−-=()aeijoruvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒᵣᵤᵥₓ")

APPLIED = "\N{FUNCTION APPLICATION}"
"""What stands, unseen, between a function and its argument."""

FORMS: dict[str, Callable[[list[str]], str]] = {
    "msup": lambda parts: parts[0] + moved(parts[1], RAISED, "^"),
    "msub": lambda parts: parts[0] + moved(parts[1], LOWERED, "_"),
    "msubsup": lambda parts: parts[0] + moved(parts[1], LOWERED, "_") + moved(parts[2], RAISED, "^"),
    "mfrac": lambda parts: f"{grouped(parts[0])}/{grouped(parts[1])}",
    "msqrt": lambda parts: f"√{grouped(''.join(parts))}",
    "mover": lambda parts: parts[0],
    "munder": lambda parts: parts[0] + moved(parts[1], LOWERED, "_"),
    "munderover": lambda parts: parts[0] + moved(parts[1], LOWERED, "_") + moved(parts[2], RAISED, "^"),
    "annotation": lambda parts: "",
}
"""How the elements of a formula that are more than their parts in a row are written."""


def plain(html: str) -> str:
    """The text of some HTML on one line."""
    if "<math" not in html:
        return Markup(html).striptags()  # noqa: S704
    body = LexborHTMLParser(html).body
    return " ".join(written(body).replace(APPLIED, "").split()) if body else ""


def written(node: LexborNode) -> str:
    """A node as text."""
    if node.is_text_node:
        return node.text_content or ""
    form = FORMS.get(node.tag or "", "".join)
    return form([written(one) for one in node.iter(include_text=node.tag not in FORMS)])


def moved(text: str, table: dict[int, int], sign: str) -> str:
    """A text raised or lowered; behind a sign where there are no such characters."""
    return text.translate(table) if set(map(ord, text)) <= set(table) else f"{sign}{grouped(text)}"


def grouped(text: str) -> str:
    """A text in parentheses, unless it is one word or number."""
    return text if text.isalnum() or len(text) == 1 else f"({text})"
