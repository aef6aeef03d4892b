"""People of the publishing firm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carnet.pipeline.fields import team
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Outline, PartKind
from tests.unit.fields.sections import context, outline, part, passage, section

PEOPLE = [
    ("Anne Malvy", "Directrice associée"),
    ("Paul Verdier", "Ingénieur hydraulicien"),
    ("Odile Brancourt", "Urbaniste"),
]


def read(**parts: list[str]) -> list[tuple[str, str | None]]:
    return [(c.value["name"], c.value["role"]) for c in team.find(outline(**parts), context())]


@pytest.mark.parametrize(
    "blocks",
    [
        [f"{name}\n{role}" for name, role in PEOPLE],
        [text for pair in PEOPLE for text in pair],
        ["\n".join(text for pair in PEOPLE for text in pair)],
        [f"{name}, {role}" for name, role in PEOPLE],
        [f"{name} – {role}" for name, role in PEOPLE],
        [f"{name}{'.' * 40} {role}" for name, role in PEOPLE],
        ["\n".join(name for name, _ in PEOPLE), "\n".join(role for _, role in PEOPLE)],
    ],
    ids=["two lines", "two blocks", "one block", "comma", "dash", "dots", "a block of each"],
)
def test_name_and_role_however_set(blocks: list[str]) -> None:
    assert read(team=blocks) == PEOPLE


def test_a_role_that_wraps() -> None:
    assert read(team=["Anne Malvy\nDirectrice associée et\nresponsable de l'agence"]) == [
        ("Anne Malvy", "Directrice associée et responsable de l'agence")
    ]


def test_of_two_spellings_of_a_name_one_stays() -> None:
    found = read(team=["Anne Malvy\nDirectrice", "Paul Verdier\nUrbaniste", "Anne Malvi\nDirectrice"])
    assert [name for name, _ in found] == ["Anne Malvy", "Paul Verdier"]


def test_outside_a_team_page_only_three_pairs_set_alike_count() -> None:
    assert read(front=[f"{name}\n{role}" for name, role in PEOPLE]) == PEOPLE
    assert read(front=[f"{name}\n{role}" for name, role in PEOPLE[:2]]) == []


@pytest.mark.parametrize(
    "text", ["Notre équipe\nConseil", "Vireval Conseil\nBureau d'études", "Une équipe de douze personnes.", ""]
)
def test_what_is_no_person(text: str) -> None:
    assert read(team=[text]) == []


def test_the_evidence_is_the_name() -> None:
    (found, *_) = team.find(outline(team=["Anne Malvy\nDirectrice"]), context())
    assert [(e.field, e.text, e.page) for e in found.evidence] == [("team_name", "Anne Malvy", 1)]


@pytest.mark.parametrize(
    "block",
    [
        "Anne Malvy, gérante · Paul Verdier, ingénieur · Odile Brancourt, urbaniste",
        "Anne Malvy, gérante. Paul Verdier, ingénieur. Odile\nBrancourt, urbaniste.",
        "Anne Malvy, gérante – a.malvy@vireval.example\nPaul Verdier, ingénieur – p.verdier@vireval.example\n"
        "Odile Brancourt, urbaniste",
    ],
    ids=["dots", "sentences", "addresses"],
)
def test_one_behind_the_other(block: str) -> None:
    expected = [("Anne Malvy", "gérante"), ("Paul Verdier", "ingénieur"), ("Odile Brancourt", "urbaniste")]
    assert read(team=[block]) == expected


def test_two_people_one_a_line_are_a_team_wherever_they_stand() -> None:
    lines = "Anne Malvy, gérante\nPaul Verdier, ingénieur"
    expected = [("Anne Malvy", "gérante"), ("Paul Verdier", "ingénieur")]
    assert read(front=[lines]) == read(team=[lines]) == read(front=[f"Morcy\n{lines}"]) == expected


def test_on_a_line_of_its_own_a_role_may_tell_years() -> None:
    assert read(team=["Anne Malvy, gérante depuis 2009\nPaul Verdier, ingénieur depuis 2012"]) == [
        ("Anne Malvy", "gérante depuis 2009"),
        ("Paul Verdier", "ingénieur depuis 2012"),
    ]


@pytest.mark.parametrize(
    "block",
    [
        "Anne Malvy, gérante\nNos bureaux\nsont ouverts\ntoute l'année",
        "Anne Malvy, gérante\nPaul Verdier, ingénieur\nNos bureaux\nsont ouverts\ntoute l'année",
        "Rue des Lices, tout près de la gare\nPlace Verte, au premier étage",
    ],
    ids=["one", "two of five", "places"],
)
def test_lines_of_which_few_name_somebody_are_no_team(block: str) -> None:
    assert read(front=[block]) == []


def test_a_civility_is_no_part_of_a_name() -> None:
    assert read(team=["Maître Anne Malvy, avocate associée\nMe Paul Verdier, avocat"]) == [
        ("Anne Malvy", "avocate associée"),
        ("Paul Verdier", "avocat"),
    ]


def test_people_listed_among_addresses() -> None:
    listed = "Manon Bernet, botaniste\nHugo Vandal, fauniste"
    assert read(offices=["4, rue de la Halle, 01000 Bourg-en-Bresse", listed]) == [
        ("Manon Bernet", "botaniste"),
        ("Hugo Vandal", "fauniste"),
    ]


@pytest.mark.parametrize(
    "block",
    [
        "L'équipe : Anne Malvy, gérante ; Paul Verdier, ingénieur ;\nOdile Brancourt, urbaniste.",
        "Équipe : Anne Malvy (gérante), Paul Verdier (ingénieur) et Odile\nBrancourt (urbaniste).",
        "Gérante : Anne Malvy. Ingénieur : Paul Verdier. Urbaniste : Odile Brancourt",
        "Vireval, société au capital de 8 000 €\nGérante : Anne Malvy – Ingénieur : Paul Verdier\n"
        "Urbaniste : Odile Brancourt",
    ],
    ids=["two on a line", "brackets", "role first", "role first, among lines"],
)
def test_a_sentence_that_tells_a_team(block: str) -> None:
    for where in ("team", "front", "running"):
        found = read(**{where: [block]})
        assert [name for name, _ in found] == [name for name, _ in PEOPLE]
        assert [str(role).lower() for _, role in found] == ["gérante", "ingénieur", "urbaniste"]


def test_what_somebody_did_before_is_no_part_of_a_role() -> None:
    told = "Anne Malvy, sociologue urbaine\na longtemps enquêté dans les filatures, puis dirigé un service d'études."
    assert read(team=[told, told.replace("Anne Malvy", "Odile Brancourt")]) == [
        ("Anne Malvy", "sociologue urbaine"),
        ("Odile Brancourt", "sociologue urbaine"),
    ]


def test_a_list_that_goes_on_in_another_block() -> None:
    first = "Anne Malvy, gérante ; Paul Verdier, ingénieur ;"
    assert len(read(front=[first], team=["Odile Brancourt, urbaniste ; Aya Takeda, paysagiste."])) == 4


@pytest.mark.parametrize(("having", "expected"), [(1, 2), (2, 0)], ids=["the firm's own", "the missions' own"])
def test_a_team_beside_one_mission_of_all_is_the_firms(having: int, expected: int) -> None:
    told = "Anne Malvy (gérante), Paul Verdier (ingénieur)"
    teams = [part(PartKind.PARTNERS, told, label="Équipe permanente :")]
    missions = tuple(section("Plan de gestion", teams if n < having else []) for n in range(3))
    assert len(team.find(Outline(missions), context())) == expected


def test_people_side_by_side_each_with_a_role_below() -> None:
    """As a page read line by line gives them: two names, then what both do."""
    blocks = []
    for row, (left, right) in enumerate(((PEOPLE[0], PEOPLE[1]), (PEOPLE[2], ("Luc Vial", "Finances solidaires")))):
        top = 100.0 + 60.0 * row
        for k in range(2):
            blocks += [moved(passage(left[k], top=top + 13 * k), 0), moved(passage(right[k], top=top + 13 * k), 250)]
    found = [(c.value["name"], c.value["role"]) for c in team.find(replace(outline(), team=tuple(blocks)), context())]
    assert sorted(found) == sorted([*PEOPLE, ("Luc Vial", "Finances solidaires")])


def moved(text: Passage, by: float) -> Passage:
    """A passage further to the right."""
    words = [p.word for p in text.pieces]
    boxes = [w.box for w in words if w.box]
    return Passage.of_words(
        [replace(w, box=replace(b, x0=b.x0 + by, x1=b.x1 + by)) for w, b in zip(words, boxes, strict=True)]
    )
