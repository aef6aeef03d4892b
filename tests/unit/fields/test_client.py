"""The ordering body: stated, or inferred from text, contact and e-mail."""

from __future__ import annotations

import pytest

from carnet.pipeline.fields import client
from carnet.schemas.evidence import Candidate
from carnet.schemas.outline import MissionSection
from tests.unit.fields.sections import context, part, section


def best(made: MissionSection, **more: object) -> Candidate | None:
    found = client.find(made, context(**more))
    return min(found, key=lambda c: c.rank) if found else None


@pytest.mark.parametrize(
    ("printed", "value", "note"),
    [
        ("Ville de Morcy", "Ville de Morcy", None),
        ("Communauté de communes\ndu Val Lunel", "Communauté de communes du Val Lunel", None),
        ("Ville de Braives (Belgique)", "Ville de Braives", "Ville de Braives (Belgique)"),
        ("Syndicat des Trois Vals (STV)", "Syndicat des Trois Vals (STV)", None),
        ("Brasserie du Lys,", "Brasserie du Lys", None),
        ("HYDRALIS / VALTERRE", "HYDRALIS / VALTERRE", None),
        ("Commande de la Région Armor.", "Région Armor", None),
        ("Pour la CC du Val Lunel.", "CC du Val Lunel", None),
        ("Hydralis, maître d'ouvrage.", "Hydralis", None),
        ("Ville de Morcy, 04.2021", "Ville de Morcy", None),
        ("Commune de Morcy (public)", "Commune de Morcy", None),
        ("Languedoc Séjours SAS\n(privé)", "Languedoc Séjours SAS", None),
        ("Établissement public", "Établissement public", None),
        ("Ministère de la Fonction\npublique", "Ministère de la Fonction publique", None),
        ("VILLE DE MORCY ______", "VILLE DE MORCY", None),
        ("Retenus par la Ville de Morcy, nous avons d'abord écouté.", "Ville de Morcy", None),
        ("La Région Armor voulait un bureau sans idée toute faite.", "Région Armor", None),
        ("Le cabinet a été mandaté par la Ville de Morcy :", "Ville de Morcy", None),
        ("Brasserie du Lys S.A.", "Brasserie du Lys S.A.", None),
        ("CC Porte du Val Lunel", "CC Porte du Val Lunel", None),
        ("CC PORTE DU VAL LUNEL.", "CC PORTE DU VAL LUNEL", None),
        ("Vivre chez nous", "Vivre chez nous", None),
        ("2.1.2 Ville de Morcy", "Ville de Morcy", None),
        ("3. Syndicat des Trois Vals", "Syndicat des Trois Vals", None),
        ("[4] Ville de Morcy", "Ville de Morcy", None),
        ("21 Habitat", "21 Habitat", None),
        ("l'Association des Rives du Lys,", "Association des Rives du Lys", None),
        ("la Région Armor, moyennant 27 600 € HT", "Région Armor", None),
        ("Commune de Morcy avec Terra Sol.", "Commune de Morcy", None),
        ("Vivre avec Parkinson", "Vivre avec Parkinson", None),
        ("Grand Lys ·", "Grand Lys", None),
    ],
)
def test_beside_its_label(printed: str, value: str, note: str | None) -> None:
    found = best(section((), {"client": printed}))
    assert found is not None
    assert (found.value, found.note, found.rule, found.rank) == (value, note, "label.client", 1)
    assert [e.field for e in found.evidence] == ["client"]


@pytest.mark.parametrize("printed", ["NC", "n.c.", "–", "Confidentiel", "", "…", "Inter-entreprises"])
def test_a_label_that_says_nothing(printed: str) -> None:
    assert client.find(section((), {"client": printed}), context()) == []


def test_in_a_cell_of_a_table() -> None:
    found = best(section((), {"client": "Ville de Morcy"}, from_table=True))
    assert found is not None and (found.value, found.rule) == ("Ville de Morcy", "cell.client")


def test_in_the_heading() -> None:
    found = best(section("Ville de Braives (Belgique) : Plan vélo"))
    assert found is not None
    assert (found.value, found.rule, found.note) == ("Ville de Braives", "heading.colon", "Ville de Braives (Belgique)")


def test_label_and_heading_both_stand_and_the_label_is_trusted_more() -> None:
    made = section("Ville de Morcy : Plan vélo", {"client": "Ville de Morcy-Bas"})
    found = best(made)
    assert found is not None and found.value == "Ville de Morcy-Bas"


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ({"context": "La Communauté de communes du Val Lunel souhaite réduire ses fuites."},
         "Communauté de communes du Val Lunel"),
        ({"context": "Le Syndicat mixte du Perchay nous a confié un audit.", "results": "La Ville de Morcy suit."},
         "Syndicat mixte du Perchay"),
        ({"context": "Un réseau ancien.", "contact": "Anne Malvy, Commune d'Orbeyre, a.malvy@orbeyre.example"},
         "Commune d'Orbeyre"),
        ({"context": "La Ville de Morcy et la Ville d'Orbeyre.", "contact": "a.malvy@ville-orbeyre.example"},
         "Ville d'Orbeyre"),
    ],
)  # fmt: skip
def test_inferred_where_nothing_states_it(parts: dict[str, str], value: str) -> None:
    found = best(section("Réduction des fuites d'eau", parts))
    assert found is not None and (found.value, found.rule) == (value, "inferred.body")


def test_inferred_only_where_nothing_states_it() -> None:
    made = section("Plan vélo", {"client": "Ville de Morcy", "context": "Le Département du Lys souhaite un plan."})
    assert [c.value for c in client.find(made, context())] == ["Ville de Morcy"]


def test_the_publisher_is_never_the_client() -> None:
    made = section("Plan vélo", {"context": "Vireval Conseil a mené l'étude pour ses clients."})
    assert client.find(made, context()) == []


def test_nothing_tells() -> None:
    assert client.find(section("Plan vélo", {"context": "Un réseau ancien."}), context()) == []


def test_other_bodies_of_the_text_are_kept_as_weaker_readings() -> None:
    made = section(
        "Plan vélo", [part("context", "La Ville de Morcy souhaite un plan. Le Département du Lys le finance.")]
    )
    found = client.find(made, context())
    assert [(c.value, c.rule) for c in found] == [
        ("Ville de Morcy", "inferred.body"),
        ("Département du Lys", "mentioned.client"),
    ]
