"""Reading time: how long a text takes its reader."""

from __future__ import annotations

import re

from .markup import Document

WORDS = 230
"""How many words a reader takes in a minute."""

CHARACTERS = 400
"""How many characters of Chinese, Japanese and Korean."""

FORMULAS = 8, 1
"""How many words a formula on display counts for, and one in a line."""

LINE = 4
"""How many words a line of code counts for."""

MATH = re.compile(r"<math(?P<display> display=\"block\")?.*?</math>", re.DOTALL)
CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
WORD = re.compile(r"\w[\w'’.-]*")


def minutes(document: Document) -> int:
    """The minutes for a text, at least one; what it shows from elsewhere is not counted."""
    html = "".join(part for part in document.parts if isinstance(part, str))
    words = 0
    for found in CODE.finditer(html):
        words += LINE * (found[0].count("\n") + 1)
    html = CODE.sub(" ", html)
    for found in MATH.finditer(html):
        words += FORMULAS[0] if found["display"] else FORMULAS[1]
    text = TAG.sub("", MATH.sub(" ", html))
    characters = len(CHARACTER.findall(text))
    words += len(WORD.findall(CHARACTER.sub(" ", text)))
    return max(round(words / WORDS + characters / CHARACTERS), 1)
