"""What counts as a change between two editions: nothing that only another layout or notation makes; all else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from carnet.schemas.mission import Contact
from carnet.warehouse.store.db import Connection
from tests.builders import load_result, mission, result

ALINE = Contact(name="Aline Verdeau", role="DGS", email="a.verdeau@brenoux.example", phone="+33466000000")
LUC = Contact(name="Luc Marsanne", role="Maire")
CONTEXT = ("Un réseau d'eau ancien – et des fuites.", "La commune a doublé sa population")
APPROACH = ("Entretiens avec 12 élus", "Étude sur l'aménagement « durable »")
BEFORE = mission(
    1, "Schéma directeur d'eau potable", "Ville de Brenoux", context=CONTEXT, approach=APPROACH,
    results=("Programme voté",), contacts=(ALINE, LUC), partners=("Hydrelle", "BET Lambourde"),
)  # fmt: skip


def _changed(con: Connection, **after: Any) -> set[str]:
    for year, one in ((2021, BEFORE), (2023, BEFORE.model_copy(update=after))):
        load_result(con, result(f"{year}.pdf", [one], edition_date=dt.date(year, 1, 1), findings=()))
    rows = con.execute("SELECT change, field FROM changes").fetchall()
    assert {change for change, _ in rows} <= {"changed"}
    return {field for _, field in rows}


def _aline(**other: Any) -> dict[str, Any]:
    return {"contacts": (ALINE.model_copy(update=other), LUC)}


@pytest.mark.parametrize("after", [
    {"context": ("Un réseau d’eau ancien - et des fuites.", CONTEXT[1])},
    {"context": (" ".join(CONTEXT),)},
    {"context": ("Un réseau d'eau an-cien – et des fuites", "La commune a doublé sa popu- lation.")},
    {"approach": ("Entretiens avec 12 élus ;", 'Étude sur l\u2019aménagement\u00a0"durable".')},
    {"title": "SCHÉMA DIRECTEUR D'EAU POTABLE", "client": "VILLE DE BRENOUX"},
    {"amount_text": "29 k€ HT", "period_text": "03/2021 – 06/2022"},
    {"contacts": (LUC, ALINE)},
    _aline(name="VERDEAU Aline", email="A.Verdeau@brenoux.example"),
    {"partners": ("BET LAMBOURDE", "Hydrelle")},
])  # fmt: skip
def test_another_layout_is_no_change(con: Connection, after: dict[str, Any]) -> None:
    assert _changed(con, **after) == set()


@pytest.mark.parametrize(("after", "fields"), [
    ({"amount": Decimal(29500)}, {"amount"}),
    ({"amount": None, "amount_text": None, "currency": None, "tax": None}, {"amount", "currency", "tax"}),
    ({"tax": "TTC"}, {"tax"}),
    ({"context": ("Un réseau d'eau récent – et des fuites.", CONTEXT[1])}, {"context"}),
    ({"approach": ("Entretiens avec 13 élus", APPROACH[1])}, {"approach"}),
    ({"approach": APPROACH[::-1]}, {"approach"}),
    ({"approach": APPROACH[:1], "results": (APPROACH[1], "Programme voté")}, {"approach", "results"}),
    ({"results": ("Programmes votés",)}, {"results"}),
    ({"results": ("Programme voté : 1,5 M€",)}, {"results"}),
    ({"start_date": dt.date(2021, 1, 1), "start_precision": "year"}, {"start_date"}),
    ({"end_date": None, "end_precision": None, "status": "ongoing"}, {"end_date", "status"}),
    ({"contacts": (Contact(name="Zoé Praz", role="DGS"), LUC)}, {"contacts"}),
    ({"contacts": (ALINE,)}, {"contacts"}),
    (_aline(role="DGA"), {"contacts"}),
    (_aline(has_left=True), {"contacts"}),
    (_aline(phone="+33466000001"), {"contacts"}),
    ({"partners": ("Hydrelle",)}, {"partners"}),
    ({"domain": "Eau"}, {"domain"}),
])  # fmt: skip
def test_a_real_change_is_told(con: Connection, after: dict[str, Any], fields: set[str]) -> None:
    assert _changed(con, **after) == fields


def test_a_field_that_an_edition_gives_nowhere_is_one_matter_of_its_layout(con: Connection) -> None:
    """However few missions had it: three of eight had a partner, and the new layout has no place for one."""
    topics = ("Eau", "Forêt", "Vélo", "Halles", "Musée", "Gare", "Port", "Parc")
    old = [mission(n, f"Étude : {topic}", f"Ville de {topic}", partners=("Hydrelle",) if n < 4 else ())
           for n, topic in enumerate(topics, 1)]  # fmt: skip
    new = [one.model_copy(update={"partners": ()}) for one in old]
    for year, missions in ((2021, old), (2023, new)):
        load_result(con, result(f"{year}.pdf", missions, edition_date=dt.date(year, 1, 1), findings=()))
    assert con.execute("SELECT * FROM changes").fetchall() == []
    assert ("partners", "no longer") in con.execute("SELECT field, printed FROM _unprinted").fetchall()
