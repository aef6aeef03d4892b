"""No genre: a firm's newspaper, magazine or newsletter. Missions are its articles, which flow through one to four real
columns on and on; bands over all columns name the parts; editorial, tribunes, interviews, agendas, small print and
adverts stand between and are none.

Each dimension is drawn on its own: columns, how articles share a page, what stands over an article and behind it,
whether its texts have small heads, how its facts are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks import groups
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.press import Columnist, masthead, press_speaker
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.amounts import amount_forms, works_cost
from carnet.pipeline.teach.facts.grammar import Speaker, capital
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.facts.prose import ProseForms, Teller
from carnet.pipeline.teach.genres import common as c
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
    Space,
    Stack,
)
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

LAYOUTS = ("stream", "stream", "bands", "bands", "bands", "stacked", "stacked", "pairs", "mixed")
_FRAGMENT, _KEPT = 60, 240
"""Letters: a text up to which is no sentence mostly; a paragraph that stays with its small head."""
_LONG = ProseForms(dict.fromkeys(NARRATIVE, "long"), dict.fromkeys(NARRATIVE, 1.0), True, {}, 0.0)
SIGNS = (" — ", " — ", " · ", " | ", " ; ", ". ", " • ", " – ", "   ", " / ", " ■ ")


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Masthead and editorial, then part by part the articles and what stands between them."""
    page = c.page(rng, ("a4", "a4", "a4", "a4", "letter", "b5", "a4-wide"), tight=rng.choice((0.6, 0.8, 1.0)))
    size = rng.uniform(7.5, 10.0)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    press = _press(rng, brochure, c.scaled(voice, size), page, size)
    sheets = [dressed.sheet(press.front())] if rng.random() < 0.15 else []
    opening = [] if sheets else press.front()
    parts = groups.parts(brochure) if rng.random() < 0.7 else [("", list(brochure.missions))]
    flows = press.layout(parts)
    if dressed.names_domain or rng.random() < 0.25:
        for n, (domain, nodes) in enumerate(zip((name for name, _ in parts), flows, strict=True)):
            sheets.append(dressed.sheet([*(opening if n == 0 else []), *nodes], domain or None))
    else:
        sheets.append(dressed.sheet([*opening, *(n for nodes in flows for n in nodes)]))
    if rng.random() < 0.25:
        return bind(rng, brochure, voice, dressed, sheets, size)
    return c.paper(rng, brochure, sheets, size)


@dataclass(frozen=True)
class _Press:
    """How one newspaper is made. `heads`: small heads over texts; `facts`: how they are printed; `where` they stand."""

    rng: Random
    brochure: Brochure
    voice: Voice
    page: c.Page
    size: float
    count: int
    gap: float
    layout_name: str
    band: str
    columnist: Columnist
    teller: Teller
    cap: float
    big: float
    align: str
    client: str  # "over", "under", "facts", "standfirst"
    kicker: str
    standfirsts: float
    bylines: float
    pictures: float
    quotes: float
    continued: float
    others: float
    more: float
    heads: str
    head_end: str
    facts: str
    where: str
    sign: str
    small: Look
    label: Look
    titled: float
    chosen: c.Choice
    arranged: c.Arrangement
    room: float

    # ---- pages

    def front(self) -> list[Node]:
        """Masthead and editorial: over all columns, in columns, or the masthead alone."""
        rng, width = self.rng, self.page.inner_width
        out: list[Node] = []
        if rng.random() < 0.85:
            out += [masthead(rng, self.brochure, self.voice, width), Space(12)]
        if rng.random() < 0.75 and self.layout_name != "stream":
            nodes = self.columnist.editorial()
            wide = Stack((nodes[0], columned(nodes[1:], self.count, self.gap, width, self.size, 500, 5)), gap=7)
            box = rng.choice(("none", "none", "tint", "stroke"))
            inner = wide if box == "none" or self.count > 2 else Box(
                wide, fill=self.voice.tint if box == "tint" else None,
                stroke="#999999" if box == "stroke" else None, inset=8, keep=False)  # fmt: skip
            out += [inner, Space(14)]
        return out

    def layout(self, parts: Sequence[tuple[str, Sequence[MissionFacts]]]) -> list[list[Node]]:
        """The nodes of each part. As one stream all parts are one text, which the first holds."""
        if self.layout_name == "stream":
            flow = self._flow(self.columnist.editorial()) if self.rng.random() < 0.6 else []
            for name, missions in parts:
                flow += [*self._band(name, True), *self._stream(missions)]
            return [[self._columns(flow)], *([] for _ in parts[1:])]
        out: list[list[Node]] = []
        for n, (name, missions) in enumerate(parts):
            form = self.rng.choice(("bands", "stacked", "pairs")) if self.layout_name == "mixed" else self.layout_name
            nodes = {"bands": self._in_bands, "stacked": self._stacked, "pairs": self._pairs}[form](missions)
            broken: list[Node] = [PageBreak()] if n and self.rng.random() < 0.3 else []
            out.append([*broken, *self._band(name), *nodes, Space(14)])
        return out

    def _in_bands(self, missions: Sequence[MissionFacts]) -> list[Node]:
        return [self._columns(self._stream(missions))]

    def _stacked(self, missions: Sequence[MissionFacts]) -> list[Node]:
        """Each article under its own head over the whole width."""
        out: list[Node] = []
        width = self.page.inner_width
        for mission in missions:
            head, body, end = self._article(mission, self.big)
            inside = self.rng.random() < 0.5
            flow = self._flow([*body, *(end if inside else [])], 5)
            out += [*self._flow(head, 6), Space(6), columned(flow, self.count, self.gap, width, self.size, self._high)]
            out += [Space(8), *self._flow([] if inside else end, 5), Space(8), self._rule(), Space(8)]
            if self.rng.random() < self.others:
                nodes = self._flow(self.columnist.other(), 5)
                out += [columned(nodes, self.count, self.gap, width, self.size, self._high), Space(14)]
        return out

    def _pairs(self, missions: Sequence[MissionFacts]) -> list[Node]:
        """Articles side by side, of unequal width, by lot one of them no mission."""
        articles = [self._whole(m) for m in missions]
        at = 0
        while at < len(articles):
            if self.rng.random() < self.others or len(articles) == at + 1 and self.rng.random() < 0.5:
                articles.insert(self.rng.randint(at, at + 1), self.columnist.other())
            at += 2
        share = self.rng.choice((0.5, 0.6, 0.66, 0.4, 0.34))
        wide = (self.page.inner_width - self.gap) * share
        out: list[Node] = []
        for one, *two in (articles[i : i + 2] for i in range(0, len(articles), 2)):
            if not two:
                out += [self._columns(self._flow(one, 5)), Space(14)]
                continue
            cells = (Cell(Stack(tuple(self._flow(one, 5)), gap=0)), Cell(Stack(tuple(self._flow(two[0], 5)), gap=0)))
            out += [Grid((wide, "1fr"), (cells,), gap_x=self.gap), Space(14)]
        return out

    def _stream(self, missions: Sequence[MissionFacts]) -> list[Node]:
        """Articles one after the other, others between them."""
        out: list[Node] = []
        for mission in missions:
            out += [*self._flow(self._whole(mission), 5), *self._parted()]
            if self.rng.random() < self.others:
                out += [*self._flow(self.columnist.other(), 5), *self._parted()]
        return out

    def _parted(self) -> list[Node]:
        return [Space(self.room), self._rule(), Space(self.room)] if self.room > 9 else [Space(self.room + 8)]

    def _rule(self) -> Node:
        return Rule("#999999", 0.5)

    @property
    def _high(self) -> float:
        return self.page.inner_height - 60

    def _columns(self, flow: Sequence[Node]) -> Node:
        return columned(flow, self.count, self.gap, self.page.inner_width, self.size, self._high)

    def _flow(self, nodes: Sequence[Node | None], room: float = 5.0) -> list[Node]:
        """Nodes with room between, each of which a column may end behind."""
        return [n for node in nodes if node is not None for n in (node, Space(room + 2))]

    def _band(self, name: str, narrow: bool = False) -> list[Node]:
        if not name:
            return []
        size = self.size * 1.5 if narrow else max(14.0, self.big * 0.9)
        return [groups.part_head(self.rng, self.voice, name, self.band, size), Space(9)]

    # ---- articles

    def _whole(self, mission: MissionFacts) -> list[Node]:
        head, body, end = self._article(mission, self.cap)
        return [*head, *body, *end]

    def _article(self, mission: MissionFacts, cap: float) -> tuple[list[Node], list[Node], list[Node]]:
        """Head, text, and what stands behind it."""
        rng, n = self.rng, mission.ordinal
        mission, facts = self._drawn_facts(mission)
        title = c.capped(self.voice.value(mission, Role.TITLE, "title"), cap)
        client = c.line(c.capped(self.voice.value(mission, Role.CLIENT, "client"), max(self.size * 1.2, cap * 0.6)))
        over, under = (client if self.client == at else None for at in ("over", "under"))
        picture = self._picture(n)
        first = rng.random() < 0.4
        named = c.stack(
            (self._kicker(mission), over, c.line(title), under, self._standfirst(n), self._byline(n)), 2, True
        )
        head = [picture, named] if first else [named, picture]
        body = self._body(mission)
        quote = c.quote(self.voice, mission, self.size * 1.4) if rng.random() < self.quotes else None
        if quote is not None:
            body.insert(rng.choice((0, *_behind_texts(body))), quote)
        if rng.random() < self.continued and (places := _behind_texts(body)):
            text = self.columnist.speaker.a("continued")
            body.insert(rng.choice(places), c.say(text, Role.FURNITURE, look=self.small, align="right"))
        end = [facts] if facts is not None else []
        if self.where == "top":
            body, end = [*end, *body], []
        elif self.where == "amid" and (places := _behind_texts(body)):
            body, end = [*body[: places[0]], *end, *body[places[0] :]], []
        return [node for node in head if node is not None], body, end

    def _kicker(self, mission: MissionFacts) -> Node | None:
        look = c.capped((Run("", Mark(Role.ASIDE), self.voice.look("kicker")),), self.size * 1.1)[0].look
        match self.kicker:
            case "domain" if mission.domain:
                return c.say(mission.domain, Role.DOMAIN, mission.ordinal, look)
            case "place":
                return c.line(c.capped(self.voice.value(mission, Role.PLACE, "kicker"), self.size * 1.1))
            case "word":
                return c.say(self.columnist.speaker.a("kickers"), Role.ASIDE, mission.ordinal, look)
        return None

    def _standfirst(self, n: int) -> Node | None:
        if self.rng.random() > self.standfirsts:
            return None
        look = Look(bold=self.small.bold is None, italic=self.label.italic, size=round(self.size * 1.12, 1))
        return c.say(self.columnist.speaker.a("standfirsts"), Role.CONTEXT, n, look)

    def _byline(self, n: int) -> Node | None:
        if self.rng.random() > self.bylines:
            return None
        return c.say(self.columnist.speaker.a("bylines"), Role.ASIDE, n, self.small)

    def _picture(self, n: int) -> Node | None:
        if self.rng.random() > self.pictures:
            return None
        height = self.rng.uniform(45, 130)
        return c.captioned(self.rng, n, "100%", height, self.voice.look("small"), 0.7)

    # ---- its text

    def _body(self, mission: MissionFacts) -> list[Node]:
        labels = Speaker(self.rng, load("press")["heads"])
        subheads = Speaker(self.rng, load("firm")["subheads"])
        out: list[Node] = []
        for role in NARRATIVE:
            paras = self._texts(mission, role)
            if not paras:
                continue
            heads = subheads if self.rng.random() < 0.4 else labels
            word = self.voice.labels.get(role, "") if self.heads == "voice" else heads.a(role.value)
            mark = Mark(Role.LABEL, mission.ordinal, role)
            look = c.capped((Run("", mark, self.voice.look("text_label")),), self.size * 1.3)[0].look
            if self.heads in ("own", "voice") and word:
                head, short = Para((Run(word, mark, look),)), sum(len(r.text) for r in paras[0].runs) < _KEPT
                out.append(Stack((head, paras.pop(0)), 4.0, True) if short else head)
            elif self.heads == "run-in" and word:
                bold = Look(bold=True, size=self.size)
                first = paras[0]
                paras[0] = replace(first, runs=(Run(word + self.head_end, mark, bold), *first.runs))
            out += paras
        return out

    def _texts(self, mission: MissionFacts, role: Role) -> list[Para]:
        """The mission's own text and more of the kind, as running paragraphs."""
        speaker, n, look = self.columnist.speaker, mission.ordinal, self.voice.look("text")
        own = [capital(t) if t[-1:] in ".?!…" else capital(t) + "." for t in self.voice.texts(mission, role)]
        count = int(self.rng.expovariate(1 / self.more)) if self.more else 0
        forms = load("press")[role.value]
        added = [speaker.say(t) for t in self.rng.sample(forms, min(count, len(forms)))]
        added += self.teller.text(_LONG, role, self.teller.speaker(None)) if count else ()
        if added:  # an article is written in sentences, more than in fragments
            own = [t for t in own if len(t) > _FRAGMENT or self.rng.random() < 0.3]
        said = [(t, role) for t in dict.fromkeys(own + added)]
        if said and self.rng.random() < 0.1:
            said.insert(self.rng.randint(1, len(said)), (speaker.a("costs"), Role.WORKS_COST))
        out: list[Para] = []
        at = 0
        while at < len(said):
            count = self.rng.randint(1, 4)
            runs = [Run(t + " ", Mark(r, n), look) for t, r in said[at : at + count]]
            out.append(Para((*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip())), align=self.align))
            at += count
        return out

    # ---- its facts

    def _drawn_facts(self, mission: MissionFacts) -> tuple[MissionFacts, Node | None]:
        some = self.chosen.of(self.voice, mission)
        if not some:
            return mission, None
        name = None
        if self.rng.random() < self.titled:
            word = self.columnist.speaker.a("fact_titles")
            name = c.say(
                word, Role.LABEL, mission.ordinal, Look(size=self.small.size, bold=True, upper=self.label.upper)
            )
        if self.facts in ("lines", "over", "bullets"):
            inner: Node = self.arranged([replace(f, value=c.restyle(f.value, self.small)) for f in some])
        else:
            styled = [
                replace(f, label=c.restyle(f.label, self.label), value=c.restyle(f.value, self.small)) for f in some
            ]
            inner = replace(c.run_in(styled, self.sign), align=self.align, look=Look(size=self.small.size))  # type: ignore[type-var]
        return mission, self._boxed(c.stack((name, inner), 2))

    def _boxed(self, inner: Node) -> Node:
        match self.facts:
            case "run-box":
                return Box(inner, stroke="#777777", stroke_width=0.5, inset=5, keep=False)
            case "run-tint" | "over":
                return Box(inner, fill=self.voice.tint, inset=6, keep=False)
            case "run-rules" | "lines":
                return Stack((Rule(self.voice.accent, 0.6), inner, Rule(self.voice.accent, 0.6)), gap=4)
            case "run-side":
                return Box(inner, stroke=self.voice.accent, stroke_width=2.0, sides="l", inset=6, keep=False)
        return inner


def _behind_texts(nodes: Sequence[Node]) -> list[int]:
    """The places behind the paragraphs of a text, where no small head loses what it announces."""
    out = []
    for i, node in enumerate(nodes, 1):
        last = node.children[-1] if isinstance(node, Stack) and node.children else node
        if isinstance(last, Para) and last.runs[-1].mark.role in (*NARRATIVE, Role.WORKS_COST):
            out.append(i)
    return out


def _press(rng: Random, brochure: Brochure, voice: Voice, page: c.Page, size: float) -> _Press:
    """A newspaper by lot."""
    most = max(1, int(page.inner_width / (size * 12)))
    count = min(rng.choice((1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4)), most)
    gap = rng.uniform(9, 20)
    width = (page.inner_width - gap * (count - 1)) / count
    cap = rng.uniform(1.2, 2.0) * size if width < 170 else rng.uniform(1.3, 2.8) * size
    align = rng.choice(("justify", "justify", "justify", "left"))
    client = rng.choice(("facts",) * 5 + ("over", "under"))
    small = Look(size=round(size * rng.choice((0.82, 0.9, 1.0)), 1), bold=rng.choice((None, None, None, False)))
    label = Look(size=small.size, bold=rng.random() < 0.6, italic=rng.random() < 0.15 or None,
                 upper=rng.random() < 0.15, color=rng.choice((None, None, voice.accent)))  # fmt: skip
    used = {Role.TITLE, *(() if client == "facts" else (Role.CLIENT,))}
    chosen = c.choice(rng, voice, used, domain=0.05)
    facts = rng.choice(("run-box", "run-rules", "run-plain", "run-tint", "run-side", "run-box", "run-rules", "lines",
                        "over", "bullets"))  # fmt: skip
    forms = amount_forms(rng, brochure.country, brochure.firm, False)
    kinds = ("over",) if facts == "over" else ("bullets",) if facts == "bullets" else ("lines",)
    return _Press(
        rng=rng,
        brochure=brochure,
        voice=voice,
        page=page,
        size=size,
        count=count,
        gap=gap,
        layout_name=rng.choice(LAYOUTS),
        band=rng.choice((*groups.PART_FORMS, "band", "band", "rule", "tint")),
        columnist=Columnist(rng, brochure, voice, press_speaker(rng, brochure), size, cap, align),
        teller=Teller(rng, brochure.profession, brochure.firm, brochure.country, lambda: works_cost(rng, forms, "FR")),
        cap=cap,
        big=rng.uniform(1.6, 3.2) * size,
        align=align,
        client=client,
        kicker=rng.choice(("none", "none", "none", "domain", "place", "word")),
        standfirsts=rng.choice((0.0, 0.0, 0.4, 1.0)),
        bylines=rng.choice((0.0, 0.0, 0.4, 1.0)),
        pictures=rng.choice((0.0, 0.3, 0.6)),
        quotes=rng.choice((0.0, 0.4, 0.8)),
        continued=rng.choice((0.0, 0.0, 0.15, 0.3)),
        others=rng.choice((0.0, 0.15, 0.35, 0.6)),
        more=rng.choice((0.0, 1.0, 2.0, 3.0, 5.0)),
        heads=rng.choice(("own", "own", "voice", "none", "none", "run-in")),
        head_end=rng.choice((". ", " : ", " – ", " ")),
        facts=facts,
        where=rng.choice(("end",) * 6 + ("top", "amid")),
        sign=rng.choice(SIGNS),
        small=small,
        label=label,
        titled=rng.choice((0.0, 0.0, 0.3, 1.0)),
        chosen=replace(chosen, end=None, stacked=chosen.stacked and facts in ("lines", "over", "bullets")),
        arranged=c.arrangement(rng, voice, kinds, width=width),
        room=rng.uniform(5, 13),
    )
