"""No genre: slides full of boxes.

Title, client, groups of facts, texts, figures, steps and pictures are dealt to rows of boxes by lot; slides in the very
same look speak of the firm, its services and its team, and hold no mission.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from carnet.pipeline.teach.blocks.facts import tags
from carnet.pipeline.teach.blocks.firm import firm_speaker
from carnet.pipeline.teach.blocks.lists import listed, listed_rows, listed_words
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.genres.free_zones import works_adder
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, PageBreak, Paper, Para, Rule, Run, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

Draw = Callable[[MissionFacts], Node | None]
_TALL = ((1, 3), (3, 1), (3, 2), (2, 1, 3))
_ROWS = (*_TALL, (3,), (4,), (2, 3), (1, 4), (3, 3), (1, 2, 3), (4, 3), (5,), (2, 4), (1, 1, 3))
"""How many boxes a row holds; what is left over goes on with the last."""


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A mission a slide, seldom two; slides of the firm before, between and behind."""
    page = c.page(rng, ("16:9", "16:9", "16:9-small", "4:3", "a4-wide", "a4"), tight=0.8)
    size = c.page_size(rng, page) * rng.uniform(0.85, 1.0)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.25)
    deck = _deck(rng, brochure, voice, page, size)
    adds = works_adder(rng, brochure)
    before, between = rng.choice((0, 0, 1, 2, 3)), rng.choice((0.0, 0.0, 0.15, 0.4))

    def pages(mission: MissionFacts) -> list[Node | None]:
        count = before if mission.ordinal == 1 else int(rng.random() < between)
        firm = [n for _ in range(count) for n in (deck.of_firm(rng, brochure), PageBreak())]
        return [*firm, deck.of_mission(adds(mission))]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=rng.choice((1, 1, 1, 1, 2)))


# ---- the look of a slide


@dataclass(frozen=True)
class _Deck:
    """How every slide of a deck is made. `rows`: how many boxes stand in each row."""

    voice: Voice
    size: float
    width: float
    rows: tuple[int, ...]
    box: Callable[[Node | None, c.Runs], Node]
    head: Callable[[Node | None, Node | None], Node | None]
    parts: tuple[Callable[[MissionFacts], list[tuple[c.Runs, Node]]], ...]
    title: Draw
    client: Draw
    kicker: Draw
    gap: float

    def of_mission(self, mission: MissionFacts) -> Node:
        """The slide of a mission."""
        boxes = [self.box(node, label) for part in self.parts for label, node in part(mission)]
        over = self.head(self.title(mission), self.client(mission))
        return c.stack((self.kicker(mission), over, self.laid(boxes)), self.gap)

    def of_firm(self, rng: Random, brochure: Brochure) -> Node:
        """A slide about the firm."""
        title, some = _said_of_firm(rng, brochure, self.voice)
        cap = self.size * 2
        runs = c.capped((Run(title, Mark(Role.FRONT), self.voice.look("title")),), cap)
        below = c.say(firm_speaker(rng, brochure).a("heads"), Role.FRONT, look=self.voice.look("client"))
        over = self.head(Para(runs), below if rng.random() < 0.2 else None)
        return c.stack((over, self.laid([self.box(node, label) for label, node in some])), self.gap)

    def laid(self, boxes: Sequence[Node]) -> Node | None:
        """Boxes in rows; never two over two, as a genre has them that is kept for measuring."""
        rows: list[Node] = []
        left, at = list(boxes), 0
        counts = (1, 3) if len(boxes) == 4 and self.rows[0] == 2 else self.rows
        while left:
            count = min(counts[min(at, len(counts) - 1)], len(left))
            row, left, at = left[:count], left[count:], at + 1
            rows.append(Grid(("1fr",) * count, (tuple(Cell(b) for b in row),), gap_x=9.0) if count > 1 else row[0])
        return c.stack(rows, 5.0) if rows else None


def _deck(rng: Random, brochure: Brochure, voice: Voice, page: c.Page, size: float) -> _Deck:
    cap = size * rng.choice((1.0, 1.4, 2.0, 2.6))
    titled = rng.choice(("over",) * 5 + ("box", "both"))
    client = rng.choice(("over", "over", "facts", "facts", "box"))
    title_draw, client_draw = _value(voice, Role.TITLE, cap), _value(voice, Role.CLIENT, min(cap, size * 1.6))
    parts = _parts(rng, voice, page, size, client == "facts")
    if titled == "box":
        parts.insert(0, lambda m: _alone(title_draw(m)))
    if client == "box":
        parts.insert(rng.randint(0, len(parts)), lambda m: _alone(client_draw(m)))
    return _Deck(
        voice=voice,
        size=size,
        width=page.inner_width,
        rows=rng.choice(_ROWS if page.wide else _TALL),
        box=_box(rng, voice),
        head=_head(rng, voice),
        parts=tuple(parts),
        title=title_draw if titled != "box" else lambda m: None,
        client=client_draw if client == "over" else lambda m: None,
        kicker=_kicker(rng, voice),
        gap=rng.choice((5.0, 9.0, 14.0)),
    )


def _value(voice: Voice, role: Role, cap: float) -> Draw:
    return lambda mission: c.line(c.capped(voice.value(mission, role, role.value), cap))


def _alone(node: Node | None) -> list[tuple[c.Runs, Node]]:
    return [((), node)] if node is not None else []


def _head(rng: Random, voice: Voice) -> Callable[[Node | None, Node | None], Node | None]:
    """Title and client over the boxes: in a band, ruled, side by side, plain."""
    form, turned = rng.choice(("plain", "plain", "band", "ruled", "beside", "left")), rng.random() < 0.35

    def draw(title: Node | None, client: Node | None) -> Node | None:
        some = [n for n in ((client, title) if turned else (title, client)) if n is not None]
        if not some:
            return None
        if form == "beside" and len(some) == 2:
            return c.beside(some[0], some[1], ("2fr", "1fr"))
        both = c.stack(some, 1.0)
        match form:
            case "band":
                return Box(c.recolored(both, "#ffffff"), fill=voice.accent, inset=6)
            case "ruled":
                return c.stack((both, Rule(voice.accent, 1.0)), 2)
            case "left":
                return Box(both, stroke=voice.accent, stroke_width=3, sides="l", inset=6)
        return both

    return draw


def _box(rng: Random, voice: Voice) -> Callable[[Node | None, c.Runs], Node]:
    """A box with its heading inside, as a band over it, or beside a coloured edge."""
    form = rng.choice(("tint", "tint", "stroke", "stroke", "band", "band", "edge", "none", "top", "grey", "round"))
    inset = rng.uniform(4, 9)

    def draw(node: Node | None, label: c.Runs) -> Node:
        if form == "band" and label:
            band = Box(Para(c.restyle(label, c.WHITE)), fill=voice.accent, inset=4)
            return Stack((band, Box(node, stroke=voice.accent, inset=inset, keep=False)), gap=0)
        inner = c.stack((c.line(label), node), 2.0)
        match form:
            case "tint":
                return Box(inner, fill=voice.tint, inset=inset, keep=False)
            case "grey":
                return Box(inner, fill="#efefef", inset=inset, keep=False)
            case "round":
                return Box(inner, stroke=voice.accent2, radius=8, inset=inset + 2, keep=False)
            case "edge":
                return Box(inner, stroke=voice.accent, stroke_width=2, sides="l", inset=inset, keep=False)
            case "top":
                return Box(inner, stroke=voice.accent, stroke_width=2, sides="t", inset=inset, keep=False)
            case "none":
                return inner
        return Box(inner, stroke=voice.accent, inset=inset, keep=False)

    return draw


def _kicker(rng: Random, voice: Voice) -> Draw:
    """By lot the mission's part or place over its slide."""
    kind = rng.choice(("none", "none", "none", "domain", "place"))

    def draw(mission: MissionFacts) -> Node | None:
        if kind == "domain" and mission.domain:
            return c.say(mission.domain, Role.DOMAIN, mission.ordinal, look=voice.look("kicker"))
        return c.line(voice.value(mission, Role.PLACE, "kicker")) if kind == "place" else None

    return draw


# ---- boxes of a mission

Part = Callable[[MissionFacts], list[tuple[c.Runs, Node]]]


def _parts(rng: Random, voice: Voice, page: c.Page, size: float, with_client: bool) -> list[Part]:
    """What goes into boxes, in an order by lot."""
    whole = c.choice(rng, voice, {Role.TITLE, *(() if with_client else (Role.CLIENT,))}, domain=0.1)
    facts = _facts(rng, voice, whole, page.inner_width / 3 - 24)
    texts = c.texts(rng, voice, ("plain",), drop_cap=0)
    some: list[Part] = [facts, lambda m: [(texts.label(m, r, ""), _text(texts, m, r)) for r in texts.roles(m)]]
    extra = [_steps(rng, voice), _figures(rng, voice, size), _picture(rng, voice), _quote(voice, size)]
    extra.append(_tags(rng, voice))
    some += [part for part in extra if rng.random() < 0.22]
    if rng.random() < 0.5:
        rng.shuffle(some)
    return some


def _text(texts: c.Texts, mission: MissionFacts, role: Role) -> Node:
    return c.stack(texts.set(texts.items(mission, role)), texts.item_gap)


def _facts(rng: Random, voice: Voice, whole: c.Choice, width: float) -> Part:
    """All facts in one box, each in its own with its label as heading, or two or three in each."""
    form, share = rng.choice(("one", "one", "each", "each", "some")), rng.randint(2, 3)
    arranged = c.arrangement(rng, voice, width=width)
    name = c.word(rng, "box_titles") if rng.random() < 0.3 else ""

    def draw(mission: MissionFacts) -> list[tuple[c.Runs, Node]]:
        facts = whole.of(voice, mission)
        if form == "each":
            return [(f.label, f.node) for f in facts]
        label: c.Runs = (Run(name, Mark(Role.LABEL, mission.ordinal), voice.look("text_label")),) if name else ()
        if form == "one":
            return [(label, arranged(facts))] if facts else []
        return [((), arranged(facts[i : i + share])) for i in range(0, len(facts), share)]

    return draw


def _steps(rng: Random, voice: Voice) -> Part:
    """Names of phases in small boxes."""
    count, sign = rng.randint(3, 5), rng.choice((" ›", " →", "", ""))

    def draw(mission: MissionFacts) -> list[tuple[c.Runs, Node]]:
        names = c.words(rng, "phases", count)
        look = voice.look("small")
        said = [c.say(n + sign, Role.OTHER, mission.ordinal, look=look) for n in names]
        cells = tuple(Cell(Box(s, fill=voice.tint, inset=3)) for s in said)
        return [((), Grid(("1fr",) * len(cells), (cells,), gap_x=4))]

    return draw


def _figures(rng: Random, voice: Voice, size: float) -> Part:
    """Big figures, each with a word."""
    look, count = Look(size=size * rng.choice((1.6, 2.2, 3.0)), bold=True, color=voice.accent), rng.randint(1, 3)

    def draw(mission: MissionFacts) -> list[tuple[c.Runs, Node]]:
        numbers, words = c.words(rng, "big_figures", count), c.words(rng, "big_figure_words", count)
        small = voice.look("small")
        pairs = zip(numbers, words, strict=True)
        cells = tuple(Cell(c.stack((c.aside(n, mission, look), c.aside(w, mission, small)), 0)) for n, w in pairs)
        return [((), Grid(("1fr",) * count, (cells,), gap_x=8))]

    return draw


def _picture(rng: Random, voice: Voice) -> Part:
    height = rng.uniform(40, 110)
    return lambda mission: [((), c.captioned(rng, mission.ordinal, "100%", height, voice.look("small")))]


def _quote(voice: Voice, size: float) -> Part:
    return lambda mission: _alone(c.quote(voice, mission, size * 1.1))


def _tags(rng: Random, voice: Voice) -> Part:
    drawn = tags(rng, voice)
    return lambda mission: _alone(drawn(mission))


# ---- slides of the firm


def _said_of_firm(rng: Random, brochure: Brochure, voice: Voice) -> tuple[str, list[tuple[c.Runs, Node]]]:
    """A title, and boxes: steps of a method, services, promises, figures, people, prices, facts of the firm."""
    speaker, count = firm_speaker(rng, brochure), rng.randint(3, 6)
    match rng.choice(("method", "offer", "charter", "figures", "team", "prices", "firm", "firm", "plan", "words")):
        case "method":
            return c.word(rng, "method"), _headed(voice, c.couples(rng, "method_steps", count))
        case "offer":
            some = zip(listed_words(rng, "offer_lines", count), listed_words(rng, "offer_texts", count), strict=False)
            return listed(rng, "offer_titles"), _headed(voice, list(some))
        case "charter":
            promised = [("", text) for text in listed_words(rng, "charter_lines", count)]
            return listed(rng, "charter_titles"), _headed(voice, promised)
        case "figures":
            return c.word(rng, "figures"), _headed(voice, list(brochure.figures))
        case "team" if brochure.team:
            return c.word(rng, "team"), _headed(voice, list(brochure.team), Role.TEAM)
        case "prices":
            return c.word(rng, "prices"), _headed(voice, c.couples(rng, "price_lines", count))
        case "plan":
            rows = [(r[0], " – ".join(r[1:])) for r in listed_rows(rng, "plan_rows", count)]
            return listed(rng, "plan_titles"), _headed(voice, rows)
        case "words":
            return c.word(rng, "clients"), _headed(voice, [("", f"« {t} »") for t in c.words(rng, "quotes", count)])
    said = [(speaker.a("heads"), " ".join(speaker.a("texts") for _ in range(rng.randint(1, 3)))) for _ in range(count)]
    return speaker.a("titles"), _headed(voice, said)


def _headed(voice: Voice, pairs: Sequence[tuple[str, str]], role: Role = Role.FRONT) -> list[tuple[c.Runs, Node]]:
    """Boxes with a heading and a text, in the look of a mission's."""
    return [
        (
            (Run(head, Mark(role), voice.look("text_label")),) if head else (),
            c.say(text, role, look=voice.look("text")),
        )
        for head, text in pairs
    ]
