"""A brochure's text made harmless for documents and spreadsheets: it is shown, never run, and hides nothing."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters: not allowed in XML, escapes on a terminal
    "\u00ad\u034f\u180e"  # seen at the end of a line at most
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, turning the direction
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"  # halves of characters, no characters, tags
)
_BLANKS = re.compile(r"[\t\r\n]+")
FORMULA_SIGNS = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20\u2212")
"""What a spreadsheet may take for the beginning of a formula; the wide forms are folded by some of them."""


def printable(text: str) -> str:
    """On one line, without anything that is not seen.

    >>> printable("Ville de\\nBrenne\\x1b[2J\\u202e")
    'Ville de Brenne[2J'
    """
    return _UNPRINTABLE.sub("", _BLANKS.sub(" ", text)).strip()


def is_formula(text: str) -> bool:
    """True when a spreadsheet could run this text instead of showing it."""
    return text.lstrip().startswith(FORMULA_SIGNS) or text.startswith(("\t", "\r", "\n"))


def harmless(text: str) -> str:
    """A text for a CSV cell: printable, and with an apostrophe before what a spreadsheet would run.

    >>> harmless('=HYPERLINK("http://example.org")')
    '\\'=HYPERLINK("http://example.org")'
    >>> harmless("Étude - phase 1")
    'Étude - phase 1'
    """
    shown = printable(text)
    return f"'{shown}" if is_formula(shown) else shown
