"""Missions beside the public contracts that the log holds: made again whenever editions or contracts are others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from carnet.schemas.closed_lists import FindingCode, Severity
from carnet.warehouse.matching.contracts import CODE, Contract, Match, Work, all_matches, differences, paired
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert
from carnet.warehouse.store.rows import TableRow


def renew_contracts(con: Connection, contracts: Sequence[Contract]) -> None:
    """Within the caller's transaction. Costs nothing where nobody ever gave a file."""
    held = con.execute("SELECT count(*) FROM store.contract").fetchall()[0][0]
    if not contracts and not held:
        return
    for table in ("contract", "contract_match"):
        con.execute(f"DELETE FROM store.{table}")
    con.execute("DELETE FROM store.contradiction WHERE code = ?", [CODE])
    insert(con, "contract", [_row(contract) for contract in contracts])
    for edition_id, works in _works(con, {contract.buyer for contract in contracts}).items():
        found = paired([work for work, _ in works], contracts)
        insert(con, "contract_match", [
            (edition_id, ordinal, m.contract.contract_id, round(m.likeness, 4), m.is_amount_same, m.is_period_same)
            for ordinal, m in sorted(found.items())
        ])  # fmt: skip
        told = [(work.ordinal, found[work.ordinal], printed) for work, printed in works if work.ordinal in found]
        insert(con, "contradiction", [row for one in told for row in _findings(edition_id, *one)])


def _row(of: Contract) -> TableRow:
    amounts = list(map(str, of.amounts))
    return of.contract_id, of.number, of.buyer, of.title, amounts, of.notified, of.months, of.holders, of.source


def contracts_of_missions(con: Connection, contracts: Sequence[Contract]) -> list[Contract]:
    """Those under which some mission may have been done, by what is known today."""
    works = [work for some in _works(con, {one.buyer for one in contracts}).values() for work, _ in some]
    found = {m.contract.contract_id: m.contract for _, matches in all_matches(works, contracts) for m in matches}
    return [found[contract_id] for contract_id in sorted(found)]


def buyers(con: Connection) -> set[str]:
    """SIREN of all clients that surely mean a body."""
    return {siren for (siren,) in con.execute(_BUYERS).fetchall()}


def _findings(edition_id: str, ordinal: int, match: Match, printed: Mapping[str, str | None]) -> Iterator[TableRow]:
    """A contract of several firms is seldom worth to each what all are paid."""
    severity = Severity.WARNING if match.contract.holders < 2 else Severity.INFO
    for found in differences(match, printed):
        code = FindingCode(found.code)
        yield edition_id, ordinal, code.value, code.origin.value, severity.value, found.field, found.message


def _works(con: Connection, of: Iterable[str]) -> dict[str, list[tuple[Work, dict[str, str | None]]]]:
    """The missions of these buyers by edition, with what is printed of amount and period."""
    found = defaultdict(list)
    names = [one.name for one in fields(Work)]
    for row in con.execute(_WORKS, [sorted(of)]).fetchall():
        edition_id, amount, period, *values = row
        told: dict[str, Any] = dict(zip(names, values, strict=True))
        work = Work(**told | {"buyers": frozenset(told["buyers"])})
        found[edition_id].append((work, {"amount": amount, "period": period}))
    return found


_BUYERS = """
SELECT DISTINCT b.siren
FROM store.client_link AS l JOIN store.body AS b USING (client_id)
WHERE b.siren IS NOT NULL AND l.doubt IS NULL
"""
_WORKS = """
SELECT
    m.edition_id, coalesce(m.amount_text, m.amount::VARCHAR), coalesce(m.period_text, m.start_date::VARCHAR),
    m.ordinal, m.client, m.title, l.buyers,
    CASE WHEN coalesce(m.currency, 'EUR') = 'EUR' THEN m.amount END,
    CASE WHEN coalesce(m.currency, 'EUR') = 'EUR' THEN m.amount_max END,
    m.tax, m.start_date,
    CASE m.start_precision
        WHEN 'year' THEN make_date(year(m.start_date), 12, 31)
        WHEN 'month' THEN last_day(m.start_date)
        ELSE m.start_date
    END,
    m.end_date
FROM store.mission AS m
JOIN (
    SELECT l.client, list(DISTINCT b.siren) AS buyers
    FROM store.client_link AS l JOIN store.body AS b USING (client_id)
    WHERE b.siren IS NOT NULL AND l.doubt IS NULL
    GROUP BY l.client
    HAVING list_has_any(buyers, ?::VARCHAR[])
) AS l USING (client)
WHERE m.title IS NOT NULL
ORDER BY m.edition_id, m.ordinal
"""
"""Columns of `Work` in their order, behind the edition and the printed words."""
