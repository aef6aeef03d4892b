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
_OF = {PartKind.START: Role.START, PartKind.END: Role.END, PartKind.EMAIL: Role.EMAIL, PartKind.PHONE: Role.PHONE}
"""Kinds that mean one thing wherever they stand; "Mission" may be a title or a text, "Montant" a fee or works."""


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
