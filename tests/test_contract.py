"""What others rely on: views with their columns and types, commands with their options and exit status."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.store.db import open_writer
from carnet.warehouse.store.describe import describe
from tests.builders import MISSIONS, load_result, result
from tests.conftest import Said

MISSION = {
    "mission_id": "VARCHAR", "brochure": "VARCHAR", "edition_id": "VARCHAR", "firm": "VARCHAR", "ordinal": "INTEGER",
    "page_first": "INTEGER", "page_last": "INTEGER", "domain": "VARCHAR", "title": "VARCHAR", "client": "VARCHAR",
    "client_stated": "BOOLEAN", "client_type": "VARCHAR", "client_country": "VARCHAR", "period_text": "VARCHAR",
    "start_date": "DATE", "end_date": "DATE", "start_precision": "VARCHAR", "end_precision": "VARCHAR",
    "stated_months": "INTEGER", "status": "VARCHAR", "amount_text": "VARCHAR", "amount": "DECIMAL(14,2)",
    "amount_max": "DECIMAL(14,2)", "currency": "VARCHAR", "tax": "VARCHAR", "context": "VARCHAR[]",
    "approach": "VARCHAR[]", "results": "VARCHAR[]",
}  # fmt: skip
TEXT = "VARCHAR"
VIEWS: dict[str, dict[str, str]] = {
    "missions": MISSION,
    "mission_history": MISSION,
    "contacts": {
        "mission_id": TEXT, "ordinal": "INTEGER", "name": TEXT, "role": TEXT, "email": TEXT, "phone": TEXT,
        "has_left": "BOOLEAN",
    },
    "partners": {"mission_id": TEXT, "ordinal": "INTEGER", "name": TEXT},
    "evidence": {
        "mission_id": TEXT, "field": TEXT, "ordinal": "INTEGER", "text": TEXT, "page": "INTEGER",
        "x0": "DOUBLE", "top": "DOUBLE", "x1": "DOUBLE", "bottom": "DOUBLE", "rule": TEXT,
    },
    "findings": {
        "mission_id": TEXT, "edition_id": TEXT, "code": TEXT, "origin": TEXT, "severity": TEXT, "field": TEXT,
        "message": TEXT, "page": "INTEGER",
    },
    "editions": {
        "edition_id": TEXT, "brochure": TEXT, "firm": TEXT, "file_name": TEXT, "sha256": TEXT, "media_type": TEXT,
        "pages": "INTEGER", "edition_date": "DATE", "ingested_at": "TIMESTAMP", "is_current": "BOOLEAN",
        "mission_count": "INTEGER", "finding_count": "INTEGER",
    },
    "changes": {
        "brochure": TEXT, "from_edition": TEXT, "to_edition": TEXT, "mission_id": TEXT, "change": TEXT, "field": TEXT,
        "old_value": TEXT, "new_value": TEXT,
    },
    "team": {"brochure": TEXT, "edition_id": TEXT, "name": TEXT, "role": TEXT},
    "offices": {"brochure": TEXT, "edition_id": TEXT, "city": TEXT, "country": TEXT},
    "websites": {"brochure": TEXT, "edition_id": TEXT, "url": TEXT},
    "lists": {
        "list_id": TEXT, "given_at": "TIMESTAMP", "name": TEXT, "form": TEXT, "as_of_date": "DATE",
        "ordinal": "INTEGER", "mission_id": TEXT,
    },
    "corrections": {
        "mission_id": TEXT, "field": TEXT, "old_value": TEXT, "new_value": TEXT, "why": TEXT, "author": TEXT,
        "made_at": "TIMESTAMP", "undone_at": "TIMESTAMP",
    },
}  # fmt: skip

Carnet = Callable[..., Said]


@pytest.mark.parametrize("view", VIEWS)
def test_views_have_their_columns_and_types(filled: Path, view: str) -> None:
    with open_reader(filled) as con:
        answer = ask(con, f"SELECT * FROM {view} LIMIT 0")
    published = dict(zip(answer.columns, answer.types, strict=True))
    assert {name: published.get(name) for name in VIEWS[view]} == VIEWS[view]
    assert list(published)[: len(VIEWS[view])] == list(VIEWS[view]), "published columns come first, in their order"


def test_every_view_and_column_is_explained_in_the_database(filled: Path) -> None:
    with open_reader(filled) as con:
        views = {view.name: view for view in describe(con)}
        silent = ask(
            con,
            """SELECT table_name, column_name FROM duckdb_columns()
               WHERE schema_name = 'main' AND NOT internal AND NOT starts_with(table_name, '_') AND comment IS NULL""",
        ).rows
    assert silent == []
    assert set(views) >= set(VIEWS)
    assert [name for name, view in views.items() if not view.about] == []


def test_no_view_has_an_empty_text(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result())
    with open_reader(path) as con:
        for view, columns in VIEWS.items():
            texts = [name for name, kind in columns.items() if kind == "VARCHAR"]
            empty = " OR ".join(f"{name} = ''" for name in texts)
            assert ask(con, f"SELECT count(*) FROM {view} WHERE {empty}").rows == [(0,)]


OPTIONS = {
    "ingest": ["--brochure", "--edition-date", "--jobs", "--json"],
    "sql": ["--format", "--out", "--force", "--schema", "--limit", "--timeout", "--recipe", "--recipes", "--set"],
    "missions": [
        "--client",
        "--domain",
        "--since",
        "--until",
        "--min-amount",
        "--text",
        "--client-type",
        "--as-of",
        "--json",
    ],
    "dashboard": ["--firm", "--force"],
    "serve": ["--port", "--host", "--open", "--raw"],
    "site": ["--url", "--title"],
    "export": ["--audience", "--brochure", "--json"],
    "check": ["--json"],
    "publish": ["--audience", "--json"],
    "references": [
        "--client",
        "--domain",
        "--since",
        "--until",
        "--min-amount",
        "--text",
        "--client-type",
        "--firm",
        "--brochure",
        "--years",
        "--as-of",
        "--out",
        "--force",
        "--format",
        "--pick",
        "--sort",
        "--at-least",
        "--public-only",
        "--no-amounts",
        "--contacts",
        "--fiches",
        "--firm-name",
        "--title",
        "--limit",
        "--attestations",
    ],
    "show": ["--json"],
    "findings": ["--json"],
    "explain": ["--json"],
    "correct": ["--why", "--author", "--undo", "--raw"],
    "corrections": ["--all", "--json"],
    "same": ["--why", "--author"],
    "distinct": ["--why", "--author"],
    "forget": ["--yes", "--json"],
    "diff": ["--from", "--to", "--format", "--out", "--force"],
    "history": ["--json"],
    "rebuild": ["--dry-run", "--jobs", "--json", "--raw"],
    "evaluate": ["--misses", "--json"],
}


@pytest.mark.parametrize("command", OPTIONS)
def test_commands_have_their_options(carnet: Carnet, command: str) -> None:
    said = carnet(command, "--help")
    assert said.status == 0
    for option in (*OPTIONS[command], "--warehouse", "--debug"):
        assert option in said.out
    assert "Example: carnet " + command in said.out.rstrip().splitlines()[-1]


def test_exit_status(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    assert carnet("sql", "SELECT 1", "--warehouse", filled).status == 0
    assert carnet("sql", "SELEC 1", "--warehouse", filled).status == 1
    assert carnet("sql", "SELECT 1", "--warehouse", tmp_path / "none.duckdb").status == 1
    for wrong in (["sql"], ["sql", "SELECT 1", "--nonsense"], ["nonsense"], ["missions", "--since", "soon"]):
        said = carnet(*wrong)
        assert (said.status, said.out) == (2, "")
        assert len(said.err.strip().splitlines()) == 1


def test_errors_are_one_sentence_unless_debug(carnet: Carnet, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = carnet("sql", "SELECT titre FROM missions", "--warehouse", filled)
    assert said.out == ""
    assert said.err.startswith("carnet: ")
    assert len(said.err.strip().splitlines()) == 1


def test_warehouse_from_the_environment(carnet: Carnet, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNET_WAREHOUSE", str(filled))
    assert "Étude de la ressource en eau" in carnet("missions").out


@pytest.mark.parametrize("format", ["table", "csv", "json", "jsonl", "parquet"])
def test_formats(carnet: Carnet, filled: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"answer.{format}"
    query = "SELECT ordinal, title, amount, context FROM missions ORDER BY ordinal"
    assert carnet("sql", query, "--warehouse", filled, "--format", format, "--out", out).status == 0
    if format == "parquet":
        assert out.read_bytes()[:4] == b"PAR1"
        return
    text = out.read_text(encoding="utf-8")
    assert "Étude de la ressource en eau" in text
    if format != "table":
        assert carnet("sql", query, "--warehouse", filled, "--format", format).out == text
    if format == "json":
        assert json.loads(text)[0]["amount"] == 29000
        assert json.loads(text)[1]["amount"] is None
    if format == "jsonl":
        assert [json.loads(line)["ordinal"] for line in text.splitlines()] == [1, 2, 3]
    if format == "csv":
        assert list(csv.reader(io.StringIO(text)))[2] == [
            "2", "Diagnostic du réseau d'assainissement", "", '["Un réseau ancien.", "Des fuites."]']  # fmt: skip


def test_nothing_in_a_pipe_is_cut(carnet: Carnet, path: Path) -> None:
    title = "Schéma directeur " * 30
    with open_writer(path) as con:
        load_result(
            con, result(missions=[m.model_copy(update={"title": title.strip()}) for m in result().missions[:1]])
        )
    assert title.strip() in carnet("sql", "SELECT title FROM missions", "--warehouse", path).out
    assert title.strip() in carnet("missions", "--warehouse", path).out


def test_text_of_a_brochure_can_not_act_on_a_terminal(carnet: Carnet, path: Path) -> None:
    bad = "Ville\x1b[2J de\u202e [red]Luz\x9b"
    with open_writer(path) as con:
        load_result(con, result(missions=[m.model_copy(update={"client": bad}) for m in MISSIONS]))
    for command in (["missions"], ["findings"], ["sql", "SELECT client FROM missions"], ["missions", "--json"]):
        said = carnet(*command, "--warehouse", path)
        assert not set("\x1b\u202e\x9b") & set(said.out)
        assert "[red]Luz" in said.out


def test_machines_get_json(carnet: Carnet, filled: Path) -> None:
    missions = json.loads(carnet("missions", "--warehouse", filled, "--json").out)
    assert set(missions[0]) >= set(MISSION)
    shown = json.loads(carnet("show", missions[0]["mission_id"], "--warehouse", filled, "--json").out)
    assert shown["contacts"][0]["email"] == "a.verdeau@brenoux.example"
    assert {f["code"] for f in json.loads(carnet("findings", "--warehouse", filled, "--json").out)} == {
        "amount_missing", "unread_block"}  # fmt: skip


def test_one_mission_in_full(carnet: Carnet, filled: Path) -> None:
    (first, *_) = json.loads(carnet("missions", "--warehouse", filled, "--json").out)
    page = carnet("show", first["mission_id"], "--warehouse", filled).out
    expected = [
        "Schéma directeur d'eau potable", "29 000 EUR HT", "2021-03 – 2022-06", "Aline Verdeau", "Hydrelle",
        "• Un réseau ancien.", "fr.title",
    ]  # fmt: skip
    assert [text for text in expected if text not in page] == []
