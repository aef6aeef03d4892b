"""Erasure: where a person stands, by what they are known again, and a database file without traces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carnet.schemas.correction import DRAWN
from carnet.schemas.spelling import folded
from carnet.warehouse.disk.archive import originals
from carnet.warehouse.log.journal import Journal, LogLine, journal_lines, read_journal
from carnet.warehouse.privacy.forgotten import Fingerprints, scrub_text, without
from carnet.warehouse.privacy.given_out import Holding
from carnet.warehouse.privacy.names import NameLexicon
from carnet.warehouse.privacy.person import Person, close_to, person_of, words_used
from carnet.warehouse.store.db import Connection, connect, migrate, new_file


@dataclass(frozen=True)
class Original:
    """A file that holds the person, and still will: pages as far as they are known. `sha256` of its edition."""

    path: str
    pages: tuple[int, ...]
    sha256: str


@dataclass(frozen=True)
class Mention:
    """Words that may mean the person, or somebody or something else; they stay."""

    file_name: str
    page: int | None
    text: str


@dataclass
class Standing:
    """Where the person stands: rows by table, mentions in drafts, lines of the log, originals, files given out.
    `damaged`: warehouses that were set aside and can't be searched; `set_aside`: originals that were redacted.
    `before`: the person was forgotten already; `close`: who else is called nearly so."""

    person: Person
    counts: dict[str, int] = field(default_factory=dict)
    originals: list[Original] = field(default_factory=list)
    exports: list[Holding] = field(default_factory=list)
    doubtful: list[Mention] = field(default_factory=list)
    damaged: list[Path] = field(default_factory=list)
    set_aside: list[Path] = field(default_factory=list)
    before: bool = False
    close: list[str] = field(default_factory=list)

    @property
    def anywhere(self) -> bool:
        """The person was found; what can't be searched aside."""
        given = any(export.times for export in self.exports)
        return given or bool(any(self.counts.values()) or self.originals or self.set_aside)


def standing_of(con: Connection, who: str, raw: Path, lexicon: NameLexicon) -> Standing:
    """What the warehouse, the log and the originals hold of a person given by name or e-mail."""
    drafts = con.execute("SELECT sha256, draft, suppressed FROM store.edition ORDER BY file_name, sha256").fetchall()
    loaded = [(sha256, json.loads(text), suppressed > 0) for sha256, text, suppressed in drafts]
    texts = [text for _, draft, _ in loaded for text in _texts(draft)]
    bodies = [body for (body,) in con.execute(_BODIES).fetchall()]
    people = [p for _, draft, _ in loaded for p in _people(draft)]
    person = person_of(
        who, people, lexicon,
        lambda named: words_used(*([scrub_text(text, named)[0] for text in many] for many in (texts, bodies))),
    )  # fmt: skip
    journal = read_journal(raw)
    before = Fingerprints.of(journal).know("email" if "@" in who else "name", who)
    there = {journal.identity_of(sha256): (sha256, path) for sha256, path in originals(raw).items()}
    found = Standing(person, before=before, close=close_to(who, [*people, *_corrected_people(con)]))
    known = person.known()
    for table, columns in _PERSONAL.items():
        rows = con.execute(f"SELECT {columns} FROM store.{table}").fetchall()
        found.counts[table] = sum(any(scrub_text(str(v), known)[1] for v in row if v) for row in rows)
    found.counts["draft"] = 0
    for sha256, draft, suppressed in loaded:
        mentions = sum(scrub_text(text, known)[1] for text in _texts(draft))
        found.counts["draft"] += mentions
        found.doubtful += _doubtful(draft, person, known)
        content, path = there.get(sha256, ("", None))
        if path and (mentions or (suppressed and before and content == sha256) or scrub_text(path.name, known)[1]):
            found.originals.append(Original(str(path), tuple(sorted(_pages(draft, known))), sha256))
    lines = [json.dumps(line, ensure_ascii=False) for line in journal_lines(raw)]
    found.counts["log"] = sum(bool(scrub_text(line, known)[1]) for line in lines)
    return found


_BODIES = """
SELECT DISTINCT unnest([client, title, domain]) FROM store.mission
UNION SELECT name FROM store.partner UNION SELECT city FROM store.office UNION SELECT firm FROM store.edition
EXCEPT SELECT NULL
"""
_PERSONAL = {
    "contact": "name, email, phone",
    "team": "name",
    "evidence": "text",
    "finding": "message",
    "contradiction": "message",
    "contract": "title",
    "mission": "title, client, domain, context::VARCHAR, approach::VARCHAR, results::VARCHAR",
    "edition": "file_name, brochure, firm, named",
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


def _corrected_people(con: Connection) -> list[dict[str, Any]]:
    """As the tables have them: corrections too."""
    rows = con.execute("SELECT name, email FROM store.contact UNION SELECT name, NULL FROM store.team ORDER BY ALL")
    return [{"name": name, "email": email} for name, email in rows.fetchall()]


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


def _doubtful(draft: dict[str, Any], person: Person, known: Fingerprints) -> list[Mention]:
    """Where the surname stands without what would make it this person's."""
    surnames = {word for name in person.surnames for word in name.split() if len(word) > 2}
    name = draft["edition"]["source"]["name"]
    found: dict[Mention, None] = {}
    for page, text in _printed(draft) if surnames else ():
        left = scrub_text(text, known)[0]
        for match in re.finditer(r"[^\W\d_]+", left):
            if match[0][0].isupper() and folded(match[0]) in surnames:
                around = " ".join(left[max(0, match.start() - 30) : match.end() + 30].split())
                found[Mention(name, page, around)] = None
    return list(found)


def _printed(data: Any) -> Iterator[tuple[int | None, str]]:
    """Page and words of all evidence in a draft's JSON."""
    if isinstance(data, dict):
        if isinstance(data.get("text"), str) and "page" in data:
            yield data["page"], data["text"]
        for item in data.values():
            yield from _printed(item)
    elif isinstance(data, list):
        for item in data:
            yield from _printed(item)


def log_without(line: LogLine, journal: Journal) -> LogLine | None:
    """A line of the log without those who are forgotten; a correction that is about them goes, a
    drawn mission goes on without them."""
    if line["kind"] == "forget":
        return line
    known = Fingerprints.of(journal)
    scrubbed: LogLine = without(line, known)
    is_drawn = line.get("field") == "mission" and str(line.get("new_value")).startswith(DRAWN)
    return None if scrubbed.get("new_value") != line.get("new_value") and not is_drawn else scrubbed


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
