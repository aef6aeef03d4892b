"""The warehouse open for writing, with what a killed command left undone completed first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carnet.flows.services import traces
from carnet.flows.services.ingest import settle_draft
from carnet.flows.settings import Settings
from carnet.warehouse.disk.files import sweep_parts, sync_folder
from carnet.warehouse.disk.lock import writer_lock
from carnet.warehouse.loading.forget import compact, log_without
from carnet.warehouse.loading.given_lists import take_in_lists
from carnet.warehouse.loading.identities import Giving
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.loading.load import in_transaction, load
from carnet.warehouse.loading.renew import renew
from carnet.warehouse.log.journal import Journal, log_ids, read_journal, rewrite
from carnet.warehouse.privacy.forgotten import Fingerprints
from carnet.warehouse.privacy.given_out import sweep_left
from carnet.warehouse.store.db import Connection, open_locked
from carnet.warehouse.store.drafts import editions_with_ids, stored_draft, stored_editions


@contextmanager
def open_whole(settings: Settings) -> Iterator[Connection]:
    """The one writing connection; what the log says is in the tables, and nobody is half forgotten."""
    with writer_lock(settings.warehouse), open_whole_locked(settings) as con:
        yield con


@contextmanager
def open_whole_locked(settings: Settings) -> Iterator[Connection]:
    """The same for who holds the lock already."""
    sweep_parts(settings.raw)
    sweep_left(settings.warehouse)
    if mark_of(settings).exists():
        finish_forgetting(settings)
    with open_locked(settings.warehouse) as con:
        take_in(con, settings)
        yield con


def take_in(con: Connection, settings: Settings) -> None:
    """What the log says that the warehouse does not hold yet."""
    giving = Giving(log_ids(settings.raw))
    _name_as_logged(con, read_journal(settings.raw), giving)
    journal = read_journal(settings.raw)
    in_transaction(con, lambda: renew(con, journal, settle_draft, giving=giving, everything=_lacks_ids(con, journal)))
    take_in_lists(con, settings.warehouse)


def _lacks_ids(con: Connection, journal: Journal) -> bool:
    """Editions whose ids the log does not hold: an older carnet gave them, or the log was lost."""
    return not all(journal.given.holds(sha256) for sha256 in editions_with_ids(con))


def _name_as_logged(con: Connection, journal: Journal, giving: Giving) -> None:
    """An ingest that was killed after it logged what the user said of a known file, and before it loaded that."""
    for one in stored_editions(con):
        said = journal.arrivals.get(one.sha256)
        told = said and (said.brochure or one.brochure, said.edition_date or one.edition_date)
        if said and told != (one.brochure, one.edition_date):
            draft = stored_draft(con, one.edition_id)
            load(
                con, draft, settle_draft(draft, ()), code_version=one.code_version, now=said.at,
                naming=Naming(said.brochure, said.edition_date), journal=journal, settle=settle_draft, giving=giving,
            )  # fmt: skip


def mark_of(settings: Settings) -> Path:
    """There from before a person is written down as forgotten until they are gone from log and warehouse."""
    return settings.warehouse.with_name(settings.warehouse.name + ".forgetting")


def begin_forgetting(settings: Settings) -> None:
    """Mark that a person is being forgotten: whoever opens the warehouse after a crash brings it to its end."""
    mark_of(settings).touch()
    sync_folder(settings.warehouse.parent)


def finish_forgetting(settings: Settings) -> None:
    """Out of the log, the tables and the free space of the file; the lock is held by the caller."""
    journal = read_journal(settings.raw)
    rewrite(settings.raw, lambda line: log_without(line, journal))
    known = Fingerprints.of(journal)
    traces.erase_from_lists(settings, known)
    with open_locked(settings.warehouse) as con:
        take_in(con, settings)
    compact(settings.warehouse)
    traces.erase(settings, known)
    mark_of(settings).unlink(missing_ok=True)
