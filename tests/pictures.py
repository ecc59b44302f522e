"""`make pictures`: the screenshot in README.md and the PDF files of the demo, both as the browser shows the demo's pages."""

from __future__ import annotations

import logging

from app import create_app
from app.config import Config
from app.content_types import CourseProject, Statement
from app.folders import PROGRAM
from app.site import Site

from .browser import opened, served


def main() -> None:
    """Make them all."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = create_app(PROGRAM, Config())
    site: Site = app.extensions["octavo"]
    with served(app) as address, opened() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 900}, color_scheme="light")
        for entry in site.store:
            href = entry.file if isinstance(entry, Statement) else entry.report if isinstance(entry, CourseProject) else None
            if href:
                page.goto(address + entry.url)
                page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
                page.wait_for_load_state("networkidle")
                page.pdf(path=entry.source.file.parent / href, format="A4", tagged=True)
        page.goto(address + "/notes/")
        page.screenshot(path=PROGRAM / "docs" / "notes.png")


if __name__ == "__main__":
    main()
