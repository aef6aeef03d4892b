"""The one door through which commands write what they give out: it knows what must never be written over."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from carnet.warehouse.disk.errors import OutputRefused, WarehouseError
from carnet.warehouse.disk.files import naming, part_of, put_in_place, share, sweep_parts, sync_folder, write_new
from carnet.warehouse.disk.folders import folder_part, put_folder_in_place
from carnet.warehouse.disk.trouble import is_database


@dataclass(frozen=True)
class Kept:
    """What carnet keeps for itself: the warehouse with its lists; `folders`, into which nothing is written; and what
    `is_raw` knows for the originals of any warehouse. What is another's: brochures that were read where they lie
    (`is_brochure`), and `reads`, the files and folders that the command itself was given."""

    warehouse: Path
    folders: tuple[Path, ...] = ()
    is_raw: Callable[[Path], bool] = lambda folder: False
    is_brochure: Callable[[Path], bool] = lambda path: False
    reads: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Output:
    """A file that may be written. Made by `output_to`, which refuses what may not. `note`: told before it is there.
    `public`: a new one is as readable as its folder, not for its owner only."""

    path: Path
    may_replace: bool = False
    public: bool = False
    note: Callable[[], None] = field(default=lambda: None, repr=False)

    def write(self, data: bytes) -> None:
        """All of it in one step: until then, and when anything fails, what stood there stands there."""
        self.note()
        with naming(self.path), part_of(self.path) as part:
            write_new(part, data, mode=_mode_of(self.path))
            if self.public and not self.path.exists():
                share(part, self.path.parent)
            if self.may_replace:
                put_in_place(part, self.path)
            else:
                _put_where_nothing_is(part, self.path)


@dataclass(frozen=True)
class OutputFolder:
    """A folder that may be made or replaced whole. Made by `output_folder`."""

    path: Path
    note: Callable[[], None] = field(default=lambda: None, repr=False)

    @contextmanager
    def part(self) -> Iterator[Path]:
        """An empty folder beside it, to be filled; gone at the end."""
        self.note()
        with naming(self.path), folder_part(self.path) as part:
            yield part

    def replace_with(self, part: Path, public: bool = False) -> None:
        """`public`: as readable as the folder that it replaces or comes into."""
        if public:
            share(part, self.path)
        put_folder_in_place(part, self.path)


def output_to(
    path: Path, kept: Kept, *, force: bool, public: bool = False, note: Callable[[], None] = lambda: None
) -> Output:
    """A file to write to; OutputRefused in one sentence where that may not be. `force`: it may replace another file,
    but never a link, a device, a database, what carnet keeps, or a brochure. `public`: it holds nobody.

    Raises WarehouseError where there is no such folder.
    """
    why = "it is a link; name the file it leads to" if path.is_symlink() else _kept_there(path, kept)
    why = why or (_no_file(path, force, kept) if path.exists() else None)
    if why:
        raise OutputRefused(f"{path}: {why}")
    if not path.parent.is_dir():
        raise WarehouseError(f"{path}: can't be written: there is no such folder")
    sweep_parts(path.parent, path.name)
    return Output(path, force, public, note)


def output_folder(path: Path, kept: Kept, *, note: Callable[[], None] = lambda: None) -> OutputFolder:
    """A folder to make or replace; what it may hold already is for the caller to say. Raises OutputRefused."""
    why = "it is a link; name the folder it leads to" if path.is_symlink() else _kept_there(path, kept)
    if why:
        raise OutputRefused(f"{path}: {why}")
    return OutputFolder(path, note)


def _no_file(path: Path, force: bool, kept: Kept | None = None) -> str | None:
    """What stands there already, and may not be replaced."""
    if path.is_dir():
        return "it is a folder; name a file in it"
    if not path.is_file():
        return "it is no file but a device, a pipe or a socket; without it the answer goes to the terminal"
    if is_database(path):
        return "it is a database, such as a warehouse; name another file"
    if kept and any(_is_below(path.resolve(), given.resolve()) for given in kept.reads):
        return "this command reads it; name another file"
    if kept and kept.is_brochure(path):
        return "it is a brochure that was read; name another file"
    return None if force else "it is there already; name another file, or replace it with --force"


def _kept_there(path: Path, kept: Kept) -> str | None:
    """Whether it is, or lies in, what carnet keeps: by place, and by what lies beside it."""
    place = path.parent.resolve() / path.name
    if any(_is_below(place, folder.resolve()) for folder in kept.folders):
        return "carnet keeps originals and its records there; name a file elsewhere"
    if any(kept.is_raw(folder) for folder in (place, *place.parents)):
        return "originals and a log of decisions lie there; name a file elsewhere"
    warehouses = [kept.warehouse.resolve(), *place.parent.glob("*.duckdb")] if place.parent.is_dir() else []
    if any(_is_of(place, warehouse) for warehouse in warehouses):
        return "it is a warehouse, or belongs to one; name another file"
    return None


def _is_below(place: Path, folder: Path) -> bool:
    """Also under another spelling of the folder's name, where the system takes that for the same."""
    return any(part == folder or _is_same(part, folder) for part in (place, *place.parents))


def _is_of(place: Path, warehouse: Path) -> bool:
    """The warehouse's file, its lock, its log, a copy that was set aside (all begin with its name) and its lists.

    >>> names = ("carnet.duckdb.lock", "carnet.runs.jsonl", "carnet.csv")
    >>> [_is_of(Path(name), Path("carnet.duckdb")) for name in names]
    [True, True, False]
    """
    if place.parent != warehouse.parent and not _is_same(place.parent, warehouse.parent):
        return False
    is_list = place.name.startswith(f"{warehouse.stem}.") and place.suffix == ".jsonl"
    return is_list or place.name.startswith(warehouse.name) or _is_same(place, warehouse)


def _is_same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False


def _mode_of(path: Path) -> int | None:
    """Who may read a file that is replaced may read the new one, and nobody else."""
    with suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    return None


def _put_where_nothing_is(part: Path, path: Path) -> None:
    """Under its name, unless something has come there since it was looked at."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise OutputRefused(f"{path}: {_no_file(path, False)}") from None
    except OSError:  # a file system without links
        put_in_place(part, path)
    sync_folder(path.parent)
