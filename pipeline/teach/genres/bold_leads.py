"""Missions as sections of a book: a heading, then facts and texts as bold words that run into what they announce."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Mark, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Hanging lines, raised footnote figures, numbered sections; several missions may follow on a page."""
    page = c.page(rng, ("a4", "a4", "letter", "b5"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.3)
    number = rng.choice(("{n} ", "{d}.{n} ", "§ {n} ", ""))
    clients = rng.choice(("facts", "facts", "inline", "under"))
    choice = c.choice(rng, voice, {Role.TITLE} | (set() if clients == "facts" else {Role.CLIENT}), domain=0.25)
    hanging = rng.choice((0.0, 14.0, 22.0))
    caps = rng.random() < 0.15
    noted, gap = rng.random() < 0.4, rng.choice((3.0, 5.0, 8.0))
    mixed = rng.choice((0, 0, 1))  # texts before facts
    sign = rng.choice((None, ".", " ", " :"))
    serif = c.typeface(rng, 0.75)
    texts = c.texts(rng, voice, ("run-in",), drop_cap=0, justify=0.6)
    together = rng.choice((1, 1, 40, 40))

    def heading(mission: MissionFacts) -> list[Node | None]:
        part = next((n for n, d in enumerate(brochure.domains, 1) if d == mission.domain), 1)
        runs: list[Run] = []
        if number:
            runs.append(Run(number.format(n=mission.ordinal, d=part), Mark(Role.FURNITURE), voice.look("title")))
        runs += voice.headline(mission) if clients == "inline" else voice.value(mission, Role.TITLE, "title")
        client = c.line(voice.value(mission, Role.CLIENT, "client")) if clients == "under" else None
        return [c.stack((Para(c.capped(tuple(runs), 18)), client), 2)]

    def lead(fact: c.Fact) -> Node:
        shown = c.relabelled(fact, sign)
        label = c.restyle(shown.label, Look(bold=True, small_caps=caps))
        return Para(c.joined(c.Fact(shown.role, label, shown.value)), hanging=hanging)

    def note(mission: MissionFacts) -> list[Node | None]:
        text = Run(
            f"{mission.ordinal} {c.word(rng, 'footnotes')}", Mark(Role.ASIDE, mission.ordinal), voice.look("small")
        )
        return [Space(6), Rule("#555555", 0.4, 90), Space(3), Para((text,))]

    def pages(mission: MissionFacts) -> list[Node | None]:
        facts: list[Node] = [lead(f) for f in choice.of(voice, mission)]
        if noted and facts and isinstance(facts[-1], Para):
            raised = Run(f"{mission.ordinal}", Mark(Role.FURNITURE), Look(size=round(size * 0.6, 1)))
            facts[-1] = Para((*facts[-1].runs, raised), hanging=hanging)
        body = [texts.part(mission, r) for r in texts.roles(mission)]
        some = [*body, *facts] if mixed else [*facts, *body]
        return [*heading(mission), Space(6), c.stack(some, gap), *(note(mission) if noted else [])]

    openers = ("heading", "heading", "number", "page-large", "none", "heading-ruled", "intro")
    return c.bind(rng, brochure, voice, dressed, pages, size, openers, font=serif, together=together)
