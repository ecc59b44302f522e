"""A mistake in the content, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake of the author's, at a place in a file.

    `path` is relative to the site folder; `line` and `column` count from 1, `column` in characters.
    `message` says what is wrong, `hint` what to write instead.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """Where it is, as editors understand it."""
        return f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f"\n    {self.hint}" if self.hint else "")


class Problems(Exception):
    """Content that cannot be used, with every reason found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found wrong: what must be mended, and what had better be."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.errors or self.warnings)

    def strictly(self) -> Findings:
        """The same, with every warning an error."""
        return Findings(tuple(sorted({*self.errors, *self.warnings})))


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """The hint that names the word nearest to `word`, or `otherwise` where none is near."""
    known = list(words)
    near = [one for one in known if one.casefold() == word.casefold() != ""] or get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else otherwise
