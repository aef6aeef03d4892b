"""Which editions are there already? Asked of every file that comes, before what reads or loads is imported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from carnet.warehouse.store.db import Connection


@dataclass(frozen=True)
class Naming:
    """What the user said because the file does not."""

    brochure: str | None = None
    edition_date: dt.date | None = None


NOTHING_SAID = Naming()


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
    return {sha256: KnownEdition(*rest) for sha256, *rest in con.execute(_KNOWN).fetchall()}


def known_edition(con: Connection, sha256: str) -> KnownEdition | None:
    """The edition of these bytes."""
    rows = con.execute(f"{_KNOWN} WHERE e.sha256 = ?", [sha256]).fetchall()
    return KnownEdition(*rows[0][1:]) if rows else None


_KNOWN = """
SELECT
    e.sha256, e.edition_id, e.brochure, e.brochure_rule,
    coalesce(
        e.edition_date,
        (SELECT max(greatest(p.start_date, p.end_date)) FROM store.portrait AS p WHERE p.edition_id = e.edition_id)
    ),
    e.date_rule, e.code_version,
    (SELECT count(*)::INTEGER FROM store.mission AS m WHERE m.edition_id = e.edition_id),
    (SELECT count(*)::INTEGER FROM store.finding AS f WHERE f.edition_id = e.edition_id)
FROM store.edition AS e
"""
