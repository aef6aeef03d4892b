"""Bodies in the domains of e-mail addresses."""

from __future__ import annotations

import re

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.organisations.lexicon import lexicon_of
from carnet.pipeline.values.organisations.spelling import shortened
from carnet.pipeline.values.organisations.words import words_of


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


def fits_domain(email: str, name: str, rules: Rules) -> bool | None:
    """Whether the domain may be that of the body `name`; None where the domain tells nothing.

    >>> fits_domain("y.b@ccpbs.fr", "Communauté de communes du Pays Bigouden Sud", load_rules())
    True
    """
    letters = domain_body(email, rules)
    if letters is None or len(letters) < 3:
        return None
    lexicon = lexicon_of(rules)
    words = words_of(name)
    whole = "".join(words)
    telling = [word for word in words if word not in lexicon.empty]
    spoken = [word for word in telling if word not in lexicon.domain_words]
    initials = ["".join(word[0] for word in some) for some in (telling, words, spoken)]
    short = "".join(shortened(telling, lexicon))
    if letters in whole or letters in "".join(telling) or letters in short or re.sub(r"^l[ea]s?", "", letters) in whole:
        return True
    if any(word[: max(5, len(word) - 2)] in letters for word in spoken if len(word) > 3):
        return True
    if any(len(first) > 2 and (letters.startswith(first) or letters in first) for first in initials):
        return True
    return None if fold(email).endswith(_STATE_DOMAINS) else False


_STATE_DOMAINS = (".gouv.fr", ".fgov.be", ".admin.ch", ".etat.lu", ".public.lu")
