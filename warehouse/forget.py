"""Erasure: where a person stands, by what they are known again, and a database file without traces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.archive import originals
from warehouse.db import Connection, connect, migrate, new_file
from warehouse.forgotten import Fingerprints, fingerprint, normalised, scrub_text
from warehouse.given_out import Holding
from warehouse.journal import Journal, Line, journal_lines, read_journal

PASSING_KEY = b"only while it is looked for"


@dataclass(frozen=True)
class Person:
    """All by which the person is known here. What others share (a switchboard, a mailbox) is not theirs."""

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    @property
    def anything(self) -> bool:
        return bool(self.names or self.emails or self.phones)

    def values(self) -> Iterator[tuple[str, str]]:
        for kind, values in (("name", self.names), ("email", self.emails), ("phone", self.phones)):
            yield from ((kind, value) for value in sorted(values))


@dataclass(frozen=True)
class Original:
    """A file that holds the person, and still will: pages as far as they are known. `sha256` of its edition."""

    path: str
    pages: tuple[int, ...]
    sha256: str


@dataclass
class Standing:
    """Where the person stands: rows by table, mentions in drafts, lines of the log, originals, files given out."""

    person: Person
    counts: dict[str, int] = field(default_factory=dict)
    originals: list[Original] = field(default_factory=list)
    exports: list[Holding] = field(default_factory=list)


def standing_of(con: Connection, who: str, raw: Path) -> Standing:
    """What the warehouse, the log and the originals hold of a person given by name or e-mail."""
    drafts = con.execute("SELECT sha256, draft, suppressed FROM store.edition ORDER BY file_name, sha256").fetchall()
    loaded = [(sha256, json.loads(text), suppressed > 0) for sha256, text, suppressed in drafts]
    person = _person(who, [p for _, draft, _ in loaded for p in _people(draft)])
    journal = read_journal(raw)
    before = Fingerprints(journal.key or b"", journal.fingerprints).know("email" if "@" in who else "name", who)
    there = {journal.identity_of(sha256): (sha256, path) for sha256, path in originals(raw).items()}
    found = Standing(person)
    known = Fingerprints(PASSING_KEY, frozenset(fingerprints_of(person, PASSING_KEY)))
    for table, columns in _PERSONAL.items():
        rows = con.execute(f"SELECT {columns} FROM store.{table}").fetchall()
        found.counts[table] = sum(any(scrub_text(str(v), known)[1] for v in row if v) for row in rows)
    found.counts["draft"] = 0
    for sha256, draft, suppressed in loaded:
        mentions = sum(scrub_text(text, known)[1] for text in _texts(draft))
        found.counts["draft"] += mentions
        content, path = there.get(sha256, ("", None))
        if path and (mentions or (suppressed and before and content == sha256)):
            found.originals.append(Original(str(path), tuple(sorted(_pages(draft, known))), sha256))
    lines = [json.dumps(line, ensure_ascii=False) for line in journal_lines(raw)]
    found.counts["log"] = sum(bool(scrub_text(line, known)[1]) for line in lines)
    return found


_PERSONAL = {
    "contact": "name, email, phone",
    "team": "name",
    "evidence": "text",
    "finding": "message",
    "mission": "title, client, context::VARCHAR, approach::VARCHAR, results::VARCHAR",
}


def _people(data: Any) -> Iterator[dict[str, Any]]:
    """Every contact or team member in a draft's JSON."""
    if isinstance(data, dict):
        if {"name", "role"} <= set(data) or {"email", "phone"} <= set(data):
            yield data
        for item in data.values():
            yield from _people(item)
    elif isinstance(data, list):
        for item in data:
            yield from _people(item)


def _person(who: str, people: list[dict[str, Any]]) -> Person:
    """The person with what stands beside them; nothing that another person has too."""
    kind = "email" if "@" in who else "name"
    mine = [p for p in people if p.get(kind) and normalised(kind, p[kind]) == normalised(kind, who)]
    names = {p["name"] for p in mine if p.get("name")} | ({who} if kind == "name" else set())
    known = {normalised("name", name) for name in names}
    others = [p for p in people if p.get("name") and normalised("name", p["name"]) not in known]

    def own(what: str) -> frozenset[str]:
        shared = {normalised(what, p[what]) for p in others if p.get(what)}
        with_me = [p for p in people if p in mine or (p.get("name") and normalised("name", p["name"]) in known)]
        return frozenset(p[what] for p in with_me if p.get(what) and normalised(what, p[what]) not in shared)

    emails = own("email") | (frozenset({who}) if kind == "email" else frozenset())
    whole = frozenset(name for name in names if len(normalised("name", name).split()) > 1 or name == who)
    return Person(whole, emails, own("phone"))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _texts(item)


def _pages(data: Any, known: Fingerprints) -> set[int]:
    """Pages of the evidence that mentions the person."""
    if isinstance(data, list):
        return set().union(*(_pages(item, known) for item in data))
    if not isinstance(data, dict):
        return set()
    if "text" in data and "page" in data:
        return {data["page"]} if data["page"] and scrub_text(data["text"] or "", known)[1] else set()
    return set().union(*(_pages(item, known) for item in data.values()))


def fingerprints_of(person: Person, key: bytes) -> list[str]:
    return sorted({fingerprint(key, kind, value) for kind, value in person.values()})


def log_without(line: Line, journal: Journal) -> Line | None:
    """A line of the log without those who are forgotten; a correction that is about them goes."""
    if line["kind"] == "forget":
        return line
    known = Fingerprints(journal.key or b"", journal.fingerprints)
    scrubbed = {k: scrub_text(v, known)[0] if isinstance(v, str) else v for k, v in line.items()}
    return None if scrubbed.get("new_value") != line.get("new_value") else scrubbed


def compact(warehouse: Path) -> None:
    """The same database in a new file: deleted rows leave no traces in it. The lock is held by the caller."""
    with new_file(warehouse) as part, connect(part, read_only=False) as con:
        migrate(con)
        con.execute(f"ATTACH '{str(warehouse).replace(chr(39), chr(39) * 2)}' AS old (READ_ONLY)")
        tables = con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'old' AND schema_name = 'store'"
        ).fetchall()
        for (table,) in tables:
            con.execute(f"DELETE FROM store.{table}")
            con.execute(f"INSERT INTO store.{table} BY NAME SELECT * FROM old.store.{table}")
        con.execute("DETACH old")
