"""What a drawn page is made of, whatever engine sets it: marked text, and boxes that hold it.

Every piece of text carries a `Mark`: which role it plays, in which mission. The reference answers follow from the marks
that were printed, never from what a genre meant to print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from carnet.schemas.roles import Role


@dataclass(frozen=True, slots=True)
class Mark:
    """Role of a printed text. `mission`: its ordinal, 0 for none or for all that follow. `of`: what a LABEL or HEAD
    announces. `fact`: False for words around a value that are no value ("pour", a list mark)."""

    role: Role
    mission: int = 0
    of: Role | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Look of text. None: as around it. `size` in points; `tracking` in points between letters."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    color: str | None = None
    font: str | None = None
    upper: bool = False
    small_caps: bool = False
    tracking: float = 0.0
    underline: bool = False


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one look and one role. A newline is a forced line break."""

    text: str
    mark: Mark
    look: Look = PLAIN


class Node:
    """A thing on a page."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Para(Node):
    """A paragraph. `look` goes for all its runs. `leading`: space between lines, in letter sizes (0.65 is usual)."""

    runs: tuple[Run, ...]
    look: Look = PLAIN
    align: str = "left"  # left, right, center, justify
    leading: float | None = None
    hanging: float = 0.0  # points by which all lines but the first are indented
    item: int = 0  # over 0: a list item of that depth
    marker: str = ""  # list mark, in the role of the text it marks
    drop_cap: bool = False


@dataclass(frozen=True, slots=True)
class Stack(Node):
    """One below the other."""

    children: tuple[Node, ...]
    gap: float = 4.0
    keep: bool = False  # not parted at a page's foot


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid or table."""

    child: Node | None
    colspan: int = 1
    rowspan: int = 1
    fill: str | None = None
    valign: str = "top"  # top, horizon, bottom


@dataclass(frozen=True, slots=True)
class Grid(Node):
    """Columns side by side; also a table. `widths`: points, or "1fr", "auto". `stroke`: rules around every cell;
    `rules`: horizontal ones only. `head_rows` are repeated on every page."""

    widths: tuple[float | str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    gap_x: float = 0.0
    gap_y: float = 0.0
    inset: float = 0.0
    stroke: str | None = None
    stroke_width: float = 0.5
    rules: bool = False
    head_rows: int = 0
    breakable: bool = True  # may a row be parted at a page's foot?


@dataclass(frozen=True, slots=True)
class Box(Node):
    """A drawn box. `sides`: which sides the stroke is drawn on (t, r, b, l)."""

    child: Node | None
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.7
    sides: str = "trbl"
    inset: float = 6.0
    radius: float = 0.0
    width: float | str | None = "100%"
    height: float | str | None = None
    keep: bool = True
    valign: str = "top"


@dataclass(frozen=True, slots=True)
class Columns(Node):
    """Text that runs through columns, over pages."""

    child: Node
    count: int = 2
    gap: float = 16.0


@dataclass(frozen=True, slots=True)
class Rule(Node):
    """A line drawn across."""

    color: str = "#888888"
    weight: float = 0.6
    width: float | str = "100%"


@dataclass(frozen=True, slots=True)
class Space(Node):
    """Empty height, in points."""

    height: float


@dataclass(frozen=True, slots=True)
class PageBreak(Node):
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Place(Node):
    """A thing at a place of its own on the page: `x`, `y` from the top left corner of the page's text area, points."""

    child: Node
    x: float = 0.0
    y: float = 0.0
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Turned(Node):
    """A thing turned by `angle` degrees, clockwise."""

    child: Node
    angle: float


@dataclass(frozen=True, slots=True)
class Picture(Node):
    """A stand-in for a photo: a real raster image in one of a few colours."""

    width: float | str
    height: float
    color: str = "#c8d2d8"


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Things side by side on a line, as wide as they are (pills, tabs)."""

    children: tuple[Node, ...]
    gap: float = 4.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages of one format. `header`, `footer`: on every page; "{page}" and "{pages}" in their text are numbered.
    `background`: drawn under every page, placed from the corner of the paper."""

    children: tuple[Node, ...]
    width: float = 595.0
    height: float = 842.0
    margins: tuple[float, float, float, float] = (50.0, 50.0, 50.0, 50.0)  # left, top, right, bottom
    header: Node | None = None
    footer: Node | None = None
    background: Node | None = None
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole drawn document, with the look of its running text."""

    sheets: tuple[Sheet, ...]
    font: str = "Libertinus Serif"
    size: float = 10.0
    color: str = "#222222"
    leading: float = 0.65
    justify: bool = False
    hyphenate: bool = False
    metadata: dict[str, str] = field(default_factory=dict)


def run_nodes(node: Node | None) -> Iterator[tuple[Para, Run]]:
    """Every run below `node` in the order of the tree, with its paragraph."""
    for para in paras(node):
        for run in para.runs:
            yield para, run


def paras(node: Node | None) -> Iterator[Para]:
    """Every paragraph below `node`, in the order of the tree."""
    match node:
        case Para():
            yield node
        case Stack(children=some) | Chain(children=some):
            for child in some:
                yield from paras(child)
        case Grid(rows=rows):
            for row in rows:
                for cell in row:
                    yield from paras(cell.child)
        case Box(child=child) | Columns(child=child) | Place(child=child) | Turned(child=child):
            yield from paras(child)
        case _:
            return


def paper_paras(paper: Paper) -> Iterator[Para]:
    """Every paragraph of the pages' flow in the order of the tree; of running heads and backgrounds only those that
    name the part of the brochure."""
    for sheet in paper.sheets:
        for around in (sheet.header, sheet.background):
            yield from (p for p in paras(around) if any(r.mark.role is Role.DOMAIN for r in p.runs))
        for child in sheet.children:
            yield from paras(child)


def with_look(run: Run, look: Look) -> Run:
    """The run in another look; what `look` leaves open stays."""
    old = run.look
    return replace(
        run,
        look=Look(
            look.size or old.size,
            old.bold if look.bold is None else look.bold,
            old.italic if look.italic is None else look.italic,
            look.color or old.color,
            look.font or old.font,
            look.upper or old.upper,
            look.small_caps or old.small_caps,
            look.tracking or old.tracking,
            look.underline or old.underline,
        ),
    )


def spots_of(node: Grid) -> Sequence[tuple[int, int, Cell]]:
    """Column and row of each cell: the next free place of its row."""
    taken: set[tuple[int, int]] = set()
    out = []
    for y, row in enumerate(node.rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            if x + cell.colspan > len(node.widths):
                raise NotImplementedError("a row with too many cells")
            taken |= {(x + i, y + j) for i in range(cell.colspan) for j in range(cell.rowspan)}
            out.append((x, y, cell))
            x += cell.colspan
    return out
