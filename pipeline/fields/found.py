"""What the finders find, kept: a brochure is read in several proposals, and the one that is taken is read again."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.fields import FIELDS
from carnet.pipeline.fields.context import Context
from carnet.schemas.evidence import Candidate
from carnet.schemas.outline import MissionSection

Candidates = dict[str, tuple[Candidate, ...]]
_ASK_MODEL = frozenset({"client", "contacts"})
"""Fields whose finders ask the French model, which a proposal is read without."""
_OF_THE_DOMAIN = frozenset({"domain"})
"""Fields that the part of the brochure is told by, which proposals take from each other."""


class Finders:
    """All finders, for one document."""

    def __init__(self) -> None:
        self._kept: dict[int, list[tuple[MissionSection, Context, Candidates]]] = {}

    def of(self, section: MissionSection, ctx: Context) -> Candidates:
        """Candidates for every field of one mission."""
        bare, plainly = replace(section, domain=None, domain_rule="", above=None), replace(ctx, nlp=None)
        kept = self._kept.setdefault(section.ordinal, [])
        known = next((found for s, c, found in kept if c == plainly and s == bare), {})
        anew = FIELDS.keys() - known.keys() | _OF_THE_DOMAIN | (_ASK_MODEL if ctx.nlp else frozenset())
        found = {name: tuple(find(section, ctx)) if name in anew else known[name] for name, find in FIELDS.items()}
        if not known and not ctx.nlp:
            kept.append((bare, plainly, found))
        return found
