"""What every finder may ask besides its section."""

from __future__ import annotations

from dataclasses import dataclass

from carnet.pipeline.nlp import Nlp
from carnet.pipeline.rules import Rules
from carnet.pipeline.values.money.hints import NONE, AmountHints
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.layout import Passage


@dataclass(frozen=True)
class PartnerHabits:
    """`reach`: how far to the right the lines of partners reach in any mission, by where they begin, in points.
    `names`: letters of what is told alone in a list of partners."""

    reach: tuple[tuple[float, float], ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Context:
    """`firm`: the publisher, if known. `region`: its country. `money`: what the brochure says of all its amounts
    ("Montants en euros hors taxes"). `habits`: how its headings tell client and title apart (`split.py`). `own`: the
    domains of the publisher's sites: whoever writes from there is nobody at a client's. `partners`: how the brochure
    lists them."""

    rules: Rules
    nlp: Nlp | None = None
    firm: str | None = None
    region: str = "FR"
    money: AmountHints = NONE
    habits: frozenset[str] = frozenset()
    keep_hyphen: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    partners: PartnerHabits = PartnerHabits()

    def rank(self, rule: str) -> int:
        """How far a rule is trusted, 1 the most: from `rules/shared/ranks.yml`, by the longest matching prefix."""
        ranks = self.rules.lexicon("ranks")
        parts = rule.split(".")
        for n in range(len(parts), 0, -1):
            if ".".join(parts[:n]) in ranks:
                return int(ranks[".".join(parts[:n])])
        return int(ranks["other"])


def candidate(
    ctx: Context, field: str, value: object, passage: Passage, rule: str, note: str | None = None, ordinal: int = 1
) -> Candidate:
    """A reading with the passage it stands on."""
    evidence = (Evidence.of(passage, field, rule, ordinal),) if passage else ()
    return Candidate(value=value, evidence=evidence, rank=ctx.rank(rule), rule=rule, note=note)


def kept_hyphens(rules: Rules) -> frozenset[str]:
    """Compounds and joining words whose hyphen stays at a line end, as `Passage.flow` wants them."""
    words = rules.lexicon("hyphens")
    return frozenset(str(w).casefold() for w in words["compounds"]) | {f"-{w}" for w in words["joins"]}
