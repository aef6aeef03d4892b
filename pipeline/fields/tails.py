"""Facts that a heading goes on with behind its commas: "Plan guide du bourg, 45 k€ HT, début 2023, durée 15 mois"; and
those that stand together in one part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from carnet.pipeline.rules import Rules
from carnet.pipeline.values.partner_words import names_at
from carnet.pipeline.values.plain import value_kind
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind

_APART = re.compile(r"\s{0,20}[,;]\s{1,20}|\s{1,20}[–—|•·-]\s{1,20}")
_LABELLED = frozenset({
    PartKind.PERIOD, PartKind.DURATION, PartKind.START, PartKind.END, PartKind.AMOUNT, PartKind.PARTNERS,
    PartKind.STATUS, PartKind.WORKS_COST,
})  # fmt: skip
_OF_VALUE = {"period": PartKind.PERIOD, "amount": PartKind.AMOUNT}
_WORDS = 3
"""Words of a label that no colon parts from its value: "durée 15 mois", "fin de mission 2021"."""
_SHORTEST = 8
"""Letters of a heading without its facts."""


def with_facts_apart(missions: Sequence[MissionSection], rules: Rules) -> tuple[MissionSection, ...]:
    """The missions with the facts at the end of their headings, and those told together, as parts of their own, in the
    order of print."""
    return tuple(_apart(mission, rules) for mission in missions)


def _apart(mission: MissionSection, rules: Rules) -> MissionSection:
    has = {part.kind for part in mission.parts if part.items}
    if mission.heading:
        kept, found = _all_cut(mission.heading[-1], has, rules)
        heading = (*mission.heading[:-1], kept)
        return replace(mission, heading=heading, parts=(*found, *mission.parts)) if found else mission
    out: list[Part] = []
    gone: list[Part] = []
    for part in mission.parts:
        found = []
        if part.kind is PartKind.TITLE and part.items:
            kept, found = _all_cut(part.items[-1], has, rules)
            part = replace(part, items=(*part.items[:-1], kept)) if found else part
        elif part.kind in _VALUES and len(part.items) == 1:
            told = _told_together(part, has, rules)
            part, found = (told[0], told[1:]) if told else (part, [])
        elif part.kind is PartKind.CLIENT and part.items and not {PartKind.START, PartKind.END} & has:
            periods = [p for p in mission.parts if p.kind is PartKind.PERIOD and p.items]
            part, found = _dated(part, periods, rules)
            gone += periods if found else []
        out += [part, *found]
    return replace(mission, parts=tuple(part for part in out if not any(part is one for one in gone)))


def _dated(part: Part, periods: Sequence[Part], rules: Rules) -> tuple[Part, list[Part]]:
    """The client without the time behind its last comma, and that: with what goes on with it on its line, where the
    mission's only period does ("Ville de Morcy, janvier – avril 2023")."""
    said = part.items[-1]
    mark = max(_COMMA.finditer(said.text), key=lambda m: m.start(), default=None)
    if mark is None or mark.start() < _SHORTEST:
        return part, []
    tail = said.slice(mark.end(), len(said.text))
    if periods:
        rest = periods[0].items[0]
        if len(periods) > 1 or len(periods[0].items) > 1 or not _goes_on(tail, rest):
            return part, []
        tail = Passage.join([tail, rest], " – ")
    if value_kind(tail.text, rules) != "period":
        return part, []
    client = replace(part, items=(*part.items[:-1], said.slice(0, mark.start())))
    return client, [Part(PartKind.PERIOD, (tail,), None, "client.tail")]


_COMMA = re.compile(r",\s{1,20}")


def _goes_on(tail: Passage, rest: Passage) -> bool:
    """Does the one end, on its line, right before the other?"""
    last, first = tail.pieces[-1].word, rest.pieces[0].word
    if last.box is None or first.box is None or last.page != first.page:
        return False
    level = abs(last.box.top - first.box.top) < 0.5 * last.box.height
    return level and 0 < first.box.x0 - last.box.x1 < _DASH * last.box.height


_DASH = 2.0
"""Heights of its letters from a word to the next, with a dash between, at most."""


def _told_together(part: Part, has: Iterable[PartKind], rules: Rules) -> list[Part]:
    """The facts of a part that tells more than one: "2019 ; honoraires : 19 800 € HT". None where it tells one, or
    something that is no fact, or that the mission has elsewhere."""
    said = part.items[0]
    marks = list(_APART.finditer(said.text))
    spans = zip([0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(said.text)], strict=True)
    facts = (_fact(piece, rules) or _partners(piece, rules) for piece in (said.slice(a, b) for a, b in spans))
    told = [fact for fact in facts if fact is not None]
    kinds = [fact.kind for fact in told]
    others = {kind for kind in kinds if kind is not part.kind}
    alone = len(kinds) == len(set(kinds)) == len(marks) + 1 and part.kind in kinds
    return (
        [replace(f, label=f.label or part.label) if f.kind is part.kind else f for f in told]
        if alone and others and not others & {*has}
        else []
    )


_VALUES = (PartKind.AMOUNT, PartKind.PERIOD)


_NAMES = 2
"""Lines of partners' names under a title at most: what goes on for longer is the title."""


def _all_cut(heading: Passage, has: Iterable[PartKind], rules: Rules) -> tuple[Passage, list[Part]]:
    """The heading without what a line of its own tells of partners, and without its facts; and those."""
    lines = heading.lines()
    own = (n for n, line in enumerate(lines) if n and line.text[:1].isupper() and names_at(line.text, rules))
    first = next(own, len(lines)) if PartKind.PARTNERS not in has else len(lines)
    first = first if len(lines) - first <= _NAMES else len(lines)
    kept, found = _cut(Passage.join(lines[:first]) if first < len(lines) else heading, has, rules)
    if first < len(lines):
        names = Passage.join([lines[first].slice(names_at(lines[first].text, rules), len(lines[first].text)),
                              *lines[first + 1 :]])  # fmt: skip
        found = [*found, Part(PartKind.PARTNERS, (names,), None, "heading.tail")]
    return kept, found


def _cut(heading: Passage, has: Iterable[PartKind], rules: Rules) -> tuple[Passage, list[Part]]:
    """The heading without its facts, and those. A single period is left: what it means hangs on more ("2020-2030")."""
    marks = [m for m in _APART.finditer(heading.text) if m.start() >= _SHORTEST]
    ends = [m.start() for m in marks[1:]] + [len(heading.text)]
    found: list[Part] = []
    at = len(heading.text)
    for mark, end in reversed(list(zip(marks, ends, strict=False))):
        part = _fact(heading.slice(mark.end(), end), rules)
        if part is None or part.kind in has:
            break
        found.insert(0, part)
        at = mark.start()
    if not found or len(found) == 1 and found[0].kind is PartKind.PERIOD:
        return heading, []
    return heading.slice(0, at), found


def _partners(said: Passage, rules: Rules) -> Part | None:
    """ "Avec Atelier Nord"."""
    at = names_at(said.text, rules)
    return Part(PartKind.PARTNERS, (said.slice(at, len(said.text)),), None, "heading.tail") if at else None


def _fact(said: Passage, rules: Rules) -> Part | None:
    """What a stretch between two commas tells, if it is a fact and nothing else."""
    start = rules.labels.match_start(said.text)
    if start is not None and start.exact and start.kind in _LABELLED:
        return Part(start.kind, (said.slice(start.rest, len(said.text)),), said.slice(0, start.end), "heading.tail")
    words = [m.end() for m in re.finditer(r"\S{1,40}", said.text[:120])]
    for end in reversed(words[:_WORDS]):
        hit = rules.labels.match(said.text[:end])
        rest = said.slice(end, len(said.text))
        if hit is not None and hit.exact and hit.kind in _LABELLED and rest.text and value_kind(rest.text, rules):
            return Part(hit.kind, (rest,), said.slice(0, end), "heading.tail")
    kind = value_kind(said.text, rules)
    return Part(_OF_VALUE[kind], (said,), None, "heading.tail") if kind in _OF_VALUE else None
