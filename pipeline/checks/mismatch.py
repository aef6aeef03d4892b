"""The heading names one body, the rest of the mission another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from carnet.pipeline.checks.brochure import of_brochure
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.pipeline.rules.places import town_of_letters
from carnet.pipeline.values.organisations.domains import domain_body
from carnet.pipeline.values.organisations.in_text import find_organisations
from carnet.pipeline.values.organisations.same_body import same_body
from carnet.schemas.finding import Finding, FindingCode
from carnet.schemas.mission import Mission


def mismatch(mission: Mission, rules: Rules) -> Iterable[Finding]:
    """The contact's address is another body's, and the text or title names that body."""
    if mission.client is None:
        return
    client = letters_of(mission.client)
    for contact in mission.contacts:
        domain = domain_body(contact.email, rules) if contact.email else None
        letters = letters_of(domain or "")
        if len(letters) < 4 or _spells(letters, mission.client, rules):
            continue
        texts = [mission.title or "", *mission.context, *mission.approach, *mission.results]
        for text in texts:
            for body in find_organisations(text, rules):
                if same_body(body.value, mission.client, rules) or letters_of(body.value) in client:
                    continue
                if _spells(letters, body.value, rules):
                    yield _mismatched(mission, body.value, contact.email or "")
                    return
        title = _place_in_title(mission.title or "", letters, rules)
        if title and letters_of(title) not in client:
            yield _mismatched(mission, title, contact.email or "")
            return


def mismatch_of_repeat(mission: Mission, rules: Rules) -> Iterable[Finding]:
    """Under a heading that stands above an earlier mission already, less is enough: an address that does not spell the
    client and is a town's or a name in the text, or a text that speaks of another body only."""
    texts = [*mission.context, *mission.approach, *mission.results]
    if mission.client is None or not mission.client_stated or list(mismatch(mission, rules)):
        return
    for contact in mission.contacts:
        letters = domain_body(contact.email, rules) if contact.email else None
        if letters is None or len(letters) < 5 or _spells(letters, mission.client, rules):
            continue
        if town_of_letters(letters) or any(letters in letters_of(text) for text in texts):
            yield _found(mission, f"the heading names {mission.client!r}, but the contact is {contact.email}")
            return
    bodies = [body.value for text in texts for body in find_organisations(text, rules)]
    own = [b for b in bodies if same_body(b, mission.client, rules)]
    named = any(word in fold(text) for text in texts for word in _telling(mission.client, rules))
    if len(bodies) >= 2 and not own and not named:
        yield _found(mission, f"the heading names {mission.client!r}, but the text names {bodies[0]!r}")


def _mismatched(mission: Mission, other: str, email: str) -> Finding:
    return _found(
        mission, f"the heading names {mission.client!r}, but the text names {other!r} and the contact is {email}"
    )


def _found(mission: Mission, message: str) -> Finding:
    return of_brochure(mission, FindingCode.CLIENT_MISMATCH, "client", message)


def _telling(name: str, rules: Rules) -> list[str]:
    """The words that tell this body from others of its kind."""
    generic = {fold(str(w)) for w in rules.lexicon("clients")["generic_words"]}
    return [w for w in re.split(r"[^a-z0-9]+", fold(name)) if len(w) > 3 and w not in generic]


def _spells(letters: str, name: str, rules: Rules) -> bool:
    """Does the e-mail domain spell a word of the name, its letters, or its initials?"""
    words = _telling(name, rules)
    joined = letters_of(name)
    if letters in joined or any(w in letters or (len(letters) > 4 and letters in w) for w in words):
        return True
    initials = "".join(w[0] for w in re.split(r"[^a-z0-9]+", fold(name)) if w)
    return len(initials) >= 3 and (initials in letters or letters in initials)


def _place_in_title(title: str, letters: str, rules: Rules) -> str | None:
    """A proper name in the title that the e-mail domain spells ("… de l'eau potable d'Agde", ville-agde.fr)."""
    before = "|".join(re.escape(str(w)).replace("'", "['’]") for w in rules.lexicon("clients")["before_places"])
    for match in re.finditer(rf"\b(?:{before})\s?([A-ZÀ-ÖØ-Þ][\w'’-]{{2,80}})", title):
        name = letters_of(match.group(1))
        if len(name) >= 4 and name in letters:
            return match.group(1)
    return None
