"""What lies beside the warehouse and may name somebody: lists, Prefect's records, copies. Searched, and scrubbed."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

from carnet.flows.inbox import refusals
from carnet.flows.services import runs
from carnet.flows.settings import Settings
from carnet.warehouse.disk.errors import WarehouseBusy
from carnet.warehouse.disk.files import write_whole
from carnet.warehouse.disk.sqlite import DatabaseBusy, cells_that_change, change_cells
from carnet.warehouse.privacy import given_out
from carnet.warehouse.privacy.forgotten import Fingerprints, scrub_text, without
from carnet.warehouse.privacy.lists import lists_file

_DATABASE = "prefect.db"


def count(settings: Settings, known: Fingerprints) -> dict[str, int]:
    """Lines of the lists, and cells and files of Prefect's records, that name the person."""
    lists = sum(any(_names(line, known) for line in _lines(path)) for path in _lists(settings))
    return {"lists": lists, "prefect": _in_prefect(settings.prefect_home, known)}


def set_aside(settings: Settings) -> list[Path]:
    """Damaged warehouses that a rebuild replaced: nobody can search them."""
    return sorted(settings.warehouse.parent.glob(f"{settings.warehouse.name}.damaged-*"))


def others(settings: Settings) -> list[Path]:
    """Files that are not ours: copies of the warehouse under another name; in a folder of its own, all others."""
    folder = settings.warehouse.parent
    ours = {settings.warehouse, *_lists(settings), *set_aside(settings)}
    stems = tuple(settings.warehouse.name + ending for ending in (".lock", ".wal", ".forgetting"))
    pattern = "**/*" if folder.name == "warehouse" else f"*{settings.warehouse.stem}*"
    return sorted(
        path for path in folder.glob(pattern)
        if path.is_file() and path not in ours and path.name not in stems and path.parent.name != ".prefect"
        and settings.pictures not in path.parents
    )  # fmt: skip


def erase(settings: Settings, known: Fingerprints) -> None:
    """Out of the lists and Prefect's records; damaged warehouses and pictures of pages go. WarehouseBusy while a run
    uses the records."""
    shutil.rmtree(settings.pictures, ignore_errors=True)
    for path in set_aside(settings):
        path.unlink()
    erase_from_lists(settings, known)
    home = settings.prefect_home
    for path in _plain_files(home):
        if _names(_text(path), known):
            path.unlink(missing_ok=True)
    if cells_that_change(home / _DATABASE, partial(_without, known=known)):
        _scrub_database(home / _DATABASE, known)


def erase_from_lists(settings: Settings, known: Fingerprints) -> None:
    """Out of what is kept beside the warehouse; before the tables, for reference lists given out are copied there."""
    for path in _lists(settings):
        _scrub_list(path, known, drop=path == given_out.list_of(settings.warehouse))


def _lists(settings: Settings) -> list[Path]:
    ours = (given_out.list_of(settings.warehouse), lists_file(settings.warehouse))
    return [runs.list_of(settings), refusals.list_of(settings), *ours]


def _lines(path: Path) -> list[str]:
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    return []


def _names(text: str, known: Fingerprints) -> bool:
    return _without(text, known) != text


def _scrub_list(path: Path, known: Fingerprints, drop: bool) -> None:
    """`drop`: a line that names the person goes; else only the name. Half a line that does goes."""
    before = _lines(path)
    after = [_without(line, known) for line in before]
    if after != before:
        kept = [a for a, b in zip(after, before, strict=True) if a == b or (a.startswith("{") and not drop)]
        write_whole(path, "".join(f"{line}\n" for line in kept).encode("utf-8", "replace"), mode=0o600)


def _without(text: str, known: Fingerprints) -> str:
    """JSON is scrubbed text by text, so that it stays JSON."""
    if text[:1] in ("{", "[", '"'):
        with suppress(ValueError, RecursionError):
            data = json.loads(text)
            scrubbed = without(data, known)
            return text if scrubbed == data else json.dumps(scrubbed)
    return scrub_text(text, known)[0]


# --- Prefect's records


def _in_prefect(home: Path, known: Fingerprints) -> int:
    return cells_that_change(home / _DATABASE, partial(_without, known=known)) + sum(
        _names(_text(path), known) for path in _plain_files(home)
    )


def _plain_files(home: Path) -> list[Path]:
    """Logs, results: all but the database and the locks."""
    return [p for p in home.rglob("*") if p.is_file() and p.suffix != ".lock" and not p.name.startswith(_DATABASE)]


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_bytes().decode("utf-8", "replace")
    return ""


def _scrub_database(database: Path, known: Fingerprints) -> None:
    try:
        change_cells(database, partial(_without, known=known))
    except DatabaseBusy as error:
        raise WarehouseBusy(f"{database}: a run has it open; wait until it ends, and try again") from error
