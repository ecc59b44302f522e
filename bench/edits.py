"""What an author changes between two runs, and where it has to be seen after."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.folders import PROGRAM

from .corpus import TAGS, Name
from .peers import Peer


@dataclass(frozen=True, slots=True)
class Edit:
    """The words that pages have after an edit."""

    seen: tuple[tuple[Path, str], ...]

    def faults(self) -> tuple[str, ...]:
        """What is not seen."""
        return tuple(
            f"{page.parent.name} does not have '{words}'"
            for page, words in self.seen
            if not page.exists() or words not in page.read_text()
        )


def edit(scenario: str, peer: Peer, folder: Path, names: Sequence[Name], chance: random.Random) -> Edit:
    """Change what the scenario says in the site of a peer."""
    name, word = chance.choice(names), "".join(chance.choices("bcdfghklmnprst", k=12))
    change = CHANGES.get(scenario)
    return change(peer, folder, name, word) if change else Edit(())


def body(peer: Peer, folder: Path, name: Name, word: str) -> Edit:
    """A paragraph more, before the last heading."""
    file = folder / peer.layout.file(name)
    before, heading, after = file.read_text().rpartition("\n\n##")
    file.write_text(f"{before}\n\nA new paragraph with {word} in it.{heading}{after}")
    return Edit(((peer.page(folder, name), word),))


def title(peer: Peer, folder: Path, name: Name, word: str) -> Edit:
    """A word more in a title, which lists show too."""
    file = folder / peer.layout.file(name)
    file.write_text(file.read_text().replace('title: "', f'title: "{word} ', 1))
    return Edit(((peer.page(folder, name), word), (folder / peer.out / name.section / "index.html", word)))


def tag(peer: Peer, folder: Path, name: Name, word: str) -> Edit:
    """Another tag in place of all."""
    file = folder / peer.layout.file(name)
    lines = file.read_text().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("tags: "))
    new = next(one for one in TAGS if one not in lines[at])
    lines[at] = f"tags: [{new}]"
    file.write_text("\n".join(lines))
    return Edit(((peer.page(folder, name), new), (folder / peer.out / "tags" / new / "index.html", name.slug)))


def template(peer: Peer, folder: Path, name: Name, word: str) -> Edit:
    """Something more in the head of every page of Octavo."""
    (folder / "templates").mkdir(exist_ok=True)
    base = (PROGRAM / "templates" / "base.html").read_text()
    (folder / "templates" / "base.html").write_text(base.replace("</head>", f'<meta name="generator" content="{word}">\n</head>'))
    return Edit(((peer.page(folder, name), word), (folder / peer.out / "index.html", word)))


CHANGES: dict[str, Callable[[Peer, Path, Name, str], Edit]] = {"body": body, "title": title, "tag": tag, "template": template}
