"""A reference list as CSV that a French spreadsheet opens with a click: semicolons, decimal comma, UTF-8."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal

from carnet.warehouse.exports.cells import harmless
from carnet.warehouse.exports.document import Document, cell, words
from carnet.warehouse.exports.references import Reference

COLUMNS = (
    "number", "recipient", "nature", "title", "period", "start", "end", "amount", "amount_max", "currency", "tax",
    "partners", "contacts", "attestation", "mission_id",
)  # fmt: skip
_WITH = {"period": ("period", "start", "end"), "amount": ("amount", "amount_max", "currency", "tax")}


def to_csv(document: Document) -> bytes:
    """Dates as precise as printed (`2021`, `03/2021`, `15/03/2021`), amounts as plain numbers."""
    columns = list(_columns(document))
    into = io.StringIO()
    writer = csv.writer(into, delimiter=";", lineterminator="\r\n")
    writer.writerow(words()["columns"][name] for name in columns)
    for reference in document.chosen.references:
        writer.writerow(_cell(name, reference, document) for name in columns)
    return b"\xef\xbb\xbf" + into.getvalue().encode()


def _columns(document: Document) -> Iterator[str]:
    """All that there is; of chosen ones these, dates and amounts with all that belongs to them."""
    look = document.look
    chosen = [part for name in look.columns for part in (_WITH.get(name) or (name,))]
    for name in chosen or COLUMNS:
        if not look.hides("amount" if name in _WITH["amount"] else name):
            yield name


def _cell(name: str, reference: Reference, document: Document) -> str:
    m = reference.mission
    if name in ("start", "end"):
        return _date(m[f"{name}_date"], m[f"{name}_precision"])
    if name in ("amount", "amount_max") and m[name] is not None:
        return _number(m[name])
    if name in ("amount_max", "currency", "tax", "mission_id"):
        return harmless(m[name] or "")
    return harmless(cell(name, reference, document.look).text)


def _date(day: dt.date | None, precision: str | None) -> str:
    """
    >>> _date(dt.date(2021, 3, 1), "month")
    '03/2021'
    """
    if day is None:
        return ""
    return f"{day:%d/%m/%Y}"[{"year": 6, "month": 3}.get(precision or "", 0) :]


def _number(value: Decimal) -> str:
    """
    >>> _number(Decimal("54500.50")), _number(Decimal("29000.00"))
    ('54500,50', '29000')
    """
    return f"{value:.2f}".removesuffix(".00").replace(".", ",")
