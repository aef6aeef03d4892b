"""Formats of a workbook that print a date's month before its day in figures: "03/05/2021" for the 5th of March.

On a page nobody can tell that from the 3rd of May; the workbook's own format does. The copy for the printer has it as
French readers do.
"""

from __future__ import annotations

import re

_TOKENS = re.compile(r'"[^"]*+"?|\\.|\[[^\]]*+\]?|([ymdhs])\1*+|.', re.IGNORECASE | re.DOTALL)
_BETWEEN = {*"/.- ", "\\/", "\\.", "\\-", "\\ ", '"/"', '"."', '"-"', '" "'}


def day_first(code: str) -> str:
    """The format with the day before the month, where both are figures side by side and no year stands before them.

    >>> day_first("mm/dd/yyyy;@"), day_first(r"[$-409]m\\-d\\-yy h:mm")
    ('dd/mm/yyyy;@', '[$-409]d\\\\-m\\\\-yy h:mm')
    >>> day_first("dd/mm/yyyy"), day_first("yyyy-mm-dd"), day_first("mmmm d, yyyy"), day_first("h:mm")
    ('dd/mm/yyyy', 'yyyy-mm-dd', 'mmmm d, yyyy', 'h:mm')
    """
    tokens = [match.group() for match in _TOKENS.finditer(code)]
    told = [at for at, token in enumerate(tokens) if token not in _BETWEEN]
    for before, month, day in zip([None, *told], told, told[1:], strict=False):
        is_first = before is None or tokens[before][:1].lower() not in "yh"
        if is_first and day > month + 1 and _is(tokens[month], "m") and _is(tokens[day], "d"):
            tokens[month], tokens[day] = tokens[day], tokens[month]
    return "".join(tokens)


def _is(token: str, letter: str) -> bool:
    """One or two of a letter are a figure, more a word."""
    return token.lower() in (letter, letter * 2)
