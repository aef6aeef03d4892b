"""What a label announces whose words are known: the lexicon beside what the network makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.observe.document import Observed
from carnet.pipeline.roles.network import Told
from carnet.pipeline.rules import Rules
from carnet.schemas.outline import PartKind
from carnet.schemas.roles import Role

_SAYS = 1.0
"""Weight of the lexicon beside the network, which sees its words too, and all that stands around them."""
_LONGEST = 60  # letters of a label
_OF = {
    PartKind.PERIOD: Role.PERIOD, PartKind.DURATION: Role.DURATION, PartKind.START: Role.START, PartKind.END: Role.END,
    PartKind.AMOUNT: Role.AMOUNT, PartKind.WORKS_COST: Role.WORKS_COST, PartKind.CONTACT: Role.CONTACT,
    PartKind.EMAIL: Role.EMAIL, PartKind.PHONE: Role.PHONE, PartKind.PARTNERS: Role.PARTNERS,
    PartKind.CLIENT: Role.CLIENT, PartKind.STATUS: Role.STATUS,
}  # fmt: skip
"""Kinds that mean one thing wherever they stand; "Mission" and "Objet" may be titles or texts."""


def with_known_labels(told: Told, seen: Observed, roles: Sequence[Role], rules: Rules) -> Told:
    """What the network says, but that a text which is a known label, word for word, rather announces what that does."""
    of = told.of.copy()
    for f in seen.fragments:
        hit = rules.labels.match(f.text.rstrip(" :")) if len(f.text) <= _LONGEST else None
        role = _OF.get(hit.kind) if hit is not None and hit.exact else None
        if role is not None:
            of[f.number] /= 1 + _SAYS
            of[f.number, roles.index(role)] += _SAYS / (1 + _SAYS)
    return replace(told, of=of)
