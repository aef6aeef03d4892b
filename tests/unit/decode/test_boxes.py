"""Missions in drawn boxes."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.decode.boxes import in_their_boxes
from carnet.pipeline.page.fragments import Sheet
from carnet.pipeline.page.regions import Region
from carnet.schemas.layout import BBox
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, homes, roles


def card(number: int, x0: float, client_of: int) -> list[Cell]:
    """A title with its client at the foot of the box, taken for that of the mission `client_of`."""
    return [
        Cell(f"Plan {number}", Role.TITLE, x0, 100, home=2 * number),
        Cell(f"Ville {number}", Role.CLIENT, x0, 190, home=2 * client_of),
    ]


def sent_home(cells: Sequence[Cell], boxes: Sequence[BBox]) -> dict[str, str]:
    some = fragments(cells)
    regions = tuple(Region(n, box, "#eeeeee", None) for n, box in enumerate(boxes, 1))
    sheet = Sheet(1, 600, 800, tuple(some), regions, ())
    return {some[i].text: some[a].text for i, a in in_their_boxes([sheet], some, roles(cells), homes(cells)).items()}


BOXES = [BBox(x0 - 5, 90, x0 + 150, 220) for x0 in (50.0, 220.0, 390.0)]
CARDS = [*card(0, 50, 1), *card(1, 220, 1), *card(2, 390, 2)]


def test_what_stands_in_the_box_of_a_head_is_of_its_mission() -> None:
    assert sent_home(CARDS, BOXES) == {"Ville 0": "Plan 0"}


def test_few_boxes_or_one_around_all_tell_nothing() -> None:
    assert sent_home(CARDS, BOXES[:2]) == {}
    assert sent_home(CARDS, [BBox(0, 0, 600, 700)]) == {}
