"""Fonts: those that come with Typst, those of the machine, and the characters that none of them has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from typst import Compiler, Fonts, TypstError

from .code import string

COMMON = frozenset(
    chr(code) for start, stop in ((0x20, 0x7F), (0xA0, 0x180), (0x391, 0x3CA), (0x410, 0x450)) for code in range(start, stop)
)
"""What the fonts that come with Typst surely have: letters of Latin, Greek and Cyrillic."""

UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"}
"""Kinds of characters that show nothing by themselves."""

MISSING = re.compile(r'the text `"(?:\\u\{(?P<code>[\da-f]+)\}|(?P<character>.))"` could not be displayed')
EASTERN = re.compile(
    r"CJK|Source Han|Noto (?:Serif|Sans) (?:SC|TC|HK|JP|KR)\b|WenQuanYi|AR PL|Droid Sans Fallback|IPA|Nanum|Songti|PingFang"
)
"""What the families for Chinese, Japanese and Korean are called."""

REGIONS = {"zh": "SC", "ja": "JP", "ko": "KR"}


@cache
def own_fonts() -> Fonts:
    """The fonts that come with Typst."""
    return Fonts(include_system_fonts=False)


@lru_cache(maxsize=8)
def all_fonts(folders: tuple[Path, ...]) -> Fonts:
    """These fonts, those of the machine, and those in some folders."""
    return Fonts(include_system_fonts=True, font_paths=[str(folder) for folder in folders])


def rare(characters: frozenset[str]) -> str:
    """Those of some characters that a font may well not have, in their order."""
    return "".join(sorted(one for one in characters - COMMON if unicodedata.category(one) not in UNSEEN))


@lru_cache(maxsize=256)
def missing(characters: str, fonts: Fonts) -> str:
    """Those of some characters that no font has: Typst refuses them where a PDF is to be kept for ever."""
    source = "#{" + ";".join(f"{string(one)};parbreak()" for one in characters) + "}"
    try:
        Compiler(source.encode(), font_paths=fonts).compile(format="pdf", timestamp=0, pdf_standards="a-2u")
    except TypstError as error:
        found = MISSING.finditer(error.diagnostic)
        return "".join(chr(int(one["code"], 16)) if one["code"] else one["character"] for one in found)
    return ""


def eastern(fonts: Fonts, lang: str) -> Sequence[str]:
    """The families for Chinese, Japanese and Korean, the most fitting for a language first."""
    region = REGIONS.get(lang[:2], "SC")
    families = [family for family in fonts.families() if EASTERN.search(family)]
    return sorted(families, key=lambda family: (region not in family, "Serif" not in family, family))
