"""Lines of values set as text: "Mission menée de mars à juin 2021 – 12 000 € HT", "Pour en savoir plus : Anne Vasseur"
under it in the same paragraph."""

from __future__ import annotations

import re
from dataclasses import replace

from carnet.pipeline.outline.kinds import LINE_FACTS, OF_VALUE
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.labels import LabelHit
from carnet.pipeline.values.plain import value_kind
from carnet.schemas.layout import Passage
from carnet.schemas.outline import PartKind

_MOST_LINES = 8
_LONGEST_LINE = 120
_MOST_LABEL_WORDS = 4
_BETWEEN = re.compile(r"\s{1,40}[–—|;•·-]\s{1,40}|\s{0,40}[|;]\s{0,40}|,\s{1,40}|\s{1,40}pour\s{1,40}")


def at_fact_lines(passage: Passage, rules: Rules) -> list[Passage]:
    """The paragraph, cut before each line that opens with the label of a value, and such a line cut between values."""
    lines = passage.lines()
    if len(lines) > _MOST_LINES:
        return [passage]
    starts = [i for i, line in enumerate(lines) if i and _opens_fact(line.text, rules)]
    bounds = [0, *starts, len(lines)]
    parts = [Passage.join(lines[a:b]) for a, b in zip(bounds, bounds[1:], strict=False)] if starts else [passage]
    return [piece for part in parts for piece in _at_values(part, rules)]


def value_label(text: str, rules: Rules) -> LabelHit | None:
    """The label right before a value of its kind, with nothing between ("Budget 45 k€", "Mission menée en 2020")."""
    if len(text) > _LONGEST_LINE:
        return None
    words = list(re.finditer(r"\S+", text))
    for n in range(min(_MOST_LABEL_WORDS, len(words) - 1), 0, -1):
        end, rest = words[n - 1].end(), words[n].start()
        hit = rules.labels.match(text[:end])
        if hit is None or not hit.exact:
            continue
        if text.endswith(".") and text[rest].islower() and not _says_when(text[rest:], rules):
            return None  # a sentence: "Mise en service prévue pour l'hiver 2023-2024."
        found = value_kind(text[rest:], rules)
        if found == "contact" and text[rest].islower() and "@" not in text[rest:].split()[0]:
            return None  # "responsable emploi, …@…": the role of somebody
        if found and hit.kind in OF_VALUE[found]:
            return replace(hit, end=end, rest=rest)
        if found == "period" and hit.kind in (PartKind.APPROACH, PartKind.SUBJECT) and _says_when(text[rest:], rules):
            return LabelHit(PartKind.PERIOD, f"{hit.rule}.when", end, rest, True)
    return None


def _says_when(text: str, rules: Rules) -> bool:
    """ "en 2020", "de mars à juin 2021": behind "Mission réalisée", when; "Mission 2020" names a mission, "Mission en
    cours" tells how it stands."""
    folded = fold(text)
    return any(c.isdigit() for c in folded) and any(
        folded.startswith(fold(str(word))) for word in rules.lexicon("periods")["when"]
    )


def _opens_fact(line: str, rules: Rules) -> bool:
    if not line[:1].isupper():
        return False
    hit = rules.labels.match_start(line)
    if hit and hit.exact and hit.kind in LINE_FACTS and ":" in line[hit.end : hit.rest] and hit.rest < len(line):
        return True
    return len(line) <= _LONGEST_LINE and value_label(_first(line, rules), rules) is not None


def _first(line: str, rules: Rules) -> str:
    """The line up to the first mark behind which there are only values, each of another kind than those before."""
    for mark in _BETWEEN.finditer(line):
        first, rest = line[: mark.start()], _BETWEEN.split(line[mark.end() :])
        label = value_label(first, rules)
        kinds = [value_kind(piece, rules) for piece in (first[label.rest if label else 0 :], *rest)]
        if label and all(kinds) and len(set(kinds)) == len(kinds):
            return first
    return line


def _at_values(passage: Passage, rules: Rules) -> list[Passage]:
    """A label with its value, and each further value."""
    text = passage.text
    first = _first(text, rules) if "\n" not in text and len(text) <= _LONGEST_LINE else text
    if first == text:
        return [passage]
    marks = [m for m in _BETWEEN.finditer(text) if m.start() >= len(first)]
    ends = [*(m.start() for m in marks), len(text)]
    return [passage.slice(a, b) for a, b in zip([0, *(m.end() for m in marks)], ends, strict=True)]
