"""Corrections applied: which ones hold for which edition, and its rows made again under them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from carnet.schemas.closed_lists import THEME
from carnet.schemas.correction import Correction
from carnet.schemas.draft import EditionDraft
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.result import EditionResult
from carnet.warehouse.loading.looked_up import note_printed
from carnet.warehouse.loading.naming import forget_marks
from carnet.warehouse.log.journal import Journal
from carnet.warehouse.matching.ids import SPLIT
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import as_json, insert, json_rows
from carnet.warehouse.store.rows import TableRow, edition_id_of, portrait_rows, result_to_rows

Settle = Callable[[EditionDraft, Sequence[Correction]], EditionResult]
"""carnet.pipeline.settle, which only flows may know; ValueError for a correction that can't be."""

CHILDREN = (
    "mission",
    "contact",
    "partner",
    "evidence",
    "finding",
    "team",
    "office",
    "website",
    "contradiction",
    "contract_match",
    "theme",
)
_IDENTITY_COLUMNS = (
    ("edition_id", "VARCHAR"), ("key", "VARCHAR"), ("mission_id", "VARCHAR"),
    ("reason", "VARCHAR"), ("score", "DOUBLE"), ("doubt", "VARCHAR"),
)  # fmt: skip


def shapes(journal: Journal, edition_id: str, draft: str) -> list[Correction]:
    """The corrections in force that join or split missions which stand in this draft (JSON): in the edition in which
    they were made, and in every other that reads the same heading, perhaps as it was read when they were made. Those
    that draw one hold in the edition of the page alone."""
    found = []
    for c in journal.corrections:
        if c.reshapes and c.undone_at is None:
            own = edition_id == edition_id_of(c.sha256 or "")
            if (c.key or "").startswith(SPLIT):
                found += [c] if own else []
                continue
            said = [(c.key, c.new_value), *(() if own else c.former)]
            here = [c.model_copy(update={"key": k, "new_value": v}) for k, v in said if f'"{k}"' in draft][:1]
            found += [one for one in here if not _is_another(journal, c, edition_id, one.key)]
    return found


def _is_another(journal: Journal, made: Correction, edition_id: str, key: str | None) -> bool:
    """Whether somebody parted the mission under this heading from the one that was corrected."""
    pairs = [(p.a, p.b) for p in journal.pairs if p.kind == "distinct"]
    beside = [b if a == (made.sha256, made.key) else a for a, b in pairs if (made.sha256, made.key) in (a, b)]
    return any(edition_id_of(sha256) == edition_id and other == key for sha256, other in beside)


def shape_again(con: Connection, journal: Journal, settle: Settle) -> set[str]:
    """Make the rows of those editions again whose missions are joined and split otherwise than decided; their ids."""
    wanted = any(c.reshapes for c in journal.corrections)
    known = con.execute("SELECT edition_id FROM store.edition WHERE ? OR shaped <> ''", [wanted]).fetchall()
    touched = set()
    for (edition_id,) in known:
        stored, shaped = con.execute(
            "SELECT draft, shaped FROM store.edition WHERE edition_id = ?", [edition_id]
        ).fetchall()[0]
        found = shapes(journal, edition_id, stored)
        if digest_of(found) != shaped:
            store_again(con, edition_id, settle(EditionDraft.model_validate_json(stored), found), digest_of(found))
            touched.add(edition_id)
    return touched


def store_again(con: Connection, edition_id: str, result: EditionResult, shaped: str) -> None:
    """Replace all rows of an edition, what its missions are recognised by included; they have no ids yet, and hold no
    correction but those that shaped them."""
    forget_marks(con, edition_id)
    con.execute("UPDATE store.edition SET corrected = '', shaped = ? WHERE edition_id = ?", [shaped, edition_id])
    delete_rows(con, edition_id, "portrait", *CHILDREN)
    insert(con, "portrait", portrait_rows(result))
    for table, rows in result_to_rows(result).items():
        insert(con, table, rows)


def delete_rows(con: Connection, edition_id: str, *tables: str) -> None:
    """Those of an edition; the clients that it printed are noted, for others may print them still."""
    note_printed(con, edition_id)
    for table in tables:
        con.execute(f"DELETE FROM store.{table} WHERE edition_id = ?", [edition_id])


def correct(con: Connection, journal: Journal, settle: Settle | None) -> set[str]:
    """Settle again the drafts of those editions whose rows do not hold the corrections that they should; the
    editions."""
    touched = set()
    _name_missions(con, journal)
    by_edition = addressed(con, journal)
    rows = con.execute(
        """SELECT edition_id, corrected FROM store.edition
           WHERE corrected <> '' OR list_contains(?::VARCHAR[], edition_id) ORDER BY edition_id""",
        [list(by_edition)],
    ).fetchall()
    for edition_id, before in rows:
        wanted = by_edition.get(edition_id, [])
        digest = digest_of(wanted)
        if digest != before and settle:
            settle_again(con, edition_id, wanted, settle)
            con.execute("UPDATE store.edition SET corrected = ? WHERE edition_id = ?", [digest, edition_id])
            touched.add(edition_id)
    return touched


def digest_of(corrections: Sequence[Correction]) -> str:
    """Tells whether the same corrections are meant; empty for none. Of a drawn mission the words, too: a forgotten
    person may leave them."""
    texts = [f"{c.id} {c.key} {c.only_if_same}" + (c.new_value or "") * c.is_drawn for c in corrections]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16] if texts else ""


def addressed(con: Connection, journal: Journal) -> dict[str, list[Correction]]:
    """By edition, the corrections in force of its missions, each with the key that the mission has there."""
    if not journal.corrections:
        return {}
    out = _shapes_by_edition(con, journal)
    home, places = _homes(con, journal.corrections)
    for c in journal.corrections:
        mission_id, made_in = home.get((c.sha256 or "", c.key or ""), (c.mission_id, 0))
        for edition_id, key, place in places.get(mission_id, ()) if _is_of_values(c) else ():
            moved = {"key": key, "only_if_same": place < made_in}
            out.setdefault(edition_id, []).append(c.model_copy(update=moved))
    return out


def _is_of_values(correction: Correction) -> bool:
    """It is in force, and settles what a brochure prints of a mission."""
    return correction.undone_at is None and not correction.reshapes and correction.field != THEME


def _name_missions(con: Connection, journal: Journal) -> None:
    """Corrections by the ids that their missions have now: those change when an older edition arrives."""
    home, _ = _homes(con, journal.corrections)
    for c in journal.corrections:
        mission_id, _ = home.get((c.sha256 or "", c.key or ""), (c.mission_id, 0))
        con.execute(
            "UPDATE store.correction SET mission_id = ? WHERE correction_id = ? AND mission_id <> ?",
            [mission_id, c.id, mission_id],
        )


def _homes(
    con: Connection, corrections: Iterable[Correction]
) -> tuple[dict[tuple[str, str], tuple[str, int]], dict[str, list[tuple[str, str, int]]]]:
    """By file and key the mission and the place of its edition; by mission the editions, keys and places: of those
    missions that these corrections are of."""
    places: dict[str, list[tuple[str, str, int]]] = {}
    home: dict[tuple[str, str], tuple[str, int]] = {}
    made = sorted({(c.sha256 or "", c.key or "", c.mission_id or "") for c in corrections})
    if not made:
        return home, places
    for mission_id, edition_id, key, place, sha256 in con.execute(_OF_CORRECTED, [as_json(_MADE, made)]).fetchall():
        places.setdefault(mission_id, []).append((edition_id, key, place))
        home[sha256, key] = (mission_id, place)
    return home, places


_MADE = [("sha256", "VARCHAR"), ("key", "VARCHAR"), ("mission_id", "VARCHAR")]
_OF_CORRECTED = f"""
WITH made AS (SELECT row.* FROM {json_rows(_MADE)}),
wanted AS (
    SELECT p.mission_id
    FROM store.portrait AS p
    JOIN store.edition AS e USING (edition_id)
    SEMI JOIN made ON made.sha256 = e.sha256 AND made.key = p.key
    UNION SELECT mission_id FROM made
)
SELECT p.mission_id, p.edition_id, p.key, t.place, e.sha256
FROM store.portrait AS p
JOIN store.edition AS e USING (edition_id)
JOIN (
    FROM _timeline
    WHERE brochure IN (
        SELECT e.brochure
        FROM store.edition AS e
        JOIN store.portrait AS p USING (edition_id)
        SEMI JOIN wanted USING (mission_id)
    )
) AS t USING (edition_id)
SEMI JOIN wanted USING (mission_id)
ORDER BY t.place
"""


def _shapes_by_edition(con: Connection, journal: Journal) -> dict[str, list[Correction]]:
    if not any(c.reshapes for c in journal.corrections):
        return {}
    drafts = con.execute("SELECT edition_id, draft FROM store.edition").fetchall()
    return {edition_id: found for edition_id, draft in drafts if (found := shapes(journal, edition_id, draft))}


def settle_again(con: Connection, edition_id: str, corrections: Sequence[Correction], settle: Settle) -> None:
    """Replace an edition's rows with what its draft gives under these corrections; ids stay."""
    ((stored,),) = con.execute("SELECT draft FROM store.edition WHERE edition_id = ?", [edition_id]).fetchall()
    identities = con.execute(
        "SELECT key, mission_id, match_reason, match_score, match_doubt FROM store.portrait WHERE edition_id = ?",
        [edition_id],
    ).fetchall()
    result = _settled(EditionDraft.model_validate_json(stored), corrections, settle)
    delete_rows(con, edition_id, *CHILDREN)
    for table, rows in result_to_rows(result).items():
        insert(con, table, rows)
    write_identities(con, [(edition_id, *row) for row in identities])


def _settled(draft: EditionDraft, corrections: Sequence[Correction], settle: Settle) -> EditionResult:
    """A line of the log that this carnet can't apply (its value was valid for another one) becomes a finding."""
    try:
        return settle(draft, corrections)
    except ValueError:
        pass
    good: list[Correction] = []
    failed: list[Finding] = []
    for c in corrections:
        try:
            settle(draft, [*good, c])
            good.append(c)
        except ValueError as error:
            failed.append(_not_applied(draft, c, error))
    result = settle(draft, good)
    return result.model_copy(update={"findings": (*result.findings, *failed)})


def _not_applied(draft: EditionDraft, correction: Correction, error: Exception) -> Finding:
    ordinals: Iterable[int] = (m.ordinal for m in draft.missions if m.key == correction.key)
    return Finding(
        mission=next(iter(ordinals), None),
        code=FindingCode.CORRECTION_ASKED,
        origin=Origin.READING,
        severity=Severity.ERROR,
        field=correction.field,
        message=f"a correction by {correction.author} can't be applied: {error}",
    )


def write_identities(con: Connection, given: Sequence[TableRow]) -> None:
    """(edition_id, key, mission_id, reason, score, doubt) into portraits and missions, where they differ."""
    if not given:
        return
    values = as_json(_IDENTITY_COLUMNS, given)
    for table in ("portrait", "mission"):
        con.execute(
            f"""UPDATE store.{table} AS m
                SET mission_id = row.mission_id, match_reason = row.reason, match_score = row.score,
                    match_doubt = row.doubt
                FROM {json_rows(_IDENTITY_COLUMNS)}
                WHERE m.edition_id = row.edition_id AND m.key = row.key
                  AND (m.mission_id, m.match_reason, m.match_score, m.match_doubt)
                      IS DISTINCT FROM (row.mission_id, row.reason, row.score, row.doubt)""",
            [values],
        )
