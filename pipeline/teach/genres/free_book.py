"""No genre: a book of missions in parts, each of these by lot: what the parts are (domains, clients, years), how they
open, what a page of one holds (one mission, two side by side of unequal length, a flow through columns), how a mission
is laid out or told, where the firm speaks of itself in between and what lists the missions before them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks import groups, items, told
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.firm import firm_block, firm_speaker
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.genres.free import mission_drawer
from carnet.pipeline.teach.genres.free_lists import entry_drawer
from carnet.pipeline.teach.genres.free_zones import zones_of
from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Grid,
    Look,
    Mark,
    Node,
    PageBreak,
    Paper,
    Para,
    Rule,
    Run,
    Sheet,
    Space,
)
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

Draw = Callable[[MissionFacts], list[Node | None]]
Group = tuple[str | None, list[MissionFacts]]
HEADS = ("plain", "plain", "rule", "band", "tint", "page", "page", "page-filled", "side", "number", "large")
_KINDS = {"client": Role.GROUP_CLIENT, "year": Role.YEAR}


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Parts one after the other, each on pages of its own or not."""
    page = c.page(rng, ("a4", "a4", "a4", "a4-wide", "letter", "16:9-small", "4:3", "a5", "square"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.45)
    book = _book(rng, brochure, voice, page, size)
    apart = rng.random() < 0.6 or dressed.names_domain
    parts = [(name, book.part(name, some, n)) for n, (name, some) in enumerate(book.groups(), 1)]
    if apart:
        sheets = [dressed.sheet(nodes, name if book.kind == "domain" else None) for name, nodes in parts]
    else:
        room = rng.uniform(16, 34)
        sheets = [dressed.sheet([n for _, nodes in parts for n in (*nodes, Space(room))])]
    return bind(rng, brochure, voice, dressed, [*_before(rng, brochure, voice, dressed), *sheets], size)


# ---- parts


@dataclass(frozen=True)
class _Book:
    """How the parts of a book are made. `kind`: domain, client, year or none; `form`: how missions share a page."""

    rng: Random
    brochure: Brochure
    voice: Voice
    page: c.Page
    size: float
    kind: str
    head: str
    noted: bool
    form: str
    share: float
    drawn: Draw
    opener: c.Opener
    firm: Callable[[], Node]
    firms: float
    bare_years: bool

    def groups(self) -> list[Group]:
        """The parts; missions of which the book does not know where they belong stand first, under no name."""
        some: list[Group]
        match self.kind:
            case "none":
                return [(None, list(self.brochure.missions))]
            case "client":
                some = list(groups.grouped(self.brochure.missions, groups.client_text))
            case "year":
                years = groups.grouped(self.brochure.missions, groups.first_year)
                some = [(str(year) if year else None, list(of)) for year, of in years]
            case _:
                some = [(name or None, list(of)) for name, of in groups.parts(self.brochure)]
        return sorted(some, key=lambda g: g[0] is not None)

    def part(self, name: str | None, missions: Sequence[MissionFacts], number: int) -> list[Node]:
        """A part: its opening, by lot the firm about itself, its missions."""
        nodes = self._opening(name, number, len(missions)) if name else []
        if self.rng.random() < self.firms:
            nodes += [self.firm(), PageBreak() if self.form == "page" else Space(20)]
        return [*nodes, *self._missions([self._shown(m, name) for m in missions])]

    def _shown(self, mission: MissionFacts, name: str | None) -> MissionFacts:
        """The mission without what the name of its part says."""
        drop = (
            Role.CLIENT if self.kind == "client" else Role.PERIOD if self.kind == "year" and self.bare_years else None
        )
        if name is None or drop is None:
            return mission
        return replace(mission, values={r: v for r, v in mission.values.items() if r is not drop})

    # ---- how a part opens

    def _opening(self, name: str, number: int, count: int) -> list[Node]:
        if self.kind == "domain":
            return list(self.opener(name, number))
        role, look = _KINDS[self.kind], self.voice.look("domain" if self.kind == "year" else "client")
        cap = 30.0 if self.head in ("large", "page", "page-filled") else 17.0
        runs = c.capped(c.floored((Run(name, Mark(role), look),), self.size), cap)
        note = self._note(number, count)
        room = Space(self.size)
        match self.head:
            case "page":
                return [Space(self.page.inner_height * 0.35), c.stack((Para(runs), note), 6), PageBreak()]
            case "page-filled":
                inner = c.stack((Para(c.restyle(runs, c.WHITE)), note and c.recolored(note, "#ffffff")), 8)
                box = Box(inner, fill=self.voice.accent, inset=24, height=self.page.inner_height * 0.5)
                return [box, PageBreak()]
            case "band":
                return [Box(Para(c.restyle(runs, c.WHITE)), fill=self.voice.accent, inset=5), room]
            case "tint":
                return [Box(c.stack((Para(runs), note), 2), fill=self.voice.tint, inset=6), room]
            case "rule":
                return [c.stack((Para(runs), Rule(self.voice.accent, 0.8), note), 3), room]
            case "side":
                return [Box(Para(runs), stroke=self.voice.accent, stroke_width=3, sides="l", inset=6), room]
            case "number" if note:
                return [c.beside(Para(runs), note, ("1fr", "auto")), room]
        return [Para(runs), room]

    def _note(self, number: int, count: int) -> Node | None:
        if not self.noted:
            return None
        speaker = firm_speaker(self.rng, self.brochure)
        speaker.given["n"] = str(count if count > 1 else number)
        text = speaker.a("divider_notes")
        return c.say(text, Role.FRONT, look=self.voice.look("small"))

    # ---- missions on pages

    def _missions(self, missions: Sequence[MissionFacts]) -> list[Node]:
        drawn = [c.stack(self.drawn(m), 6) for m in missions]
        match self.form:
            case "page":
                return [n for i, node in enumerate(drawn) for n in ((PageBreak(), node) if i else (node,))]
            case "pair":
                wide = (self.page.inner_width - 20) * self.share
                rows = [drawn[i : i + 2] for i in range(0, len(drawn), 2)]
                made = [Grid((wide, "1fr"), (tuple(Cell(n) for n in row),), gap_x=20) for row in rows if len(row) == 2]
                last = [row[0] for row in rows if len(row) == 1]
                return [n for node in [*made, *last] for n in (node, Space(18))]
            case "columns":
                flow = [n for node in drawn for n in (node, Space(16))]
                inner, room = self.page.inner_width, self.page.inner_height - 80
                return [columned(flow, 2, 20.0, inner, self.size, room, even=self.rng.random() < 0.5)]
        rule = [Rule("#aaaaaa", 0.5), Space(10)] if self.noted else []
        return [n for node in drawn for n in (node, Space(14), *rule)]


def _book(rng: Random, brochure: Brochure, voice: Voice, page: c.Page, size: float) -> _Book:
    kind = rng.choice(("domain", "domain", "domain", "client", "year", "none"))
    form = rng.choice(("page", "page", "pair", "columns", "flow"))
    share = rng.choice((0.5, 0.5, 0.4, 0.6))
    width = page.inner_width
    if form in ("pair", "columns"):
        width = (width - 20) * min(share, 1 - share)
    texts, arranged = c.texts(rng, voice, c.NARROW), c.arrangement(rng, voice, width=width)
    return _Book(
        rng=rng,
        brochure=brochure,
        voice=voice,
        page=page,
        size=size,
        kind=kind,
        head=rng.choice(HEADS),
        noted=rng.random() < 0.3,
        form=form,
        share=share,
        drawn=_drawer(rng, brochure, voice, page, size, width),
        opener=c.opener(rng, brochure, voice, page),
        firm=lambda: firm_block(rng, brochure, voice, texts, arranged),
        firms=rng.choice((0.0, 0.0, 0.4, 1.0)),
        bare_years=rng.random() < 0.6,
    )


def _drawer(rng: Random, brochure: Brochure, voice: Voice, page: c.Page, size: float, width: float) -> Draw:
    """How every mission is laid out: in zones, as a tree of anything, told in sentences under its title."""
    cap = 26.0 if width > 300 else 15.0
    match rng.choice(("zones", "zones", "zones", "tree", "told", "entry", "entry")):
        case "zones":
            zones = zones_of(rng, brochure, voice, width, page.inner_height, size, cap)
            return replace(zones, overleaf=0.0).pages
        case "tree":
            drawn = mission_drawer(rng, brochure, voice, width, big=width > 300)
            return lambda mission: [drawn(mission)]
        case "entry":
            entry = entry_drawer(rng, items.compact(rng, voice, size, 14.0), width, size)
            return lambda mission: [entry(mission)]
    telling = told.telling(rng, brochure, voice)
    texts, head = c.texts(rng, voice, c.NARROW), c.head(rng, brochure, voice, cap=cap)
    headed, told_first = rng.random() < 0.7, rng.random() < 0.6

    def draw(mission: MissionFacts) -> list[Node | None]:
        said = Para(told.run_together(telling.sentences(mission)))
        body = [said, texts.draw(mission)] if told_first else [texts.draw(mission), said]
        return [head.draw(mission) if headed else None, *body]

    return draw


# ---- before them


def _before(rng: Random, brochure: Brochure, voice: Voice, dressed: c.Dress) -> list[Sheet]:
    """By lot a table that sums the missions up before each is told: none of them starts there."""
    if rng.random() > 0.15 or len(brochure.missions) < 2:
        return []
    some = (Role.CLIENT, Role.PERIOD, Role.PLACE, Role.AMOUNT)
    roles = [Role.TITLE, *(r for r in some if rng.random() < 0.5)]
    small, strong = Look(size=8.5), Look(size=8.5, bold=True)
    rows = [tuple(Cell(c.say(_printed(m, r), Role.FRONT, look=small)) for r in roles) for m in brochure.missions]
    if rng.random() < 0.6:
        rows.insert(0, tuple(Cell(c.say(voice.head_words.get(r, r.value), Role.FRONT, look=strong)) for r in roles))
    widths = ("2fr", *("1fr",) * (len(roles) - 1))
    stroke = rng.choice((None, "#aaaaaa"))
    table = Grid(widths, tuple(rows), inset=3.5, stroke=stroke, rules=rng.random() < 0.5)
    return [dressed.sheet([c.page_title(voice, c.word(rng, "contents")), Space(10), table])]


def _printed(mission: MissionFacts, role: Role) -> str:
    printed = mission.values.get(role)
    return printed.text.replace("\n", " ") if printed else "–"
