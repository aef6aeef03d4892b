"""A mission on two pages: facts on the recto, texts and contact on the verso, whose head is only a shortened title."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import common as c
from carnet.pipeline.teach.nodes import Mark, Node, PageBreak, Paper, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

_OVERLEAF = (Role.CONTACT, Role.PARTNERS, Role.AMOUNT)


def compose(rng: Random, brochure: Brochure, voice: Voice) -> Paper:
    """Some facts stay for the verso; "Fiche n° 12 – page 2/2" at its head; the recto is filled by pictures."""
    page = c.page(rng, ("a4", "a4", "a5", "letter", "a4-wide"))
    size = c.page_size(rng, page)
    voice = c.scaled(voice, size)
    dressed = c.dress(rng, brochure, voice, page, head_domain=0.1)
    head = c.head(rng, brochure, voice)
    choice = c.choice(rng, voice, head.used, domain=0.35)
    late = frozenset(r for r in _OVERLEAF if rng.random() < 0.4)
    facts, more = c.arrangement(rng, voice), c.arrangement(rng, voice)
    texts = c.texts(rng, voice)
    first_text = rng.random() < 0.35  # the context is on the recto
    form = rng.choice(("Fiche n° {n} – page {p}/2", "Réf. {n} ({p}/2)", "{n} – {p}", "Fiche {n} · verso", ""))
    repeat, ruled = rng.random() < 0.75, rng.random() < 0.5
    tall = page.inner_height * rng.uniform(0.2, 0.4)

    def strap(mission: MissionFacts, side: int) -> Node | None:
        if not form or (side == 1 and "verso" in form):
            return None
        text = form.format(n=mission.ordinal, p=side)
        mark = Mark(Role.REFERENCE, mission.ordinal) if side == 1 else Mark(Role.FURNITURE)
        return Para((Run(text, mark, voice.look("small")),), align="right")

    def pages(mission: MissionFacts) -> list[Node | None]:
        roles = texts.roles(mission)
        early = roles[:1] if first_text and len(roles) > 1 else []
        picture = c.captioned(rng, mission.ordinal, "100%", tall, voice.look("small"))
        recto = [
            strap(mission, 1),
            head.draw(mission),
            Space(9),
            facts(choice.without(late).of(voice, mission)),
            Space(10),
        ]
        recto += [texts.draw(mission, early), Space(10), picture]
        left = choice.only(late).of(voice, mission)
        verso: list[Node | None] = [strap(mission, 2), c.continued(rng, voice, mission) if repeat else None]
        verso += [
            Rule(voice.accent, 0.6) if ruled else None,
            Space(8),
            texts.draw(mission, [r for r in roles if r not in early]),
        ]
        verso += [Space(10), more(left) if left else None]
        return [*recto, PageBreak(), *verso]

    return c.bind(rng, brochure, voice, dressed, pages, size)
