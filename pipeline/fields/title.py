"""What was done, without the client."""

from __future__ import annotations

import re
from functools import lru_cache

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.fields.heading import read_heading, without_note
from carnet.pipeline.fields.split import is_unfinished
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.pipeline.rules.places import load_places
from carnet.pipeline.values.bodies import names_body
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
        title, note = _without_client(_without_sign(heading.title), section, ctx), None
        if is_unfinished(title.text, ctx) and _leads_to_client(title, section):
            title = _before_client(title, ctx)
        elif is_unfinished(title.text, ctx):
            note = "title: it breaks off"
        out.append(candidate(ctx, "title", title.text, title, rule, note))
    elif not heading.client:
        for part in section.parts:
            if part.kind is PartKind.SUBJECT and part.items:
                flow = part.items[0].flow(ctx.keep_hyphen)
                out.append(candidate(ctx, "title", flow.text, flow, "label.subject"))
                break
    return out


def _without_sign(title: Passage) -> Passage:
    """Without the sign that parts it from what stands before it, where it is set in a look of its own:
    "2019 | Médiathèque du Chesnoy"."""
    sign = _SIGN.match(title.text)
    return title.slice(sign.end(), len(title.text)) if sign else title


def _without_client(title: Passage, section: MissionSection, ctx: Context) -> Passage:
    """Without for whom it was, in brackets at its end: "Pont des Cordeliers (EPTB Auronne)"; the client that stands
    apart as well, or the only body."""
    note = _NOTE.search(title.text)
    if note is None or not note.start():
        return title
    clients = {letters_of(i.text) for part in section.parts if part.kind is PartKind.CLIENT for i in part.items}
    body = names_body(note["name"], ctx.rules) and not load_places().find(note["name"], "cdr")
    theirs = letters_of(note["name"]) in clients if clients else body
    return title.slice(0, note.start()) if theirs else title


_NOTE = re.compile(r"\s{0,4}\((?P<name>[^()]{3,80})\)\s{0,4}$")
_SIGN = re.compile(r"[|:·•–—]\s{1,5}(?=\S)")


def _before_client(title: Passage, ctx: Context) -> Passage:
    """Without the words at its end that lead to a client set apart: "Audit des marchés, mission confiée par la"."""
    while is_unfinished(title.text, ctx) and len(title.text.split()) > _WORDS:
        title = title.slice(0, len(title.text[: -len(title.text.split()[-1])].rstrip()))
    lead = _leads(ctx.rules).search(fold(title.text))
    return title.slice(0, len(title.text[: lead.start()].rstrip(" ,;(–-"))) if lead and lead.start() else title


def _leads_to_client(title: Passage, section: MissionSection) -> bool:
    """Does the client stand right behind the title, on its line or the next?"""
    last = title.pieces[-1].word
    for item in (i for part in section.parts if part.kind is PartKind.CLIENT for i in part.items):
        first = item.pieces[0].word
        if last.box is None or first.box is None:
            return True
        down = first.box.top - last.box.top
        level = abs(down) < last.box.height / 2 and first.box.x0 >= last.box.x1
        if first.page == last.page and (level or 0 < down < _LINE * last.box.height):
            return True
    return False


_LINE = 2.0
"""Heights of its letters from a line down to the next, at most."""


@lru_cache(maxsize=4)
def _leads(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf",?\s(?:{any_of(rules.lexicon('fields')['title_leads'])})$")


_WORDS = 1
"""Words of a title at least."""


def _labelled(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Beside a label of its own, under a heading that names the client."""
    for part in section.parts:
        if part.kind is PartKind.TITLE and part.items:
            title, _ = without_note(_without_sign(part.items[0].flow(ctx.keep_hyphen)), ctx)
            return [candidate(ctx, "title", title.text, title, "label.title")]
    return []
