"""What lists, cards and tables share: how one brochure prints each of its missions in little room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.art import Runs, restyle
from carnet.pipeline.teach.content import MissionFacts
from carnet.pipeline.teach.nodes import PLAIN, Cell, Grid, Look, Mark, Node, Para, Run, Stack
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

TIME = (Role.PERIOD, Role.START, Role.END, Role.DURATION)
FACTS = (Role.PLACE, *TIME, Role.AMOUNT, Role.STATUS, Role.PARTNERS, Role.CONTACT)

HEADS = ("title_client", "client_title", "one_line", "flush", "title", "client_caps", "run_in", "place_title")
FACT_FORMS = ("lines", "lines", "bar", "bar", "bare", "bare", "pairs", "over", "grid", "items", "flush")
TEXT_FORMS = ("headed", "run_in", "plain", "first", "first", "items", "none")
NUMBERS = ("", "", "", "", "{n}", "{n:02}", "{n}.", "N° {n}", "[{n}]", "{n:03}", "Réf. {n}", "{n} –")
JOINTS = (" · ", ", ", " – ", "   ", " | ", " / ", "     ", " • ", " ; ")


@dataclass(frozen=True, slots=True)
class Manner:
    """How all missions of a brochure are printed, drawn once. `shown`: roles of the facts beside head and texts;
    `head`, `facts`, `texts`: forms; `number`: how missions are counted, "" where they are not; `size`: of running
    text; `width`: of the column that facts stand in."""

    voice: Voice
    size: float
    head: str
    facts: str
    texts: str
    shown: frozenset[Role]
    told: tuple[Role, ...]
    number: str
    kicker: bool
    facts_first: bool
    joint: str
    gap: float
    paragraphs: int
    extras: bool
    look_date: Look
    width: float = 400.0

    def but(self, **changes: object) -> Manner:
        """The manner with other forms."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names of fields, checked by replace


def manner(
    rng: Random,
    voice: Voice,
    size: float,
    heads: Sequence[str] = HEADS,
    facts: Sequence[str] = FACT_FORMS,
    texts: Sequence[str] = TEXT_FORMS,
    rich: float = 0.45,
    cap: float = 15.0,
) -> Manner:
    """A manner by lot. `rich`: how probable each fact is; `cap`: largest letters of a mission's head."""
    shown = {role for role in FACTS if rng.random() < rich}
    if rng.random() < 0.75:
        shown |= {Role.PERIOD, Role.START, Role.END}
    told = tuple(role for role in NARRATIVE if rng.random() < 0.6) or (rng.choice(NARRATIVE),)
    return Manner(
        voice=compact(rng, voice, size, cap),
        size=size,
        head=rng.choice(heads),
        facts=rng.choice(facts),
        texts=rng.choice(texts),
        shown=frozenset(shown),
        told=told,
        number=rng.choice(NUMBERS),
        kicker=rng.random() < 0.15,
        facts_first=rng.random() < 0.65,
        joint=rng.choice(JOINTS),
        gap=gap(rng, size),
        paragraphs=rng.choice((1, 1, 2, 3, 9)),
        extras=rng.random() < rich,
        look_date=rng.choice(
            (PLAIN, Look(bold=True), Look(italic=True), Look(color=voice.accent), Look(bold=True, color=voice.accent2))
        ),
    )


def gap(rng: Random, size: float) -> float:
    """Room between the lines of an entry: as between the lines of a paragraph, or a little more or less."""
    return round(size * rng.choice((0.42, 0.55, 0.65, 0.65, 0.8, 1.0)), 1)


def compact(rng: Random, voice: Voice, size: float, cap: float) -> Voice:
    """The voice in small letters: its large looks come down to `cap`, by lot to the text's size or below."""
    looks = dict(voice.looks)
    top = rng.choice((size, size, size * 0.92, size * 1.15, size * 1.3, cap))
    for use in ("title", "client", "text_label", "label", "value", "text", "date", "kicker", "head"):
        look = looks.get(use, PLAIN)
        limit = top if use in ("title", "client") else min(cap, size * 1.15)
        if use in ("value", "text", "label"):
            limit = size
        if look.size is not None and look.size > limit:
            looks[use] = replace(look, size=round(limit, 1))
    if rng.random() < 0.2:  # the client louder than the title
        looks["client"] = replace(looks.get("client", PLAIN), size=round(min(cap, size * 1.35), 1), bold=True)
        looks["title"] = replace(looks.get("title", PLAIN), size=size, bold=False)
    labels = {} if rng.random() < 0.25 else voice.labels
    return replace(voice, looks=looks, labels=labels)


# ---- heads


def head(m: Manner, mission: MissionFacts) -> list[Node]:
    """Title and client, as the manner has them, with kicker and number."""
    out: list[Node] = []
    if m.kicker and mission.domain:
        out.append(Para((Run(mission.domain, Mark(Role.DOMAIN, mission.ordinal), m.voice.look("kicker")),)))
    lines = _head_lines(m, mission)
    if lines:
        lines[0] = (*number(m, mission), *lines[0])
    out += [Para(runs) for runs in lines]
    if m.head == "flush":
        title, client = m.voice.value(mission, Role.TITLE, "title"), m.voice.value(mission, Role.CLIENT, "client")
        cells = (Cell(Para((*number(m, mission), *title))), Cell(Para(client, align="right") if client else None))
        out.append(Grid(("1.9fr", "1fr"), (cells,), gap_x=10))
    return out


def _head_lines(m: Manner, mission: MissionFacts) -> list[Runs]:
    v = m.voice
    title, client = v.value(mission, Role.TITLE, "title"), v.value(mission, Role.CLIENT, "client")
    place = v.value(mission, Role.PLACE, "client")
    match m.head:
        case "flush":
            return []
        case "client_title":
            lines = [client, title]
        case "one_line":
            lines = [v.headline(mission)]
        case "client_caps":
            lines = [restyle(client, Look(upper=True)), title]
        case "run_in":
            joint = (Run(m.joint, Mark(Role.TITLE, mission.ordinal), v.look("title")),) if client and title else ()
            lines = [(*client, *joint, *title)]
        case "place_title":
            joint = (Run(" – ", Mark(Role.CLIENT, mission.ordinal), v.look("client")),) if place and client else ()
            lines = [(*place, *joint, *restyle(client, Look(upper=True))), title]
        case "title":
            lines = [title]
        case _:
            lines = [title, client]
    return [runs for runs in lines if runs]


def number(m: Manner, mission: MissionFacts, n: int | None = None) -> Runs:
    """How the mission is counted, with a space behind; () where missions aren't."""
    if not m.number:
        return ()
    return (
        Run(
            m.number.format(n=n or mission.ordinal) + " ", Mark(Role.REFERENCE, mission.ordinal), m.voice.look("title")
        ),
    )


# ---- facts


def fact_roles(m: Manner) -> list[Role]:
    """The facts that are printed, in the voice's order; the client too where the head leaves it out."""
    roles = [r for r in m.voice.order if r in m.shown and not (m.head == "place_title" and r is Role.PLACE)]
    if m.head == "title" and Role.CLIENT not in roles:
        roles.insert(0, Role.CLIENT)
    if m.head != "title":
        roles = [r for r in roles if r is not Role.CLIENT]
    return [r for r in roles if r is not Role.TITLE]


def fact_lines(m: Manner, mission: MissionFacts, roles: Iterable[Role] | None = None) -> list[Runs]:
    """Facts with their labels."""
    some = fact_roles(m) if roles is None else roles
    lines = [broken(line, m.width, m.size) for role in some if (line := m.voice.fact_line(mission, role))]
    if m.extras:
        lines += [m.voice.extra_line(mission, e.label, e.text, e.role) for e in mission.extras]
    return lines


def bare_values(
    m: Manner, mission: MissionFacts, roles: Iterable[Role] | None = None, use: str = "value"
) -> list[Runs]:
    """Facts without labels; those that say nothing without one keep it."""
    out = []
    for role in fact_roles(m) if roles is None else roles:
        value = m.voice.value(mission, role, use)
        if value and role in (Role.START, Role.END, Role.DURATION, Role.PARTNERS):
            value = m.voice.fact_line(mission, role)
        if value:
            out.append(restyle(value, m.look_date) if role is Role.PERIOD else broken(value, m.width, m.size))
    if m.extras:
        out += [(Run(e.text, Mark(e.role, mission.ordinal), m.voice.look(use)),) for e in mission.extras[:1]]
    return out


def joined(pieces: Sequence[Runs], joint: str) -> Runs:
    """Pieces on one line, `joint` in the role of the piece before."""
    out: list[Run] = []
    for piece in pieces:
        if out:
            out.append(Run(joint, out[-1].mark, PLAIN))
        out += piece
    return tuple(out)


def facts(m: Manner, mission: MissionFacts, roles: Iterable[Role] | None = None) -> list[Node]:
    """The facts of a mission in the manner's form."""
    lines = fact_lines(m, mission, roles)
    if not lines:
        return []
    form = "lines" if m.facts in ("grid", "over") and m.width < 220 else m.facts
    match form:
        case "bar":
            return [Para(joined(lines, m.joint))]
        case "bare":
            return [Para(joined(bare_values(m, mission, roles), m.joint))]
        case "pairs":
            return [Para(joined(lines[i : i + 2], m.joint)) for i in range(0, len(lines), 2)]
        case "items":
            return [Para(line, item=1, marker=m.voice.bullet) for line in lines]
        case "flush":
            return [Para(line, align="right") for line in lines]
        case "over":
            return [_over(m, mission, roles)]
        case "grid":
            return [_grid(m, mission, roles)]
        case _:
            return [Para(line) for line in lines]


def _pairs(m: Manner, mission: MissionFacts, roles: Iterable[Role] | None, width: float) -> list[tuple[Runs, Runs]]:
    """Labels and values apart."""
    pairs: list[tuple[Runs, Runs]] = []
    for role in fact_roles(m) if roles is None else roles:
        value = m.voice.value(mission, role)
        if value:
            pairs.append((m.voice.label(role, mission.ordinal), broken(value, width, m.size)))
    if m.extras:
        for e in mission.extras:
            line = m.voice.extra_line(mission, e.label, e.text, e.role)
            pairs.append((line[:1], line[1:]))
    return pairs


def _over(m: Manner, mission: MissionFacts, roles: Iterable[Role] | None) -> Node:
    cells: list[Cell] = []
    pairs = _pairs(m, mission, roles, m.width / 4 if len(fact_roles(m)) > 2 else m.width)
    for label, value in pairs:
        parts = [Para(restyle(label, Look(size=round(m.size * 0.82, 1))))] if label else []
        cells.append(Cell(Stack((*parts, Para(value)), gap=max(3.5, m.size * 0.42))))
    width = min(4, len(cells)) or 1
    rows = tuple(tuple(cells[i : i + width]) for i in range(0, len(cells), width))
    return Grid(("1fr",) * width, rows, gap_x=8, gap_y=8)


def _grid(m: Manner, mission: MissionFacts, roles: Iterable[Role] | None) -> Node:
    pairs = _pairs(m, mission, roles, m.width * 0.6)
    if not any(label for label, _ in pairs):
        return Stack(tuple(Para(value) for _, value in pairs), gap=m.gap)
    rows = tuple((Cell(Para(label) if label else None), Cell(Para(value))) for label, value in pairs)
    return Grid(("auto", "1fr"), rows, gap_x=8, gap_y=m.gap)


def broken(runs: Runs, width: float, size: float) -> Runs:
    """Addresses that are wider than their cell, broken as a table breaks them: behind a sign, else anywhere."""
    room = max(8, int(width / (size * 0.56)))
    return tuple(replace(r, text=_broken(r.text, room)) if r.mark.role is Role.EMAIL else r for r in runs)


def _broken(text: str, room: int) -> str:
    out = ""
    while len(text) > room:
        at = max((text.rfind(sign, 0, room) for sign in "@.-_"), default=-1)
        cut = at + 1 if at >= 3 else room
        out, text = out + text[:cut] + "\n", text[cut:]
    return out + text


# ---- texts


def texts(m: Manner, mission: MissionFacts) -> list[Node]:
    """The texts of a mission in the manner's form."""
    told = [r for r in m.told if m.voice.texts(mission, r)]
    if not told or m.texts == "none":
        return []
    if m.texts == "first":
        return [replace(p, item=0, marker="") for p in m.voice.narrative(mission, told[0], False)[:1]]
    return [node for role in told for node in _text(m, mission, role)]


def _text(m: Manner, mission: MissionFacts, role: Role) -> list[Node]:
    paragraphs = m.voice.narrative(mission, role, True if m.texts == "items" else None)[: m.paragraphs]
    label = m.voice.label(role, mission.ordinal, use="text_label")
    if m.texts == "headed" and label:
        return [Para(label), *paragraphs]
    if m.texts == "run_in" and label and paragraphs:
        first = paragraphs[0]
        opened = replace(first, runs=(*label, Run(" ", first.runs[0].mark), *first.runs), item=0, marker="")
        return [opened, *paragraphs[1:]]
    return list(paragraphs)


# ---- missions


def entry(m: Manner, mission: MissionFacts, keep: bool = False) -> Stack:
    """A whole mission: head, facts, texts one below the other."""
    parts: list[Node] = head(m, mission)
    mine, said = facts(m, mission), texts(m, mission)
    parts += [*mine, *said] if m.facts_first else [*said, *mine]
    return Stack(tuple(parts), gap=m.gap, keep=keep)
