"""What changed between two editions as French readers are told it: mission by mission, rows with what went and came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from carnet.schemas.fields import FRENCH
from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.ask.changes import Change, Step, words_changed
from carnet.warehouse.exports import french

TEXTS = ("title", "context", "approach", "results")
LISTS = ("contacts", "partners")
BULLET = "–\u00a0"
MarkedText = tuple[str, str]
"""same, gone or come, and the words."""


@dataclass(frozen=True)
class ChangedField:
    """A field. `both`: old and new in one text; else each by itself."""

    name: str
    both: list[MarkedText]
    old: list[MarkedText]
    new: list[MarkedText]


@cache
def words() -> Any:  # the content of a YAML file of ours
    """Headings, counts, notes: `changes.yml`."""
    return from_yaml(Path(__file__).with_name("changes.yml").read_text(encoding="utf-8"))


def counts(step: Step) -> list[str]:
    """« 16 missions ajoutées », « 1 mission retirée »."""
    told = ((forms, len(by_mission(step, kind))) for kind, forms in words()["counts"].items())
    return [forms[n > 1].format(n=n) for forms, n in told if n]


def notes(step: Step) -> list[str]:
    """« Ne figure plus dans cette mise en page : montant. »"""
    out = []
    for how, sentence in words()["unprinted"].items():
        fields = [_name(field) for field, printed in step.unprinted.items() if printed == how]
        out += [sentence.format(fields=", ".join(fields))] if fields else []
    return out


def _name(field: str) -> str:
    """
    >>> _name("approach")
    'Démarche'
    """
    return FRENCH.get(field, field).capitalize()


def by_mission(step: Step, kind: str) -> list[list[Change]]:
    """What was added, removed or changed, all of a mission together, in reading order."""
    out: dict[str, list[Change]] = {}
    for change in step.changes:
        if change.change == kind:
            out.setdefault(change.mission_id, []).append(change)
    return list(out.values())


def page_of(change: Change) -> str:
    """« p. 8 », « p. 8, puis p. 11 »."""
    old, new = change.old_page, change.new_page
    if old and new and old != new:
        return str(words()["moved"]).format(old=old, new=new)
    return str(words()["page"]).format(page=new or old) if old or new else ""


def row(change: Change) -> ChangedField:
    """A text with what went and came in it; of all else what it was and what it is."""
    field = change.field or ""
    name = _name(field)
    old, new = (_shown(field, value) if value else "" for value in (change.old_value, change.new_value))
    if field in TEXTS and old and new:
        if "\n" in old + new:
            old, new = (text.replace("\n", f"\n{BULLET}") for text in (BULLET + old, BULLET + new))
        return ChangedField(name, list(words_changed(old, new)), [], [])
    before, after = old.split("\n"), new.split("\n")
    return ChangedField(
        name, [],
        [("same" if field in LISTS and line in after else "gone", line) for line in before if line],
        [("same" if field in LISTS and line in before else "come", line) for line in after if line],
    )  # fmt: skip


def _shown(field: str, value: str) -> str:
    """As French readers write it."""
    if field in ("amount", "amount_max"):
        return french.number(Decimal(value))
    if field in ("start_date", "end_date"):
        return french.day(dt.date.fromisoformat(value))
    if field == "currency":
        return french.unit(value) or value
    if field == "status":
        return str(words()["statuses"].get(value, value))
    if field == "contacts":
        return value.replace(", has left", f", {words()['has_left']}")
    return value
