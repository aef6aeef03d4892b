"""Public contract data: every form of file, one contract for one mission, a finding where they differ, no more."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from carnet.flows.services.check_decp import check_decp, leave_decp
from carnet.flows.services.forget import erase
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.records import CHUNK, MOST, records
from carnet.warehouse.loading.contract_files import read_contracts
from carnet.warehouse.loading.load import load
from carnet.warehouse.log.journal import read_journal
from carnet.warehouse.matching.contracts import Contract, Work, likeness, paired
from carnet.warehouse.store.db import open_writer
from tests.builders import NOW, draft, load_result, mission, result
from tests.conftest import Said

SETE, AGDE = "213403017", "213400039"
OF_2017 = {
    "marches": [
        {
            "uid": "21340301700012202103", "id": "2021S03", "_type": "Marché", "nature": "Marché",
            "acheteur": {"id": f"{SETE}00012", "nom": "Commune de Sète"},
            "objet": "Marché d'étude : élaboration du schéma directeur d'eau potable", "dureeMois": 15,
            "dateNotification": "2021-02-22", "montant": 28950.0, "modifications": [],
            "titulaires": [
                {"id": "73282932000074", "typeIdentifiant": "SIRET", "denominationSociale": "Aline Verdeau EI"}
            ],
        },
        {"id": "X", "acheteur": {"id": "inconnu"}, "objet": "Fournitures", "montant": 5000},
    ]
}  # fmt: skip
OF_2022 = {
    "marches": {
        "marche": [
            {
                "id": "2022-017", "acheteur": {"id": f"{AGDE}00019"}, "nature": "Marché",
                "objet": "Diagnostic du réseau d'assainissement des eaux usées", "dureeMois": 12, "montant": 41500,
                "dateNotification": "2022-03-01",
                "titulaires": [{"titulaire": {"id": "73282932000074", "typeIdentifiant": "SIRET"}},
                               {"titulaire": {"id": "55208131766522", "typeIdentifiant": "SIRET"}}],
                "modifications": [{"modification": {"id": 1, "montant": 46000, "dureeMois": 18}}],
            }
        ],
        "contrat-concession": [],
    }
}  # fmt: skip
TABLE = f"""id;acheteur.id;acheteur.nom;objet;montant;dateNotification;dureeMois;titulaire_id_1;titulaire_id_2
2021S03;{SETE}00012;Commune de Sète;"Étude « schéma directeur ; eau potable »";28950,00;22/02/2021;15;73282932000074;
2021S04;{SETE}00012;Commune de Sète;Nettoyage des vitres;1;2021-05-01;12;73282932000074;55208131766522
"""


def written(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_list_of_2017(tmp_path: Path) -> None:
    found = read_contracts(written(tmp_path, "decp-2021.json", OF_2017), {SETE})
    assert (found.records, found.unclear) == (2, 1)
    (one,) = found.contracts
    assert (one.buyer, one.amounts, one.notified, one.months, one.holders) == (
        SETE, (Decimal("28950.00"),), dt.date(2021, 2, 22), 15, 1,
    )  # fmt: skip
    assert "Verdeau" not in repr(one) and "73282932000074" not in repr(one)


def test_the_list_of_2022_with_what_changed_later(tmp_path: Path) -> None:
    (one,) = read_contracts(written(tmp_path, "decp.json", OF_2022), {AGDE, SETE}).contracts
    assert (one.number, one.amounts, one.holders) == ("2022-017", (Decimal("41500.00"), Decimal("46000.00")), 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "decp.csv"
    path.write_bytes(TABLE.encode(encoding))
    first, second = read_contracts(path, {SETE}).contracts
    assert first.title == "Étude « schéma directeur ; eau potable »" and first.amounts == (Decimal("28950.00"),)
    assert (first.notified, first.holders) == (dt.date(2021, 2, 22), 1)
    assert (second.amounts, second.holders) == ((), 2), "an amount of 1 stands where none is told"


def test_rows_of_one_contract_are_one(tmp_path: Path) -> None:
    head = "uid,acheteur_id,objet,montant,dateNotification,dureeMois,titulaire_id\n"
    rows = [
        f"A1,{SETE}00012,Étude du port,{amount},2023-01-05,8,{n}\n" for n, amount in ((1, 9000), (2, 9000), (3, 9900))
    ]
    (one,) = read_contracts(written(tmp_path, "decp.csv", head + "".join(rows)), {SETE}).contracts
    assert (one.amounts, one.holders) == ((Decimal("9000.00"), Decimal("9900.00")), 3)


@pytest.mark.parametrize("form", [lambda many: json.dumps(many), lambda many: "\n".join(map(json.dumps, many)),
                                  lambda many: json.dumps({"marches": {"marche": many}}, indent=3)])  # fmt: skip
def test_records_are_whole_wherever_they_are_cut(tmp_path: Path, form: Callable[[list[Any]], str]) -> None:
    many = [{"id": n, "acheteur": {"id": SETE}, "objet": "é" * (n % 700) + '"}]'} for n in range(600)]
    path = written(tmp_path, "many.json", form(many))
    assert path.stat().st_size > 2 * CHUNK
    assert [r["objet"] for r in records(path, ["marches", "marche"])] == [r["objet"] for r in many]


@pytest.mark.parametrize("content", [
    "", "{}", "[]", "a,b\n1,2\n", '{"marches": [', '{"marches": [{"id": 1', "[" * 500_000, '{"a":' * 100_000,
    '{"marches": "x' + "y" * 2 * MOST, "id;objet\n" + "z" * 2 * MOST, 'id;objet\n1;"' + "z\n" * 200_000,
    "\x00\x01", "%PDF-1.7", '{"marches": {"marche": [1, 2, "x", null, {}]}}', "[" + "9" * 5000 + "]",
])  # fmt: skip
def test_what_is_no_such_file_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, "odd", content)
    with pytest.raises(WarehouseError, match="odd: n") as refused:
        read_contracts(path, {SETE})
    assert len(str(refused.value)) < 200 + len(str(path))


WORK = Work(1, "Ville de Sète", "Schéma directeur d'eau potable", frozenset({SETE}), Decimal(29000), tax="HT",
            start=dt.date(2021, 3, 1), start_last=dt.date(2021, 3, 31), end=dt.date(2022, 6, 30))  # fmt: skip
CONTRACT = Contract(
    "2021S03", SETE, "Élaboration du schéma directeur de l'eau potable", (Decimal(28950),), dt.date(2021, 2, 22)
)


def verdict(**other: Any) -> tuple[bool | None, bool | None] | None:
    """Of the amount and of the dates; None where it is no contract of this mission."""
    found = paired([WORK], [Contract(**{**CONTRACT.__dict__, **other})])
    return (found[1].is_amount_same, found[1].is_period_same) if found else None


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, (True, True)),
        ({"amounts": (Decimal(45000),)}, (False, True)),
        ({"amounts": (Decimal(45000), Decimal(27000))}, (False, True)),
        ({"amounts": (Decimal(45000), Decimal(29100))}, (True, True)),
        ({"amounts": ()}, (None, True)),
        ({"notified": dt.date(2017, 2, 22)}, (True, False)),
        ({"notified": None}, (True, None)),
        ({"notified": dt.date(2017, 2, 22), "amounts": (Decimal(45000),)}, None),  # words alone
        ({"notified": None, "amounts": ()}, None),
        ({"title": "Mission d'étude relative au plan de circulation"}, None),  # amount and dates alone
        ({"title": "Étude du potable et du schéma"}, (True, True)),
        ({"title": "Étude potable", "amounts": (Decimal(45000),)}, None),  # few words
        ({"buyer": AGDE}, None),
    ],
)
def test_two_of_three_must_speak_for_it(other: dict[str, Any], expected: object) -> None:
    assert verdict(**other) == expected


def test_of_two_contracts_as_near_none_is_taken_unless_the_amount_tells() -> None:
    other = Contract("2021S09", SETE, "Schéma directeur d'eau potable : suite", (Decimal(52000),), dt.date(2021, 3, 9))
    assert verdict_of([CONTRACT, other]) == "2021S03"
    dearer = Contract("2021S03", SETE, CONTRACT.title, (Decimal(61000),), CONTRACT.notified)
    assert verdict_of([dearer, other]) is None


def verdict_of(contracts: list[Contract]) -> str | None:
    found = paired([WORK], contracts)
    return found[1].contract.number if found else None


def test_a_contract_is_of_one_mission() -> None:
    twice = Work(**{**WORK.__dict__, "ordinal": 2, "title": "Eau potable : schéma directeur, mise à jour"})
    assert list(paired([twice, WORK], [CONTRACT])) == [1]


def test_the_clients_name_is_no_likeness() -> None:
    assert likeness("Plan vélo de Sète", "Travaux de voirie de Sète", "Ville de Sète") == 0
    assert likeness("Schéma directeur, lot 1", "Schéma directeur, lot 2") < 0.6


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "warehouse" / "carnet.duckdb", use_prefect=False)
    settings.warehouse.parent.mkdir()
    both = [
        mission(1, "Schéma directeur d'eau potable", "Ville de Sète"),
        mission(2, "Diagnostic du réseau d'assainissement", "Ville d'Agde", amount=Decimal(38000), amount_text="38 k€",
                period_text="2022", start_date=dt.date(2022, 1, 1), start_precision="year"),
    ]  # fmt: skip
    with open_writer(settings.warehouse) as con:
        load_result(con, result(missions=both))
    return settings


FOUND = "SELECT mission_id, field, severity, message FROM findings WHERE code = 'contract_mismatch'"


def asked(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_reader(settings.warehouse) as con:
        return ask(con, sql).rows


def test_what_differs_is_a_finding_and_no_value_is_another(settings: Settings, tmp_path: Path) -> None:
    before = asked(settings, "FROM missions ORDER BY mission_id")
    files = [written(tmp_path, "decp-2021.json", OF_2017), written(tmp_path, "decp-2022.json", OF_2022)]
    checked = check_decp(settings, files)
    assert [(m["client"], m["is_amount_same"], m["is_period_same"]) for m in checked.missions] == [
        ("Ville d'Agde", False, True), ("Ville de Sète", True, True),
    ]  # fmt: skip
    (row,) = asked(settings, FOUND)
    assert row[1:] == ("amount", "info", "public contract '2022-017' is of 46000 EUR, printed is '38 k€'")
    assert asked(settings, "FROM missions ORDER BY mission_id") == before
    assert asked(settings, "SELECT contract_amount, holder_count FROM public_contracts ORDER BY 1") == [
        (Decimal("28950.00"), 1), (Decimal("46000.00"), 2),
    ]  # fmt: skip


def test_holders_stand_nowhere(settings: Settings, tmp_path: Path) -> None:
    check_decp(settings, [written(tmp_path, "decp-2021.json", OF_2017)])
    kept = [settings.warehouse, *settings.raw.iterdir()]
    for words in ("Verdeau", "73282932000074"):
        assert [p for p in kept if words.encode() in p.read_bytes()] == []


def test_the_same_file_again_changes_nothing_and_a_rebuild_needs_no_file(settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, "decp-2022.json", OF_2022)
    check_decp(settings, [path])
    once = asked(settings, FOUND), asked(settings, "FROM public_contracts")
    check_decp(settings, [path])
    assert (asked(settings, FOUND), asked(settings, "FROM public_contracts")) == once
    path.unlink()
    with open_writer(settings.warehouse) as con:
        con.execute("DELETE FROM store.contract; DELETE FROM store.contract_match; DELETE FROM store.journal")
    check_decp(settings, [])
    assert (asked(settings, FOUND), asked(settings, "FROM public_contracts")) == once
    leave_decp(settings)
    assert asked(settings, FOUND) == [] == asked(settings, "FROM public_contracts")


def test_a_new_edition_is_held_against_them(settings: Settings, tmp_path: Path) -> None:
    check_decp(settings, [written(tmp_path, "decp-2022.json", OF_2022)])
    told = {"amount": Decimal(46000), "amount_text": "46 k€"}
    right = mission(1, "Diagnostic du réseau d'assainissement", "Ville d'Agde", **told)
    newer = result("newer.pdf", missions=[right], edition_date=dt.date(2024, 1, 1))
    with open_writer(settings.warehouse) as con:
        load(con, draft(newer), newer, code_version="v1", now=NOW, journal=read_journal(settings.raw))
    assert asked(settings, "SELECT is_amount_same FROM public_contracts ORDER BY 1") == [(False,), (True,)]


def test_a_person_whom_a_title_names_is_forgotten_there_too(settings: Settings, tmp_path: Path) -> None:
    told = json.loads(json.dumps(OF_2017))
    told["marches"][0]["objet"] += ", suivi par Mme Aline Verdeau"
    check_decp(settings, [written(tmp_path, "decp-2021.json", told)])
    assert "Verdeau" in str(asked(settings, "SELECT contract_title FROM public_contracts"))
    erase(settings, "Aline Verdeau")
    kept = [settings.warehouse, settings.raw / "corrections.jsonl"]
    assert [p for p in kept if b"Verdeau" in p.read_bytes()] == []
    ((title,),) = asked(settings, "SELECT contract_title FROM public_contracts")
    assert "schéma directeur d'eau potable" in title and "Verdeau" not in title


def test_the_command(settings: Settings, carnet: Callable[..., Said], tmp_path: Path) -> None:
    here = ("--warehouse", settings.warehouse)
    files = [written(tmp_path, "decp-2022.json", OF_2022), written(tmp_path, "odd.csv", "a,b\n")]
    said = carnet("check-decp", *files, *here)
    assert said.status == 1 and "odd.csv: no public contracts in it" in said.err
    assert carnet("check-decp", tmp_path / "none.json", *here).status == 1
    assert "Ville d'Agde" in said.out and "46000" in said.out and "another" in said.out
    french = carnet("findings", "--code", "contract_mismatch", "--lang", "fr", *here).out
    assert "le marché public « 2022-017 » est de 46000 EUR" in french.replace("\xa0", " ")
    assert json.loads(carnet("check-decp", files[0], "--json", *here).out)[0]["contract_number"] == "2022-017"
    (row,) = json.loads(carnet("sql", "--recipe", "public_contracts", "--format", "json", *here).out)
    assert (row["amount"], row["contract_amount"], row["amount_says"]) == (38000, 46000, "differs")
    assert (row["period_says"], row["holder_count"]) == ("agrees", 2)
    assert carnet("check-decp", *here).status == 2 == carnet("check-decp", files[0], "--clear", *here).status
    assert carnet("check-decp", "--clear", *here).status == 0 and asked(settings, FOUND) == []
