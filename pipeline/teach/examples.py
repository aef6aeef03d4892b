"""A drawn brochure, observed: what the network is taught from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import Observed, observe
from carnet.pipeline.observe.vectors import Meaning
from carnet.pipeline.observe.words import WordObserver
from carnet.pipeline.page.fragments import Fragment, Sheet, sheets
from carnet.pipeline.page.plain import plain_sheets
from carnet.pipeline.read import read
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.list_marks import list_marks
from carnet.pipeline.teach.draw import DrawnBrochure
from carnet.pipeline.teach.nodes import Mark, Run
from carnet.pipeline.teach.truth import Truth
from carnet.schemas.roles import Role

ROLES = tuple(Role)
AT = {role: i for i, role in enumerate(ROLES)}
_MIXED = 0.2  # of the letters: less of a second role is a note
_VALUES = frozenset(
    {Role.PERIOD, Role.AMOUNT, Role.DURATION, Role.START, Role.END, Role.PARTNERS, Role.STATUS, Role.WORKS_COST,
    Role.OTHER,
     Role.CLIENT, Role.PLACE, Role.CONTACT}
)  # fmt: skip
_PEOPLE = frozenset({Role.CONTACT, Role.EMAIL, Role.PHONE})
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Example:
    """Observations with their answers: role and announced role by fragment (-1: not told), mission (0: none), and
    whether it is the mission's anchor, the fragment that the others are linked to."""

    observed: Observed
    roles: Ints
    of: Ints
    missions: Ints
    anchors: Ints


def of_drawn(drawn: DrawnBrochure, rules: Rules, words: WordObserver, meaning: Meaning) -> Example:
    """The example that a drawn brochure is, whatever its format."""
    if drawn.truth is None:
        return text_example(drawn.data.decode(), drawn.lines, rules, words, meaning)
    return example(drawn.data, drawn.truth, rules, words, meaning)


def example(pdf: bytes, truth: Truth, rules: Rules, words: WordObserver, meaning: Meaning) -> Example:
    """The example that a drawn PDF is."""
    taken = sheets(read(pdf, "application/pdf", "drawn").pages, list_marks(rules))
    observed = observe(taken, words, meaning)
    told = [_as_kicker(main_mark(truth.marks(f.page, [f.box]))) for f in observed.fragments]
    roles = np.array([-1 if t is None else AT[t.role] for t in told], np.int64)
    of = np.array([-1 if t is None or t.of is None else AT[t.of] for t in told], np.int64)
    missions = np.array([t.mission if t and t.role.of_mission else 0 for t in told], np.int64)
    return Example(observed, roles, of, missions, anchors(observed.fragments, roles, missions))


def _as_kicker(mark: Mark | None) -> Mark | None:
    """The part of the brochure, printed at one mission, is that mission's; so is the number counted there."""
    if mark is None or not mark.mission or mark.role not in _OF_ONE:
        return mark
    return Mark(_OF_ONE[mark.role], mark.mission)


_OF_ONE = {Role.DOMAIN: Role.KICKER, Role.FURNITURE: Role.REFERENCE}


def main_mark(marks: Counter[Mark]) -> Mark | None:
    """What most letters say; two kinds of heading or of value in one stretch are a kind of their own."""
    if not marks:
        return None
    total = sum(marks.values())
    main = marks.most_common(1)[0][0]
    some = {m.role for m, n in marks.items() if n >= _MIXED * total}
    if {Role.TITLE, Role.CLIENT} <= some:
        return Mark(Role.HEADING, main.mission)
    if some <= _PEOPLE or Role.LABEL in some and main.role is not Role.LABEL:
        return main
    if len(some & _VALUES) > 1 and some <= _VALUES | _PEOPLE:
        return Mark(Role.FACTS, main.mission)
    return main


_ANCHOR_ORDER = (Role.TITLE, Role.HEADING, Role.CLIENT)


def anchors(fragments: Sequence[Fragment], roles: Ints, missions: Ints) -> Ints:
    """1 for the first fragment of each mission's title, else of its client, else of whatever it has."""
    out = np.zeros(len(fragments), np.int64)
    for mission in set(missions.tolist()) - {0}:
        members = [i for i in range(len(fragments)) if missions[i] == mission]
        first = next((m for r in _ANCHOR_ORDER if (m := [i for i in members if roles[i] == AT[r]])), members)
        out[min(first, key=lambda i: _place(fragments[i]))] = 1
    return out


def _place(f: Fragment) -> tuple[int, float, float]:
    return f.page, round(f.box.top, 0), f.box.x0


def text_example(
    text: str, lines: Sequence[Sequence[Run]], rules: Rules, words: WordObserver, meaning: Meaning
) -> Example:
    """The example that a text brochure is. `lines`: its marked runs, line by line."""
    reading = read(text.encode(), "text/markdown", "drawn.md")
    taken = plain_sheets(reading.pages, list_marks(rules))
    observed = observe(taken, words, meaning)
    read_lines = [w for p in reading.pages for w in p.words]
    marks = dict(zip(map(id, read_lines), _marks_of_lines([w.text for w in read_lines], lines), strict=True))
    told, past = [], dict.fromkeys(marks, 0)
    for f in observed.fragments:
        word = f.passage.pieces[0].word
        at = max(word.text.find(f.text, past[id(word)]), 0)
        past[id(word)] = at + len(f.text)
        found = marks[id(word)][at : at + len(f.text)]
        told.append(_as_kicker(main_mark(Counter(m for m in found if m is not None))))
    roles = np.array([-1 if t is None else AT[t.role] for t in told], np.int64)
    of = np.array([-1 if t is None or t.of is None else AT[t.of] for t in told], np.int64)
    missions = np.array([t.mission if t and t.role.of_mission else 0 for t in told], np.int64)
    return Example(observed, roles, of, missions, anchors(observed.fragments, roles, missions))


def _marks_of_lines(read_lines: Sequence[str], lines: Sequence[Sequence[Run]]) -> list[list[Mark | None]]:
    """The mark of each letter of each line as read; mark-up that the reader drops is passed over."""
    out: list[list[Mark | None]] = []
    at = 0
    for text in read_lines:
        while at < len(lines):
            typed = [(c, r.mark) for r in lines[at] for c in r.text]
            at += 1
            marks = _aligned(text, typed)
            if marks is not None:
                out.append(marks)
                break
        else:
            out.append([None] * len(text))
    return out


def _aligned(text: str, typed: Sequence[tuple[str, Mark]]) -> list[Mark | None] | None:
    """The marks of `text`'s letters, found in order among the typed ones; None where they are not."""
    out: list[Mark | None] = []
    at = 0
    for char in text:
        if char.isspace():
            out.append(None)
            continue
        while at < len(typed) and typed[at][0] != char:
            at += 1
        if at == len(typed):
            return None
        out.append(typed[at][1])
        at += 1
    return out


def of_sheets(taken: Sequence[Sheet], words: WordObserver, meaning: Meaning) -> Observed:
    """A document to be read, observed as the examples were."""
    return observe(taken, words, meaning)
