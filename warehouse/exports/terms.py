"""On what terms a data set is given: with amounts or without, under which licence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports.resources import words


@dataclass(frozen=True)
class License:
    """As a Data Package tells it: a name of the Open Definition, or an address."""

    name: str | None
    path: str
    title: str | None = None

    def told(self) -> dict[str, str]:
        named = {"name": self.name, "path": self.path, "title": self.title}
        return {key: value for key, value in named.items() if value}


@dataclass(frozen=True)
class Terms:
    """`amounts`: False leaves out fees, turnover and the weight of clients, and masks what texts say of money.
    `license`: None where nothing is said, and nothing is allowed."""

    amounts: bool = True
    license: License | None = None


USUAL = Terms()


def license_named(text: str) -> License:
    """QueryError for what is neither a known name nor an address.

    >>> license_named("cc-by-4.0").told()["name"]
    'CC-BY-4.0'
    >>> license_named("https://firm.example/licence").told()
    {'path': 'https://firm.example/licence'}
    """
    known: dict[str, list[str]] = words()["licenses"]
    for name, (title, path) in known.items():
        if name.casefold() == text.strip().casefold():
            return License(name, path, title)
    if re.fullmatch(r"https?://[!-~]+", text.strip()):
        return License(None, text.strip())
    raise QueryError(f"{text}: expected a licence ({', '.join(known)}) or the address of one")
