"""EditionResult -> rows of the tables: pure, so that it is tested without a database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import TypeAlias

from carnet.schemas.fields import COLUMNS
from carnet.schemas.mission import Mission
from carnet.schemas.result import EditionResult
from carnet.warehouse.store.hashes import short_hash

Value: TypeAlias = str | int | float | bool | Decimal | dt.date | list[str] | None
TableRow: TypeAlias = tuple[Value, ...]

TOLD = 1500
"""Letters of its texts by which a mission is recognised."""

MISSION_COLUMNS = (
    "edition_id", "ordinal", "mission_id", "match_reason", "match_score", "key", *COLUMNS, "match_doubt",
)  # fmt: skip


def edition_id_of(sha256: str) -> str:
    """An edition is its bytes: the first 12 hex digits, the same in every warehouse."""
    return sha256[:12]


def result_to_rows(result: EditionResult) -> dict[str, list[TableRow]]:
    """Rows by table; those of `mission` lack their identity, which needs all editions (see identity.py)."""
    edition = edition_id_of(result.edition.source.sha256)
    tables: dict[str, list[TableRow]] = {
        name: [] for name in ("mission", "contact", "partner", "evidence", "finding", "team", "office", "website")
    }
    for key, mission, evidence in zip(result.keys, result.missions, result.evidence, strict=True):
        place = (edition, mission.ordinal)
        tables["mission"].append((*place, "", "", None, key, *(_cell(mission, name) for name in COLUMNS), None))
        tables["contact"] += [
            (*place, n, _text(c.name), _text(c.role), _text(c.email), _text(c.phone), c.has_left)
            for n, c in enumerate(mission.contacts, 1)
        ]
        tables["partner"] += [(*place, n, text) for n, name in enumerate(mission.partners, 1) if (text := _text(name))]
        tables["evidence"] += [
            (*place, e.field, e.ordinal, _text(e.text), e.page, e.x0, e.top, e.x1, e.bottom, e.rule) for e in evidence
        ]
    tables["finding"] = _findings(edition, result)
    tables["team"] = [(edition, n, t.name, _text(t.role)) for n, t in enumerate(result.team, 1)]
    tables["office"] = [(edition, n, o.city, _text(o.country)) for n, o in enumerate(result.offices, 1)]
    tables["website"] = [(edition, n, url) for n, url in enumerate(result.websites, 1)]
    return tables


def portrait_rows(result: EditionResult) -> list[TableRow]:
    """What the missions of an edition are recognised by, as read, without corrections."""
    edition = edition_id_of(result.edition.source.sha256)
    rows: list[TableRow] = []
    for key, m in zip(result.keys, result.missions, strict=True):
        text = _text(" ".join((*m.context, *m.approach, *m.results))[:TOLD])
        emails = [c.email for c in m.contacts if c.email] or None
        dates = (m.start_date, m.end_date)
        seen = (_text(m.title), _text(m.client), *dates, m.amount, text, emails)
        rows.append((edition, m.ordinal, key, *seen, "", "", None, None))
    return rows


def _cell(mission: Mission, name: str) -> Value:
    """A column's value: never '' and never an empty list."""
    value = getattr(mission, name)
    if isinstance(value, tuple):
        return [text for item in value if (text := _text(item))] or None
    return _text(value) if isinstance(value, str) else value


def _text(value: str | None) -> str | None:
    """NULL for nothing; without NUL characters."""
    return value.replace("\0", "") if value and value.strip() else None


def _findings(edition: str, result: EditionResult) -> list[TableRow]:
    """Each finding with an id made of mission, code, field and message: the same when the file is read again."""
    keys = {mission.ordinal: key for key, mission in zip(result.keys, result.missions, strict=True)}
    seen: Counter[str] = Counter()
    rows: list[TableRow] = []
    for f in result.findings:
        what = "\0".join((edition, keys.get(f.mission or 0, ""), f.code, f.field or "", f.message))
        seen[what] += 1
        finding_id = short_hash(what, str(seen[what]))
        kind = (f.code.value, f.origin.value, f.severity.value)
        rows.append((edition, f.mission, finding_id, *kind, f.field, f.message, f.page))
    return rows
