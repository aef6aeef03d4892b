"""A mission a page with two pictures, before and after, and measured facts; its own facts beside or below."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Captions over, under or on the pictures; measured facts in a table or under each picture."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "16:9", "letter"), tight=0.85)
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.15)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used)
    facts = c.arrangement(rng, voice)
    choice, tail = c.parted(rng, voice, choice)
    texts = c.texts(rng, voice)
    before, after = c.couples(rng, "before_after", 1)[0]
    captions, measured = rng.choice(("over", "under", "filled")), rng.choice(("table", "columns", "none", "none"))
    tall = page.inner_height * rng.uniform(0.16, 0.26)
    order = rng.choice(("pair facts texts", "facts pair texts", "texts pair facts", "pair texts facts"))
    gain = rng.random() < 0.4

    def note(mission: MissionFacts, text: str, look: Look | None = None) -> Para:
        return c.aside(text, mission, look or voice.look("small"))

    def half(mission: MissionFacts, text: str, values: list[str]) -> Node:
        picture = c.photo(rng, "100%", tall)
        below = [note(mission, v) for v in values]
        if captions == "filled":
            words: Node = Box(note(mission, text, Look(color="#ffffff", bold=True)), fill=voice.accent, inset=4)
        else:
            words = note(mission, text, voice.look("text_label"))
        return c.stack((words, picture, *below) if captions == "over" else (picture, words, *below), 3)

    def pair(mission: MissionFacts) -> Node:
        some = c.rows(rng, "before_after_facts", 3)
        left = [f"{a} : {b}" for a, b, _ in some] if measured == "columns" else []
        right = [f"{a} : {b}" for a, _, b in some] if measured == "columns" else []
        couple = Grid(
            ("1fr", "1fr"), ((Cell(half(mission, before, left)), Cell(half(mission, after, right))),), gap_x=12
        )
        rows: list[Node | None] = [couple]
        if measured == "table":
            cells = tuple(tuple(Cell(note(mission, t)) for t in row) for row in some)
            rows.append(Grid(("2fr", "1fr", "1fr"), cells, inset=4, stroke="#aaaaaa", rules=True))
        if gain:
            look = Look(size=round(size * 2, 1), bold=True, color=voice.accent2)
            rows.append(Para((Run("→ " + c.word(rng, "big_figures"), Mark(Role.ASIDE, mission.ordinal), look),)))
        return c.stack(rows, 7)

    def pages(mission: MissionFacts) -> list[Node | None]:
        blocks = {"pair": pair(mission), "facts": facts(choice.of(voice, mission)), "texts": texts.draw(mission)}
        spaced = [n for name in order.split() for n in (blocks[name], Space(11))]
        return [head.draw(mission), Space(11), *spaced, tail(mission)]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure, 2))
