"""The application: what the site is made of, and how it is put together."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, render_template, request
from jinja2 import ChoiceLoader, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from werkzeug.exceptions import NotFound

from .config import Config
from .content import Collection
from .content.names import slug
from .content_types import COLLECTIONS
from .folders import PROGRAM
from .fonts import linked
from .interface import GLOBALS, Tongue
from .live import show_problems
from .relative import prefixed, relative
from .site import Site, current_site
from .views import (
    api,
    cards,
    content,
    feeds,
    fonts,
    home,
    icons,
    images,
    notebooks,
    notices,
    pdf,
    publications,
    redirects,
    search,
    special,
    static,
    tags,
)
from .views import map as chart

VIEWS = (
    static, special, cards, icons, notices, redirects, fonts, api, feeds, tags, chart, search, publications, notebooks,
    images, home, pdf, content,
)  # fmt: skip
"""What the site is made of."""


def create_app(
    site_folder: str | Path | None = None, config: Config | None = None, collections: tuple[Collection, ...] = COLLECTIONS
) -> Flask:
    """The application that serves a site folder: `OCTAVO_SITE`, or else Octavo's own folder, unless one is given.

    `collections` has the types of entry and their folders, where there are others than Octavo's own.
    Raises `FileNotFoundError` when the folder has no `pages/`.
    """
    folder = Path(site_folder or os.environ.get("OCTAVO_SITE") or PROGRAM)
    if not (folder / "pages").is_dir():
        raise FileNotFoundError(f"{folder} is no site folder: it has no 'pages/'")
    site = Site(folder, config or Config.from_environment(), collections)
    app = Flask(__package__, static_folder=None, template_folder=None)
    app.extensions["octavo"] = site
    app.extensions["octavo.again"] = partial(create_app, folder, site.config, collections)
    site.store.init_app(app)
    if site.config.hosts:
        app.config["TRUSTED_HOSTS"] = list(site.config.hosts)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    prepare_templates(app, site)
    app.url_map.converters["tongue"] = Tongue
    for view in VIEWS:
        app.register_blueprint(view.blueprint)
    app.before_request(without_what_is_left_out)
    app.register_error_handler(NotFound, lambda _: (render_template("404.html"), 404))
    app.after_request(with_relative_links)
    app.teardown_appcontext(lambda _: site.texts.save())
    show_problems(app)
    return app


def prepare_templates(app: Flask, site: Site) -> None:
    """Let templates come from the author's folder before ours, know the site, and fail on what they do not know."""
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder) for folder in site.folders.templates])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.bytecode_cache = compiled()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(site=site, slug=slug, **GLOBALS)


def compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept: beside the compiled modules of the program, not in a site folder: they are code."""
    folder = PROGRAM / "app" / "__pycache__" / "templates"
    if sys.dont_write_bytecode:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def without_what_is_left_out() -> None:
    """Answer 404 for the parts that `site.yml` does without; a part is a view, and has its name."""
    if request.blueprint and not current_site().has(request.blueprint):
        abort(404)


def with_relative_links(response: Response) -> Response:
    """The page with links as seen from it, or, for one shown at any address, from the root of its host."""
    if response.mimetype == "text/html" and not response.direct_passthrough:
        html = linked(response.get_data(as_text=True), current_site())
        anywhere = response.status_code == 404 or request.path == "/404.html"
        response.set_data(prefixed(html, request.script_root) if anywhere else relative(html, quote(request.path)))
    return response
