"""No genre: each mission is a title and a few paragraphs. Facts stand in short sentences and run-in labels that open
them, or in sentences among those of context, approach and results, in any order; small labels over the texts, before
them, or none. Names of parts look as the firm's own openings do; the firm speaks of itself in the same prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks import groups, phrases
from carnet.pipeline.teach.blocks.column_text import columned
from carnet.pipeline.teach.blocks.firm import firm_speaker
from carnet.pipeline.teach.blocks.list_pages import Part, bind, part_sheets
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.amounts import amount_forms, works_cost
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.facts.prose import ProseForms, Teller
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Look, Mark, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

KINDS = ("run", "run", "run", "prose", "prose", "prose", "half", "both")
HEADS = ("over", "over", "over", "over", "run-in", "numbered", "place", "client", "ruled", "boxed")
_KEPT = 420
"""Letters: a paragraph that stays with its title."""
_LONG = ProseForms(dict.fromkeys(NARRATIVE, "long"), dict.fromkeys(NARRATIVE, 1.0), True, {}, 0.0)


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Missions one after the other in one or two columns, between pages of the firm in the same prose."""
    page = c.page(rng, ("a4", "a4", "a4", "a5", "b5", "letter", "a4-wide", "square"))
    size = rng.uniform(8.5, 11.5)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.12)
    book = _booklet(rng, brochure, c.scaled(voice, size), page, size)
    parts = groups.parts(brochure) if rng.random() < 0.7 else [("", list(brochure.missions))]
    pieces: list[Part] = [(name, book.part(name, missions)) for name, missions in parts]
    if rng.random() < 0.6:
        pieces[0] = (pieces[0][0], [*book.firm(), *pieces[0][1]])
    if rng.random() < 0.4:
        pieces[-1] = (pieces[-1][0], [*pieces[-1][1], *book.firm()])
    sheets = part_sheets(rng, dressed, pieces)
    if rng.random() < 0.35:
        return bind(rng, brochure, voice, dressed, sheets, size)
    return c.paper(rng, brochure, sheets, size)


@dataclass(frozen=True)
class _Booklet:
    """How one brochure is written. `kind`: facts first ("run"), among the texts ("prose"), first in sentences ("half")
    or both; `heads`: labels of texts, "over", "run-in" or "none"; `most`: paragraphs of a prose."""

    rng: Random
    brochure: Brochure
    voice: Voice
    page: c.Page
    size: float
    phrases: phrases.Phrases
    teller: Teller
    kind: str
    steady: float
    head: str
    heads: str
    head_end: str
    most: int
    more: float
    last: bool
    align: str
    leading: float | None
    gap: float
    room: float
    count: int
    cap: float
    opening_size: float
    opening_form: str
    parted: bool
    pictures: float
    quotes: float

    # ---- parts

    def part(self, name: str, missions: Sequence[MissionFacts]) -> list[Node]:
        """A part: its name, its missions in columns."""
        flow: list[Node] = []
        for mission in missions:
            rule = [Rule("#aaaaaa", 0.5), Space(self.room)] if self.parted and flow else []
            flow += [*rule, *(n for node in self._mission(mission) for n in (node, Space(self.gap))), Space(self.room)]
        head = self._opening(name, Role.DOMAIN) if name else []
        return [*head, self._columns(flow)]

    def firm(self) -> list[Node]:
        """The firm about itself, by lot its people as list and where it sits, under headings as parts have them."""
        rng, speaker = self.rng, self.phrases.speaker
        own = firm_speaker(rng, self.brochure)
        out: list[Node] = []
        for _ in range(rng.choice((1, 1, 2))):
            said = [speaker.a("opening_texts") for _ in range(rng.randint(1, 4))]
            said += [own.a("texts") for _ in range(rng.randint(0, 3))]
            said += list(self.brochure.about[: rng.randint(0, 2)])
            rng.shuffle(said)
            texts = [(Run(t, Mark(Role.FRONT), self.voice.look("text")),) for t in dict.fromkeys(said)]
            body = self._set(phrases.paragraphs(rng, texts, 3))
            body += [*self._team(), *self._offices()]
            rng.shuffle(body)
            out += [*self._opening(speaker.a("openings"), Role.FRONT), self._columns(self._spaced(body))]
            out.append(Space(self.room + 8))
        return out

    def _columns(self, flow: Sequence[Node]) -> Node:
        high = self.page.inner_height - 60
        return columned(flow, self.count, 20.0, self.page.inner_width, self.size, high)

    def _spaced(self, nodes: Sequence[Node]) -> list[Node]:
        return [n for node in nodes for n in (node, Space(self.gap))]

    def _opening(self, name: str, role: Role) -> list[Node]:
        """A large heading; those of the firm's own pages look as the names of parts do."""
        look = replace(self.voice.look("domain"), size=self.opening_size)
        para = Para((Run(name, Mark(role), look),), align="center" if self.opening_form == "center" else "left")
        match self.opening_form:
            case "ruled":
                return [c.stack((para, Rule(self.voice.accent, 0.8)), 3), Space(10)]
            case "band":
                band = Para(c.restyle(para.runs, c.WHITE))
                return [Box(band, fill=self.voice.accent, inset=6), Space(10)]
            case "tint":
                return [Box(para, fill=self.voice.tint, inset=6), Space(10)]
        return [para, Space(10)]

    def _team(self) -> list[Node]:
        if not self.brochure.team or self.rng.random() < 0.45:
            return []
        joint = self.rng.choice((", ", " – ", " : ", " ("))
        look, mark = self.voice.look("text"), Mark(Role.TEAM)
        said = [n + joint + r + (")" if "(" in joint else "") for n, r in self.brochure.team]
        if self.rng.random() < 0.25:
            return [Para((Run(" ; ".join(said) + ".", mark, look),), align=self.align)]
        dot = self.voice.bullet or "–"
        return [c.stack([Para((Run(t, mark, look),), item=1, marker=dot) for t in said], 2)]

    def _offices(self) -> list[Node]:
        if self.rng.random() < 0.5:
            return []
        form = self.rng.choice(load("phrases")["office_texts"])
        some = [(city, address.replace("\n", ", ")) for city, address, _ in self.brochure.offices[:2]]
        bare = form if form.startswith("{city}") else re.sub(r",? (?:à )?\{city\}", "", form)
        said = [(bare if city in address else form).format(address=address, city=city) for city, address in some]
        return (
            [Para((Run(" ".join(said), Mark(Role.OFFICE), self.voice.look("text")),), align=self.align)] if said else []
        )

    # ---- missions

    def _mission(self, mission: MissionFacts) -> list[Node]:
        rng = self.rng
        over, run_in = self._head(mission)
        kind = self.kind if rng.random() < self.steady else rng.choice(KINDS)
        body = {"run": self._run, "prose": self._prose, "half": self._half, "both": self._both}[kind](mission)
        if run_in and body and isinstance(body[0], Para):
            body[0] = replace(body[0], runs=(*run_in, *body[0].runs))
        elif run_in or not body:
            body = [Para(run_in[:-1]), *body] if run_in else body
        if rng.random() < self.pictures:
            height = rng.uniform(40, 120)
            body.insert(
                rng.choice((0, len(body))),
                c.captioned(rng, mission.ordinal, "100%", height, self.voice.look("small"), 0.6),
            )
        quote = c.quote(self.voice, mission, self.size * 1.2) if rng.random() < self.quotes else None
        if over and body and sum(len(r.text) for p in c.paras(body[0]) for r in p.runs) < _KEPT:
            over, body = [c.stack((*over, body[0]), max(0.0, self.gap - 3.5), True)], body[1:]
        return [*over, *body, *([quote] if quote else [])]

    def _title(self, mission: MissionFacts) -> c.Runs:
        return c.capped(self.voice.value(mission, Role.TITLE, "title"), self.cap)

    def _head(self, mission: MissionFacts) -> tuple[list[Node], c.Runs]:
        """What stands over the paragraphs, and what runs in."""
        n, title = mission.ordinal, self._title(mission)
        match self.head:
            case "run-in":
                bold = c.restyle(title, Look(size=self.size, bold=True))
                sign = self.rng.choice((". ", " – ", " : ", ". "))
                return [], (*bold, Run(sign, Mark(Role.TITLE, n), bold[-1].look))
            case "numbered":
                number = Run(f"{n}. ", Mark(Role.REFERENCE, n), title[0].look)
                return [Para((number, *title))], ()
            case "place" | "client":
                role = Role.PLACE if self.head == "place" else Role.CLIENT
                small = c.line(c.capped(self.voice.value(mission, role, "kicker"), self.size))
                return [c.stack((small, Para(title)), 1)], ()
            case "ruled":
                return [c.stack((Rule(self.voice.accent, 0.7), Para(title)), 3)], ()
            case "boxed":
                return [Box(Para(title), fill=self.voice.tint, inset=4)], ()
        return [Para(title)], ()

    def _run(self, mission: MissionFacts) -> list[Node]:
        """Facts in a paragraph of short sentences, then (seldom before) the texts."""
        order = self.phrases.ordered if self.rng.random() < 0.8 else self.phrases.facts
        facts = [*order(mission, "run"), *self.phrases.asides(mission)]
        made = [phrases.together(facts)] if facts else []
        if len(facts) > 4 and self.rng.random() < 0.3:
            cut = self.rng.randint(2, len(facts) - 1)
            made = [phrases.together(facts[:cut]), phrases.together(facts[cut:])]
        texts = self._texts(mission)
        return [*texts, *self._set(made)] if self.last else [*self._set(made), *texts]

    def _prose(self, mission: MissionFacts) -> list[Node]:
        """All in sentences, facts among the others."""
        facts = self.phrases.ordered(mission, "prose")
        if self.rng.random() < 0.4:
            self.rng.shuffle(facts)
        texts = [s for role in NARRATIVE for s in self._sentences(mission, role)]
        if self.rng.random() < 0.3:
            texts.append(self._aside(mission))
        return self._set(phrases.paragraphs(self.rng, phrases.mingled(self.rng, facts, texts), self.most))

    def _half(self, mission: MissionFacts) -> list[Node]:
        """Facts in sentences of their own paragraph, then the texts under small labels or none."""
        facts = self.phrases.ordered(mission, "prose")
        made = self._set([phrases.together(facts)] if facts else [])
        return [*self._texts(mission), *made] if self.last else [*made, *self._texts(mission)]

    def _both(self, mission: MissionFacts) -> list[Node]:
        """Short sentences and labels dealt among the sentences of the texts."""
        facts = self.phrases.ordered(mission, "run")
        texts = [s for role in NARRATIVE for s in self._sentences(mission, role)]
        return self._set(phrases.paragraphs(self.rng, phrases.mingled(self.rng, facts, texts), self.most))

    def _aside(self, mission: MissionFacts) -> c.Runs:
        text = self.phrases.speaker.a("seams")
        return (Run(text, Mark(Role.ASIDE, mission.ordinal), self.voice.look("text")),)

    def _sentences(self, mission: MissionFacts, role: Role) -> list[c.Runs]:
        more = self.teller.text(_LONG, role, self.teller.speaker(None)) if self.rng.random() < self.more else ()
        return self.phrases.text(mission, role, more)

    def _texts(self, mission: MissionFacts) -> list[Node]:
        """Context, approach, results, each in a paragraph or two, with its label or without."""
        out: list[Node] = []
        words = Speaker(self.rng, load("phrases")["run_heads"])
        own = self.rng.random() < 0.6
        for role in NARRATIVE:
            said = self._sentences(mission, role)
            if not said:
                continue
            dealt = phrases.paragraphs(self.rng, said, 2)
            word = words.a(role.value) if own else self.voice.labels.get(role, "")
            mark = Mark(Role.LABEL, mission.ordinal, role)
            look = c.capped((Run("", mark, self.voice.look("text_label")),), self.size * 1.25)[0].look
            if self.heads == "over" and word:
                out.append(Para((Run(word, mark, look),)))
            elif self.heads == "run-in" and word:
                strong = self.phrases.label if self.phrases.label.bold else Look(bold=True, size=self.size)
                dealt[0] = (Run(word + self.head_end, mark, strong), *dealt[0])
            out += self._set(dealt)
        return out

    def _set(self, paragraphs: Sequence[c.Runs]) -> list[Node]:
        return [Para(runs, align=self.align, leading=self.leading) for runs in paragraphs if runs]


def _booklet(rng: Random, brochure: Brochure, voice: Voice, page: c.Page, size: float) -> _Booklet:
    forms = amount_forms(rng, brochure.country, brochure.firm, False)
    leading = rng.choice((None, None, 0.6, 0.8))
    return _Booklet(
        rng=rng,
        brochure=brochure,
        voice=voice,
        page=page,
        size=size,
        phrases=phrases.phrases(rng, brochure, voice),
        teller=Teller(rng, brochure.profession, brochure.firm, brochure.country, lambda: works_cost(rng, forms, "FR")),
        kind=rng.choice(KINDS),
        steady=rng.choice((1.0, 1.0, 0.8)),
        head=rng.choice(HEADS),
        heads=rng.choice(("over", "over", "run-in", "none", "none")),
        head_end=rng.choice((". ", " : ", " – ", ". ")),
        most=rng.choice((1, 2, 3, 3)),
        more=rng.choice((0.0, 0.3, 0.7)),
        last=rng.random() < 0.25,
        align=rng.choice(("justify", "justify", "justify", "left")),
        leading=leading,
        gap=size * (leading or 0.65) + rng.choice((0.0, 1.0, 3.0, 6.0)),
        room=rng.uniform(5, 18),
        count=rng.choice((1, 1, 1, 2, 2)) if page.inner_width / size > 42 else 1,
        cap=rng.uniform(1.0, 2.0) * size,
        opening_size=round(rng.uniform(1.6, 3.0) * size, 1),
        opening_form=rng.choice(("plain", "plain", "plain", "ruled", "center", "band", "tint")),
        parted=rng.random() < 0.15,
        pictures=rng.choice((0.0, 0.0, 0.3)),
        quotes=rng.choice((0.0, 0.0, 0.4)),
    )
