"""What a careful reader questions within one mission: one function a finding code."""

from __future__ import annotations

from collections.abc import Iterable

from carnet.pipeline.build import Built
from carnet.pipeline.checks.brochure import of_brochure
from carnet.pipeline.checks.mismatch import mismatch
from carnet.pipeline.decide import Decision
from carnet.pipeline.rules import Rules
from carnet.schemas.draft import MissionDraft
from carnet.schemas.evidence import AT_THE_FIRM
from carnet.schemas.fields import LABELLED
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Mission


def check_mission(
    draft: MissionDraft, built: Built, decisions: dict[str, Decision], usual: frozenset[str], rules: Rules
) -> list[Finding]:
    """All findings of a mission. `usual`: kinds of labels that the brochure's missions (of this shape) print."""
    mission = built.mission
    return [
        *_client(mission, built),
        *(() if built.client_inferred else mismatch(mission, rules)),
        *_duration(mission),
        *_order(mission),
        *_missing(draft, mission, usual),
        *_emails(mission, decisions),
        *_doubts(mission, built, decisions),
    ]


def _client(mission: Mission, built: Built) -> Iterable[Finding]:
    if mission.client is None:
        yield of_brochure(mission, FindingCode.CLIENT_MISSING, "client", "no client is named")
    elif built.client_inferred:
        message = f"the client is not stated; {mission.client!r} was read from the text, the contact or the e-mail"
        yield of_brochure(mission, FindingCode.CLIENT_MISSING, "client", message)
        for field in ("client_type", "client_country"):
            yield Finding(
                mission=mission.ordinal,
                code=FindingCode.CLIENT_MISSING,
                origin=Origin.BROCHURE,
                severity=Severity.INFO,
                field=field,
                message="follows from a client that is not stated",
                page=mission.page_first,
            )
    if mission.title is None:
        yield of_brochure(mission, FindingCode.TITLE_MISSING, "title", "no title is printed", Severity.INFO)


def _duration(mission: Mission) -> Iterable[Finding]:
    """Stated months against printed dates: inclusive or exclusive count of months; years leave room."""
    stated, start, end = mission.stated_months, mission.start_date, mission.end_date
    if stated is None or start is None or end is None or end < start:
        return
    inclusive = (end.year - start.year) * 12 + end.month - start.month + 1
    if mission.start_precision == "year" or mission.end_precision == "year":
        years = end.year - start.year + 1
        fits = (years - 2) * 12 < stated <= years * 12
        if years == 1:
            fits = stated <= 12
    else:
        fits = inclusive - 1 <= stated <= inclusive
    if not fits:
        message = f"{stated} months are stated, but {mission.period_text!r} counts {inclusive}"
        yield of_brochure(mission, FindingCode.DURATION_MISMATCH, "stated_months", message)


def _order(mission: Mission) -> Iterable[Finding]:
    if mission.start_date and mission.end_date and mission.end_date < mission.start_date:
        message = f"{mission.period_text!r} ends before it starts"
        yield of_brochure(mission, FindingCode.DATE_ORDER, "end_date", message)


def _missing(draft: MissionDraft, mission: Mission, usual: frozenset[str]) -> Iterable[Finding]:
    """What other missions of this brochure print, and this one does not. In a table, only columns that it has.

    A brochure that never prints an amount misses none.
    """
    labels = set(draft.labels)

    def expected(field: str, *kinds: str) -> bool:
        told = {*kinds, f"a value of {field}"}
        return bool(labels & set(kinds)) or not draft.from_table and bool(usual & told)

    undated = mission.start_date is None and mission.end_date is None and mission.stated_months is None
    if undated and mission.status != "ongoing" and expected("period", "period", "duration", "start", "end"):
        yield of_brochure(mission, FindingCode.PERIOD_MISSING, "period", "no period is given")
    withheld = "amount" in draft.candidates
    if mission.amount is None and (withheld or expected("amount", "amount")) and not _unparsed(draft):
        said = f": {mission.amount_text!r}" if mission.amount_text else ""
        yield of_brochure(mission, FindingCode.AMOUNT_MISSING, "amount", f"no amount is given{said}")
    if not mission.contacts and expected("contacts", "contact", "name", "email", "phone"):
        own = [c.note for c in draft.candidates.get("contacts", ()) if c.note == AT_THE_FIRM]
        if own:
            yield _reading(mission, FindingCode.WEAK_READING, "contacts", AT_THE_FIRM)
        else:
            yield of_brochure(mission, FindingCode.CONTACT_MISSING, "contacts", "no contact is given")


def _unparsed(draft: MissionDraft) -> bool:
    return any(c.note and "not understood" in c.note for c in draft.candidates.get("amount", ()))


def _emails(mission: Mission, decisions: dict[str, Decision]) -> Iterable[Finding]:
    chosen = decisions["contacts"].chosen if "contacts" in decisions else None
    for note in (chosen.note or "").split("; ") if chosen else ():
        if note.startswith("email_malformed"):
            yield of_brochure(
                mission, FindingCode.EMAIL_MALFORMED, "contact_email", f"printed as {note.partition(': ')[2]}"
            )


def _doubts(mission: Mission, built: Built, decisions: dict[str, Decision]) -> Iterable[Finding]:
    """Ties, weak readings, and notes of the winning readings: our doubt, not the brochure's fault."""
    for field, doubt in built.doubts.items():
        code = FindingCode.TIE if "equal rank" in doubt else FindingCode.WEAK_READING
        yield _reading(mission, code, field, doubt)
    for field in ("period", "amount"):
        chosen = decisions[field].chosen if field in decisions else None
        if chosen and chosen.note:
            code = FindingCode.UNPARSED if "not understood" in chosen.note else FindingCode.WEAK_READING
            for column in _COLUMNS[field]:
                yield _reading(mission, code, column, f"{chosen.note}: {getattr(mission, _TEXT[field])!r}")
    partners = decisions["partners"].chosen if "partners" in decisions else None
    if partners and partners.note:
        yield _reading(mission, FindingCode.WEAK_READING, "partners", partners.note)
    for name in (field.column for field in LABELLED):
        chosen = decisions[name].chosen if name in decisions else None
        if chosen and chosen.note:
            printed = " ".join(e.text for e in chosen.evidence)
            yield _reading(mission, FindingCode.UNPARSED, name, f"{chosen.note}: {printed!r}")


_COLUMNS = {"period": ("period_text", "start_date"), "amount": ("amount",)}
_TEXT = {"period": "period_text", "amount": "amount_text"}


def _reading(mission: Mission, code: FindingCode, field: str, message: str) -> Finding:
    return Finding(
        mission=mission.ordinal,
        code=code,
        origin=Origin.READING,
        severity=Severity.WARNING,
        field=field,
        message=message,
        page=mission.page_first,
    )
