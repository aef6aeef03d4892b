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

CATALOGUE = Path(__file__).parent / "cli" / "french.yml"
DEEPEST = 4
"""Sentences within sentences."""
_ADVICE = re.compile(r"\s?[;,:] [^;`]{0,40}`carnet [^;]{1,200}")
"""A part of a sentence that names a command."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str | None]]:
    """English -> French by kind of text; None where both are the same."""
    import yaml

    read: Any = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
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
def in_french(sentence: str, kind: str = "messages", depth: int = 0) -> str:
    """By the sentence of the catalogue that says most of it; else as it is, with what follows a colon on its own."""
    if depth > DEEPEST:
        return sentence
    start = "carnet: " if sentence.startswith("carnet: ") else ""
    said = sentence.removeprefix(start)
    for literals, french in _forms(kind):
        put_in = filled(said, literals)
        if put_in is not None:
            return start + _put(french, [in_french(value, kind, depth + 1) for value in put_in])
    head, colon, tail = said.partition(": ")
    return f"{start}{head}{colon}{in_french(tail, kind, depth + 1)}" if colon else sentence


def _put(sentence: str, values: list[str]) -> str:
    return re.sub(r"\{(\d)\}", lambda m: values[int(m[1]) - 1], sentence)


@cache
def _forms(kind: str) -> list[tuple[tuple[str, ...], str]]:
    """Sentences in pieces between what is put in, those that say most first."""
    forms = [(tuple(re.split(r"\{\d\}", english)), french) for english, french in texts(kind).items()]
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
