"""A reference list as a workbook: real dates at their printed precision, real amounts, nothing that runs."""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
from decimal import Decimal
from functools import partial

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from carnet.warehouse.exports import french
from carnet.warehouse.exports.document import Document, cell, going_on, outside, words
from carnet.warehouse.exports.packed import midnight, without_times
from carnet.warehouse.exports.references import Reference

WIDTHS = {
    "number": 6, "recipient": 27, "nature": 10, "title": 42, "start": 16, "end": 16, "amount": 15, "amount_max": 15,
    "partners": 17, "contacts": 28, "attestation": 15, "domain": 20, "context": 48, "approach": 48, "results": 48,
    "mission_id": 16,
}  # fmt: skip
"""In letters."""
DATES = {"year": "yyyy", "month": "[$-40C]mmmm yyyy", "day": "dd/mm/yyyy"}
FIRST_DAY = dt.date(1900, 3, 1)
"""Before it spreadsheets count one day too many."""
TEXTS = ("recipient", "title", "partners", "contacts", "attestation", "domain", "context", "approach", "results")
HIGHEST = 409
"""Points; no row of a spreadsheet is higher."""
INK, SOFT, LINE, HEAD = "#1D2733", "#5C6B7A", "#CFD8DF", "#24506B"


def to_xlsx(document: Document) -> bytes:
    into = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(into, options) as book:
        book.set_properties({
            "title": document.title, "author": document.firm, "comments": "", "created": midnight(document.day),
        })  # fmt: skip
        _fill(book, document)
    return without_times(into.getvalue())


class _Formats:
    """Each look of a cell once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "Arial", "font_size": 9, "font_color": INK} | properties
            )
        return self._made[key]


def _fill(book: Workbook, document: Document) -> None:
    sheet, formats = book.add_worksheet(words()["short_title"]), _Formats(book)
    columns = _columns(document)
    top = _head(sheet, formats, document)
    head = partial(formats, bold=True, font_color="#FFFFFF", bg_color=HEAD, text_wrap=True, valign="vcenter", indent=1)
    for place, name in enumerate(columns):
        sheet.set_column(place, place, WIDTHS[name])
        sheet.write_string(top, place, words()["columns"][name], head(align=_align(name)))
    sheet.set_row(top, 24)
    for place, reference in enumerate(document.chosen.references, top + 1):
        sheet.set_row(place, _height(columns, reference, document))
        for at, name in enumerate(columns):
            _write(sheet, place, at, name, reference, document, formats)
    last = top + max(len(document.chosen.references), 1)
    _declare(sheet, formats, document, last + 2)
    _print_set_up(sheet, document, top, last, len(columns))


def _declare(sheet: Worksheet, formats: _Formats, document: Document, row: int) -> None:
    """Below the table, where there is one."""
    if document.declaration:
        sheet.write_string(row, 0, document.declaration.title, formats(bold=True))
        for place, line in enumerate((document.declaration.text, *document.declaration.lines), row + 1):
            sheet.write_string(place, 0, line, formats())


def _columns(document: Document) -> list[str]:
    has_ranges = any(r.mission["amount_max"] is not None for r in document.chosen.references)
    parts = {"period": ("start", "end"), "amount": ("amount", "amount_max") if has_ranges else ("amount",)}
    return [part for column in document.columns for part in parts.get(column.name, (column.name,))]


def _head(sheet: Worksheet, formats: _Formats, document: Document) -> int:
    """What stands above the table; gives the row of its head."""
    sheet.write_string(0, 0, document.title, formats(bold=True, font_size=14))
    sheet.write_string(1, 0, document.subtitle, formats(font_color=SOFT))
    for row, (name, text) in enumerate(document.facts, 2):
        sheet.write_string(row, 0, f"{name} : {text}", formats())
    return len(document.facts) + 3


def _write(
    sheet: Worksheet, row: int, column: int, name: str, reference: Reference, document: Document, formats: _Formats
) -> None:
    m = reference.mission
    look = partial(formats, text_wrap=True, valign="top", bottom=1, bottom_color=LINE, align=_align(name), indent=1)
    if name == "number":
        sheet.write_number(row, column, reference.number, look())
    elif name in ("start", "end"):
        _write_date(sheet, row, column, name, reference, look)
    elif name in ("amount", "amount_max") and m[name] is not None:
        sheet.write_number(row, column, float(m[name]), look(num_format=_money(m[name], m["currency"], m["tax"])))
    elif name == "amount_max":
        sheet.write_blank(row, column, None, look())
    else:
        shown = cell(name, reference, document.look)
        style = look(italic=True, font_color=SOFT) if shown.is_open else look()
        sheet.write_string(row, column, shown.text, style)


def _align(name: str) -> str:
    return "right" if name in ("number", "amount", "amount_max") else "left"


def _write_date(
    sheet: Worksheet, row: int, column: int, name: str, reference: Reference, look: partial[Format]
) -> None:
    """A date; as text where something is to be said beside it, or a spreadsheet can't count so far back."""
    m = reference.mission
    day, precision = m[f"{name}_date"], m[f"{name}_precision"] or "day"
    beside = [text for text in (going_on(reference), *outside(reference)) if text] if name == "end" else []
    if day is not None and day >= FIRST_DAY and not beside:
        sheet.write_datetime(row, column, midnight(day), look(num_format=DATES[precision]))
        return
    if name == "start" and "date" in reference.lacks:
        sheet.write_string(row, column, words()["not_said"], look(italic=True, font_color=SOFT))
    else:
        text = ", ".join((*([french.partial(day, precision)] if day else []), *beside))
        sheet.write_string(row, column, text, look())


def _height(columns: list[str], reference: Reference, document: Document) -> float:
    """In points, for the cell with most lines; not every program works it out from the text."""
    texts = {name: cell(name, reference, document.look).text for name in columns if name in TEXTS}
    lines = max((len(textwrap.wrap(text, int(WIDTHS[name] * 1.15))) for name, text in texts.items()), default=1)
    return min(HIGHEST, 6 + 12 * max(lines, 1 if reference.is_within else 2))


def _money(value: Decimal, currency: str | None, tax: str | None) -> str:
    """A number format with the unit in it.

    >>> _money(Decimal(29000), "EUR", "HT")
    '[$-40C]#,##0" € HT"'
    """
    unit = " ".join(part for part in (french.unit(currency), tax) if part)
    digits = "#,##0" if value == int(value) else "#,##0.00"
    return f"[$-40C]{digits}" + (f'" {re.sub(chr(34), "", unit)}"' if unit else "")


def _print_set_up(sheet: Worksheet, document: Document, top: int, last: int, columns: int) -> None:
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, last, columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.hide_gridlines(2)
    name = document.running_title[:80].replace("&", "&&")
    sheet.set_footer(f"&L&8 {name}&R&8 " + words()["page"].format(page="&P", pages="&N"))
