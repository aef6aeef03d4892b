"""Pages of the firm among those of its missions: what a part is about, the menu again, CVs, offers, names of clients.

In what firms send out, half of the pages and more hold no mission, and stand in the very dress of those that do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, capped, photo, restyle, say, stack
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.blocks.records import records
from carnet.pipeline.teach.blocks.traps import TRAPS
from carnet.pipeline.teach.blocks.words import word
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.invent import brochure as invent
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
    Place,
    Rule,
    Run,
    Sheet,
    Space,
    run_nodes,
)  # fmt: skip
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

FRONT, TEAM = Role.FRONT, Role.TEAM
AMONG, MENUS = 0.45, 0.3
"""Share of brochures with such pages; of those that have parts, share with a menu before each."""
SPOKEN = 0.3
"""Of those with such pages, share in which sentences of the firm stand between missions on one page too."""
_Page = list[Node]


def among(rng: Random, brochure: Brochure, voice: Voice, paper: Paper) -> Paper:
    """The paper, by lot with pages of the firm between, before and behind those of its missions."""
    sheets = _parted(paper.sheets) if rng.random() < AMONG else []
    at = [n for n, sheet in enumerate(sheets) if _ordinals(sheet)]
    if not at or not brochure.missions:
        return paper
    firm = _Firm(rng, brochure, voice, paper.size, sheets[at[0]])
    if rng.random() < SPOKEN:
        sheets = firm.spoken(sheets, rng.choice((0.15, 0.3, 0.6)))
    menus = _menus(brochure, sheets) if rng.random() < MENUS else {}
    often = rng.choice((0.0, 0.08, 0.2, 0.4))
    themed = rng.random() < 0.5
    out: list[Sheet] = []
    for n, sheet in enumerate(sheets):
        if n in menus:
            out.append(firm.sheet(firm.menu(menus[n])))
            out += [firm.sheet(firm.theme(menus[n])) for _ in range(rng.choice((0, 1, 1, 2))) if themed]
        elif n > at[0] and n in at and rng.random() < often and _starts(sheet, sheets[n - 1]):
            out.append(firm.sheet(firm.any_page()))
        out.append(sheet)
    first = min((at[0], *menus))
    before = [*firm.announced(bool(menus), 0), *firm.some(rng.choice((0, 0, 1, 2, 4)))]
    behind = [*firm.announced(bool(menus), 1), *firm.some(rng.choice((0, 0, 1, 2, 3)))]
    people = [firm.sheet(firm.people()) for _ in range(rng.choice((0, 0, 1, 2, 4)))]
    return replace(paper, sheets=(*out[:first], *before, *out[first:], *behind, *people))


def _parted(sheets: Sequence[Sheet]) -> list[Sheet]:
    """A sheet for each page that is known to begin one."""
    out: list[Sheet] = []
    for sheet in sheets:
        some: list[Node] = []
        for node in (*sheet.children, PageBreak()):
            if isinstance(node, PageBreak):
                out += [replace(sheet, children=tuple(some))] if some else []
                some = []
            else:
                some.append(node)
    return out


def _ordinals(sheet: Sheet) -> list[int]:
    return [run.mark.mission for child in sheet.children for _, run in run_nodes(child) if run.mark.mission]


def _starts(sheet: Sheet, last: Sheet) -> bool:
    """Nothing goes on here from the page before."""
    return not set(_ordinals(sheet)) & set(_ordinals(last))


def _of_part(sheet: Sheet) -> bool:
    return any(run.mark.role is Role.DOMAIN for child in sheet.children for _, run in run_nodes(child))


def _menus(brochure: Brochure, sheets: Sequence[Sheet]) -> dict[int, str]:
    """The part that begins with a sheet, where every part begins with one; else none."""
    domains = {m.ordinal: m.domain for m in brochure.missions}
    starts: dict[int, str] = {}
    told: str | None = None
    seen: list[int] = []
    opened: int | None = None
    for n, sheet in enumerate(sheets):
        some = _ordinals(sheet)
        if not some:
            opened = n if _of_part(sheet) and opened is None else opened
            continue
        if seen and min(some) < max(seen) or len({domains[o] for o in some}) > 1:
            return {}
        if domains[some[0]] != told:
            told = domains[some[0]]
            starts[n if opened is None else opened] = told
        opened, seen = None, some
    return starts if len(starts) > 1 and len(set(starts.values())) == len(starts) and all(starts.values()) else {}


@dataclass(frozen=True)
class _Lines:
    """How lines of these pages are set."""

    marker: str
    inner: str
    gap: float


class _Firm:
    """Draws such pages, all of a brochure in the same dress."""

    def __init__(self, rng: Random, brochure: Brochure, voice: Voice, size: float, model: Sheet) -> None:
        self.rng, self.brochure, self.voice, self.model = rng, brochure, voice, model
        self.size = size * rng.choice((0.9, 1.0, 1.0, 1.15, 1.4))
        words = {name: some for name, some in load("themes").items() if isinstance(some, list)}
        firm = brochure.firm
        self.speaker = Speaker(rng, words, given={"firm": firm, "domain": rng.choice(brochure.domains)})
        marker = rng.choice((voice.bullet, "", "•", "▪", "–", "›"))
        self.lines = _Lines(marker, rng.choice(("–", "◦", "-", "o", marker)), rng.choice((2.0, 4.0, 8.0)))
        self.title_form = rng.choice(("title", "title", "domain", "band", "ruled"))
        self.boxed = rng.choice(("plain", "plain", "columns", "boxes", "bands"))
        self.others: list[MissionFacts] = []
        self.menu_form = rng.choice(("boxes", "lines", "lines", "row", "dots"))
        self.menu_around = (
            rng.sample(load("themes")["menu_before"], rng.randint(0, 2)),
            rng.sample(load("themes")["menu_after"], rng.randint(0, 3)),
        )
        self.menu_over = self.speaker.a("menu_over") if rng.random() < 0.6 else None
        self.menu_turn = rng.choice(("color", "color", "fill", "fill", "bold", "mark", "large"))

    def sheet(self, nodes: Sequence[Node]) -> Sheet:
        """A page in the dress of the missions' pages, without what names a part of them."""
        model = self.model
        head = None if _names_part(model.header) else model.header
        foot = None if _names_part(model.footer) else model.footer
        under = None if _names_part(model.background) else model.background
        return replace(model, children=tuple(nodes), header=head, footer=foot, background=under)

    def spoken(self, sheets: Sequence[Sheet], often: float) -> list[Sheet]:
        """The sheets, by lot with a sentence of the firm where a mission begins in the midst of a page."""
        out = []
        for sheet in sheets:
            nodes: list[Node] = []
            told: set[int] = set()
            for child in sheet.children:
                some = {run.mark.mission for _, run in run_nodes(child) if run.mark.mission}
                if told and some and not some & told and self.rng.random() < often and not isinstance(child, Place):
                    kind = self.rng.choice(("openings", "closings", "closings"))
                    nodes += [Space(4.0), say(self.speaker.a(kind), FRONT, look=self.voice.look("text")), Space(6.0)]
                told = some or told
                nodes.append(child)
            out.append(replace(sheet, children=tuple(nodes)))
        return out

    def some(self, count: int) -> list[Sheet]:
        """Pages by lot."""
        return [self.sheet(self.any_page()) for _ in range(count)]

    def announced(self, menus: bool, side: int) -> list[Sheet]:
        """By lot the menu with what stands before the parts, or behind them, told by its look: no part of missions."""
        names = self.menu_around[side]
        return [self.sheet(self.menu(self.rng.choice(names)))] if menus and names and self.rng.random() < 0.6 else []

    def any_page(self) -> _Page:
        """A page by lot."""
        kind = self.rng.choice(
            ("theme", "theme", "theme", "offer", "clients", "trap", "trap", "people", "records", "records")
        )
        match kind:
            case "theme":
                return self.theme(self.rng.choice(self.brochure.domains))
            case "offer":
                return self.offer()
            case "clients":
                return self.clients()
            case "people":
                return self.people()
            case "records":
                return records(self.rng, self.brochure, self.voice)
        return self.rng.choice(TRAPS)(self.rng, self.brochure, self.voice)

    def titled(self, text: str, role: Role = FRONT) -> list[Node]:
        """The page's title, as those of missions look or as parts do."""
        cap = self.size * 2.4
        look = self.voice.look("domain" if self.title_form == "domain" else "title")
        title = Para(capped((Run(text, Mark(role), look),), cap))
        match self.title_form:
            case "band":
                return [Box(Para(restyle(title.runs, WHITE)), fill=self.voice.accent, inset=7), Space(10)]
            case "ruled":
                return [stack((title, Rule(self.voice.accent, 1.0)), 3), Space(8)]
        return [title, Space(self.rng.choice((4.0, 10.0)))]

    def theme(self, domain: str) -> _Page:
        """What a part is about, and what the firm has to say on it."""
        rng = self.rng
        self.speaker.given["domain"] = domain
        title = self.titled(self.speaker.a("titles"))
        if self.boxed in ("columns", "boxes", "bands") and rng.random() < 0.7:
            return [*title, self._abreast(rng.randint(2, 3))]
        body: list[Node] = []
        for _ in range(rng.choice((1, 1, 2, 3, 4))):
            if rng.random() < 0.4:
                body.append(say(self.speaker.a("heads"), FRONT, look=self.voice.look("text_label")))
            body.append(self._said(rng.randint(2, 9)))
        if rng.random() < 0.25:
            body.insert(rng.randrange(len(body)), photo(rng, "60%", rng.uniform(60, 160)))
        return [*title, stack(body, 6)]

    def offer(self) -> _Page:
        """Steps or services, side by side or one below the other."""
        return [*self.titled(self.speaker.a("titles")), self._abreast(self.rng.randint(2, 4))]

    def clients(self) -> _Page:
        """Names of clients by their kind."""
        rng, out = self.rng, self.titled(word(self.rng, "clients"))
        names = [m.values[Role.CLIENT].text.replace("\n", " ") for m in self._elsewhere() if m.has(Role.CLIENT)]
        for kind in rng.sample(load("themes")["kinds_of_clients"], rng.randint(2, 4)):
            some = list(dict.fromkeys(rng.sample(names, min(len(names), rng.randint(2, 6)))))
            head, joined = say(kind, FRONT, look=self.voice.look("text_label")), rng.random() < 0.5
            lines = [say(", ".join(some), FRONT)] if joined else [self._item(n) for n in some]
            out += [stack((head, *lines), self.lines.gap), Space(8)]
        return out

    def people(self) -> _Page:
        """The CV of one of the team, with what it did elsewhere and here; or two in short."""
        rng, team = self.rng, self.brochure.team
        out = self.titled(word(rng, "team"), FRONT) if rng.random() < 0.5 else []
        for name, role in rng.sample(team, min(len(team), rng.choice((1, 1, 1, 2)))):
            out.append(self._cv(name, role))
            out.append(Space(10))
        return out if team else self.offer()

    def menu(self, here: str) -> _Page:
        """All parts with those around them, the one that begins told by its look."""
        rng, (before, after) = self.rng, self.menu_around
        depth = 1 if self.menu_over or before else 0
        over = [self.menu_over] if self.menu_over else []
        rows = [self._entry(t, FRONT, 0, t == here) for t in (*before, *over)]
        rows += [self._entry(d, Role.DOMAIN if d == here else FRONT, depth, d == here) for d in self.brochure.domains]
        rows += [self._entry(t, FRONT, 0, t == here) for t in after]
        title = self.titled(word(rng, "contents")) if self.menu_form == "dots" else []
        if self.menu_form == "row":
            return [*title, Space(60), Grid(("1fr",) * len(rows), (tuple(Cell(r) for r in rows),), gap_x=8)]
        return [*title, Space(20), Grid(("1fr", "2fr"), ((Cell(None), Cell(stack(rows, 6))),))]

    def _entry(self, text: str, role: Role, depth: int, here: bool) -> Node:
        turn = self.menu_turn
        size = self.size * (1.4 if depth == 0 else 1.15)
        look = Look(size=size, bold=turn == "bold" and here, color="#777777" if turn == "color" else None)
        if here and turn in ("color", "bold"):
            look = replace(look, color=self.voice.accent2, bold=True)
        if turn == "large":
            look = replace(look, size=size * (1.5 if here else 1.0), color=self.voice.accent2 if here else "#999999")
        mark = "▶ " if here and turn == "mark" else ""
        runs = (Run(mark + text, Mark(role), look),)
        if here and turn == "fill":
            return Box(Para(restyle(runs, WHITE)), fill=self.voice.accent, inset=5)
        if self.menu_form == "boxes" and depth == 0:
            return Box(Para(runs), stroke=self.voice.accent, inset=5, radius=4)
        return Grid((18.0 * depth + 1.0, "1fr"), ((Cell(None), Cell(Para(runs))),))

    def _abreast(self, count: int) -> Node:
        cells = []
        for n in range(count):
            head = say(self.speaker.a("heads"), FRONT, look=self.voice.look("text_label"))
            said = self._said(self.rng.randint(2, 7))
            match self.boxed:
                case "bands":
                    band = Box(Para(restyle(head.runs, WHITE)), fill=self.voice.accent, inset=4)
                    cells.append(Cell(stack((band, Box(said, stroke=self.voice.accent, inset=6)), 0)))
                case "boxes":
                    cells.append(Cell(Box(stack((head, said), 4), fill=self.voice.tint, inset=8)))
                case _:
                    numbered = say(str(n + 1), FRONT, look=Look(size=self.size * 2, color=self.voice.accent2))
                    cells.append(Cell(stack((numbered if count > 2 else None, head, said), 4)))
        if self.rng.random() < 0.25:
            return stack([c.child for c in cells], 8)
        return Grid(("1fr",) * count, (tuple(cells),), gap_x=12)

    def _said(self, count: int) -> Node:
        """Sentences: a list, or paragraphs."""
        said = list(dict.fromkeys(self.speaker.a("sentences") for _ in range(count)))
        if self.rng.random() < 0.35:
            return say(" ".join(said), FRONT, look=Look(size=self.size))
        return stack([self._item(t, 2 if self.rng.random() < 0.2 else 1) for t in said], self.lines.gap)

    def _item(self, text: str, depth: int = 1, role: Role = FRONT) -> Para:
        marker = self.lines.marker if depth == 1 else self.lines.inner
        return Para((Run(text, Mark(role), Look(size=self.size)),), item=depth if marker else 0, marker=marker)

    def _elsewhere(self) -> Sequence[MissionFacts]:
        """Missions that are none of the brochure's."""
        if not self.others:
            self.others = list(invent(Random(self.rng.random()), 24).missions)
        return self.others

    def _cv(self, name: str, role: str) -> Node:
        rng, bold = self.rng, self.voice.look("title")
        named = Para(capped((Run(name, Mark(TEAM), bold),), self.size * 1.8))
        does = say(role, TEAM, look=self.voice.look("client"))
        left: list[Node | None] = [say(self.speaker.a("profiles"), TEAM) for _ in range(rng.randint(0, 2))]
        left += [self._block(listed(rng, "cv_training"), listed_words(rng, "cv_training_lines", rng.randint(1, 3)))]
        left += [self._block(word(rng, "tag_labels"), listed_words(rng, "cv_skills_lines", 3))] * (rng.random() < 0.4)
        jobs = [self.speaker.a("jobs") for _ in range(rng.randint(1, 3))]
        past = self._block(self.speaker.a("past_heads"), self._past(rng.randint(2, 9)))
        right = [self._block(listed(rng, "cv_heads"), jobs) if rng.random() < 0.6 else None, past]
        if rng.random() < 0.35:
            return stack((named, does, Grid(("1fr", "1.6fr"), ((Cell(stack(left, 6)), Cell(stack(right, 6))),))), 4)
        return stack((named, does, *left, *right), 5)

    def _block(self, title: str, lines: Sequence[str]) -> Node:
        look = replace(self.voice.look("text_label"), bold=True)
        return stack((say(title, TEAM, look=look), *(self._item(t, role=TEAM) for t in lines)), self.lines.gap)

    def _past(self, count: int) -> list[str]:
        """Missions elsewhere, each on a line."""
        form, out = self.speaker.rng.choice(load("themes")["past_forms"]), []
        for m in self.rng.sample(list(self._elsewhere()), count):
            client = m.values[Role.CLIENT].text.replace("\n", " ") if m.has(Role.CLIENT) else ""
            said = form.format(client=client, title=m.values[Role.TITLE].text.replace("\n", " "),
                               year=self.brochure.year - self.rng.randint(1, 12))  # fmt: skip
            out.append(said.replace(" ()", "").strip(" –:,"))
        return out


def _names_part(node: Node | None) -> bool:
    return any(run.mark.role is Role.DOMAIN for _, run in run_nodes(node))
