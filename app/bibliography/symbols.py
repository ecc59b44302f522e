"""What LaTeX's commands for letters and signs print."""

from __future__ import annotations

from collections.abc import Mapping

ACCENTS: Mapping[str, str] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "h": "\u0309", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
    "t": "\u0361",
}  # fmt: skip
"""The combining character of each accent."""

ALONE: Mapping[str, str] = {"`": "‘", "'": "’", "^": "^", "~": "~", '"': "¨", "=": "¯", ".": "˙"}
"""What an accent over nothing prints, such as the tilde of an address."""

SYMBOLS: Mapping[str, str] = {
    "&": "&amp;", "%": "%", "_": "_", "#": "#", "{": "{", "}": "}", "$": "&#36;", " ": " ", ",": "\u202f", ";": " ", ":": " ",
    "!": "", "/": "", "-": "", "@": "", "\\": " ", "|": "‖", "": "\\",
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
    "ij": "ĳ", "IJ": "Ĳ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "euro": "€",
    "texteuro": "€", "dots": "…", "ldots": "…", "textellipsis": "…",
    "slash": "/", "space": " ", "quad": "\u2003", "qquad": "\u2003\u2003",
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "XeTeX": "XeTeX",
    "textendash": "–", "textemdash": "—", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textless": "&lt;", "textgreater": "&gt;", "textbar": "|", "textdollar": "&#36;", "textpercent": "%",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textquotesingle": "'", "textquotedbl": '"',
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "lq": "‘", "rq": "’",
    "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "textexclamdown": "¡", "textquestiondown": "¿",
    "textbullet": "•", "textperiodcentered": "·", "textdegree": "°", "degree": "°", "textregistered": "®", "texttrademark": "™",
    "textcopyright": "©", "textsection": "§", "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡", "textmu": "µ",
    "textpm": "±", "texttimes": "×", "textdiv": "÷", "textonehalf": "½", "textonequarter": "¼", "textordfeminine": "ª",
    "textordmasculine": "º", "textyen": "¥", "textsterling": "£", "textcent": "¢", "textnumero": "№", "textasciiacute": "´",
    "textasciigrave": "`", "textvisiblespace": "␣", "textasteriskcentered": "*", "textcommabelow": ",",
    "nobreakspace": "\u00a0", "textnonbreakinghyphen": "\u2011", "hyp": "-", "protect": "", "relax": "", "noindent": "",
    "newline": " ", "par": " ", "newblock": " ", "linebreak": " ", "sloppy": "", "allowbreak": "", "nolinebreak": "", "null": "",
}  # fmt: skip
"""What a command without an argument prints, `&`, `<`, `>` and the dollar as entities."""

SIGNS: Mapping[str, str] = {
    "~": "\u00a0", "--": "–", "---": "—", "``": "“", "''": "”", "`": "‘", "'": "’", "&": "&amp;", "<": "&lt;", ">": "&gt;",
}  # fmt: skip
"""Signs that print as another."""

TAGS: Mapping[str, str] = {
    "emph": "i", "textit": "i", "textsl": "i", "textbf": "b", "textsuperscript": "sup", "textsubscript": "sub",
    "it": "i", "em": "i", "sl": "i", "itshape": "i", "slshape": "i", "bf": "b", "bfseries": "b",
}  # fmt: skip
"""The tag of a command that sets its text apart."""

DECLARATIONS = frozenset({"it", "em", "sl", "itshape", "slshape", "bf", "bfseries"})
"""Commands that hold up to the end of their group, not for an argument."""

PLAIN = frozenset({
    "text", "textrm", "textsf", "texttt", "textup", "textnormal", "textmd", "textsc", "mbox", "hbox", "fbox",
    "uppercase", "lowercase", "MakeUppercase", "MakeLowercase", "natexlab", "citenamefont", "bibnamefont", "bibfnamefont",
    "underline", "uline",
})  # fmt: skip
"""Commands whose argument is printed as it is; small capitals too, for which there is no tag."""

IGNORED = frozenset({
    "rm", "sf", "tt", "sc", "normalfont", "rmfamily", "sffamily", "ttfamily", "scshape", "upshape", "mdseries", "small",
    "footnotesize", "large", "Large",
})  # fmt: skip
"""Declarations that change nothing here."""

HIDDEN = frozenset({"noopsort", "SortNoop", "bibinfo", "hspace", "vspace", "label", "phantom", "vphantom", "hphantom"})
"""Commands whose argument is not printed."""
