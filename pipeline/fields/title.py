"""What was done, without the client."""

from __future__ import annotations

import re
from functools import lru_cache

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.fields.heading import read_heading, without_note
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.patterns import any_of
from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """From the heading, or from the label or column of the title."""
    out: list[Candidate] = []
    heading = read_heading(section, ctx)
    out += _labelled(section, ctx) if section.heading else []
    if heading.title:
        rule = "cell.title" if section.from_table else heading.rule
        title = _before_client(heading.title, ctx)
        out.append(candidate(ctx, "title", title.text, title, rule))
    elif not heading.client:
        for part in section.parts:
            if part.kind is PartKind.SUBJECT and part.items:
                flow = part.items[0].flow(ctx.keep_hyphen)
                out.append(candidate(ctx, "title", flow.text, flow, "label.subject"))
                break
    return out


def _before_client(title: Passage, ctx: Context) -> Passage:
    """Without the words at its end that lead to a client set apart: "Audit des marchés, mission confiée par la"."""
    small = frozenset(fold(str(word)) for word in ctx.rules.lexicon("fields")["unfinished"])
    words = list(re.finditer(r"\S+", title.text))
    kept = len(words)
    while kept and words[kept - 1].group().islower() and fold(words[kept - 1].group()) in small:
        kept -= 1
    if kept == len(words) or kept < _WORDS:
        return title
    cut = title.slice(0, words[kept - 1].end())
    lead = _leads(ctx.rules).search(fold(cut.text))
    return cut.slice(0, len(cut.text[: lead.start()].rstrip(" ,;(–-"))) if lead and lead.start() else cut


@lru_cache(maxsize=4)
def _leads(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf",?\s(?:{any_of(rules.lexicon('fields')['title_leads'])})$")


_WORDS = 2
"""Words of a title at least."""


def _labelled(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Beside a label of its own, under a heading that names the client."""
    for part in section.parts:
        if part.kind is PartKind.TITLE and part.items:
            title, _ = without_note(part.items[0].flow(ctx.keep_hyphen), ctx)
            return [candidate(ctx, "title", title.text, title, "label.title")]
    return []
