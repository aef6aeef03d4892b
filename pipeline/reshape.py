"""Missions joined, split and drawn by hand: a draft in which two pieces are one mission, one is two, or a frame on a
page is one, before settling."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence

from carnet.pipeline.drawn import read_drawn
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.correction import Correction
from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity

TEXTS = ("context", "approach", "results")
GIVEN_RULE = "correction.split"
Position = tuple[int, float]
"""Page, and top on it."""


def reshape(draft: EditionDraft, corrections: Iterable[Correction], rules: Rules) -> EditionDraft:
    """The draft with all that joins, splits or draws missions done, in the order in which it was decided; what this
    draft does not hold is passed over (another edition need not read a mission wrongly)."""
    missions = list(draft.missions)
    drawn: list[Correction] = []
    damaged: list[Finding] = []
    for correction in corrections:
        if correction.reshapes and correction.undone_at is None:
            sign, words = split_sign(correction.new_value or "")
            at = next((n for n, m in enumerate(missions) if m.key == correction.key), None)
            if correction.is_drawn and at is None:
                try:
                    missions = _with_drawn(missions, correction, draft, rules)
                    drawn.append(correction)
                except ValueError as error:
                    damaged.append(_damaged(correction, error))
            elif at is not None and sign in "+/":
                missions = _joined(missions, at, words) if sign == "+" else _parted(missions, at, words)
    if missions == list(draft.missions) and not damaged:
        return draft
    number = {mission.ordinal: n for n, mission in reversed(list(enumerate(missions, 1)))}
    findings = [
        f.model_copy(update={"mission": number.get(f.mission, f.mission)}) if f.mission else f
        for f in draft.findings
        if not _is_read_by(f, drawn)
    ]
    numbered = [m.model_copy(update={"ordinal": n}) for n, m in enumerate(missions, 1)]
    return draft.model_copy(update={"missions": tuple(numbered), "findings": (*findings, *damaged)})


def _with_drawn(
    missions: Sequence[MissionDraft], correction: Correction, draft: EditionDraft, rules: Rules
) -> list[MissionDraft]:
    """The drawn mission behind those that stand above it, on its page or before."""
    drawn = read_drawn(correction.key or "", correction.new_value or "", draft, rules)
    place = _start(drawn)
    at = next((n for n, m in enumerate(missions) if _start(m) > place), len(missions))
    return [*missions[:at], drawn.model_copy(update={"ordinal": 0}), *missions[at:]]


def _damaged(correction: Correction, error: ValueError) -> Finding:
    return Finding(
        code=FindingCode.CORRECTION_ASKED, origin=Origin.READING, severity=Severity.ERROR, field="mission",
        message=f"a mission drawn by {correction.author} can't be read from the log: {error}; draw it again, or undo",
    )  # fmt: skip


def _start(mission: MissionDraft) -> Position:
    """Where the mission begins; a page that is not known is the last."""
    found = [
        position for some in mission.candidates.values() for c in some for e in c.evidence
        if (position := _position(e)) and position[0] == mission.page_first
    ]  # fmt: skip
    return min(found, default=(mission.page_first or 1_000_000, 0.0))


def _is_read_by(finding: Finding, drawn: Iterable[Correction]) -> bool:
    """It says that nobody read what now is a drawn mission, or that there is none at all."""
    if finding.code is FindingCode.NO_MISSIONS:
        return any(True for _ in drawn)
    told = _letters(finding.message.partition(":")[2])
    return finding.code is FindingCode.UNREAD_BLOCK and any(told and told in _letters(c.new_value or "") for c in drawn)


def split_sign(value: str) -> tuple[str, str]:
    """
    >>> split_sign("/ Plan de gestion de la forêt")
    ('/', 'Plan de gestion de la forêt')
    """
    return value.strip()[:1], value.strip()[1:].strip()


def _joined(missions: Sequence[MissionDraft], at: int, key: str) -> list[MissionDraft]:
    """The mission at `at` with all that stands in the one with `key`, which is no more."""
    first = missions[at]
    second = next((m for m in missions if m.key == key and m is not first), None)
    if second is None:
        return list(missions)
    candidates = {
        field: _both(first.candidates.get(field, ()), second.candidates.get(field, ()))
        for field in (*first.candidates, *(f for f in second.candidates if f not in first.candidates))
    }
    pages = [p for m in (first, second) for p in (m.page_first, m.page_last) if p]
    made = first.model_copy(
        update={
            "candidates": candidates,
            "labels": tuple(sorted({*first.labels, *second.labels})),
            "page_first": min(pages, default=None),
            "page_last": max(pages, default=None),
        }
    )
    return [made if m is first else m for m in missions if m is not second]


def _both(ours: Sequence[Candidate], theirs: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Lists go on in the second mission; of single values the first's stands."""
    if not ours or not theirs or not isinstance(ours[0].value, list):
        return tuple(ours or theirs)
    count = len(ours[0].value)
    moved = [e.model_copy(update={"ordinal": e.ordinal + count}) for e in theirs[0].evidence]
    update = {"value": [*ours[0].value, *theirs[0].value], "evidence": (*ours[0].evidence, *moved)}
    return (ours[0].model_copy(update=update),)


def _parted(missions: Sequence[MissionDraft], at: int, words: str) -> list[MissionDraft]:
    """The mission at `at` up to the paragraph or bullet that begins with `words`; what follows is a mission with that
    as its title. Without boxes only the rest of the same part follows."""
    whole = missions[at]
    found = _find(whole, words)
    if found is None:
        return list(missions)
    field, place = found
    opening = next(e for e in whole.candidates[field][0].evidence if e.ordinal == place)
    border = _position(opening)

    def behind(name: str, evidence: Evidence) -> bool:
        if border is None:
            return name == field and evidence.ordinal >= place
        here = _position(evidence)
        return here is not None and here >= border

    kept: dict[str, tuple[Candidate, ...]] = {}
    moved: dict[str, tuple[Candidate, ...]] = {}
    for name, candidates in whole.candidates.items():
        before, after = _share(candidates, lambda e, name=name: behind(name, e))  # type: ignore[misc]
        kept |= {name: before} if before else {}
        moved |= {name: after} if after else {}
    text = str(whole.candidates[field][0].value[place - 1])
    moved[field] = _without_first(moved[field])
    evidence = opening.model_copy(update={"field": "title", "ordinal": 1})
    moved["title"] = (Candidate(value=text, evidence=(evidence,), rank=1, rule=GIVEN_RULE),)
    if "domain" in whole.candidates:
        moved["domain"] = kept["domain"] = whole.candidates["domain"]
    new = whole.model_copy(
        update={
            "key": f"{whole.key}~{hashlib.sha256(_letters(words).encode()).hexdigest()[:8]}",
            "candidates": {name: some for name, some in moved.items() if some},
            "page_first": opening.page or whole.page_first,
        }
    )
    old = whole.model_copy(update={"candidates": kept, "page_last": opening.page or whole.page_last})
    return [*missions[:at], old, new, *missions[at + 1 :]]


def _find(mission: MissionDraft, words: str) -> tuple[str, int] | None:
    """Field and place of the first text that begins so."""
    wanted = _letters(words)
    for field in TEXTS:
        for candidate in mission.candidates.get(field, ())[:1]:
            for place, text in enumerate(candidate.value, 1):
                if wanted and _letters(str(text)).startswith(wanted):
                    return field, place
    return None


def _share(
    candidates: Sequence[Candidate], behind: Callable[[Evidence], bool]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """What stays and what goes to the second mission: items of lists one by one, other readings whole."""
    before: list[Candidate] = []
    after: list[Candidate] = []
    for candidate in candidates:
        if not isinstance(candidate.value, list):
            (after if candidate.evidence and behind(candidate.evidence[0]) else before).append(candidate)
            continue
        first_of: dict[int, Evidence] = {}
        for evidence in candidate.evidence:
            first_of.setdefault(evidence.ordinal, evidence)
        gone = {n for n, evidence in first_of.items() if behind(evidence)}
        places = range(1, len(candidate.value) + 1)
        for side, wanted in ((before, set(places) - gone), (after, gone)):
            if wanted:
                side.append(_only(candidate, sorted(wanted)))
    return tuple(before), tuple(after)


def _only(candidate: Candidate, places: Sequence[int]) -> Candidate:
    """The items at these places, counted anew."""
    number = {place: n for n, place in enumerate(places, 1)}
    evidence = [e.model_copy(update={"ordinal": number[e.ordinal]}) for e in candidate.evidence if e.ordinal in number]
    value = [candidate.value[place - 1] for place in places]
    return candidate.model_copy(update={"value": value, "evidence": tuple(evidence)})


def _without_first(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    rest = range(2, len(candidates[0].value) + 1)
    return (_only(candidates[0], rest),) if rest else ()


def _position(evidence: Evidence) -> Position | None:
    return (evidence.page, evidence.top) if evidence.page is not None and evidence.top is not None else None


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text).replace("œ", "oe"))
