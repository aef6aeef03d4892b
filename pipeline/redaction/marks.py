"""A mark drawn on a page where words were taken out, so that people and readers see that something stood there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pikepdf

from carnet.pipeline.redaction.finding import as_text
from carnet.pipeline.redaction.glyphs import DrawnGlyphs, Glyph, GlyphPlace
from carnet.pipeline.redaction.wanted import Marks

SIGNS = "[…]"
_BRACKET, _DOTS = 0.278, 1.0
"""Width of the signs in Helvetica, times the size."""
_COLORS = {1: "g", 3: "rg", 4: "k"}
_MODES = {4: 0, 5: 1, 6: 2, 7: 3}
"""Of rendering: without clipping what follows."""
_FONTS = {False: "/Helvetica", True: "/Helvetica-Bold"}

GlyphRun = tuple[Glyph, ...]
"""Letters in a row that go."""


def _runs(glyphs: Sequence[Glyph], gone: set[GlyphPlace], marks: Marks) -> Iterator[GlyphRun]:
    ends = " \n\u00a0" if marks == "words" else "\n"
    run: list[Glyph] = []
    for glyph in glyphs:
        follows = run and glyph.place in gone and not set(ends) & set(as_text((run[-1], glyph)).text)
        if run and not follows:
            yield from _worth_a_mark(run)
            run = []
        if glyph.place in gone:
            run.append(glyph)
    yield from _worth_a_mark(run)


def _worth_a_mark(run: Sequence[Glyph]) -> Iterator[GlyphRun]:
    if any(glyph.text.isalnum() for glyph in run):
        yield tuple(run)


def draw(pdf: pikepdf.Pdf, drawn: DrawnGlyphs, gone: set[GlyphPlace], marks: Marks = "narrow") -> None:
    """On top of all else, in the size and colour of the first letter."""
    for number, glyphs in enumerate(drawn.pages, 1):
        runs = list(_runs(glyphs, gone, marks))
        if runs:
            _draw_on(pdf, pdf.pages[number - 1], runs, marks != "narrow")


def _draw_on(pdf: pikepdf.Pdf, page: pikepdf.Page, runs: Iterable[GlyphRun], wide: bool) -> None:
    names = {bold: page.add_resource(_font(pdf, name), pikepdf.Name.Font) for bold, name in _FONTS.items()}
    before = list(pikepdf.parse_content_stream(page))
    marks = [_operators(run, names, wide) for run in runs]
    content = [b"q", pikepdf.unparse_content_stream(before), b"Q", *[b"Q"] * _open(before), *marks]
    page.obj.Contents = pdf.make_stream(b"\n".join(content))


def _font(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(name),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    ))  # fmt: skip


def _open(instructions: Iterable[Any]) -> int:
    """How many states were saved and not restored."""
    depth = 0
    for instruction in instructions:
        depth = max(0, depth + {"q": 1, "Q": -1}.get(str(instruction.operator), 0))
    return depth


def _operators(run: GlyphRun, names: Mapping[bool, Any], wide: bool) -> bytes:
    """The signs; where they are wide, only the dots between the brackets are stretched."""
    look = run[0].look
    color = " ".join(f"{part:g}" for part in look.color)
    place = " ".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in look.matrix)
    setting = (
        f"{color} {_COLORS[len(look.color)]} {_MODES.get(look.mode, look.mode)} Tr 0 Tc 0 Tw 0 Ts "
        f"{names[look.is_bold]} {look.size:g} Tf {place} Tm"
    )
    width = _width(run)
    sides = min(1.0, width / (_DOTS + 2 * _BRACKET))
    dots = max(sides, width - 2 * _BRACKET) if wide else sides
    shown = b" ".join(
        b"%.3f Tz (%b) Tj" % (100 * stretch, sign) for stretch, sign in ((sides, b"["), (dots, b"\x85"), (sides, b"]"))
    )
    return b"q BT " + setting.encode() + b" " + shown + b" ET Q"


def _width(run: GlyphRun) -> float:
    """Of what stood there, times the size."""
    first, last = run[0], run[-1]
    width = last.from_end_of(first)[0] + first.look.width * _unit(first) + last.look.width * _unit(last)
    return max(0.2, width / max(0.1, abs(first.look.size) * _unit(first)))


def _unit(glyph: Glyph) -> float:
    """Of its line, in points."""
    return math.hypot(*glyph.look.matrix[:2])
