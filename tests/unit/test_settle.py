"""Draft -> result: in order, complete, the same each time."""

from __future__ import annotations

import datetime as dt

from carnet.pipeline.settle import settle
from carnet.schemas.correction import Correction
from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from tests.unit.drafts import READ, edition_draft, mission_draft, reading

DOUBT = Finding(
    code=FindingCode.UNREAD_BLOCK, origin=Origin.READING, severity=Severity.INFO, message="nobody read: 'x'"
)


def draft() -> EditionDraft:
    return edition_draft(
        mission_draft(1),
        mission_draft(2, title="Schéma des eaux"),
        mission_draft(3),
        team=(reading("team", {"name": "Odile Brancourt", "role": None}),),
        offices=(reading("office", {"city": "Grenoble", "country": "FR"}),),
        websites=(reading("website", "www.vireval.example"),),
        findings=(DOUBT,),
    )


def test_each_mission_keeps_its_place_key_and_evidence() -> None:
    result = settle(draft())
    assert result.keys == ("mission-1", "mission-2", "mission-3")
    assert [m.ordinal for m in result.missions] == [1, 2, 3]
    assert [next(e.text for e in evidence if e.field == "title") for evidence in result.evidence] == [
        "Plan vélo", "Schéma des eaux", "Plan vélo",
    ]  # fmt: skip


def test_what_stands_outside_missions() -> None:
    result = settle(draft())
    assert [p.name for p in result.team] == ["Odile Brancourt"]
    assert [(o.city, o.country) for o in result.offices] == [("Grenoble", "FR")]
    assert result.websites == ("www.vireval.example",)


def test_findings_of_reading_come_along_with_those_of_missions_and_edition() -> None:
    result = settle(draft())
    assert [(f.mission, f.code) for f in result.findings] == [
        (None, FindingCode.UNREAD_BLOCK),
        (3, FindingCode.DUPLICATE_TITLE),
    ]


def test_a_label_is_usual_from_a_third_of_the_missions_of_its_shape() -> None:
    def bare(n: int) -> MissionDraft:
        return mission_draft(n, title=f"Étude {n}", amount=None, labels=("client", "period", "contact"))

    with_amount = [mission_draft(n, title=f"Étude {n}") for n in (1, 2)]
    few, many = [bare(n) for n in range(3, 7)], [bare(n) for n in range(3, 11)]
    assert {f.mission for f in settle(edition_draft(*with_amount, *few)).findings} == {3, 4, 5, 6}
    assert settle(edition_draft(*with_amount, *many)).findings == ()


def test_labels_of_fiches_are_not_expected_of_table_rows() -> None:
    fiches = [mission_draft(n, title=f"Étude {n}") for n in (1, 2, 3)]
    row = mission_draft(4, title="Étude 4", amount=None, labels=("client", "period", "contact"), from_table=True)
    assert settle(edition_draft(*fiches, row)).findings == ()


def test_the_same_draft_gives_the_same_result_and_stays_as_it_was() -> None:
    one = draft()
    before = one.model_dump_json()
    assert settle(one) == settle(one)
    assert one.model_dump_json() == before


def test_a_stored_draft_gives_the_same_result() -> None:
    stored = EditionDraft.model_validate_json(draft().model_dump_json())
    assert settle(stored) == settle(draft())


def test_an_edition_without_missions() -> None:
    assert settle(edition_draft()).missions == ()


def test_what_a_person_looked_at_is_no_doubt_of_ours_any_more() -> None:
    """Whichever stage doubted it; what the brochure itself lacks or contradicts stays said."""
    weak = DOUBT.model_copy(update={"code": FindingCode.WEAK_READING, "field": "title", "mission": 2})
    other = weak.model_copy(update={"field": "client"})
    gone = weak.model_copy(update={"mission": 1})
    drawn = draft().model_copy(update={"findings": (DOUBT, weak, other, gone)})
    assert {weak, other, gone} <= set(settle(drawn).findings)
    right = correction("mission-2", "title", "Schéma des eaux")
    none = correction("mission-1", "mission", None)
    found = settle(drawn, [right, none]).findings
    assert DOUBT in found and other in found and weak not in found and gone not in found
    brochure = [
        f.code for f in settle(drawn, [correction("mission-3", "title", "Plan vélo")]).findings if f.mission == 3
    ]
    assert brochure == [FindingCode.DUPLICATE_TITLE]


def correction(key: str, field: str, value: str | None) -> Correction:
    made_at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    return Correction(
        mission_id="m", field=field, old_value=value, new_value=value, why="", author="me", made_at=made_at, id=field,
        key=key, printed=value,
    )  # fmt: skip


def test_missions_of_a_short_list_miss_nothing_that_the_list_does_not_print() -> None:
    """Four in full, then "Autres références" with a title, a client and a date each; one of the full lacks its fee."""
    full = [mission_draft(n, amount=None if n == 2 else READ["amount"]) for n in range(1, 5)]
    short = [mission_draft(n, labels=(), amount=None, contacts=None, context=None) for n in range(5, 9)]
    found = settle(edition_draft(*full, *short)).findings
    assert [(f.mission, f.code) for f in found if f.code.value.endswith("_missing")] == [
        (2, FindingCode.AMOUNT_MISSING)
    ]
