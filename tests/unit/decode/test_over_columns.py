"""What runs over the top of a column says what it said at the foot of the one before."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.over_columns import gone_on
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.roles import Role
from tests.unit.decode.test_labels import fragment

Line = tuple[str, float, float, Role]
LEFT: list[Line] = [
    ("Contexte", 50, 100, Role.LABEL),
    ("Le bourg perd ses commerces.", 50, 113, Role.CONTEXT),
    ("Démarche", 50, 126, Role.LABEL),
    ("Nous avons marché avec", 50, 139, Role.APPROACH),
]
RIGHT: list[Line] = [
    ("les habitants.", 300, 100, Role.CONTEXT),
    ("Puis tracé un plan.", 300, 113, Role.CONTEXT),
    ("Résultats", 300, 126, Role.LABEL),
    ("Un plan adopté.", 300, 139, Role.RESULTS),
]
ANNOUNCED = {"Contexte": Role.CONTEXT, "Démarche": Role.APPROACH, "Résultats": Role.RESULTS}


def gone(lines: list[Line], home: list[int] | None = None, page: int = 99, sure: float = 0.9) -> list[tuple[str, Role]]:
    """`page`: number of the first line of the second page."""
    fragments: list[Fragment] = [fragment(n, text, top, x0) for n, (text, x0, top, _) in enumerate(lines)]
    fragments = [replace(f, page=1 + (n >= page)) for n, f in enumerate(fragments)]
    roles = [role for *_, role in lines]
    announced = [ANNOUNCED.get(f.text) for f in fragments]
    told = gone_on(fragments, roles, announced, home or [0] * len(lines), list(range(len(lines))), [sure] * len(lines))
    return [(fragments[i].text, role) for i, role in told]


def test_the_top_of_a_column_goes_on_with_the_foot_of_the_one_before() -> None:
    assert gone(LEFT + RIGHT) == [("les habitants.", Role.APPROACH), ("Puis tracé un plan.", Role.APPROACH)]


def test_right_under_a_label_at_the_foot_it_is_what_that_announces() -> None:
    assert gone(LEFT[:3] + RIGHT)[:1] == [("les habitants.", Role.APPROACH)]


def test_a_column_with_a_label_of_its_own_says_what_that_says() -> None:
    assert gone(LEFT + RIGHT[2:]) == []


def test_a_column_of_another_mission_or_of_a_brochure_without_labels_does_not() -> None:
    assert gone(LEFT + RIGHT, [0] * 4 + [4] * 4) == []
    assert gone([line for line in LEFT + RIGHT if line[3] is not Role.LABEL]) == []


def test_so_does_the_top_of_the_next_page_under_a_running_head() -> None:
    head: list[Line] = [("Eau", 400, 20, Role.DOMAIN)]
    below = [(text, 50.0, top, role) for text, _, top, role in RIGHT]
    found = gone(LEFT + head + below, [0] * 4 + [-1] + [0] * 4, page=4)
    assert found == [("les habitants.", Role.APPROACH), ("Puis tracé un plan.", Role.APPROACH)]


def test_up_to_the_next_label_it_is_one_text() -> None:
    """Whatever its later lines seem to say, and what they hardly seem to be."""
    right: list[Line] = [
        ("les habitants.", 300, 100, Role.APPROACH),
        ("Puis tracé un plan.", 300, 113, Role.CONTEXT),
        ("Atelier : comparaison", 300, 120, Role.HEADING),
        *RIGHT[2:],
    ]
    assert gone(LEFT + right) == [("Puis tracé un plan.", Role.APPROACH)]
    both = [("Puis tracé un plan.", Role.APPROACH), ("Atelier : comparaison", Role.APPROACH)]
    assert gone(LEFT + right, sure=0.25) == both


def test_a_column_whose_label_stands_further_up_says_what_that_says() -> None:
    """As in a table with heads of columns and a row of the title between."""
    heads: list[Line] = [("Contexte", 50, 60, Role.LABEL), ("Démarche", 300, 60, Role.LABEL)]
    texts: list[Line] = [
        ("Le bourg perd ses commerces,", 50, 113, Role.CONTEXT),
        ("ses écoles aussi.", 50, 126, Role.CONTEXT),
        ("Nous avons marché.", 300, 113, Role.APPROACH),
    ]
    assert gone(heads + texts) == []
    assert gone([heads[0], ("Démarche", 50, 80, Role.LABEL), *texts]) == [("Nous avons marché.", Role.CONTEXT)]


def test_an_item_at_the_top_of_a_page_that_is_hardly_told_goes_on_with_the_list() -> None:
    lines = [*LEFT, ("Balade :", 50, 100, Role.TITLE), ("un circuit de trois étapes", 50, 113, Role.TEAM)]
    home = [0, 0, 0, 0, 0, 0]
    assert gone(lines, home, page=4, sure=0.25)[-2:] == [(text, Role.APPROACH) for text, *_ in lines[4:]]
    assert gone(lines, home, page=4, sure=0.9) == []
    assert gone(lines, [0, 0, 0, 0, 4, 4], page=4, sure=0.25) == []
