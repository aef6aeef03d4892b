"""Bars and columns as places on a drawing, for a template to draw: pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
LABEL = 240
VALUE = 100
ROW = 26
HEIGHT = 220
FOOT = 22
HEAD = 18
LETTERS = 30
"""Of a label beside a bar; the whole is in its tooltip."""


@dataclass(frozen=True)
class Datum:
    """One value of a chart. `shown`: as a reader reads it; `part`: how much of it is set off, 0 to 1."""

    label: str
    value: float
    shown: str
    part: float | None = None

    @property
    def short(self) -> str:
        """Above a column: thousands and millions shortened.

        >>> Datum("2021", 1_234_567, "").short, Datum("2021", 45_400, "").short, Datum("2021", 12, "12").short
        ('1,2 M', '45 k', '12')
        """
        if self.value >= 1_000_000:
            return f"{self.value / 1_000_000:.1f} M".replace(".", ",")
        return f"{self.value / 1000:.0f} k" if self.value >= 10_000 else self.shown


@dataclass(frozen=True)
class Mark:
    """A rectangle with its texts; `part_*`: the piece that is set off."""

    datum: Datum
    label: str
    x: float
    y: float
    width: float
    height: float
    part_y: float = 0.0
    part_height: float = 0.0
    is_labelled: bool = True


@dataclass(frozen=True)
class Chart:
    """`kind`: bars (across, one below the other) or columns (upright, side by side)."""

    kind: str
    title: str
    marks: tuple[Mark, ...]
    height: float
    note: str = ""

    @property
    def data(self) -> list[Datum]:
        return [mark.datum for mark in self.marks]


def bars(title: str, data: Sequence[Datum], note: str = "") -> Chart:
    """One row each, in the order given.

    >>> [mark.width for mark in bars("", [Datum("a", 10, "10"), Datum("b", 5, "5")]).marks]
    [300.0, 150.0]
    """
    scale = (WIDTH - LABEL - VALUE) / _top(data)
    marks = tuple(
        Mark(d, _cut(d.label), LABEL, n * ROW + 4, round(d.value * scale, 1), ROW - 8) for n, d in enumerate(data)
    )
    return Chart("bars", title, marks, len(data) * ROW, note)


def columns(title: str, data: Sequence[Datum], note: str = "") -> Chart:
    """One column each, from left to right; labels left out where they would touch."""
    scale = (HEIGHT - FOOT - HEAD) / _top(data)
    step = WIDTH / max(len(data), 6)
    every = max(1, round(44 / step))
    foot = HEIGHT - FOOT
    marks = []
    for n, d in enumerate(data):
        tall = round(d.value * scale, 1)
        part = round(tall * d.part, 1) if d.part is not None else 0.0
        x, wide = round(n * step + step * 0.12, 1), round(step * 0.76, 1)
        marks.append(
            Mark(
                d, d.label, x, foot - tall, wide, tall, foot - part, part, is_labelled=(len(data) - 1 - n) % every == 0
            )
        )
    return Chart("columns", title, tuple(marks), HEIGHT, note)


def _top(data: Sequence[Datum]) -> float:
    return max((d.value for d in data), default=0) or 1


def _cut(label: str) -> str:
    """
    >>> _cut("Communauté de communes du Pays de l'Arbresle")
    'Communauté de communes du Pay…'
    """
    return label if len(label) <= LETTERS else label[: LETTERS - 1].rstrip() + "…"
