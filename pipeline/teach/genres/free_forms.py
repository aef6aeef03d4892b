"""No genre: a mission as a form that somebody filled in.

Long labels or questions, numbered or not, in parts with names of their own, each part arranged in its own way; facts
and texts among the answers in an order by lot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.told import run_together, telling
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.genres.free_zones import works_adder
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

_ROMAN = ("I", "II", "III")
_FACTS = (Role.TITLE, Role.CLIENT, Role.PLACE, Role.PERIOD, Role.START, Role.END, Role.DURATION, Role.AMOUNT,
          Role.STATUS, Role.PARTNERS, Role.REFERENCE, Role.CONTACT)  # fmt: skip


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """A form a mission, on a page of its own, over two, or two on one."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "a4-wide", "a5", "16:9-small"))
    size = c.page_size(rng, page)
    voice = formal(rng, c.scaled(voice, size)) if rng.random() < 0.6 else c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    form = _form(rng, brochure, voice, page.inner_width)
    adds = works_adder(rng, brochure)
    many = rng.choice((1, 1, 1, 2))
    return c.bind(rng, brochure, voice, dressed, lambda m: [form.draw(adds(m))], size, together=many)


def formal(rng: Random, voice: Voice) -> Voice:
    """The voice with the labels of a form."""
    speaker = Speaker(rng, load("forms")["labels"])
    labels = {role: " ".join(speaker.a(role.value).split()).replace(" ,", ",") for role in (*_FACTS, *NARRATIVE)}
    return replace(voice, labels={**voice.labels, **labels})


# ---- the form


@dataclass(frozen=True)
class _Part:
    """A part of a form: its name, which answers stand in it, how they are arranged."""

    name: str
    roles: tuple[Role, ...]
    arranged: c.Arrangement
    extras: bool


@dataclass(frozen=True)
class _Form:
    """How every mission's form is made, drawn once."""

    voice: Voice
    parts: tuple[_Part, ...]
    head: Callable[[MissionFacts], Node | None]
    named: Callable[[str, int], Node | None]
    sentence: Callable[[MissionFacts], Node | None]
    row_number: str
    end: str | None
    gap: float
    framed: bool

    def draw(self, mission: MissionFacts) -> Node:
        """The form of a mission, with what it has."""
        nodes: list[Node | None] = [self.head(mission)]
        number = 0
        for at, part in enumerate(self.parts, 1):
            facts = self._answers(mission, part)
            if not facts:
                continue
            numbered = [self._numbered(f, at, number + i) for i, f in enumerate(facts, 1)]
            number += len(facts)
            nodes += [self.named(_numbered_part(part.name, at), mission.ordinal), part.arranged(numbered)]
        inner = c.stack([*nodes, self.sentence(mission)], self.gap)
        return Box(inner, stroke="#777777", inset=9, keep=False) if self.framed else inner

    def _answers(self, mission: MissionFacts, part: _Part) -> list[c.Fact]:
        found: list[c.Fact] = []
        for role in part.roles:
            text = c.text_fact(self.voice, mission, role, end=self.end) if role in NARRATIVE else None
            fact = text or (c.fact(self.voice, mission, role, self.end) if role not in NARRATIVE else None)
            found += [fact] if fact else []
        more = range(len(mission.extras)) if part.extras else ()
        return found + [c.extra_fact(self.voice, mission, n, self.end) for n in more]

    def _numbered(self, fact: c.Fact, part: int, number: int) -> c.Fact:
        """The answer with its number before the label."""
        if not self.row_number or not fact.label:
            return fact
        sign = self.row_number.format(n=number, p=part, l="abcdefghijklmnopqrstuvwxyz"[number % 26 - 1])
        first = fact.label[0]
        return replace(fact, label=(replace(first, text=sign + first.text), *fact.label[1:]))


def _numbered_part(name: str, at: int) -> str:
    return name.format(n=at, L="ABC"[at - 1], I=_ROMAN[at - 1])


def _form(rng: Random, brochure: Brochure, voice: Voice, width: float) -> _Form:
    lists = load("forms")
    sign = rng.choice(lists["part_numbers"])
    names = [sign + name for name in rng.choice(lists["parts"])] if rng.random() < 0.6 else [""] * 3
    dealt = _dealt(rng)
    parts = [_Part(names[i], roles, _arranged(rng, voice, width), i == 1) for i, roles in enumerate(dealt)]
    return _Form(
        voice=voice,
        parts=tuple(parts if rng.random() < 0.6 else [replace(p, arranged=parts[0].arranged) for p in parts]),
        head=_head(rng, brochure, voice),
        named=_named(rng, voice),
        sentence=_sentence(rng, brochure, voice),
        row_number=rng.choice(lists["row_numbers"]) if rng.random() < 0.35 else "",
        end=rng.choice((None, None, "", " ?", ".")),
        gap=rng.choice((4.0, 7.0, 11.0)),
        framed=rng.random() < 0.1,
    )


def _dealt(rng: Random) -> list[tuple[Role, ...]]:
    """The answers dealt to three parts, in an order: mostly what names a mission first."""
    left_out = {r for r in _FACTS if r not in (Role.TITLE, Role.CLIENT) and rng.random() < 0.15}
    first = [Role.CLIENT, Role.TITLE] if rng.random() < 0.5 else [Role.TITLE, Role.CLIENT]
    facts = [r for r in _FACTS if r not in left_out and r not in first]
    if rng.random() < 0.4:
        rng.shuffle(facts)
    at = rng.randint(0, len(facts))
    texts = [r for r in NARRATIVE if rng.random() < 0.85]
    dealt = [[*first, *facts[:at]], texts, facts[at:]]
    if rng.random() < 0.2:
        dealt = [dealt[1], dealt[0], dealt[2]] if rng.random() < 0.3 else [dealt[2], dealt[0], dealt[1]]
    return [tuple(some) for some in dealt]


def _arranged(rng: Random, voice: Voice, width: float) -> c.Arrangement:
    """An arrangement of answers by lot: those that bear long labels."""
    fill = rng.choice((None, None, voice.tint, "#eeeeee"))
    stroke, rules, inset = rng.choice(("#000000", "#888888", "#bbbbbb")), rng.random() < 0.35, rng.uniform(2.5, 6)
    share = rng.choice(("30%", "35%", "42%", "50%"))
    match rng.choice(("table", "table", "form", "one-cell", "over", "over", "lines", "beside", "bullets", "boxed")):
        case "table":
            return lambda facts: c.table(facts, share, fill=fill, stroke=stroke, rules=rules, inset=inset)
        case "form" if width > 400:
            return lambda facts: c.form(facts, fill, stroke, ("1fr", "1.2fr", "1fr", "1.2fr"))
        case "one-cell":
            return lambda facts: Grid(("1fr",), tuple((Cell(_answer(f)),) for f in facts), inset=inset, stroke=stroke)
        case "lines" | "bullets":
            marker = rng.choice(("", voice.bullet))
            return lambda facts: c.stack([_run_in(f, marker) for f in facts], 2.0)
        case "beside":
            return lambda facts: c.table(facts, share, stroke="#ffffff", rules=True, inset=2.0)
        case "boxed":
            return lambda facts: c.stack([c.stack((c.line(f.label), _boxed(f, stroke)), 1.0) for f in facts], 4.0)
    gap = rng.choice((3.0, 6.0, 9.0))
    return lambda facts: c.stack([_answer(f) for f in facts], gap)


def _answer(fact: c.Fact) -> Node:
    """Label over answer."""
    return c.stack((c.line(fact.label), fact.node), 1.0)


def _run_in(fact: c.Fact, marker: str) -> Node:
    """Label and answer on one line; a text stands below its label."""
    if fact.body is not None:
        return _answer(fact)
    return Para(c.joined(fact), item=1 if marker else 0, marker=marker)


def _boxed(fact: c.Fact, stroke: str) -> Node:
    return Box(fact.node, stroke=stroke, stroke_width=0.5, inset=3.5, keep=False)


def _head(rng: Random, brochure: Brochure, voice: Voice) -> Callable[[MissionFacts], Node | None]:
    """By lot what the form is called, its number, or the mission's title once more over it."""
    kind, title = rng.choice(("none", "name", "name", "number", "both", "title")), rng.choice(load("forms")["titles"])
    form, align = c.word(rng, "file_words"), rng.choice(("left", "left", "center"))
    look, total = c.over_look(voice.look("text_label"), Look(bold=True)), len(brochure.missions)
    band = rng.random() < 0.25

    def draw(mission: MissionFacts) -> Node | None:
        n = mission.ordinal
        name: c.Runs = (Run(title, Mark(Role.FURNITURE), look),) if kind in ("name", "both") else ()
        if kind in ("number", "both"):
            text = form.format(n=n, nn=f"{n:02}", total=total)
            name += (Run((" – " if name else "") + text, Mark(Role.REFERENCE, n), look),)
        if kind == "title":
            name = c.capped(voice.value(mission, Role.TITLE, "title"), 16.0)
        if not name:
            return None
        if band:
            return Box(Para(c.restyle(name, c.WHITE), align=align), fill=voice.accent, inset=5)
        return Para(name, align=align)

    return draw


def _named(rng: Random, voice: Voice) -> Callable[[str, int], Node | None]:
    """The name of a part, which announces all of its answers."""
    dress, look = rng.choice(("plain", "ruled", "band", "tint")), c.over_look(voice.look("text_label"), Look(bold=True))

    def draw(name: str, mission: int) -> Node | None:
        if not name:
            return None
        para = c.say(name, Role.LABEL, mission, look=look)
        match dress:
            case "ruled":
                return c.stack((Space(2), para, Rule(voice.accent, 0.6)), 1)
            case "band":
                return Box(c.recolored(para, "#ffffff"), fill=voice.accent2, inset=3.5)
            case "tint":
                return Box(para, fill=voice.tint, inset=3.5)
        return c.stack((Space(2), para), 0)

    return draw


def _sentence(rng: Random, brochure: Brochure, voice: Voice) -> Callable[[MissionFacts], Node | None]:
    """By lot a sentence that says it all once more at the foot."""
    if rng.random() > 0.12:
        return lambda mission: None
    said = telling(rng, brochure, voice, rich=0.3)
    return lambda mission: Para(run_together(said.sentences(mission)))
