"""Notes to measure with: the same for the same number, like a scholar's in length, formulas, code, links and tables."""

from __future__ import annotations

import random
from pathlib import Path

NOUNS = (
    "estimator",
    "kernel",
    "gradient",
    "posterior",
    "manifold",
    "spectrum",
    "operator",
    "measure",
    "archive",
    "survey",
    "cohort",
    "lemma",
    "margin",
    "sample",
)
VERBS = (
    "bounds",
    "recovers",
    "contradicts",
    "refines",
    "replicates",
    "dominates",
    "explains",
    "predicts",
    "weakens",
    "identifies",
    "preserves",
)
ADJECTIVES = (
    "sparse",
    "robust",
    "latent",
    "convex",
    "adaptive",
    "conditional",
    "empirical",
    "discrete",
    "marginal",
    "weighted",
    "formal",
    "partial",
)
SECTIONS = ("methods", "proofs", "reviews", "data")
TAGS = [f"{adjective} {noun}" for adjective in ADJECTIVES[:5] for noun in NOUNS[:8]]
INLINE = (r"\hat{\theta}_{%d}", r"O(n^{1/%d} \log n)", r"\mathbb{E}[X_{%d} \mid Y]", r"\frac{\partial f}{\partial x_{%d}}")
DISPLAY = (
    r"\hat{\theta} = \arg\max_\theta \sum_{i=1}^{%d} \log p(x_i \mid \theta) - \frac{\lambda}{2} \lVert \theta \rVert_2^2",
    r"\int_{-\infty}^{\infty} e^{-a x^2} \, dx = \sqrt{\frac{\pi}{a_{%d}}}",
)
CODE = '''```python
def {noun}_{verb}(values: list[float], order: int = {number}) -> float:
    """The {number}th central moment."""
    mean = sum(values) / len(values)
    return sum((value - mean) ** order for value in values) / (len(values) - 1)
```'''


def sentence(chance: random.Random) -> str:
    """A sentence that says nothing."""
    one, two = chance.choice(NOUNS), chance.choice(NOUNS)
    extra = f" with ${chance.choice(INLINE) % chance.randint(2, 97)}$" if chance.random() < 0.09 else ""
    emphasis = "*" if chance.random() < 0.2 else ""
    code = "`" if chance.random() < 0.1 else ""
    return (
        f"The {chance.choice(ADJECTIVES)} {one} {chance.choice(VERBS)} the {emphasis}{chance.choice(ADJECTIVES)} {two}{emphasis} "
        f"of every {chance.choice(NOUNS)}{extra}, at least when {code}{one}_{two}{code} is {chance.choice(ADJECTIVES)}."
    )


def note(number: int, links: list[str], chance: random.Random) -> str:
    """One note of 400 to 1,500 words with its front matter."""
    blocks = []
    for section in range(chance.randint(4, 9)):
        blocks.append(f"## {chance.choice(NOUNS).title()} {section}")
        blocks += [" ".join(sentence(chance) for _ in range(chance.randint(3, 6))) for _ in range(chance.randint(1, 3))]
    blocks.insert(4, f"$$\n{chance.choice(DISPLAY) % number}\n$$")
    blocks.insert(7, f"$$\n{chance.choice(DISPLAY) % (number + 1)}\n$$")
    for _ in range(chance.randint(1, 2)):
        words = {"noun": chance.choice(NOUNS), "verb": chance.choice(VERBS), "number": chance.randint(2, 9)}
        blocks.insert(chance.randint(2, len(blocks)), CODE.format(**words))
    blocks.append(f"See [another note]({chance.choice(links)}) and a footnote.[^a]\n\n[^a]: {sentence(chance)}")
    day = f"20{chance.randint(15, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    tags = ", ".join(chance.sample(TAGS, 2))
    head = f'title: "On the {chance.choice(NOUNS)} ({number})"\ndate: {day}\ntags: [{tags}]'
    summary = sentence(chance).replace("`", "")
    return f"---\n{head}\nsummary: '{summary}'\n---\n\n" + "\n\n".join(blocks) + "\n"


def write(folder: Path, count: int, seed: int = 8) -> None:
    """Write a site of `count` notes into `folder`."""
    chance = random.Random(seed)
    names = [f"{chance.choice(SECTIONS)}/{chance.choice(NOUNS)}-{number:05}" for number in range(count)]
    links = [f"/{name}/" for name in names]
    for section in SECTIONS:
        (folder / "pages" / section).mkdir(parents=True, exist_ok=True)
        (folder / "pages" / section / "index.md").write_text(f"---\ntitle: {section.title()}\nstyle: compact\n---\n")
    (folder / "pages" / "site.yml").write_text("title: Bench\nurl: https://example.org/\n")
    (folder / "pages" / "index.md").write_text("---\ntitle: Bench\n---\n\nNotes to measure with.\n")
    for number, name in enumerate(names):
        (folder / "pages" / f"{name}.md").write_text(note(number, links, chance))
