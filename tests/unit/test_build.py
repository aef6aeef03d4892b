"""Decisions -> mission: precision of dates, amounts, lists, and the evidence of each column."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from carnet.pipeline.build import Built, build
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import decisions_of
from carnet.schemas.values import Amount
from tests.unit.drafts import ANNE, mission_draft, period, reading


def built(**values: Any) -> Built:
    draft = mission_draft(**values)
    return build(draft, decisions_of(draft), load_rules())


@pytest.mark.parametrize(
    ("start", "end", "days", "precisions"),
    [
        ("2021-03", "2022-06", (dt.date(2021, 3, 1), dt.date(2022, 6, 30)), ("month", "month")),
        ("2019", "2021", (dt.date(2019, 1, 1), dt.date(2021, 12, 31)), ("year", "year")),
        ("2021-01-12", "2021-02", (dt.date(2021, 1, 12), dt.date(2021, 2, 28)), ("day", "month")),
        ("2019-10", None, (dt.date(2019, 10, 1), None), ("month", None)),
        (None, "2024-02", (None, dt.date(2024, 2, 29)), (None, "month")),
    ],
)
def test_dates_keep_their_printed_precision(start: str, end: str, days: Any, precisions: Any) -> None:
    mission = built(period=period(start, end)).mission
    assert (mission.start_date, mission.end_date) == days
    assert (mission.start_precision, mission.end_precision) == precisions


def test_texts_are_as_printed() -> None:
    made = built(
        period=[reading("period", period("2021-03", "2022-06"), text="Mars 2021 – juin 2022")],
        amount=[reading("amount", Amount(value=Decimal(29000), currency="EUR", tax="HT"), text="29 000 € HT")],
    )
    assert (made.mission.period_text, made.mission.amount_text) == ("Mars 2021 – juin 2022", "29 000 € HT")


def test_without_a_figure_there_is_no_currency() -> None:
    amount = reading("amount", Amount(value=None, currency="EUR", tax="HT"), text="Confidentiel")
    mission = built(amount=[amount]).mission
    assert (mission.amount, mission.currency, mission.tax, mission.amount_text) == (None, None, None, "Confidentiel")


def test_values_may_come_from_a_stored_draft_as_plain_data() -> None:
    stored = {"start": {"year": 2021, "month": 3}, "end": None, "stated_months": None, "ongoing": True}
    mission = built(period=stored, amount={"value": "29000", "currency": "EUR"}).mission
    assert (mission.start_date, mission.status, mission.amount) == (dt.date(2021, 3, 1), "ongoing", Decimal(29000))


def test_the_evidence_of_a_period_stands_behind_each_column_that_has_a_value() -> None:
    made = built(period=period("2021-03", "2022-06", months=16), amount=Amount(value=Decimal(9), currency="EUR"))
    fields = [e.field for e in made.evidence]
    assert {"period_text", "start_date", "end_date", "stated_months", "amount_text", "amount", "currency"} <= set(
        fields
    )
    assert not {"tax", "amount_max", "period"} & set(fields)
    made = built(period=period("2021-03"))
    assert "end_date" not in [e.field for e in made.evidence]


def test_every_value_has_evidence() -> None:
    made = built()
    fields = {e.field for e in made.evidence}
    for column in ("title", "client", "start_date", "end_date", "amount", "currency", "context"):
        assert getattr(made.mission, column) and column in fields


def test_the_client_is_no_partner_of_its_own() -> None:
    made = built(partners=["Hydrelle", "VILLE DE MORCY", "Les Ateliers Sauge"])
    assert made.mission.partners == ("Hydrelle", "Les Ateliers Sauge")


def test_an_inferred_client_is_not_stated() -> None:
    made = built(client=[reading("client", "Ville de Morcy", rank=6, rule="inferred.body", inferred=True)])
    assert made.client_inferred and not made.mission.client_stated
    assert not built().client_inferred and built().mission.client_stated
    assert not built(client=None).mission.client_stated


def test_a_client_whose_words_tell_no_type_is_a_doubt() -> None:
    assert "client_type" not in built().doubts
    made = built(client="Les Jardins de Cécile")
    assert (made.mission.client_type is None) or "client_type" in made.doubts


def test_the_status_comes_from_the_last_words_too() -> None:
    assert built(results=["Le plan est voté.", "Mission en cours."]).mission.status == "ongoing"
    assert (
        built(results=["Mission en cours.", "Le plan est voté.", "Les travaux suivent."]).mission.status == "completed"
    )


def test_contacts_are_people() -> None:
    (contact,) = built(contacts=[reading("contacts", [ANNE])]).mission.contacts
    assert (contact.name, contact.email) == ("Anne Malvy", "a.malvy@morcy.example")


def test_nothing_found_is_a_mission_all_the_same() -> None:
    made = built(title=None, client=None, period=None, amount=None, contacts=None, context=None)
    assert made.mission.title is None and made.evidence == ()
