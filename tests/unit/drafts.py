"""Drafts made by hand: what the finders would propose for missions of invented clients."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.source import Edition, SourceFile
from carnet.schemas.values import Amount, PartialDate, Period

LABELS = ("amount", "client", "contact", "context", "period")
ANNE = {"name": "Anne Malvy", "role": "directrice", "email": "a.malvy@morcy.example", "phone": None, "has_left": False}


def reading(
    field: str,
    value: Any,
    *,
    rank: int = 1,
    rule: str = "label",
    text: str | None = None,
    note: str | None = None,
    inferred: bool = False,
) -> Candidate:
    """A candidate on page 3, printed as `text` (default: its value)."""
    printed = text if text is not None else str(value)
    evidence = Evidence(field=field, text=printed, page=3, x0=50, top=60, x1=250, bottom=74, rule=rule)
    return Candidate(value=value, evidence=(evidence,), rank=rank, rule=rule, inferred=inferred, note=note)


def day(text: str) -> PartialDate:
    """ "2021-03" -> March 2021."""
    return PartialDate(**dict(zip(("year", "month", "day"), map(int, text.split("-")), strict=False)))


def period(
    start: str | None = None, end: str | None = None, months: int | None = None, ongoing: bool = False
) -> Period:
    return Period(
        start=day(start) if start else None, end=day(end) if end else None, stated_months=months, ongoing=ongoing
    )


READ: dict[str, Any] = {
    "title": "Plan vélo",
    "client": "Ville de Morcy",
    "period": period("2021-03", "2022-06"),
    "amount": Amount(value=Decimal(29000), currency="EUR", tax="HT"),
    "contacts": [ANNE],
    "context": ["Un réseau ancien."],
}


def mission_draft(
    ordinal: int = 1, *, labels: tuple[str, ...] = LABELS, from_table: bool = False, **values: Any
) -> MissionDraft:
    """A mission with nothing to question; `values` replace what is read, None takes it out."""
    read = {name: value for name, value in (READ | values).items() if value is not None}
    candidates = {name: tuple(value) if _ready(value) else (reading(name, value),) for name, value in read.items()}
    return MissionDraft(
        key=f"mission-{ordinal}", ordinal=ordinal, page_first=3, page_last=3, from_table=from_table, labels=labels,
        candidates=candidates,
    )  # fmt: skip


def _ready(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(v, Candidate) for v in value)


def edition_draft(*missions: MissionDraft, **more: Any) -> EditionDraft:
    source = SourceFile(sha256="0" * 64, name="vireval.pdf", media_type="application/pdf")
    empty: dict[str, Any] = {"team": (), "offices": (), "websites": (), "findings": ()}
    edition = Edition(source=source, pages=9, firm="Vireval Conseil")
    return EditionDraft(edition=edition, missions=missions, read_share=1.0, rules_digest="rules", **(empty | more))
