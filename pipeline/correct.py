"""Corrections into a mission: decided values are replaced before it is built, columns after; each with its evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from carnet.pipeline.build import Built
from carnet.pipeline.decide import Decision
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import parse_date, parse_period
from carnet.pipeline.values.money import parse_amount
from carnet.pipeline.values.numbers import parse_measure
from carnet.pipeline.values.people import parse_contacts
from carnet.schemas.correction import Correction
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.fields import FIELDS as DECLARED_FIELDS
from carnet.schemas.fields import LABELLED
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.mission import Contact, Mission
from carnet.schemas.values import Amount, PartialDate, Period

RULE = "correction"
NOTHING = "-"
WHOLE = "mission"
TEXTS = ("title", "client", "domain")
LISTS = ("context", "approach", "results", "partners")
PERIODS = ("period", "start_date", "end_date")
COLUMNS = (
    "client_stated", "client_type", "client_country", "period_text", "stated_months", "status", "amount_text",
    "amount_max", "currency", "tax", *(field.column for field in LABELLED),
)  # fmt: skip
NUMBERS = {field.column: field.told.unit for field in DECLARED_FIELDS if field.type in (int, Decimal)}
FIELDS = (WHOLE, *TEXTS, *PERIODS, "amount", *COLUMNS, *LISTS, "contacts")


class BadValue(ValueError):
    """A correction that can't be; the message is one sentence."""


def value_of(mission: Mission, field: str) -> str | None:
    """A field as one text, to show it and to compare it by: what the log holds."""
    if field == WHOLE:
        return mission.title or mission.client
    if field == "period":
        field = "period_text"
    value = getattr(mission, field)
    if field == "contacts":
        people = (", ".join(t for t in (c.name, c.role, c.email, c.phone) if t) for c in mission.contacts)
        return "\n".join(people) or None
    if isinstance(value, tuple):
        return "\n".join(value) or None
    if field in ("start_date", "end_date") and value is not None:
        length = {"year": 4, "month": 7, "day": 10}[getattr(mission, field.replace("date", "precision")) or "day"]
        return str(value)[:length]
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return None if value is None else str(value)


def in_force(mission: Mission, corrections: Iterable[Correction]) -> tuple[list[Correction], list[Finding]]:
    """The corrections that hold for what is read here, the last one of a field; and a question for each where
    something else is read now than what was corrected."""
    last = {c.field if not _is_step(c) else c.id: c for c in corrections if c.undone_at is None}
    wanted: list[Correction] = []
    questions: list[Finding] = []
    for correction in last.values():
        printed = value_of(mission, correction.field)
        steady = _is_step(correction) or correction.field == WHOLE or _same(printed, correction.printed)
        if not steady and (correction.only_if_same or _same(printed, correction.new_value)):
            continue
        wanted.append(correction)
        if not steady:
            questions.append(_question(mission, correction, printed))
    return wanted, questions


def told_by(field: str) -> tuple[str, ...]:
    """The columns and people that a person looks at who sets a field right, by which findings name them.

    >>> told_by("title"), told_by("amount")
    (('title',), ('amount', 'amount_text'))
    """
    return (field, *_WITH.get(field, ()))


_WITH = {
    "period": ("period_text", "start_date", "end_date", "stated_months"), "amount": ("amount_text",),
    "contacts": ("contact_name", "contact_role", "contact_email", "contact_phone"),
}  # fmt: skip
"""What a field has beside its own name."""


def drops(corrections: Iterable[Correction]) -> bool:
    """True when one of them says that this is no mission."""
    return any(c.field == WHOLE and c.new_value is None for c in corrections)


def amend_decisions(
    decisions: dict[str, Decision], corrections: Sequence[Correction], rules: Rules
) -> dict[str, Decision]:
    """Decisions with corrected values in the place of those read, so that what follows from them is renewed."""
    out = dict(decisions)
    for c in corrections:
        if c.field in TEXTS:
            out[c.field] = _decision(c.field, _text(c), c)
        elif c.field in LISTS:
            before = _list(out, c.field)
            out[c.field] = _decision(c.field, _changed_list(before, c), c)
        elif c.field in PERIODS:
            out["period"] = _with_old_text(_decision("period", _period(out, c, rules), c), out.get("period"), c)
        elif c.field == "amount":
            out["amount"] = _with_old_text(_decision("amount", _amount(out, c, rules), c), out.get("amount"), c)
        elif c.field == "contacts":
            out["contacts"] = _contacts(out, c, rules)
    return {field: d for field, d in out.items() if d.chosen is not None}


def amend_built(built: Built, corrections: Sequence[Correction]) -> Built:
    """The built mission with corrected columns and their evidence; our doubts about corrected fields are settled."""
    changed = {c.field: _column(c) for c in corrections if c.field in COLUMNS}
    fields = {c.field for c in corrections}
    mission = validated(built.mission, changed)
    evidence = [e for e in built.evidence if e.field not in changed]
    for c in corrections:
        if c.field in changed and changed[c.field] is not None:
            evidence.append(_evidence(c.field, c))
    doubts = {name: doubt for name, doubt in built.doubts.items() if name not in fields}
    return replace(built, mission=mission, evidence=tuple(evidence), doubts=doubts)


def validated(mission: Mission, changed: dict[str, Any]) -> Mission:
    """The mission with changed columns, checked by its model; BadValue in one sentence."""
    if not changed:
        return mission
    try:
        return Mission.model_validate(mission.model_dump() | changed)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        said = first["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
        raise BadValue(f"{field}: {first['input']!r}: expected {said}") from None


def _is_step(correction: Correction) -> bool:
    """It adds or drops one of several ("+ …", "- …"): all of them hold, in their order."""
    return correction.field in (*LISTS, "contacts") and bool(re.match(r"[+-]\s*\S", correction.new_value or ""))


def _same(one: str | None, two: str | None) -> bool:
    return _letters(one or "") == _letters(two or "")


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text).replace("œ", "oe"))


def _question(mission: Mission, correction: Correction, printed: str | None) -> Finding:
    message = (
        f"{correction.author} set it to {correction.new_value!r} where {correction.printed!r} was printed; "
        f"now it is {printed!r}: correct it again, or undo"
    )
    return Finding(
        mission=mission.ordinal,
        code=FindingCode.CORRECTION_ASKED,
        origin=Origin.READING,
        severity=Severity.WARNING,
        field=correction.field,
        message=message,
        page=mission.page_first,
    )


def _evidence(field: str, correction: Correction, ordinal: int = 1, text: str | None = None) -> Evidence:
    return Evidence(field=field, ordinal=ordinal, text=text or correction.new_value or "", rule=RULE)


def _decision(field: str, value: object, correction: Correction) -> Decision:
    if value is None or value == []:
        return Decision(None, why=RULE)
    count = len(value) if isinstance(value, list) else 1
    texts = value if isinstance(value, list) else [correction.new_value]
    evidence = tuple(_evidence(field, correction, n, str(texts[n - 1])) for n in range(1, count + 1))
    return Decision(Candidate(value=value, evidence=evidence, rank=0, rule=RULE), why=RULE)


def _with_old_text(new: Decision, old: Decision | None, correction: Correction) -> Decision:
    """The words of a period or amount stay those printed, unless the correction gives words."""
    if new.chosen is None or old is None or old.chosen is None or correction.field == "period":
        return new
    evidence = tuple(e.model_copy(update={"rule": RULE}) for e in old.chosen.evidence)
    return replace(new, chosen=new.chosen.model_copy(update={"evidence": evidence}))


def _text(c: Correction) -> str | None:
    return (c.new_value or "").strip() or None


def _list(decisions: dict[str, Decision], field: str) -> list[Any]:
    decision = decisions.get(field)
    return list(decision.chosen.value) if decision and decision.chosen else []


def _changed_list(before: list[str], c: Correction) -> list[str]:
    """ "+ …" adds, "- …" drops, else all are replaced: a JSON array, or one a line."""
    value = c.new_value or ""
    step = re.match(r"([+-])\s*(\S.*)", value, re.DOTALL)
    if step and step[1] == "+":
        return [*before, step[2]]
    if step:
        return [item for item in before if _letters(item) != _letters(step[2])]
    if value.startswith("["):
        try:
            return [str(item) for item in json.loads(value)]
        except ValueError as error:
            raise BadValue(f"{c.field}: not a JSON array: {error}") from None
    return [line.strip() for line in value.splitlines() if line.strip()]


def _period(decisions: dict[str, Decision], c: Correction, rules: Rules) -> Period | None:
    before = decisions.get("period")
    value = before.chosen.value if before and before.chosen else {}
    period = value if isinstance(value, Period) else Period.model_validate(value)
    if c.field == "period":
        if c.new_value is None:
            return None
        found = parse_period(c.new_value, rules)
        if found is None or found.note:
            raise BadValue(f"period: {c.new_value!r}: expected a period like 'mars 2021 à juin 2022'")
        return found.value
    side = c.field.removesuffix("_date")
    changed: dict[str, object] = {side: _date(c, rules)}
    if side == "end" and c.new_value is not None:
        changed["ongoing"] = False
    made = period.model_copy(update=changed)
    return None if made == Period() else made


def _date(c: Correction, rules: Rules) -> PartialDate | None:
    if c.new_value is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", c.new_value.strip())
    try:
        date = PartialDate(**{n: int(v) for n, v in zip(("year", "month", "day"), match.groups(), strict=True) if v}) \
            if match else parse_date(c.new_value, rules)  # fmt: skip
        if date is not None:
            date.last_day(), date.first_day()
            return date
    except ValueError:
        pass
    raise BadValue(f"{c.field}: {c.new_value!r}: expected a date like 2021, 2021-03 or 2021-03-15")


def _amount(decisions: dict[str, Decision], c: Correction, rules: Rules) -> Amount | None:
    """A bare number keeps the currency and tax that were read; words ("29 000 € HT") say them."""
    if c.new_value is None:
        return None
    before = decisions.get("amount")
    value = before.chosen.value if before and before.chosen else None
    old = value if isinstance(value, Amount) else Amount.model_validate(value) if value else None
    try:
        number = Decimal(c.new_value.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace(",", "."))
        if not number.is_finite() or number < 0 or number >= Decimal(10) ** 12:
            raise BadValue(f"amount: {c.new_value!r}: expected an amount such as 29000 or '29 000 € HT'")
        return Amount(value=number, currency=old.currency if old else None, tax=old.tax if old else None)
    except InvalidOperation:
        found = parse_amount(c.new_value, rules)
    if found is None or found.value.value is None:
        raise BadValue(f"amount: {c.new_value!r}: expected an amount such as 29000 or '29 000 € HT'")
    return found.value


def _contacts(decisions: dict[str, Decision], c: Correction, rules: Rules) -> Decision:
    """ "+ Name, role, e-mail" adds, "- name or e-mail" drops, else all are replaced, one person a line."""
    decision = decisions.get("contacts")
    people = [Contact.model_validate(v) for v in _list(decisions, "contacts")]
    evidence = list(decision.chosen.evidence) if decision and decision.chosen else []
    step = re.match(r"([+-])\s*(\S.*)", c.new_value or "", re.DOTALL)
    if step is None:
        people, evidence = [], []
    if step is not None and step[1] == "-":
        gone = {n for n, p in enumerate(people, 1) if _named(p, step[2])}
        people = [p for n, p in enumerate(people, 1) if n not in gone]
        evidence = [
            e.model_copy(update={"ordinal": e.ordinal - sum(g < e.ordinal for g in gone)})
            for e in evidence
            if e.ordinal not in gone
        ]
    else:
        for line in (step[2] if step else c.new_value or "").splitlines():
            person = _person(line, rules)
            if not any(_named(p, person.email or person.name or "") for p in people):
                people.append(person)
                evidence += [
                    _evidence(f"contact_{name}", c, len(people), text)
                    for name in ("name", "role", "email", "phone")
                    if (text := getattr(person, name))
                ]
    if not people:
        return Decision(None, why=RULE)
    note = decision.chosen.note if decision and decision.chosen and step else None
    return Decision(
        Candidate(value=[p.model_dump() for p in people], evidence=tuple(evidence), rank=0, rule=RULE, note=note),
        why=RULE,
    )


def _named(person: Contact, words: str) -> bool:
    given = _letters(words)
    return bool(given) and given in (_letters(person.name or ""), _letters(person.email or ""))


def _person(line: str, rules: Rules) -> Contact:
    readings = parse_contacts(line, rules)
    if len(readings) == 1 and (readings[0].name or readings[0].email):
        found = readings[0]
        values = {n: f.value for n in ("name", "role", "email", "phone") if (f := getattr(found, n)) is not None}
        return Contact(**values, has_left=found.has_left)
    raise BadValue(f"contacts: {line!r}: expected a person like 'Aline Verdeau, directrice, a.verdeau@brenoux.fr'")


def _column(c: Correction) -> object:
    if c.new_value is None:
        return None if c.field != "client_stated" else False
    text = c.new_value.strip()
    if c.field in ("currency", "client_country", "tax"):
        text = text.upper()
        pattern = {"currency": r"[A-Z]{3}", "client_country": r"[A-Z]{2}", "tax": r"HT|TTC"}[c.field]
        if not re.fullmatch(pattern, text):
            likes = {"currency": "EUR", "client_country": "FR", "tax": "HT or TTC"}
            raise BadValue(f"{c.field}: {c.new_value!r}: expected a code like {likes[c.field]}")
    number = parse_measure(text, NUMBERS[c.field]) if c.field in NUMBERS else None
    return text if number is None else number
