"""Letters taken out of the content streams of a PDF: a gap as wide stands in the place of each, all else stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pikepdf

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redaction.glyphs import Glyph, Stream

_OPERANDS = {"Tj": 1, "TJ": 1, "'": 1, '"': 3}
"""Of the operators that show text; the string or array is the last."""
Cuts = Mapping[int, Sequence[Glyph]]
"""Letters that go, by the number of the operator that shows them."""


def take_out(pdf: pikepdf.Pdf, glyphs: Iterable[Glyph]) -> None:
    """UnreadableDocument where a stream does not show what was read of it."""
    streams: dict[Stream, dict[int, list[Glyph]]] = defaultdict(lambda: defaultdict(list))
    for glyph in glyphs:
        streams[glyph.place.stream][glyph.place.shown].append(glyph)
    forms = {obj.objgen[0]: obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream)}
    for (kind, number), cuts in streams.items():
        if kind == "page":
            page = pdf.pages[number - 1]
            page.obj.Contents = pdf.make_stream(_without(page, cuts, f"page {number}"))
        else:
            form = forms[number]
            form.write(_without(form, cuts, "a form"))


def _without(shown_in: Any, cuts: Cuts, where: str) -> bytes:
    """A page or a form."""
    instructions = list(_instructions(pikepdf.parse_content_stream(shown_in), dict(cuts), where))
    return pikepdf.unparse_content_stream(instructions)


def _instructions(instructions: Iterable[Any], left: dict[int, Sequence[Glyph]], where: str) -> Iterator[Any]:
    number = 0
    for instruction in instructions:
        name = str(instruction.operator)
        if _OPERANDS.get(name) != len(instruction.operands):
            yield instruction
            continue
        glyphs = left.pop(number, ())
        yield from _shown(name, list(instruction.operands), glyphs, where) if glyphs else [instruction]
        number += 1
    if left:
        raise _differs(where)


def _shown(name: str, operands: list[Any], glyphs: Sequence[Glyph], where: str) -> Iterator[Any]:
    """The same words without some letters, by operators that move and set the same things."""
    strings = list(operands[-1]) if name == "TJ" else [operands[-1]]
    if name in ("'", '"'):
        yield _instruction([*operands[:-1], pikepdf.String(b"")], name)
    parts: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        parts[glyph.place.part].append(glyph)
    array: list[bytes | Decimal] = []
    for part, item in enumerate(strings):
        array += _cut(item, parts.pop(part, []), where)
    if parts:
        raise _differs(where)
    first, *rest = _summed(array)
    if isinstance(first, Decimal) and 0 in {glyph.place.part for glyph in glyphs} and rest:
        yield _instruction([_array([first])], "TJ")
        yield _instruction([_array(rest)], "TJ")  # apart: pdfminer puts the space between letters behind a number too
    else:
        yield _instruction([_array([first, *rest])], "TJ")


def _cut(item: Any, glyphs: Sequence[Glyph], where: str) -> Iterator[bytes | Decimal]:
    """A string of an array, or a number."""
    if not isinstance(item, pikepdf.String):
        yield Decimal(item)
        return
    string, at = bytes(item), 0
    for glyph in sorted(glyphs, key=lambda g: g.place.start):
        if glyph.string != string:
            raise _differs(where)
        yield string[at : glyph.place.start]
        yield -round(Decimal(glyph.advance), 4)
        at = glyph.place.end
    yield string[at:]


def _summed(array: Iterable[bytes | Decimal]) -> Iterator[bytes | Decimal]:
    """Strings that are not empty; numbers that follow each other as one."""
    before: Decimal | None = None
    for item in array:
        if isinstance(item, Decimal):
            before = item + (before or 0)
        elif item:
            if before is not None:
                yield before
            yield item
            before = None
    if before is not None:
        yield before


def _array(items: Iterable[bytes | Decimal]) -> pikepdf.Array:
    return pikepdf.Array([pikepdf.String(item) if isinstance(item, bytes) else item for item in items])


def _instruction(operands: Sequence[Any], name: str) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(name))


def _differs(where: str) -> UnreadableDocument:
    return UnreadableDocument(f"{where}: its operators are not what was read of them")
