"""Missions of one paragraph each, in which brackets tell for whom."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.entries import Entry, bracketed_entries
from carnet.schemas.layout import Passage
from carnet.schemas.outline import PartKind
from carnet.schemas.roles import Role
from tests.unit.decode.made import KNOWN, Cell, fragments, homes, roles, shares

WORKS = (
    ("Extension du collège de Bré (VILLE DE MORCY)", "2,6 M€", "2019-2021"),
    ("Crèche de 45 berceaux à Crémy (38) (CC DES BALCONS)", "2,1 M€", "2019"),
    ("Halle de marché à Morcy (COMMUNE DE BRÉ)", "780 k€", "2020"),
    ("Confortement du moulin (SYNDICAT DU SCAVE)", "640 k€", "en cours"),
)


def listed(works: Sequence[tuple[str, ...]], role: Role = Role.WORKS_COST, text: Role = Role.TITLE) -> list[Cell]:
    """Each work on a line: what and for whom, then what it cost and when, on the next line."""
    out = []
    for n, (what, cost, when) in enumerate(works):
        head = len(out)
        out.append(Cell(f"– {what}", text, top=100.0 * n, home=head))
        kind = role if n else Role.AMOUNT
        out.append(Cell(f"– {cost}", kind, top=100.0 * n + 12, home=head, sure=0.6))
        out.append(Cell(f"– {when}", Role.PERIOD, top=100.0 * n + 24, home=head))
    return out


def entries(cells: Sequence[Cell]) -> dict[int, Entry]:
    some = fragments(cells)
    members: dict[int, list[int]] = {}
    for i, home in enumerate(homes(cells)):
        members.setdefault(home, []).append(i)
    lines = [Passage.join([f.passage]) for f in some]
    return bracketed_entries(some, roles(cells), shares(cells), KNOWN, lines, members)


def told(entry: Entry) -> list[tuple[str, str]]:
    return [("heading", entry.heading.text), *[(p.kind.value, p.items[0].text) for p in entry.parts]]


def test_the_last_brackets_tell_for_whom_and_the_rest_what_it_seems() -> None:
    found = [told(entry) for entry in entries(listed(WORKS)).values()]
    assert found[1] == [
        ("heading", "Crèche de 45 berceaux à Crémy (38)"),
        ("client", "CC DES BALCONS"),
        ("works_cost", "2,1 M€"),
        ("period", "2019"),
    ]
    assert len(found) == len(WORKS)


def test_brackets_that_tell_when_tell_of_no_client() -> None:
    cells = []
    for n, (what, _, when) in enumerate(WORKS):
        cells.append(Cell(what.split("(")[0].strip(), Role.TITLE, top=100.0 * n, home=2 * n))
        cells.append(Cell(f"(étude, {when})", Role.PERIOD, top=100.0 * n + 12, home=2 * n))
    assert not entries(cells)


def test_brackets_alone_at_the_end_of_some() -> None:
    """Nothing stands behind the brackets of a mission."""
    works = [(what, "", "") for what, *_ in WORKS]
    cells = [Cell(f"– {what}", Role.TITLE, top=100.0 * n, home=n) for n, (what, *_) in enumerate(works)]
    assert [told(entry)[1] for entry in entries(cells).values()][0] == ("client", "VILLE DE MORCY")


def test_money_in_one_place_is_one_thing_all_over_the_brochure() -> None:
    """The first seemed to be the fee."""
    kinds = [[p.kind for p in entry.parts][1] for entry in entries(listed(WORKS)).values()]
    assert kinds == [PartKind.WORKS_COST] * 4


def test_few_missions_or_few_brackets_tell_nothing() -> None:
    assert entries(listed(WORKS[:3])) == {}
    plain = [(what.partition(" (")[0], *rest) for what, *rest in WORKS]
    assert entries(listed([*WORKS[:1], *plain[1:]])) == {}


def test_missions_with_texts_of_their_own_are_no_paragraphs() -> None:
    assert entries(listed(WORKS, text=Role.APPROACH)) == {}
