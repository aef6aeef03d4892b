"""Which of the texts under heads are missions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from carnet.pipeline.decode.told_missions import kept_missions
from carnet.schemas.roles import Role
from tests.unit.decode.made import Cell, fragments, roles

T, C = (Role.TITLE, Role.CLIENT)
SHORT, WITH_FEE = (T, C), (T, C, Role.AMOUNT)
FULL = (T, C, Role.AMOUNT, Role.PERIOD, Role.CONTEXT)


def kept(*first_page: tuple[Role, ...]) -> list[int]:
    """Which of the missions beside the firm's people are kept, where two on the next page tell more."""
    cells = [Cell("Anne Malvy", Role.TEAM), Cell("Paul Verdier", Role.TEAM)]
    members: dict[int, list[int]] = {}
    for page, told in ((1, first_page), (2, (FULL, FULL))):
        for kinds in told:
            head = len(cells)
            cells += [Cell(f"{kind} of {head}", kind, page=page) for kind in kinds]
            members[head] = list(range(head, len(cells)))
    doc: Any = SimpleNamespace(fragments=fragments(cells), roles=roles(cells), sure=[0.95] * len(cells))
    heads = list(members)
    return [heads.index(head) for head in kept_missions(doc, members) if cells[head].page == 1]


def test_what_people_did_before_is_none() -> None:
    assert kept(SHORT, SHORT) == []


def test_a_page_with_full_missions_is_no_curriculum() -> None:
    assert kept(WITH_FEE, SHORT, WITH_FEE, WITH_FEE) == [0, 1, 2, 3]
