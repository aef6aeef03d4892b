"""A person is forgotten: where they stand; erased from warehouse and log, on request from exports and originals too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flows import traces
from flows.arrivals import look_at
from flows.settings import Settings
from flows.writing import begin_forgetting, finish_forgetting, open_whole, open_whole_locked
from warehouse.archive import aside
from warehouse.db import Connection
from warehouse.errors import WarehouseError
from warehouse.exports.dataset import whole_export
from warehouse.forget import Standing, standing_of
from warehouse.forgotten import Fingerprints, the_key
from warehouse.given_out import given_out, holding
from warehouse.journal import append
from warehouse.lock import writer_lock
from warehouse.names import Lexicon
from warehouse.spelling import folded


@dataclass
class Removed:
    """What became of files: `gone` were deleted or rewritten, `left` still hold the person, each with the reason.
    `aside`: originals of those that were rewritten."""

    gone: list[Path] = field(default_factory=list)
    left: list[tuple[Path, str]] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)

    def and_also(self, other: Removed) -> None:
        self.gone += other.gone
        self.left += other.left
        self.aside += other.aside


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
            fingerprints = found.person.fingerprints(the_key(settings.raw))
            begin_forgetting(settings)
            append(settings.raw, "forget", {"fingerprints": fingerprints, "at": dt.datetime.now(dt.UTC).isoformat()})
            finish_forgetting(settings)
    return found


def remove_exports(found: Standing) -> Removed:
    """Delete the files given out that hold the person (or that can't be searched), and the others of their data set."""
    done = Removed()
    sets = [whole_export(export.path) for export in found.exports]
    for path in sorted({path for files in sets for path in files}):
        _delete(path, done)
    for folder in sorted({path.parent for files in sets for path in files if len(files) > 1}, reverse=True):
        with suppress(OSError):  # there is something else in it
            folder.rmdir()
    return done


def remove_originals(found: Standing) -> Removed:
    """Delete the originals; what was read of them stays in the warehouse, over rebuilds too."""
    done = Removed()
    for original in found.originals:
        _delete(Path(original.path), done)
    return done


def redact_originals(settings: Settings, found: Standing) -> Removed:
    """Put a copy in the place of each original in which nobody finds the person any more; it is the same edition. The
    original is set aside."""
    from flows.redacting import redact_original

    done = Removed()
    for original in found.originals:
        try:
            redacted = redact_original(settings, original)
            done.gone.append(redacted.path)
            done.aside += [redacted.aside] if redacted.aside else []
        except WarehouseError as error:
            done.left.append((Path(original.path), str(error)))
    return done


def remove_set_aside(paths: Iterable[Path]) -> Removed:
    """Delete originals that were set aside when they were redacted."""
    done = Removed()
    for path in dict.fromkeys(paths):
        _delete(path, done)
    return done


def _look(con: Connection, settings: Settings, who: str, also: Sequence[Path]) -> Standing:
    found = standing_of(con, who, settings.raw, lexicon())
    known = found.person.known()
    found.counts |= traces.count(settings, known)
    found.damaged = traces.set_aside(settings)
    found.set_aside = _set_aside_with(settings, known)
    found.exports = holding([*given_out(settings.warehouse), *traces.others(settings), *also], known)
    return found


def _set_aside_with(settings: Settings, known: Fingerprints) -> list[Path]:
    """Originals set aside that hold the person, or that can't be searched."""
    from flows.reading import start, wait_for_answer
    from flows.redacting_child import count_in

    arrivals, _ = look_at(list(aside(settings.raw).values()))
    if not arrivals:
        return []
    files = [(arrival.path, arrival.media_type) for arrival in arrivals]
    counts = wait_for_answer(*start(count_in, files, known, settings), settings.file_seconds)
    counts = counts if isinstance(counts, list) else [counts] * len(files)
    return [path for (path, _), count in zip(files, counts, strict=True) if count != 0]


@cache
def lexicon() -> Lexicon:
    """How people are addressed, by the rules; loaded when first needed."""
    from pipeline.rules import load_rules
    from pipeline.rules.places import load_places

    people, personal = load_rules().lexicon("people"), load_rules().lexicon("personal")

    def words(*entries: Any) -> frozenset[str]:
        listed = [e for entry in entries for e in ([entry] if isinstance(entry, str) else entry)]
        return frozenset(word.strip(".'") for entry in listed for word in folded(str(entry)).split())

    common = words(people["not_names"], people["services"], people["role_heads"], personal["eponyms"])
    return Lexicon(
        civilities=words(personal["civilities"]),
        given=words(people["given_names"]),
        particles=words(people["particles"]),
        ordinary=lambda word: word in common or bool(load_places().find(word)),
    )


def _delete(path: Path, done: Removed) -> None:
    try:
        path.unlink()
        done.gone.append(path)
    except OSError as error:
        done.left.append((path, f"can't be removed: {error.strerror}"))
