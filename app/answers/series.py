"""Series: posts that are read one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..content import Entry
from ..content.names import slug
from ..content_types import Post
from ..problems import Problem


@dataclass(frozen=True, slots=True)
class Series:
    """What a series is called, and its posts in the order in which they are read."""

    name: str
    posts: tuple[Post, ...]

    def number(self, post: Entry) -> int:
        """Which part a post is, from 1."""
        return [one.id for one in self.posts].index(post.id) + 1

    def before(self, post: Entry) -> Post | None:
        """The part before a post, if there is one."""
        number = self.number(post)
        return self.posts[number - 2] if number > 1 else None

    def after(self, post: Entry) -> Post | None:
        """The part after a post, if there is one."""
        return next(iter(self.posts[self.number(post) :]), None)


def series_of(entries: Iterable[Entry]) -> dict[str, Series]:
    """The series among `entries` by the slug of their names; a name may be spelt in more than one way."""
    found: dict[str, list[Post]] = {}
    for entry in entries:
        if isinstance(entry, Post) and entry.series:
            found.setdefault(slug(entry.series), []).append(entry)
    in_order = {name: ordered(posts) for name, posts in found.items()}
    return {name: Series(posts[0].series, tuple(posts)) for name, posts in in_order.items()}


def ordered(posts: Iterable[Post]) -> list[Post]:
    """The posts of a series in their order: those with a number at it, and between them the others by their dates."""
    waiting = sorted(posts, key=lambda post: (post.part or 0, post.date, post.id))
    out: list[Post] = []
    while waiting:
        here = [post for post in waiting if post.part == len(out) + 1] or [post for post in waiting if not post.part] or waiting
        out.append(here[0])
        waiting.remove(here[0])
    return out


def problems(entries: Iterable[Entry], series: Mapping[str, Series]) -> Iterator[Problem]:
    """Two posts of a series with one number, and numbers of posts in none."""
    for one in series.values():
        first: dict[int, Post] = {}
        for post in one.posts:
            if post.part and (other := first.setdefault(post.part, post)) is not post:
                message = f"part: '{other.path}' is part {post.part} of '{one.name}' too"
                yield post.source.problem(message, "give each its own number, or take both out: dates order them", at=("part",))
    for entry in entries:
        if isinstance(entry, Post) and entry.part and not entry.series:
            yield entry.source.problem("part: this is in no series", "add a line 'series: ...'", at=("part",))
