"""Edits: a small site with everything that pages read of each other, and what an author may do to it, at random."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

WORDS = ("kernel", "margin", "spectrum", "survey", "lemma", "cohort", "archive", "measure")
TAGS = ("theory", "data", "history")
FOLDERS = ("notes/research", "posts", "projects", "essays")
BIB = """@article{{folio2024, author = {{Folio, Robin}}, title = {{On the {word}}}, journal = {{{word}s}}, year = {{2024}}}}
@book{{example2020, author = {{Example, Ada}}, title = {{{word}}}, publisher = {{Press}}, year = {{2020}}}}
"""


class Author:
    """Somebody who works on the site folder `folder`, always the same for the same seed."""

    def __init__(self, folder: Path, seed: int, without: str = "[search, cards, math-font]") -> None:
        self.folder, self.chance, self.without, self.count = folder, random.Random(seed), without, 0
        self.pages = folder / "pages"
        for name in ("", *FOLDERS, "notes"):
            self.put(f"{name}/index.md".lstrip("/"), f"---\ntitle: {name or 'Home'}\n---\n\nWhat is here.\n")
        self.settings("A site")
        self.bibliography()
        self.picture()
        for _ in range(10):
            self.add()

    def put(self, path: str, text: str | bytes) -> None:
        """Write a file below `pages/`."""
        file = self.pages / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    @property
    def entries(self) -> list[Path]:
        """The files of all entries that are no lists."""
        return sorted(file for file in self.pages.rglob("*.md") if file.name not in {"index.md", "index.zh.md"})

    def any(self) -> Path:
        """One of them."""
        return self.chance.choice(self.entries)

    def text(self) -> str:
        """A body that leads to others, cites, shows, counts and asks."""
        other, word = self.chance.choice(self.entries or [Path("index.md")]).stem.partition(".")[0], self.chance.choice(WORDS)
        pieces = [
            f"The {word} is measured. See [[{other}]] for more.",
            f"A formula $x_{{{self.chance.randint(1, 9)}}}$ and a citation [@folio2024].",
            f"## {word.title()}",
            "![A plot](/plot.png)",
            f"Another {word}, as @example2020 says.[^n]\n\n[^n]: A note.",
            "$$\na = b\n$$",
            f"::: theorem {{#thm:{word}}}\nEvery {word} is bounded.\n:::\n\nSee @thm:{word}.",
            f"```python\n{word} = {self.chance.randint(1, 99)}\n```",
        ]
        return "\n\n".join(self.chance.sample(pieces, self.chance.randint(1, 5)))

    def fields(self, folder: str) -> str:
        """Front matter for an entry in a folder."""
        lines = [f"title: On the {self.chance.choice(WORDS)} {self.count}"]
        lines.append(f"date: 20{self.chance.randint(10, 26)}-03-1{self.count % 9}")
        if self.chance.random() < 0.7:
            lines.append(f"tags: [{', '.join(self.chance.sample(TAGS, self.chance.randint(1, 2)))}]")
        if folder == "posts" and self.chance.random() < 0.5:
            lines.append("series: A tale")
        if self.chance.random() < 0.2:
            lines.append("unlisted: true")
        return "\n".join(lines)

    def add(self) -> None:
        """A new entry."""
        self.count += 1
        folder = self.chance.choice(FOLDERS)
        self.put(f"{folder}/{self.chance.choice(WORDS)}-{self.count}.md", f"---\n{self.fields(folder)}\n---\n\n{self.text()}\n")

    def translate(self) -> None:
        """A translation of an entry."""
        file = self.any()
        if not file.name.endswith(".zh.md"):
            head = f"---\ntitle: 关于 {self.count}\ndate: 2020-01-02\n---\n"
            file.with_suffix(".zh.md").write_text(f"{head}\n一些文字。 [[{file.stem}]]\n", "utf-8")

    def delete(self) -> None:
        """An entry is gone."""
        self.any().unlink()

    def rename(self) -> None:
        """An entry has another address; sometimes it tells the old one."""
        self.count += 1
        file = self.any()
        text = file.read_text("utf-8")
        if self.chance.random() < 0.5:
            text = text.replace("\n---\n", f"\naliases: [{file.stem}]\n---\n", 1) if "aliases:" not in text else text
        file.unlink()
        file.with_name(f"{self.chance.choice(WORDS)}-{self.count}.md").write_text(text, "utf-8")

    def change(self, find: Callable[[str], bool], line: str) -> None:
        """Another line in the front matter of an entry in place of the one that is found, or after the first."""
        file = self.any()
        lines = file.read_text("utf-8").split("\n")
        end = lines.index("---", 1)
        kept = [one for one in lines[1:end] if not find(one)]
        file.write_text("\n".join(["---", line, *kept, *lines[end:]]), "utf-8")

    def retitle(self) -> None:
        """Another title."""
        self.count += 1
        self.change(lambda line: line.startswith("title:"), f"title: Of the {self.chance.choice(WORDS)} {self.count}")

    def retag(self) -> None:
        """Other tags."""
        self.change(lambda line: line.startswith("tags:"), f"tags: [{self.chance.choice((*TAGS, 'new'))}]")

    def redraft(self) -> None:
        """An entry becomes a draft, or is one no longer."""
        self.change(lambda line: line.startswith("draft:"), f"draft: {self.chance.choice(('true', 'false'))}")

    def date(self) -> None:
        """An entry was worked on."""
        self.change(lambda line: line.startswith("updated:"), f"updated: 2026-11-{self.chance.randint(10, 28)}")

    def rewrite(self) -> None:
        """Another body."""
        file = self.any()
        head = file.read_text("utf-8").split("\n---\n", 1)[0]
        file.write_text(f"{head}\n---\n\n{self.text()}\n", "utf-8")

    def relabel(self) -> None:
        """Theorems have another label."""
        file = self.any()
        file.write_text(file.read_text("utf-8").replace("thm:", f"thm:x{self.chance.randint(1, 3)}"), "utf-8")

    def bibliography(self) -> None:
        """The works that are cited are others."""
        self.put("references.bib", BIB.format(word=self.chance.choice(WORDS)))

    def publication(self) -> None:
        """A work of the author's own."""
        self.count += 1
        work = f"own{self.count % 3}, author = {{Ada Example}}, title = {{Own work}}, year = {{2025}}"
        self.put("publications.bib", f"@misc{{{work}}}\n")

    def picture(self) -> None:
        """Another picture in the place of one."""
        buffer, colour = BytesIO(), tuple(self.chance.randrange(256) for _ in range(3))
        Image.new("RGB", (self.chance.randint(2, 40), 20), colour).save(buffer, "PNG")
        self.put("plot.png", buffer.getvalue())

    def settings(self, title: str = "") -> None:
        """Another title of the site."""
        title = title or f"The {self.chance.choice(WORDS)}"
        facts = f"title: {title}\nurl: https://example.org/\nauthor: {{name: Ada Example}}\nwithout: {self.without}\n"
        self.put("site.yml", f"{facts}navigation: [notes, posts]\n")

    def template(self) -> None:
        """A template of the author's own, or none."""
        file = self.folder / "templates" / "analytics.html"
        if file.exists():
            file.unlink()
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"<!-- {self.chance.random()} -->\n")

    def touch(self) -> None:
        """A file was saved without a change."""
        os.utime(self.any())

    def turn_back(self) -> None:
        """A file looks older than it is."""
        os.utime(self.any(), (1_000_000_000, 1_000_000_000))

    def disguise(self) -> None:
        """Other bytes, of the same number and with the same time."""
        file = self.any()
        status, text = file.stat(), file.read_text("utf-8")
        file.write_text(text.replace("measured", "weighted").replace("bounded", "rounded"), "utf-8")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    def work(self) -> str:
        """Do one of these; answer which."""
        deeds = (
            self.add, self.delete, self.rename, self.retitle, self.retitle, self.retag, self.redraft, self.date, self.rewrite,
            self.rewrite, self.relabel, self.bibliography, self.publication, self.picture, self.settings, self.template,
            self.touch, self.turn_back, self.disguise, self.translate,
        )  # fmt: skip
        deed = self.chance.choice(deeds)
        deed()
        return deed.__name__
