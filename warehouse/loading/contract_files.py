"""Public contracts of given buyers out of a file of the essential data of public procurement.

Buyers publish the same under names that differ in signs (`contracts.yml`): a list of `marches` since 2017,
`marches.marche` since 2022, tables with `acheteur.id` or `acheteur_id`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from carnet.schemas.spelling import folded
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.records import FileRecord, records
from carnet.warehouse.matching.contracts import Contract, vocabulary

KEPT = 200_000
"""Contracts of the buyers asked for: more are no file of contracts."""
SIGNS = {"number": 60, "title": 500}
"""So much of a text is kept."""
DEAREST = Decimal(10) ** 11
LONGEST = 1200


@dataclass
class ContractFile:
    """What a file tells of the buyers. `records`: all in it; `unclear`: those that name no buyer by its number."""

    contracts: list[Contract] = field(default_factory=list)
    records: int = 0
    unclear: int = 0


def read_contracts(path: Path, buyers: Collection[str]) -> ContractFile:
    """The contracts of these buyers (SIREN), each once. Raises WarehouseError where it is no such file."""
    found = ContractFile()
    held: dict[str, Contract] = {}
    holders: dict[str, set[str]] = {}
    for record in records(path, vocabulary()["wrappers"]):
        found.records += 1
        told = _plainly(record)
        buyer = re.sub(r"\s", "", _text(told, "buyer"))[:9]
        if not re.fullmatch(r"[0-9]{9}", buyer):
            found.unclear += 1
        elif buyer in buyers:
            one = _contract(buyer, told, path.name)
            held[one.contract_id] = _with(held.get(one.contract_id), one)
            holders.setdefault(one.contract_id, set()).update(_holders(told))
        if len(held) > KEPT:
            raise WarehouseError(f"{path}: more than {KEPT} contracts of clients; cut it in pieces")
    if found.records == found.unclear:
        raise WarehouseError(f"{path}: no public contracts in it; expected JSON or CSV with acheteur, objet, montant")
    found.contracts = [replace(one, holders=len(holders[contract_id])) for contract_id, one in held.items()]
    return found


def _with(known: Contract | None, one: Contract) -> Contract:
    """A row for each holder, or each change, is one contract."""
    if known is None:
        return one
    return replace(
        known, amounts=tuple(dict.fromkeys((*known.amounts, *one.amounts))), months=known.months or one.months
    )


def _contract(buyer: str, told: FileRecord, source: str) -> Contract:
    amounts = [_amount(_text(one, "amount")) for one in (told, *_changes(told))]
    number, title = (" ".join(_text(told, name).split())[: SIGNS[name]] for name in ("number", "title"))
    return Contract(
        number, buyer, title, tuple(dict.fromkeys(one for one in amounts if one is not None)),
        _day(_text(told, "notified")), _months(_text(told, "months")), source=source,
    )  # fmt: skip


def _changes(told: FileRecord) -> Iterator[FileRecord]:
    """Each perhaps alone in a record of its own: `{"modification": {…}}`."""
    listed = told.get(vocabulary()["changes"])
    for one in listed if isinstance(listed, list) else ():
        inner = one.get(vocabulary()["change"], one) if isinstance(one, dict) else None
        if isinstance(inner, dict):
            yield _plainly(inner)


def _holders(told: FileRecord) -> Iterator[str]:
    """Something that differs from firm to firm; it is counted, never kept."""
    listed = told.get(vocabulary()["holders"])
    if isinstance(listed, list):
        yield from (json.dumps(one, sort_keys=True) for one in listed)
    numbered = re.compile(rf"{vocabulary()['holder']}[0-9]*")
    yield from (str(value) for name, value in told.items() if value and numbered.fullmatch(name))


def _plainly(record: FileRecord) -> FileRecord:
    """By names without signs, `{"acheteur": {"id": …}}` as `acheteurid`."""
    found: FileRecord = {}
    for name, value in record.items():
        inner = value if isinstance(value, dict) else {"": value}
        found |= {_plain(f"{name}{more}"): one for more, one in inner.items()}
    return found


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", folded(name))


def _text(told: FileRecord, kind: str) -> str:
    """Of the first of its columns that says something."""
    values = (told.get(name) for name in vocabulary()["columns"][kind])
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")


def _amount(text: str) -> Decimal | None:
    """0 and 1 stand where none is told.

    >>> _amount("31 200,50"), _amount("1"), _amount("x")
    (Decimal('31200.50'), None, None)
    """
    with suppress(InvalidOperation):
        amount = Decimal(re.sub(r"\s", "", text).replace(",", "."))
        if 1 < amount < DEAREST:
            return amount.quantize(Decimal("0.01"))
    return None


def _day(text: str) -> dt.date | None:
    """
    >>> _day("2021-03-15T00:00:00"), _day("15/03/2021"), _day("soon")
    (datetime.date(2021, 3, 15), datetime.date(2021, 3, 15), None)
    """
    for form, length in (("%Y-%m-%d", 10), ("%d/%m/%Y", 10)):
        with suppress(ValueError):
            return dt.datetime.strptime(text[:length], form).date()
    return None


def _months(text: str) -> int | None:
    amount = _amount(text) if text.strip() != "1" else Decimal(1)
    return round(amount) if amount is not None and amount <= LONGEST else None
