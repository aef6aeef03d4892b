"""A person is forgotten: where they stand; erased from warehouse and log, on request from exports and originals too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from carnet.flows.inbox.arrivals import look_at
from carnet.flows.services import traces
from carnet.flows.services.outputs import is_brochure
from carnet.flows.services.unit_of_work import begin_forgetting, finish_forgetting, open_whole, open_whole_locked
from carnet.flows.settings import Settings
from carnet.schemas.spelling import folded
from carnet.warehouse.disk.archive import aside
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.lock import writer_lock
from carnet.warehouse.exports.dataset import whole_export
from carnet.warehouse.loading.forget import Standing, standing_of
from carnet.warehouse.log.journal import append
from carnet.warehouse.privacy.forgotten import Fingerprints, the_key
from carnet.warehouse.privacy.given_out import Holding, files_of, given_out, holding, sweep_left
from carnet.warehouse.privacy.names import NameLexicon
from carnet.warehouse.store.db import Connection


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
        sweep_left(settings.warehouse)
        with open_whole_locked(settings) as con:
            found = _look(con, settings, who, also)
        if found.person.anything:
            fingerprints = found.person.fingerprints(the_key(settings.raw))
            begin_forgetting(settings)
            append(settings.raw, "forget", {"fingerprints": fingerprints, "at": dt.datetime.now(dt.UTC).isoformat()})
            finish_forgetting(settings)
    return found


def remove_exports(settings: Settings, found: Standing) -> Removed:
    """Delete the files given out that hold the person (or that can't be searched), and the others of their data set;
    never a brochure that was read where it lies."""
    done = Removed()
    brochures = [export.path for export in found.exports if is_brochure(settings, export.path)]
    unknown = [e.path for e in found.exports if not e.is_ours and e.times is None and e.path not in brochures]
    done.left = [(path, "is a brochure that was read, no export: look into it yourself") for path in brochures]
    done.left += [(path, "can't be searched, and is none of carnet's: look into it yourself") for path in unknown]
    kept = {*brochures, *unknown}
    sets = [set(whole_export(export.path)) - kept for export in found.exports if export.path not in kept]
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
    from carnet.flows.services.redact import redact_original

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
    ours = files_of([*given_out(settings.warehouse), *traces.others(settings)])
    others = [path for path in files_of(also) if path not in ours]
    found.exports = _holding(settings, ours, known)
    found.exports += [replace(one, is_ours=False) for one in _holding(settings, others, known)]
    found.exports.sort(key=lambda one: one.path)
    return found


def _holding(settings: Settings, files: list[Path], known: Fingerprints) -> list[Holding]:
    """PDFs are opened like brochures, in a process of their own."""
    pdfs = [path for path in files if path.suffix.lower() == ".pdf"]
    found = holding([path for path in files if path not in pdfs], known)
    counts = _counts(settings, [(path, "application/pdf") for path in pdfs], known)
    return sorted(found + [Holding(path, times) for path, times in counts if times != 0], key=lambda one: one.path)


def _set_aside_with(settings: Settings, known: Fingerprints) -> list[Path]:
    """Originals set aside that hold the person, or that can't be searched."""
    arrivals, _ = look_at(list(aside(settings.raw).values()))
    files = [(arrival.path, arrival.media_type) for arrival in arrivals]
    return [path for path, times in _counts(settings, files, known) if times != 0]


def _counts(
    settings: Settings, files: list[tuple[Path, str]], known: Fingerprints
) -> Iterator[tuple[Path, int | None]]:
    """How often each file (with its media type) names the person; None where nobody can say."""
    from carnet.flows.services.redacting_child import Counted, count_in
    from carnet.flows.workers.pool import start, wait_for_answer

    for path, media_type in files:
        answer = wait_for_answer(*start(count_in, path, media_type, known, settings), settings.file_seconds)
        yield path, answer.times if isinstance(answer, Counted) else None


@cache
def lexicon() -> NameLexicon:
    """How people are addressed, by the rules; loaded when first needed."""
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.rules.places import load_places

    people, personal = load_rules().lexicon("people"), load_rules().lexicon("personal")

    def words(*entries: Any) -> frozenset[str]:
        listed = [e for entry in entries for e in ([entry] if isinstance(entry, str) else entry)]
        return frozenset(word.strip(".'") for entry in listed for word in folded(str(entry)).split())

    common = words(people["not_names"], people["services"], people["role_heads"], personal["eponyms"])
    return NameLexicon(
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
