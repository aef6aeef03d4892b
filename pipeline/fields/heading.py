"""The heading of a mission -> client, title, and the firms named in a note behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.fields.context import Context
from pipeline.rules.fold import fold
from pipeline.values.bodies import names_body
from pipeline.values.dates import parse_period
from schemas.layout import Passage
from schemas.outline import MissionSection, PartKind
from schemas.values import Period

_COLON = re.compile(r"\s*:\s+")
_DASH = re.compile(r"\s+[–—-]\s+")
_NOTE = re.compile(r"\s*\(([^()]{2,200})\)\s*\.?$")
_LONGEST_CLIENT = 135


@dataclass(frozen=True)
class Heading:
    """`split`: how client and title were told apart (colon, blocks, lines, whole, none)."""

    client: Passage | None
    title: Passage | None
    note: Passage | None  # "co-traitance avec Cabinet X", without its brackets
    place: Passage | None  # "Belgique" in "Ville de Tournai (Belgique)"
    split: str
    period: Passage | None = None  # "2020" in "Étude … – Ville de Morcy (2020)"


def read_heading(section: MissionSection, ctx: Context) -> Heading:
    """Client, title and note of a heading.

    "Pays du Gravelin : Schéma des eaux (co-traitance avec Hydro 12)" has the client "Pays du Gravelin", the title
    "Schéma des eaux" and the note "co-traitance avec Hydro 12".
    """
    blocks = [p for p in section.heading if p]
    if not blocks:
        return _labelled(section, ctx)
    labelled = any(p.kind is PartKind.CLIENT and p.items for p in section.parts)
    blocks = [_without_number(blocks[0]), *blocks[1:]]
    dated = any(p.kind in _DATED and p.items for p in section.parts)
    blocks, period = (blocks, None) if dated else _without_period(blocks, ctx)
    client, title, split = _split(blocks, labelled, ctx)
    note = None
    if title is not None:
        title, note = _without_note(title, ctx)
    place = None
    if client is not None:
        client, place = without_place(client, ctx)
        if note is None:
            client, note = _without_note(client, ctx)
    return Heading(client or None, title or None, note, place, split, period)


_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)°])\s+(?=[A-ZÀ-Ö\"«])")


def _without_number(block: Passage) -> Passage:
    """ "3.2 Étude …" without its number."""
    match = _NUMBER.match(block.text)
    return block.slice(match.end(), len(block.text)) if match else block


def _without_period(blocks: list[Passage], ctx: Context) -> tuple[list[Passage], Passage | None]:
    """The heading without a period in brackets, or after a comma or dash, at its end."""
    last = blocks[-1].flow(ctx.keep_hyphen)
    for match in re.finditer(r"\s*\(([^()]{4,40})\)\s*$|(?:\s+[–—-]|,)\s+([^,–—()]{4,40})$", last.text):
        group = 1 if match.group(1) else 2
        found = parse_period(match.group(group), ctx.rules)
        if found and not found.note and match.start() > 8 and _when_done(found.value, bracketed=group == 1):
            period = last.slice(match.start(group), match.end(group))
            return [*blocks[:-1], last.slice(0, match.start())], period
    return blocks, None


_DATED = (PartKind.PERIOD, PartKind.DURATION, PartKind.START)
_LONGEST_RANGE = 4  # years; "Schéma directeur, 2020-2030" names a horizon


def _when_done(period: Period, bracketed: bool) -> bool:
    if period.start is None:
        return False
    years = period.end.year - period.start.year if period.end else 0
    return bracketed and years <= 2 * _LONGEST_RANGE or 0 <= years <= _LONGEST_RANGE


def _labelled(section: MissionSection, ctx: Context) -> Heading:
    """The title beside its label, or in its column."""
    titles = [i for part in section.parts if part.kind is PartKind.TITLE for i in part.items]
    if not titles:
        return Heading(None, None, None, None, "none")
    title, note = _without_note(titles[0].flow(ctx.keep_hyphen), ctx)
    return Heading(None, title, note, None, "label")


def reads_as_client_colon(section: MissionSection, ctx: Context) -> bool:
    """Does this heading surely read "Client : titre"?"""
    if len(section.heading) != 1:
        return False
    parts = _at_colon(section.heading[0].flow())
    return parts is not None and names_body(parts[0].text, ctx.rules)


def _split(blocks: list[Passage], labelled: bool, ctx: Context) -> tuple[Passage | None, Passage | None, str]:
    whole = Passage.join(blocks).flow(ctx.keep_hyphen)
    if labelled:
        return None, whole, "label"
    if len(blocks) >= 2:
        return _by_blocks(blocks, ctx)
    lines = blocks[0].lines()
    parts = _at_colon(whole)
    if parts and (ctx.colon_headings or _is_body(parts[0].text, ctx)):
        return parts[0], parts[1], "colon"
    for bracket in re.finditer(r"\)\s+(?=[A-ZÀ-Ö])", whole.text[: _LONGEST_CLIENT + 40]):
        before = whole.slice(0, bracket.start() + 1)
        if names_body(before.text, ctx.rules):
            return before, whole.slice(bracket.end(), len(whole.text)), "bracket"
    if len(lines) >= 2:
        for k in range(1, len(lines)):
            head = Passage.join(lines[:k]).flow(ctx.keep_hyphen)
            tail = Passage.join(lines[k:]).flow(ctx.keep_hyphen)
            if _is_body(head.text.rstrip(" :"), ctx) and tail.text[:1].isupper() and not _open_end(head.text):
                return _bare(head), tail, "lines"
    dash = _DASH.search(whole.text)
    if dash and dash.start() < _LONGEST_CLIENT and _is_body(whole.text[: dash.start()], ctx):
        return whole.slice(0, dash.start()), whole.slice(dash.end(), len(whole.text)), "dash"
    ends = list(_DASH.finditer(whole.text))
    if ends and _is_body(whole.text[ends[-1].end() :], ctx):
        return whole.slice(ends[-1].end(), len(whole.text)), whole.slice(0, ends[-1].start()), "dash"
    if len(whole.text) < 90 and _is_body(whole.text, ctx):
        return _bare(whole), None, "whole"
    return None, whole, "none"


def _by_blocks(blocks: list[Passage], ctx: Context) -> tuple[Passage | None, Passage | None, str]:
    """Client above title, or below it: the one that is a body's name; else the smaller of the two is the client."""
    flows = [_bare(b.flow(ctx.keep_hyphen)) for b in blocks]
    bodies = [i for i, f in enumerate(flows) if len(f.text) < _LONGEST_CLIENT and _is_body(f.text, ctx)]
    if blocks[0].text.rstrip().endswith(":"):
        at = 0
    elif len(bodies) == 1 or bodies and bodies[0] == 0:
        at = bodies[0]
    elif bodies:
        at = bodies[-1]
    else:
        sizes = [b.style.size for b in blocks]
        if max(sizes) - min(sizes) < 0.5:
            both = _at_colon(flows[0])
            if len(flows) == 1 and both:
                return both[0], both[1], "colon"
            at = 0
        else:
            at = sizes.index(min(sizes))
    rest = [f for i, f in enumerate(flows) if i != at]
    return flows[at], Passage.join(rest, " ") if rest else None, "blocks"


def _at_colon(whole: Passage) -> tuple[Passage, Passage] | None:
    match = _COLON.search(whole.text)
    if not match or match.start() > _LONGEST_CLIENT or match.end() >= len(whole.text) - 3:
        return None
    return whole.slice(0, match.start()), whole.slice(match.end(), len(whole.text))


def _bare(passage: Passage) -> Passage:
    text = passage.text.rstrip(" :–-")
    return passage.slice(0, len(text))


def _open_end(text: str) -> bool:
    """Does the line break off: "… de", "… et", a comma?"""
    words = fold(text).split()
    return bool(words) and (
        words[-1] in {"de", "du", "des", "la", "le", "les", "et", "d'", "a", "au", "en", "pour", "l'"}
    )


def _is_body(text: str, ctx: Context) -> bool:
    return len(text) < _LONGEST_CLIENT and names_body(text, ctx.rules)


def _without_note(passage: Passage, ctx: Context) -> tuple[Passage, Passage | None]:
    """The title without a note that only names co-contractors; other notes stay."""
    match = _NOTE.search(passage.text)
    if match is None:
        return passage, None
    inner = fold(match.group(1))
    if not any(inner.startswith(fold(str(w))) for w in ctx.rules.lexicon("partners")["note_starts"]):
        return passage, None
    start = match.start(1)
    return passage.slice(0, match.start()), passage.slice(start, match.end(1))


def without_place(passage: Passage, ctx: Context) -> tuple[Passage, Passage | None]:
    """The client without a country or place in brackets behind it; an acronym stays."""
    match = _NOTE.search(passage.text)
    if match is None or match.start() < 3:
        return passage, None
    inner = fold(match.group(1)).strip()
    countries = {fold(str(w)) for words in ctx.rules.lexicon("clients")["country_notes"].values() for w in words}
    if inner in countries or re.fullmatch(r"\d{1,3}[ab]?", inner):
        return passage.slice(0, match.start()), passage.slice(match.start(1), match.end(1))
    return passage, None
