"""The part of the brochure in which the mission stands."""

from __future__ import annotations

import re

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.schemas.evidence import Candidate
from carnet.schemas.outline import MissionSection, PartKind

_NUMBER = re.compile(r"\d{1,2}\s{1,40}(?=[A-ZÀ-Ý][^\W\d]{2})")
"""Set large beside the name: "2 Cohésion sociale"."""


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """The label, else the heading over the missions of a part; without its number ("2. Eau"), what says that
    it is one ("Nos références – Eau") and "(suite)". The name of
    the publisher names no part."""
    out = []
    for part in section.parts:
        if part.kind is PartKind.DOMAIN and part.items:
            flow = part.items[0].flow()
            out.append(candidate(ctx, "domain", flow.text, flow, "label.domain"))
    if section.domain is not None:
        flow = section.domain.flow()
        opener = re.match(ctx.rules.lexicon("noise")["part_opener"], fold(flow.text))
        if opener and opener.end() < len(flow.text):
            flow = flow.slice(opener.end(), len(flow.text))
        again = re.search(ctx.rules.lexicon("noise")["continued"], fold(flow.text))
        if again and again.start():
            flow = flow.slice(0, again.start())
        number = re.match(ctx.rules.lexicon("noise")["chapter_number"], fold(flow.text)) or _NUMBER.match(flow.text)
        if number and number.end() < len(flow.text):
            flow = flow.slice(number.end(), len(flow.text))
        if letters_of(flow.text) != letters_of(ctx.firm or ""):
            out.append(candidate(ctx, "domain", flow.text, flow, "heading.domain"))
    return out[:1]
