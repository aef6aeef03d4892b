"""What a firm says of itself in rows: qualifications, publications, gear, prizes, insurances, partners.

They have titles, bodies, dates and amounts as missions have, and stand in tables, in lists and in cards as missions do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from carnet.pipeline.teach.blocks.art import restyle, say, stack
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.blocks.traps import front_title, plain_table
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


@dataclass(frozen=True)
class _Records:
    """Rows of one kind under their heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def records(rng: Random, brochure: Brochure, voice: Voice) -> list[Node]:
    """One or two kinds of records: a table with a head or without, a list, cards side by side; people as a table."""
    if brochure.team and rng.random() < 0.15:
        return [front_title(listed(rng, "people_titles"), voice, 15), Space(6), _people(rng, brochure, voice)]
    out: list[Node] = []
    for kind in rng.sample(sorted(load("records")), rng.choice((1, 1, 1, 2))):
        some = _drawn(rng, kind)
        out += [*([Space(16)] if out else []), front_title(some.title, voice, 15), Space(6), *_form(rng, voice, some)]
    return out


def _drawn(rng: Random, kind: str) -> _Records:
    told = load("records")[kind]
    count = rng.randint(2, len(told["heads"]))
    names = rng.sample(told["cells"][0], min(rng.randint(3, 10), len(told["cells"][0])))
    rows = tuple((str(n), *(str(rng.choice(c)) for c in told["cells"][1:count])) for n in names)
    heads = tuple(str(rng.choice(h)) for h in told["heads"][:count])
    return _Records(rng.choice(told["titles"]), heads, rows)


def _form(rng: Random, voice: Voice, some: _Records) -> list[Node]:
    match rng.choice(("table", "table", "headless", "list", "cards", "labelled")):
        case "table":
            return [plain_table(rng, voice, some.heads, some.rows, rng.uniform(7.5, 9.5))]
        case "headless":
            return [plain_table(rng, voice, (), some.rows, rng.uniform(7.5, 9.5))]
        case "list":
            return [stack([_line(rng, voice, row) for row in some.rows], rng.choice((3.0, 5.0, 8.0)))]
        case "cards":
            return [_cards(rng, [_card(voice, row, ()) for row in some.rows])]
    return [_cards(rng, [_card(voice, row, some.heads) for row in some.rows])]


def _line(rng: Random, voice: Voice, row: Sequence[str]) -> Para:
    joint = rng.choice((" – ", ", ", " | ", " : "))
    first = restyle((Run(row[0], Mark(Role.FRONT)),), Look(bold=True))
    return Para((*first, Run(joint + ", ".join(row[1:]), Mark(Role.FRONT))), item=1, marker=voice.bullet)


def _card(voice: Voice, row: Sequence[str], heads: Sequence[str]) -> Node:
    """A record as a mission's card: its name in the look of titles, the body in that of clients, labels or none."""
    named = say(row[0], Role.FRONT, look=voice.look("title"))
    if not heads:
        rest = [say(row[1], Role.FRONT, look=voice.look("client")), *(say(c, Role.FRONT) for c in row[2:])]
        return stack((named, *rest), 3)
    bold = Look(bold=True)
    facts = [
        Para((Run(f"{head} : ", Mark(Role.FRONT), bold), Run(cell, Mark(Role.FRONT))))
        for head, cell in zip(heads[1:], row[1:], strict=True)
    ]
    return stack((named, *facts), 3)


def _cards(rng: Random, cards: Sequence[Node]) -> Node:
    count = rng.choice((1, 1, 2, 2, 3))
    stroke = rng.choice((None, "#aaaaaa"))
    boxed = [Cell(Box(card, stroke=stroke, inset=6) if stroke else card) for card in cards]
    rows = [tuple(boxed[at : at + count]) for at in range(0, len(boxed), count)]
    full = [(*row, *(Cell(None),) * (count - len(row))) for row in rows]
    return Grid(("1fr",) * count, tuple(full), gap_x=12, gap_y=rng.choice((6.0, 12.0)))


def _people(rng: Random, brochure: Brochure, voice: Voice) -> Node:
    studies = load("lists")["cv_training_lines"]
    rows = [
        (name, role, str(rng.choice(studies)), listed(rng, "experience").format(n=rng.randint(2, 31)))
        for name, role in brochure.team
    ]
    count = rng.randint(2, 4)
    heads = [str(rng.choice(h)) for h in load("lists")["people_heads"][:count]] if rng.random() < 0.7 else ()
    return plain_table(rng, voice, heads, [r[:count] for r in rows], rng.uniform(8, 9.5), Role.TEAM)
