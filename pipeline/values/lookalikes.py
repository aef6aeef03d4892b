"""Signs that only look like letters and figures, as those that they look like; the text keeps its length."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def as_typed(text: str) -> str:
    """The signs that a keyboard has for those that only look like them, letter by letter.

    >>> as_typed("Ｍａｒｃ ﹫ 𝐆𝐚𝐫 ٠٧"), as_typed("½ … ﬁn"), as_typed("Sy1vie *R0ux*")
    ('Marc @ Gar 07', '½ … ﬁn', 'Sylvie  Roux ')
    """
    if not text.isascii():
        text = "".join(map(_plain, text))
    return _EMPHASIS.sub(" ", _LIKE_LETTERS.sub(lambda m: m[0].translate(_LETTERS), text))


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    plain = str(unicodedata.decimal(sign)) if sign.isdecimal() else unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


_LIKE_LETTERS = re.compile(r"(?<=[^\W\d_])[01](?=[a-zà-ÿ]{2})")
_LETTERS = str.maketrans("01", "ol")
_EMPHASIS = re.compile(r"(?<=[^\W\d_])\*|\*(?=[^\W\d_])")
"""Of Markdown, against a letter."""


def dialled_as(text: str) -> str:
    """Figures for the letters among them that look like one, hyphens for dashes: of the same length.

    >>> dialled_as("O6 I2–34, lot B2")
    '06 12-34, lot B2'
    """
    text = _DASHED.sub("-", text)
    return _LIKE_FIGURES.sub(lambda m: m[0].translate(_FIGURES), text)


_DASHED = re.compile(r"(?<=\d)[–—](?=\d)")
_LIKE_FIGURES = re.compile(r"(?<!\w)(?:[OoIl]\d|\d[OoIl])(?!\w)")
_FIGURES = str.maketrans("OoIl", "0011")
