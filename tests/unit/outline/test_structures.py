"""Where a brochure may print the client, the period and the amount of a mission: the same values come out of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from carnet.pipeline.extract import extract
from carnet.pipeline.read.reading import Reading
from carnet.pipeline.settle import settle
from carnet.schemas.layout import Word
from carnet.schemas.source import SourceFile
from tests.unit.layout.test_layout import PROSE, column, text
from tests.unit.outline.test_fiches import RULES, pages, read
from tests.unit.outline.test_value_lines import CLIENTS, WORKS

Sheet = Callable[[str, str], list[Word]]


def amount(client: str) -> str:
    return f"{12 + CLIENTS.index(client)} 000 € HT"


def facts(client: str) -> tuple[tuple[str, str], ...]:
    return ("Période", "2021"), ("Montant", amount(client))


def body(x: float, top: float) -> list[Word]:
    words = text(x, top, "Contexte", 11, bold=True) + column(x, top + 16, PROSE)
    return words + text(x, top + 85, "Démarche", 11, bold=True) + column(x, top + 101, PROSE)


def side_column(client: str, title: str) -> list[Word]:
    words = text(220, 70, title, 18, bold=True) + body(220, 110)
    for k, (label, value) in enumerate((("Client", client), *facts(client))):
        words += text(30, 40 + 40 * k, label, 8, bold=True) + text(30, 52 + 40 * k, value, 9)
    return words


def bare_lines(client: str, title: str) -> list[Word]:
    words = text(50, 60, title, 18, bold=True) + text(50, 90, client)
    return words + text(50, 104, "2021") + text(50, 118, amount(client)) + body(50, 150)


def values_under_the_client(client: str, title: str) -> list[Word]:
    words = text(50, 60, title, 14, bold=True) + text(50, 82, client, 9)
    return words + text(50, 100, f"2021 – {amount(client)}", 9) + body(50, 125)


def values_beside_the_title(client: str, title: str) -> list[Word]:
    words = text(50, 60, title, 18, bold=True) + text(50, 84, client, 11)
    return words + text(420, 62, "2021", 9) + text(420, 76, amount(client), 9) + body(50, 130)


def under_the_texts(client: str, title: str) -> list[Word]:
    words = text(50, 60, client.upper(), 11, bold=True) + text(50, 80, title, 16, bold=True) + body(50, 110)
    return words + text(50, 310, f"Période : 2021 – Montant : {amount(client)}", 9)


def labels_over_values(client: str, title: str) -> list[Word]:
    words = text(50, 60, title, 18, bold=True) + body(50, 190)
    for (x, top), (label, value) in zip(
        ((50, 100), (300, 100), (50, 135)), (("Client", client), *facts(client)), strict=True
    ):
        words += text(x, top, label, 8, bold=True) + text(x, top + 12, value, 9)
    return words


def labels_in_capitals(client: str, title: str) -> list[Word]:
    words = text(50, 60, title, 18, bold=True) + body(50, 170)
    told = (("MAÎTRE D'OUVRAGE", client), ("ANNÉE", "2021"), ("HONORAIRES", amount(client)))
    for k, (label, value) in enumerate(told):
        words += text(50, 95 + 14 * k, label, 9) + text(250, 95 + 14 * k, value, 9)
    return words


def over_the_title(client: str, title: str) -> list[Word]:
    words = (
        text(50, 60, f"Client : {client}")
        + text(50, 76, "Période : 2021")
        + text(50, 92, f"Montant : {amount(client)}")
    )
    return words + text(50, 120, title, 16, bold=True) + body(50, 150)


@pytest.mark.parametrize(
    "sheet",
    [side_column, bare_lines, values_under_the_client, values_beside_the_title, under_the_texts, labels_over_values,
     labels_in_capitals, over_the_title],
    ids=lambda sheet: sheet.__name__,
)  # fmt: skip
def test_the_same_values_come_out_of_all(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = tuple(pages([sheet(client, title) for client, title in zip(CLIENTS, WORKS, strict=True)]))
    monkeypatch.setattr("carnet.pipeline.extract.read", lambda *_: Reading(drawn))
    made = settle(extract(b"", SourceFile(sha256="0" * 64, name="x.pdf", media_type="application/pdf"), RULES))
    told = [(m.title, (m.client or "").casefold(), m.start_date, m.end_date, m.amount, m.tax) for m in made.missions]
    year = dt.date(2021, 1, 1), dt.date(2021, 12, 31)
    expected = [
        (t, c.casefold(), *year, 12_000 + 1_000 * n, "HT") for n, (t, c) in enumerate(zip(WORKS, CLIENTS, strict=True))
    ]
    assert told == expected
    assert all(len(m.context) == len(m.approach) == 1 for m in made.missions)


def test_a_row_that_goes_on_over_the_page_keeps_that_a_column_is_not_understood() -> None:
    def row(top: float, *cells: str, bold: bool = False) -> list[Word]:
        places = zip((40, 110, 230, 380, 500), cells, strict=True)
        return [word for x, cell in places if cell for word in text(x, top, cell, 9, bold=bold)]

    heads = row(60, "Année", "Client", "Mission", "Indice", "Montant HT", bold=True)
    rows = []
    for k, (client, work) in enumerate(zip(CLIENTS, WORKS, strict=True)):
        rows += row(90 + 30 * k, "2021", client, work, f"B{k}", f"{12 + k} 000 €")
    rest = row(90, "", "", "et ses abords", "", "") + row(120, "2019", CLIENTS[0], "Plan de parcs", "C1", "9 000 €")
    found = read([heads + rows, heads + rest])
    cut = found.missions[len(CLIENTS) - 1]
    assert [part.items[0].text for part in cut.parts][2:4] == [f"{WORKS[-1]}\net ses abords", f"B{len(CLIENTS) - 1}"]
    assert [[part.unknown for part in m.parts] for m in found.missions] == [[False, False, False, True, False]] * 7
