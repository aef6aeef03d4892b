"""How much room things take on a slide: measured with the widths of the font's letters, a little too large."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from carnet.pipeline.teach.html_nodes import widths
from carnet.pipeline.teach.nodes import (
    Box,
    Chain,
    Columns,
    Grid,
    Node,
    Paper,
    Para,
    Picture,
    Rule,
    Run,
    Space,
    Stack,
    Turned,
    run_nodes,
    spots_of,
    with_look,
)
from carnet.pipeline.teach.reports_parts import faces

FONTS = {
    "Carlito": 1.23, "Liberation Sans": 1.16, "Liberation Serif": 1.16, "Open Sans": 1.37, "Lato": 1.21,
    "DejaVu Sans": 1.17, "Caladea": 1.18,
}  # fmt: skip
"""Fonts that office documents are drawn in, each with the height of its lines in letter sizes."""
_LIKE = {"Liberation Sans": "Helvetica", "Liberation Serif": "Times"}  # letters of the same widths
_SAFE = 1.09  # LibreOffice's lines are a little wider than the sum of their letters


class Measure:
    """Heights and widths of nodes in one font."""

    def __init__(self, paper: Paper, font: str, spacing: float = 0.95) -> None:
        self.paper, self.font, self.spacing = paper, font, spacing
        self.faces = faces(_LIKE.get(font, font))
        self.line = FONTS[font] * spacing

    # ---- heights

    def high(self, node: Node | None, w: float) -> float:
        """Height of a thing in a width."""
        match node:
            case Para():
                return self._para(node, w)
            case Stack(children=some, gap=gap):
                return sum(self.high(c, w) for c in some) + gap * max(0, len(some) - 1)
            case Grid():
                rows = self.rows(node, w)
                return sum(rows) + node.gap_y * max(0, len(rows) - 1)
            case Box(child=child, inset=inset):
                if isinstance(node.height, (int, float)):
                    return float(node.height)
                wide = self.wide(node, w) if node.width is None else points(node.width, w)
                return self.high(child, wide - 2 * inset) + 2 * inset
            case Columns(child=child, count=count, gap=gap):
                return self.high(child, (w - gap * (count - 1)) / count) / count + 2 * self.paper.size * self.line
            case Space(height=height) | Picture(height=height):
                return height
            case Rule(weight=weight):
                return weight
            case Turned(child=child, angle=angle):
                wide = self.wide(child, 600.0)
                return self.turned(angle, wide, self.high(child, wide))[1]
            case Chain():
                return max((dy + self.high(c, wide) for c, _, dy, wide in self.chained(node, w)), default=0.0)
        return 0.0

    def _para(self, para: Para, w: float) -> float:
        w = max(8.0, w - (para.look.size or self.paper.size) * 1.2 * para.item)
        lines, used, tallest = 1, 0.0, self._size(para, None)
        for run in para.runs:
            size, text = self._size(para, run), _shown(para, run)
            tallest = max(tallest, size) if run.text.strip() else tallest
            for i, piece in enumerate(text.split("\n")):
                lines, used = (lines + 1, 0.0) if i else (lines, used)
                for word in piece.split(" "):
                    long = self._width(para, run, word + " ") * _SAFE
                    if used and used + long > w:
                        lines, used = lines + 1, 0.0
                    lines, used = lines + int(long // w), used + long % w
        own = max((self._size(para, r) for r in para.runs if r.text.strip()), default=tallest)
        return lines * own * self.line

    # ---- widths

    def wide(self, node: Node | None, room: float) -> float:
        """Width of a thing that is as wide as its words."""
        match node:
            case None | Space():
                return 0.0
            case Para(runs=runs):
                lines = [0.0]
                for run in runs:
                    for i, piece in enumerate(_shown(node, run).split("\n")):
                        lines += [0.0] if i else []
                        lines[-1] += self._width(node, run, piece)
                return min(room, max(lines) * _SAFE + 5.0)
            case Stack(children=some):
                return max((self.wide(c, room) for c in some), default=0.0)
            case Box(child=child, inset=inset, width=width):
                return width if isinstance(width, (int, float)) else min(room, self.wide(child, room) + 2 * inset)
            case Picture(width=width):
                return points(width, room)
        return room

    def columns(self, node: Grid, room: float) -> list[float]:
        """Points of each column; first those that are as wide as their text."""
        natural = [0.0] * len(node.widths)
        for x, _, cell in spots_of(node):
            if cell.colspan == 1 and node.widths[x] == "auto":
                natural[x] = max(natural[x], self.wide(cell.child, room) + 2 * node.inset)
        known = tuple(n if w == "auto" else w for w, n in zip(node.widths, natural, strict=True))
        return _roomy(widths(replace(node, widths=known), room), self._least(node))

    def _least(self, node: Grid) -> list[float]:
        """Points of each column without which a word of its would be cut in two."""
        least = [0.0] * len(node.widths)
        for x, _, cell in spots_of(node):
            if cell.colspan == 1:
                words = (
                    self._width(para, run, word) * _SAFE + self._size(para, run) * 1.2 * para.item
                    for para, run in run_nodes(cell.child)
                    for word in _UNCUT.findall(_shown(para, run))
                )
                least[x] = max(least[x], max(words, default=0.0) + 2 * node.inset + 1)
        return least

    def rows(self, node: Grid, room: float) -> list[float]:
        """Height of each row; what spans several counts in its last."""
        wide, spots = self.columns(node, room), list(spots_of(node))
        high = [0.0] * max((y + c.rowspan for _, y, c in spots), default=1)
        for x, y, cell in sorted(spots, key=lambda spot: spot[2].rowspan):
            inner = sum(wide[x : x + cell.colspan]) + node.gap_x * (cell.colspan - 1) - 2 * node.inset
            last = y + cell.rowspan - 1
            need = self.high(cell.child, max(8.0, inner)) + 2 * node.inset - sum(high[y:last]) - node.gap_y * (last - y)
            high[last] = max(high[last], need)
        return high

    def chained(self, node: Chain, room: float) -> Iterable[tuple[Node, float, float, float]]:
        """The things of a chain with their places and widths; a new row where there is no room."""
        x = y = tallest = 0.0
        for child in node.children:
            wide = self.wide(child, room)
            if x and x + wide > room:
                x, y, tallest = 0.0, y + tallest + 4.0, 0.0
            yield child, x, y, wide
            x, tallest = x + wide + node.gap, max(tallest, self.high(child, wide))

    def turned(self, angle: float, wide: float, high: float) -> tuple[float, float]:
        """Room of a thing after a turn."""
        k, s = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
        return wide * k + high * s, wide * s + high * k

    def _size(self, para: Para, run: Run | None) -> float:
        return (run and run.look.size) or para.look.size or self.paper.size

    def _width(self, para: Para, run: Run, text: str) -> float:
        look = with_look(replace(run, look=para.look), run.look).look
        face = self.faces[(1 if look.bold else 0) + (2 if look.italic else 0)]
        return float(stringWidth(text, face, self._size(para, run))) + look.tracking * len(text)


_UNCUT = re.compile(r"[^\s@/.-]+[@/.-]?")
"""What stands on one line whatever its width."""


def _roomy(sized: list[float], least: list[float]) -> list[float]:
    """Widths of columns, those that are too narrow for a word as wide as it is, at the cost of the others.

    >>> _roomy([20.0, 80.0], [30.0, 40.0]), _roomy([50.0, 50.0], [60.0, 60.0])
    ([30.0, 70.0], [50.0, 50.0])
    """
    spare = [max(0.0, wide - need) for wide, need in zip(sized, least, strict=True)]
    lacking = sum(max(0.0, need - wide) for wide, need in zip(sized, least, strict=True))
    if not 0 < lacking <= sum(spare):
        return sized
    taken = lacking / sum(spare)
    return [max(wide, need) - room * taken for wide, need, room in zip(sized, least, spare, strict=True)]


def _shown(para: Para, run: Run) -> str:
    look = with_look(replace(run, look=para.look), run.look).look
    return run.text.upper() if look.upper or look.small_caps else run.text


def points(width: float | str | None, room: float) -> float:
    """A width in points; shares are of the room."""
    if isinstance(width, str):
        return room * float(width.rstrip("%")) / 100 if width.endswith("%") else room
    return room if width is None else width
