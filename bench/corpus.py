"""Notes to measure with: the same for the same seed, like a scholar's in length, formulas, code, links and tables."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .words import ADJECTIVES, DISPLAY, HEADINGS, INLINE, NOUNS, code, filled, sentence

SECTIONS = ("notes", "methods", "reviews", "proofs", "data")
TAGS = tuple(f"{adjective}-{noun}" for adjective, noun in zip(ADJECTIVES * 2, NOUNS, strict=False))[:40]
FIGURES = 12
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Name:
    """Where a note stands, and what it is called."""

    section: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note for any generator: links in `body` are `note:section/slug`, pictures `figure:03.png`."""

    name: Name
    day: date
    tags: tuple[str, ...]
    summary: str
    body: str


def names(count: int, seed: int = SEED) -> list[Name]:
    """The names of `count` notes."""
    chance = random.Random(f"{seed} {count}")
    found = []
    for number in range(count):
        adjective, noun, other = chance.choice(ADJECTIVES), *chance.sample(NOUNS, 2)
        slug, title = f"{adjective}-{noun}-{other}-{number:05}", f"On a {adjective} {noun} and its {other} ({number})"
        found.append(Name(chance.choice(SECTIONS), slug, title))
    return found


def notes(count: int, seed: int = SEED) -> list[Note]:
    """`count` notes."""
    known = names(count, seed)
    return [note(name, known, random.Random(f"{seed} {count} {name.slug}")) for name in known]


def note(name: Name, known: Sequence[Name], chance: random.Random) -> Note:
    """The note called `name`, among `known` ones."""
    body = texts(known, chance)
    day = date(2012, 1, 1) + timedelta(days=chance.randrange(5000))
    summary = sentence(chance).translate(str.maketrans("", "", "`*:"))
    return Note(name, day, tuple(sorted(chance.sample(TAGS, chance.randint(1, 4)))), summary, body)


def texts(known: Sequence[Name], chance: random.Random) -> str:
    """A body of 400 to 1,500 words, formulas and code not counted."""
    blocks, footnotes = pieces(chance), footnoted(chance)
    asides = [f"Here ${filled(chance.choice(INLINE), chance)}$ holds throughout." for _ in range(chance.randint(4, 8))]
    targets = chance.choices(known, k=chance.randint(2, 4))
    asides += [f"More of this is in [{name.title}](note:{name.section}/{name.slug})." for name in targets]
    paragraphs = prose(chance.randint(400, 1500) - sum(words(block) for block in (*blocks, *footnotes, *asides)), chance)
    for aside in asides:
        chance.choice(paragraphs).append(aside)
    for number in range(1, len(footnotes) + 1):
        chance.choice(paragraphs)[-1] += f"[^{number}]"
    body = [" ".join(paragraph) for paragraph in paragraphs]
    for block in blocks:
        body.insert(chance.randint(1, len(body)), block)
    headings = chance.sample(HEADINGS, chance.randint(3, 6))
    step = max(1, len(body) // len(headings))
    for at in reversed(range(len(headings))):
        body.insert(at * step, f"{'###' if at % 2 else '##'} {headings[at]}")
    return "\n\n".join((*body, *footnotes)) + "\n"


def prose(count: int, chance: random.Random) -> list[list[str]]:
    """Paragraphs of sentences, at least three, `count` words together."""
    paragraphs: list[list[str]] = []
    while count > 0 or len(paragraphs) < 3:
        paragraphs.append([sentence(chance) for _ in range(chance.randint(2, 5))])
        count -= sum(words(one) for one in paragraphs[-1])
    return paragraphs


def pieces(chance: random.Random) -> list[str]:
    """What stands between paragraphs: lists, two formulas, one or two blocks of code, a table or a figure in a third of notes."""
    found = ["\n".join(f"- {sentence(chance)}" for _ in range(chance.randint(3, 5)))]
    if chance.random() < 1 / 2:
        found.append("\n".join(f"{number}. {sentence(chance)}" for number in (1, 2, 3)))
    found += [f"$$\n{filled(chance.choice(DISPLAY), chance)}\n$$" for _ in range(2)]
    found += [code(chance) for _ in range(chance.randint(1, 2))]
    if chance.random() < 1 / 3:
        found.append("\n".join(table(chance)))
    if chance.random() < 1 / 3:
        alternative = f"The {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}"
        found.append(f"![{alternative}](figure:{chance.randrange(FIGURES):02}.png)")
    return found


def table(chance: random.Random) -> list[str]:
    """The lines of a table of four columns."""
    rows = ["| Sample | Size | Estimate | Interval |", "| --- | --- | --- | --- |"]
    for _ in range(chance.randint(4, 8)):
        low = chance.random()
        sample = f"{chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}"
        rows.append(f"| {sample} | {chance.randint(20, 9999)} | {low + 0.5:.3f} | {low:.2f} to {low + 1:.2f} |")
    return rows


def footnoted(chance: random.Random) -> list[str]:
    """The footnotes of a note; a third of notes have one to three."""
    count = chance.randint(1, 3) if chance.random() < 1 / 3 else 0
    return [f"[^{number}]: {sentence(chance)}" for number in range(1, count + 1)]


def words(block: str) -> int:
    """How many words a block has, none where it is a formula or code."""
    return 0 if block.startswith(("$$", "```")) else len(block.split())
