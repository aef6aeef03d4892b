"""Names of fonts that tell how they look, where the file's own name says it in short or not at all."""

from __future__ import annotations

import re
from typing import Any

_BOLD = re.compile(r"bold|black|heavy|semi|demi|gras|-bd|medium", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq", re.IGNORECASE)
_SHORT_FOR_BOLD = re.compile(r"[a-z](?:O|OT|MT|Std|Pro)?(?:B|Z|Bd|Sb|Xb|Blk)(?:I|O|It|Obl)?$")
""" "LinLibertineOB", "BodoniMTBd"."""
_NUMBERED = re.compile(r"(?:CIDFont\+)?[A-Z]{1,3}\d{1,4}$")
""" "F1", "CIDFont+F3", "TT12": a name that the program gave which made the file."""
_THICK = 130.0
"""Thickness of upright strokes, thousandths of the letter size, from which on a font is bold whose name may say so:
regular ones have 70 to 100, bold ones 140 and more."""
_FORCED = 1 << 18
"""The flag by which a font asks to be drawn bold (PDF 32000-1, table 123)."""
_BOLD_WEIGHT = 600


def told_name(font: Any) -> str:
    """The name of a font of pdfminer's, with "-Bold" and "-Italic" where only its description tells so."""
    known = getattr(font, "told_name", None)
    if known is None:
        name = font.fontname
        name = name.decode("latin-1") if isinstance(name, bytes) else str(name)
        known = font.told_name = name + _unsaid(name, font)
    return str(known)


def is_bold(name: str) -> bool:
    """Does the name of a font say that it is bold?"""
    return bool(_BOLD.search(name))


def is_italic(name: str) -> bool:
    """Does the name of a font say that it slants?"""
    return bool(_ITALIC.search(name))


def _unsaid(name: str, font: Any) -> str:
    """What the description of a font tells, and its name does not."""
    own = name.split("+", 1)[-1]
    bold = not is_bold(own) and _looks_bold(own, name, font)
    italic = not is_italic(own) and bool(_number(getattr(font, "italic_angle", 0)))
    return "-Bold" * bold + "-Italic" * italic


def _looks_bold(own: str, name: str, font: Any) -> bool:
    said = getattr(font, "descriptor", {})
    if _number(said.get("FontWeight")) >= _BOLD_WEIGHT or int(_number(said.get("Flags"))) & _FORCED:
        return True
    may = _SHORT_FOR_BOLD.search(own) or _NUMBERED.match(own) or _NUMBERED.match(name)
    return bool(may) and _number(said.get("StemV")) >= _THICK


def _number(value: Any) -> float:
    """0 for what is none, or stands elsewhere in the file."""
    return float(value) if isinstance(value, (int, float)) else 0.0
