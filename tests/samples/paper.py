"""Draw on pages as an office suite would: coordinates from the top left, wrapped text, bullets, boxes.

Only fonts that come with reportlab are used, so that the same bytes come out on every machine: the standard Helvetica
and Times, and Vera (embedded), which all hold the French accents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .content import NESTED

A4 = (595.28, 841.89)
A4_LANDSCAPE = (841.89, 595.28)
SLIDE = (960.0, 540.0)

for _name in ("Vera", "VeraBd", "VeraIt", "VeraBI"):
    registerFont(TTFont(_name, _name + ".ttf"))


@dataclass(frozen=True)
class Type:
    """A way of setting text."""

    font: str = "Helvetica"
    size: float = 9
    color: str = "#222222"
    lead: float = 1.25
    align: str = "left"  # left, right, center, justify
    hyphenate: bool = False
    soft: bool = False  # a soft hyphen instead of a hyphen where a word is cut
    ligatures: bool = False
    twice: bool = False  # bold faked by printing twice

    @property
    def step(self) -> float:
        return self.size * self.lead


class Paper:
    """A PDF under construction."""

    def __init__(self, path: Path, size: tuple[float, float], title: str, author: str) -> None:
        self.width, self.height = size
        self.canvas = Canvas(str(path), pagesize=size, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)

    @property
    def page(self) -> int:
        return int(self.canvas.getPageNumber())

    def next(self) -> None:
        self.canvas.showPage()

    def save(self) -> None:
        self.canvas.save()

    # text

    def line(self, x: float, top: float, text: str, style: Type, spacing: float = 0) -> float:
        """One line whose top is at `top`; returns the end of the text."""
        width = stringWidth(text, style.font, style.size) + spacing * len(text)
        if style.align == "right":
            x -= width
        if style.align == "center":
            x -= width / 2
        self._put(x, top, text, style, spacing)
        return x + width

    def block(self, x: float, top: float, width: float, text: str, style: Type, lines: int | None = None) -> float:
        """Wrapped text, `\\n` starts a new line; returns the top of what may follow."""
        for row, last in self.wrap(text, width, style)[:lines]:
            self._row(x, top, width, row, last, style)
            top += style.step
        return top

    def blocks(self, x: float, top: float, width: float, texts: Iterable[str], style: Type, gap: float = 4) -> float:
        for text in texts:
            top = self.block(x, top, width, text, style) + gap
        return top

    def bullets(
        self,
        x: float,
        top: float,
        width: float,
        items: Sequence[str],
        style: Type,
        mark: str = "•",
        mark_color: str | None = None,
        gap: float = 2,
        indent: float = 10,
        nested_mark: str = "–",
        mark_font: str | None = None,
    ) -> float:
        for item in items:
            deeper = item.startswith(NESTED)
            left = x + (indent if deeper else 0)
            sign = Type(mark_font or style.font, style.size, mark_color or style.color)
            self.line(left, top, nested_mark if deeper else mark, Type(style.font, style.size) if deeper else sign)
            inner = width - indent * (2 if deeper else 1)
            top = self.block(left + indent, top, inner, item.removeprefix(NESTED), style) + gap
        return top

    def height_of(self, text: str, width: float, style: Type) -> float:
        return len(self.wrap(text, width, style)) * style.step

    def wrap(self, text: str, width: float, style: Type) -> list[tuple[str, bool]]:
        """Lines with whether each ends a paragraph."""
        rows: list[tuple[str, bool]] = []
        for paragraph in text.split("\n"):
            row = ""
            words = paragraph.split(" ")
            while words:
                word = words.pop(0)
                longer = f"{row} {word}" if row else word
                if stringWidth(longer, style.font, style.size) <= width:
                    row = longer
                    continue
                head, tail = _cut(word, width - stringWidth(row + " ", style.font, style.size), style, bool(row))
                if head:
                    rows.append((f"{row} {head}" if row else head, False))
                    row, words = "", [tail, *words]
                else:
                    rows.append((row, False))
                    row, words = "", [word, *words]
            rows.append((row, True))
        return rows

    def _row(self, x: float, top: float, width: float, row: str, last: bool, style: Type) -> None:
        if style.align == "justify" and not last and " " in row:
            words = row.split(" ")
            free = width - sum(stringWidth(w, style.font, style.size) for w in words)
            for word in words:
                self._put(x, top, word, style)
                x += stringWidth(word, style.font, style.size) + free / (len(words) - 1)
            return
        anchor = {"right": x + width, "center": x + width / 2}.get(style.align, x)
        self.line(anchor, top, row, style)

    def _put(self, x: float, top: float, text: str, style: Type, spacing: float = 0) -> None:
        if style.ligatures:
            text = text.replace("fi", "ﬁ").replace("fl", "ﬂ")
        base = self.height - top - style.size * 0.8
        for shift in (0.0, 0.25) if style.twice else (0.0,):
            words = self.canvas.beginText(x + shift, base)
            words.setFont(style.font, style.size)
            words.setFillColor(_color(style.color))
            words.setCharSpace(spacing)
            words.textOut(text)
            self.canvas.drawText(words)

    def turned(self, x: float, bottom: float, text: str, style: Type) -> None:
        """Text that runs upwards."""
        self.canvas.saveState()
        self.canvas.translate(x, self.height - bottom)
        self.canvas.rotate(90)
        self.canvas.setFont(style.font, style.size)
        self.canvas.setFillColor(_color(style.color))
        self.canvas.drawString(0, 0, text, charSpace=0)
        self.canvas.restoreState()

    # shapes

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        fill: str | None = None,
        stroke: str | None = None,
        line: float = 0.6,
        radius: float = 0,
    ) -> None:
        if fill:
            self.canvas.setFillColor(_color(fill))
        if stroke:
            self.canvas.setStrokeColor(_color(stroke))
            self.canvas.setLineWidth(line)
        bottom = self.height - top - height
        if radius:
            self.canvas.roundRect(x, bottom, width, height, radius, stroke=int(bool(stroke)), fill=int(bool(fill)))
        else:
            self.canvas.rect(x, bottom, width, height, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def rule(self, x0: float, y0: float, x1: float, y1: float, color: str = "#888888", line: float = 0.6) -> None:
        self.canvas.setStrokeColor(_color(color))
        self.canvas.setLineWidth(line)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.canvas.setFillColor(_color(fill))
        self.canvas.circle(x, self.height - y, radius, stroke=0, fill=1)

    def polygon(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        self.canvas.setFillColor(_color(fill))
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        path.close()
        self.canvas.drawPath(path, stroke=0, fill=1)

    def hills(self, x: float, top: float, width: float, height: float, colors: Sequence[str], seed: int = 0) -> None:
        """A landscape instead of a photograph."""
        self.box(x, top, width, height, fill=colors[0])
        self.disc(x + width * (0.2 + 0.13 * (seed % 5)), top + height * 0.28, height * 0.11, "#fff3cf")
        for depth, color in enumerate(colors[1:], 1):
            floor, points = top + height, [(x, top + height)]
            for step in range(9):
                bump = ((step * 37 + seed * 53 + depth * 71) % 29) / 29
                points.append((x + width * step / 8, top + height * (0.3 + 0.18 * depth + 0.14 * bump)))
            self.polygon([*points, (x + width, floor)], color)


def _color(text: str) -> Color:
    return HexColor(text)


def _cut(word: str, room: float, style: Type, row_begun: bool) -> tuple[str, str]:
    """The part of a word that still goes on the line, or nothing."""
    mark = "\u00ad" if style.soft else "-"
    if style.hyphenate and len(word) > 7:
        for at in range(len(word) - 3, 2, -1):
            if _may_break(word, at) and stringWidth(word[:at] + "-", style.font, style.size) <= room:
                return word[:at] + mark, word[at:]
    for at in (i + 1 for i in range(len(word) - 2, 1, -1) if word[i] == "-"):
        if word[:at].replace("-", "").isalpha() and stringWidth(word[:at], style.font, style.size) <= room:
            return word[:at], word[at:]
    if row_begun:
        return "", word
    at = len(word)
    while at > 1 and stringWidth(word[:at], style.font, style.size) > room:
        at -= 1
    return (word[:at], word[at:]) if at < len(word) else (word[: at - 1], word[at - 1 :])


def _may_break(word: str, at: int) -> bool:
    """Between `ra` and `ti` of `opération`: a vowel, then one consonant and a vowel."""
    vowels, consonants = "aeiouyéèêâîôûà", "bcdfglmnprstv"
    near = word[at - 3 : at + 3].lower()
    return bool(re.fullmatch(r"[^\W\d_]+", near)) and (
        word[at - 1].lower() in vowels and word[at].lower() in consonants and word[at + 1].lower() in vowels
    )


class Flow:
    """A column of text that goes on over page breaks, line by line."""

    def __init__(
        self,
        paper: Paper,
        x: float,
        width: float,
        top: float,
        bottom: float,
        furnish: Callable[[], None] = lambda: None,
    ) -> None:
        """`furnish` draws running head and foot."""
        self.furnish = furnish
        self.paper, self.x, self.width, self.start, self.bottom = paper, x, width, top, bottom
        self.top = top

    def new_page(self) -> None:
        self.paper.next()
        self.top = self.start
        self.furnish()

    def need(self, height: float) -> None:
        if self.top + height > self.bottom:
            self.new_page()

    def text(self, text: str, style: Type, gap: float = 4, indent: float = 0) -> None:
        for row in self.paper.wrap(text, self.width - indent, style):
            self.need(style.step)
            self.paper._row(self.x + indent, self.top, self.width - indent, *row, style)
            self.top += style.step
        self.top += gap

    def bullets(self, items: Sequence[str], style: Type, mark: str = "•", indent: float = 10, gap: float = 2) -> None:
        for item in items:
            self.need(style.step)
            self.paper.line(self.x, self.top, mark, style)
            self.text(item, style, gap, indent)

    def pair(self, label: str, value: str, at: float, label_style: Type, style: Type, gap: float = 2) -> None:
        """A label and its value beside it."""
        height = max(self.paper.height_of(value, self.width - at, style), style.step)
        self.need(height)
        self.paper.block(self.x, self.top, at - 6, label, label_style)
        self.paper.block(self.x + at, self.top, self.width - at, value, style)
        self.top += max(height, self.paper.height_of(label, at - 6, label_style)) + gap


@dataclass(frozen=True)
class Look:
    """How a table is drawn."""

    head: Type
    cell: Type
    head_fill: str | None = None
    stripe: str | None = None
    rules: str | None = None  # colour of lines between rows
    uprights: str | None = None  # colour of lines between columns
    pad: float = 4
    band: Type = Type("Helvetica-Bold", 9)
    band_fill: str | None = None


class Table:
    """A table over page breaks with its header row repeated."""

    def __init__(self, flow: Flow, columns: Sequence[tuple[str, float, str]], look: Look) -> None:
        """`columns`: heading, width, alignment."""
        self.flow, self.columns, self.look, self.count = flow, columns, look, 0

    def header(self) -> None:
        self._cells([name for name, _, _ in self.columns], self.look.head, self.look.head_fill)

    def row(self, cells: Sequence[str]) -> int:
        """Draws one row; returns its page."""
        if self.flow.top + self._height(cells, self.look.cell) > self.flow.bottom:
            self.flow.new_page()
            self.header()
        self.count += 1
        self._cells(cells, self.look.cell, self.look.stripe if self.count % 2 == 0 else None)
        return self.flow.paper.page

    def band(self, text: str, keep: float = 40) -> None:
        """A row over the whole width."""
        height = self.look.band.step + 2 * self.look.pad
        if self.flow.top + height + keep > self.flow.bottom:
            self.flow.new_page()
            self.header()
        width = sum(w for _, w, _ in self.columns)
        self.flow.paper.box(self.flow.x, self.flow.top, width, height, self.look.band_fill, self.look.rules)
        self.flow.paper.line(self.flow.x + self.look.pad, self.flow.top + self.look.pad, text, self.look.band)
        self.flow.top += height
        self.count = 0

    def _height(self, cells: Sequence[str], style: Type) -> float:
        pad = self.look.pad
        widths = [w for _, w, _ in self.columns]
        pairs = zip(cells, widths, strict=True)
        return max(self.flow.paper.height_of(text, width - 2 * pad, style) for text, width in pairs) + 2 * pad

    def _cells(self, cells: Sequence[str], style: Type, fill: str | None) -> None:
        paper, top, pad, height = self.flow.paper, self.flow.top, self.look.pad, self._height(cells, style)
        left, width = self.flow.x, sum(w for _, w, _ in self.columns)
        if fill:
            paper.box(left, top, width, height, fill)
        if self.look.rules:
            paper.rule(left, top, left + width, top, self.look.rules)
            paper.rule(left, top + height, left + width, top + height, self.look.rules)
        for text, (_, column, align) in zip(cells, self.columns, strict=True):
            paper.block(left + pad, top + pad, column - 2 * pad, text, replace(style, align=align))
            if self.look.uprights:
                paper.rule(left, top, left, top + height, self.look.uprights)
            left += column
        if self.look.uprights:
            paper.rule(left, top, left, top + height, self.look.uprights)
        self.flow.top += height
