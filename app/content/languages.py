"""Languages: the tag at the end of a file's name, `notes/x.zh.md`, and which way a language is written."""

from __future__ import annotations

import re

CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGUAGES = frozenset(CODES.split())
"""The languages with a code of two letters (ISO 639-1): no other word at the end of a name is taken for one."""

RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
SCRIPTS_RIGHT_TO_LEFT = frozenset(("Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"))

TAG = re.compile(r"(?P<language>[A-Za-z]{2})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|\d{3}))?")


def parted(stem: str) -> tuple[str, str]:
    """`notes/x` and `zh` of `notes/x.zh`, a path without its ending; no tag where the name ends in none."""
    original, dot, last = stem.rpartition(".")
    tag = tag_of(last) if dot and original and not original.endswith("/") else ""
    return (original, tag) if tag else (stem, "")


def tag_of(word: str) -> str:
    """The language tag that a word is, as such tags are written (`zh-Hant-TW`), or nothing where it is none."""
    found = TAG.fullmatch(word)
    if not found or found["language"].lower() not in LANGUAGES:
        return ""
    script, region = (found["script"] or "").capitalize(), (found["region"] or "").upper()
    return "-".join(part for part in (found["language"].lower(), script, region) if part)


def direction(tag: str) -> str:
    """`rtl` for a language that is written from right to left, or else `ltr`."""
    primary, *subtags = tag.split("-")
    script = next((one for one in subtags if len(one) == 4), "")
    turned = script.capitalize() in SCRIPTS_RIGHT_TO_LEFT if script else primary.lower() in RIGHT_TO_LEFT
    return "rtl" if turned else "ltr"
