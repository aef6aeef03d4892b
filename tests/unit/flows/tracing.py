"""Looks for what is left of persons: in every byte of every file, in every spelling, in every cell of a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from carnet.schemas.spelling import folded
from carnet.warehouse.privacy.given_out import texts_of

Person = tuple[str | None, str | None, str | None]
"""Name, e-mail, phone."""
EMPTY = re.compile("[\0\ufffd]{5,}")
"""Most of a database file: what is no text is not looked through letter by letter."""
APART = " " * 5
"""So far apart two words are no name (`_stands`)."""


def traces(paths: Iterable[Path], people: Iterable[Person]) -> list[str]:
    """ "file: what of whom", for every file below these paths; a file's own name counts too."""
    people = list(people)
    found = []
    for path in sorted({p for given in paths for p in ([given] if given.is_file() else given.rglob("*"))}):
        if path.is_file():
            for text in (path.name, *_texts(path)):
                found += [f"{path.name}: {what}" for what in set(_in_text(text, people))]
    return found


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    for encoding in ("utf-8", "utf-16-le"):
        yield EMPTY.sub(APART, data.decode(encoding, "replace"))
    if path.suffix in (".duckdb", ".db", ".docx", ".xlsx", ".parquet", ".zip", ".html", ".json", ".jsonl"):
        yield from texts_of(path)


def _in_text(text: str, people: Iterable[Person]) -> Iterator[str]:
    low = folded(text)
    digits = re.sub(r"[\s.()/+\u00a0\u202f-]+", "", low) if re.search(r"\d", low) else ""
    for name, email, phone in people:
        given, _, surname = (folded(name or "")).partition(" ")
        if len(surname) > 2 and re.split(r"[\W\d_]", surname)[-1] in low:
            firsts = (given, given[0], "m", "mme", "monsieur", "madame")
            spelt = [(first, surname) for first in firsts] + [(surname, given), (surname, given[0])]
            yield from (f"{name} as {pair}" for pair in spelt if _stands(pair, low))
        if email and email.lower() in low:
            yield email
        if phone and re.sub(r"\D", "", phone)[-9:] in digits:
            yield phone


def _stands(words: Iterable[str], text: str) -> bool:
    apart = r"[\s.,;_\"'’()-]{1,3}"
    spelt = apart.join(apart.join(map(re.escape, re.findall(r"[^\W\d_]+", word))) for word in words)
    return re.search(rf"(?<![^\W\d_]){spelt}(?![^\W\d_])", text) is not None
