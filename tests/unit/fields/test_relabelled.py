"""Parts that say themselves what they are."""

from __future__ import annotations

from carnet.pipeline.fields.relabelled import as_they_say
from tests.unit.fields.sections import RULES, part, section


def told(*parts: object) -> list[tuple[str, str]]:
    (mission,) = as_they_say([section("Plan guide", parts)], RULES)  # type: ignore[arg-type]
    return [(p.kind.value, p.items[0].text) for p in mission.parts]


def test_a_known_label_gives_its_kind() -> None:
    assert told(part("other", "Cordistes du Velay", label="Cotraitant")) == [("partners", "Cordistes du Velay")]
    assert told(part("other", "QGIS", label="Logiciels")) == [("other", "QGIS")]


def test_a_text_is_what_its_known_label_says() -> None:
    parts = [
        part("context", "La gare vieillit.", label="Contexte"),
        part("results", "Trois ateliers.", label="Démarche"),
    ]
    assert told(*parts) == [("context", "La gare vieillit."), ("approach", "Trois ateliers.")]


def test_another_part_is_the_text_that_its_known_label_says() -> None:
    assert told(part("other", "La gare vieillit.", label="Contexte")) == [("context", "La gare vieillit.")]


def test_missions_confided_beside_a_title_are_what_was_done() -> None:
    confided = part("other", "Esquisse, chantier", label="Missions confiées")
    assert told(confided) == [("approach", "Esquisse, chantier")]
    (bare,) = as_they_say([section((), [confided])], RULES)
    assert [p.kind.value for p in bare.parts] == ["other"]
    (titled,) = as_they_say([section((), [part("title", "Halle du marché"), confided])], RULES)
    assert [p.kind.value for p in titled.parts] == ["title", "approach"]


def test_nor_are_they_where_the_mission_says_elsewhere_what_was_done() -> None:
    done = part("approach", "Nous menons douze ateliers.")
    assert told(done, part("other", "Esquisse, chantier", label="Missions confiées"))[1][0] == "other"


def test_a_kind_that_the_mission_has_is_not_given_twice() -> None:
    parts = [part("partners", "Hydrelle"), part("other", "Cordistes du Velay", label="Cotraitant")]
    assert told(*parts) == [("partners", "Hydrelle"), ("other", "Cordistes du Velay")]


def test_an_amount_under_a_label_of_works_is_what_they_cost() -> None:
    assert told(part("amount", "CHF 12'400'000.–", label="CFC 2.")) == [("works_cost", "CHF 12'400'000.–")]
    assert told(part("amount", "46 800 €", label="Coût")) == [("amount", "46 800 €")]
    assert told(part("amount", "46 800 €", label="Coût (€ HT)")) == [("amount", "46 800 €")]


def test_a_line_that_announces_partners_leaves_the_part_it_fell_into() -> None:
    assert told(part("other", "Ansible\nAvec Nuage Bleu SA et Sécuris")) == [
        ("other", "Ansible"),
        ("partners", "Avec Nuage Bleu SA et Sécuris"),
    ]
    assert told(part("client", "En association momentanée avec Lectura asbl")) == [
        ("partners", "En association momentanée avec Lectura asbl")
    ]


def test_with_something_is_no_firm() -> None:
    assert told(part("other", "Avec une option de tri")) == [("other", "Avec une option de tri")]
    assert told(part("context", "Avec Nuage Bleu, tout va mieux.")) == [("context", "Avec Nuage Bleu, tout va mieux.")]


def test_a_paragraph_of_a_text_that_tells_with_whom_is_of_the_partners() -> None:
    text = part("results", "Trois lieux ont ouvert.", "Projet mené avec Hydrelle (dessin) et Atelier Nord.")
    assert told(text) == [
        ("results", "Trois lieux ont ouvert."),
        ("partners", "Hydrelle (dessin) et Atelier Nord."),
    ]
    for other in (
        "Nous avons mené l'étude avec les habitants.",
        "Mené avec Hydrelle. Le plan a été voté.",
        "Pilote avec 80 agents",
        "Étude menée avec soin.",
    ):
        assert told(part("results", "Trois lieux ont ouvert.", other)) == [("results", "Trois lieux ont ouvert.")]
