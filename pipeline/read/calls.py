"""Calls of footnotes: a raised figure behind a word or a figure is no part of it ("24 500¹ €", "2020-2021²")."""

from __future__ import annotations

import re

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TAKES_POWER = re.compile(r"(?:^|[^\w])(?:[^\W\d_]{1,2}|10)$")
"""A unit or a power ends so: "m²", "km³", "10⁶"."""
_RAISED = re.compile(rf"(?<=[\w).»”\"%€])[{RAISED}]{{1,2}}(?![{RAISED}\w])")


def is_call(before: str) -> bool:
    """Is a raised figure behind this text the call of a footnote?

    >>> is_call("24 500"), is_call("1 200 m")
    (True, False)
    """
    return bool(before) and not before[-1].isspace() and not _TAKES_POWER.search(before)


def without_raised(text: str) -> str:
    """A line without calls that are raised figures of Unicode.

    >>> without_raised("24 500¹ € HT, 1 200 m²")
    '24 500 € HT, 1 200 m²'
    """
    return _RAISED.sub(lambda found: "" if is_call(text[max(0, found.start() - 8) : found.start()]) else found[0], text)
