"""What was done, without the client."""

from __future__ import annotations

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.fields.heading import read_heading, without_note
from carnet.schemas.evidence import Candidate
from carnet.schemas.outline import MissionSection, PartKind


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """From the heading, or from the label or column of the title."""
    out: list[Candidate] = []
    heading = read_heading(section, ctx)
    out += _labelled(section, ctx) if section.heading else []
    if heading.title:
        rule = "cell.title" if section.from_table else heading.rule
        out.append(candidate(ctx, "title", heading.title.text, heading.title, rule))
    elif not heading.client:
        for part in section.parts:
            if part.kind is PartKind.SUBJECT and part.items:
                flow = part.items[0].flow(ctx.keep_hyphen)
                out.append(candidate(ctx, "title", flow.text, flow, "label.subject"))
                break
    return out


def _labelled(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Beside a label of its own, under a heading that names the client."""
    for part in section.parts:
        if part.kind is PartKind.TITLE and part.items:
            title, _ = without_note(part.items[0].flow(ctx.keep_hyphen), ctx)
            return [candidate(ctx, "title", title.text, title, "label.title")]
    return []
