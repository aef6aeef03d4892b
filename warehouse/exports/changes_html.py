"""What changed between editions as one HTML page for French readers: it stands alone and prints well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from carnet.schemas.fields import FRENCH
from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.ask.changes import Change, EditionLine, Step, words_changed
from carnet.warehouse.exports import french

TEXTS = ("title", "context", "approach", "results")
LISTS = ("contacts", "partners")
BULLET = "–\u00a0"
Piece = tuple[str, str]
"""same, gone or come, and the words."""


@dataclass(frozen=True)
class Row:
    """A field. `both`: old and new in one text; else each by itself."""

    name: str
    both: list[Piece]
    old: list[Piece]
    new: list[Piece]


@cache
def _words() -> Any:  # the content of a YAML file of ours
    return from_yaml(Path(__file__).with_name("changes.yml").read_text(encoding="utf-8"))


def changes_html(steps: Sequence[Step]) -> str:
    """What a brochure prints is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    template = environment.get_template("changes.html.j2")
    return template.render(steps=steps, words=_words(), by_mission=_by_mission, row=_row, page=_page, heading=_heading,
                           counts=_counts, notes=_notes, has_pages=_has_pages)  # fmt: skip


def _heading(step: Step) -> str:
    named = {"old": _edition(step.old), "new": _edition(step.new)}
    return str(_words()["from_to"]).format(**named, old_file=step.old.file_name, new_file=step.new.file_name)


def _edition(edition: EditionLine) -> str:
    words = _words()
    if edition.edition_date is None:
        return str(words["undated"])
    return str(words["edition"]).format(date=french.day(edition.edition_date))


def _counts(step: Step) -> list[str]:
    told = ((forms, len(_by_mission(step, kind))) for kind, forms in _words()["counts"].items())
    return [forms[n > 1].format(n=n) for forms, n in told if n]


def _notes(step: Step) -> list[str]:
    words = _words()
    out = []
    for how, sentence in words["unprinted"].items():
        fields = [_name(field) for field, printed in step.unprinted.items() if printed == how]
        out += [sentence.format(fields=", ".join(fields))] if fields else []
    return out


def _name(field: str) -> str:
    """
    >>> _name("approach")
    'Démarche'
    """
    return FRENCH.get(field, field).capitalize()


def _by_mission(step: Step, kind: str) -> list[list[Change]]:
    out: dict[str, list[Change]] = {}
    for change in step.changes:
        if change.change == kind:
            out.setdefault(change.mission_id, []).append(change)
    return list(out.values())


def _page(change: Change) -> str:
    old, new = change.old_page, change.new_page
    if old and new and old != new:
        return str(_words()["moved"]).format(old=old, new=new)
    return str(_words()["page"]).format(page=new or old) if old or new else ""


def _has_pages(step: Step, kind: str) -> bool:
    return any(_page(changes[0]) for changes in _by_mission(step, kind))


def _row(change: Change) -> Row:
    field = change.field or ""
    name = _name(field)
    old, new = (_shown(field, value) if value else "" for value in (change.old_value, change.new_value))
    if field in TEXTS and old and new:
        if "\n" in old + new:
            old, new = (text.replace("\n", f"\n{BULLET}") for text in (BULLET + old, BULLET + new))
        return Row(name, list(words_changed(old, new)), [], [])
    before, after = old.split("\n"), new.split("\n")
    return Row(
        name, [],
        [("same" if field in LISTS and line in after else "gone", line) for line in before if line],
        [("same" if field in LISTS and line in before else "come", line) for line in after if line],
    )  # fmt: skip


def _shown(field: str, value: str) -> str:
    """As French readers write it."""
    words = _words()
    if field in ("amount", "amount_max"):
        return french.number(Decimal(value))
    if field in ("start_date", "end_date"):
        return french.day(dt.date.fromisoformat(value))
    if field == "currency":
        return french.unit(value) or value
    if field == "status":
        return str(words["statuses"].get(value, value))
    if field == "contacts":
        return value.replace(", has left", f", {words['has_left']}")
    return value
