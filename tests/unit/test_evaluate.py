"""Results beside reference answers: right, wrong, missing, spurious, silent, alarm."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.evaluate import Evaluation, Tally, evaluate, folded, rows
from carnet.pipeline.settle import settle
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Contact, Mission
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.loading.load import load
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, NOW, mission, result
from tests.conftest import Said
from tests.unit.drafts import edition_draft, mission_draft

BASE = MISSIONS[0]


def answer(of: Mission, **more: Any) -> dict[str, Any]:
    """The reference answer that `of` is wholly right by."""
    values = {
        "ordinal": of.ordinal, "page": of.page_first, "domain": of.domain, "title": of.title, "client": of.client,
        "client_type": of.client_type, "country": of.client_country, "status": of.status,
        "start": str(of.start_date)[:7] if of.start_precision == "month" else str(of.start_date)[:4],
        "end": str(of.end_date)[:7] if of.end_date else None, "stated_months": of.stated_months,
        "amount": None if of.amount is None else float(of.amount), "amount_max": None, "currency": of.currency,
        "tax": of.tax, "contacts": [c.model_dump(exclude={"has_left"}) | {"left": c.has_left} for c in of.contacts],
        "partners": list(of.partners), "context": list(of.context), "approach": [], "results": [], "findings": [],
    }  # fmt: skip
    return values | more


def gold(*answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    edition = {
        "team": [{"name": "Odile Brancourt"}],
        "offices": [{"city": "Annecy"}],
        "websites": ["www.ondine.example"],
    }
    return {"brochure": "ondine", "missions": list(answers)} | edition | more


def compared(got: Mission, told: Sequence[Finding] = (), /, **wanted: Any) -> Evaluation:
    """`got` against the answer of the base mission, changed by `wanted`."""
    return evaluate(result(missions=[got], findings=told), gold(answer(BASE, **wanted)))


def doubt(field: str, origin: Origin = Origin.READING) -> Finding:
    return Finding(
        mission=1, code=FindingCode.WEAK_READING, origin=origin, severity=Severity.INFO, field=field, message="?"
    )


def test_all_is_right() -> None:
    done = evaluate(result(findings=()), gold(*map(answer, MISSIONS)))
    assert done.misses == ()
    assert (done.missions, done.paired, done.wholly_right, done.total.f1) == (3, 3, 3, 1.0)
    assert done.fields["mission"] == Tally(right=3)
    assert done.fields["contact_email"] == Tally(right=1)


@pytest.mark.parametrize(
    ("got", "wanted", "field", "tally"),
    [
        ({"title": "Un autre titre"}, {}, "title", Tally(wrong=1, silent=1)),
        ({"title": None}, {}, "title", Tally(missing=1)),
        ({}, {"title": None}, "title", Tally(spurious=1, silent=1)),
        ({"title": "schéma  directeur d’eau potable."}, {}, "title", Tally(right=1)),
        ({"client": "Brenoux"}, {"client_aliases": ["Brenoux"]}, "client", Tally(right=1)),
        ({"client_type": "epci"}, {"client_type_also": ["epci"]}, "client_type", Tally(right=1)),
        ({"client_type": "epci"}, {}, "client_type", Tally(wrong=1, silent=1)),
        ({"amount": Decimal("29000.00")}, {}, "amount", Tally(right=1)),
        ({"amount": Decimal("2900")}, {}, "amount", Tally(wrong=1, silent=1)),
        ({}, {"start": "2021-03-01"}, "start_date", Tally(right=1)),
        ({}, {"start": "2021"}, "start_date", Tally(wrong=1, silent=1)),
        ({}, {"end": "2022-06-30"}, "end_date", Tally(right=1)),
        ({"stated_months": 16}, {"stated_months": 16}, "stated_months", Tally(right=1)),
        ({"context": ("Un réseau ancien. Des fuites.",)}, {}, "context", Tally(right=1)),
        ({"context": ("Un réseau ancien. Des fuites.",)}, {}, "context_items", Tally(wrong=1)),
        ({"context": ("Tout autre chose.",)}, {}, "context", Tally(wrong=1, silent=1)),
        ({"partners": ("Hydrelle", "Sauge")}, {}, "partner", Tally(right=1, spurious=1)),
        ({"partners": ()}, {}, "partner", Tally(missing=1)),
        ({}, {"findings": ["amount_missing"]}, "finding", Tally(missing=1)),
        ({"page_first": 4}, {}, "page_first", Tally(wrong=1, silent=1)),
    ],
)
def test_one_value(got: dict[str, Any], wanted: dict[str, Any], field: str, tally: Tally) -> None:
    done = compared(BASE.model_copy(update=got), **wanted)
    assert done.fields[field] == tally
    bad = tally.wrong + tally.missing + tally.spurious > 0 and not field.endswith("_items")
    assert [m.field for m in done.misses if m.field == field] == ([field] if bad else [])
    assert done.wholly_right == (0 if done.misses else 1)


def test_answers_for_a_text_have_no_pages() -> None:
    assert "page_first" not in compared(BASE, page=None).fields


@pytest.mark.parametrize(
    ("field", "told_on", "silent"),
    [("amount", "amount", 0), ("amount", "amount_text", 0), ("start_date", "period", 0), ("amount", "client", 1)],
)
def test_a_wrong_value_with_a_finding_is_not_silent(field: str, told_on: str, silent: int) -> None:
    wrong = BASE.model_copy(update={"amount": Decimal(1), "start_date": BASE.end_date})
    done = compared(wrong, [doubt(told_on, Origin.BROCHURE)])
    assert done.fields[field] == Tally(wrong=1, silent=silent)


def test_a_doubt_about_a_right_value_is_an_alarm() -> None:
    assert compared(BASE, [doubt("amount")]).fields["amount"] == Tally(right=1, alarm=1)
    assert compared(BASE, [doubt("amount", Origin.BROCHURE)]).fields["amount"] == Tally(right=1)


def test_people() -> None:
    left = Contact(name="Aline Verdeau", phone="+33466000001", has_left=True)
    done = compared(BASE.model_copy(update={"contacts": (left, Contact(name="Paul Sauge"))}))
    assert done.fields["contact_name"] == Tally(right=1, spurious=1)
    assert done.fields["contact_email"] == Tally(missing=1)
    assert done.fields["contact_phone"] == Tally(missing=1, spurious=1)
    assert done.fields["contact_left"] == Tally(spurious=1)


def test_another_spelling_of_a_name_may_be_as_good() -> None:
    person = answer(BASE)["contacts"][0] | {"name": "Mme Verdeau", "name_also": ["Aline Verdeau"]}
    assert compared(BASE, contacts=[person]).fields["contact_name"] == Tally(right=1)


def test_missions_that_are_missing_or_invented() -> None:
    invented = mission(9, "Audit des toitures", "Clinique du Lys", amount=Decimal(1), start_date=None, context=())
    done = evaluate(result(missions=[BASE, invented], findings=()), gold(*map(answer, MISSIONS[:2])))
    assert done.fields["mission"] == Tally(right=1, missing=1, spurious=1)
    assert [(m.mission, m.kind) for m in done.misses if m.field == "mission"] == [(0, "spurious"), (2, "missing")]
    assert (done.missions, done.paired, done.wholly_right) == (2, 1, 1)


def test_missions_are_paired_by_what_they_say_not_by_their_place() -> None:
    done = evaluate(result(missions=MISSIONS[::-1], findings=()), gold(*map(answer, MISSIONS)))
    assert done.wholly_right == 3


def test_sites_are_compared_without_their_trappings() -> None:
    sites = result().model_copy(update={"websites": ("https://ondine.example/",)})
    assert evaluate(sites, gold(*map(answer, MISSIONS))).fields["website"] == Tally(right=1)


def test_shares() -> None:
    tally = Tally(right=6, wrong=1, missing=2, spurious=1)
    assert (tally.found, tally.precision, tally.recall) == (8, 0.75, pytest.approx(6 / 9))
    assert tally.f1 == pytest.approx(2 * 0.75 * (6 / 9) / (0.75 + 6 / 9))
    assert (Tally().precision, Tally().recall, Tally(wrong=1).f1) == (1.0, 1.0, 0.0)


def test_the_total_is_the_sum_of_the_fields() -> None:
    done = compared(BASE)
    assert dict(rows(done))["all"].right == sum(t.right for t in done.fields.values())


@given(st.text("aÉ’'-– «»\u00a0.:^{}[]()<>ﬁ", max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


# ---- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def warehouse(path: Path) -> Path:
    """One edition of the file vireval.pdf."""
    made = edition_draft(mission_draft(1), mission_draft(2, title="Schéma des eaux"))
    with open_writer(path) as con:
        load(con, made, settle(made), code_version="v1", now=NOW, naming=Naming())
    return path


def write_gold(folder: Path, brochure: str) -> Path:
    (one, two) = settle(edition_draft(mission_draft(1), mission_draft(2, title="Schéma des eaux"))).missions
    nothing: dict[str, Any] = {"team": [], "offices": [], "websites": []}
    path = folder / f"{brochure}.gold.json"
    path.write_text(json.dumps(gold(answer(one), answer(two, title="Plan des eaux"), brochure=brochure, **nothing)))
    return path


@pytest.mark.parametrize("name", ["vireval", "vireval-conseil"])
def test_command(carnet: Callable[..., Said], warehouse: Path, tmp_path: Path, name: str) -> None:
    said = carnet("evaluate", write_gold(tmp_path, name), "--misses", "--warehouse", warehouse)
    assert said.status == 0
    assert "2 of 2 missions found, 1 wholly right" in said.out
    assert "Plan des eaux" in said.out and "Schéma des eaux" in said.out


def test_command_for_machines(carnet: Callable[..., Said], warehouse: Path, tmp_path: Path) -> None:
    said = carnet("evaluate", write_gold(tmp_path, "vireval"), "--json", "--warehouse", warehouse)
    (record,) = json.loads(said.out)
    assert record["fields"]["title"]["wrong"] == 1 and 0.9 < record["fields"]["all"]["f1"] < 1
    assert [m["field"] for m in record["misses"]] == ["title"]


def test_command_goes_on_after_what_it_can_not_evaluate(
    carnet: Callable[..., Said], warehouse: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gold.json"
    broken.write_text("{}")
    other, right = write_gold(tmp_path, "autre"), write_gold(tmp_path, "vireval")
    said = carnet("evaluate", broken, other, right, "--warehouse", warehouse)
    assert said.status == 1 and "2 of 2 missions found" in said.out
    assert [line.split(": ")[1] for line in said.err.splitlines()] == [str(broken), str(other)]
