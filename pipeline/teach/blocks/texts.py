"""Running texts of a mission (context, approach, results): headed, run in, in columns, in boxes, as lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, Runs, drawn_item, line, restyle, stack
from carnet.pipeline.teach.content import MissionFacts
from carnet.pipeline.teach.nodes import PLAIN, Box, Cell, Columns, Grid, Look, Mark, Node, Para, Rule, Run, paras
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

HEADINGS = (
    "plain",
    "plain",
    "plain",
    "ruled",
    "ruled-under",
    "filled",
    "tinted",
    "square",
    "numbered",
    "run-in",
    "column",
)
NARROW = tuple(h for h in HEADINGS if h != "column")

# which texts a brochure prints, in which order: mostly all three
_ORDERS: tuple[tuple[Role, ...], ...] = (NARRATIVE,) * 30 + (
    NARRATIVE[:2],
    NARRATIVE[:1],
    NARRATIVE[1:2],
    NARRATIVE[1:],
    (Role.APPROACH, Role.CONTEXT, Role.RESULTS),
    (Role.RESULTS, Role.CONTEXT, Role.APPROACH),
)


@dataclass(frozen=True)
class Texts:
    """How the texts of a brochure are set; drawn once."""

    voice: Voice
    heading: str  # one of HEADINGS
    bullets: bool | None  # lists: always, never, as the content has it
    marks: str  # "text", "dot", "square", "circle": how list marks are made
    gap: float
    item_gap: float
    align: str
    drop_cap: bool
    capitals: bool
    order: tuple[Role, ...] = NARRATIVE

    def roles(self, mission: MissionFacts) -> list[Role]:
        """The texts that are printed of a mission, in order."""
        return [r for r in self.order if self.has(mission, r)]

    def has(self, mission: MissionFacts, role: Role) -> bool:
        return bool(self.voice.texts(mission, role))

    def parts(self, mission: MissionFacts, roles: Sequence[Role] | None = None) -> list[Node]:
        """One node a text, with its heading."""
        some = [r for r in (self.order if roles is None else roles) if self.has(mission, r)]
        return [self.part(mission, role, number) for number, role in enumerate(some, 1)]

    def draw(self, mission: MissionFacts, roles: Sequence[Role] | None = None) -> Node | None:
        """All texts, one below the other."""
        parts = self.parts(mission, roles)
        return stack(parts, self.gap) if parts else None

    def part(self, mission: MissionFacts, role: Role, number: int = 1) -> Node:
        """One text with its heading."""
        items = self.items(mission, role)
        label = self.label(mission, role)
        if not label:
            return stack(self.set(items, number == 1), self.item_gap)
        if self.heading == "run-in" and items:
            runs = (*label, Run(" ", items[0].runs[0].mark, PLAIN), *items[0].runs)
            first = replace(items[0], runs=runs, item=0, marker="")
            return stack([first, *self.set(items[1:])], self.item_gap)
        body = stack(self.set(items, number == 1), self.item_gap)
        if self.heading == "column":
            return Grid((90.0, "1fr"), ((Cell(Para(label)), Cell(body)),), gap_x=10)
        return stack((self.headed(label, number), body), 4.0)

    def label(self, mission: MissionFacts, role: Role, end: str | None = None) -> Runs:
        """The heading of a text, () where this brochure has none."""
        sign = end if end is not None else (None if self.heading == "run-in" else "")
        runs = self.voice.label(role, mission.ordinal, sign, "text_label")
        return restyle(runs, Look(upper=True, tracking=0.6)) if self.capitals else runs

    def items(self, mission: MissionFacts, role: Role) -> list[Para]:
        """Paragraphs or list items of a text."""
        return [replace(p, align=self.align) for p in self.voice.narrative(mission, role, self.bullets)]

    def set(self, items: Sequence[Para], first: bool = False) -> list[Node]:
        """The items with their list marks as this brochure makes them."""
        out: list[Node] = []
        for n, para in enumerate(items):
            if para.item and self.marks != "text":
                out.append(
                    drawn_item(
                        para, self.voice.accent, 3.0 if self.marks != "circle" else 4.0, 9.0, self.marks != "square"
                    )
                )
            else:
                cap = self.drop_cap and first and n == 0 and not para.item and len(para.runs[0].text) > 80
                out.append(replace(para, drop_cap=cap))
        return out

    def headed(self, label: Runs, number: int = 1) -> Node:
        """The heading of a text in this brochure's dress."""
        accent, tint = self.voice.accent, self.voice.tint
        match self.heading:
            case "ruled":
                return stack((Rule(accent, 0.6), Para(label)), 3)
            case "ruled-under":
                return stack((Para(label), Rule(accent, 0.6)), 2)
            case "filled":
                return Box(Para(restyle(label, WHITE)), fill=accent, inset=3.5)
            case "tinted":
                return Box(Para(label), fill=tint, inset=3.5)
            case "square":
                sign = Box(None, fill=accent, inset=0, width=8, height=8)
                return Grid((13.0, "1fr"), ((Cell(sign), Cell(Para(label))),))
            case "numbered":
                mark = label[0].mark
                return Para((Run(f"{number}. ", mark, label[0].look), *label))
        return Para(label)


def texts(
    rng: Random, voice: Voice, headings: Sequence[str] = HEADINGS, drop_cap: float = 0.06, justify: float = 0.15
) -> Texts:
    """A way of setting texts by lot."""
    return Texts(
        voice,
        rng.choice(list(headings)),
        rng.choice((None, None, None, True, False)),
        rng.choice(("text", "text", "text", "dot", "square", "circle")),
        rng.choice((8.0, 10.0, 12.0, 16.0)),
        rng.choice((2.0, 3.0, 4.0, 6.0)),
        "justify" if rng.random() < justify else "left",
        rng.random() < drop_cap,
        rng.random() < 0.15,
        rng.choice(_ORDERS),
    )


def abreast(
    parts: Sequence[Node], gap: float = 14.0, boxed: str | None = None, stroke: str | None = None, inset: float = 8.0
) -> Node | None:
    """Texts side by side in columns, by wish in boxes."""
    if not parts:
        return None
    made = [Box(p, fill=boxed, stroke=stroke, inset=inset) if boxed or stroke else p for p in parts]
    return Grid(("1fr",) * len(made), (tuple(Cell(p) for p in made),), gap_x=gap)


def balanced(
    voice: Voice, nodes: Sequence[Node], text_length: int, width: float, size: float, count: int = 2, gap: float = 16.0
) -> Node:
    """Text that runs through `count` columns of about equal height; for wide type, so that nothing is cut off."""
    letters = (width - gap * (count - 1)) / count / (size * 0.56)
    items = sum(1 for node in nodes for _ in paras(node))
    rows = text_length / max(letters, 10) + 0.6 * items
    height = rows * size * 1.5 + items * 7 + len(nodes) * 18
    return Box(Columns(stack(nodes, 6.0), count, gap), inset=0, height=height / count + 4 * size, keep=False)


def text_length(mission: MissionFacts) -> int:
    """How many letters the texts of a mission have."""
    return sum(
        len(t)
        for role in NARRATIVE
        for t in {Role.CONTEXT: mission.context, Role.APPROACH: mission.approach, Role.RESULTS: mission.results}[role]
    )


def aside(text: str, mission: MissionFacts, look: Look, align: str = "left") -> Para:
    """Words beside a mission that are none of its values: a quote, a big figure, a caption."""
    return Para((Run(text, Mark(Role.ASIDE, mission.ordinal), look),), align=align)


Draw = Callable[[MissionFacts], Node | None]


def quote(voice: Voice, mission: MissionFacts, size: float = 14.0) -> Node | None:
    """What somebody said of the mission, and who."""
    if mission.quote is None:
        return None
    said, who = mission.quote
    big = Look(size=size, italic=True, color=voice.accent)
    return stack(
        (aside(said, mission, big), line((Run(who, Mark(Role.ASIDE, mission.ordinal), voice.look("small")),))), 4
    )
