"""The warehouse again, from the originals and the log, beside the old one; swapped in when it is complete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flows.arrivals import look_at
from flows.ingest import Run, ingest, settle_draft
from flows.reading import Readings
from flows.settings import Settings
from schemas.draft import EditionDraft
from warehouse.compare import Difference, differences
from warehouse.db import Connection, connect, migrate, open_writer
from warehouse.errors import WarehouseError
from warehouse.journal import read_journal
from warehouse.load import Naming, in_transaction, load
from warehouse.lock import writer_lock
from warehouse.renew import renew

Read = Callable[[Run], None]
"""Reads and loads what a run planned."""


@dataclass(frozen=True)
class Rebuilt:
    """`kept`: editions whose original is not in raw/ or can't be read now: their stored reading is taken over."""

    run: Run
    kept: list[str]
    difference: Difference
    swapped: bool


def rebuild(settings: Settings, jobs: int | None = None, dry_run: bool = False, read: Read | None = None) -> Rebuilt:
    """Read everything again into a new file. With `dry_run` it is compared and thrown away."""
    old = settings.warehouse
    new = old.with_name(old.name + ".rebuild")
    arrivals, refused = look_at([settings.raw]) if settings.raw.is_dir() else ([], [])
    if not arrivals and not old.exists():
        raise WarehouseError(f"{settings.raw}: no original there, and no warehouse; begin with `carnet ingest FILE`")
    with writer_lock(old):
        _remove(new)
        try:
            aside = replace(settings, warehouse=new, raw_folder=settings.raw, archive=False)
            run = Run(aside, Naming(), arrivals, [], jobs)
            (read or _read)(run)
            kept = _take_over(settings, new)
            difference = differences(old, new)
            if not dry_run:
                new.replace(old)
                old.with_name(old.name + ".wal").unlink(missing_ok=True)
        finally:
            _remove(new)
    return Rebuilt(run, kept, difference, not dry_run)


def _read(run: Run) -> None:
    readings = Readings(run.to_read, run.settings, run.jobs)
    try:
        ingest(run, readings)
    finally:
        readings.close()


def _remove(new: Path) -> None:
    for leftover in (new, new.with_name(new.name + ".wal"), new.with_name(new.name + ".lock")):
        leftover.unlink(missing_ok=True)


def _take_over(settings: Settings, new: Path) -> list[str]:
    """Nothing is lost: readings of the old warehouse that could not be made again."""
    journal = read_journal(settings.raw)
    with open_writer(new) as con:
        there = {sha256 for (sha256,) in con.execute("SELECT sha256 FROM store.edition").fetchall()}
        kept = [row for row in _stored(settings.warehouse) if row[0] not in there]
        for _, _, text, version, at, named, date in kept:
            draft = EditionDraft.model_validate_json(text)
            load(
                con, draft, settle_draft(draft, ()), code_version=version, now=at, naming=Naming(named, date),
                journal=journal, settle=settle_draft,
            )  # fmt: skip
        in_transaction(con, lambda: renew(con, journal, settle_draft))
    return [name for _, name, *_ in kept]


def _stored(old: Path) -> list[tuple[Any, ...]]:
    if not old.exists():
        return []
    with connect(old, read_only=False, wait_seconds=60) as con:
        migrate(con)
        return _editions(con)


def _editions(con: Connection) -> list[tuple[Any, ...]]:
    return con.execute(
        """SELECT sha256, file_name, draft, code_version, ingested_at AT TIME ZONE 'UTC', named,
                  CASE WHEN date_rule = 'option' THEN edition_date END
           FROM store.edition ORDER BY sha256"""
    ).fetchall()
