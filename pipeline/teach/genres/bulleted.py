""" "Référence 1", then a bullet for each fact, "Label : value"."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from carnet.pipeline.teach.blocks import groups, items
from carnet.pipeline.teach.blocks.list_pages import bind
from carnet.pipeline.teach.blocks.lists import listed
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Look, Mark, Node, Paper, Para, Run, Space, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Numbered heads alone, or with place or client; bullets or plain lines; the later missions shorter."""
    page = c.page(rng, ("a4", "a4", "a4", "letter", "a4-wide"))
    dressed = c.dress(rng, brochure, voice, page)
    size = rng.uniform(9, 11.5)
    m = items.manner(
        rng, voice, size, facts=("items",), texts=("run_in", "run_in", "none", "headed"), rich=0.65, cap=14.0
    )
    m = m.but(voice=replace(m.voice, labels=voice.labels), shown=m.shown | {Role.CLIENT})
    build = _Build(rng, m)
    room, part = rng.uniform(6, 18), rng.choice(("none", "none", "plain", "rule", "band"))
    nodes: list[Node] = [groups.section_title(rng, voice, 18.0), Space(13), *groups.opening(rng, voice, size), Space(4)]
    n = 0
    for domain, missions in groups.parts(brochure) if part != "none" else [("", list(brochure.missions))]:
        if domain:
            nodes += [groups.part_head(rng, voice, domain, part, 16.0), Space(9)]
        for mission in missions:
            n += 1
            nodes += [build.mission(mission, n), Space(room)]
    return bind(rng, brochure, voice, dressed, [dressed.sheet(nodes)], size)


class _Build:
    """How head and bullets are built."""

    def __init__(self, rng: Random, m: items.Manner) -> None:
        self.rng, self.m = rng, m
        self.pattern = listed(rng, "bullet_titles")
        self.behind = rng.choice((None, None, Role.PLACE, Role.CLIENT, Role.TITLE))
        self.joint = rng.choice((" – ", " : ", " — "))
        self.marker = rng.choice((m.voice.bullet, "•", "-", "–", "*", "", "none"))
        self.short_after = rng.choice((99, 99, 3, 5))
        self.closing = rng.random() < 0.3
        self.gap = items.gap(rng, m.size)
        self.keep = rng.random() < 0.5

    def mission(self, mission: MissionFacts, n: int) -> Node:
        m, v = self.m, self.m.voice
        head: c.Runs = (Run(self.pattern.format(n=n), Mark(Role.REFERENCE, mission.ordinal), v.look("title")),)
        behind = v.value(mission, self.behind, "title") if self.behind else ()
        if behind:
            head = (*head, Run(self.joint, behind[0].mark, v.look("title")), *behind)
        roles = [
            r
            for r in (Role.TITLE, *v.order)
            if (r is Role.TITLE or r is Role.CLIENT or r in m.shown) and r is not self.behind
        ]
        roles = list(dict.fromkeys(roles))
        lines = [line for r in roles if (line := v.fact_line(mission, r))]
        lines += [v.extra_line(mission, e.label, e.text, e.role) for e in mission.extras]
        if n > self.short_after:
            lines = [items.joined(lines[i : i + 2], " – ") for i in range(0, len(lines), 2)]
        close: list[Node] = []
        if self.closing and self.rng.random() < 0.6:
            close = [c.say(listed(self.rng, "bullet_closings"), Role.ASIDE, mission.ordinal, Look(italic=True))]
        return Stack(
            (Para(head), *[self._bullet(r) for r in lines], *items.texts(m, mission), *close),
            gap=self.gap,
            keep=self.keep,
        )

    def _bullet(self, runs: c.Runs) -> Para:
        if self.marker == "none":
            return Para(runs)
        return Para(runs, item=1, marker=self.marker)
