"""The kinds of things that can be pointed at: the word for each, and the beginning of their names."""

from __future__ import annotations

from ..words import Speech

WORDS = {
    "equation": "Equation",
    "figure": "Figure",
    "table": "Table",
    "section": "Section",
    "theorem": "Theorem",
    "lemma": "Lemma",
    "proposition": "Proposition",
    "corollary": "Corollary",
    "definition": "Definition",
    "example": "Example",
    "remark": "Remark",
    "conjecture": "Conjecture",
    "assumption": "Assumption",
    "exercise": "Exercise",
    "algorithm": "Algorithm",
}
"""What one of a kind is called; the tables of words have what several are."""

PREFIXES = (
    "eq", "fig", "tbl", "tab", "sec", "thm", "lem", "prop", "prp", "cor", "def", "exm", "ex", "rem", "conj", "cnj", "asm", "exr",
    "alg",
)  # fmt: skip
"""What stands before the colon in the name of a label, by which `@eq:loss` is told from a citation."""


PART = "{part} in {page}"
"""How a part of another page is called."""


def said(words: Speech, kind: str, number: str, many: int = 1) -> str:
    """`Theorem 2`, `Equations (1)` where several follow, or the number alone where no word (0) is wanted."""
    shown = f"({number})" if kind == "equation" else number
    return f"{words.forms(WORDS[kind])[many > 1]}\u00a0{shown}" if many else shown


def captioned(words: Speech, kind: str, number: str) -> str:
    """`Figure 2.`, as it stands before a caption."""
    return words("{what} {number}.", what=words.forms(WORDS[kind])[0], number=number)
