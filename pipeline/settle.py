"""Draft + corrections -> result: the second half, on one screen. Pure, and quick: the file is not opened again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from carnet.pipeline.build import Built, build
from carnet.pipeline.checks.edition import check_edition
from carnet.pipeline.checks.mission import check_mission
from carnet.pipeline.checks.slots import empty_slots
from carnet.pipeline.correct import amend_built, amend_decisions, drops, in_force, told_by
from carnet.pipeline.decide import Decision, decide
from carnet.pipeline.reshape import reshape
from carnet.pipeline.rules import Rules, load_rules
from carnet.schemas.correction import Correction
from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.finding import Finding, FindingCode, Origin
from carnet.schemas.mission import Office, TeamMember
from carnet.schemas.result import EditionResult


def settle(draft: EditionDraft, corrections: Sequence[Correction] = (), rules: Rules | None = None) -> EditionResult:
    """Decide, derive, build and check every mission of the draft. `corrections`: those whose `key` is of this edition;
    BadValue for one that can't be."""
    rules = rules or load_rules()
    draft = reshape(draft, corrections, rules)
    findings: list[Finding] = list(draft.findings)
    looked_at: set[tuple[int, str]] = set()
    dropped: set[int] = set()
    built: list[Built] = []
    keys: list[str] = []
    shapes = _shapes(draft.missions)
    usual = {shape: _usual([m for m in draft.missions if shapes[m.key] == shape]) for shape in set(shapes.values())}
    for mission in draft.missions:
        decisions = decisions_of(mission)
        made = build(mission, decisions, rules, draft.region)
        own = [c for c in corrections if c.key == mission.key and not c.reshapes]
        if own:
            own, questions = in_force(made.mission, own)
            if drops(own):
                dropped.add(mission.ordinal)
                continue
            findings.extend(questions)
            looked_at |= {(mission.ordinal, field) for c in own for field in told_by(c.field)}
            decisions = amend_decisions(decisions, own, rules)
            made = amend_built(build(mission, decisions, rules, draft.region), own)
        findings.extend(check_mission(mission, made, decisions, usual[shapes[mission.key]], rules))
        built.append(made)
        keys.append(mission.key)
    findings.extend(check_edition([b.mission for b in built], rules))
    for shape in sorted(usual):
        alike = {key for key, of_mission in shapes.items() if of_mission == shape}
        findings.extend(empty_slots([b.mission for k, b in zip(keys, built, strict=True) if k in alike], findings))
    return EditionResult(
        edition=draft.edition,
        keys=tuple(keys),
        missions=tuple(b.mission for b in built),
        evidence=tuple(b.evidence for b in built),
        findings=tuple(f for f in findings if f.mission not in dropped and not _is_settled(f, looked_at)),
        team=tuple(TeamMember.model_validate(c.value) for c in draft.team),
        offices=tuple(Office.model_validate(c.value) for c in draft.offices),
        websites=tuple(str(c.value) for c in draft.websites),
        read_share=draft.read_share,
        rules_digest=draft.rules_digest,
    )


def _is_settled(finding: Finding, looked_at: Set[tuple[int, str]]) -> bool:
    """A doubt of our own about what a person has looked at; that the log asks again is none."""
    is_ours = finding.origin is Origin.READING and finding.code is not FindingCode.CORRECTION_ASKED
    return is_ours and (finding.mission or 0, finding.field or "") in looked_at


def decisions_of(mission: MissionDraft) -> dict[str, Decision]:
    """What is chosen of the candidates of each field, by the names of the fields."""
    return {field: decide(candidates) for field, candidates in mission.candidates.items()}


def _shapes(missions: Sequence[MissionDraft]) -> dict[str, str]:
    """How each mission is printed: in a table, in full, or in a list of short ones behind full ones ("Autres
    références"). What is missing in one is held against those printed alike."""
    plain = [m for m in missions if not m.from_table]
    usual = _usual(plain)
    short = {m.key for m in plain if 2 * len(usual & _told(m)) < len(usual) and m.candidates.keys() >= _NAMED}
    listed = short if _LIST <= len(short) < len(plain) else set()
    return {m.key: "table" if m.from_table else "list" if m.key in listed else "full" for m in missions}


_LIST = 3
"""Missions of a list at least."""
_NAMED = frozenset({"title", "client"})
"""What each of a list has."""


def _told(mission: MissionDraft) -> set[str]:
    """Kinds of its labels, and fields that it has a value of in a place of its own: of what sentences tell, one that
    has none lacks nothing."""
    placed = (field for field, some in mission.candidates.items() if min(c.rank for c in some) < _IN_TEXT)
    return {*mission.labels, *(f"a value of {field}" for field in placed)}


_IN_TEXT = 5
"""Rank (`rules/shared/ranks.yml`) from which on a value was found in running text."""


def _usual(missions: Sequence[MissionDraft]) -> frozenset[str]:
    """Kinds of labels on at least a third of the missions, and fields that as many have a value of."""
    counts = Counter(name for m in missions for name in _told(m))
    return frozenset(label for label, n in counts.items() if n >= max(2, len(missions) / 3))
