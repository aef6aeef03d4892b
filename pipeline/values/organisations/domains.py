"""Bodies in the domains of e-mail addresses."""

from __future__ import annotations

import re

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.organisations.lexicon import lexicon_of


def domain_body(email: str, rules: Rules) -> str | None:
    """Letters of the organisation in the domain, without "mairie", "cc" and the like; None for a provider.

    >>> domain_body("accueil@mairie-cluny.fr", load_rules())
    'cluny'
    """
    lexicon = lexicon_of(rules)
    domain = fold(email.rpartition("@")[2]).strip(". ")
    if "." not in domain or domain in lexicon.providers:
        return None
    shared = next((suffix for suffix in lexicon.suffixes if domain.endswith(f".{suffix}")), None)
    labels = (domain[: -len(shared) - 1] if shared else domain.rpartition(".")[0]).split(".")
    telling = [label for label in labels if label not in lexicon.domain_words] or labels
    parts = [part for part in telling[-1].split("-") if part]
    kept = [part for part in parts if part not in lexicon.domain_words and not part.isdigit()] or parts
    letters = re.sub(r"[^a-z0-9]", "", "".join(kept))
    return letters or None
