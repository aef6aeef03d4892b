"""Lists in workbooks: a row, or the rows that belong together, are one mission with all of each cell's text."""

from __future__ import annotations

import io
import zipfile

import pytest

from carnet.pipeline.extract import extract
from carnet.pipeline.read import OFFICE
from carnet.pipeline.read.office import printing
from carnet.pipeline.read.office.cells import CellPlace, Merge, SheetCell, SheetLooks, name_of, spot_of
from carnet.pipeline.read.office.day_first import day_first
from carnet.pipeline.read.office.listing import Record, listings
from carnet.pipeline.read.office.sheets import made_printable
from carnet.pipeline.read.reading import ReadOptions
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.mission import Mission
from carnet.schemas.source import SourceFile

from .workbooks import ROWS, WAYS, Write, one_client_for_two, workbook, wrapped

XLSX = OFFICE[".xlsx"]


def missions(data: bytes) -> tuple[Mission, ...]:
    source = SourceFile(sha256="0" * 64, name="ondine.xlsx", media_type=XLSX)
    return settle(extract(data, source, load_rules(), asked=ReadOptions())).missions


@pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("write", "ruled", "align"),
    [*((write, False, "top") for write in WAYS), (wrapped, True, "vcenter"), (wrapped, False, "bottom")],
)
def test_each_mission_once_and_whole(write: Write, ruled: bool, align: str) -> None:
    found = missions(workbook(write, ruled, align))
    clients = [ROWS[i - i % 2][0] for i in range(4)] if write is one_client_for_two else [row[0] for row in ROWS]
    assert [(m.client, m.title) for m in found] == [(c, row[1]) for c, row in zip(clients, ROWS, strict=True)]
    assert [m.amount for m in found] == [row[4] for row in ROWS]
    assert [(m.start_date, m.end_date) for m in found] == [row[2:4] for row in ROWS]
    for mission, row in zip(found, ROWS, strict=True):
        assert " ".join(mission.context).replace(",", "") == row[5].replace(",", "")


@pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("day", ["mm/dd/yyyy", r"[$-409]m\-d\-yyyy;@", "d/m/yyyy", "yyyy-mm-dd"])
def test_dates_are_those_of_the_cells_whatever_their_format(day: str) -> None:
    found = missions(workbook(wrapped, day=day))
    assert [(m.start_date, m.end_date) for m in found] == [row[2:4] for row in ROWS]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("m/d/yy", "d/m/yy"), ('mm"/"dd"/"yyyy', 'dd"/"mm"/"yyyy'), ("MM.DD.YYYY", "DD.MM.YYYY"),
        ("ddd mm/dd", "ddd dd/mm"), ("mm/dd;mm/dd", "dd/mm;dd/mm"), ("mmm d yyyy", "mmm d yyyy"), ("mmdd", "mmdd"),
        ('"m/d" 0', '"m/d" 0'), ("yyyy/m/d", "yyyy/m/d"), ("h:mm", "h:mm"), ("mm:ss", "mm:ss"), ('"', '"'), ("", ""),
        ("[", "["), ("# ##0", "# ##0"), ("\\", "\\"), ("d/m/yyyy h:mm", "d/m/yyyy h:mm"),
    ],
)  # fmt: skip
def test_days_stand_first_in_figures(code: str, expected: str) -> None:
    assert day_first(code) == expected


@pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed")
def test_the_client_of_the_row_above_is_a_doubt() -> None:
    """A row that prints none may have none."""
    source = SourceFile(sha256="0" * 64, name="ondine.xlsx", media_type=XLSX)
    result = settle(extract(workbook(one_client_for_two), source, load_rules(), asked=ReadOptions()))
    assert sorted(f.mission for f in result.findings if f.field == "client" and f.mission) == [2, 4]


def cells(*rows: str) -> dict[CellPlace, SheetCell]:
    """ "Client|Mission|" are cells A1 and B1; a figure is a number."""
    return {
        (r, c): SheetCell(text, text.isdigit(), 0)
        for r, row in enumerate(rows, start=1)
        for c, text in enumerate(row.split("|"), start=1)
        if text
    }


LOOKS = SheetLooks((0,), (11.0,))
HEADS = "Client|Mission|Année|Montant"
FULL = "Ville de Morcy|Étude|2021|9000"
LISTS = [
    ("records", (HEADS, FULL, FULL), [(1, 1), (2, 2), (3, 3)]),
    ("typed on", (HEADS, FULL, "|du réseau", FULL), [(1, 1), (2, 3), (4, 4)]),
    ("a client typed on", (HEADS, FULL, "et ses communes", FULL), [(1, 1), (2, 3), (4, 4)]),
    ("a mission that says little", (HEADS, FULL, FULL, "Ville de Brenoux|Plan"), [(1, 1), (2, 2), (3, 3), (4, 4)]),
    ("a name over missions", (HEADS, "Numérique", FULL, FULL), [(1, 1), (2, 2), (3, 3), (4, 4)]),
    ("one blank row", (HEADS, FULL, "", FULL), [(1, 1), (2, 2), (3, 3), (4, 4)]),
    ("two blank rows end it", (HEADS, FULL, FULL, "", "", FULL), [(1, 1), (2, 2), (3, 3)]),
    ("what stands beside it ends it", (HEADS, FULL, FULL, "||||note"), [(1, 1), (2, 2), (3, 3)]),
    ("a form", ("Client :|Ville de Morcy|Année :|2021", "Objet :|Étude|Montant :|9000", FULL), None),
    ("one row", (HEADS, FULL), None),
    ("two columns", ("Client|Mission", "Ville de Morcy|Étude", "Ville de Brenoux|Plan"), None),
]


@pytest.mark.parametrize(("rows", "expected"), [some[1:] for some in LISTS], ids=[some[0] for some in LISTS])
def test_what_is_a_list(rows: tuple[str, ...], expected: list[tuple[int, int]] | None) -> None:
    found = listings(cells(*rows), [], LOOKS)
    assert [[(r.top, r.bottom) for r in some.records] for some in found] == ([expected] if expected else [])


def test_a_name_over_missions_is_a_band() -> None:
    (found,) = listings(cells(HEADS, "Numérique", FULL, FULL), [], LOOKS)
    assert found.records[1] == Record(2, 2, band=True)


@pytest.mark.parametrize(("below", "together"), [("|||", True), ("||2022|9500", False)])
def test_merged_cells_bind_rows_that_add_no_figure(below: str, together: bool) -> None:
    merges = [Merge(2, 1, 3, 1), Merge(2, 2, 3, 2)]
    (found,) = listings(cells(HEADS, FULL, below, FULL, FULL), merges, LOOKS)
    assert (Record(2, 3) in found.records) == together


def test_names_of_cells() -> None:
    assert [spot_of(name) for name in ("A1", "$Z$9", "AA10", "XFD1048576")] == [
        (1, 1), (9, 26), (10, 27), (1048576, 16384),
    ]  # fmt: skip
    assert name_of((3, 28)) == "AB3" and name_of((1, 26)) == "Z1"
    with pytest.raises(ValueError, match="no cell"):
        spot_of("A0")


def test_no_text_is_changed() -> None:
    data = workbook(wrapped)
    made = made_printable(data)
    assert made != data
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


DAMAGED = {
    "no archive": (None, b"PK no archive"),
    "no XML": ("xl/worksheets/sheet1.xml", b"<worksheet"),
    "an entity": ("xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "no numbers": ("xl/worksheets/sheet1.xml", b'<worksheet><sheetData><row r="x"/></sheetData></worksheet>'),
    "a cell nowhere": ("xl/worksheets/sheet1.xml",
                       b'<worksheet><sheetData><row r="1"><c r="?"><v>1</v></c></row></sheetData></worksheet>'),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_what_is_not_understood_is_printed_as_it_is(damage: str) -> None:
    part, content = DAMAGED[damage]
    data = content if part is None else with_part(workbook(wrapped), part, content)
    assert made_printable(data) == data


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(into, "w") as made:
        for part in old.namelist():
            made.writestr(part, content if part == name else old.read(part))
    return into.getvalue()
