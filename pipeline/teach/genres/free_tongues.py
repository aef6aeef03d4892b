"""Brochures in two languages: French, and beside it, under it or between its lines English, German or Dutch.

What stands in the other language says the mission again and is no value of it.
"""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.blocks.words import tongue
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Cell, Grid, Look, Mark, Node, Paper, Para, Run
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """The other language in columns, role by role, under each text, or of titles and labels alone."""
    page = c.page(rng, ("a4", "a4", "a4-wide", "letter", "16:9"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.3)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used, domain=0.15)
    drawn, texts, other = c.arrangement(rng, voice, width=page.inner_width), c.texts(rng, voice), _Other(rng, voice)
    form = rng.choice(("columns", "roles", "below", "after", "titles"))
    titled, first = rng.random() < 0.7, rng.random() < 0.2
    facts_last, gap = rng.random() < 0.3, rng.uniform(10, 26)
    room = rng.uniform(6, 14)

    def told(mission: MissionFacts) -> Node | None:
        roles = [r for r in texts.order if texts.items(mission, r)]
        mine = texts.draw(mission, roles)
        match form:
            case "columns":
                return c.beside(mine, other.texts(mission, roles), ("1fr", "1fr"), gap)
            case "roles":
                pairs = [(texts.draw(mission, [r]), other.texts(mission, [r])) for r in roles]
                rows = tuple((Cell(b), Cell(a)) if first else (Cell(a), Cell(b)) for a, b in pairs)
                return Grid(("1fr", "1fr"), rows, gap, 8.0) if rows else None
            case "below":
                parts = [n for r in roles for n in (texts.draw(mission, [r]), other.texts(mission, [r]))]
                return c.stack(parts, texts.gap)
            case "after":
                return c.stack((mine, other.texts(mission, roles)), texts.gap * 1.5)
        return mine

    def pages(mission: MissionFacts) -> list[Node | None]:
        facts = drawn(some) if (some := choice.of(voice, mission)) else None
        body = told(mission)
        heading = c.stack((head.draw(mission), other.title(mission) if titled else None), 2)
        return [c.stack((heading, *((body, facts) if facts_last else (facts, body))), room)]

    return c.bind(rng, brochure, voice, dressed, pages, size, together=c.together(rng, brochure))


class _Other:
    """What is printed in the other language, in one look throughout a brochure."""

    def __init__(self, rng: Random, voice: Voice) -> None:
        self.rng, self.words = rng, tongue(rng)
        self.labels = {r: rng.choice(self.words["labels"][r.value]) for r in NARRATIVE}
        italic, self.labelled = rng.random() < 0.6, rng.random() < 0.7
        color = rng.choice((None, None, "#666666", voice.accent))
        body = voice.look("body")
        self.look = c.over_look(body, Look(italic=italic or None, color=color))
        self.label_look = c.over_look(voice.look("label"), Look(italic=italic and rng.random() < 0.3 or None))
        self.title_look = c.over_look(body, Look(italic=italic or None, color=color, bold=rng.random() < 0.2 or None))

    def title(self, mission: MissionFacts) -> Node:
        return Para((Run(self.rng.choice(self.words["titles"]), self._mark(mission), self.title_look),))

    def texts(self, mission: MissionFacts, roles: list[Role]) -> Node:
        out: list[Node] = []
        for role in roles:
            if self.labelled:
                out.append(Para((Run(self.labels[role], self._mark(mission), self.label_look),)))
            said = " ".join(self.rng.sample(self.words["texts"], self.rng.choice((1, 1, 2, 3))))
            out.append(Para((Run(said, self._mark(mission), self.look),)))
        return c.stack(out, 3)

    @staticmethod
    def _mark(mission: MissionFacts) -> Mark:
        return Mark(Role.ASIDE, mission.ordinal)
