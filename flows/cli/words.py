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

CATALOGUE = Path(__file__).with_name("french.yml")
LANGUAGES = ("en", "fr")
DEEPEST = 4
"""Sentences within sentences."""
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
    """English -> French by kind of text; None where both are the same."""
    import yaml

    read: Any = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    return {str(kind): dict(texts) for kind, texts in read.items()}


@cache
def _texts(kind: str) -> Mapping[str, str]:
    return {english: french or english for english, french in catalogue()[kind].items()}


@lru_cache(maxsize=1024)
def _french(sentence: str, kind: str, depth: int = 0) -> str:
    """By the sentence of the catalogue that says most of it; else as it is, with what follows a colon on its own."""
    if depth > DEEPEST:
        return sentence
    start = "carnet: " if sentence.startswith("carnet: ") else ""
    said = sentence.removeprefix(start)
    for literals, french in _forms(kind):
        put_in = filled(said, literals)
        if put_in is not None:
            return start + _put(french, [_french(value, kind, depth + 1) for value in put_in])
    head, colon, tail = said.partition(": ")
    return f"{start}{head}{colon}{_french(tail, kind, depth + 1)}" if colon else sentence


def _put(sentence: str, values: list[str]) -> str:
    return re.sub(r"\{(\d)\}", lambda m: values[int(m[1]) - 1], sentence)


@cache
def _forms(kind: str) -> list[tuple[tuple[str, ...], str]]:
    """Sentences in pieces between what is put in, those that say most first."""
    forms = [(tuple(re.split(r"\{\d\}", english)), french) for english, french in _texts(kind).items()]
    return sorted(forms, key=lambda form: -sum(map(len, form[0])))


def filled(said: str, literals: tuple[str, ...]) -> list[str] | None:
    """What is put in between the pieces of a sentence; None where it is another sentence. Linear in its length.

    >>> filled("a.pdf: it is full", ("", ": it is ", "")), filled("it was full", ("it is ", ""))
    (['a.pdf', 'full'], None)
    """
    first, *others = literals
    if not said.startswith(first):
        return None
    if not others:
        return [] if said == first else None
    found, at = [], len(first)
    for piece in others[:-1]:
        place = said.find(piece, at)
        if place < 0:
            return None
        found.append(said[at:place])
        at = place + len(piece)
    end = len(said) - len(others[-1])
    return [*found, said[at:end]] if end >= at and said.endswith(others[-1]) else None
