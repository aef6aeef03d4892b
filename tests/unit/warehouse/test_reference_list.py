"""The missions of a reference list: which are in, in what order, and what is said about the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Contact
from carnet.warehouse.ask.missions import Filter
from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports.attestations import find_attestations
from carnet.warehouse.exports.references import ReferenceList, ReferenceQuery, choose
from carnet.warehouse.store.db import Connection, open_writer
from tests.builders import load_result, mission, result

DAY = dt.date(2024, 1, 15)
UNDATED: dict[str, Any] = {
    "start_date": None, "end_date": None, "start_precision": None, "end_precision": None, "period_text": None,
}  # fmt: skip
NO_AMOUNT: dict[str, Any] = {"amount": None, "amount_text": None, "currency": None, "tax": None}
ONGOING: dict[str, Any] = {"end_date": None, "end_precision": None, "status": "ongoing"}
MISSIONS = (
    mission(1, "Plan d'eau", "Ville de Brenoux", amount=Decimal(10_000),
            contacts=(Contact(name="Aline Verdeau"), Contact(name="Paul Gone", has_left=True))),
    mission(2, "Plan d'air", "Vals Habitat", client_type="bailleur", amount=Decimal(30_000), partners=("Hydrelle",)),
    mission(3, "Plan de feu", "Lys Transports", client_type="entreprise", **NO_AMOUNT),
    mission(4, "Plan de terre", "Commune d'Été", start_date=dt.date(2015, 1, 1), end_date=dt.date(2016, 1, 31)),
    mission(5, "Plan de mer", "Commune d'Art", **UNDATED),
    mission(6, "Plan de ciel", "Commune de Zed", **ONGOING),
    mission(7, "Plan de lune", "Commune de Yed", start_date=dt.date(2024, 2, 1), end_date=dt.date(2024, 5, 31)),
    mission(8, None, None, client_type=None, start_date=dt.date(2020, 1, 1), start_precision="year",  # type: ignore[arg-type]
            end_date=dt.date(2021, 12, 31), end_precision="year"),
)  # fmt: skip


@pytest.fixture
def reader(path: Path) -> Iterator[Connection]:
    with open_writer(path) as con:
        load_result(con, result(missions=MISSIONS, findings=[
            Finding(mission=1, code=FindingCode.TIE, origin=Origin.READING, severity=Severity.WARNING, field="amount",
                    message="two amounts"),
        ]))  # fmt: skip
        other = [mission(1, "Plan de pierre", "Commune d'Oux", end_date=dt.date(2023, 6, 30))]
        load_result(con, result("autre.pdf", other, firm="Atelier Grès", findings=[]))
    with open_reader(path) as con:
        yield con


WANTED = ReferenceQuery(as_of=DAY, firm="ondine  CONSEIL")


def titles(chosen: ReferenceList) -> list[str]:
    return [str(r.mission["title"]).removeprefix("Plan ") for r in chosen.references]


def ids(con: Connection) -> dict[str, str]:
    return dict(con.execute("SELECT coalesce(title, ''), mission_id FROM missions").fetchall())


def test_the_newest_first_and_what_was_left_out_is_said(reader: Connection) -> None:
    chosen = choose(reader, WANTED)
    assert titles(chosen) == ["de ciel", "d'eau", "d'air", "de feu", "None"]
    assert [r.number for r in chosen.references] == [1, 2, 3, 4, 5]
    known = ids(reader)
    assert chosen.notes == (
        f"left out, no date printed: 1 mission ({known['Plan de mer']})",
        "left out, ended before 2021-01-15: 1 mission",
        "left out, begun after 2024-01-15: 1 mission",
        "maybe not in the window: no day printed: no. 5",
        "ongoing when the brochure was printed; check that it still is: no. 1",
        "neither kind nor name tells whether the client is public or private: no. 3, 5",
    )


def test_what_belongs_to_a_mission_comes_with_it(reader: Connection) -> None:
    by_title = {r.mission["title"]: r for r in choose(reader, WANTED).references}
    eau, air, feu = (by_title[f"Plan {name}"] for name in ("d'eau", "d'air", "de feu"))
    assert [c["name"] for c in eau.contacts] == ["Aline Verdeau", "Paul Gone"]
    assert [c["name"] for c in eau.present] == ["Aline Verdeau"]
    assert [f["code"] for f in eau.findings] == ["tie"]
    assert (air.partners, eau.partners) == (("Hydrelle",), ())
    assert (feu.lacks, by_title[None].lacks) == (("amount",), ("recipient", "title"))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("amount", ["d'air", "de ciel", "None", "d'eau", "de feu"]),
        ("client", ["de ciel", "de feu", "d'air", "d'eau", "None"]),
    ],
)
def test_orders(reader: Connection, sort: str, expected: list[str]) -> None:
    assert titles(choose(reader, replace(WANTED, sort=sort))) == expected


def test_public_clients_only(reader: Connection) -> None:
    chosen = choose(reader, replace(WANTED, public_only=True))
    assert titles(chosen) == ["de ciel", "d'eau"]
    known = ids(reader)
    assert "left out, private client: 1 mission" in chosen.notes
    assert (
        f"left out, client not known to be public: 2 missions ({known['Plan d' + chr(39) + 'air']}, {known['']})"
        in chosen.notes
    )


def test_a_limit_is_said(reader: Connection) -> None:
    chosen = choose(reader, replace(WANTED, limit=2))
    assert titles(chosen) == ["de ciel", "d'eau"]
    assert "left out, --limit 2: 3 missions" in chosen.notes


def test_what_a_filter_drops_for_want_of_a_value_is_said(reader: Connection) -> None:
    chosen = choose(reader, replace(WANTED, filter=Filter(min_amount=20_000, since=dt.date(2021, 1, 1))))
    assert titles(chosen) == ["de ciel", "d'air", "None"]
    known = ids(reader)
    assert f"left out, no amount printed: 1 mission ({known['Plan de feu']})" in chosen.notes
    assert f"left out, no date printed: 1 mission ({known['Plan de mer']})" in chosen.notes


def test_picked_ones_in_their_order(reader: Connection) -> None:
    known = ids(reader)
    picks = (known["Plan de terre"][:6], known["Plan d'eau"], known["Plan de terre"], known["Plan de mer"])
    chosen = choose(reader, ReferenceQuery(as_of=DAY, pick=picks))
    assert titles(chosen) == ["de terre", "d'eau", "de mer"]
    assert [r.is_within for r in chosen.references] == [False, True, False]
    assert chosen.notes == (
        f"picked more than once, listed once: {known['Plan de terre']}",
        "not in the window, listed because picked: no. 1, 3",
    )


def test_firms_and_brochures(reader: Connection) -> None:
    both = choose(reader, ReferenceQuery(as_of=DAY))
    assert both.firms == ("Atelier Grès", "Ondine Conseil") or both.firms == ("Ondine Conseil", "Atelier Grès")
    assert any(note.startswith("missions of several firms: ") for note in both.notes)
    assert titles(choose(reader, ReferenceQuery(as_of=DAY, firm="atelier gres"))) == ["de pierre"]
    with pytest.raises(QueryError, match=r"Nobody: no such firm; there are Atelier Grès, Ondine Conseil"):
        choose(reader, ReferenceQuery(as_of=DAY, firm="Nobody"))
    with pytest.raises(QueryError, match=r"nothing: no such brochure; there are "):
        choose(reader, ReferenceQuery(as_of=DAY, brochure="nothing"))


def test_only_current_editions(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result(missions=MISSIONS[:2], findings=[]), brochure="x")
        load_result(con, result("neu.pdf", MISSIONS[:1], edition_date=dt.date(2023, 9, 1), findings=[]), brochure="x")
        (gone,) = con.execute("SELECT DISTINCT mission_id FROM mission_history WHERE ordinal = 2").fetchone() or ("",)
    with open_reader(path) as con:
        assert titles(choose(con, ReferenceQuery(as_of=DAY))) == ["d'eau"]
        with pytest.raises(QueryError, match="not in the current edition of its brochure"):
            choose(con, ReferenceQuery(as_of=DAY, pick=(gone,)))


def test_attestations_by_id_and_number(reader: Connection, tmp_path: Path) -> None:
    references = choose(reader, WANTED).references
    first, second, *_ = (r.mission_id for r in references)
    names = [f"{first}.pdf", f"{first.upper()}-suite.pdf", f"{first}0.pdf", "02 - Brenoux.pdf", "2x.pdf", "3.pdf",
             "33.pdf", ".4.pdf", "lisez-moi.txt"]  # fmt: skip
    for name in names:
        (tmp_path / name).write_bytes(b"%PDF")
    (tmp_path / "5.pdf").mkdir()
    found = find_attestations(tmp_path, references)
    assert {whole: sorted(p.name for p in files) for whole, files in found.files.items()} == {
        first: sorted([f"{first}.pdf", f"{first.upper()}-suite.pdf"]),
        second: ["02 - Brenoux.pdf"],
        references[2].mission_id: ["3.pdf"],
    }
    assert sorted(p.name for p in found.others) == sorted([f"{first}0.pdf", "2x.pdf", "33.pdf", "lisez-moi.txt"])
