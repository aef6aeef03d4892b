"""A brochure read again without somebody: what counts as harm, and what is only where they stood."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Contact, Mission, TeamMember
from carnet.schemas.result import EditionResult
from carnet.warehouse.ask.unharmed import harm
from tests.builders import mission, result

ALINE = Contact(name=None, role=None, email=None, phone=None, has_left=True)
ROSE = Contact(name="Rose Tavel", role="maire", email=None, phone=None)
FINDING = Finding(
    mission=2, code=FindingCode.TIE, origin=Origin.READING, severity=Severity.WARNING, field="amount", message="two"
)


def read(*changes: dict[str, Any], findings: tuple[Finding, ...] = (), **more: Any) -> EditionResult:
    """Two missions; the person stood in the first."""
    missions: list[Mission] = [
        mission(1, "Schéma directeur", "Ville de Brenoux", context=("Suivi par […], puis voté.",), contacts=(ROSE,)),
        mission(2, "Diagnostic", "Trois Vals", context=("Un réseau.",)),
    ]
    for number, change in enumerate(changes):
        missions[number] = missions[number].model_copy(update=change)
    return result(missions=missions, findings=findings).model_copy(update=more)


@pytest.mark.parametrize("change", [
    {"context": ("Suivi par […] , puis voté.",)}, {"context": ("Suivi par […] […], puis voté.",)},
    {"contacts": (ALINE, ROSE)}, {"contacts": (Contact(name="[…]"), ROSE)},
])  # fmt: skip
def test_where_the_person_stood_a_mark_more_or_less_is_none(change: dict[str, Any]) -> None:
    assert harm(read(), read(change), {1}) is None
    assert harm(read(), read(change), set()) is not None, "elsewhere it is a change"


@pytest.mark.parametrize(("changes", "said"), [
    (({}, {"amount": Decimal(1)}), "mission 2 (page 4), amount: "),
    (({"title": "Schéma"},), "mission 1 (page 3), title: "),
    (({"title": "Schéma"}, {"title": "Schéma directeur", "client": "Ville de Brenoux"}), "mission 1 (page 3) would"),
    (({"context": ("Suivi par […], puis rejeté.",)},), "mission 1 (page 3), context: "),
    (({"contacts": ()},), "mission 1 (page 3), contacts would be read otherwise"),
    (({}, {"currency": "GBP"}), "mission 2 (page 4), currency: "),
])  # fmt: skip
def test_a_value_that_changes_is_named_with_mission_and_page(changes: tuple[dict[str, Any], ...], said: str) -> None:
    assert (harm(read(), read(*changes), {1}) or "").startswith(said)


def test_long_texts_are_shown_where_they_differ() -> None:
    begin = "Entre la plaine et le plateau, le remembrement a supprimé les haies. "
    was, now = (read({}, {"context": (f"{begin * 3}{end}",)}) for end in ("Cent communes.", "Cent écoles."))
    said = harm(was, now, {1}) or ""
    assert "Cent communes.',) would be read as …" in said
    assert said.endswith("Cent écoles.',)")
    assert len(said) < 200


def test_what_stands_beside_missions() -> None:
    assert harm(read(), read(), {1}) is None
    assert harm(read(), read(findings=(FINDING,)), {1}) == "mission 2, amount would be remarked otherwise"
    assert harm(read(), read(findings=(FINDING,)), {1, 2}) is None
    assert "team" in (harm(read(), read(team=(TeamMember(name="Rose Tavel"),)), {1}) or "")
    fewer = read()
    fewer = fewer.model_copy(update={"missions": fewer.missions[:1], "keys": fewer.keys[:1]})
    assert harm(read(), fewer, {1}) == "1 missions would be read, not 2"


def test_a_mission_that_is_known_again_may_have_another_key() -> None:
    """Made of the contact's name, say."""
    assert harm(read(), read(keys=("a", "b")), {1}) is None
    assert "not known again" in (harm(read(), read(keys=tuple(reversed(read().keys))), {1}) or "")
