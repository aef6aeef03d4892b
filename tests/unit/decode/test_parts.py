"""Names of parts that their place alone gives away."""

from __future__ import annotations

from carnet.pipeline.decode.parts import named_parts
from carnet.pipeline.page.fragments import Fragment
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.roles import Role

Row = tuple[int, str, Role, float, float, bool]  # page, text, role, left edge, top, does it head a mission?


def _named(rows: list[Row]) -> list[str]:
    fragments = [_fragment(n, row) for n, row in enumerate(rows)]
    homes = [n if row[5] else -1 for n, row in enumerate(rows)]
    return [fragments[i].text for i in named_parts(fragments, [row[2] for row in rows], homes)]


def _fragment(number: int, row: Row) -> Fragment:
    page, text, _, x, top, _ = row
    box = BBox(x, top, x + 6 * len(text), top + 10)
    style = Style(size=12.0 if x < 57 else 17.0)
    return Fragment(number, page, number, 0, len(text), Passage.of_words([Word(text, page, box, style)]), box, style)


def _mission(page: int, title: str, top: float = 200) -> Row:
    return (page, title, Role.TITLE, 40, top, True)


def _running(page: int, text: str) -> Row:
    return (page, text, Role.FURNITURE, 40, 20, False)


def _alone(page: int, text: str) -> Row:
    return (page, text, Role.FRONT, 50, 500, False)


def test_running_lines_that_change_with_the_part_name_it() -> None:
    rows = [row for page, part in ((2, "Parcs"), (3, "Parcs"), (4, "Rues")) for row in (
        _running(page, part), (page, "Atelier Lisière", Role.FURNITURE, 300, 20, False), _mission(page, f"Pont {page}"),
    )]  # fmt: skip
    assert _named(rows) == ["Parcs", "Parcs", "Rues"]


def test_pages_that_hold_nothing_else_name_what_follows() -> None:
    rows = [_alone(2, "Apprendre"), _mission(3, "École"), _alone(4, "Habiter"), _mission(5, "Maisons")]
    assert _named(rows) == ["Apprendre", "Habiter"]


def test_what_runs_unchanged_or_says_the_mission_again_names_no_part() -> None:
    same = [row for page in (2, 3, 4) for row in (_running(page, "Lisière"), _mission(page, f"Projet {page}"))]
    assert _named(same) == []
    titles = ("École", "Maisons", "Pont")
    again = [row for page, title in enumerate(titles, 2) for row in (_running(page, title), _mission(page, title))]
    assert _named(again) == []


def test_a_client_that_runs_over_the_pages_of_its_mission_names_no_part() -> None:
    def sheet(page: int, client: str, role: Role) -> list[Row]:
        return [_running(page, client), (page, client, role, 40, 300, True), _mission(page, f"Pont {page}")]

    rows = [row for page, client in ((2, "Ville de Lys"), (3, "Ville de Lys"), (4, "Agglo")) for row in
        sheet(page, client, Role.CLIENT)]  # fmt: skip
    assert _named(rows) == []


def test_a_part_named_otherwise_is_left_as_it_is() -> None:
    rows = [_alone(2, "Apprendre"), _mission(3, "École"), _alone(4, "Habiter"), _mission(5, "Maisons")]
    assert _named([*rows, (3, "Bâtiments", Role.DOMAIN, 40, 100, False)]) == []


def _over(page: int, text: str, role: Role = Role.OTHER) -> Row:
    return (page, text, role, 57, 67, False)


def test_what_stands_over_all_missions_of_some_pages_names_their_part() -> None:
    def pages(role: Role) -> list[Row]:
        parts = ((2, "Enseignement"), (4, "Logement"))
        over = [_over(page, text, role) for page, text in parts]
        return [*over, *(_mission(page, f"Projet {page}{n}", 150 + 100 * n) for page in (2, 3, 4, 5) for n in (0, 1))]

    assert _named(pages(Role.OTHER)) == ["Enseignement", "Logement"]
    assert _named(pages(Role.FRONT)) == [], "headings of the firm's own"
    assert _named(pages(Role.CLIENT)) == [], "the only client of its mission"


def test_one_over_each_mission_is_its_own() -> None:
    assert (
        _named([row for page in (2, 3, 4) for row in (_over(page, f"Lieu {page}a"), _mission(page, f"Pont {page}"))])
        == []
    )


def test_one_running_line_that_a_scan_reads_a_little_otherwise_names_no_part() -> None:
    for other in ("Atelier Lisière – Présentation", "Atelier Lisiere - Présentation"):
        lines = ("Atelier Lisière - Présentation", "Atelier Lisière - Présentation", other)
        rows = [
            row for page, line in enumerate(lines, 2) for row in (_running(page, line), _mission(page, f"Pont {page}"))
        ]
        assert _named(rows) == []
