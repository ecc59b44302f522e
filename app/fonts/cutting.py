"""Cutting: a font of mathematics, repaired for browsers, with the signs of a site only."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0x3B1, 0x3CA), *range(0x2061, 0x2065), 0x221A)))
"""What is always there: letters and digits, so that another formula seldom changes the font, and the root, which no text has."""

ITALICS = {normalize("NFKC", chr(code)): chr(code) for code in (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6A4, 0x1D71C))}
"""Letters in italics by the upright ones, in whose place a browser shows them where one stands alone."""

REPAIRED = {
    0x2032: "minute.var", 0x2033: "second.var", 0x2034: "primetriple.var", 0x2057: "primequad.var",
    0x2035: "primereversed.var", 0x2036: "primedblreversed.var", 0x2037: "primetriplereversed.var", 0x7E: "uni0303",
}  # fmt: skip
"""Characters by the outlines that they get.

A prime stands in a formula as an exponent, which makes it small and raises it; the font's usual one is small and raised already.
The tilde over several letters is in MathML that of ASCII, of which the font has no wider forms.
"""

LINE = 0x332
"""The line above or below letters, in MathML a mark."""

RULES = ("FractionRuleThickness", "RadicalRuleThickness", "OverbarRuleThickness", "UnderbarRuleThickness")
RULE = 52
"""How thick lines are, in thousandths of the size: one pixel in running text, which a browser draws the same everywhere."""

UNUSED = ("DSIG", "GPOS", "GSUB", "cvt ", "fpgm", "gasp", "prep")
"""The tables that do nothing for formulas: other forms by feature, which browsers choose differently, and hints."""

NAMED = (1, 3, 4, 6, 16)
"""Where a font has its name; the copyright and the licence, at 0, 13 and 14, stay as they are."""


def cut(file: Path, signs: str, family: str) -> bytes:
    """The font in `file` with `signs`, their larger forms and the pieces of those, called `family`, as WOFF2.

    The bytes are the same for the same versions of what makes them.
    """
    font = TTFont(file, recalcTimestamp=False)
    give_outlines(font)
    options = Options(
        layout_features=[], hinting=False, glyph_names=False, legacy_cmap=False, drop_tables=[*UNUSED],
        name_IDs=[0, *NAMED, 13, 14],
    )  # fmt: skip
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(shown(signs))))
    subsetter.subset(font)
    set_free(font)
    lengthen_lines(font)
    thin_rules(font)
    for record in font["name"].names:
        if record.nameID in NAMED:
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def shown(signs: str) -> frozenset[str]:
    """Every character that formulas with `signs` can show."""
    found = ALWAYS.union(signs)
    return found.union(ITALICS[sign] for sign in found & ITALICS.keys())


def give_outlines(font: TTFont) -> None:
    """Give the characters of `REPAIRED` their other outlines, as far as the font has them."""
    outlines = set(font.getGlyphOrder())
    for table in font["cmap"].tables:
        for code, outline in REPAIRED.items():
            if table.format != 14 and code in table.cmap and outline in outlines:  # the fourteenth has no characters
                table.cmap[code] = outline


def set_free(font: TTFont) -> None:
    """Make of every mark, which has no width and is drawn over what comes before it, a sign like others.

    A browser puts an accent where its box is, in the middle above a letter.
    """
    widths, outlines = font["hmtx"].metrics, font["glyf"]
    attached = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    places = dict(zip(attached.TopAccentCoverage.glyphs, attached.TopAccentAttachment, strict=True)) if attached else {}
    for name, (width, left) in widths.items():
        mark = outlines[name]
        if width == 0 and mark.numberOfContours > 0:
            mark.coordinates.translate((-left, 0))
            mark.recalcBounds(outlines)
            widths[name] = mark.xMax, 0
            if name in places:
                places[name].Value -= left
    font["GDEF"].table.GlyphClassDef.classDefs = dict.fromkeys(widths, 1)


def lengthen_lines(font: TTFont) -> None:
    """Let lines above and below be as long as what they stand at: pieced together, not in one of a few lengths."""
    variants, line = font["MATH"].table.MathVariants, font.getBestCmap().get(LINE)
    if line and variants and variants.HorizGlyphCoverage:
        forms = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True))
        forms[line].MathGlyphVariantRecord = []


def thin_rules(font: TTFont) -> None:
    """Draw the lines of fractions and roots in one pixel."""
    constants = font["MATH"].table.MathConstants
    for name in RULES:
        getattr(constants, name).Value = RULE
