"""A mission a letter: its client attests in sentences what was done, when, for how much; a hand signs."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Mark, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Title, period and amount run in a sentence, or stand on lines of their own below it."""
    page = c.page(rng, ("a4", "a4", "letter"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page)
    opening, period = c.word(rng, "attests"), c.word(rng, "attests_period")
    amount, ending = c.word(rng, "attests_amount"), c.word(rng, "attests_end")
    name = c.word(rng, "attests_title")
    listed, ruled, quoted = rng.random() < 0.35, rng.random() < 0.4, rng.random() < 0.4
    choice = c.choice(rng, voice, {Role.TITLE, Role.CLIENT, Role.CONTACT}, again=0)
    facts, texts = (
        c.arrangement(rng, voice, ("lines", "bullets", "beside", "ruled-rows", "leaders")),
        c.texts(rng, voice),
    )
    told = rng.random() < 0.5
    align = rng.choice(("left", "center", "center"))

    def word(mission: MissionFacts, text: str) -> Run:
        return Run(text, Mark(Role.ASIDE, mission.ordinal), voice.look("text"))

    def letterhead(mission: MissionFacts) -> list[Node | None]:
        client = c.restyle(voice.value(mission, Role.CLIENT, "client"), Look(bold=True))
        month = rng.choice(("mars", "juin", "octobre"))
        place = f"{c.word(rng, 'localities')}, le {rng.randint(1, 28)} {month} {brochure.year - 1}"
        return [
            c.stack((c.line(client), Rule("#999999", 0.5) if ruled else None), 3),
            Space(16),
            Para((word(mission, place),), align="right"),
            Space(18),
            c.say(name, Role.FURNITURE, look=Look(size=round(size * 1.5, 1), bold=True), align=align),
            Space(16),
        ]

    def sentence(mission: MissionFacts) -> Node:
        value = mission.values.get(Role.CLIENT)
        before, _, after = opening.replace("{firm}", brochure.firm).partition("{whom}")
        runs: list[Run] = [word(mission, before)] if before else []
        if value:
            runs += voice.value(mission, Role.CLIENT)
        runs.append(word(mission, after))
        runs += voice.value(mission, Role.TITLE, "text")
        if not listed:
            when, sum_ = voice.value(mission, Role.PERIOD), voice.value(mission, Role.AMOUNT)
            runs += [word(mission, "." + period), *when] if when else []
            runs += [word(mission, amount), *sum_] if sum_ else []
        runs.append(word(mission, ending))
        return Para(tuple(runs), leading=0.8)

    def signature(mission: MissionFacts) -> Node | None:
        person = voice.contact(mission, "\n")
        closing = word(mission, "Pour valoir ce que de droit,") if quoted else None
        rows = [Para((closing,)) if closing else None, c.line(person), c.photo(rng, 70, 34)]
        return c.beside(None, c.stack(rows, 6), ("1fr", "1fr"))

    def pages(mission: MissionFacts) -> list[Node | None]:
        left = choice if listed else choice.without({Role.PERIOD, Role.AMOUNT})
        some = left.of(voice, mission)
        body = [Space(10), facts(some)] if some and (listed or told) else []
        more = (
            [Space(10), texts.draw(mission, [Role.APPROACH])] if told and Role.APPROACH in texts.roles(mission) else []
        )
        return [*letterhead(mission), sentence(mission), *body, *more, Space(20), signature(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size, openers=("none", "none", "page", "page-large"), bare=True)
