"""People of the publishing firm, from a part headed "L'équipe" or from pairs of name and role."""

from __future__ import annotations

import re

from pipeline.fields.context import Context
from pipeline.rules.fold import fold
from pipeline.values.people import parse_contacts
from schemas.evidence import Candidate, Evidence
from schemas.layout import Passage
from schemas.outline import Outline

_NAME = re.compile(
    r"(?:(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[A-Z]\.)\s){1,2}(?:(?:de|du|des|le|la|van|von|d['’])\s?){0,2}[A-ZÀ-ÖØ-Þ][\w'’-]+(?:\s[A-ZÀ-ÖØ-Þ][\w'’-]+)?"
)
_LONGEST = 75


def find(outline: Outline, ctx: Context) -> list[Candidate]:
    """One candidate a person; the name once, at its first appearance."""
    people = _pairs(list(outline.team), ctx) or _pairs(list(outline.front), ctx, strict=True)
    out, seen = [], set()
    for name, role in people:
        key = fold(name.text)
        if key in seen:
            continue
        seen.add(key)
        value = {"name": name.text, "role": role.text if role else None}
        evidence = Evidence.of(name, "team_name", "team.name")
        out.append(Candidate(value=value, evidence=(evidence,), rank=1, rule="team.name"))
    return out


def _pairs(blocks: list[Passage], ctx: Context, strict: bool = False) -> list[tuple[Passage, Passage | None]]:
    """Name and role: on two lines, in two blocks, in two cells, or parted by a comma."""
    lines = [line for block in blocks for line in _lines(block)]
    out: list[tuple[Passage, Passage | None]] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        if _is_name(line.text, ctx):
            role = lines[i + 1] if i + 1 < len(lines) and _is_role(lines[i + 1].text, ctx) else None
            if role is not None or not strict:
                out.append((line, role))
            i += 2 if role is not None else 1
            continue
        comma = re.match(rf"({_NAME.pattern})\s*[,–—:-]\s*(.+)$", line.text)
        if comma and _is_name(comma.group(1), ctx) and _is_role(comma.group(2), ctx):
            out.append((line.slice(0, comma.end(1)), line.slice(comma.start(2), len(line.text))))
        i += 1
    if strict and len(out) < 3:
        return []
    with_role = [p for p in out if p[1] is not None]
    return with_role if len(with_role) >= 0.5 * len(out) else out


def _lines(block: Passage) -> list[Passage]:
    """The lines of a block; a role that wraps is one line ("Consultant senior et⏎associé")."""
    lines = block.lines()
    out: list[Passage] = []
    for line in lines:
        goes_on = out and line.text[:1].islower() and len(out[-1].text) < _LONGEST
        if goes_on:
            out[-1] = Passage.join([out[-1], line]).flow()
        else:
            out.append(line)
    return out


def _is_name(text: str, ctx: Context) -> bool:
    text = text.strip()
    if not _NAME.fullmatch(text) or len(text) > 45:
        return False
    words = {w for w in re.split(r"[\s'’-]", fold(text)) if w}
    return not words & _not_names(ctx)


def _not_names(ctx: Context) -> set[str]:
    lexicon = ctx.rules.lexicon("people")
    out: set[str] = set()
    for key in ("not_names", "role_heads", "services"):
        entry = lexicon.get(key, ())
        for part in [entry] if isinstance(entry, str) else entry:
            out |= set(fold(str(part)).split())
    return out


def _is_role(text: str, ctx: Context) -> bool:
    text = text.strip()
    if not 3 <= len(text) <= 110 or text.endswith(".") or any(c.isdigit() for c in text) or "@" in text:
        return False
    if _is_name(text, ctx):
        return False
    read = parse_contacts(f"Anne Martin, {text}", ctx.rules, None, ctx.region)
    return bool(read and read[0].role) or len(text.split()) <= 7
