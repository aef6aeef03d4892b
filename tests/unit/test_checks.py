"""Each finding code: when it is raised, and when it is not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carnet.pipeline.build import build
from carnet.pipeline.checks.edition import check_edition
from carnet.pipeline.checks.mission import check_mission
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import decisions_of
from carnet.schemas.draft import MissionDraft
from carnet.schemas.evidence import AT_THE_FIRM
from carnet.schemas.finding import Finding, FindingCode, Origin
from carnet.schemas.mission import Contact, Mission
from carnet.schemas.values import Amount
from tests.builders import mission
from tests.unit.drafts import ANNE, LABELS, mission_draft, period, reading

RULES = load_rules()
Code = FindingCode


def findings(draft: MissionDraft, usual: frozenset[str] = frozenset(LABELS)) -> list[Finding]:
    decisions = decisions_of(draft)
    return check_mission(draft, build(draft, decisions, RULES), decisions, usual, RULES)


def codes(draft: MissionDraft, usual: frozenset[str] = frozenset(LABELS)) -> list[str]:
    return [f.code.value for f in findings(draft, usual)]


def test_a_mission_with_nothing_to_question() -> None:
    assert findings(mission_draft()) == []


# ---- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "months", "raised"),
    [
        ("2020-01", "2020-10", 10, False),  # both ends counted
        ("2020-01", "2020-10", 9, False),  # one end counted
        ("2020-01", "2020-10", 8, True),
        ("2020-01", "2020-10", 11, True),
        ("2021-01", "2021-12", 18, True),
        ("2021-01-15", "2021-07-15", 6, False),
        ("2019", "2021", 36, False),
        ("2019", "2021", 24, False),
        ("2019", "2021", 13, False),
        ("2019", "2021", 12, True),
        ("2019", "2021", 37, True),
        ("2020", "2020", 6, False),
        ("2020", "2020", 12, False),
        ("2020", "2020", 13, True),
        ("2019", "2021-06", 30, False),
        ("2020-01", None, 18, False),
        (None, "2020-10", 18, False),
        ("2020-01", "2020-10", None, False),
        ("2020-10", "2020-01", 4, False),  # date_order has told it
    ],
)
def test_duration_mismatch(start: str | None, end: str | None, months: int | None, raised: bool) -> None:
    found = codes(mission_draft(period=period(start, end, months)))
    assert (Code.DURATION_MISMATCH in found) is raised


@pytest.mark.parametrize(
    ("start", "end", "raised"),
    [("2021", "2019", True), ("2021-03", "2021-02", True), ("2021-03", "2021-03", False), ("2021", "2021-01", False)],
)
def test_date_order(start: str, end: str, raised: bool) -> None:
    assert (Code.DATE_ORDER in codes(mission_draft(period=period(start, end)))) is raised


# ---- what is not given --------------------------------------------------------------------------------------------

AMOUNTLESS = {"amount": None, "labels": ("client", "contact", "period")}


@pytest.mark.parametrize(
    ("values", "usual", "raised"),
    [
        ({"amount": None}, LABELS, True),
        ({"amount": None}, (), True),  # its own label says so
        (AMOUNTLESS, LABELS, True),  # other missions print one
        (AMOUNTLESS, ("client",), False),
        (AMOUNTLESS | {"from_table": True}, LABELS, False),  # the table has no such column
        ({"amount": None, "from_table": True}, (), True),
        ({"amount": Amount(value=None)}, LABELS, True),
        ({"amount": Amount(value=Decimal(0))}, LABELS, False),
        ({}, LABELS, False),
    ],
)
def test_amount_missing(values: dict[str, Any], usual: tuple[str, ...], raised: bool) -> None:
    assert (Code.AMOUNT_MISSING in codes(mission_draft(**values), frozenset(usual))) is raised


def test_an_amount_that_we_did_not_understand_is_not_missing() -> None:
    odd = reading("amount", Amount(value=None), text="29 OOO €", note="amount: '29 OOO €': not understood")
    found = findings(mission_draft(amount=[odd]))
    assert {(f.code, f.origin, f.field) for f in found} == {(Code.UNPARSED, Origin.READING, "amount")}
    assert "29 OOO €" in found[0].message


@pytest.mark.parametrize(
    ("values", "usual", "raised"),
    [
        ({"period": None}, LABELS, True),
        ({"period": None, "labels": ("client",)}, ("client",), False),
        ({"period": None, "labels": ("client",), "from_table": True}, LABELS, False),
        ({"period": None, "labels": ("facts",)}, (), False),  # lines without labels promise no period
        ({"period": None, "labels": ("facts",)}, ("a value of period",), True),
        ({"period": None, "labels": ("start",)}, (), True),
        ({"period": period(ongoing=True)}, LABELS, False),  # a bare "en cours"
        ({"period": period(months=18)}, LABELS, False),
        ({"period": period(end="2021")}, LABELS, False),
        ({"period": None, "results": ["Mission en cours."]}, LABELS, False),
        ({}, LABELS, False),
    ],
)
def test_period_missing(values: dict[str, Any], usual: tuple[str, ...], raised: bool) -> None:
    assert (Code.PERIOD_MISSING in codes(mission_draft(**values), frozenset(usual))) is raised


@pytest.mark.parametrize(
    ("values", "usual", "raised"),
    [
        ({"contacts": None}, LABELS, True),
        ({"contacts": None, "labels": ("client",)}, ("client",), False),
        ({"contacts": None, "labels": ("client",), "from_table": True}, LABELS, False),
        ({"contacts": None, "labels": ("email",), "from_table": True}, (), True),
        ({"contacts": [{"name": None, "has_left": True}]}, LABELS, False),
        ({}, LABELS, False),
    ],
)
def test_contact_missing(values: dict[str, Any], usual: tuple[str, ...], raised: bool) -> None:
    assert (Code.CONTACT_MISSING in codes(mission_draft(**values), frozenset(usual))) is raised


def test_client_missing() -> None:
    (found,) = [f for f in findings(mission_draft(client=None)) if f.code is Code.CLIENT_MISSING]
    assert (found.field, found.origin) == ("client", Origin.BROCHURE)


def test_a_client_that_was_inferred_is_told_with_what_follows_from_it() -> None:
    inferred = reading("client", "Ville de Morcy", rank=6, rule="inferred.body", inferred=True)
    found = [f for f in findings(mission_draft(client=[inferred])) if f.code is Code.CLIENT_MISSING]
    assert {f.field for f in found} == {"client", "client_type", "client_country"}
    assert "Ville de Morcy" in found[0].message


def test_title_missing() -> None:
    assert codes(mission_draft(title=None)) == [Code.TITLE_MISSING]


# ---- contradictions -----------------------------------------------------------------------------------------------


def contact(email: str) -> list[dict[str, Any]]:
    return [ANNE | {"email": email}]


def test_where_somebody_at_the_firm_is_printed_the_brochure_is_not_blamed() -> None:
    draft = mission_draft(contacts=None)
    own = reading("contacts", [], note=AT_THE_FIRM)
    draft = draft.model_copy(update={"candidates": {**draft.candidates, "contacts": (own,)}})
    told = [(f.code, f.field) for f in findings(draft) if f.field == "contacts"]
    assert told == [(Code.WEAK_READING, "contacts")]


@pytest.mark.parametrize(
    ("client", "email", "text", "raised"),
    [
        ("Ville de Morcy", "a.malvy@ville-orbeyre.fr", "La Ville d'Orbeyre souhaite un plan.", True),
        ("Ville de Morcy", "a.malvy@ville-morcy.fr", "La Ville d'Orbeyre souhaite un plan.", False),
        ("Ville de Morcy", "a.malvy@ville-orbeyre.fr", "Un réseau ancien.", False),
        ("Ville de Morcy", "a.malvy@orange.fr", "La Ville d'Orbeyre souhaite un plan.", False),
        ("Ville d'Orbeyre", "a.malvy@ville-orbeyre.fr", "La Commune d'Orbeyre souhaite un plan.", False),
        ("Communauté de communes du Val Lunel", "a.malvy@ccvl.fr", "La Ville d'Orbeyre suit.", False),
    ],
)
def test_client_mismatch(client: str, email: str, text: str, raised: bool) -> None:
    draft = mission_draft(client=client, contacts=contact(email), context=[text])
    assert (Code.CLIENT_MISMATCH in codes(draft)) is raised


def test_client_mismatch_by_a_place_in_the_title() -> None:
    draft = mission_draft(title="Étude de l'eau potable d'Orbeyre", contacts=contact("a.malvy@ville-orbeyre.fr"))
    (found,) = [f for f in findings(draft) if f.code is Code.CLIENT_MISMATCH]
    assert "Orbeyre" in found.message and "Ville de Morcy" in found.message and found.field == "client"


def test_an_inferred_client_mismatches_nothing() -> None:
    inferred = reading("client", "Ville de Morcy", rank=6, rule="inferred.body", inferred=True)
    draft = mission_draft(
        client=[inferred], contacts=contact("a@ville-orbeyre.fr"), context=["La Ville d'Orbeyre souhaite un plan."]
    )
    assert Code.CLIENT_MISMATCH not in codes(draft)


def test_email_malformed_names_the_printed_address() -> None:
    note = "email_malformed: 'a.malvy@mor cy.example'; a second number: +33612345678"
    (found,) = findings(mission_draft(contacts=[reading("contacts", [ANNE], note=note)]))
    assert (found.code, found.field) == (Code.EMAIL_MALFORMED, "contact_email")
    assert "a.malvy@mor cy.example" in found.message


# ---- our own doubts -----------------------------------------------------------------------------------------------


def test_tie() -> None:
    two = [reading("title", "Plan vélo"), reading("title", "Plan de mobilité")]
    (found,) = findings(mission_draft(title=two))
    assert (found.code, found.origin, found.field) == (Code.TIE, Origin.READING, "title")


def test_weak_reading() -> None:
    (found,) = findings(mission_draft(title=[reading("title", "Plan vélo", rank=8, rule="mentioned")]))
    assert (found.code, found.origin, found.field) == (Code.WEAK_READING, Origin.READING, "title")


def test_the_note_of_a_losing_reading_is_no_finding() -> None:
    readings = [
        reading("period", period("2021-03", "2022-06")),
        reading("period", period("2021"), rank=3, note="an open end"),
    ]
    assert findings(mission_draft(period=readings)) == []


@pytest.mark.parametrize(
    ("note", "code"), [("not understood: 'hors options'", Code.UNPARSED), ("an open end", Code.WEAK_READING)]
)
def test_the_note_of_a_winning_period_is_a_finding(note: str, code: FindingCode) -> None:
    found = findings(mission_draft(period=[reading("period", period("2021-03", "2022-06"), note=note)]))
    assert {(f.code, f.origin) for f in found} == {(code, Origin.READING)}
    assert "start_date" in {f.field for f in found}


# ---- across missions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "raised"),
    [
        (mission(2, "Plan vélo", "Ville de Morcy"), True),
        (mission(2, "PLAN VELO", "VILLE DE MORCY"), True),
        (mission(2, "Plan vélo", "Ville d'Orbeyre"), False),
        (mission(2, "Plan de mobilité", "Ville de Morcy"), False),
    ],
)
def test_duplicate_title_is_told_on_the_later_one(second: Mission, raised: bool) -> None:
    found = list(check_edition([mission(1, "Plan vélo", "Ville de Morcy"), second], RULES))
    assert [(f.mission, f.code, f.field) for f in found] == ([(2, Code.DUPLICATE_TITLE, "title")] if raised else [])


@pytest.mark.parametrize(
    ("changed", "raised"),
    [
        ({"contacts": (Contact(name="Gilles Roux", email="g.roux@verniolle.example"),)}, True),
        ({"contacts": (Contact(name="Gilles Roux", email="g.roux@mairie-morcy.example"),)}, False),
        ({"contacts": (Contact(name="Gilles Roux", email="g.roux@wanadoo.fr"),)}, False),
        ({"context": ("La Ville de Gland voulait un état de ses arbres.", "À Gland, 38 arbres ont été testés.",
                      "La Ville de Gland a renoncé à 22 abattages.")}, True),
        ({"context": ("La Ville de Gland a servi d'exemple à la Ville de Morcy.",)}, False),
        ({"context": ("La rue a été refaite.",)}, False),
    ],
)  # fmt: skip
def test_a_repeated_heading_may_be_of_another_client(changed: dict[str, Any], raised: bool) -> None:
    repeat = mission(2, "Plan vélo", "Ville de Morcy").model_copy(update={"contacts": (), **changed})
    found = [f.code for f in check_edition([mission(1, "Plan vélo", "Ville de Morcy"), repeat], RULES)]
    assert (Code.CLIENT_MISMATCH in found) is raised


def test_missions_without_title_are_no_duplicates() -> None:
    one, two = (mission(n, "x", "Ville de Morcy").model_copy(update={"title": None}) for n in (1, 2))
    assert list(check_edition([one, two], RULES)) == []


def test_findings_name_mission_field_and_page() -> None:
    for found in findings(mission_draft(ordinal=7, period=period("2021", "2019"), amount=None, contacts=None)):
        assert (found.mission, found.page) == (7, 3) and found.field and found.message
