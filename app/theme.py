"""Theme: the colour, letters, width and density that `site.yml` asks for, as values of the style sheet's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .content import Facts
from .content.looks import Theme
from .contrast import TEXT, shade, worst
from .problems import Problem, Problems

LIGHT, DARK = ("#fffefb", "#f6f3ec"), ("#161513", "#201e1b")
"""The grounds on which `static/site.css` sets text: the paper and its tint."""

IN_THE_DARK = 7.5
"""The contrast of links on a dark ground, which is also that of our own accent."""

VIVID = 0.55
"""The most that the saturation of links on a dark ground is, where a full one glares."""

TOKENS = {
    "font": {"sans": "--text: var(--sans);"},
    "width": {"narrow": "--measure: 34rem;", "wide": "--measure: 46rem; --side: 10rem;"},
    "density": {"compact": "--leading: 1.48; --rhythm: 0.85em;", "loose": "--leading: 1.72; --rhythm: 1.3em;"},
}
"""What each choice sets; the others are as the style sheet has them."""


def style_sheet(theme: Theme) -> str:
    """What a theme adds to the end of the style sheet; nothing where it asks for nothing. Paper keeps its own colours."""
    values = [tokens[choice] for name, tokens in TOKENS.items() if (choice := getattr(theme, name)) in tokens]
    sheet = f"\n:root {{ {' '.join(values)} }}\n" if values else ""
    if theme.accent:
        dark = shade(theme.accent, DARK, IN_THE_DARK, VIVID)
        sheet += f"\n@media screen {{ :root {{ --accent: light-dark({theme.accent}, {dark}); }} }}\n"
    return sheet


def wrong_theme(site_folder: Path, theme: Theme) -> Iterator[Problem]:
    """What is wrong with the colour that `site.yml` gives: too few could read it, or YAML took it for a comment."""
    contrast = worst(theme.accent, LIGHT) if theme.accent else 0
    if contrast >= TEXT:
        return
    try:
        _, source = Facts.read(site_folder)
    except Problems:  # told where the store reads it
        return
    at = ("theme", "accent")
    if source and theme.accent:
        message = f"accent: {theme.accent} has a contrast of {contrast:.2f}:1 with the page, where text needs {TEXT}:1"
        yield source.problem(message, f"the nearest shade that has it is '{shade(theme.accent, LIGHT, TEXT)}'", at=at)
    elif source and at in source.front.keys:
        yield source.problem("accent: there is no colour", "after '#' stands a comment; write it in quotes, as '#0b6e4f'", at=at)
