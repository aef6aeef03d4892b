"""A workbook before it is printed: rows as high as their text, rules around the cells of a list, days before months.

Programs that write workbooks leave heights to whoever opens them, and LibreOffice without a window takes each row for
one line: cells lie over each other, or are cut off. Where rows are a list, its records are parted by rules, so that
what the file says of cells is on the page: "Communauté de communes⏎des Hauts de Morcy" is one cell, a mission over
three rows is one mission.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from carnet.pipeline.read.office.cells import (
    CellPlace,
    Merge,
    SheetCell,
    cells_of,
    merges_of,
    name_of,
    parsed,
    shared_texts,
    spot_of,
)
from carnet.pipeline.read.office.listing import Listing, listings
from carnet.pipeline.read.office.room import high_enough, wide_enough
from carnet.pipeline.read.office.styles import BookStyles, element, named

_log = logging.getLogger(__name__)
_SHEET = re.compile(r"^xl/worksheets/[^/]{1,80}\.xml$")
_STYLES, _SHARED = "xl/styles.xml", "xl/sharedStrings.xml"
_LARGEST = 32 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    OSError,
    RuntimeError,
    NotImplementedError,
    etree.XMLSyntaxError,
)
_WIDTH, _HEIGHT = 8.43, 15.0
"""Of a column and a row of which nothing is said."""
_UPRIGHT, _ACROSS = 95.0, 190.0
"""Figures on a line of A4; wider sheets lie down, wider still are A3."""
_COLUMNS = 1000
"""As far to the right as is looked."""
_BEHIND = ("headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
           "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
           "tableParts", "extLst")  # fmt: skip
"""What stands behind the set-up of a page, in the order of the format."""


def made_printable(data: bytes) -> bytes:
    """The workbook with room for its texts and rules in its lists; as it is where its parts can't be understood.

    A copy for the printer alone: texts and figures stay what they are, and so do formats, but for the order of day and
    month (`day_first.py`).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            changed = _changed(parts)
            return _written(parts, changed) if changed else data
    except _DAMAGE as why:
        _log.debug("printed as it is: %s", why)
        return data


def _changed(parts: zipfile.ZipFile) -> dict[str, bytes]:
    names = [part.filename for part in parts.infolist() if part.file_size <= _LARGEST]
    if _STYLES not in names:
        return {}
    shared = shared_texts(parts.read(_SHARED)) if _SHARED in names else []
    styles = BookStyles(parsed(parts.read(_STYLES)))
    changed = {}
    for name in filter(_SHEET.match, names):
        sheet = parsed(parts.read(name))
        if _prepare(sheet, shared, styles):
            changed[name] = etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {**changed, _STYLES: styles.xml()} if styles.put_days_first() or changed else {}


def _written(parts: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            made.writestr(part.filename, changed.get(part.filename) or parts.read(part))
    return into.getvalue()


# ---- a worksheet


def _prepare(sheet: Any, shared: Sequence[str], styles: BookStyles) -> bool:
    """Room, rules and paper; whether the worksheet is another now."""
    widths, merges = _widths(sheet), merges_of(sheet)
    cells = {spot: cell for spot, cell in cells_of(sheet, shared).items() if widths[spot[1]]}
    found = listings(cells, merges, styles.looks)
    wrapped = {spot for spot, cell in cells.items() if _is_wrapped(spot, cell, found, styles)}
    if not wrapped:
        return False
    for listing in found:
        wider = wide_enough(listing, cells, merges, widths)
        _set_widths(sheet, {c: w for c, w in wider.items() if w > widths[c]})
        widths.update(wider)
        _rule(sheet, listing, merges, styles)
    _set_heights(sheet, high_enough(cells, wrapped, merges, widths, styles.looks, _heights(sheet)))
    if found:
        last = max(listing.right for listing in found)
        _set_paper(sheet, sum(widths[column] for column in range(1, last + 1)))
    return True


def _is_wrapped(spot: CellPlace, cell: SheetCell, found: Iterable[Listing], styles: BookStyles) -> bool:
    own = cell.look < len(styles.wraps) and styles.wraps[cell.look]
    return own or any(
        spot[1] in some.columns and some.records[0].top <= spot[0] <= some.records[-1].bottom for some in found
    )


def _widths(sheet: Any) -> defaultdict[int, float]:
    said = sheet.find("{*}sheetFormatPr")
    usual = _float(said, "defaultColWidth", _WIDTH)
    found: defaultdict[int, float] = defaultdict(lambda: usual)
    for column in sheet.iterfind("{*}cols/{*}col"):
        for number in _numbers(column):
            found[number] = _float(column, "width", usual) if column.get("hidden") not in ("1", "true") else 0.0
    return found


def _heights(sheet: Any) -> defaultdict[int, float]:
    usual = _float(sheet.find("{*}sheetFormatPr"), "defaultRowHeight", _HEIGHT)
    found: defaultdict[int, float] = defaultdict(lambda: usual)
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        found[int(row.get("r"))] = _float(row, "ht", usual)
    return found


def _float(element: Any, name: str, otherwise: float) -> float:
    return float(element.get(name) or otherwise) if element is not None else otherwise


def _set_widths(sheet: Any, wider: Mapping[int, float]) -> None:
    """Columns that were said together are said one by one; hidden ones stay hidden."""
    if not wider:
        return
    every = sheet.find("{*}cols")
    if every is None:
        every = element(sheet, "cols")
        sheet.insert(sheet.index(sheet.find("{*}sheetData")), every)
    said = {number: old for old in every for number in _numbers(old)}
    kept = [old for old in every if int(old.get("max")) > _COLUMNS]
    for old in list(every):
        every.remove(old)
    for number in sorted({*said, *wider}):
        one = deepcopy(said[number]) if number in said else element(sheet, "col")
        one.set("min", str(number))
        one.set("max", str(number))
        if number in wider and one.get("hidden") not in ("1", "true"):
            one.set("width", f"{wider[number]:.2f}")
            one.set("customWidth", "1")
        every.append(one)
    for old in kept:
        old.set("min", str(max(_COLUMNS + 1, int(old.get("min")))))
        every.append(old)


def _numbers(column: Any) -> range:
    """Of the columns that an entry speaks of."""
    return range(int(column.get("min")), min(int(column.get("max")), _COLUMNS) + 1)


def _set_heights(sheet: Any, higher: Mapping[int, float]) -> None:
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        height = higher.get(int(row.get("r")))
        if height is not None:
            row.set("ht", f"{height:.1f}")
            row.set("customHeight", "1")


def _set_paper(sheet: Any, width: float) -> None:
    """All columns of a list on one page, on a paper that is wide enough for letters to be read."""
    about = sheet.find("{*}sheetPr")
    if about is None:
        about = element(sheet, "sheetPr")
        sheet.insert(0, about)
    fit = about.find("{*}pageSetUpPr")
    if fit is None:
        fit = etree.SubElement(about, named(sheet, "pageSetUpPr"))
    if fit.get("fitToPage") in ("1", "true"):
        return
    fit.set("fitToPage", "1")
    for old in sheet.findall("{*}pageSetup"):
        sheet.remove(old)
    paper = element(sheet, "pageSetup")
    paper.set("paperSize", "8" if width > _ACROSS else "9")
    paper.set("orientation", "landscape" if width > _UPRIGHT else "portrait")
    paper.set("fitToHeight", "0")
    behind = next((child for child in sheet if etree.QName(child).localname in _BEHIND), None)
    sheet.insert(sheet.index(behind) if behind is not None else len(sheet), paper)


# ---- rules of a list


def _rule(sheet: Any, listing: Listing, merges: Sequence[Merge], styles: BookStyles) -> None:
    sides = _sides(listing, merges)
    every = sheet.find("{*}sheetData")
    rows = {int(row.get("r")): row for row in every.iterfind("{*}row")}
    for number, columns in sides.items():
        if number not in rows:
            rows[number] = element(sheet, "row")
            rows[number].set("r", str(number))
        _rule_row(rows[number], number, columns, styles)
    for number in sorted(rows):
        every.append(rows[number])


def _sides(listing: Listing, merges: Sequence[Merge]) -> dict[int, dict[int, str]]:
    """By row and column: where a cell has rules. Between records and columns, not inside what is merged."""
    found: dict[int, dict[int, str]] = {}
    over = list(_over(listing, merges))
    for record in listing.records:
        for row in range(record.top, record.bottom + 1):
            said = {"t": row == record.top, "b": row == record.bottom}
            found[row] = {
                column: _drawn({**said, **_ends(listing, record.band, column)}, (row, column), over)
                for column in listing.columns
            }
    return found


def _over(listing: Listing, merges: Sequence[Merge]) -> Iterator[Merge]:
    first, last = listing.records[0].top, listing.records[-1].bottom
    return (m for m in merges if m.top <= last and m.bottom >= first and m.left <= listing.right)


def _ends(listing: Listing, band: bool, column: int) -> dict[str, bool]:
    return {"l": not band or column == listing.left, "r": not band or column == listing.right}


def _drawn(said: dict[str, bool], spot: CellPlace, over: Iterable[Merge]) -> str:
    for merge in over:
        if merge.holds(spot):
            said["t"] = spot[0] == merge.top
            said["b"] = spot[0] == merge.bottom
            said["l"] &= spot[1] == merge.left
            said["r"] &= spot[1] == merge.right
    return "".join(side for side in "lrtb" if said[side])


def _rule_row(row: Any, number: int, columns: Mapping[int, str], styles: BookStyles) -> None:
    """Cells get their rules; those that are missing are made, in their place."""
    there = {spot_of(cell.get("r", ""))[1]: cell for cell in row.iterfind("{*}c")}
    for column in columns:
        if column not in there:
            there[column] = element(row, "c")
            there[column].set("r", name_of((number, column)))
    for column, sides in columns.items():
        look = int(there[column].get("s") or 0)
        there[column].set("s", str(styles.ruled(look, sides)))
    for column in sorted(there):
        row.append(there[column])
    row.attrib.pop("spans", None)
