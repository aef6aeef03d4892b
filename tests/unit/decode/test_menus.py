"""The menu that comes again before each part, its entry of today set apart."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.menus import Marked, marked_entries
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role

PLAIN, HERE = Style(14, False, False, "#999999"), Style(14, True, False, "#cc5500")
Line = tuple[str, Role, Style]


def book(*pages: Sequence[Line]) -> tuple[list[Fragment], list[Role], list[int]]:
    """Fragments, roles and homes: a title is the head of a mission."""
    fragments: list[Fragment] = []
    roles: list[Role] = []
    for page, lines in enumerate(pages, start=1):
        for n, (text, role, style) in enumerate(lines):
            box = BBox(50, 40.0 * n, 300, 40.0 * n + style.size)
            passage = Passage.of_words([Word(text, page, box, style)])
            fragments.append(Fragment(len(fragments), page, len(fragments), 0, len(text), passage, box, style))
            roles.append(role)
    homes, head = [], -1
    for i, role in enumerate(roles):
        head = i if role is Role.TITLE else head
        homes.append(head)
    return fragments, roles, homes


def menu(here: str, *above: str) -> list[Line]:
    """`above`: entries over it that are set apart as well."""
    entries = ("Le cabinet", "Références", "Eau", "Habitat", "L'équipe")
    large = Style(18, True, False, "#cc5500")
    return [(e, Role.FRONT, HERE if e == here else large if e in above else PLAIN) for e in entries]


def mission(title: str) -> list[Line]:
    return [(title, Role.TITLE, Style(16)), ("Ville de Morcy", Role.CLIENT, Style(10))]


def told(*pages: Sequence[Line]) -> list[tuple[int, str]]:
    fragments, roles, homes = book(*pages)
    return [(fragments[i].page, fragments[i].text) for i in marked_entries(fragments, roles, homes).here]


def test_the_entry_set_apart_names_the_part_that_begins() -> None:
    pages = [menu("Eau"), mission("Un"), menu("Habitat"), mission("Deux"), menu("L'équipe")]
    assert told(*pages) == [(1, "Eau"), (3, "Habitat")]


def test_the_entry_over_it_is_set_apart_more_often_and_names_nothing() -> None:
    pages = [
        menu("Le cabinet"),
        menu("Eau", "Références"),
        mission("Un"),
        menu("Habitat", "Références"),
        mission("Deux"),
    ]
    assert told(*pages) == [(2, "Eau"), (4, "Habitat")]


def test_one_entry_over_all_missions_parts_nothing() -> None:
    assert told(menu("Le cabinet"), menu("Références"), mission("Un"), mission("Deux"), menu("L'équipe")) == []


def test_titles_of_pages_name_no_part_where_a_menu_does() -> None:
    theme: list[Line] = [("Pourquoi l'eau ?", Role.DOMAIN, Style(20))]
    fragments, roles, homes = book(menu("Eau"), theme, mission("Un"), menu("Habitat"), mission("Deux"))
    marked = marked_entries(fragments, roles, homes)
    assert "Pourquoi l'eau ?" in {fragments[i].text for i in marked.others}


def test_without_menus_nothing_is_marked() -> None:
    fragments, roles, homes = book(mission("Un"), mission("Deux"))
    assert marked_entries(fragments, roles, homes) == Marked()
