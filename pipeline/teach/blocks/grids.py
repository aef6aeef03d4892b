"""Tables of missions: which columns, what stands in a cell, rules and fills; drawn once by lot for a brochure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, Runs, capped, restyle
from carnet.pipeline.teach.blocks.items import broken, joined
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import MissionFacts
from carnet.pipeline.teach.nodes import PLAIN, Cell, Grid, Look, Mark, Node, Para, Run, Stack, paras
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

CONTACT = (Role.CONTACT, Role.EMAIL, Role.PHONE)
WEIGHTS: dict[Role, float] = {
    Role.REFERENCE: 0.5, Role.TITLE: 3.2, Role.CLIENT: 2.1, Role.PLACE: 1.3, Role.PERIOD: 1.4, Role.START: 1.0,
    Role.END: 1.0, Role.DURATION: 0.9, Role.AMOUNT: 1.2, Role.STATUS: 1.0, Role.PARTNERS: 1.6, Role.CONTACT: 1.9,
    Role.EMAIL: 2.1, Role.PHONE: 1.4, Role.OTHER: 1.0, Role.WORKS_COST: 1.2, Role.DOMAIN: 1.3, Role.CONTEXT: 3.6,
    Role.APPROACH: 3.6, Role.RESULTS: 3.6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `roles`: what its cells hold, one below the other or on one line; `extra`: the label of the further
    fact that it holds."""

    roles: tuple[Role, ...]
    extra: str = ""
    joint: str = "\n"

    @property
    def weight(self) -> float:
        return max(WEIGHTS.get(r, 1.0) for r in self.roles)


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table looks. `nothing`: what an empty cell says; `repeated`: is the head said again on each page?"""

    size: float
    inset: float
    stroke: str | None
    rules: bool
    head_fill: str | None
    head_look: Look
    zebra: str | None
    repeated: bool
    valign: str
    nothing: str
    breakable: bool
    number: str
    bold_first: bool


def table_look(rng: Random, voice: Voice, size: float) -> TableLook:
    """A look by lot: ruled, only horizontal rules, shaded, white."""
    dark = rng.random() < 0.4
    kind = rng.choice(("ruled", "ruled", "rules", "rules", "zebra", "white"))
    fill = rng.choice((voice.accent, "#444444", voice.accent2)) if dark else rng.choice((voice.tint, "#e6e6e6", None))
    return TableLook(
        size=size,
        inset=rng.uniform(2.5, 6.0),
        stroke=None if kind in ("zebra", "white") else rng.choice(("#999999", "#000000", voice.accent, "#cccccc")),
        rules=kind == "rules",
        head_fill=fill,
        head_look=Look(
            bold=rng.random() < 0.8,
            color=WHITE.color if dark else None,
            upper=rng.random() < 0.2,
            underline=not fill and rng.random() < 0.3,
        ),
        zebra=rng.choice(("#f2f2f2", voice.tint, "#eef3f8"))
        if kind == "zebra" or (kind != "white" and rng.random() < 0.2)
        else None,
        repeated=rng.random() < 0.6,
        valign=rng.choice(("top", "top", "horizon")),
        nothing=listed(rng, "nothing") if rng.random() < 0.4 else "",
        breakable=rng.random() < 0.5,
        number=rng.choice(("{n}", "{n:02}", "{n}.", "R{n}")),
        bold_first=rng.random() < 0.2,
    )


def most(rng: Random, low: int, high: int, total: float, size: float) -> int:
    """How many columns, by lot, as far as they have room."""
    return max(low, min(rng.randint(low, high), int(total / (size * 9))))


def columns(
    rng: Random,
    voice: Voice,
    missions: Sequence[MissionFacts],
    most: int,
    must: Sequence[Role] = (Role.TITLE, Role.CLIENT),
) -> list[Column]:
    """Which columns a table has, and in which order: up to `most`."""
    some = [Column((r,)) for r in must if any(k.has(r) for k in missions)] or [Column((must[0],))]
    optional = [c for c in _optional(rng, missions) if not set(c.roles) & {r for s in some for r in s.roles}]
    rng.shuffle(optional)
    optional.sort(key=lambda c: c.roles[0] not in (Role.PERIOD, Role.START, Role.AMOUNT) or rng.random() < 0.2)
    for column in optional:
        if len(some) < most and not (Role.START in column.roles and any(Role.PERIOD in s.roles for s in some)):
            some.append(column)
    if any(Role.START in s.roles for s in some) and len(some) < most + 1 and any(k.has(Role.END) for k in missions):
        some = [s for s in some if Role.END not in s.roles] + [Column((Role.END,))]
    order = [Role.CLIENT, Role.TITLE, *voice.order] if rng.random() < 0.5 else list(rng.sample(list(Role), len(Role)))
    some.sort(key=lambda s: order.index(s.roles[0]) if s.roles[0] in order else 99)
    return [Column((Role.REFERENCE,)), *some] if rng.random() < 0.25 else some


def _optional(rng: Random, missions: Sequence[MissionFacts]) -> list[Column]:
    """Columns that these missions can fill in part."""
    some = [
        Column((r,))
        for r in (Role.PERIOD, Role.START, Role.AMOUNT, Role.PLACE, Role.DURATION, Role.STATUS)
        if any(k.has(r) for k in missions)
    ]
    if any(k.partners for k in missions):
        some.append(Column((Role.PARTNERS,)))
    if any(k.contact for k in missions):
        split = rng.random() < 0.3
        some += [Column((r,)) for r in CONTACT] if split else [Column(CONTACT, joint=rng.choice(("\n", "\n", ", ")))]
    labels = [e.label for k in missions for e in k.extras]
    if labels:
        label = max(sorted(set(labels)), key=labels.count)
        role = next(e.role for k in missions for e in k.extras if e.label == label)
        some.append(Column((role,), extra=label))
    told = [r for r in NARRATIVE if any(_texts(k, r) for k in missions)]
    if told and rng.random() < 0.4:
        some.append(Column((rng.choice(told),)))
    return some


def _texts(mission: MissionFacts, role: Role) -> tuple[str, ...]:
    return {Role.CONTEXT: mission.context, Role.APPROACH: mission.approach, Role.RESULTS: mission.results}[role]


# ---- cells


def head_cell(look: TableLook, voice: Voice, column: Column, rng: Random) -> Cell:
    """The head of a column."""
    runs: list[Run] = []
    for role in column.roles[:1] if column.roles == CONTACT else column.roles:
        if column.extra:
            head: Runs = (Run(column.extra, Mark(Role.HEAD, 0, role), voice.look("head")),)
        elif role is Role.REFERENCE and len(voice.head_words.get(role, "") or "") not in (1, 2, 3, 4):
            head = (Run(listed(rng, "number_heads"), Mark(Role.HEAD, 0, role), voice.look("head")),)
        else:
            head = voice.head(role)
        if runs:
            runs.append(Run(" / ", runs[-1].mark, voice.look("head")))
        runs += head
    size = Look(size=round(look.size, 1))
    return Cell(Para(restyle(restyle(runs, look.head_look), size)), fill=look.head_fill, valign=look.valign)


def cell_runs(look: TableLook, voice: Voice, mission: MissionFacts, column: Column) -> list[Runs]:
    """What stands in a cell, by lines."""
    if column.extra:
        return [(Run(e.text, Mark(e.role, mission.ordinal)),) for e in mission.extras if e.label == column.extra]
    if column.roles == CONTACT:
        runs = voice.contact(mission, column.joint)
        return [runs] if runs else []
    lines: list[Runs] = []
    for role in column.roles:
        if role is Role.REFERENCE:
            lines.append((Run(look.number.format(n=mission.ordinal), Mark(role, mission.ordinal)),))
        elif role is Role.DOMAIN:
            lines.append((Run(mission.domain, Mark(Role.DOMAIN, mission.ordinal)),))
        elif role in CONTACT:
            said = [(r,) for r in voice.contact(mission, ", ") if r.mark.role is role and r.text.strip(" ,")]
            lines.append(joined(said, ", "))
        else:
            lines.append(voice.value(mission, role))
    return [runs for runs in lines if runs]


def cell(
    look: TableLook, voice: Voice, mission: MissionFacts, column: Column, width: float = 90.0, fill: str | None = None
) -> Cell:
    """A cell. An empty one says so by the sign of the table, in the role of its column."""
    small = Look(size=round(look.size, 1))
    if column.roles[0].narrative:
        told = [replace(p, runs=restyle(p.runs, small)) for p in voice.narrative(mission, column.roles[0])[:3]]
        return Cell(Stack(tuple(told), gap=round(look.size * 0.5, 1)) if told else None, fill=fill, valign=look.valign)
    lines = [
        restyle(broken(capped(runs, look.size), width, look.size), small)
        for runs in cell_runs(look, voice, mission, column)
    ]
    if not lines:
        said = Run(look.nothing, Mark(column.roles[0], mission.ordinal), small)
        return Cell(Para((said,)), fill=fill, valign=look.valign)
    paras: tuple[Node, ...] = tuple(Para(runs) for runs in lines)
    return Cell(
        paras[0] if len(paras) == 1 else Stack(paras, gap=round(look.size * 0.5, 1)), fill=fill, valign=look.valign
    )


# ---- tables


def fitted(
    look: TableLook, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], total: float
) -> tuple[float | str, ...]:
    """Widths by the columns' weights, but none narrower than its longest word, as far as there is room."""
    least = [2 * look.inset + 6.0 for _ in columns]
    for row in rows:
        for at, one in enumerate(row, start=len(columns) - len(row)):
            if at >= 0 and one.colspan == 1:
                least[at] = max(least[at], _longest(one.child) * look.size * 0.6 + 2 * look.inset)
    free = total - sum(least)
    if free <= 0:
        return tuple(round(total * w / sum(least), 1) for w in least)
    wished = points(columns, total)
    lack = [max(0.0, w - m) for w, m in zip(wished, least, strict=True)]
    return tuple(round(m + free * k / (sum(lack) or 1.0), 1) for m, k in zip(least, lack, strict=True))


def _longest(node: Node | None) -> float:
    """Letters of the longest word in a cell; capitals are wide."""
    words = [(w, r.look.upper) for p in paras(node) for r in p.runs for w in r.text.split()]
    return max((len(w) * (1.2 if upper or w.isupper() else 1.0) for w, upper in words), default=0.0)


def points(columns: Sequence[Column], total: float) -> list[float]:
    """How wide each column is."""
    whole = sum(c.weight for c in columns)
    return [total * c.weight / whole for c in columns]


def head_row(look: TableLook, voice: Voice, columns: Sequence[Column], rng: Random) -> tuple[Cell, ...]:
    return tuple(head_cell(look, voice, column, rng) for column in columns)


def row(
    look: TableLook, voice: Voice, mission: MissionFacts, columns: Sequence[Column], total: float, odd: bool = False
) -> tuple[Cell, ...]:
    """A mission's row."""
    fill = look.zebra if odd else None
    room = [w - 2 * look.inset for w in points(columns, total)]
    cells = [cell(look, voice, mission, column, w, fill) for column, w in zip(columns, room, strict=True)]
    if look.bold_first and isinstance(cells[0].child, Para):
        cells[0] = replace(cells[0], child=Para(restyle(cells[0].child.runs, Look(bold=True))))
    return tuple(cells)


def table(
    look: TableLook,
    columns: Sequence[Column],
    head: tuple[Cell, ...] | None,
    rows: Sequence[tuple[Cell, ...]],
    total: float,
) -> Grid:
    """A table of rows under its head."""
    all_rows = (*((head,) if head else ()), *rows)
    return Grid(
        fitted(look, columns, all_rows, total),
        all_rows,
        inset=look.inset,
        stroke=look.stroke,
        rules=look.rules,
        head_rows=1 if head and look.repeated else 0,
        breakable=look.breakable,
    )


def sum_row(
    rng: Random, look: TableLook, columns: Sequence[Column], missions: Sequence[MissionFacts], says: str
) -> tuple[Cell, ...]:
    """A row that sums up: it is no mission. The sum stands in the column of the amounts, or in the last."""
    amounts = [k.values[Role.AMOUNT].gold.get("amount") for k in missions if k.has(Role.AMOUNT)]
    whole = sum(int(a) for a in amounts if a)
    at = next((i for i, k in enumerate(columns) if Role.AMOUNT in k.roles), len(columns) - 1)
    there = at if whole and at > 0 else len(columns) - 1
    told = f"{whole:,} €".replace(",", " ") if whole and there == at else str(len(missions))
    align, fill = rng.choice(("left", "right")), look.head_fill and "#eeeeee"
    bold = rng.random() < 0.5
    cells = [words_cell(says, Role.FRONT, look, there, fill, bold, align)] if there else []
    cells.append(words_cell(told, Role.FRONT, look, bold=bold))
    rest = len(columns) - 1 - there
    return (*cells, *((Cell(None, colspan=rest),) if rest else ()))


def words_cell(
    text: str,
    role: Role,
    look: TableLook,
    span: int = 1,
    fill: str | None = None,
    bold: bool = True,
    align: str = "left",
) -> Cell:
    """A cell of words that belong to no mission: a band, a total."""
    return Cell(
        Para((Run(text, Mark(role), Look(size=round(look.size, 1), bold=bold)),), align=align), colspan=span, fill=fill
    )


def plain_voice(voice: Voice, size: float) -> Voice:
    """The voice with values no larger than a cell's letters and no bold in them."""
    looks = {
        use: replace(look, size=size if (look.size or size) > size else look.size) for use, look in voice.looks.items()
    }
    looks["value"] = replace(looks.get("value", PLAIN), size=size, bold=None)
    looks["domain"] = voice.look("domain")
    looks["text"] = replace(looks.get("text", PLAIN), size=size)
    return replace(voice, looks=looks)
