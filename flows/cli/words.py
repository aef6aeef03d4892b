"""In which language the command line speaks: English as it is written, or French by one catalogue, `french.yml`.

Sentences are translated where they are said, so that code that says something need not know that there are languages:
the catalogue holds each with {1}, {2} … where something is put in. What programs read (JSON, CSV, names of columns,
words of closed lists that commands take) is the same in all languages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from carnet.schemas.closed_lists import FindingCode
from carnet.schemas.sentences import Sentences

CATALOGUE = Path(__file__).with_name("french.yml")
LANGUAGES = ("en", "fr")
_chosen: list[str] = []


def choose(language: str | None) -> None:
    """For this process; None: as the machine says."""
    _chosen[:] = [language] if language else []


def language() -> str:
    """`--lang`, else CARNET_LANG, else what the machine is set to; English where that is another, or unknown."""
    if _chosen:
        return _chosen[0]
    names = ("CARNET_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    told = next((value for name in names if (value := os.environ.get(name))), "")
    return "fr" if re.match(r"fr(?![a-z])", told, re.IGNORECASE) else "en"


def taken_from(arguments: Iterable[str]) -> list[str]:
    """The arguments without `--lang fr`, which may stand anywhere and is chosen here.

    >>> taken_from(["missions", "--lang", "en", "--json"])
    ['missions', '--json']
    """
    left, rest = [], list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        asked = value if equals else (rest[0] if rest else "")
        if name != "--lang" or asked not in LANGUAGES:
            left.append(word)
            continue
        choose(asked)
        if not equals:
            rest.pop(0)
    return left


def in_words(sentence: str) -> str:
    """What is said, in the language that is chosen."""
    return sentence if language() == "en" else _french(sentence, "messages")


def heading(word: str) -> str:
    """The head of a column."""
    return word if language() == "en" else _texts("headings").get(word, word)


def help_text(text: str) -> str:
    """Help, paragraph by paragraph."""
    if language() == "en":
        return text
    return "\n\n".join(_texts("help").get(part, part) for part in text.split("\n\n"))


@cache
def catalogue() -> Mapping[str, Mapping[str, str | None]]:
    """English -> French by kind of text; None where both are the same. What a correction can't be is said by findings
    too, and stands in their words."""
    import yaml

    from carnet.warehouse.exports.finding_words import by_code

    read: Any = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    read["messages"] |= by_code()[FindingCode.CORRECTION_ASKED]
    return {str(kind): dict(texts) for kind, texts in read.items()}


@cache
def _texts(kind: str) -> Mapping[str, str]:
    return {english: french or english for english, french in catalogue()[kind].items()}


@lru_cache(maxsize=1024)
def _french(sentence: str, kind: str) -> str:
    start = "carnet: " if sentence.startswith("carnet: ") else ""
    return start + _sentences(kind).said(sentence.removeprefix(start))


@cache
def _sentences(kind: str) -> Sentences:
    return Sentences(catalogue()[kind])
