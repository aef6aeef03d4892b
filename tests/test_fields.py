"""A field of a mission is declared once, and all who need to know of it do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from carnet.pipeline import correct, evaluate
from carnet.pipeline.fields import FIELDS as FINDERS
from carnet.pipeline.fields import labelled
from carnet.pipeline.rules import load_rules
from carnet.schemas import fields
from carnet.schemas.declared import Declared
from carnet.schemas.fields import FIELDS, LABELLED, MissionField
from carnet.schemas.mission import DECLARED, Mission
from carnet.schemas.outline import PartKind
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.exports.resources import french
from carnet.warehouse.store import declared
from carnet.warehouse.store.db import Connection, open_writer
from carnet.warehouse.store.describe import describe

CASES = Path(__file__).parent / "cases" / "fr"
DERIVED = {
    "client_type",
    "client_country",
    "client_stated",
    "start_precision",
    "end_precision",
    "page_first",
    "page_last",
}
"""What no part of a page says by itself."""
SURFACE = MissionField(
    "surface",
    Decimal,
    False,
    "DECIMAL(14, 2)",
    Declared("surface", "Floor area", compared=True, labelled=True, unit="m²"),
)


def test_every_attribute_is_declared_with_its_words() -> None:
    assert list(DECLARED) == [name for name in Mission.model_fields if name != "ordinal"]
    assert [f.column for f in FIELDS if not (f.told.name and f.told.about)] == []
    assert [name for name, field in Mission.model_fields.items() if not field.description] == []


def test_every_field_is_found_derived_or_part_of_one_that_is_found() -> None:
    assert [f.column for f in FIELDS if f.column not in DERIVED and (f.told.of or f.column) not in FINDERS] == []


def test_every_field_can_be_corrected() -> None:
    parts = {"start_precision", "end_precision", "page_first", "page_last"}
    assert [f.column for f in FIELDS if f.column not in correct.FIELDS and f.column not in parts] == []


def test_columns_of_the_view_are_those_declared(filled: Path) -> None:
    with open_reader(filled) as con:
        answer = ask(con, "SELECT * FROM missions LIMIT 0")
        about = {c.name: c.about for view in describe(con) if view.name == "missions" for c in view.columns}
    kinds = dict(zip(answer.columns, answer.types, strict=True))
    assert {f.column: kinds.get(f.column) for f in FIELDS if f.sql} == {
        f.column: f.sql.replace(", ", ",") for f in FIELDS if f.sql
    }
    assert {f.column: about[f.column] for f in FIELDS if f.sql} == {f.column: f.told.about for f in FIELDS if f.sql}


def test_what_is_compared_between_editions_is_what_is_declared(filled: Path) -> None:
    with open_writer(filled) as con:
        compared = {name for (name,) in con.execute("SELECT DISTINCT field FROM _mission_values").fetchall()}
    assert compared <= set(fields.COMPARED) and {"title", "client", "contacts"} <= compared


def test_every_column_has_a_french_heading_and_description() -> None:
    assert [f.column for f in FIELDS if f.sql and not all(french(f.column))] == []


def test_every_labelled_field_has_labels_and_cases() -> None:
    for field in LABELLED:
        assert field.column in list(PartKind), "schemas/outline.py"
        assert any(kind == field.column for kind, _ in load_rules().labels.forms.values()), (
            "pipeline/rules/fr/labels.yml"
        )
        cases = yaml.safe_load((CASES / f"{field.column}.yml").read_text(encoding="utf-8"))
        assert [c["text"] for c in cases if labelled.read(c["text"], field) != c["expected"]] == []


def test_doubts_name_fields() -> None:
    known = {*DECLARED, "period"}
    assert [f.column for f in FIELDS if not set(f.told.told_by) <= known or f.told.of not in ("", *known)] == []
    assert set(evaluate._COLUMNS) <= set(DECLARED)


def test_a_field_that_is_declared_later_gets_its_column(con: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "FIELDS", (*FIELDS, SURFACE))
    declared.add_columns(con)
    declared.add_columns(con)
    kinds = {name: kind for name, kind, *_ in con.execute("DESCRIBE store.mission").fetchall()}
    assert kinds["surface"] == "DECIMAL(14,2)"
    assert "m.surface::VARCHAR AS surface" in declared.filled_in("{compared_values}")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 250 m²", 1250), ("1250", 1250), ("12,5 m²", Decimal("12.5")), ("1,5 ha", None), ("environ", None), ("", None)],
)  # fmt: skip
def test_numbers_under_a_label_of_their_own(text: str, value: object) -> None:
    assert labelled.read(text, SURFACE) == value
