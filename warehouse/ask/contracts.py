"""The missions of today beside their public contracts."""

from __future__ import annotations

from typing import Any

from carnet.warehouse.store.db import Connection


def checked_missions(con: Connection) -> list[dict[str, Any]]:
    """Those with a contract, what differs first."""
    cursor = con.execute(_CHECKED)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


_CHECKED = """
SELECT
    m.mission_id, m.client, m.title, m.amount, m.amount_max, m.currency, m.tax, m.start_date, m.end_date,
    c.contract_number, c.contract_title, c.contract_amount, c.notified_date, c.contract_months, c.holder_count,
    c.is_amount_same, c.is_period_same, c.likeness, c.source_file
FROM public_contracts AS c
JOIN missions AS m USING (mission_id, edition_id)
ORDER BY coalesce(c.is_amount_same, true) AND coalesce(c.is_period_same, true), m.client, m.title, m.mission_id
"""
