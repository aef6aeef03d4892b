"""Facts of a mission in every arrangement: label over value, beside it, run in, in cells, in tables, bare, as signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.art import ROOM, WHITE, Runs, dot, line, restyle, stack
from carnet.pipeline.teach.blocks.items import broken
from carnet.pipeline.teach.blocks.words import word, words
from carnet.pipeline.teach.content import MissionFacts
from carnet.pipeline.teach.nodes import PLAIN, Box, Cell, Chain, Grid, Look, Mark, Node, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

FACTS = (
    Role.CLIENT,
    Role.PLACE,
    Role.PERIOD,
    Role.START,
    Role.END,
    Role.DURATION,
    Role.AMOUNT,
    Role.STATUS,
    Role.PARTNERS,
    Role.CONTACT,
)

_OFTEN_LEFT_OUT = {Role.CONTACT: 0.05, Role.PARTNERS: 0.05, Role.AMOUNT: 0.05, Role.STATUS: 0.1, Role.PLACE: 0.1}


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; the label may be missing. `body`: a value of several paragraphs instead of `value`."""

    role: Role
    label: Runs
    value: Runs
    body: Node | None = None

    @property
    def node(self) -> Node:
        return self.body if self.body is not None else Para(self.value)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which facts a block prints, in which order, said how; drawn once for a brochure.

    `extras`: where those facts stand that no field holds (start, end, among). `end`: the sign behind a label that does
    not run in. `stacked`: a person's parts below one another.
    """

    roles: tuple[Role, ...]
    extras: str = "end"
    end: str | None = None
    stacked: bool = False
    names_domain: bool = False
    domain_last: bool = False

    def of(self, voice: Voice, mission: MissionFacts) -> list[Fact]:
        """The facts of a mission, those that it has."""
        found = [f for role in self.roles if (f := fact(voice, mission, role, self.end, self.stacked))]
        if self.names_domain and mission.domain:
            at = len(found) if self.domain_last else 0
            found.insert(at, domain_fact(voice, mission, self.end))
        more = [extra_fact(voice, mission, n, self.end) for n in range(len(mission.extras))]
        match self.extras:
            case "none":
                return found
            case "start":
                return more + found
            case "among":
                at = (len(found) + 1) // 2
                return found[:at] + more + found[at:]
        return found + more

    def only(self, keep: Iterable[Role]) -> Choice:
        """The same choice of a part of the facts, without extras."""
        some = frozenset(keep)
        return replace(self, roles=tuple(r for r in self.roles if r in some), extras="none", names_domain=False)

    def without(self, drop: Iterable[Role]) -> Choice:
        some = frozenset(drop)
        return replace(self, roles=tuple(r for r in self.roles if r not in some))


def choice(
    rng: Random,
    voice: Voice,
    used: Iterable[Role] = (),
    roles: Sequence[Role] | None = None,
    domain: float = 0.0,
    again: float = 0.15,
) -> Choice:
    """The facts to print by lot: all of the voice's order that no head prints (`used`), some of these again."""
    silent = {r for r, p in _OFTEN_LEFT_OUT.items() if rng.random() < p}
    some = [r for r in (roles or voice.order) if r not in NARRATIVE and r is not Role.DOMAIN and r not in silent]
    taken = frozenset(used)
    kept = [r for r in some if r not in taken or (r is not Role.TITLE and rng.random() < again)]
    if Role.CLIENT not in taken and Role.CLIENT not in kept:
        kept.insert(rng.choice((0, 0, min(1, len(kept)))), Role.CLIENT)
    kept += [r for r in (Role.START, Role.END, Role.PERIOD) if r not in kept and r not in taken]
    return Choice(
        tuple(kept),
        rng.choice(("end", "end", "among", "start", "none")),
        rng.choice((None, None, "")),
        rng.random() < 0.4,
        rng.random() < domain,
        rng.random() < 0.5,
    )


Tail = Callable[[MissionFacts], Node | None]


def parted(rng: Random, voice: Voice, whole: Choice, chance: float = 0.3) -> tuple[Choice, Tail]:
    """By lot some facts stand apart, at the end of the mission: the others, and how these are drawn."""
    late = [
        r for r in (Role.CONTACT, Role.PARTNERS, Role.AMOUNT, Role.PERIOD) if r in whole.roles and rng.random() < 0.5
    ]
    tagged = tags(rng, voice) if rng.random() < TAGGED else None
    if rng.random() > chance or not late:
        return whole, tagged or (lambda mission: None)
    last, form = whole.only(late), rng.choice(("lines", "box", "ruled", "over", "run-in"))

    def draw(mission: MissionFacts) -> Node | None:
        facts = last.of(voice, mission)
        if not facts:
            return None
        match form:
            case "box":
                return Box(over(facts, 4.0), fill=voice.tint, inset=7)
            case "ruled":
                return stack((Rule(voice.accent, 0.5), lines(facts, 2.0)), 4)
            case "over":
                return over(facts, 4.0)
            case "run-in":
                return run_in(facts, voice.bar)
        return lines(facts, 2.0)

    if tagged is None:
        return whole.without(late), draw
    with_tags, first = tagged, rng.random() < 0.5

    def both(mission: MissionFacts) -> Node | None:
        parts = (with_tags(mission), draw(mission))
        return stack(parts if first else parts[::-1], 4.0) if any(parts) else None

    return whole.without(late), both


TAGGED = 0.3


def tags(rng: Random, voice: Voice) -> Tail:
    """Words that no field holds, under or behind a label: as pills, in a line, as a list."""
    label, form = word(rng, "tag_labels"), rng.choice(("pills", "pills", "outlined", "line", "line", "list", "bare"))
    use = rng.choice(("label", "text_label", "text_label", "kicker", "small"))
    look = replace(voice.look(use), upper=voice.look(use).upper or rng.random() < 0.4)
    bar = rng.choice((" · ", ", ", " / ", " | ", " – "))
    share = rng.choice((1.0, 1.0, 0.9, 0.7))

    def draw(mission: MissionFacts) -> Node | None:
        if rng.random() > share:
            return None
        n, some = mission.ordinal, words(rng, "tags", rng.randint(1, 6))
        named = (Run(label + (voice.label_end if form == "line" else ""), Mark(Role.LABEL, n, Role.OTHER), look),)
        runs = [Run(text, Mark(Role.OTHER, n), voice.look(rng.choice(("small", "value")))) for text in some]
        if form == "line":
            return Para((*named, Run(" ", runs[0].mark), *_parted_by(bar, runs)))
        if form in ("pills", "outlined"):
            fill, stroke = (voice.tint, None) if form == "pills" else (None, voice.accent)
            boxes_ = tuple(Box(Para((run,)), fill=fill, stroke=stroke, inset=2.5, radius=6, width=None) for run in runs)
            return stack((Para(named), Chain(boxes_, 3.0)), 2.0)
        if form == "list":
            return stack((Para(named), *(Para((run,), item=1, marker=voice.bullet) for run in runs)), 2.0)
        return stack((Para(named), Para(tuple(_parted_by(bar, runs)))), 2.0)

    return draw


def _parted_by(bar: str, runs: Sequence[Run]) -> list[Run]:
    return [r for n, run in enumerate(runs) for r in ((Run(bar, run.mark, PLAIN), run) if n else (run,))]


def fact(voice: Voice, mission: MissionFacts, role: Role, end: str | None = None, stacked: bool = False) -> Fact | None:
    """One fact, None where the mission has none."""
    value = voice.contact(mission, "\n") if role is Role.CONTACT and stacked else voice.value(mission, role)
    if not value:
        return None
    return Fact(role, voice.label(role, mission.ordinal, end), value)


def domain_fact(voice: Voice, mission: MissionFacts, end: str | None = None) -> Fact:
    """The part of the brochure as a fact of the mission."""
    run = Run(mission.domain, Mark(Role.DOMAIN, mission.ordinal), voice.look("value"))
    return Fact(Role.DOMAIN, voice.label(Role.DOMAIN, mission.ordinal, end), (run,))


def extra_fact(voice: Voice, mission: MissionFacts, number: int, end: str | None = None) -> Fact:
    """A fact that no field holds."""
    extra, m = mission.extras[number], mission.ordinal
    sign = voice.label_end if end is None else end
    label = (Run(extra.label + sign, Mark(Role.LABEL, m, extra.role), voice.look("label")),) if extra.label else ()
    return Fact(extra.role, label, (Run(extra.text, Mark(extra.role, m), voice.look("value")),))


def text_fact(voice: Voice, mission: MissionFacts, role: Role, gap: float = 3.0, end: str | None = None) -> Fact | None:
    """A text as one more row of facts ("Descriptif")."""
    paras = voice.narrative(mission, role)
    if not paras:
        return None
    return Fact(role, voice.label(role, mission.ordinal, end), (), stack(paras, gap))


# ---- arrangements

_BROAD = ("beside", "beside-right", "frames", "ruled-rows", "leaders")  # of no use in a narrow column
Arrangement = Callable[[Sequence[Fact]], Node]
ARRANGEMENTS = (
    "over",
    "lines",
    "beside",
    "beside-right",
    "frames",
    "bullets",
    "ruled-rows",
    "bare",
    "boxes",
    "leaders",
    "run-in",
)


def arrangement(
    rng: Random, voice: Voice, kinds: Sequence[str] = ARRANGEMENTS, narrow: bool = False, width: float | None = None
) -> Arrangement:
    """An arrangement by lot of those a genre allows. `narrow`, or `width` in points: for a side-bar, where a label
    beside its value takes little room or finds none."""
    if width is not None:
        narrow = width < 280
        kinds = [k for k in kinds if width > 170 or k not in _BROAD] or ["over"]
    kind = rng.choice(list(kinds))
    made = _arrangement(rng, voice, kind, narrow)
    if width is None:
        return made
    room, size = width * (0.6 if kind in _BROAD else 1.0), voice.look("value").size or 10.0
    return lambda facts: made([replace(f, value=broken(f.value, room, size)) for f in facts])


def _arrangement(rng: Random, voice: Voice, kind: str, narrow: bool) -> Arrangement:
    """One kind of arrangement, its measures by lot."""
    gap = rng.choice((2.0, 3.0, 5.0, 7.0, 10.0))
    label_width: float | str = rng.choice((52.0, 60.0, 70.0)) if narrow else rng.choice(("auto", 80.0, 95.0, 120.0))
    loose = rng.random() < 0.3
    match kind:
        case "over":
            return lambda facts: over(facts, gap, rule=voice.accent if loose else None)
        case "lines":
            return lambda facts: lines(facts, gap)
        case "beside":
            return lambda facts: beside(facts, label_width, gap)
        case "beside-right":
            return lambda facts: beside(facts, label_width if label_width != "auto" else 90.0, gap, right=True)
        case "frames":
            return lambda facts: frames(facts, 70.0 if narrow else 110.0, gap)
        case "bullets":
            mark = rng.choice((voice.bullet, voice.bullet, ""))
            return lambda facts: bullets(facts, mark, min(gap, 5.0))
        case "ruled-rows":
            return lambda facts: ruled_rows(facts, label_width, voice.tint if loose else None)
        case "bare":
            return lambda facts: bare(facts, gap)
        case "boxes":
            return lambda facts: boxes(facts, voice.tint, 4.0)
        case "leaders":
            return lambda facts: leaders(facts, gap)
        case "signs":
            return lambda facts: signs(facts, voice.accent, gap)
        case _:
            bar = rng.choice((voice.bar, voice.bar, "   ", " / ", ". "))
            with_labels = rng.random() < 0.7
            return lambda facts: run_in(facts, bar, with_labels)


def joined(fact: Fact, gap: str = " ") -> Runs:
    """Label and value in one line."""
    if not fact.label:
        return fact.value
    mark = fact.value[0].mark if fact.value else fact.label[0].mark
    return (*fact.label, Run(gap, mark, PLAIN), *fact.value)


def over(facts: Sequence[Fact], gap: float = 6.0, rule: str | None = None, align: str = "left") -> Node:
    """Label over value."""
    out: list[Node | None] = []
    for f in facts:
        value = f.body if f.body is not None else Para(f.value, align=align)
        pair = stack((line(f.label, align), value), 1.5, keep=f.body is None)
        out += [Rule(rule, 0.4), pair] if rule and out else [pair]
    return stack(out, gap)


def lines(facts: Sequence[Fact], gap: float = 3.0, align: str = "left") -> Node:
    """Label and value on a line, a fact a line; texts below their label."""
    out: list[Node | None] = []
    for f in facts:
        out += [line(f.label), f.body] if f.body is not None else [Para(joined(f), align=align)]
    return stack(out, gap)


def beside(
    facts: Sequence[Fact], width: float | str = "auto", gap: float = 3.0, right: bool = False, space: float = 8.0
) -> Node:
    """A column of labels, a column of values; a value without label stands in the second."""
    rows = tuple((Cell(line(f.label, "right" if right else "left")), Cell(f.node)) for f in facts)
    width = _wide_enough(facts, width)
    return Grid((width, "1fr"), rows, gap_x=space, gap_y=gap + ROOM) if rows else Space(0)


def _wide_enough(facts: Sequence[Fact], width: float | str, more: float = 0.0, whole: bool = False) -> float | str:
    """A width in which the longest word of all labels (`whole`: the longest label) finds room."""
    if isinstance(width, str):
        return width
    labels = [(r.text, r.look.size or 10.0) for f in facts for r in f.label]
    needs = [len(t) * 0.58 * size for text, size in labels for t in ([text] if whole else text.split())]
    return round(max([width, *(n + more for n in needs)]), 1)


def frames(facts: Sequence[Fact], width: float = 110.0, gap: float = 3.0) -> Node:
    """A frame of all labels, beside it a frame of all values: they come one after the other in the file."""
    labels = stack([line(f.label) or Para((Run(" ", f.value[0].mark),)) for f in facts if f.value], gap)
    values = stack([Para(f.value) for f in facts if f.value], gap)
    wide = _wide_enough(facts, width, whole=True)
    return Grid((wide, "1fr"), ((Cell(labels), Cell(values)),), gap_x=6)


def bullets(facts: Sequence[Fact], mark: str, gap: float = 3.0) -> Node:
    """A list item a fact. An empty mark is drawn."""
    return stack([Para(joined(f), item=1, marker=mark) if f.body is None else f.body for f in facts], gap)


def ruled_rows(
    facts: Sequence[Fact], width: float | str = "auto", fill: str | None = None, color: str = "#bbbbbb"
) -> Node:
    """Label and value between horizontal rules."""
    rows = tuple((Cell(line(f.label), fill=fill), Cell(f.node)) for f in facts)
    width = _wide_enough(facts, width, 8.0)
    return Grid((width, "1fr"), rows, inset=4, stroke=color, rules=True) if rows else Space(0)


def bare(facts: Sequence[Fact], gap: float = 3.0) -> Node:
    """Values without labels, one below the other."""
    return stack([f.node for f in facts], gap)


def boxes(facts: Sequence[Fact], fill: str, gap: float = 4.0) -> Node:
    """A filled box a fact, label over value."""
    return stack([Box(stack((line(f.label), f.node), 1.5), fill=fill, inset=5) for f in facts], gap)


def leaders(facts: Sequence[Fact], gap: float = 3.0) -> Node:
    """Dots from label to value."""
    out: list[Node | None] = []
    for f in facts:
        dots = "." * max(4, 34 - sum(len(r.text) for r in f.label))
        mark = f.label[0].mark if f.label else None
        run = (Run(f" {dots} ", mark),) if mark else ()
        out.append(Para((*f.label, *run, *f.value)) if f.body is None else f.body)
    return stack(out, gap)


def run_in(facts: Sequence[Fact], bar: str, with_labels: bool = True, align: str = "left") -> Node:
    """All facts in one paragraph, a sign between them."""
    out: list[Run] = []
    for f in facts:
        runs = joined(f) if with_labels else f.value
        if out and runs:
            before, after = out[-1].mark, runs[0].mark
            out.append(Run(bar, after if before.role is Role.DOMAIN else before, PLAIN))
        out += (replace(r, text=r.text.replace("\n", ", ")) for r in runs)
    return Para(tuple(out), align=align)


def signs(facts: Sequence[Fact], color: str, gap: float = 4.0) -> Node:
    """A drawn sign in place of each label."""
    rows = []
    for f in facts:
        sign = Box(None, fill=color, inset=0, width=11, height=11, radius=5.5 if f.role is Role.PERIOD else 1.0)
        rows.append((Cell(sign), Cell(f.node)))
    return Grid((18.0, "1fr"), tuple(rows), gap_y=gap + ROOM) if rows else Space(0)


def cells(
    facts: Sequence[Fact],
    count: int,
    fill: str | None = None,
    stroke: str | None = None,
    gap: float = 8.0,
    upside: bool = False,
    inset: float = 5.0,
) -> Node:
    """A grid of `count` cells a row, label over value (`upside`: value over label)."""
    rows, count = [], max(1, min(count, len(facts)))
    for at in range(0, len(facts), count):
        row = [Cell(_pair(f, upside), fill=fill) for f in facts[at : at + count]]
        rows.append(tuple(row + [Cell(None)] * (count - len(row))))
    if not rows:
        return Space(0)
    joint = 0.0 if stroke else gap
    return Grid(("1fr",) * count, tuple(rows), gap_x=joint, gap_y=joint, inset=inset, stroke=stroke)


def _pair(f: Fact, upside: bool) -> Node:
    parts = (f.node, line(f.label)) if upside else (line(f.label), f.node)
    return stack(parts, 2.0)


def strip(facts: Sequence[Fact], color: str, fill: str | None = None, tracked: bool = False) -> Node:
    """Cells side by side between two rules over the whole width."""
    some = (
        [replace(f, label=restyle(f.label, Look(size=7.0, upper=True, tracking=1.0))) for f in facts]
        if tracked
        else list(facts)
    )
    if not some:
        return Space(0)
    row = cells(some, min(len(some), 6), gap=8.0, inset=2.0)
    return stack((Rule(color, 0.8), Box(row, fill=fill, inset=3), Rule(color, 0.8)), 2)


def table(
    facts: Sequence[Fact],
    width: float | str = "30%",
    head: Cell | None = None,
    fill: str | None = None,
    stroke: str = "#888888",
    rules: bool = False,
    inset: float = 5.0,
    repeat: bool = False,
) -> Node:
    """A two-column table; `head`: a merged first row. A text that brings its heading along takes a whole row."""
    rows = [
        (Cell(f.body, colspan=2),) if f.body and not f.label else (Cell(line(f.label), fill=fill), Cell(f.node))
        for f in facts
    ]
    top = [(head,)] if head else []
    again = 1 if head and repeat else 0
    return Grid((width, "1fr"), tuple([*top, *rows]), inset=inset, stroke=stroke, rules=rules, head_rows=again)


def form(
    facts: Sequence[Fact],
    fill: str | None = None,
    stroke: str = "#888888",
    widths: tuple[float | str, ...] = ("auto", "1fr", "auto", "1fr"),
) -> Node:
    """A table of four columns: label, value, label, value; a text takes a whole row."""
    rows: list[tuple[Cell, ...]] = []
    short = [f for f in facts if f.body is None]
    for at in range(0, len(short), 2):
        couple = short[at : at + 2]
        row = [c for f in couple for c in (Cell(line(f.label), fill=fill), Cell(f.node))]
        rows.append(tuple(row if len(couple) == 2 else [row[0], replace(row[1], colspan=3)]))
    rows += [
        (Cell(line(f.label), fill=fill), Cell(f.node, colspan=3)) if f.label else (Cell(f.node, colspan=4),)
        for f in facts
        if f.body is not None
    ]
    return Grid(widths, tuple(rows), inset=5, stroke=stroke) if rows else Space(0)


def pills(facts: Sequence[Fact], fill: str, light: bool = False, gap: float = 5.0) -> Node:
    """Values in rounded boxes side by side."""
    look = WHITE if light else PLAIN
    some = [
        Box(Para(restyle(_flat(f.value), look)), fill=fill, inset=4, radius=8, width=None) for f in facts if f.value
    ]
    return Chain(tuple(some), gap)


def _flat(runs: Runs) -> Runs:
    return tuple(replace(r, text=r.text.replace("\n", ", ")) for r in runs)


def inverted(facts: Sequence[Fact], color: str = "#ffffff") -> list[Fact]:
    """The facts in a light colour, for a dark box."""
    look = Look(color=color)
    return [replace(f, label=restyle(f.label, look), value=restyle(f.value, look)) for f in facts]


def sized(facts: Sequence[Fact], size: float) -> list[Fact]:
    """The facts in one size."""
    look = Look(size=size)
    return [replace(f, label=restyle(f.label, look), value=restyle(f.value, look)) for f in facts]


def sized_labels(facts: Sequence[Fact], tracked: bool, size: float = 7.0) -> list[Fact]:
    """The facts, by wish with labels in small letterspaced capitals."""
    look = Look(size=size, upper=True, tracking=1.0)
    return [replace(f, label=restyle(f.label, look)) for f in facts] if tracked else list(facts)


def relabelled(fact: Fact, sign: str | None) -> Fact:
    """The fact with another sign behind its label; None: with its own."""
    if sign is None or not fact.label:
        return fact
    last = fact.label[-1]
    bare = last.text.rstrip(" :.–-\u00a0\u202f")
    return replace(fact, label=(*fact.label[:-1], replace(last, text=bare + sign)))


def badge(fact: Fact | None, fill: str) -> Node | None:
    """One value in a filled corner badge."""
    if fact is None:
        return None
    return Box(Para(restyle(_flat(fact.value), WHITE)), fill=fill, inset=5, width=None)


def spot(fact: Fact | None, color: str) -> Node | None:
    """One value behind a drawn dot ("● Livré")."""
    if fact is None:
        return None
    return Grid((9.0, "1fr"), ((Cell(stack((Space(2.5), dot(color, 5.0)), 0)), Cell(fact.node)),))
