"""A mission over pages with a margin of small titled boxes (identity, figures, contact) beside a body of long texts."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The facts are dealt out to some boxes; funders and figures of no field fill another; a programme's strap."""
    page = c.page(rng, ("a4", "a4", "a4", "letter"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.2)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used, domain=0.2)
    facts = c.arrangement(rng, voice, ("over", "lines", "bare", "bullets"), narrow=True)
    texts = c.texts(rng, voice, justify=0.4)
    left, width = rng.random() < 0.6, rng.uniform(115, 160)
    titles = c.words(rng, "box_titles", 4)
    dealt = rng.choice((1, 2, 2, 3))
    filled, funded, strap = (
        rng.random() < 0.5,
        rng.random() < 0.5,
        c.word(rng, "programmes") if rng.random() < 0.4 else "",
    )
    figured = rng.random() < 0.4

    def box(mission: MissionFacts, title: str, inner: Node) -> Node:
        name = c.say(title, Role.LABEL, mission.ordinal, voice.look("text_label"))
        if filled:
            return Box(c.stack((name, inner), 5), fill=voice.tint, inset=7)
        return c.stack((name, inner, Rule("#aaaaaa", 0.5)), 5)

    def margin(mission: MissionFacts) -> Node:
        some = choice.of(voice, mission)
        people = [f for f in some if f.role in (Role.CONTACT, Role.PARTNERS)] if dealt > 1 else []
        rest = [f for f in some if f not in people]
        share = -(-len(rest) // (dealt - 1)) if dealt > 1 else len(rest)
        groups = [rest[i : i + share] for i in range(0, len(rest), max(share, 1))] + ([people] if people else [])
        boxes = [box(mission, t, facts(g)) for t, g in zip(titles, groups, strict=False)]
        if funded:
            lines = [
                Para((Run(f"{a} : {b}", Mark(Role.WORKS_COST, mission.ordinal), voice.look("value")),))
                for a, b in c.couples(rng, "funding", 3)
            ]
            boxes.append(box(mission, c.word(rng, "funding_title"), c.stack(lines, 2)))
        if figured:
            big = Look(size=round(size * 2, 1), bold=True, color=voice.accent)
            boxes.append(
                c.stack(
                    (
                        c.aside(c.word(rng, "big_figures"), mission, big),
                        c.aside(c.word(rng, "big_figure_words"), mission, voice.look("small")),
                    ),
                    2,
                )
            )
        return c.stack(boxes, 10)

    def pages(mission: MissionFacts) -> list[Node | None]:
        body = c.stack([*texts.parts(mission), c.quote(voice, mission)], texts.gap)
        row = (Cell(margin(mission)), Cell(body)) if left else (Cell(body), Cell(margin(mission)))
        widths: tuple[float | str, ...] = (width, "1fr") if left else ("1fr", width)
        band = c.say(strap, Role.OTHER, mission.ordinal, voice.look("small")) if strap else None
        return [band, head.draw(mission), Space(10), Grid(widths, (row,), gap_x=16)]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure, 2))
