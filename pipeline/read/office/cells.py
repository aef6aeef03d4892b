"""A worksheet's cells, its merged ranges and the looks of cells, as its XML holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

CellPlace = tuple[int, int]
"""Row and column, from 1."""
_MOST, _MERGES = 50_000, 2_000
"""Cells and merged ranges of a worksheet; one with more is printed as it is."""
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$")
_SIZE = 11.0
"""Points, where no font says its own."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell shows, as far as the file tells: a figure is as stored, without the signs of its format."""

    text: str
    is_number: bool
    look: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that show as one: first and last row, first and last column."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, spot: CellPlace) -> bool:
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right


@dataclass(frozen=True)
class SheetLooks:
    """Of each look that cells refer to: which font, and how big it is."""

    fonts: Sequence[int]
    sizes: Sequence[float]

    def font(self, look: int) -> int:
        return self.fonts[look] if look < len(self.fonts) else 0

    def size(self, look: int) -> float:
        font = self.font(look)
        return self.sizes[font] if font < len(self.sizes) else _SIZE


class TooMany(ValueError):
    """More cells than are looked at."""


def parsed(xml: bytes) -> Any:
    """A part of the file; no entity is resolved, nothing fetched. etree.XMLSyntaxError where it is none."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def spot_of(reference: str) -> CellPlace:
    """(3, 28) for "AB3"; ValueError."""
    found = _REFERENCE.match(reference)
    if found is None:
        raise ValueError(f"no cell: {reference[:20]}")
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)), column


def name_of(spot: CellPlace) -> str:
    """ "AB3" for (3, 28)."""
    row, column = spot
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def shared_texts(xml: bytes) -> list[str]:
    """The texts that cells of all worksheets refer to by number."""
    return [_text(item) for item in parsed(xml).iterfind("{*}si")]


def looks_of(styles: Any) -> SheetLooks:
    """Fonts of the looks, from the part `styles.xml`."""
    sizes = [_number(size.get("val") if size is not None else None, _SIZE) for size in _sizes(styles)]
    fonts = [int(_number(look.get("fontId"), 0)) for look in styles.iterfind("{*}cellXfs/{*}xf")]
    return SheetLooks(fonts, sizes)


def _sizes(styles: Any) -> Iterable[Any]:
    return (font.find("{*}sz") for font in styles.iterfind("{*}fonts/{*}font"))


def cells_of(sheet: Any, shared: Sequence[str]) -> dict[CellPlace, SheetCell]:
    """Cells that show something and are in no hidden row, in the order of the sheet.

    TooMany; ValueError for what no worksheet says.
    """
    found: dict[CellPlace, SheetCell] = {}
    shown = (row for row in sheet.iterfind("{*}sheetData/{*}row") if row.get("hidden") not in ("1", "true"))
    for count, cell in enumerate(cell for row in shown for cell in row.iterfind("{*}c")):
        if count > _MOST:
            raise TooMany(f"more than {_MOST} cells")
        text, is_number = _shown(cell, shared)
        if text.strip():
            found[spot_of(cell.get("r", ""))] = SheetCell(text, is_number, int(_number(cell.get("s"), 0)))
    return found


def _shown(cell: Any, shared: Sequence[str]) -> tuple[str, bool]:
    kind = cell.get("t", "n")
    value = cell.findtext("{*}v") or ""
    if kind == "s":
        place = int(_number(value, -1))
        return (shared[place] if 0 <= place < len(shared) else ""), False
    if kind == "inlineStr":
        inside = cell.find("{*}is")
        return (_text(inside) if inside is not None else ""), False
    return value, kind == "n" and bool(value)


def _text(item: Any) -> str:
    """Of all its runs, without what tells how to say it."""
    return "".join(t.text or "" for t in item.iter("{*}t") if etree.QName(t.getparent()).localname != "rPh")


def merges_of(sheet: Any) -> list[Merge]:
    """The merged ranges of a worksheet. TooMany; ValueError for what is none."""
    found: list[Merge] = []
    for merge in sheet.iterfind("{*}mergeCells/{*}mergeCell"):
        if len(found) > _MERGES:
            raise TooMany(f"more than {_MERGES} merged ranges")
        first, _, last = merge.get("ref", "").partition(":")
        (top, left), (bottom, right) = spot_of(first), spot_of(last or first)
        found.append(Merge(top, left, bottom, right))
    return found


def _number(said: str | None, otherwise: float) -> float:
    try:
        return float(said) if said else otherwise
    except ValueError:
        return otherwise
