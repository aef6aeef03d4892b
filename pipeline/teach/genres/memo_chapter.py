"""References as a chapter of a tender's memoir: numbered headings, small tables, the tender's running head."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Mark, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """ "4.2.3 Référence n° 3 – Title"; the buyer named by the running head is nobody's client."""
    page = c.page(rng, ("a4", "a4", "letter"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    tender, similar = c.word(rng, "tenders"), c.word(rng, "similarity") if rng.random() < 0.6 else ""
    if rng.random() < 0.7:
        running = c.stack((Para((Run(tender, Mark(Role.FURNITURE), voice.look("small")),)), Rule("#999999", 0.4)), 2)
        dressed = replace(dressed, head=lambda domain: running)
    number = rng.choice(("4.{d}.{n} ", "{d}.{n} ", "{n}. ", "{n}) ", "3.2.{n} ", ""))
    announced = rng.choice(("", "Référence n° {n} – ", "Référence {n} : ", "Projet {n} – ", "Réf. {n} "))
    inline = rng.random() < 0.35
    used = {Role.TITLE} | ({Role.CLIENT} if inline else set())
    choice = c.choice(rng, voice, used, domain=0.2)
    choice, tail = c.parted(rng, voice, choice)
    small = rng.choice(("table", "table", "lines", "bullets", "beside", "form"))
    arranged = c.arrangement(rng, voice, (small,) if small not in ("table", "form") else ("lines",))
    texts = c.texts(rng, voice, ("plain", "run-in", "numbered", "plain", "ruled-under"), justify=0.4)
    fill, width = rng.choice((None, "#eeeeee", voice.tint)), rng.choice(("25%", "30%", "35%"))
    flows, facts_first = rng.random() < 0.7, rng.random() < 0.65

    def heading(mission: MissionFacts) -> Node:
        m, look = mission.ordinal, voice.look("title")
        part = next((n for n, d in enumerate(brochure.domains, 1) if d == mission.domain), 1)
        runs: list[Run] = []
        if number:
            runs.append(Run(number.format(n=m, d=part), Mark(Role.FURNITURE, 0), look))
        if announced:
            runs.append(Run(announced.format(n=m), Mark(Role.REFERENCE, m), look))
        runs += voice.headline(mission) if inline else voice.value(mission, Role.TITLE, "title")
        return Para(c.capped(tuple(runs), 16))

    def facts(mission: MissionFacts) -> Node:
        some = choice.of(voice, mission)
        if small == "table":
            return c.table(some, width, fill=fill, inset=4)
        return c.form(some, fill) if small == "form" else arranged(some)

    def likeness(mission: MissionFacts) -> Node | None:
        if not similar:
            return None
        label = Run(similar + voice.label_end, Mark(Role.LABEL, mission.ordinal, Role.ASIDE), voice.look("text_label"))
        said = [c.aside(t, mission, voice.look("text")) for t in c.words(rng, "similarity_lines", rng.choice((1, 2)))]
        return c.stack((Para((label,)), *said), 4)

    def pages(mission: MissionFacts) -> list[Node | None]:
        blocks = [facts(mission), Space(8), texts.draw(mission)]
        if not facts_first:
            blocks.reverse()
        return [heading(mission), Space(7), *blocks, Space(8), likeness(mission), Space(6), tail(mission)]

    openers = ("heading", "heading", "none", "number", "intro", "heading-ruled")
    return c.bind(rng, brochure, voice, dressed, pages, size, openers, together=40 if flows else 1)
