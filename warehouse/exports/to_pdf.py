"""A reference list as a PDF that a buyer's platform takes: pages of A4, tagged for who reads by ear (PDF/UA-1), set by
Typst, which carries its fonts. What a brochure prints goes in as data, never as markup."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.exports.document import Cell, Document, Fiche, words
from carnet.warehouse.exports.packed import midnight

TEMPLATE = Path(__file__).with_name("references.typ")


def to_pdf(document: Document) -> bytes:
    """The same list makes the same bytes: it is dated to its own day. Raises WarehouseError without Typst, the extra
    `pdf`."""
    try:
        import typst  # a big library; only here is it needed
    except ImportError:
        raise WarehouseError(
            "a PDF needs Typst: install it with `pip install 'carnet[pdf]'`, or write .docx and print it"
        ) from None

    day = int(midnight(document.day).replace(tzinfo=dt.UTC).timestamp())
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(), format="pdf", sys_inputs={"list": json.dumps(_told(document), ensure_ascii=False)},
        ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=max(0, day),
    )  # fmt: skip
    return made


def _told(document: Document) -> dict[str, Any]:
    """What the template reads."""
    said = document.declaration
    return {
        "title": document.title, "subtitle": document.subtitle, "firm": document.firm,
        "running": document.running_title, "facts": document.facts, "none": words()["none"],
        "columns": [{"name": c.name, "label": c.label, "weight": c.weight} for c in document.columns],
        "rows": [[_cell(cell) for cell in row] for row in document.rows],
        "declaration": {"title": said.title, "lines": [said.text, *said.lines]} if said else None,
        "fiches": [_fiche(fiche) for fiche in document.fiches],
    }  # fmt: skip


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": cell.text, "open": cell.is_open}


def _fiche(fiche: Fiche) -> dict[str, Any]:
    return {
        "title": fiche.title, "facts": [[name, _cell(cell)] for name, cell in fiche.facts], "parts": fiche.parts,
        "page": fiche.has_page,
    }  # fmt: skip
