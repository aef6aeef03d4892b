"""The menu that comes again before each part, its entry of today set apart."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.menus import Marked, marked_entries, unfolded_entries
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles

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


def folding(*, parts: int = 3, marked_pages: int = 3, folded: bool = True) -> list[Cell]:
    """A menu of four entries that unfolds before each part, with as many entries more as there are parts."""
    always, inner = ["Le bureau", "Nos domaines", "Nos méthodes", "L'équipe"], ["Eau", "Air", "Sols", "Bruit"][:parts]
    out: list[Cell] = []
    for page in range(1, marked_pages + 2):
        short = page == 1 and folded
        entries = always if short else [*always[:2], *inner, *always[2:]]
        out += [Cell(text, Role.FRONT, top=20.0 * n, page=page) for n, text in enumerate(entries)]
        if page > 1:
            out.append(Cell("Une étude", Role.TITLE, top=400, page=page, home=len(out)))
    return out


def unfolded(cells: list[Cell]) -> list[tuple[str, int]]:
    found = unfolded_entries(fragments(cells), roles(cells), homes(cells))
    return [(cells[i].text, cells[i].page) for i in found.here]


def test_a_menu_that_unfolds_before_each_part_names_them_one_after_the_other() -> None:
    assert unfolded(folding()) == [("Eau", 2), ("Air", 3), ("Sols", 4)]


def test_it_names_none_where_it_never_folds_or_shows_another_number_of_entries() -> None:
    assert unfolded(folding(folded=False)) == unfolded(folding(parts=4)) == unfolded(folding(marked_pages=2)) == []
