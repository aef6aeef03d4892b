"""Parts that say themselves what they are: under a label whose words are known, or opening with words that announce
partners. What a reading by looks takes for something else is given back its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.patterns import any_of
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind

_NAMED = frozenset({PartKind.PARTNERS, PartKind.PERIOD, PartKind.DURATION, PartKind.AMOUNT})
"""Kinds that a known label gives to what is else a fact that no field holds."""
_TEXTS = frozenset({PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS})
"""Texts that a known label tells from each other."""
_ABLE = {
    PartKind.OTHER: _NAMED | _TEXTS,
    PartKind.PARTNERS: frozenset({PartKind.OTHER}),
    PartKind.AMOUNT: frozenset({PartKind.WORKS_COST}),
    **dict.fromkeys(_TEXTS, _TEXTS),
}
"""What a known label may make of a part."""
_OFTEN = frozenset({PartKind.OTHER, PartKind.WORKS_COST})
"""What a mission may tell many times."""
_OPENED = frozenset({
    PartKind.OTHER, PartKind.CLIENT, PartKind.PLACE, PartKind.FACTS, PartKind.STATUS, PartKind.WORKS_COST,
})  # fmt: skip
"""Kinds among which a line that opens with "Avec …" is a stranger."""
_LONGEST = 140
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ0-9]")
RULE = "parts.opener"


def as_they_say(missions: Sequence[MissionSection], rules: Rules) -> tuple[MissionSection, ...]:
    """The missions with such parts under the kind that their own words give."""
    return tuple(replace(m, parts=tuple(_as_said(m.parts, bool(m.heading), rules))) for m in missions)


def _as_said(parts: Sequence[Part], titled: bool, rules: Rules) -> list[Part]:
    has = {part.kind for part in parts if part.items}
    titled = titled or PartKind.TITLE in has
    out: list[Part] = []
    for part in parts:
        able = _ABLE.get(part.kind, frozenset())
        hit = rules.labels.match(part.label.text.rstrip(" .")) if able and part.label else None
        said = hit.kind if hit is not None and hit.exact else None
        if said is PartKind.WORKS_COST and part.label is not None and not _names_works(part.label.text, rules):
            said = None  # a bare "Coût"
        if said is PartKind.SUBJECT and part.kind is PartKind.OTHER and titled:
            said = PartKind.APPROACH  # "Missions confiées" beside a title
        if hit is not None and said in able and (said not in has or said in _OFTEN):
            out.append(replace(part, kind=said, rule=hit.rule))
        else:
            out += _without_partners(part, rules) if part.kind in _OPENED else [part]
    return [p for part in out for p in (_without_told(part, rules) if part.kind in _TEXTS else [part])]


def _without_told(part: Part, rules: Rules) -> list[Part]:
    """The text, and behind it the paragraphs of one sentence that tell with whom: "Projet mené avec Atelier Nord."."""
    told = {n: _told_with(rules).match(fold(item.text)) for n, item in enumerate(part.items)}
    names = {n: part.items[n].slice(m.end(), len(part.items[n].text)).flow() for n, m in told.items() if m is not None}
    names = {n: said for n, said in names.items() if _is_list(said.text)}
    if not names or len(names) == len(part.items):
        return [part]
    kept = tuple(item for n, item in enumerate(part.items) if n not in names)
    found = tuple(names.values())
    return [replace(part, items=kept), Part(PartKind.PARTNERS, found, None, RULE)]


def _is_list(text: str) -> bool:
    """Are these names, and is that all: no second sentence?"""
    rest = text.rstrip(" .")
    return rest[:1].isupper() and len(rest) <= _LONGEST and not _SENTENCE.search(rest)


_SENTENCE = re.compile(r"[.!?]\s+[A-ZÀ-Ö]")


def _names_works(label: str, rules: Rules) -> bool:
    """ "Coût des travaux", "CFC 2", and not "Coût"."""
    fields = rules.lexicon("fields")
    named = {fold(str(w)) for w in fields["works_cost_words"]} - {fold(str(w)) for w in fields["bare_costs"]}
    return not named.isdisjoint(re.findall(r"\w+", fold(label)))


def _without_partners(part: Part, rules: Rules) -> list[Part]:
    """The part, and behind it the lines that open with words which announce partners and go on with a name."""
    kept: list[Passage] = []
    found: list[Passage] = []
    for item in part.items:
        lines = item.lines()
        at = next((n for n, line in enumerate(lines) if _announces(line.text, rules)), None)
        if at is None or len(" ".join(line.text for line in lines[at:])) > _LONGEST:
            kept.append(item)
            continue
        kept += [Passage.join(lines[:at])] if at else []
        found.append(Passage.join(lines[at:]))
    if not found:
        return [part]
    rest = [replace(part, items=tuple(kept))] if kept else []
    return [*rest, Part(PartKind.PARTNERS, tuple(found), None, RULE)]


def _announces(text: str, rules: Rules) -> bool:
    opener = _openers(rules).match(fold(text))
    return opener is not None and _CAPITAL.match(text, opener.end()) is not None


@lru_cache(maxsize=4)
def _told_with(rules: Rules) -> re.Pattern[str]:
    data = rules.lexicon("partners")
    works, done, together = (any_of(data[key]) for key in ("works", "done", "together"))
    opener, articles = any_of(data["line_openers"]), any_of(data["articles"])
    return re.compile(
        rf"(?:(?:{works})\s)?(?:{done})(?:e?s?)\s(?:(?:{together})\s)?(?:{opener})\s{{1,20}}(?:{articles})?"
    )


@lru_cache(maxsize=4)
def _openers(rules: Rules) -> re.Pattern[str]:
    data = rules.lexicon("partners")
    forms, articles = any_of((*data["line_openers"], *data["lines"])), any_of(data["articles"])
    return re.compile(rf"(?:{forms})\s{{1,20}}(?:{articles})?")
