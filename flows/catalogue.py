"""What we say in French: English sentences, as they are written in code, by one catalogue (`cli/french.yml`).

The catalogue holds each with {1}, {2} … where something is put in, so that code that says something need not know that
there are languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from carnet.schemas.closed_lists import FindingCode
from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.sentences import Sentences

CATALOGUE = Path(__file__).parent / "cli" / "french.yml"
_ADVICE = re.compile(r"\s?[;,:] [^;`]{0,40}`carnet [^;]{1,200}")
"""A part of a sentence that names a command."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str | None]]:
    """English -> French by kind of text; None where both are the same. What a correction can't be is said by findings
    too, and stands in their words."""
    from carnet.warehouse.exports.finding_words import by_code

    read: Any = from_yaml(CATALOGUE.read_text(encoding="utf-8"))
    read["messages"] |= by_code()[FindingCode.CORRECTION_ASKED]
    return {str(kind): dict(texts) for kind, texts in read.items()}


@cache
def texts(kind: str) -> Mapping[str, str]:
    return {english: french or english for english, french in catalogue()[kind].items()}


def for_pages(sentence: str) -> str:
    """What a reader of pages is told: in French, without advice to type a command.

    >>> for_pages("zz: no mission has this id; `carnet missions` lists them")
    "zz : aucune mission n'a cet identifiant"
    """
    return _ADVICE.sub("", in_french(sentence))


@lru_cache(maxsize=1024)
def in_french(sentence: str, kind: str = "messages") -> str:
    """By the sentence of the catalogue that says most of it; else as it is, with what follows a colon on its own."""
    start = "carnet: " if sentence.startswith("carnet: ") else ""
    return start + _sentences(kind).said(sentence.removeprefix(start))


@cache
def _sentences(kind: str) -> Sentences:
    return Sentences(catalogue()[kind])
