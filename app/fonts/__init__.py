"""The font of formulas: what of it a site's formulas show, made once and kept.

A site has one unless it goes without, or the packages are not there that it is made with; formulas are then set in what
fonts the reader has. It has one name whatever is in it, so that a new sign changes no page.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from ..cache import made_by
from ..site import Site

PACKAGE, FILE = "ziamath", "fonts/STIXTwoMath-Regular.ttf"
"""The package that carries the font, and where in it."""

MAKERS = ("fontTools", "brotli")
"""The packages that cut the font and press it."""

MISSING = f"Formulas are set in the reader's own fonts: one of {', '.join((PACKAGE, *MAKERS))} is not installed."

FAMILY = "Octavo Math"
"""What the font is called: its licence lets it be changed, and the name of the whole one is a trademark."""

URL = "/fonts/math.woff2"

FACE = f"""
/* {FAMILY} is made of STIX Two Math. Copyright 2001-2020 The STIX Fonts Project Authors (https://github.com/stipub/stixfonts).
   It may be used, changed and passed on under the SIL Open Font License, Version 1.1: https://scripts.sil.org/OFL */
@font-face {{ font-family: "{FAMILY}"; src: url("..{URL}") format("woff2"); font-display: swap; }}
"""
"""What the style sheet says of the font: browsers fetch it for pages that show it only."""

LINK = f'<link rel="preload" href="{URL}" as="font" type="font/woff2" crossorigin>\n'


@cache
def source() -> Path | None:
    """The font as its package has it; nothing where that is not installed, or what is needed to cut it."""
    package = find_spec(PACKAGE)
    if package is None or not package.origin or not all(find_spec(name) for name in MAKERS):
        return None
    file = Path(package.origin).parent / FILE
    return file if file.is_file() else None


@cache
def maker() -> str:
    """What tells one way to make the font from another."""
    return made_by(Path(__file__).parent, *map(version, (PACKAGE, *MAKERS)))


def missing(site: Site) -> str:
    """What to tell of a site that wants a font for its formulas and cannot have it; nothing of any other."""
    return MISSING if site.has("math-font") and source() is None and site.texts.has_formulas else ""


def there(site: Site) -> bool:
    """Whether a site has a font for its formulas."""
    return site.has("math-font") and source() is not None and site.texts.has_formulas


def face(site: Site) -> str:
    """What the style sheet of a site says of the font."""
    return FACE if site.has("math-font") and source() else ""


def linked(html: str, site: Site) -> str:
    """A page with a link to the font where it shows a formula: asked for early, it is there before the first line is drawn."""
    return html.replace("</head>", f"{LINK}</head>", 1) if "<math" in html and there(site) else html


def woff2(site: Site) -> bytes | None:
    """A site's font, in the format that browsers take, if it has one."""
    file, kept = source(), site.texts.cache
    if file is None or not there(site):
        return None
    signs = site.texts.signs
    key = hashlib.sha256(f"{maker()} {signs}".encode()).hexdigest()
    font = kept.get("font", key) if kept else None
    if font is None:
        font = bytes(import_module(".cutting", __name__).cut(file, signs, FAMILY))
        if kept:
            kept.put("font", key, font)
    return font
