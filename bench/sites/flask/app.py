"""A site by hand, as the documentation of Flask-FlatPages and Frozen-Flask shows it."""

from __future__ import annotations

from collections import defaultdict

from flask import Flask, Response, abort, render_template
from flask_flatpages import FlatPages, Page
from flask_frozen import Freezer

SECTIONS = ["notes", "methods", "reviews", "proofs", "data"]

app = Flask(__name__)
app.config.update(
    FLATPAGES_EXTENSION=".md",
    FLATPAGES_MARKDOWN_EXTENSIONS=["codehilite", "fenced_code", "tables", "footnotes", "toc"],
    FREEZER_BASE_URL="https://example.org/",
)
pages = FlatPages(app)


def newest() -> list[Page]:
    return sorted(pages, key=lambda page: page.meta["date"], reverse=True)


def tagged() -> dict[str, list[Page]]:
    found: dict[str, list[Page]] = defaultdict(list)
    for page in newest():
        for tag in page.meta["tags"]:
            found[tag].append(page)
    return dict(sorted(found.items()))


@app.route("/")
def index() -> str:
    return render_template("list.html", sections=SECTIONS, title="Bench", pages=newest()[:10])


@app.route("/tags/")
def tags() -> str:
    return render_template("tags.html", sections=SECTIONS, title="Tags", tags=tagged())


@app.route("/tags/<name>/")
def tag(name: str) -> str:
    return render_template("list.html", sections=SECTIONS, title=name, pages=tagged().get(name) or abort(404))


@app.route("/<name>/")
def section(name: str) -> str:
    found = [page for page in newest() if page.path.startswith(f"{name}/")]
    return render_template("list.html", sections=SECTIONS, title=name.title(), pages=found)


@app.route("/<path:path>/")
def note(path: str) -> str:
    page = pages.get_or_404(path)
    return render_template("note.html", sections=SECTIONS, title=page.meta["title"], page=page)


@app.route("/feed.xml")
def feed() -> Response:
    return Response(render_template("feed.xml", pages=newest()[:20]), mimetype="application/atom+xml")


@app.route("/sitemap.xml")
def sitemap() -> Response:
    return Response(render_template("sitemap.xml", sections=SECTIONS, pages=pages, tags=tagged()), mimetype="application/xml")


if __name__ == "__main__":
    Freezer(app).freeze()
