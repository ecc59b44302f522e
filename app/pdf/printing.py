"""Printing: Typst makes a PDF of a Sheet, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from typst import Compiler, Fonts, TypstError

from ..problems import Problem
from .fonts import all_fonts, eastern, missing, own_fonts, rare
from .paper import Printed, Sheet

FAR_EAST = range(0x2E80, 0xFB00)
MOST_NAMED = 12


def printed(sheet: Sheet, font_folders: Sequence[Path] = ()) -> Printed:
    """The PDF of a Sheet; the fonts of the machine, and those in some folders, are used where Typst's own do not do."""
    fonts, lacking = own_fonts(), missing(rare(sheet.characters), own_fonts())
    families: Sequence[str] = ()
    if lacking:
        fonts = all_fonts(tuple(font_folders))
        families, lacking = eastern(fonts, sheet.lang), missing(lacking, fonts)
    problems = (unprintable(sheet.path, lacking),) if lacking else ()
    try:
        return Printed(compiled(sheet, fonts, families), problems)
    except TypstError as error:
        problem = Problem(sheet.path, 1, 1, f"this PDF cannot be made: {error.message}", "; ".join(error.hints))
        return Printed(b"", (*problems, problem))


def compiled(sheet: Sheet, fonts: Fonts, families: Sequence[str]) -> bytes:
    """What Typst makes of a Sheet; its pictures lie in a folder of their own for as long as that takes.

    Typst works with threads, so it never ends in a process that was forked from one that had printed.
    """
    with TemporaryDirectory(prefix="octavo-") as folder:
        for name, data in sheet.files.items():
            Path(folder, name).write_bytes(data)
        inputs = {"fonts": ",".join(families)}
        made = Compiler(sheet.source.encode(), root=folder, font_paths=fonts, sys_inputs=inputs)
        pdf = made.compile(format="pdf", timestamp=0)
    return pdf if isinstance(pdf, bytes) else b""


def unprintable(path: str, characters: str) -> Problem:
    """That no font has some characters."""
    named = ", ".join(f"'{one}'" for one in characters[:MOST_NAMED])
    more = f" and {len(characters) - MOST_NAMED} more" if len(characters) > MOST_NAMED else ""
    far = any(ord(one) in FAR_EAST or ord(one) >= 0x20000 for one in characters)
    hint = (
        "install a font for Chinese, Japanese and Korean, such as the package fonts-noto-cjk, or write 'pdf: false'"
        if far
        else "install a font that has them"
    )
    return Problem(path, 1, 1, f"this PDF has characters that no font here has: {named}{more}", hint)
