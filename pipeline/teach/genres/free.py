"""No genre: the parts of a mission in any arrangement that a page can hold, drawn once for a whole brochure.

A mission's head (or title and client apart), its facts in one to three groups, its texts, a quote, a picture, tags are
laid into a random tree of rows and columns, each branch plain, boxed, tinted or ruled. What a network learns of it is
what holds whatever the layout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.facts import tags
from carnet.pipeline.teach.blocks.list_pages import Part, part_sheets
from carnet.pipeline.teach.blocks.list_pages import bind as bind_list
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Node, Paper, Rule
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

Draw = Callable[[MissionFacts], Node | None]
_LEAST = 130.0
"""Points of width under which nothing is parted any more."""


def pages(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A mission a page, or two or three on one."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "a4-wide", "16:9", "16:9-small", "4:3", "a5"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.3)
    drawn = mission_drawer(rng, brochure, voice, page.inner_width)
    many = rng.choice((1, 1, 2, 3))
    return c.bind(rng, brochure, voice, dressed, lambda mission: [drawn(mission)], size, together=many)


def cards(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Several missions a page, one below the other or in two or three columns."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "16:9-small", "4:3", "letter"), tight=0.8)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.3)
    count = rng.choice((1, 1, 2, 2, 3) if page.wide else (1, 1, 2, 2))
    size = rng.uniform(7.0, 9.5) if count > 1 else rng.uniform(8.0, 10.5)
    gap = rng.uniform(8, 24)
    width = (page.inner_width - gap * (count - 1)) / count
    small = items.compact(rng, voice, size, rng.uniform(11, 17))
    drawn = mission_drawer(rng, brochure, small, width - 16, big=False)
    dress = _dress(rng, voice)
    parted = rng.choice(("rule", "room", "room", "none"))
    opener = c.opener(
        rng, brochure, voice, page, ("band", "heading", "heading-ruled", "tinted", "number", "none", "none")
    )
    pieces: list[Part] = []
    for n, (domain, missions) in enumerate(
        groups.parts(brochure) if rng.random() < 0.6 else [("", brochure.missions)], 1
    ):
        cells = [Cell(dress(drawn(mission))) for mission in missions]
        cells += [Cell(None)] * (-len(cells) % count)
        rows = tuple(tuple(cells[i : i + count]) for i in range(0, len(cells), count))
        rules = parted == "rule" and count == 1
        room = gap if parted != "none" else 4.0
        grid = Grid(
            ("1fr",) * count, rows, gap, room, stroke="#bbbbbb" if rules else None, rules=rules, breakable=False
        )
        pieces.append((domain, [*opener(domain, n), grid]))
    return bind_list(rng, brochure, voice, dressed, part_sheets(rng, dressed, pieces), size)


@dataclass(frozen=True)
class _Tree:
    """A leaf draws one thing (`draw`); a branch has two parts, one under the other or, from `share` of the width on,
    side by side."""

    draw: Draw | None = None
    first: _Tree | None = None
    second: _Tree | None = None
    share: float = 0.0  # 0: one under the other
    gap: float = 8.0
    dress: Callable[[Node | None], Node | None] = lambda node: node


def mission_drawer(rng: Random, brochure: Brochure, voice: Voice, width: float, big: bool = True) -> Draw:
    """How every mission of a brochure is arranged in a column of this width."""
    tree = _grown(rng, voice, _leaves(rng, brochure, voice, big), width)
    return lambda mission: _drawn(tree, mission)


Leaf = Callable[[float], Draw]


def _leaves(rng: Random, brochure: Brochure, voice: Voice, big: bool) -> list[Leaf]:
    """What there is to arrange, in an order: mostly the usual one, now and then any."""
    out: list[Leaf] = []
    cap = rng.uniform(14, 26) if big else 15.0
    if rng.random() < 0.55:
        head = c.head(rng, brochure, voice, cap=cap)
        used = head.used
        out.append(lambda width: head.draw)
    else:
        used = frozenset({Role.TITLE, Role.CLIENT})
        pair = [_value(voice, Role.TITLE, "title", cap), _value(voice, Role.CLIENT, "client", cap)]
        out += pair if rng.random() < 0.6 else pair[::-1]
    whole = c.choice(rng, voice, used, domain=0.15)
    roles = list(whole.roles)
    if rng.random() < 0.3:
        rng.shuffle(roles)
    cuts = sorted(rng.sample(range(1, len(roles)), min(rng.choice((0, 0, 1, 1, 2)), len(roles) - 1))) if roles else []
    for low, high in zip([0, *cuts], [*cuts, len(roles)], strict=True):
        group = (
            whole.without(set(roles) - set(roles[low:high]))
            if not cuts or high == len(roles)
            else whole.only(roles[low:high])
        )
        out.append(_facts(rng, voice, group))
    texts = c.texts(rng, voice)
    if rng.random() < 0.5:
        out.append(lambda width: texts.draw)
    else:
        out += [_text(texts, role) for role in texts.order]
    if rng.random() < 0.3:
        out.append(lambda width: lambda mission: c.quote(voice, mission, rng.choice((9.0, 11.0, 13.0))))
    if rng.random() < 0.3:
        height = rng.uniform(40, 140)
        out.append(lambda width: lambda mission: c.photo(rng, "100%", height))
    if rng.random() < 0.25:
        tagged = tags(rng, voice)
        out.append(lambda width: tagged)
    if rng.random() < 0.4:
        for _ in range(rng.randint(1, 4)):  # some things change places
            i, j = rng.randrange(len(out)), rng.randrange(len(out))
            out[i], out[j] = out[j], out[i]
    elif rng.random() < 0.15:
        rng.shuffle(out)
    return out


def _value(voice: Voice, role: Role, use: str, cap: float) -> Leaf:
    return lambda width: lambda mission: c.line(c.capped(voice.value(mission, role, use), cap))


def _facts(rng: Random, voice: Voice, some: c.Choice) -> Leaf:
    def leaf(width: float) -> Draw:
        drawn = c.arrangement(rng, voice, width=width)
        cells = rng.choice((0, 0, 2, 3, 4)) if width > 260 else 0

        def draw(mission: MissionFacts) -> Node | None:
            facts = some.of(voice, mission)
            if not facts:
                return None
            return c.cells(facts, cells) if cells and len(facts) > 1 else drawn(facts)

        return draw

    return leaf


def _text(texts: c.Texts, role: Role) -> Leaf:
    return lambda width: lambda mission: texts.draw(mission, [role])


def _grown(rng: Random, voice: Voice, leaves: Sequence[Leaf], width: float) -> _Tree:
    if len(leaves) == 1:
        return _Tree(draw=leaves[0](width), dress=_dress(rng, voice))
    at = rng.randint(1, len(leaves) - 1)
    gap = rng.choice((3.0, 6.0, 9.0, 14.0))
    if width >= 2 * _LEAST and rng.random() < 0.4:
        share = rng.choice((0.5, rng.uniform(0.28, 0.72)))
        gap += 8.0
        left = max(_LEAST, min(width - _LEAST, (width - gap) * share))
        first, second = _grown(rng, voice, leaves[:at], left), _grown(rng, voice, leaves[at:], width - gap - left)
        return _Tree(None, first, second, left, gap, _dress(rng, voice))
    first, second = _grown(rng, voice, leaves[:at], width), _grown(rng, voice, leaves[at:], width)
    return _Tree(None, first, second, 0.0, gap, _dress(rng, voice))


def _dress(rng: Random, voice: Voice) -> Callable[[Node | None], Node | None]:
    form = rng.choice(("none",) * 14 + ("tint", "stroke", "grey", "ruled", "left", "under"))
    inset = rng.uniform(4, 9)

    def dress(node: Node | None) -> Node | None:
        if node is None:
            return None
        match form:
            case "tint":
                return Box(node, fill=voice.tint, inset=inset, keep=False)
            case "grey":
                return Box(node, fill="#f2f2f2", inset=inset, keep=False)
            case "stroke":
                return Box(node, stroke=voice.accent, inset=inset, keep=False)
            case "left":
                return Box(node, stroke=voice.accent, stroke_width=2.5, sides="l", inset=inset, keep=False)
            case "ruled":
                return c.stack((Rule(voice.accent, 0.8), node), 4)
            case "under":
                return c.stack((node, Rule("#aaaaaa", 0.5)), 4)
        return node

    return dress


def _drawn(tree: _Tree, mission: MissionFacts) -> Node | None:
    if tree.draw is not None:
        return tree.dress(tree.draw(mission))
    assert tree.first and tree.second, "a branch has two parts"
    first, second = _drawn(tree.first, mission), _drawn(tree.second, mission)
    if tree.share and (first or second):
        return tree.dress(Grid((tree.share, "1fr"), ((Cell(first), Cell(second)),), gap_x=tree.gap))
    both = [node for node in (first, second) if node is not None]
    return tree.dress(c.stack(both, tree.gap)) if both else None
