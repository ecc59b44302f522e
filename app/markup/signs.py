"""Signs: the characters that the formulas of a text show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def signs(parts: Iterable[object]) -> str:
    """Every character that stands in a formula in the HTML among `parts`, once, in the order of Unicode."""
    formulas = (found for part in parts if isinstance(part, str) and "<math" in part for found in FORMULA.findall(part))
    return "".join(sorted(set(unescape(TAG.sub("", "".join(formulas))))))
