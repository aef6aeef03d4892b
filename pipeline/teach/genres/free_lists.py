"""No genre either: missions in little room, as entries of a few lines or as rows of cells, which pieces stand together
drawn once for a whole brochure.

Where `free` arranges blocks in rows and columns, here the pieces themselves (title, client, dates, amount, …) are dealt
to lines and cells by lot, with labels or without, and joined by any sign. `mixed` is a brochure of both: some missions
told at length, the others listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks import grids, groups, items
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.genres.free import mission_drawer
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Mark, Node, PageBreak, Paper, Para, Rule, Run, Space, Stack
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

Draw = Callable[[MissionFacts], Node | None]
_PIECES = (Role.PERIOD, Role.AMOUNT, Role.PLACE, Role.PARTNERS, Role.CONTACT, Role.STATUS, Role.DURATION)


def entries(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Missions of a few lines each, in one to three columns, under the names of their parts, years or clients."""
    page = c.page(rng, ("a4", "a4", "a4", "a4-wide", "letter", "16:9-small", "a5"), tight=0.9)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    size = rng.uniform(7.5, 10.5)
    pieces = _listed(rng, brochure, voice, brochure.missions, page.inner_width, page.inner_height, size)
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


def rows(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A table whose cells hold one thing or several, with a head or without, a text below each row or not."""
    page = c.page(rng, ("a4-wide", "a4", "a4", "a3-wide", "16:9-small", "letter"), tight=0.8)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    size = rng.uniform(6.8, 9.2)
    pieces = _tabled(rng, brochure, voice, brochure.missions, page.inner_width, size)
    return bind(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size + 1)


def mixed(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Some missions told at length, the others in a list or a table behind (or before) them."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter", "16:9-small"))
    size = c.page_size(rng, page)
    dressed = c.dress(rng, brochure, voice, page)
    large = c.scaled(voice, size)
    drawn = mission_drawer(rng, brochure, large, page.inner_width)
    missions = brochure.missions
    told = rng.randint(1, max(1, len(missions) - 1))
    long, short = missions[:told], missions[told:]
    broken, small = rng.random() < 0.6, min(size, rng.uniform(7.5, 9.5))
    full: list[Node] = []
    for mission in long:
        room: Node = PageBreak() if broken else Space(rng.uniform(16, 26))
        full += [*([room] if full else []), *([node] if (node := drawn(mission)) is not None else [])]
    sheets = [dressed.sheet(full)]
    if short:
        listed = (
            _tabled(rng, brochure, voice, short, page.inner_width, small)
            if rng.random() < 0.5
            else _listed(rng, brochure, voice, short, page.inner_width, page.inner_height, small)
        )
        behind = part_sheets(rng, dressed, listed)
        sheets = [*sheets, *behind] if rng.random() < 0.75 else [*behind, *sheets]
    return bind(rng, brochure, voice, dressed, sheets, size)


def drawn_parts(
    rng: Random, brochure: Brochure, voice: Voice, missions: Sequence[MissionFacts], page: c.Page, size: float
) -> list[Part]:
    """These missions as a list or a table, or told at length."""
    match rng.choice(("list", "table", "long")):
        case "list":
            return _listed(rng, brochure, voice, missions, page.inner_width, page.inner_height, size)
        case "table":
            return _tabled(rng, brochure, voice, missions, page.inner_width, min(size, 9.0))
    drawn = mission_drawer(rng, brochure, c.scaled(voice, size), page.inner_width)
    nodes = [node for mission in missions if (node := drawn(mission)) is not None]
    return [("", [part for node in nodes for part in (node, Space(16))])]


# ---- lists


def _listed(
    rng: Random,
    brochure: Brochure,
    voice: Voice,
    missions: Sequence[MissionFacts],
    width: float,
    height: float,
    size: float,
) -> list[Part]:
    small = items.compact(rng, voice, size, rng.uniform(size, 15))
    count = rng.choice((1, 1, 2, 2, 3)) if width / size > 50 else rng.choice((1, 1, 2))
    drawn = entry_drawer(rng, small, width / count - 14, size)
    room, ruled, gap = rng.uniform(4, 16), rng.random() < 0.25, rng.uniform(12, 22)
    form = rng.choice((*groups.PART_FORMS, "none"))
    out: list[Part] = []
    for domain, some in _parts(brochure, missions, form):
        flow: list[Node] = []
        for mission in some:
            node = drawn(mission)
            if node is not None:
                flow += [*([Rule("#aaaaaa", 0.4), Space(room / 2)] if ruled and flow else []), node, Space(room)]
        head: list[Node] = [groups.part_head(rng, small, domain, form, 15.0), Space(7)] if domain else []
        body = flow if count == 1 else [columned(flow, count, gap, width, size, height - 70, 0.0, rng.random() < 0.7)]
        out.append((domain, [*head, *body]))
    return _titled(rng, voice, out)


def _parts(brochure: Brochure, missions: Sequence[MissionFacts], form: str) -> list[tuple[str, list[MissionFacts]]]:
    return [("", list(missions))] if form == "none" else groups.parts(brochure, missions)


def _titled(rng: Random, voice: Voice, parts: list[Part]) -> list[Part]:
    """A title over the first part, mostly."""
    if not parts or rng.random() < 0.3:
        return parts
    name, nodes = parts[0]
    return [(name, [groups.section_title(rng, voice), Space(12), *nodes]), *parts[1:]]


@dataclass(frozen=True)
class _Line:
    """Pieces on one line. `joint` stands between them; `flush`: the last stands at the right edge; `label`: with
    labels; `look`: over the pieces' own."""

    roles: tuple[Role, ...]
    joint: str
    flush: bool
    label: bool
    look: Look


def entry_drawer(rng: Random, voice: Voice, width: float, size: float) -> Draw:
    """How every mission is printed in a few lines."""
    lines, told = _dealt(rng, voice, width, size), _told(rng)
    number = rng.choice(("",) * 5 + ("{n}.", "{n:02}", "N° {n}", "– ", "• "))
    hung = rng.random() < 0.2 and width > 190
    gap = items.gap(rng, size)

    def draw(mission: MissionFacts) -> Node | None:
        nodes = [node for line in lines if (node := _line(voice, mission, line)) is not None]
        if not nodes:
            return None
        if number and isinstance(nodes[0], Para):
            nodes[0] = replace(nodes[0], runs=(*_count(voice, mission, number), *nodes[0].runs))
        nodes += _paragraphs(voice, mission, told)
        if hung and len(nodes) > 1:
            first = Cell(nodes[0])
            return Grid(
                (width * 0.28, "1fr"), ((first, Cell(Stack(tuple(nodes[1:]), gap=gap))),), gap_x=9, breakable=False
            )
        return Stack(tuple(nodes), gap=gap, keep=len(nodes) < 8)

    return draw


def _count(voice: Voice, mission: MissionFacts, number: str) -> c.Runs:
    look = voice.look("title")
    return (Run(number.format(n=mission.ordinal) + " ", Mark(Role.REFERENCE, mission.ordinal), look),)


def _dealt(rng: Random, voice: Voice, width: float, size: float) -> list[_Line]:
    """The pieces in an order, dealt to lines: mostly title and client first, now and then anything."""
    some = [r for r in _PIECES if rng.random() < (0.8 if r is Role.PERIOD else 0.5)]
    rng.shuffle(some)
    lead = [Role.TITLE, Role.CLIENT] if rng.random() < 0.55 else [Role.CLIENT, Role.TITLE]
    roles = [*lead, *some] if rng.random() < 0.7 else [some[0], *lead, *some[1:]] if some else lead
    labelled = rng.choice((0.0, 0.0, 0.5, 1.0))
    lines: list[_Line] = []
    while roles:
        n = min(len(roles), rng.choice((1, 1, 1, 2, 2, 3)))
        taken, roles = tuple(roles[:n]), roles[n:]
        flush = n > 1 and rng.random() < 0.2 and width > 200
        look = rng.choice((Look(), Look(), Look(italic=True), Look(color=voice.accent2), Look(bold=True)))
        lines.append(
            _Line(
                taken,
                rng.choice(items.JOINTS),
                flush,
                rng.random() < labelled,
                Look() if {Role.TITLE, Role.CLIENT} & {*taken} else look,
            )
        )
    return lines


def _line(voice: Voice, mission: MissionFacts, line: _Line) -> Node | None:
    pieces = [runs for role in line.roles if (runs := _piece(voice, mission, role, line))]
    if not pieces:
        return None
    if line.flush and len(pieces) > 1:
        left = Para(items.joined(pieces[:-1], line.joint))
        return Grid(("1fr", "auto"), ((Cell(left), Cell(Para(pieces[-1], align="right"))),), gap_x=10)
    return Para(items.joined(pieces, line.joint))


def _piece(voice: Voice, mission: MissionFacts, role: Role, line: _Line) -> c.Runs:
    if role in (Role.TITLE, Role.CLIENT):
        return voice.value(mission, role, role.value)
    if role is Role.CONTACT:
        value = voice.contact(mission, ", ")
    else:
        value = voice.value(mission, role)
        if role is Role.PERIOD and not value:
            return items.joined([r for t in (Role.START, Role.END) if (r := voice.fact_line(mission, t))], " ")
    if not value:
        return ()
    bare = not line.label and role not in (Role.PARTNERS, Role.DURATION)
    label = () if bare else voice.label(role, mission.ordinal)
    space = (Run(" ", value[0].mark),) if label else ()
    return (*label, *space, *c.restyle(value, line.look))


def _told(rng: Random) -> tuple[Role, ...]:
    """Which texts stand below an entry: mostly none."""
    return tuple(r for r in NARRATIVE if rng.random() < rng.choice((0.0, 0.0, 0.3, 0.7)))


def _paragraphs(voice: Voice, mission: MissionFacts, told: Sequence[Role]) -> list[Node]:
    out: list[Node] = []
    for role in told:
        said = voice.narrative(mission, role, None)[:2]
        label = voice.label(role, mission.ordinal, use="text_label") if len(told) > 1 and said else ()
        out += [*([Para(label)] if label else []), *said]
    return out


# ---- tables


def _tabled(
    rng: Random, brochure: Brochure, voice: Voice, missions: Sequence[MissionFacts], width: float, size: float
) -> list[Part]:
    plain = grids.plain_voice(voice, round(size, 1))
    look = grids.table_look(rng, plain, round(size, 1))
    deal = _cells_dealt(rng, plain, missions, width, size)
    headed = rng.random() < 0.5 and all(len(lines) == 1 for lines in deal)
    told = rng.choice(((), (), (), (Role.CONTEXT,), (Role.APPROACH,), (Role.APPROACH, Role.RESULTS)))
    form = rng.choice(("band", "plain", "rule", "row", "row", "none"))
    out: list[Part] = []
    for domain, some in _parts(brochure, missions, form):
        table = _table(rng, plain, look, deal, some, told, width, headed, domain if form == "row" else "")
        over = domain and form != "row"
        head: list[Node] = [groups.part_head(rng, voice, domain, form, 14.0), Space(6)] if over else []
        out.append((domain, [*head, table, Space(10)]))
    return _titled(rng, voice, out)


_Deal = Sequence[Sequence[_Line]]


def _cells_dealt(
    rng: Random, voice: Voice, missions: Sequence[MissionFacts], width: float, size: float
) -> list[list[_Line]]:
    """The lines of an entry dealt to the cells of a row."""
    lines = [line for line in _dealt(rng, voice, 0.0, size) if any(_line(voice, m, line) for m in missions)]
    most = max(2, min(rng.randint(2, 6), int(width / (size * 10)), len(lines)))
    cuts = sorted(rng.sample(range(1, len(lines)), min(most, len(lines)) - 1)) if len(lines) > 1 else []
    return [lines[low:high] for low, high in zip([0, *cuts], [*cuts, len(lines)], strict=True)]


def _table(
    rng: Random,
    voice: Voice,
    look: grids.TableLook,
    deal: _Deal,
    missions: Sequence[MissionFacts],
    told: Sequence[Role],
    width: float,
    headed: bool,
    band: str,
) -> Grid:
    columns = [grids.Column(tuple(r for line in lines for r in line.roles)) for lines in deal]
    body: list[tuple[Cell, ...]] = []
    if band:
        body.append((grids.words_cell(band, Role.DOMAIN, look, len(columns), voice.tint),))
    for odd, mission in enumerate(missions):
        fill = look.zebra if odd % 2 else None
        body.append(tuple(_cell(voice, look, mission, lines, fill) for lines in deal))
        if said := _paragraphs(voice, mission, told):
            body.append((Cell(Stack(tuple(said), gap=look.size * 0.5), colspan=len(columns), fill=fill),))
    head = grids.head_row(look, voice, columns, rng) if headed else None
    return grids.table(look, columns, head, body, width)


def _cell(voice: Voice, look: grids.TableLook, mission: MissionFacts, lines: Sequence[_Line], fill: str | None) -> Cell:
    nodes = [node for line in lines if (node := _line(voice, mission, line)) is not None]
    if not nodes:
        return Cell(None, fill=fill, valign=look.valign)
    child = nodes[0] if len(nodes) == 1 else Stack(tuple(nodes), gap=round(look.size * 0.5, 1))
    return Cell(child, fill=fill, valign=look.valign)
