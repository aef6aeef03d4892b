"""Small things: paragraphs in one call, changes of look, pictures, drawn signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks.words import word
from carnet.pipeline.teach.nodes import (
    PLAIN,
    Box,
    Cell,
    Grid,
    Look,
    Mark,
    Node,
    Para,
    Picture,
    Run,
    Space,
    Stack,
    with_look,
)
from carnet.schemas.roles import Role

LABEL = Role.LABEL
ROOM = 3.5  # points between the foot of a line and the head of the next, below which they touch
WHITE = Look(color="#ffffff")
PHOTOS = ("#c8d2d8", "#b9c4b0", "#d8cdbb", "#9fb2bd", "#cfc3cf", "#a8a8a0", "#d9dfe2", "#8f9c8a", "#c9b39a", "#6f7f88")

Runs = tuple[Run, ...]


def say(
    text: str, role: Role, mission: int = 0, look: Look = PLAIN, align: str = "left", of: Role | None = None
) -> Para:
    """A paragraph of one run."""
    return Para((Run(text, Mark(role, mission, of), look),), align=align)


def restyle(runs: Iterable[Run], look: Look) -> Runs:
    """The runs in another look; what `look` leaves open stays."""
    return tuple(with_look(run, look) for run in runs)


def capped(runs: Iterable[Run], size: float) -> Runs:
    """The runs, none larger than `size`: a title of 40 points does not go into a side-bar."""
    return tuple(restyle((r,), Look(size=size))[0] if (r.look.size or 0) > size else r for r in runs)


def floored(runs: Iterable[Run], size: float) -> Runs:
    """The runs, none smaller than `size`."""
    return tuple(restyle((r,), Look(size=size))[0] if (r.look.size or 0) < size else r for r in runs)


def stack(nodes: Sequence[Node | None], gap: float = 4.0, keep: bool = False) -> Stack:
    """What there is of `nodes`, one below the other. `gap`: beyond what lines need that do not touch."""
    return Stack(tuple(n for n in nodes if n is not None), gap + ROOM, keep)


def line(runs: Runs, align: str = "left", leading: float | None = None) -> Para | None:
    """A paragraph, None of nothing."""
    return Para(runs, align=align, leading=leading) if runs else None


def beside(left: Node | None, right: Node | None, widths: tuple[float | str, float | str], gap: float = 12.0) -> Grid:
    """Two things side by side."""
    return Grid(widths, ((Cell(left), Cell(right)),), gap_x=gap)


def photo(rng: Random, width: float | str = "100%", height: float = 120.0) -> Picture:
    """A picture in one of a few colours."""
    return Picture(width, height, rng.choice(PHOTOS))


def captioned(rng: Random, mission: int, width: float | str, height: float, small: Look, chance: float = 0.4) -> Node:
    """A picture, by lot with a caption or a credit under it; `mission` 0: it belongs to none."""
    picture = photo(rng, width, height)
    if rng.random() > chance:
        return picture
    role = Role.ASIDE if mission else Role.FRONT
    text = word(rng, rng.choice(("captions", "captions", "credits")))
    look = replace(small, size=min(small.size or 7.5, 7.5), italic=rng.random() < 0.4 or small.italic)
    return Stack((picture, say(text, role, mission, look)), gap=4.0)


def photo_row(rng: Random, count: int, height: float, gap: float = 6.0) -> Grid:
    """Pictures of one height side by side, equal or not in width."""
    widths: tuple[str, ...] = tuple(f"{rng.choice((1, 1, 2))}fr" for _ in range(count))
    return Grid(widths, (tuple(Cell(photo(rng, "100%", height)) for _ in range(count)),), gap_x=gap)


def dot(color: str, size: float = 3.0, round_: bool = True) -> Node:
    """A drawn bullet."""
    return Box(None, fill=color, inset=0, width=size, height=size, radius=size / 2 if round_ else 0.0)


def drawn_item(para: Para, color: str, size: float = 3.0, indent: float = 10.0, round_: bool = True) -> Grid:
    """A list item whose mark is drawn, no letter."""
    bare = replace(para, item=0, marker="")
    mark = Stack((Space(3.0), dot(color, size, round_)), gap=0)
    return Grid((indent, "1fr"), ((Cell(mark), Cell(bare)),))


def tile(child: Node | None, fill: str, inset: float = 8.0, radius: float = 0.0, height: float | None = None) -> Box:
    """A filled box of the full width."""
    return Box(child, fill=fill, inset=inset, radius=radius, height=height)


def recolored(node: Node, color: str) -> Node:
    """The thing with all its letters in one colour."""
    match node:
        case Para():
            return replace(node, runs=restyle(node.runs, Look(color=color)))
        case Stack():
            return replace(node, children=tuple(recolored(n, color) for n in node.children))
        case Grid():
            rows = (
                tuple(replace(c, child=recolored(c.child, color) if c.child else None) for c in r) for r in node.rows
            )
            return replace(node, rows=tuple(rows))
        case Box():
            return replace(node, child=recolored(node.child, color) if node.child else None)
    return node


def over_look(look: Look, new: Look) -> Look:
    """A look with what another one says."""
    return with_look(Run("", mark(Role.OTHER), look), new).look


def mark(role: Role, mission: int = 0) -> Mark:
    """A mark, for genres that print a run of their own."""
    return Mark(role, mission)
