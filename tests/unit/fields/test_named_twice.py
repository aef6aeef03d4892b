"""Clients printed short, as in a logo, and in full."""

from __future__ import annotations

from carnet.pipeline.fields.named_twice import in_full
from carnet.schemas.outline import MissionSection, Part, PartKind
from tests.unit.fields.sections import RULES, passage, section

NAMES = [
    ("MORCY", "Commune de Morcy"),
    ("Sources du Lys", "Communauté de communes des Sources du Lys"),
    ("Lysagri", "Chambre d'agriculture du Lys"),
    ("Hauts d'Aurel", "Fondation des Hauts d'Aurel"),
]


def mission(*names: tuple[str, float]) -> MissionSection:
    """Names of the client, each in letters of a size."""
    return section((), [Part(PartKind.CLIENT, (passage(text, size),)) for text, size in names])


def clients(missions: list[MissionSection]) -> list[list[str]]:
    found = in_full(missions, RULES)
    return [[p.items[0].text for p in m.parts if p.kind is PartKind.CLIENT] for m in found]


def test_the_name_in_full_is_the_client() -> None:
    assert clients([mission((sign, 14), (name, 9)) for sign, name in NAMES]) == [[name] for _, name in NAMES]
    assert clients([mission((name, 9), (sign, 14)) for sign, name in NAMES]) == [[name] for _, name in NAMES]


def test_where_most_missions_name_it_once_both_stay() -> None:
    once = [mission((name, 9)) for _, name in NAMES]
    assert clients([*once, mission(("MORCY", 14), ("Commune de Morcy", 9))])[-1] == ["MORCY", "Commune de Morcy"]


def test_where_no_look_is_the_surer_both_stay() -> None:
    assert clients([mission(("Lysagri", 14), ("Aurélys", 9))] * 4) == [["Lysagri", "Aurélys"]] * 4
