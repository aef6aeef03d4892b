"""Brochures as a word processor gives them to the clipboard: text without looks, boxes or pages."""

from __future__ import annotations

from carnet.pipeline.layout import lay_out
from carnet.pipeline.outline import outline
from carnet.pipeline.read import read
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import BlockKind
from carnet.schemas.outline import Outline

RULES = load_rules()


def found(text: str) -> Outline:
    return outline(lay_out(read(text.encode(), "text/plain").pages, RULES), RULES)


def fiche(title: str, *after: str) -> str:
    facts = "Client : Ville de Morcy\nDates : 2021\nMontant : 12 000 € HT\n"
    texts = "Contexte\nLes quais étaient fermés.\n\nDémarche\n•\tVisites du port\n•\tAtelier public\n"
    return "\n".join([title, facts, texts, *after]) + "\n"


def domains(outlined: Outline) -> list[str | None]:
    return [m.domain and m.domain.text for m in outlined.missions]


FICHES = [fiche(f"Étude du quai {name}") for name in ("nord", "sud", "neuf")]
PARTS = ["PORTS ET RIVAGES\n", FICHES[0], FICHES[1], "FORMATION\n", FICHES[2]]


def test_a_line_that_is_a_label_stands_alone_and_a_mark_with_a_tab_opens_an_item() -> None:
    mission = found(fiche("Étude du quai")).missions[0]
    assert [i.text for p in mission.parts if p.label and p.label.text == "Contexte" for i in p.items] == [
        "Les quais étaient fermés."
    ]
    assert [i.text for i in mission.parts[-1].items] == ["Visites du port", "Atelier public"]


def test_headings_in_capitals_name_parts_where_missions_are_more() -> None:
    assert domains(found("\n".join(PARTS))) == ["PORTS ET RIVAGES", "PORTS ET RIVAGES", "FORMATION"]
    each = "\n".join(f"MORCY\n\n{f}" for f in FICHES)
    assert domains(found(each)) == [None, None, None]


def test_the_list_of_contents_tells_how_parts_are_spelt() -> None:
    contents = "Sommaire\nPorts et rivages\t3\nFormation\t5\nNous trouver\t9\n\n"
    assert domains(found(contents + "\n".join(PARTS))) == ["Ports et rivages", "Ports et rivages", "Formation"]


def test_the_foot_of_a_page_is_furniture() -> None:
    feet = [f"Atelier du Lac – Références – page {n}" for n in (3, 4)]
    layout = lay_out(read("\n\n".join([feet[0], "Une fiche", feet[1]]).encode(), "text/plain").pages, RULES)
    assert [b.kind is BlockKind.FURNITURE for b in layout.blocks] == [True, False, True]


def test_in_a_text_that_is_not_wrapped_each_line_that_ends_a_sentence_is_a_paragraph() -> None:
    long = "Le port de Morcy a été envasé pendant trente ans et plus aucun bateau de pêche ne pouvait entrer" * 2 + "."
    layout = lay_out(read(f"{long}\nUne drague a été louée.".encode(), "text/plain").pages, RULES)
    assert len(layout.blocks) == 2
    layout = lay_out(read("Le port a été envasé.\nUne drague a été\nlouée.".encode(), "text/plain").pages, RULES)
    assert len(layout.blocks) == 1


def test_addresses_behind_the_last_mission_are_no_text_of_it() -> None:
    outlined = found("\n".join([*FICHES, "Nous contacter\n\n12, quai Neuf, 29000 Morcy"]))
    assert "12, quai Neuf, 29000 Morcy" in [p.text for p in outlined.offices]
    assert len(outlined.missions) == 3
