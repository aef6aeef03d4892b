"""Which texts over missions name a part of the brochure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from carnet.pipeline.decode.openers import (
    of_the_whole,
    openers_alike,
    over_all_parts,
    over_every_mission,
    where_parts_are,
)
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role

Row = tuple[str, Role, float, bool]  # text, role, letter size, does it head a mission?


def fragments(rows: Sequence[Row]) -> list[Fragment]:
    out = []
    for n, (text, _, size, _) in enumerate(rows):
        box, style = BBox(50, 20.0 * n, 250, 20.0 * n + size), Style(size)
        out.append(Fragment(n, 1, n, 0, len(text), Passage.of_words([Word(text, 1, box, style)]), box, style))
    return out


def homes(rows: Sequence[Row]) -> list[int]:
    heads = [n for n, row in enumerate(rows) if row[3]]
    return [max((h for h in heads if h <= n), default=-1) for n in range(len(rows))]


def mission(title: str) -> list[Row]:
    return [(title, Role.TITLE, 14, True), ("Ville de Morcy", Role.CLIENT, 10, False)]


def test_what_looks_as_the_openers_do_is_one_the_sooner_right_over_a_mission() -> None:
    rows: list[Row] = [
        ("Santé", Role.DOMAIN, 20, False), *mission("Un"), ("Numérique", Role.FRONT, 20, False), *mission("Deux"),
        ("Annexe", Role.FRONT, 20, False), ("Un texte de la maison", Role.FRONT, 10, False),
    ]  # fmt: skip
    chances = np.array([0.02] * len(rows), np.float32)
    found = openers_alike(fragments(rows), [r[1] for r in rows], homes(rows), list(range(len(rows))), chances)
    assert [rows[i][0] for i in found] == ["Numérique"]


def test_the_same_words_over_every_mission_are_a_label() -> None:
    over: Row = ("Projet", Role.KICKER, 9, False)
    rows = [("Santé", Role.DOMAIN, 20, False), *[row for t in ("Un", "Deux", "Trois") for row in (*mission(t), over)]]
    found = over_every_mission(fragments(rows), [r[1] for r in rows], homes(rows))
    assert {rows[i][0] for i in found} == {"Projet"} and len(found) == 3


HEADING: Row = ("Autres références", Role.FRONT, 20, False)
SENTENCE: Row = ("Ils nous ont aussi fait confiance.", Role.FRONT, 9, False)


def on_pages(*pages: Sequence[Row]) -> list[str]:
    """Pages of a brochure, each from its top."""
    rows = [row for page in pages for row in page]
    own = ((n, f) for n, page in enumerate(pages, start=1) for f in fragments(page))
    placed = [replace(f, number=at, page=n) for at, (n, f) in enumerate(own)]
    return [rows[i][0] for i in over_all_parts(placed, [r[1] for r in rows], homes(rows))]


def test_on_one_page_nothing_runs() -> None:
    """A table of one page: each row that names a part stands on all pages, beside the others."""
    rows = [row for part in ("Eau", "Santé", "Énergie") for row in ((part, Role.DOMAIN, 9, False), *mission("Plan"))]
    assert on_pages(rows) == []


RUNNING: Row = ("Catalogue 2024", Role.DOMAIN, 8, False)
PARTS: list[Row] = [("Santé", Role.DOMAIN, 20, False), ("Numérique", Role.DOMAIN, 20, False)]


def test_a_running_head_over_missions_of_all_parts_names_none() -> None:
    pages = [[RUNNING, PARTS[0], *mission("Un")], [RUNNING, *mission("Deux")], [RUNNING, PARTS[1], *mission("Trois")]]
    assert on_pages(*pages) == ["Catalogue 2024"] * 3


def test_a_running_head_that_names_the_part_stays() -> None:
    head: Row = ("Santé", Role.DOMAIN, 8, False)
    pages = [[head, PARTS[0], *mission("Un")], [head, *mission("Deux")], [PARTS[1], *mission("Trois")]]
    assert on_pages(*pages) == []


NAME: Row = ("Nos références", Role.DOMAIN, 24, False)
MISSIONS = [row for title in ("Un", "Deux", "Trois") for row in mission(title)]


def whole(*pages: Sequence[Row], sure: float = 0.95, doubted: str = "") -> list[str]:
    """What names the brochure. `sure`: how likely each text is what it is; one may be in doubt."""
    rows = [row for page in pages for row in page]
    numbers = [n for n, page in enumerate(pages, start=1) for _ in page]
    placed = [replace(f, page=n) for f, n in zip(fragments(rows), numbers, strict=True)]
    likely = [0.6 if row[0] == doubted else sure for row in rows]
    return [rows[i][0] for i in of_the_whole(placed, [r[1] for r in rows], homes(rows), likely)]


def test_the_one_name_over_all_missions_names_the_brochure_on_its_cover() -> None:
    assert whole([NAME], MISSIONS) == ["Nos références"]
    assert whole([("Références", *NAME[1:]), ("depuis 2009", *NAME[1:])], MISSIONS) == ["Références", "depuis 2009"]


def test_over_the_missions_themselves_it_does_where_it_is_in_doubt() -> None:
    assert whole([NAME, *MISSIONS]) == []
    assert whole([NAME, *MISSIONS], sure=0.6) == ["Nos références"]
    lines: list[Row] = [("Références", *NAME[1:]), ("depuis 2009", *NAME[1:])]
    assert whole([*lines, *MISSIONS], doubted="depuis 2009") == ["Références", "depuis 2009"]


def test_a_cover_with_a_mission_on_it_is_none() -> None:
    assert whole([NAME, *MISSIONS[:2]], MISSIONS[2:]) == []


def test_behind_the_first_page_it_names_a_part() -> None:
    assert whole([("Atelier Lisière", Role.FRONT, 24, False)], [NAME], MISSIONS) == []


def test_several_names_name_parts() -> None:
    assert whole([NAME], MISSIONS, [("Santé", Role.DOMAIN, 24, False)], sure=0.6) == []
    assert whole([NAME, ("Santé", Role.DOMAIN, 20, False)], MISSIONS) == []  # another look
    apart = [("Une ligne", Role.FRONT, 10, False)] * 4
    assert whole([NAME, *apart, ("Santé", Role.DOMAIN, 24, False)], MISSIONS) == []


def test_with_kickers_or_over_few_missions_it_stays() -> None:
    assert whole([NAME], [*MISSIONS, ("Santé", Role.KICKER, 9, False)]) == []
    assert whole([NAME], MISSIONS[:4]) == []


ALONE: list[Row] = [("Eau potable", Role.TITLE, 20, True), ("5.1", Role.REFERENCE, 20, False)]


def where(rows: Sequence[Row]) -> list[str]:
    roles = [row[1] for row in rows]
    return [rows[i][0] for i in where_parts_are(fragments(rows), roles, homes(rows))]


def test_what_looks_as_the_names_of_parts_do_names_one() -> None:
    parts = [
        ("Salles", Role.DOMAIN, 17.0, False),
        ("Bruit", Role.DOMAIN, 17.0, False),
        ("Ville", Role.KICKER, 17.0, False),
    ]
    rows = [row for part in parts for row in (part, *mission("Plan"))]
    assert where(rows) == ["Ville"]
    assert where([*rows, ("Prix", Role.KICKER, 17.0, False), ("Neuf", Role.KICKER, 17.0, False)]) == []
