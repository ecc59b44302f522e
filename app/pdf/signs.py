"""The signs of mathematics, by what they do."""

from __future__ import annotations

FENCES = frozenset("()[]{}|‖∣∥⟨⟩⌊⌋⌈⌉⟮⟯⟦⟧⎰⎱⌜⌝⌞⌟/\\↑↓⇑⇓↕⇕")
"""Those that grow with what stands between them."""

LARGE = frozenset("∑∏∐⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆")
"""Those that have their limits above and below on display, and beside them in a line."""

ARROWS = frozenset("←→↔⇐⇒⇔↦↩↪↼↽⇀⇁⇌⇋↞↠⟵⟶⟷⟸⟹⟺⟼")
"""Those that grow as wide as what is written above and below."""

ACCENTS = {
    "ˆ": "\u0302", "^": "\u0302", "\u0302": "\u0302", "˜": "\u0303", "~": "\u0303", "\u0303": "\u0303", "¯": "\u0304",
    "\u0304": "\u0304", "˘": "\u0306", "\u0306": "\u0306", "˙": "\u0307", "\u0307": "\u0307", "¨": "\u0308",
    "\u0308": "\u0308", "\u20db": "\u20db", "\u20dc": "\u20dc", "˚": "\u030a", "\u030a": "\u030a",
    "˝": "\u030b", "ˇ": "\u030c", "\u030c": "\u030c", "´": "\u0301", "\u0301": "\u0301", "`": "\u0300", "\u0300": "\u0300",
    "→": "\u20d7", "\u20d7": "\u20d7", "←": "\u20d6", "\u20d6": "\u20d6", "↔": "\u20e1", "⇀": "\u20d1", "↼": "\u20d0",
}  # fmt: skip
"""What stands above one thing or a few, and the character that Typst knows it by."""

BRACES = {
    "⏞": "overbrace", "⏟": "underbrace", "⎴": "overbracket", "⎵": "underbracket", "⏜": "overparen", "⏝": "underparen",
    "⏠": "overshell", "⏡": "undershell", "‾": "overline",
}  # fmt: skip
"""What stands above or below many, and the function of Typst's that sets it."""

UNDER = frozenset("\u0332_\u0331―")
"""The line below something; above it, it is the line that MathML writes for `\\overline`."""

APPLY = ("\u2061", "&ApplyFunction;")
UNSEEN = " \u200b\u2061\u2062\u2063\u2064"
"""What is written for machines only, and white space."""
