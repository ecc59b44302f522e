"""The icons of a site: each is made from the one drawing `static/icon.svg`, the author's or ours."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .images import Unfit
from .images.icons import drawn_in, ico, png
from .problems import Problem, Problems
from .site import Site
from .theme import DARK, LIGHT

DRAWING = "icon.svg"
SIDES = {"apple-touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
"""The icons that are PNGs, and their sides in pixels."""

NAMES = ("favicon.ico", *SIDES)
OPAQUE = "apple-touch-icon.png"
"""The one that has a ground: telephones paint what is clear in it black."""

GROUNDS = {"light": LIGHT[0], "dark": DARK[0]}
"""The colour of the page by the scheme of colours that the reader likes."""


def icon_of(site: Site, name: str) -> bytes:
    """One of the icons; raises `Problems` where the drawing is none."""
    try:
        drawing = drawing_of(site)
        return png(drawing, SIDES[name], LIGHT[0] if name == OPAQUE else "") if name in SIDES else ico(drawing)
    except Unfit as error:
        raise Problems([told(error)]) from error


def told(error: Unfit) -> Problem:
    """What is wrong with the drawing."""
    return Problem(f"static/{DRAWING}", 1, 1, f"this drawing {error.message}", error.hint)


def drawing_of(site: Site) -> str:
    """The drawing, without anything that runs; raises `Unfit`."""
    file = site.texts.static_file(DRAWING)
    clean = site.texts.pictures.cleaned(file) if file else None
    if clean is None:
        raise Unfit("is not there", f"put it in '{DRAWING}'")
    return clean.decode()


def wrong_icon(site: Site) -> Iterator[Problem]:
    """Why there can be no icon, found by drawing the smallest."""
    try:
        drawn_in(drawing_of(site))
    except Unfit as error:
        yield told(error)


def manifest(site: Site) -> str:
    """What a browser that keeps the site among its applications is to know; its links are seen from the root of the site."""
    facts = site.facts
    icons = [{"src": name, "sizes": f"{side}x{side}", "type": "image/png"} for name, side in SIDES.items() if name != OPAQUE]
    told = {
        "name": facts.title,
        "description": facts.description,
        "lang": facts.lang,
        "start_url": "./",
        "display": "browser",
        "background_color": LIGHT[0],
        "theme_color": LIGHT[0],
        "icons": icons,
    }
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False, indent=1) + "\n"
