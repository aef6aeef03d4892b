"""Decisions of one mission -> Mission, with the evidence of every value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from carnet.pipeline.decide import Decision
from carnet.pipeline.derive import client_facts, status
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.draft import MissionDraft
from carnet.schemas.evidence import Evidence
from carnet.schemas.fields import FIELDS, LABELLED
from carnet.schemas.mission import Contact, Mission
from carnet.schemas.values import Amount, Period

T = TypeVar("T", Period, Amount)


@dataclass
class Built:
    """A mission with its evidence, and what its building found doubtful by field."""

    mission: Mission
    evidence: tuple[Evidence, ...]
    doubts: dict[str, str] = field(default_factory=dict)
    period: Period | None = None
    client_inferred: bool = False


def build(draft: MissionDraft, decisions: Mapping[str, Decision], rules: Rules, region: str = "FR") -> Built:
    """A mission as it is kept, with the evidence of every value and what is doubtful of it.

    `region`: the country of the publisher ("FR"), where nothing printed tells another.
    """
    evidence: list[Evidence] = []
    doubts = {name: d.doubt for name, d in decisions.items() if d.doubt}
    period = _value(decisions, "period", Period)
    amount = _value(decisions, "amount", Amount)
    contacts = tuple(Contact.model_validate(c) for c in _list(decisions, "contacts"))
    client = _text(decisions, "client")
    inferred = client is not None and _is_inferred(decisions, "client")
    printed = " ".join(e.text for e in _evidence(decisions, "client"))
    currency = amount.currency if amount else None
    facts = client_facts(client, _with_brackets(decisions) or printed, contacts, currency, region, rules)
    if client is not None and not facts.sure and facts.type is not None:
        doubts.setdefault("client_type", f"client_type: {client!r}: no word tells the type")
    texts = [*_list(decisions, "results")[-2:], *_list(decisions, "approach")[-1:]]
    has_value = amount is not None and amount.value is not None
    mission = Mission(
        ordinal=draft.ordinal,
        page_first=draft.page_first,
        page_last=draft.page_last,
        domain=_text(decisions, "domain"),
        title=_text(decisions, "title"),
        client=client,
        client_stated=not inferred and client is not None,
        client_type=facts.type,
        client_country=facts.country,
        period_text=_printed(decisions, "period"),
        start_date=period.start.first_day() if period and period.start else None,
        end_date=period.end.last_day() if period and period.end else None,
        start_precision=period.start.precision if period and period.start else None,
        end_precision=period.end.precision if period and period.end else None,
        stated_months=period.stated_months if period else None,
        status=status(period, texts, rules, _text(decisions, "status")),
        amount_text=_printed(decisions, "amount"),
        amount=amount.value if amount else None,
        amount_max=amount.maximum if amount else None,
        currency=amount.currency if amount and has_value else None,
        tax=amount.tax if amount and has_value else None,
        context=tuple(_list(decisions, "context")),
        approach=tuple(_list(decisions, "approach")),
        results=tuple(_list(decisions, "results")),
        contacts=contacts,
        partners=tuple(p for p in _list(decisions, "partners") if _letters(p) != _letters(client or "")),
        **_labelled(decisions),
    )
    for name in decisions:
        evidence.extend(_spread(name, decisions, mission))
    return Built(mission, tuple(evidence), doubts, period, inferred)


def _letters(text: str) -> str:
    bare = re.sub(r"[^a-z0-9]", "", fold(text))
    return re.sub(r"^(?:les|le|la)(?=.{5})", "", bare)


_COLUMNS = {name: [f.column for f in FIELDS if f.told.of == name] for name in ("period", "amount", "client")}
"""Columns that come from one decision."""


def _labelled(decisions: Mapping[str, Decision]) -> dict[str, Any]:
    """Fields that are what stands under their label."""
    return {field.column: _chosen(decisions, field.column) for field in LABELLED if field.column in decisions}


def _spread(name: str, decisions: Mapping[str, Decision], mission: Mission) -> list[Evidence]:
    """Evidence of a decision, for each column that comes from it and has a value."""
    found = _evidence(decisions, name)
    columns = _COLUMNS.get(name)
    if columns is None:
        return [] if getattr(mission, name, True) is None else found
    out: list[Evidence] = []
    for column in columns:
        if getattr(mission, column) is not None:
            out.extend(e.model_copy(update={"field": column}) for e in found)
    return out


def _chosen(decisions: Mapping[str, Decision], name: str) -> object:
    decision = decisions.get(name)
    return decision.chosen.value if decision and decision.chosen else None


def _text(decisions: Mapping[str, Decision], name: str) -> str | None:
    value = _chosen(decisions, name)
    return str(value).strip() or None if value is not None else None


def _list(decisions: Mapping[str, Decision], name: str) -> list[str]:
    value = _chosen(decisions, name)
    return list(value) if isinstance(value, list | tuple) else []


def _value(decisions: Mapping[str, Decision], name: str, model: type[T]) -> T | None:
    value = _chosen(decisions, name)
    if value is None or isinstance(value, model):
        return value
    return model.model_validate(value)


def _is_inferred(decisions: Mapping[str, Decision], name: str) -> bool:
    decision = decisions.get(name)
    return decision is not None and decision.chosen is not None and decision.chosen.inferred


def _evidence(decisions: Mapping[str, Decision], name: str) -> list[Evidence]:
    decision = decisions.get(name)
    return list(decision.chosen.evidence) if decision and decision.chosen else []


def _printed(decisions: Mapping[str, Decision], name: str) -> str | None:
    return " ".join(e.text for e in _evidence(decisions, name)) or None


def _with_brackets(decisions: Mapping[str, Decision]) -> str | None:
    decision = decisions.get("client")
    return decision.chosen.note if decision and decision.chosen else None
