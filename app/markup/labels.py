"""The kinds of things that can be pointed at: the word for each, and the beginning of their names."""

from __future__ import annotations

WORDS = {
    "equation": ("Equation", "Equations"),
    "figure": ("Figure", "Figures"),
    "table": ("Table", "Tables"),
    "section": ("Section", "Sections"),
    "theorem": ("Theorem", "Theorems"),
    "lemma": ("Lemma", "Lemmas"),
    "proposition": ("Proposition", "Propositions"),
    "corollary": ("Corollary", "Corollaries"),
    "definition": ("Definition", "Definitions"),
    "example": ("Example", "Examples"),
    "remark": ("Remark", "Remarks"),
    "conjecture": ("Conjecture", "Conjectures"),
    "assumption": ("Assumption", "Assumptions"),
    "exercise": ("Exercise", "Exercises"),
    "algorithm": ("Algorithm", "Algorithms"),
}
"""What one and what several of a kind are called."""

PREFIXES = (
    "eq", "fig", "tbl", "tab", "sec", "thm", "lem", "prop", "prp", "cor", "def", "exm", "ex", "rem", "conj", "cnj", "asm", "exr",
    "alg",
)  # fmt: skip
"""What stands before the colon in the name of a label, by which `@eq:loss` is told from a citation."""


def said(kind: str, number: str, words: int = 1) -> str:
    """`Theorem 2`, `Equations (1)` where several follow, or the number alone where no word (0) is wanted."""
    shown = f"({number})" if kind == "equation" else number
    return f"{WORDS[kind][words > 1]}\u00a0{shown}" if words else shown
