"""In which language the command line speaks: English as it is written, or French by one catalogue, `french.yml`.

Sentences are translated where they are said (`flows/catalogue.py`). What programs read (JSON, CSV, names of columns,
words of closed lists that commands take) is the same in all languages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from carnet.flows.catalogue import in_french, texts

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
    return sentence if language() == "en" else in_french(sentence)


def heading(word: str) -> str:
    """The head of a column."""
    return word if language() == "en" else texts("headings").get(word, word)


def help_text(text: str) -> str:
    """Help, paragraph by paragraph."""
    if language() == "en":
        return text
    return "\n\n".join(texts("help").get(part, part) for part in text.split("\n\n"))
