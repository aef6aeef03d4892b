"""Cards: what stands in a drawn box with one head, where other boxes hold one each, is of its mission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carnet.pipeline.page.fragments import Fragment, Sheet
from carnet.pipeline.page.regions import Region
from carnet.schemas.roles import Role

_CARDS = 3
"""Boxes with a head each, from which on a brochure has its missions in boxes."""
_MOST = 0.5
"""Share of the heads that stand in such boxes, at least."""


def in_their_boxes(
    sheets: Sequence[Sheet], fragments: Sequence[Fragment], roles: Sequence[Role], homes: Sequence[int]
) -> Mapping[int, int]:
    """What missions hold that stands in the box of another head, with that head; but running text over it, which may
    go on from the page before."""
    heads = [i for i, home in enumerate(homes) if home == i]
    cards: dict[int, tuple[int, Region]] = {}
    for n, sheet in enumerate(sheets):
        on_page = [i for i in heads if fragments[i].page == sheet.number]
        for region in sheet.regions:
            inside = [i for i in on_page if region.holds(fragments[i].box)]
            if len(inside) == 1:
                cards[inside[0]] = (n, region)  # the largest comes last
    if len(cards) < max(_CARDS, _MOST * len(heads)):
        return {}
    out = {}
    for head, (n, region) in cards.items():
        for f in sheets[n].fragments:
            goes_on = roles[f.number].narrative and f.box.bottom <= fragments[head].box.top
            told = roles[f.number].of_mission and homes[f.number] not in (-1, head) and not goes_on
            if told and region.holds(f.box):
                out[f.number] = head
    return out
