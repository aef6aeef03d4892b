"""A mission a page or half a page: one table of labels and values, the texts in its last rows or under it."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Node, Paper, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Bordered or ruled, two columns or four; the title as merged first row, as a row of its own, or over the table."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "a4-wide"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    titled = rng.choice(("merged", "merged", "row", "over", "over"))
    head = c.head(rng, brochure, voice, kicker=0.15) if titled == "over" else None
    used = head.used if head else frozenset({Role.TITLE} if titled == "merged" else ())
    choice = c.choice(rng, voice, used, domain=0.35, again=0.05)
    choice, tail = c.parted(rng, voice, choice, 0.2)
    texts = c.texts(rng, voice)
    inside = rng.choice(("rows", "rows", "merged", "under"))
    kind, rules = rng.choice(("two", "two", "two", "four")), rng.random() < 0.3
    width = rng.choice(("24%", "28%", "32%", "36%", 110.0))
    fill = rng.choice((None, voice.tint, "#eeeeee", "#e3e3e3"))
    stroke = rng.choice(("#000000", "#888888", "#bbbbbb", voice.accent))
    light = rng.random() < 0.5
    again = rng.random() < 0.3  # the merged row is printed again overleaf
    together, inset = c.together(rng, brochure), rng.choice((4.0, 5.0, 7.0))

    def rows(mission: MissionFacts) -> list[c.Fact]:
        facts = choice.of(voice, mission)
        if titled == "row":
            title = c.fact(voice, mission, Role.TITLE, choice.end)
            facts = ([title] if title else []) + [f for f in facts if f.role is not Role.TITLE]
        if inside == "rows":
            facts += [f for r in texts.order if (f := c.text_fact(voice, mission, r, texts.item_gap, choice.end))]
        elif inside == "merged":
            facts += [c.Fact(r, (), (), texts.part(mission, r)) for r in texts.order if texts.has(mission, r)]
        return facts

    def top(mission: MissionFacts) -> Cell | None:
        if titled != "merged":
            return None
        runs = c.capped(voice.value(mission, Role.TITLE, "title"), 15)
        return Cell(
            c.line(c.restyle(runs, c.WHITE) if light else runs), colspan=2, fill=voice.accent if light else fill
        )

    def pages(mission: MissionFacts) -> list[Node | None]:
        facts = rows(mission)
        first = top(mission)
        if kind == "four" and not first:
            table: Node = c.form(facts, fill, stroke)
        else:
            table = c.table(facts, width, first, fill, stroke, rules, inset, again)
        over = [head.draw(mission), Space(9)] if head else []
        below = [Space(9), texts.draw(mission)] if inside == "under" else []
        return [*over, table, *below, Space(9), tail(mission), Space(9), c.quote(voice, mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=together)
