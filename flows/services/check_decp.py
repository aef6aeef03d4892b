"""Missions held against public contract data that somebody supplies; nothing of a brochure is ever replaced by them.

The log keeps the contracts that a mission may have been done under, with the file's name and fingerprint: a rebuild
needs no file, and says the same. What the files tell of anybody else is not kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carnet.flows.services.unit_of_work import open_whole, take_in
from carnet.flows.settings import Settings
from carnet.warehouse.ask.contracts import checked_missions
from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.files import naming
from carnet.warehouse.disk.trouble import os_in_words
from carnet.warehouse.loading.contract_files import ContractFile, read_contracts
from carnet.warehouse.loading.contracts import buyers, contracts_of_missions
from carnet.warehouse.log.journal import append


@dataclass(frozen=True)
class HeldAgainst:
    """`files`: what each tells, or why it was refused; `missions`: those of today with their contract, by all files."""

    files: list[tuple[Path, ContractFile | str]]
    missions: list[dict[str, Any]]


def check_decp(settings: Settings, paths: Sequence[Path]) -> HeldAgainst:
    """Read the files, each whole or not at all; what they say of missions is a finding where it is another thing."""
    with open_reader(settings.warehouse) as con:
        known = buyers(con)
    read = [(path, _read(path, known)) for path in paths]
    with open_whole(settings) as con:
        for path, told in read:
            if isinstance(told, ContractFile):
                kept = contracts_of_missions(con, told.contracts)
                line = {"sha256": _sha256(path), "name": path.name, "at": dt.datetime.now(dt.UTC).isoformat()}
                append(settings.raw, "contracts", line | {"contracts": [contract.line for contract in kept]})
        take_in(con, settings)
        return HeldAgainst(read, checked_missions(con))


def leave_decp(settings: Settings) -> None:
    """What any file said is no longer held against the missions."""
    with open_whole(settings) as con:
        append(settings.raw, "no-contracts", {"at": dt.datetime.now(dt.UTC).isoformat()})
        take_in(con, settings)


def _read(path: Path, known: set[str]) -> ContractFile | str:
    try:
        return read_contracts(path, known)
    except WarehouseError as error:
        return str(error)
    except OSError as error:
        return os_in_words(error)


def _sha256(path: Path) -> str:
    with naming(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
