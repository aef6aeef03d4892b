"""The candidate's own declaration: what stands for attestations of recipients where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Declaration:
    """`text`: what is declared; `lines`: to be filled in by hand."""

    title: str
    text: str
    lines: tuple[str, ...]


def declare(said: Mapping[str, str], firm: str, numbers: Sequence[int]) -> Declaration:
    """Of the missions with these numbers, in the words of `references.yml`."""
    kind = "one" if len(numbers) == 1 else "many"
    text = said[kind].format(firm=firm or said["candidate"], numbers=shortened(numbers))
    return Declaration(said["title"], text, (said["place"], said["signed"]))


def shortened(numbers: Sequence[int]) -> str:
    """Numbers in a row by the first and the last of them.

    >>> shortened([1, 2, 3, 5, 7, 8])
    '1 à 3, 5, 7, 8'
    """
    return ", ".join(_rows(numbers))


def _rows(numbers: Sequence[int]) -> Iterator[str]:
    first = 0
    for place, number in enumerate(numbers):
        if numbers[place + 1 : place + 2] == [number + 1]:
            continue
        row = numbers[first : place + 1]
        yield from [f"{row[0]} à {row[-1]}"] if len(row) > 2 else map(str, row)
        first = place + 1
