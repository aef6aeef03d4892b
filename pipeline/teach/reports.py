"""Nodes -> a PDF made by reportlab. NotImplementedError for what its flowing pages cannot do: Typst sets it then."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from random import Random
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageTemplate,
)
from reportlab.platypus import PageBreak as Break
from reportlab.platypus.doctemplate import LayoutError

from carnet.pipeline.teach.html import fingerprint, numbered
from carnet.pipeline.teach.nodes import PageBreak, Paper, Sheet, paras
from carnet.pipeline.teach.reports_nodes import NO_FILE, SERIFS, Setting, flowables
from carnet.pipeline.teach.reports_parts import Held
from carnet.pipeline.teach.typst import Drawn

_AIR = 0.01  # points: frames that are exactly full refuse what fills them
_MOST_PIECES = 4000  # what fits no frame may be cut and begun again without end


def set_paper(paper: Paper, coded: bool = False) -> Drawn:
    """The PDF of a paper. NotImplementedError where reportlab cannot do it."""
    rng = Random(fingerprint(paper))
    standard = "Times" if paper.font in SERIFS else "Helvetica"
    face = standard if paper.font in NO_FILE or rng.random() < 0.4 else None
    first = Setting(paper, coded, face)
    pdf = _built(first)
    if "{pages}" not in _around_text(paper):
        return Drawn(pdf, tuple(first.marks))
    again = Setting(paper, coded, face, total=first.total)
    return Drawn(_built(again), tuple(again.marks))


def twins(paper: Paper) -> tuple[Drawn, Drawn]:
    """The PDF and its coded twin."""
    return set_paper(paper), set_paper(paper, coded=True)


def _around_text(paper: Paper) -> str:
    return "".join(r.text for s in paper.sheets for a in (s.header, s.footer) for p in paras(a) for r in p.runs)


def _built(s: Setting) -> bytes:
    out = BytesIO()
    document = _Document(
        out, pageTemplates=[_template(s, n, sheet) for n, sheet in enumerate(s.paper.sheets)], invariant=1,
        title=s.paper.metadata.get("title"), author=s.paper.metadata.get("author"),
    )  # fmt: skip
    story: list[Any] = []
    for n, sheet in enumerate(s.paper.sheets):
        if not _printing(sheet):
            continue
        story += [NextPageTemplate(str(n)), *([Break()] if story else [])] if n else []
        story += _flow(s, sheet)
    try:
        document.build(story)
    except (LayoutError, IndexError, ValueError) as error:  # its own faults, too, where it parts cells and columns
        raise NotImplementedError(str(error).partition("\n")[0][:200]) from None
    s.total = document.page
    return out.getvalue()


class _Document(BaseDocTemplate):  # type: ignore[misc, unused-ignore]
    """Gives up on what it would cut for ever."""

    pieces = 0

    def handle_flowable(self, flowables: list[Any]) -> None:
        self.pieces += 1
        if self.pieces > _MOST_PIECES:
            raise NotImplementedError(f"more than {_MOST_PIECES} pieces")
        super().handle_flowable(flowables)


def _printing(sheet: Sheet) -> bool:
    return any(not isinstance(c, PageBreak) for c in sheet.children)


# ---- pages


def _template(s: Setting, number: int, sheet: Sheet) -> PageTemplate:
    left, top, right, bottom = sheet.margins
    width, height = sheet.width - left - right, sheet.height - top - bottom
    frame = Frame(left, bottom - _AIR, width, height + 2 * _AIR, 0, 0, 0, 0, id="text")
    size = (sheet.width, sheet.height)
    return PageTemplate(str(number), [frame], onPage=partial(_dress, s, sheet), pagesize=size)


def _dress(s: Setting, sheet: Sheet, canvas: Any, document: Any) -> None:
    """Fill, background, running head and foot of a page."""
    left, top, right, bottom = sheet.margins
    room, page = sheet.width - left - right, document.page
    if sheet.fill:
        canvas.setFillColor(HexColor(sheet.fill))
        canvas.rect(0, 0, sheet.width, sheet.height, stroke=0, fill=1)
    if sheet.background:
        _draw(canvas, flowables(s, sheet.background, sheet.width, sheet, (0.0, 0.0)), sheet.width, 0.0, sheet.height)
    if sheet.header:
        flow = Held(flowables(s, numbered(sheet.header, page, s.total), room))
        _, high = flow.wrapOn(canvas, room, top)
        flow.drawOn(canvas, left, sheet.height - 0.7 * top)
    if sheet.footer:
        _draw(canvas, flowables(s, numbered(sheet.footer, page, s.total), room), room, left, 0.7 * bottom)


def _draw(canvas: Any, some: Sequence[Any], room: float, x: float, top: float) -> None:
    flow = Held(some)
    _, high = flow.wrapOn(canvas, room, 2000.0)
    flow.drawOn(canvas, x, top - high)


def _flow(s: Setting, sheet: Sheet) -> list[Any]:
    left, top, right, _ = sheet.margins
    room = sheet.width - left - right
    return [f for child in sheet.children for f in flowables(s, child, room, sheet, (left, top))]
