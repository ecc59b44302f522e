"""A site that has looked again at some files answers like one that has read all of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask, url_for

from app import VIEWS, create_app
from app.config import Config
from app.stamps import Stamp, stamps

from .edits import Author
from .site_tree import SiteTree

ROUNDS = 300 if os.environ.get("OCTAVO_LONG") else 25


def answers(app: Flask) -> dict[str, tuple[int, bytes]]:
    """What the application answers at every URL of the site."""
    site, client = app.extensions["octavo"], app.test_client()
    with app.test_request_context():
        urls = {
            url_for(endpoint, **values) for view in VIEWS if site.has(view.blueprint.name) for endpoint, values in view.urls(site)
        }
    found = {}
    for url in sorted(urls):
        answer = client.get(url)
        found[url] = answer.status_code, answer.get_data()
        answer.close()
    return found


def written(tree: SiteTree, bodies: dict[str, str]) -> None:
    """Write a home page and some entries."""
    for id, body in {"index": "Home.", **bodies}.items():
        tree.entry(id, body=body)


def looked_at(folder: Path) -> dict[str, Stamp]:
    """What the system says of the files of a site."""
    return dict(stamps(folder))


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_edit_the_site_answers_as_if_it_had_just_begun(tmp_path: Path, seed: int) -> None:
    author = Author(tmp_path, seed, "[search, cards, math-font]")
    app = create_app(tmp_path, Config(drafts=True))
    answers(app)
    done = []

    for _ in range(ROUNDS):
        before = looked_at(tmp_path)
        done.append(author.work())
        changed = {path for path, _ in {*before.items()} ^ {*looked_at(tmp_path).items()}}
        app.extensions["octavo"].refresh(changed)
        app.jinja_env.cache.clear()  # type: ignore[union-attr]
        now, expected = answers(app), answers(create_app(tmp_path, Config(drafts=True, cache=False)))

        assert [url for url in sorted({*now, *expected}) if now.get(url) != expected.get(url)] == [], done[::-1]


def test_entries_whose_bodies_have_not_changed_are_the_same_objects_after_a_refresh(tree: SiteTree) -> None:
    written(tree, {"notes/a": "Old.", "notes/b": "See [a](a.md)."})
    site = tree.site()
    first, other = site.entry("notes/a"), site.entry("notes/b")
    assert first
    assert other
    before, near = site.rendering(other), site.neighbours

    tree.entry("notes/a", body="New.")
    site.refresh({"pages/notes/a.md"})

    assert "New." in site.html(first)
    assert site.entry("notes/a") is first
    assert site.rendering(other) is before
    assert site.neighbours is near


def test_bodies_that_change_together_with_more_than_bodies_are_read_too(tree: SiteTree) -> None:
    first, second = tree.entry("first", "Before."), tree.entry("second", "Some text.")
    site = tree.site()
    assert site.entry("first") is not None

    first.write_text(first.read_text().replace("Before.", "After."))
    second.unlink()
    site.refresh({"pages/first.md", "pages/second.md"})

    entry = site.entry("first")
    assert entry is not None
    assert "After." in entry.source.body


def test_a_link_that_a_body_has_gained_is_seen_from_its_other_end(tree: SiteTree) -> None:
    written(tree, {"notes/a": "Old.", "notes/b": "Nothing yet."})
    site = tree.site()
    first = site.entry("notes/a")
    assert first
    assert site.neighbours.mentions(first) == []

    tree.entry("notes/b", body="See [[a]].")
    site.refresh({"pages/notes/b.md"})

    assert [entry.id for entry, _ in site.neighbours.mentions(first)] == ["notes/b"]
