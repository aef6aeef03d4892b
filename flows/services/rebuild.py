"""The warehouse again, from the originals and the log, beside the old one; swapped in when it is complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from carnet.flows.inbox.arrivals import look_at
from carnet.flows.services.ingest import Run, ingest, settle_draft
from carnet.flows.services.unit_of_work import open_whole_locked
from carnet.flows.settings import Settings
from carnet.flows.workers.runner import begin_readings
from carnet.schemas.draft import EditionDraft
from carnet.warehouse.disk.errors import WarehouseDamaged, WarehouseError
from carnet.warehouse.disk.files import part_of
from carnet.warehouse.disk.lock import writer_lock
from carnet.warehouse.disk.trouble import is_database
from carnet.warehouse.loading.compare import Difference, differences
from carnet.warehouse.loading.given_lists import take_in_lists
from carnet.warehouse.loading.identities import Giving
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.loading.load import in_transaction, load
from carnet.warehouse.loading.renew import renew
from carnet.warehouse.log.journal import log_ids, read_journal
from carnet.warehouse.store.db import new_file, open_locked, open_writer, set_aside
from carnet.warehouse.store.drafts import Stored, stored_editions

DATABASES = (".duckdb", ".ddb", ".db")
ReadRun = Callable[[Run], None]
"""Reads and loads what a run planned."""


@dataclass(frozen=True)
class Rebuilt:
    """`kept`: editions whose original is not in raw/ or can't be read now: their stored reading is taken over.
    `aside`: where the old file is now, if it was damaged; why is in `damage`."""

    run: Run
    kept: list[str]
    difference: Difference
    swapped: bool
    damage: str | None = None
    aside: Path | None = None


@dataclass(frozen=True)
class Old:
    """The warehouse that is there: its stored readings; `damage` says why they can't be had."""

    editions: list[Stored]
    damage: str | None = None


def rebuild(settings: Settings, jobs: int | None = None, dry_run: bool = False, read: ReadRun | None = None) -> Rebuilt:
    """Read everything in raw/ (again) into a new file. With `dry_run` it is compared and thrown away.

    Raises WarehouseError where there is nothing to read, or a file stands there that is not ours.
    """
    warehouse = settings.warehouse
    arrivals, refused = look_at([settings.raw]) if settings.raw.is_dir() else ([], [])
    if not arrivals and not warehouse.exists():
        raise WarehouseError(f"{settings.raw}: no original there, and no warehouse; begin with `carnet ingest FILE`")
    with writer_lock(warehouse):
        old = _stored(settings)
        _check_replaceable(settings, old, bool(arrivals))
        giving = Giving(before={one.sha256: one.draft or "" for one in old.editions}, provisional=True)
        run = Run(settings, Naming(), arrivals, [], jobs, giving=giving, dry=dry_run)
        aside = None
        with _scratch(warehouse) if dry_run else new_file(warehouse) as new:
            run.settings = replace(settings, warehouse=new, raw_folder=settings.raw, archive=False)
            (read or _read)(run)
            log = None if dry_run else log_ids(settings.raw)
            kept = _take_over(settings, new, old, Giving(log, moves=giving.moves))
            difference = differences(None if old.damage else warehouse, new)
            with open_locked(new) as con:
                take_in_lists(con, warehouse)
            if old.damage and not dry_run:
                aside = set_aside(warehouse)
        run.settings = settings
    return Rebuilt(run, kept, difference, not dry_run, old.damage, aside)


@contextmanager
def _scratch(warehouse: Path) -> Iterator[Path]:
    """A file that is never put in place."""
    with part_of(warehouse) as part:
        try:
            yield part
        finally:
            for ending in (".wal", ".lock"):
                part.with_name(part.name + ending).unlink(missing_ok=True)


def _read(run: Run) -> None:
    readings = begin_readings(run.to_read, run.settings, run.jobs)
    try:
        ingest(run, readings)
    finally:
        readings.close()


def _take_over(settings: Settings, new: Path, old: Old, giving: Giving) -> list[str]:
    """Nothing is lost: readings of the old warehouse that could not be made again, and ids."""
    with open_writer(new) as con:
        there = {one.sha256 for one in stored_editions(con)}
        giving = replace(giving, moves=[one for one in giving.moves if one.sha256 in there])
        journal = read_journal(settings.raw).moved(giving.moves)
        kept = [one for one in old.editions if one.sha256 not in there]
        for one in kept:
            draft = EditionDraft.model_validate_json(one.draft or "")
            load(
                con, draft, settle_draft(draft, ()), code_version=one.code_version, now=one.received_at,
                naming=Naming(one.brochure, one.edition_date), journal=journal, settle=settle_draft,
                giving=Giving(provisional=True),
            )  # fmt: skip
        in_transaction(con, lambda: renew(con, journal, settle_draft, giving=giving, everything=True))
    return [one.file_name for one in kept]


def _stored(settings: Settings) -> Old:
    """What is there, with what a killed command left undone completed."""
    if not settings.warehouse.exists():
        return Old([])
    try:
        with open_whole_locked(settings) as con:
            return Old(stored_editions(con, drafts=True))
    except WarehouseDamaged as error:
        return Old([], str(error))


def _check_replaceable(settings: Settings, old: Old, originals: bool) -> None:
    """WarehouseError for a damaged file that may be somebody else's, or that nothing is there to make again from."""
    warehouse = settings.warehouse
    if not old.damage:
        return
    if not originals:
        raise WarehouseError(f"{old.damage}; but there is no original in {settings.raw}, so it is left as it is")
    if not is_database(warehouse) and warehouse.suffix.lower() not in DATABASES:
        raise WarehouseError(f"{warehouse}: it is no DuckDB file, and not named like one; move it away, and try again")
