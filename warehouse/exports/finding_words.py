"""What a finding says, in French: the sentence of its message by `finding_words.yml`, printed words in « »."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.sentences import Sentences
from carnet.warehouse.exports.french import NO_BREAK, THIN, spaced

CATALOGUE = Path(__file__).with_name("finding_words.yml")
_QUOTED = re.compile(r"""(?<!\w)(?:'(?:[^'\\]|\\.){0,4000}'|"(?:[^"\\]|\\.){0,4000}")(?!\w)""")
"""Printed words as code quotes them."""
_MARK = "\x1f"
"""Around the number of printed words that are put away meanwhile: in no text of ours, nor, unquoted, in any other."""


@lru_cache(maxsize=4096)
def in_french(message: str) -> str | None:
    """The same in French; None where the catalogue does not know it.

    >>> print(in_french("12 months are stated, but 'mars à juin 2022' counts 4").replace(NO_BREAK, " "))
    12 mois sont annoncés, mais « mars à juin 2022 » en compte 4
    """
    printed: list[str] = []

    def put_away(match: re.Match[str]) -> str:
        printed.append(match.group())
        return f"{_MARK}{len(printed) - 1}{_MARK}"

    said = _said(_QUOTED.sub(put_away, message.replace(_MARK, " ")))
    said = said and re.sub(r"(?<=\d)%", f"{NO_BREAK}%", said)
    return said and re.sub(rf"{_MARK}(\d+){_MARK}", lambda at: _as_quoted(printed[int(at[1])]), said)


def _said(bare: str) -> str | None:
    """Several doubts stand one behind the other; some sentences have such a sign themselves."""
    parts = bare.split("; ")
    if all(map(_known().knows, parts)):
        return f"{THIN}; ".join(_known().said(part) for part in parts)
    return _known().said(bare) if _known().knows(bare) else None


def _as_quoted(literal: str) -> str:
    try:
        return f"«{NO_BREAK}{ast.literal_eval(literal)}{NO_BREAK}»"
    except (SyntaxError, ValueError):  # nothing that code quoted: an author's name with signs of its own
        return literal


def sentences() -> Mapping[str, str]:
    """English -> French, all of the catalogue."""
    return {english: french for some in by_code().values() for english, french in some.items()}


@cache
def by_code() -> Mapping[str, Mapping[str, str]]:
    """The same by the code of the finding that says them most."""
    told: Mapping[str, Mapping[str, str]] = from_yaml(CATALOGUE.read_text(encoding="utf-8"))
    return told


@cache
def _known() -> Sentences:
    forms = dict(_without_quotes(english, spaced(french)) for english, french in sentences().items())
    return Sentences(forms, colon=f"{NO_BREAK}: ", heads=True)


def _without_quotes(english: str, french: str) -> tuple[str, str]:
    """What a sentence quotes at its end is put away with all printed words: a place to be filled."""
    quoted = _QUOTED.search(english)
    if quoted is None:
        return english, french
    place = f"{{{len(re.findall(r'{[0-9]}', english)) + 1}}}"
    return english.replace(quoted.group(), place), french.replace(quoted.group(), place)
