"""Examples from brochures that people wrote, with reference answers: `python -m carnet.pipeline.teach.written FOLDER
BROCHURE.pdf…`, each with its `.gold.json` beside it.

The answers say what each mission tells, not where. Printed letters that spell an answer play its role; where several
missions have the same answer, those of the nearest do. What no answer spells is what the present model takes it for,
among the roles that answers do not name; what the model takes for an answer that is none is left untold.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from carnet.pipeline.decode.read import observed
from carnet.pipeline.page.fragments import Fragment
from carnet.pipeline.read import read
from carnet.pipeline.roles.network import Matrix, Told
from carnet.pipeline.rules import Rules, load_rules
from carnet.pipeline.teach.examples import AT, ROLES, Example, anchors, main_mark
from carnet.pipeline.teach.examples_file import save
from carnet.pipeline.teach.nodes import Mark
from carnet.schemas.layout import BBox
from carnet.schemas.roles import Role

_ANSWERED = frozenset({
    Role.TITLE, Role.CLIENT, Role.PERIOD, Role.AMOUNT, Role.CONTACT, Role.EMAIL, Role.PHONE, Role.PARTNERS,
    Role.CONTEXT, Role.APPROACH, Role.RESULTS, Role.HEADING, Role.FACTS, Role.DURATION, Role.START, Role.END,
})  # fmt: skip
"""Roles of what answers name."""
_FREE = [AT[role] for role in ROLES if role not in _ANSWERED]
_LABELS = [AT[Role.LABEL], AT[Role.HEAD]]
_PART = 0.34
"""Share of a fragment's letters from which on the answers it spells tell its role."""
_PLAIN = 0.2
"""Probability of the roles that no answer names, under which a fragment that spells none is left untold."""
_SURE = 0.8
_LABEL = 26  # letters of a label at most
_WORDS = 12
"""Letters of a piece of an answer that hardly another has."""
_TEXT, _TITLE = 15, 10
"""Letters of a text, of a title, that show where a mission stands."""
_TALL = 1.5
"""How much more a distance counts downwards than across."""
_NOWHERE = 1e4


@dataclass(frozen=True)
class _Answer:
    """`letters`: those of one answer, folded."""

    mission: int
    role: Role
    letters: str


@dataclass(frozen=True)
class _Spelt:
    """Letters `start` to `end` of a fragment spell a mission's answer, or a piece of it."""

    mission: int
    role: Role
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def written_example(pdf: bytes, gold: Mapping[str, Any], rules: Rules) -> Example:
    """The example that a brochure with answers is. `gold`: its reference file."""
    taken = read(pdf, "application/pdf", "written")
    _, seen, told, _ = observed(taken.pages, rules)
    marks = _marks(seen.fragments, gold["missions"], told)
    roles, missions, of = (np.full(len(marks), -1, np.int64), np.zeros(len(marks), np.int64), [-1] * len(marks))
    for i, mark in enumerate(marks):
        if mark is not None:
            roles[i], missions[i] = AT[_printed_as(mark.role, told.roles[i])], mark.mission
        elif told.roles[i, _FREE].sum() >= _PLAIN:
            roles[i] = _FREE[int(told.roles[i, _FREE].argmax())]
            if roles[i] in _LABELS and told.of[i].max() >= _SURE:
                of[i] = int(told.of[i].argmax())
    return Example(seen, roles, np.array(of, np.int64), missions, anchors(seen.fragments, roles, missions))


def _printed_as(role: Role, chances: Matrix) -> Role:
    """Answers have one period; a brochure may print its start and its end each by itself, or one year over missions."""
    if role is not Role.PERIOD:
        return role
    best = max(_TIMES, key=lambda other: float(chances[AT[other]]))
    return best if chances[AT[best]] >= _TIME else role


_TIMES = (Role.START, Role.END, Role.YEAR)
_TIME = 0.3
"""Probability from which on a part of a period is a start, an end or a year of its own."""


def _marks(fragments: Sequence[Fragment], missions: Sequence[Mapping[str, Any]], told: Told) -> list[Mark | None]:
    """What each fragment is by the answers it spells."""
    answers = [answer for mission in missions for answer in _answers(mission)]
    pages = _pages(missions, max((f.page for f in fragments), default=1))
    letters = [_letters(f.text) for f in fragments]
    spelt: list[list[_Spelt]] = []
    for i, f in enumerate(fragments):
        label = len(letters[i]) < _LABEL and bool(told.roles[i, _LABELS].sum() > _SURE)
        own = (a for a in answers if pages[a.mission][0] <= f.page <= pages[a.mission][1])
        whole = (a for a in own if not (label and a.role.narrative and a.letters != letters[i]))
        spelt.append([s for a in whole for s in _spelt(letters[i], a)])
    places = _places(fragments, spelt)
    return [
        _mark(letters[i], _of_nearest(f, spelt[i], places)) if letters[i] else None for i, f in enumerate(fragments)
    ]


def _mark(letters: str, spelt: Sequence[_Spelt]) -> Mark | None:
    """What most letters say, the longest answers first."""
    said: list[Mark | None] = [None] * len(letters)
    for s in sorted(spelt, key=lambda s: (-s.length, not s.role.narrative)):
        if all(mark is None for mark in said[s.start : s.end]):
            said[s.start : s.end] = [Mark(s.role, s.mission)] * s.length
    marks = Counter(mark for mark in said if mark is not None)
    return main_mark(marks) if marks.total() >= _PART * len(letters) else None


def _of_nearest(f: Fragment, spelt: Sequence[_Spelt], places: Mapping[tuple[int, int], BBox]) -> list[_Spelt]:
    """Of answers that several missions share, those of the one that stands nearest, among those of the most letters."""
    covered: dict[int, set[int]] = {}
    for s in spelt:
        covered.setdefault(s.mission, set()).update(range(s.start, s.end))
    if len(covered) < 2:
        return list(spelt)
    most = max(len(some) for some in covered.values())
    able = [mission for mission, some in covered.items() if len(some) >= most - 2]
    nearest = min(able, key=lambda mission: _distance(f, places.get((mission, f.page))))
    return [s for s in spelt if s.mission == nearest]


def _distance(f: Fragment, place: BBox | None) -> float:
    if place is None:
        return _NOWHERE
    across = max(0.0, place.x0 - f.box.x1, f.box.x0 - place.x1)
    down = max(0.0, place.top - f.box.bottom, f.box.top - place.bottom)
    return across + _TALL * down


def _places(fragments: Sequence[Fragment], spelt: Sequence[Sequence[_Spelt]]) -> dict[tuple[int, int], BBox]:
    """Where each mission stands on each page, by the texts and titles that are its alone."""
    boxes: dict[tuple[int, int], list[BBox]] = {}
    for f, some in zip(fragments, spelt, strict=True):
        long = (s for s in some if s.length >= (_TEXT if s.role.narrative else _TITLE) and s.role in _TELLING)
        missions = {s.mission for s in long}
        if len(missions) == 1:
            boxes.setdefault((missions.pop(), f.page), []).append(f.box)
    return {key: BBox.around(some) for key, some in boxes.items()}


_TELLING = frozenset({Role.TITLE, Role.CONTEXT, Role.APPROACH, Role.RESULTS})


def _spelt(letters: str, answer: _Answer) -> Iterator[_Spelt]:
    """A fragment that is a piece of an answer, or holds it, or ends or begins with a piece of it."""
    whole, own = answer.letters, len(letters)
    piece = own >= max(0.25 * len(whole), 4) or own >= _WORDS or answer.role.narrative and own >= _WORDS / 2
    if own >= 4 and piece and letters in whole:
        yield _Spelt(answer.mission, answer.role, 0, own)
        return
    at = letters.find(whole)
    if at >= 0:
        if len(whole) >= max(3, 0.12 * own):
            yield _Spelt(answer.mission, answer.role, at, at + len(whole))
        return
    for n in range(min(own, len(whole)), _WORDS // 2 + 1, -1):
        if letters.endswith(whole[:n]):
            yield _Spelt(answer.mission, answer.role, own - n, own)
            return
        if letters.startswith(whole[-n:]):
            yield _Spelt(answer.mission, answer.role, 0, n)
            return


def _answers(mission: Mapping[str, Any]) -> Iterator[_Answer]:
    """What a reference file says of a mission, as letters."""
    said: list[tuple[Role, Any]] = [(Role.TITLE, mission["title"]), (Role.CLIENT, mission["client"])]
    said += [(role, text) for role in ROLES if role.narrative for text in mission.get(role.value) or ()]
    said += [(Role.CLIENT, name) for name in mission.get("client_aliases") or () if len(name) > _LEAST_ALIAS]
    said += [(Role.PERIOD, mission.get("period_raw")), (Role.AMOUNT, mission.get("amount_raw"))]
    said += [(Role.PARTNERS, name) for name in mission.get("partners") or ()]
    for contact in mission.get("contacts") or ():
        said += [(Role.CONTACT, contact.get("name")), (Role.CONTACT, contact.get("role"))]
        said += [(Role.EMAIL, contact.get("email")), *((Role.PHONE, n) for n in _phones(contact.get("phone")))]
    for role, text in said:
        letters = _letters(str(text or ""))
        if len(letters) > 1:
            yield _Answer(mission["ordinal"], role, letters)


_LEAST_ALIAS = 5  # letters; a shorter name stands in many others
_PREFIXES = ("33", "32", "41", "352", "44", "49", "377")


def _phones(number: str | None) -> list[str]:
    """A number as it may be printed: with the prefix of its land, or with a nought."""
    digits = (number or "").lstrip("+")
    prefix = next((p for p in _PREFIXES if digits.startswith(p)), "")
    return [digits, f"0{digits.removeprefix(prefix)}"] if digits else []


def _pages(missions: Sequence[Mapping[str, Any]], last: int) -> dict[int, tuple[int, int]]:
    """The pages on which a mission may stand: from its first to that of the next one that begins later."""
    order = sorted(missions, key=lambda m: m["ordinal"])
    first = {m["ordinal"]: m["page"] or 1 for m in order}
    out = {}
    for n, mission in enumerate(order):
        later = [page for m in order[n + 1 :] if (page := first[m["ordinal"]]) > first[mission["ordinal"]]]
        out[mission["ordinal"]] = (first[mission["ordinal"]], later[0] if later else last)
    return out


def _letters(text: str) -> str:
    """Letters and figures, folded; signs that tell money and addresses."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    return "".join(c for c in plain if c.isalnum() or c in "€@")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("brochures", type=Path, nargs="+")
    parser.add_argument("--times", type=int, default=1, help="how often each is learned from in a round")
    a = parser.parse_args()
    a.folder.mkdir(parents=True, exist_ok=True)
    rules = load_rules()
    for path in a.brochures:
        gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text(encoding="utf-8"))
        example = written_example(path.read_bytes(), gold, rules)
        for n in range(a.times):
            save(a.folder / f"written.{path.stem}-{n}.npz", example)


if __name__ == "__main__":
    main()
