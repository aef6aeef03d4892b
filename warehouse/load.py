"""Put a result into the tables, in one transaction; the same content again changes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from schemas.draft import EditionDraft
from schemas.result import EditionResult
from warehouse.brochures import name_brochure
from warehouse.db import Connection
from warehouse.identity import Portrait, identify
from warehouse.rows import Row, edition_id_of, result_to_rows

Outcome = Literal["new", "replaced", "unchanged"]
_CHILDREN = ("mission", "contact", "partner", "evidence", "finding", "team", "office", "website")
_IDENTITY_COLUMNS = (
    ("edition_id", "VARCHAR"), ("ordinal", "INTEGER"), ("mission_id", "VARCHAR"),
    ("reason", "VARCHAR"), ("score", "DOUBLE"),
)  # fmt: skip


@dataclass(frozen=True)
class Naming:
    """What the user said because the file does not."""

    brochure: str | None = None
    edition_date: dt.date | None = None


@dataclass(frozen=True)
class Loaded:
    """What a load did, for the summary."""

    edition_id: str
    brochure: str
    outcome: Outcome
    missions: int
    findings: int


@dataclass(frozen=True)
class KnownEdition:
    """What is asked before a file is read: is it here already, and read by the same code?"""

    edition_id: str
    brochure: str
    brochure_rule: str
    edition_date: dt.date | None
    date_rule: str | None
    code_version: str
    missions: int
    findings: int

    def settles(self, naming: Naming, code_version: str) -> bool:
        """True when reading the same bytes again could change nothing."""
        return (
            self.code_version == code_version
            and naming.brochure in (None, self.brochure)
            and naming.edition_date in (None, self.edition_date)
        )

    def naming(self, asked: Naming) -> Naming:
        """What was said when it came first still holds where nothing else is said now."""
        return Naming(
            asked.brochure or (self.brochure if self.brochure_rule == "option" else None),
            asked.edition_date or (self.edition_date if self.date_rule == "option" else None),
        )


def known_editions(con: Connection) -> dict[str, KnownEdition]:
    """By sha256."""
    rows = con.execute(
        """SELECT sha256, edition_id, brochure, brochure_rule, edition_date, date_rule, code_version,
                  mission_count, finding_count FROM editions"""
    ).fetchall()
    return {sha256: KnownEdition(*rest) for sha256, *rest in rows}


def load(
    con: Connection,
    draft: EditionDraft,
    result: EditionResult,
    *,
    code_version: str,
    now: dt.datetime,
    naming: Naming = Naming(),
) -> Loaded:
    """Insert the edition, or replace what an older reading of the same bytes left; its brochure's ids are renewed."""
    source = result.edition.source
    known = known_editions(con).get(source.sha256)
    if known and known.settles(naming, code_version):
        return Loaded(known.edition_id, known.brochure, "unchanged", known.missions, known.findings)
    naming = known.naming(naming) if known else naming
    tables = result_to_rows(result)
    edition = _edition_row(draft, result, code_version, now, naming)
    brochure = str(edition[1])
    con.begin()
    try:
        if known:
            edition = (*edition[:10], _delete(con, known.edition_id), *edition[11:])
        _insert(con, "edition", [edition])
        for table, rows in tables.items():
            _insert(con, table, rows)
        for name in {brochure, known.brochure if known else brochure}:
            renew_identities(con, name)
        con.commit()
    except BaseException:
        con.rollback()
        raise
    outcome: Outcome = "replaced" if known else "new"
    return Loaded(edition_id_of(source.sha256), brochure, outcome, len(tables["mission"]), len(tables["finding"]))


def _edition_row(
    draft: EditionDraft, result: EditionResult, code_version: str, now: dt.datetime, naming: Naming
) -> Row:
    """In the order of the table's columns; `now` stands for ingested_at."""
    edition, source = result.edition, result.edition.source
    brochure, brochure_rule = name_brochure(edition, naming.brochure)
    return (
        edition_id_of(source.sha256),
        brochure,
        brochure_rule,
        edition.firm,
        source.name,
        source.sha256,
        source.media_type,
        edition.pages,
        naming.edition_date or edition.edition_date,
        "option" if naming.edition_date else edition.date_rule,
        now.astimezone(dt.UTC).replace(tzinfo=None),
        result.read_share,
        result.rules_digest,
        code_version,
        draft.model_dump_json(),
    )


def _delete(con: Connection, edition_id: str) -> dt.datetime:
    """Remove an older reading; returns when the file was first ingested, which stays true."""
    row = con.execute("SELECT ingested_at FROM store.edition WHERE edition_id = ?", [edition_id]).fetchone()
    assert row is not None
    for table in ("edition", *_CHILDREN):
        con.execute(f"DELETE FROM store.{table} WHERE edition_id = ?", [edition_id])
    ingested_at: dt.datetime = row[0]
    return ingested_at


def _insert(con: Connection, table: str, rows: Sequence[Row]) -> None:
    """All rows as one JSON parameter: thirty times as fast as a parameter for each value."""
    if rows:
        columns = [(name, str(kind)) for name, kind, *_ in con.execute(f"DESCRIBE store.{table}").fetchall()]
        con.execute(f"INSERT INTO store.{table} SELECT row.* FROM {_json_rows(columns)}", [_json(columns, rows)])


def _json_rows(columns: Sequence[tuple[str, str]]) -> str:
    """A table expression over one parameter: a JSON array of objects becomes rows with these columns and types."""
    return f"(SELECT unnest(from_json(?, '{json.dumps([dict(columns)])}')) AS row)"


def _json(columns: Sequence[tuple[str, str]], rows: Sequence[Row]) -> str:
    """Half of a surrogate pair, which some PDFs yield and no database takes, becomes "?"."""
    names = [name for name, _ in columns]
    text = json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")


def renew_identities(con: Connection, brochure: str) -> None:
    """Give every mission of the brochure's editions its id; rows that have it already stay untouched."""
    rows = con.execute(
        """SELECT m.edition_id, m.ordinal, m.mission_id, m.match_reason, m.match_score,
                  m.key, m.title, m.client, m.start_date, m.amount, coalesce(m.context, m.approach, m.results)[1]
           FROM store.mission AS m JOIN _timeline AS t USING (edition_id)
           WHERE t.brochure = ? ORDER BY t.place, m.ordinal""",
        [brochure],
    ).fetchall()
    editions: dict[str, list[tuple[Any, ...]]] = {}  # rows as DuckDB gives them
    for row in rows:
        editions.setdefault(row[0], []).append(row)
    identities = identify(brochure, [[Portrait(*row[5:]) for row in rows] for rows in editions.values()])
    changed: list[Row] = [
        (edition_id, row[1], new.mission_id, new.reason, new.score)
        for (edition_id, mission_rows), given in zip(editions.items(), identities, strict=True)
        for row, new in zip(mission_rows, given, strict=True)
        if (row[2], row[3], row[4]) != (new.mission_id, new.reason, new.score)
    ]
    if changed:
        con.execute(
            f"""UPDATE store.mission AS m
                SET mission_id = row.mission_id, match_reason = row.reason, match_score = row.score
                FROM {_json_rows(_IDENTITY_COLUMNS)}
                WHERE m.edition_id = row.edition_id AND m.ordinal = row.ordinal""",
            [_json(_IDENTITY_COLUMNS, changed)],
        )
