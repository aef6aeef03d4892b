"""A person is forgotten: where they stand; erased from warehouse and log, on request from exports and originals too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.settings import Settings
from flows.writing import begin_forgetting, finish_forgetting, open_whole, open_whole_locked
from warehouse.db import Connection
from warehouse.errors import WarehouseError
from warehouse.forget import PASSING_KEY, Standing, fingerprints_of, standing_of
from warehouse.forgotten import Fingerprints, the_key
from warehouse.given_out import given_out, holding
from warehouse.journal import append
from warehouse.lock import writer_lock


@dataclass
class Removed:
    """What became of files: `gone` were deleted or rewritten, `left` still hold the person, each with the reason."""

    gone: list[Path] = field(default_factory=list)
    left: list[tuple[Path, str]] = field(default_factory=list)


def look_for(settings: Settings, who: str, also: Sequence[Path] = ()) -> Standing:
    """Where a person stands: tables, drafts, log, originals, and what was given out (exports and `also`)."""
    with open_whole(settings) as con:
        return _look(con, settings, who, also)


def erase(settings: Settings, who: str, also: Sequence[Path] = ()) -> Standing:
    """Out of warehouse and log, and kept out of every later reading; what was found before."""
    with writer_lock(settings.warehouse):
        with open_whole_locked(settings) as con:
            found = _look(con, settings, who, also)
        if found.person.anything:
            fingerprints = fingerprints_of(found.person, the_key(settings.raw))
            begin_forgetting(settings)
            append(settings.raw, "forget", {"fingerprints": fingerprints, "at": dt.datetime.now(dt.UTC).isoformat()})
            finish_forgetting(settings)
    return found


def remove_exports(found: Standing) -> Removed:
    """Delete the files given out that hold the person (or that can't be searched)."""
    done = Removed()
    for export in found.exports:
        _delete(export.path, done)
    return done


def remove_originals(found: Standing) -> Removed:
    """Delete the originals; what was read of them stays in the warehouse, over rebuilds too."""
    done = Removed()
    for original in found.originals:
        _delete(Path(original.path), done)
    return done


def redact_originals(settings: Settings, found: Standing) -> Removed:
    """Put a copy in the place of each original in which nobody finds the person any more; it is the same edition."""
    from flows.redacting import redact_original

    done = Removed()
    for original in found.originals:
        try:
            redact_original(settings, original)
            done.gone.append(Path(original.path))
        except WarehouseError as error:
            done.left.append((Path(original.path), str(error)))
    return done


def _look(con: Connection, settings: Settings, who: str, also: Sequence[Path]) -> Standing:
    found = standing_of(con, who, settings.raw)
    known = Fingerprints(PASSING_KEY, frozenset(fingerprints_of(found.person, PASSING_KEY)))
    found.exports = holding([*given_out(settings.warehouse), *also], known)
    return found


def _delete(path: Path, done: Removed) -> None:
    try:
        path.unlink()
        done.gone.append(path)
    except OSError as error:
        done.left.append((path, f"can't be removed: {error.strerror}"))
