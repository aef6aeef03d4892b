"""Context, approach and results as lists in order."""

from __future__ import annotations

import pytest

from carnet.pipeline.fields import narrative
from carnet.schemas.outline import PartKind
from tests.unit.fields.sections import context, only, part, section

KINDS = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS)


@pytest.mark.parametrize("kind", KINDS)
def test_items_in_order_with_their_evidence(kind: PartKind) -> None:
    made = section((), [part(kind, "Un réseau\nancien.", "Des fuites.", rule="fr.labels.x")])
    (found,) = narrative.finder(kind)(made, context())
    assert found.value == ["Un réseau ancien.", "Des fuites."]
    assert [(e.field, e.ordinal, e.text) for e in found.evidence] == [
        (kind.value, 1, "Un réseau ancien."),
        (kind.value, 2, "Des fuites."),
    ]
    assert found.rule == "fr.labels.x"


def test_two_parts_of_a_kind_are_one_list() -> None:
    made = section((), [part("context", "Un."), part("approach", "Trois."), part("context", "Deux.")])
    assert only(narrative.finder(PartKind.CONTEXT)(made, context())) == ["Un.", "Deux."]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("la mise en œu-\nvre du plan", "la mise en œuvre du plan"),
        ("un rendez-\nvous par mois", "un rendez-vous par mois"),
        ("à Morcy-\nsur Loire", "à Morcy-sur Loire"),
        ("à Villeneuve-\nd'Orb", "à Villeneuve-d'Orb"),
        ("à Saint-\nÉvrain", "à Saint-Évrain"),
        ("à Morcy-\nsur-Loire", "à Morcy-sur-Loire"),
        ("soft\u00ad\nware", "software"),
    ],
)
def test_words_cut_at_line_ends(printed: str, read: str) -> None:
    assert only(narrative.finder(PartKind.CONTEXT)(section((), {"context": printed}), context())) == [read]


def test_text_under_no_label_is_the_context_of_a_mission_without_labels() -> None:
    made = section((), {"body": ["Un réseau ancien.", "Des fuites."]})
    (found,) = narrative.finder(PartKind.CONTEXT)(made, context())
    assert (found.value, found.rule) == (["Un réseau ancien.", "Des fuites."], "outline.unlabelled")
    assert narrative.finder(PartKind.RESULTS)(made, context()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_text_under_no_label_is_nothing_where_labels_speak(kind: PartKind) -> None:
    made = section((), {"body": "Un aparté.", kind.value: "Un réseau ancien."})
    found = [narrative.finder(other)(made, context()) for other in KINDS if other is not kind]
    assert found == [[], []]


def test_text_under_no_label_before_the_first_label_is_the_context() -> None:
    told, then = "Le bourg est traversé par quarante camions chaque jour.", "Un plateau et des trottoirs."
    made = section((), {"body": told, "approach": then})
    assert only(narrative.finder(PartKind.CONTEXT)(made, context())) == [told]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_part_is_nothing(kind: PartKind) -> None:
    assert narrative.finder(kind)(section((), [part(kind)]), context()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_figures_alone_are_no_text(kind: PartKind) -> None:
    assert narrative.finder(kind)(section((), [part(kind, "41 000")]), context()) == []
