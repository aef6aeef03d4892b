"""What the warehouse can't do, said in one sentence for the person at the terminal."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

CLOSE_NAMES = 2


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What is close to a word that is none of a list, as the end of a sentence; nothing where nothing is.

    >>> did_you_mean("titel", ["title", "client"])
    "; did you mean 'title'?"
    >>> did_you_mean("x", ["title", "client"])
    ''
    """
    close = difflib.get_close_matches(word.lower(), list(known), n=CLOSE_NAMES, cutoff=0.6)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


class WarehouseError(Exception):
    """The warehouse can't be opened, or not now; the message says what to do."""


class WarehouseBusy(WarehouseError):
    """Another process holds the warehouse and did not let go in time; trying again later may work."""


@dataclass(frozen=True)
class QueryPlace:
    """Where in a question something is wrong; counted from 1. `text`: the whole line."""

    line: int
    character: int
    text: str

    def drawn(self) -> str:
        """The line with a mark under the place; only as much of a long line as helps.

        >>> print(QueryPlace(1, 8, "SELECT titre FROM missions").drawn())
          SELECT titre FROM missions
                 ^
        """
        start = max(0, self.character - 60)
        shown = self.text[start : self.character + 60].replace("\t", " ")
        return f"  {shown}\n  {' ' * (self.character - 1 - start)}^"


class QueryError(WarehouseError):
    """A question that the warehouse refuses or can't answer. `place`: the word it is about, where that is known."""

    def __init__(self, sentence: str, *, place: QueryPlace | None = None) -> None:
        super().__init__(f"{sentence} (line {place.line}, character {place.character})" if place else sentence)
        self.place = place


class OutputRefused(WarehouseError):
    """A place that a command must not write to: what carnet keeps, a link, a device, a file that is there already."""


class WarehouseDamaged(WarehouseError):
    """The file is there, and is no warehouse any more: cut short, overwritten, or of another kind."""
