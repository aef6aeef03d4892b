"""The data set as one nested JSON file, written mission by mission, with its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from carnet.schemas.dataset import json_schema, properties
from carnet.warehouse.exports.resources import Audience, words
from carnet.warehouse.store.db import Connection

BATCH = 2_000
_LISTS = {
    "partners": "SELECT mission_id, list(name ORDER BY ordinal) AS value FROM given_partners GROUP BY mission_id",
    "contacts": """
        SELECT
            mission_id,
            list({name: name, role: role, email: email, phone: phone, has_left: has_left} ORDER BY ordinal) AS value
        FROM given_contacts
        GROUP BY mission_id""",
    "findings": """
        SELECT
            mission_id,
            list({code: code, origin: origin, severity: severity, field: field, page: page}
                 ORDER BY code, field, finding_id) AS value
        FROM given_findings
        WHERE mission_id IS NOT NULL
        GROUP BY mission_id""",
}
_TEXTS = ("context", "approach", "results")
_RECORDS = {"editions": "EditionRecord", "offices": "OfficeRecord", "websites": "WebsiteRecord", "team": "TeamRecord"}


def write_json(con: Connection, audience: Audience, path: Path, amounts: bool = True) -> None:
    """One object: editions, offices, websites, missions; an empty list where the brochure gives none."""
    schema = _schema(audience, amounts)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("{")
        for number, name in enumerate(schema["properties"]):
            file.write(f'{"," if number else ""}\n"{name}": [')
            _write_rows(file, _rows(con, name, schema))
            file.write("]")
        file.write("\n}\n")


def _schema(audience: Audience, amounts: bool) -> dict[str, Any]:
    return json_schema(public=audience is Audience.public, without=() if amounts else words()["amount_columns"])


def write_json_schema(audience: Audience, path: Path, amounts: bool = True) -> None:
    """What a mission of `missions.json` holds, as a JSON Schema, without what this audience is not shown."""
    schema = _schema(audience, amounts)
    path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _write_rows(file: IO[str], rows: Iterator[str]) -> None:
    for number, row in enumerate(rows):
        file.write(("," if number else "") + "\n" + html_safe(row))


def _rows(con: Connection, name: str, schema: dict[str, Any]) -> Iterator[str]:
    if name == "missions":
        query = _missions(properties(schema, "MissionRecord"))
    else:
        columns = ", ".join(f"{column}: {column}" for column in properties(schema, _RECORDS[name]))
        query = f"SELECT to_json({{{columns}}}) FROM given_{name}"
    found = con.execute(query)
    while batch := found.fetchmany(BATCH):
        yield from (row for (row,) in batch)


def _missions(columns: list[str]) -> str:
    """SQL of the missions with all that belongs to them, in their order."""
    parts, joins = [], []
    for column in columns:
        if column in _LISTS:
            parts.append(f"{column}: coalesce({column}.value, [])")
            joins.append(f"LEFT JOIN ({_LISTS[column]}) AS {column} ON {column}.mission_id = m.mission_id")
        else:
            parts.append(f"{column}: coalesce(m.{column}, [])" if column in _TEXTS else f"{column}: m.{column}")
    given = "(SELECT *, rowid AS place FROM given_missions) AS m"
    return f"SELECT to_json({{{', '.join(parts)}}}) FROM {given} {' '.join(joins)} ORDER BY m.place"


def html_safe(text: str) -> str:
    """JSON that may stand in a page: no text of a brochure closes a script or opens a comment.

    >>> html_safe('{"title": "</script>"}')
    '{"title": "\\\\u003c/script\\\\u003e"}'
    """
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
