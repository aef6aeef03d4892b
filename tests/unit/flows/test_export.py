"""`carnet export`: what leaves is valid, complete, the same each time, and the public's holds nobody."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from frictionless import Package, system
from pyld import jsonld

from carnet.flows.services.export import export as write_out
from carnet.flows.settings import Settings
from carnet.schemas.dataset import json_schema, properties
from carnet.schemas.mission import Contact, TeamMember
from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.exports.package import CHANGES
from carnet.warehouse.exports.resources import Audience, french, resources
from carnet.warehouse.privacy.given_out import texts_of
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, load_result, mission, result
from tests.conftest import Said
from tests.gold_warehouse import SAMPLES, Gold, make_gold_warehouse, read_golds, shared_golds

Carnet = Callable[..., Said]


@pytest.fixture(scope="module", params=["samples", "shared"])
def golds(request: pytest.FixtureRequest) -> list[Gold]:
    found = read_golds(SAMPLES) if request.param == "samples" else shared_golds()
    return found or pytest.skip("../shared/brochures is not here")


@pytest.fixture(scope="module")
def public(golds: list[Gold], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written once; the tests only read it."""
    folder = tmp_path_factory.mktemp("public")
    warehouse = folder / "warehouse" / "carnet.duckdb"
    make_gold_warehouse(warehouse, golds)
    write_out(Settings(warehouse, use_prefect=False), folder / "site", Audience.public)
    return folder / "site"


def export(carnet: Carnet, warehouse: Path, folder: Path, *more: str) -> dict[str, Any]:
    said = carnet("export", folder, "--warehouse", warehouse, "--json", *more)
    assert said.status == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


# --- the public's


def test_nobody_of_the_answers_is_in_it(public: Path, golds: list[Gold]) -> None:
    people = {
        c[kind] for g in golds for m in g["missions"] for c in m["contacts"] for kind in ("name", "email", "phone")
    }
    people |= {c for g in golds for m in g["missions"] for one in m["contacts"] for c in one.get("name_also", ())}
    people |= {t["name"] for g in golds for t in g.get("team", ())}
    people |= {" ".join(("0" + p[3:])[i : i + 2] for i in range(0, 10, 2)) for p in people if p and p.startswith("+33")}
    found = []
    for file in (path for path in public.rglob("*") if path.is_file()):
        content, words = file.read_bytes(), "\n".join(texts_of(file))
        found += [(file.name, who) for who in people if who and (who.encode() in content or who in words)]
    assert len(people) > 40 and found == []


def test_no_marked_field_is_in_a_public_table(filled: Path) -> None:
    marked = {name for model in (Contact, TeamMember) for name, f in model.model_fields.items() if f.json_schema_extra}
    with open_reader(filled) as con:
        public = {r.name: {c.name for c in r.columns} for r in resources(con, Audience.public)}
        internal = {r.name: {c.name for c in r.columns} for r in resources(con, Audience.internal)}
    assert marked == {"name", "role", "email", "phone"}
    assert {table for table, columns in public.items() if columns & (marked - {"name"})} == set()
    assert {table for table, columns in public.items() if "name" in columns} == {"partners"}
    assert {"contacts", "team"} <= set(internal) - set(public)
    record = properties(json_schema(public=True), "MissionRecord")
    assert "contacts" not in record and "partners" in record and "team" not in json_schema(public=True)["properties"]


def test_people_named_in_texts_are_masked(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    told = mission(1, "Étude confiée à Mme Quesnel", "Ville de Brenoux", context=(
        "Pilotage : VERDEAU Aline, tél. 04.66.00.00.00.", "Écrire à a.verdeau@brenoux.example", "Rue Jean Jaurès."),
        contacts=MISSIONS[0].contacts)  # fmt: skip
    with open_writer(path) as con:
        load_result(con, result(missions=[told]))
    export(carnet, path, tmp_path / "site")
    (row,) = read_csv(tmp_path / "site" / "missions.csv")
    assert row["title"] == "Étude confiée à Mme [personne]"
    assert json.loads(row["context"]) == [
        "Pilotage : [personne], tél. [téléphone].", "Écrire à [courriel]", "Rue Jean Jaurès.",
    ]  # fmt: skip
    assert "Verdeau" not in (tmp_path / "site" / "evidence.csv").read_text(encoding="utf-8")


# --- business secrets, licence


MONEY = mission(1, "Audit d'un parc de 2,5 M€", "Ville de Brenoux", amount=Decimal(29_000), currency="EUR", tax="HT",
                amount_text="29 000 € HT", context=("Un marché de 45 000 euros en 2021.", "12 communes."))  # fmt: skip


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_without_amounts_nothing_tells_of_money(carnet: Carnet, path: Path, tmp_path: Path, audience: str) -> None:
    with open_writer(path) as con:
        load_result(con, result(missions=[MONEY]))
    export(carnet, path, tmp_path / "with", "--audience", audience)
    export(carnet, path, tmp_path / "site", "--audience", audience, "--no-amounts")
    told = {file.name: "\n".join(texts_of(file)) for file in (tmp_path / "site").rglob("*") if file.is_file()}
    signs = re.compile(r"29[\s.,]?000|45[\s.,]?000|2,5\s?M|€|amount_text|currency|turnover|concentration")
    assert [(name, signs.search(text)) for name, text in told.items() if signs.search(text)] == []
    (row,) = read_csv(tmp_path / "site" / "missions.csv")
    assert row["title"] == "Audit d'un parc de [montant]"
    assert json.loads(row["context"]) == ["Un marché de [montant] en 2021.", "12 communes."]
    (whole,) = read_csv(tmp_path / "with" / "missions.csv")
    assert (whole["amount"], whole["currency"]) == ("29000.00", "EUR")
    assert set(whole) - set(row) == {"amount_text", "amount", "amount_max", "currency", "tax"}
    with system.use_context(trusted=True):
        assert Package(str(tmp_path / "site" / "datapackage.json")).validate().valid
    record = json.loads((tmp_path / "site" / "references.json").read_text(encoding="utf-8"))
    jsonschema.validate(record, json.loads((tmp_path / "site" / "references.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("said", "told"), [
    ("cc-by-4.0", {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0",
                   "path": "https://creativecommons.org/licenses/by/4.0/"}),
    ("https://ondine.example/licence", {"path": "https://ondine.example/licence"}),
])  # fmt: skip
def test_a_licence_is_in_the_data_package(
    carnet: Carnet, filled: Path, tmp_path: Path, said: str, told: dict[str, str]
) -> None:
    export(carnet, filled, tmp_path / "site", "--license", said)
    package = json.loads((tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [told]
    assert told["path"] in (tmp_path / "site" / "LISEZMOI.md").read_text(encoding="utf-8")
    with system.use_context(trusted=True):
        assert Package(str(tmp_path / "site" / "datapackage.json")).validate().valid


def test_no_licence_is_made_up(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    export(carnet, filled, tmp_path / "site")
    assert "licenses" not in json.loads((tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8"))
    assert "aucune n'est accordée" in (tmp_path / "site" / "LISEZMOI.md").read_text(encoding="utf-8")
    said = carnet("export", tmp_path / "other", "--license", "mine", "--warehouse", filled)
    assert (said.status, "--license mine: expected a licence" in said.err) == (2, True)
    assert not (tmp_path / "other").exists()


# --- its forms


def test_the_data_package_is_valid(public: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(public / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "title", "note"])
    assert len(report.tasks) == len(list(public.glob("*.csv")))


def test_the_json_passes_its_schema_and_holds_all_missions(public: Path, golds: list[Gold]) -> None:
    told, schema = (
        json.loads((public / f"references{e}").read_text(encoding="utf-8")) for e in (".json", ".schema.json")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    want = Counter((m["client"], m["title"], m["amount"]) for g in golds for m in g["missions"])
    given = Counter((m["client"], m["title"], m["amount"]) for m in told["missions"])
    lost, other = (want - given).total(), list((given - want).elements())
    assert lost == len(other) <= want.total() / 100, (other, want - given)
    assert all("[passage retiré]" in (client, title) for client, title, _ in other)


def test_the_json_ld_expands_without_a_network(public: Path, golds: list[Gold]) -> None:
    (whole,) = jsonld.expand(json.loads((public / "references.jsonld").read_text(encoding="utf-8")), options={
        "documentLoader": lambda url, options: pytest.fail(f"asks for {url}")})  # fmt: skip
    works = [item["https://schema.org/item"][0] for item in whole["https://schema.org/itemListElement"]]
    assert len(works) == sum(len(g["missions"]) for g in golds)
    assert {kind for work in works for kind in work["@type"]} == {"https://schema.org/CreativeWork"}
    assert all("https://schema.org/sponsor" in w for w in works if "https://schema.org/name" not in w)
    assert "</" not in (public / "references.jsonld").read_text(encoding="utf-8")


def test_the_map_holds_communes_that_are_found_without_a_doubt(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    clients = ("Ville d'Achicourt", "Commune de Saint-Denis", "Mairie de Charnoz-sur-Ain")
    with open_writer(path) as con:
        load_result(con, result(missions=[mission(n, "Étude", c) for n, c in enumerate(clients, 1)]))
    export(carnet, path, tmp_path / "site")
    told = json.loads((tmp_path / "site" / "references.geojson").read_text(encoding="utf-8"))
    points = {f["properties"]["client"]: f["geometry"]["coordinates"] for f in told["features"]}
    assert set(points) <= set(clients) - {"Commune de Saint-Denis"}, "several communes are called so"
    east, north = points["Ville d'Achicourt"]
    assert 2.7 < east < 2.8 and 50.2 < north < 50.3
    (codes,) = [f["properties"] for f in told["features"] if f["properties"]["client"] == "Ville d'Achicourt"]
    achicourt = {"insee_code": "62004", "siren": "216200048", "departement": "62", "region": "Hauts-de-France"}
    assert {name: codes[name] for name in achicourt} == achicourt
    rows = {row["official_name"]: row for row in read_csv(tmp_path / "site" / "clients.csv")}
    assert {name: rows["Achicourt"][name] for name in achicourt} == achicourt


def test_all_files_tell_the_same(public: Path) -> None:
    with sqlite3.connect(public / "references.sqlite") as lite:
        tables = [name for (name,) in lite.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert lite.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in tables:
            rows = duckdb.sql(f"SELECT * FROM '{public / f'{table}.parquet'}'").fetchall()
            lines = (public / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
            cells = read_csv(public / f"{table}.csv")
            (count,) = lite.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert len(rows) == len(lines) == len(cells) == count, table
        parquet = duckdb.sql(
            f"SELECT mission_id, title, amount, context FROM '{public / 'missions.parquet'}'"
        ).fetchall()
        lite_rows = lite.execute("SELECT mission_id, title, amount, context FROM missions").fetchall()
    assert [(i, t, a and Decimal(str(a)), c and json.loads(c)) for i, t, a, c in lite_rows] == [
        (i, t, a, c) for i, t, a, c in parquet
    ]
    lines = [json.loads(line) for line in (public / "missions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(r["mission_id"], r["context"]) for r in lines] == [(i, c) for i, _, _, c in parquet]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_column_has_french_words(filled: Path) -> None:
    with open_reader(filled) as con:
        names = {column.name for r in resources(con, Audience.internal) for column in r.columns}
    assert [name for name in sorted(names) if not french(name)[0]] == []


HOSTILE = [
    "=HYPERLINK(1)",
    "@SUM(A1)",
    "+cmd|x",
    "-2+3",
    "</script><script>x",
    "a\x1b[2Jb\u202ec",
    "'; DROP TABLE x; --",
]


def test_hostile_texts_are_shown_not_run(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    missions = [mission(n, f"{text} {n}", text, context=(text,)) for n, text in enumerate(HOSTILE, 1)]
    with open_writer(path) as con:
        load_result(con, result(missions=missions))
    export(carnet, path, tmp_path / "site")
    rows = read_csv(tmp_path / "site" / "missions.csv")
    assert [r["client"][0] for r in rows[:4]] == ["'"] * 4
    assert rows[5]["client"] == "a[2Jbc" and rows[6]["client"] == "'; DROP TABLE x; --"
    for name in ("references.json", "references.jsonld"):
        text = (tmp_path / "site" / name).read_text(encoding="utf-8")
        assert "<" not in text and "\x1b" not in text and "\u202e" not in text
    lines = [
        json.loads(line) for line in (tmp_path / "site" / "missions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert lines[0]["client"] == "=HYPERLINK(1)", "an apostrophe is for spreadsheets only"


# --- the same, and what moved


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_same_warehouse_gives_the_same_bytes(carnet: Carnet, filled: Path, tmp_path: Path, audience: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert export(carnet, filled, one, "--audience", audience)["changed"]
    assert export(carnet, filled, other, "--audience", audience)["changed"]
    before = contents(one)
    assert before == contents(other)
    assert not export(carnet, filled, one, "--audience", audience)["changed"]
    assert contents(one) == before


def test_changes_tell_what_moved(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result("a.pdf"), brochure="ondine")
    first = export(carnet, path, tmp_path / "site")
    assert len(first["changes"]["added"]) == 3 and first["changes"]["from"] is None
    changed = MISSIONS[0].model_copy(update={"amount": Decimal("31000"), "partners": ("Hydrelle", "Terra")})
    new = mission(3, "Programme de travaux", "Ville de Sercy")
    with open_writer(path) as con:
        load_result(
            con, result("b.pdf", [changed, MISSIONS[1], new], edition_date=dt.date(2024, 1, 1)), brochure="ondine"
        )
        (kept,) = con.execute("SELECT mission_id FROM missions WHERE client = 'Ville de Brenoux'").fetchone() or ("",)
    export(carnet, path, tmp_path / "site")
    told = json.loads((tmp_path / "site" / CHANGES).read_text(encoding="utf-8"))
    moved = told["missions"]
    assert (len(moved["added"]), len(moved["removed"])) == (1, 1)
    assert {"amount", "partners"} <= set(moved["changed"][kept])
    assert told["to"] == json.loads((tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert "missions" in told["resources"] and told["from"] != told["to"]


def test_a_damaged_export_is_told_anew(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    export(carnet, filled, tmp_path / "site")
    (tmp_path / "site" / "missions.parquet").write_bytes(b"PAR1")
    (tmp_path / "site" / "datapackage.json").write_text(
        (tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8").replace('"version": "', '"version": "0'),
        encoding="utf-8",
    )
    assert len(export(carnet, filled, tmp_path / "site")["changes"]["added"]) == 3


# --- the folder


def test_a_folder_of_somebody_else_is_left_alone(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.docx").write_text("mine")
    said = carnet("export", folder, "--warehouse", filled)
    assert said.status == 1 and "letter.docx" in said.err
    export(carnet, filled, tmp_path / "site")
    (tmp_path / "site" / ".git").mkdir()
    assert carnet("export", tmp_path / "site", "--warehouse", filled).status == 1
    assert [p.name for p in folder.iterdir()] == ["letter.docx"] and (tmp_path / "site" / "missions.csv").exists()


def test_what_fails_leaves_the_folder_as_it_was(
    carnet: Carnet, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(carnet, filled, tmp_path / "site")
    before = contents(tmp_path / "site")
    with open_writer(filled) as con:
        load_result(con, result("b.pdf", MISSIONS[:2]), brochure="ondine")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("carnet.warehouse.exports.dataset.write_jsonld", full)
    said = carnet("export", tmp_path / "site", "--warehouse", filled)
    assert said.status == 1 and re.fullmatch(r"carnet: .+\n", said.err), said.err
    assert contents(tmp_path / "site") == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".site")] == []


def test_one_brochure_alone(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result("a.pdf"), brochure="ondine")
        load_result(con, result("b.pdf", MISSIONS[:1], firm="Brivault"), brochure="brivault")
    rows = export(carnet, path, tmp_path / "site", "--brochure", "brivault")["rows"]
    assert (rows["missions"], rows["editions"], rows["offices"]) == (1, 1, 1) and "missions_by_domain" not in rows
    assert carnet("export", tmp_path / "x", "--brochure", "other", "--warehouse", path).status == 1


def test_internal_holds_everybody_and_says_so(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    said = carnet("export", tmp_path / "in", "--audience", "internal", "--warehouse", filled)
    assert "personal data" in said.err
    told = json.loads((tmp_path / "in" / "references.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, json_schema(public=False))
    assert told["missions"][0]["contacts"][0]["email"] == "a.verdeau@brenoux.example"
    assert read_csv(tmp_path / "in" / "contacts.csv")[0]["phone"] == "+33466000000"
    with system.use_context(trusted=True):
        assert Package(str(tmp_path / "in" / "datapackage.json")).validate().valid


def test_forget_finds_the_folder(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    carnet("export", tmp_path / "in", "--audience", "internal", "--warehouse", filled)
    said = carnet("forget", "Aline Verdeau", "--json", "--yes", "--warehouse", filled)
    paths = {Path(e["path"]).name for e in json.loads(said.out)["given_out"]}
    assert {"contacts.csv", "contacts.parquet", "references.json", "references.sqlite"} <= paths
