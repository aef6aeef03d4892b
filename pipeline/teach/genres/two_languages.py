"""A mission a sheet whose labels stand in two languages: facts in columns, in a wide form, in lines."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The second language behind a slash, below, or in italics; the same word for a role throughout."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used, domain=0.35, again=0.05)
    choice, tail = c.parted(rng, voice, choice)
    texts = c.texts(rng, voice)
    form = rng.choice(("columns", "form", "table", "beside", "over", "lines"))
    joint = rng.choice((" / ", " / ", " – ", "\n", " | "))
    italic, some_only = rng.random() < 0.5, rng.random() < 0.2
    words = {role: w for role in Role if (w := c.foreign(rng, role.value)) and (not some_only or rng.random() < 0.5)}
    order = rng.choice(("facts texts", "facts texts", "texts facts"))

    def twofold(label: c.Runs, role: Role) -> c.Runs:
        if not label or role not in words:
            return label
        last, sign = label[-1], ""
        bare = last.text.rstrip(" :.–-\u00a0\u202f")
        sign = last.text[len(bare) :]
        look = c.over_look(last.look, Look(italic=True, bold=False)) if italic else last.look
        first = Run(bare + joint, last.mark, last.look)
        return (*label[:-1], first, Run(words[role] + sign, last.mark, look))

    def facts(mission: MissionFacts) -> Node:
        some = [c.Fact(f.role, twofold(f.label, f.role), f.value, f.body) for f in choice.of(voice, mission)]
        match form:
            case "columns":
                half = (len(some) + 1) // 2
                return Grid(("1fr", "1fr"), ((Cell(c.over(some[:half], 5)), Cell(c.over(some[half:], 5))),), gap_x=20)
            case "form":
                return c.form(some, voice.tint)
            case "table":
                return c.table(some, "38%", fill="#eeeeee")
            case "beside":
                return c.facts_beside(some, 150.0, 3)
            case "lines":
                return c.lines(some, 3)
        return c.over(some, 5)

    def part(mission: MissionFacts, role: Role) -> Node:
        label = twofold(texts.label(mission, role), role)
        return c.stack((Para(label) if label else None, *texts.set(texts.items(mission, role))), texts.item_gap)

    def pages(mission: MissionFacts) -> list[Node | None]:
        body = c.stack([part(mission, r) for r in texts.roles(mission)], texts.gap)
        blocks = {"facts": facts(mission), "texts": body}
        spaced = [n for name in order.split() for n in (blocks[name], Space(10))]
        return [head.draw(mission), Space(10), *spaced, tail(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure))
