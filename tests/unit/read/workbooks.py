"""Workbooks as people keep lists of references: one mission a row, wrapped, merged, typed over several rows."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

HEAD = ("Client", "Mission", "Début", "Fin", "Montant", "Contexte")
ROWS = [
    ("Communauté de communes des Hauts de Morcy",
     "Élaboration du schéma directeur du numérique éducatif et assistance à maîtrise d'ouvrage",
     dt.date(2021, 3, 1), dt.date(2022, 6, 30), 29000,
     "Diagnostic des usages dans les écoles, entretiens avec les directions, scénarios chiffrés et plan d'action."),
    ("Ville de Brenoux", "Étude de la lecture publique", dt.date(2020, 1, 1), dt.date(2021, 12, 31), 12500,
     "Une médiathèque trop petite, à reconstruire."),
    ("Région Ondine", "Plan de sobriété des usages numériques dans les lycées et les services du siège",
     dt.date(2019, 1, 1), dt.date(2019, 1, 31), 48000, "Des usages qui croissent et des serveurs anciens."),
    ("Syndicat mixte du Val d'Arvel", "Assistance au choix d'un logiciel de gestion", dt.date(2018, 5, 1),
     dt.date(2019, 6, 3), 8200, "Un logiciel qui n'est plus maintenu depuis longtemps."),
]  # fmt: skip

Write = Callable[["Sheet"], None]


class Sheet:
    """A worksheet being filled; `ruled`: cells have borders of their own."""

    def __init__(self, made: Any, ruled: bool, align: str, day: int | str) -> None:
        self.ws = made.add_worksheet("Références")
        self.ws.set_column(0, len(HEAD) - 1, 22)
        plain = {"border": 1 if ruled else 0, "valign": align, "text_wrap": True}
        self.bold = made.add_format({"bold": True, **plain})
        self.text = made.add_format(plain)
        self.money = made.add_format({**plain, "num_format": '# ##0 "€ HT"'})
        self.day = made.add_format({**plain, "num_format": day})
        self.row = 0

    def heads(self) -> None:
        self.ws.write_row(self.row, 0, HEAD, self.bold)
        self.row += 1

    def fill(self, cells: tuple[Any, ...], rows: int = 1) -> None:
        """A mission; its cells are merged over `rows`, but the last."""
        for column, value in enumerate(cells):
            look = self._look(value)
            shown = dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else value
            if rows > 1 and column < len(HEAD) - 1:
                self.ws.merge_range(self.row, column, self.row + rows - 1, column, shown, look)
            elif value != "":
                self.ws.write(self.row, column, shown, look)
        self.row += 1

    def _look(self, value: Any) -> Any:
        return self.day if isinstance(value, dt.date) else self.money if isinstance(value, int) else self.text


def wrapped(sheet: Sheet) -> None:
    sheet.heads()
    for row in ROWS:
        sheet.fill(row)


def typed_on(sheet: Sheet) -> None:
    """The end of a title is typed into the row below."""
    sheet.heads()
    for client, title, *facts in ROWS:
        words = title.split()
        sheet.fill((client, " ".join(words[:3]), *facts))
        sheet.fill(("", " ".join(words[3:]), "", "", "", ""))


def merged(sheet: Sheet) -> None:
    """A mission over as many rows as its context has parts."""
    sheet.heads()
    for *cells, context in ROWS:
        parts = [*context.split(", "), ""][: max(2, context.count(",") + 1)]
        sheet.fill((*cells, parts[0]), rows=len(parts))
        for part in parts[1:]:
            sheet.fill(("", "", "", "", "", part))


def under_a_title(sheet: Sheet) -> None:
    sheet.ws.set_column(0, len(HEAD) - 1, 8.43)
    sheet.ws.write(0, 0, "Ondine Conseil", sheet.bold)
    sheet.row = 2
    wrapped(sheet)


def in_parts(sheet: Sheet) -> None:
    sheet.heads()
    for part, rows in (("Numérique", ROWS[:2]), ("Culture", ROWS[2:])):
        sheet.fill((part,))
        for row in rows:
            sheet.fill(row)


def one_client_for_two(sheet: Sheet) -> None:
    sheet.heads()
    for first, second in (ROWS[:2], ROWS[2:]):
        sheet.ws.merge_range(sheet.row, 0, sheet.row + 1, 0, first[0], sheet.text)
        sheet.fill(("", *first[1:]))
        sheet.fill(("", *second[1:]))


WAYS = [wrapped, typed_on, merged, under_a_title, in_parts, one_client_for_two]


def workbook(write: Write, ruled: bool = False, align: str = "top", day: int | str = 14) -> bytes:
    """The file; heights of rows are left to whoever opens it, as most programs do. `day`: the format of dates."""
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as made:
        write(Sheet(made, ruled, align, day))
    return into.getvalue()
