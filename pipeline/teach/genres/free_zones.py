"""No genre: a mission in zones. Its facts stand left, right, above, below, on both sides or amid the texts; title and
client stand over all, over one zone or in one; texts fill one to three columns and go on overleaf by lot.

Where `free` grows a tree of anything, a page here is laid out as people lay it out, in one of many ways for a brochure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.facts import tags
from carnet.pipeline.teach.blocks.firm import firm_block, firm_speaker
from carnet.pipeline.teach.content import Brochure, Extra, MissionFacts
from carnet.pipeline.teach.facts.amounts import amount_forms, works_cost
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, PageBreak, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

Draw = Callable[[MissionFacts], Node | None]
PLACES = ("left", "left", "right", "right", "top", "top", "bottom", "bottom", "both", "amid", "flow")


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A mission a page or over two, seldom two a page; the firm about itself on pages between, in the same look."""
    page = c.page(rng, ("a4", "a4", "a4", "a4-wide", "16:9", "16:9-small", "4:3", "letter", "a5", "square"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.3)
    zones = zones_of(rng, brochure, voice, page.inner_width, page.inner_height, size)
    many = rng.choice((1, 1, 1, 1, 2))
    between = _between(rng, brochure, voice, zones, len(brochure.missions))

    def pages(mission: MissionFacts) -> list[Node | None]:
        before = [node for at, node in between if at == mission.ordinal]
        drawn = zones.pages(mission)
        return (
            [*before, PageBreak(), *drawn]
            if before and many == 1
            else [*before, Space(14), *drawn]
            if before
            else drawn
        )

    return c.bind(rng, brochure, voice, dressed, pages, size, together=many)


def _between(rng: Random, brochure: Brochure, voice: Voice, zones: Zones, count: int) -> list[tuple[int, Node]]:
    """By lot the firm about itself before some missions, mostly before the first."""
    if rng.random() < 0.5:
        return []
    at = {1} if rng.random() < 0.7 else {rng.randint(1, count)}
    at |= {rng.randint(1, count)} if rng.random() < 0.25 else set()
    return [(n, firm_block(rng, brochure, voice, zones.texts, zones.arranged)) for n in sorted(at)]


# ---- zones


@dataclass(frozen=True)
class Zones:
    """How every mission of a brochure is laid out. `place`: of the facts, one of PLACES; `title`, `client`: where they
    stand ("over", "text", "facts", "foot"); `share`: of the width for facts beside; `count`: columns of texts."""

    rng: Random
    voice: Voice
    place: str
    title: str
    client: str
    client_first: bool
    share: float
    count: int
    width: float
    height: float
    size: float
    cap: float
    gap: float
    facts: c.Choice
    late: c.Choice | None
    arranged: c.Arrangement
    cells: int
    texts: c.Texts
    subheads: bool
    overleaf: float
    kicker: Draw
    asides: tuple[Draw, ...]
    box: Callable[[Node | None], Node | None]
    head_box: Callable[[Node | None], Node | None]
    works: Callable[[MissionFacts], MissionFacts]
    box_title: str

    def pages(self, mission: MissionFacts) -> list[Node | None]:
        """The nodes of a mission."""
        mission = self.works(mission)
        texts, rest = self._texts(mission)
        head = self.head_box(_stacked(self._named(mission, "over"), 4.0))
        top = _stacked([self.kicker(mission), head], 3.0)
        whole = [top, *self._laid(mission, texts), *self._named(mission, "foot")]
        return [_stacked(whole, self.gap), *rest]

    # ---- the zones

    def _laid(self, mission: MissionFacts, texts: list[Node]) -> list[Node | None]:
        facts, more = self._facts(mission), self._late(mission)
        over_text = self._named(mission, "text")
        asides = [node for draw in self.asides if (node := draw(mission)) is not None]
        match self.place:
            case "left" | "right":
                return [self._beside(facts, [*over_text, *texts, *asides, more])]
            case "both":
                return [self._on_both_sides(facts, [*over_text, *texts], [more, *asides])]
            case "top":
                return [*over_text, facts, self._in_columns(texts), *asides, more]
            case "amid":
                return [*over_text, *texts[:1], facts, self._in_columns(texts[1:]), more, *asides]
            case "flow":
                flow = [n for n in (*over_text, facts, *texts, *asides, more) if n is not None]
                return [columned(flow, max(2, self.count), 18.0, self.width, self.size, self.height - 90, 8.0)]
        return [*over_text, self._in_columns(texts), *asides, facts, more]

    def _beside(self, facts: Node | None, body: Sequence[Node | None]) -> Node | None:
        inner = _stacked(body, self.gap)
        if facts is None or inner is None:
            return facts or inner
        wide = self.width * self.share
        cells = (Cell(facts), Cell(inner))
        widths: tuple[float | str, ...] = (wide, "1fr")
        if self.place == "right":
            cells, widths = cells[::-1], widths[::-1]
        return Grid(widths, (cells,), gap_x=16.0)

    def _on_both_sides(self, facts: Node | None, body: Sequence[Node | None], last: Sequence[Node | None]) -> Node:
        end = _stacked(last, self.gap)
        side = self.width * 0.24
        if end is None:
            return Grid((side, "1fr"), ((Cell(facts), Cell(_stacked(body, self.gap))),), gap_x=14.0)
        return Grid((side, "1fr", side), ((Cell(facts), Cell(_stacked(body, self.gap)), Cell(end)),), gap_x=14.0)

    def _in_columns(self, texts: list[Node]) -> Node | None:
        if self.count == 1 or not texts:
            return _stacked(texts, self.gap)
        if self.count == len(texts):
            return c.abreast(texts)
        return columned(texts, self.count, 18.0, self.width, self.size, self.height - 120, self.gap)

    # ---- their parts

    def _named(self, mission: MissionFacts, at: str) -> list[Node]:
        """Title and client, those that stand there."""
        pair = [(Role.TITLE, self.title), (Role.CLIENT, self.client)]
        out: list[Node] = []
        for role, place in pair[::-1] if self.client_first else pair:
            runs = c.capped(self.voice.value(mission, role, role.value), self.cap)
            if place == at and runs:
                out.append(Para(runs))
        return out

    def _facts(self, mission: MissionFacts) -> Node | None:
        some = self.facts.of(self.voice, mission)
        drawn = (c.cells(some, self.cells) if self.cells and len(some) > 1 else self.arranged(some)) if some else None
        name = None
        if self.box_title and some:
            name = c.say(self.box_title, Role.LABEL, mission.ordinal, self.voice.look("text_label"))
        inside = [*self._named(mission, "facts"), *([name] if name else []), *([drawn] if drawn else [])]
        return self.box(_stacked(inside, 5.0))

    def _late(self, mission: MissionFacts) -> Node | None:
        some = self.late.of(self.voice, mission) if self.late else []
        return self.arranged(some) if some else None

    def _texts(self, mission: MissionFacts) -> tuple[list[Node], list[Node | None]]:
        texts = self.texts
        if self.subheads:
            speaker = Speaker(self.rng, load("firm")["subheads"])
            labels = {**self.voice.labels, **{r: speaker.a(r.value) for r in NARRATIVE}}
            texts = replace(texts, voice=replace(self.voice, labels=labels))
        return c.suite(self.rng, self.voice, texts, mission, self.overleaf)


def zones_of(
    rng: Random, brochure: Brochure, voice: Voice, width: float, height: float, size: float, cap: float = 26.0
) -> Zones:
    """Zones by lot for a space of this width and height."""
    narrow = width < 300
    place = rng.choice(("top", "bottom", "amid", "top", "bottom") if narrow else PLACES)
    beside, share = place in ("left", "right"), rng.uniform(0.24, 0.42)
    title = rng.choice(("over",) * 6 + ("text", "text", "list", "foot") + (("facts",) if beside else ()))
    voice = replace(voice, labels={}) if rng.random() < 0.12 else voice
    client = rng.choice(("over", "over", "list", "list", "text", "facts", "foot"))
    whole = c.choice(rng, voice, {Role.TITLE, *({Role.CLIENT} if client != "list" else ())}, domain=0.15)
    if title == "list":
        whole = replace(whole, roles=(Role.TITLE, *whole.roles) if rng.random() < 0.7 else (*whole.roles, Role.TITLE))
    late = [r for r in whole.roles if rng.random() < 0.25] if rng.random() < 0.35 or place == "both" else []
    column = width * {"left": share, "right": share, "both": 0.24, "flow": 0.48}.get(place, 1.0)
    tight = place == "both" or title == "facts"
    return Zones(
        rng=rng,
        voice=voice,
        place=place,
        title=title,
        client=client,
        client_first=rng.random() < 0.45,
        share=share,
        count=1 if narrow else rng.choice((1, 1, 2, 2, 3)),
        width=width,
        height=height,
        size=size,
        cap=min(cap, size * 1.5) if tight else rng.choice((size, size * 1.2, size * 1.6, cap)),
        gap=rng.choice((6.0, 9.0, 13.0)),
        facts=whole.without(late),
        late=replace(whole.only(late), extras="none") if late else None,
        arranged=_arranged(rng, voice, column),
        cells=rng.choice((0, 0, 2, 3, 4)) if column > 380 else 0,
        texts=c.texts(rng, voice, c.NARROW if place in ("both", "flow") or narrow else c.HEADINGS),
        subheads=rng.random() < 0.3,
        overleaf=0.0 if narrow else rng.choice((0.0, 0.0, 0.0, 0.5)),
        kicker=_kicker(rng, brochure, voice),
        asides=_asides(rng, voice, narrow),
        box=_box(rng, voice),
        head_box=_box(rng, voice) if rng.random() < 0.3 else lambda node: node,
        works=works_adder(rng, brochure),
        box_title=c.word(rng, "box_titles") if rng.random() < 0.2 else "",
    )


def _arranged(rng: Random, voice: Voice, width: float) -> c.Arrangement:
    """An arrangement of facts by lot, wider than what fits anywhere: strips, tables, forms, signs, numbered lines."""
    plain = c.arrangement(rng, voice, width=width)
    stroke, share = rng.choice(("#888888", "#bbbbbb", voice.accent)), rng.choice(("30%", "38%", "45%"))
    match rng.choice(("plain",) * 7 + ("strip", "table", "form", "signs", "numbered", "tracked")):
        case "strip" if width > 380:
            return lambda facts: c.strip(facts[:6], voice.accent) if len(facts) < 7 else plain(facts)
        case "table" if width > 170:
            return lambda facts: c.table(facts, share, stroke=stroke, rules=True, inset=3.5)
        case "form" if width > 380:
            return lambda facts: c.form(facts, None, stroke)
        case "signs":
            return lambda facts: c.signs(facts, voice.accent, 4.0)
        case "numbered":
            return lambda facts: plain([_numbered(f, n) for n, f in enumerate(facts, 1)])
        case "tracked":
            return lambda facts: plain(c.sized_labels(facts, True))
    return plain


def _numbered(fact: c.Fact, number: int) -> c.Fact:
    """The fact with a number before its label."""
    if not fact.label:
        return fact
    first = fact.label[0]
    return replace(fact, label=(replace(first, text=f"{number}. {first.text}"), *fact.label[1:]))


def _stacked(nodes: Sequence[Node | None], gap: float) -> Node | None:
    some = [n for n in nodes if n is not None]
    return c.stack(some, gap) if some else None


def _kicker(rng: Random, brochure: Brochure, voice: Voice) -> Draw:
    """By lot a line over the mission: its part, place, dates, number, reference or what kind of client it had."""
    kind = rng.choice(("none",) * 6 + ("domain", "place", "period", "number", "reference", "kind", "domain+place"))
    kinds, total = firm_speaker(rng, brochure).words[0]["client_kinds"], len(brochure.missions)
    form, look = c.word(rng, "file_words"), voice.look("kicker")

    def draw(mission: MissionFacts) -> Node | None:
        n = mission.ordinal
        match kind:
            case "domain" | "domain+place":
                part = (Run(mission.domain, Mark(Role.DOMAIN, n), look),) if mission.domain else ()
                place = voice.value(mission, Role.PLACE, "kicker") if kind != "domain" else ()
                return c.line((*part, *((Run(voice.bar, part[-1].mark),) if part and place else ()), *place))
            case "place" | "period" | "reference":
                return c.line(voice.value(mission, Role(kind), "kicker"))
            case "number":
                return c.say(form.format(n=n, nn=f"{n:02}", total=total), Role.REFERENCE, n, look=look)
            case "kind":
                return c.say(rng.choice(kinds), Role.OTHER, n, look=look)
        return None

    return draw


def _asides(rng: Random, voice: Voice, narrow: bool) -> tuple[Draw, ...]:
    """By lot what stands beside a mission and is none of its values: a big figure, a quote, a picture, tags."""
    size, height = rng.choice((18.0, 24.0, 32.0)), rng.uniform(40, 90 if narrow else 160)
    look = Look(size=size, bold=True, color=voice.accent2)
    quoted = rng.choice((9.0, 11.0, 14.0))

    def figure(mission: MissionFacts) -> Node:
        number, word = c.word(rng, "big_figures"), c.word(rng, "big_figure_words")
        return c.stack((c.aside(number, mission, look), c.aside(word, mission, voice.look("small"))), 1)

    def quote(mission: MissionFacts) -> Node | None:
        return c.quote(voice, mission, quoted)

    def picture(mission: MissionFacts) -> Node:
        return c.captioned(rng, mission.ordinal, "100%", height, voice.look("small"))

    some = [(figure, 0.15), (quote, 0.3), (picture, 0.3), (tags(rng, voice), 0.12)]
    return tuple(draw for draw, share in some if rng.random() < share)


def _box(rng: Random, voice: Voice) -> Callable[[Node | None], Node | None]:
    """The dress of a zone."""
    form = rng.choice(("none", "none", "none", "tint", "stroke", "ruled", "left", "filled"))
    inset = rng.uniform(5, 10)

    def dress(node: Node | None) -> Node | None:
        if node is None:
            return None
        match form:
            case "tint":
                return Box(node, fill=voice.tint, inset=inset, keep=False)
            case "filled":
                return Box(c.recolored(node, "#ffffff"), fill=voice.accent, inset=inset, keep=False)
            case "stroke":
                return Box(node, stroke=voice.accent, inset=inset, keep=False)
            case "left":
                return Box(node, stroke=voice.accent, stroke_width=2.0, sides="l", inset=inset, keep=False)
            case "ruled":
                return c.stack((Rule(voice.accent, 0.8), node, Rule(voice.accent, 0.8)), 4)
        return node

    return dress


def works_adder(rng: Random, brochure: Brochure) -> Callable[[MissionFacts], MissionFacts]:
    """By lot every mission with a cost of works among its facts, under one label."""
    if rng.random() > 0.25:
        return lambda mission: mission
    forms, label = amount_forms(rng, brochure.country, brochure.firm, False), rng.choice(load("firm")["works_labels"])

    def add(mission: MissionFacts) -> MissionFacts:
        if any(e.role is Role.WORKS_COST for e in mission.extras) or rng.random() < 0.1:
            return mission
        cost = Extra(label, works_cost(rng, forms, brochure.country), Role.WORKS_COST)
        return replace(mission, extras=(cost, *mission.extras))

    return add
