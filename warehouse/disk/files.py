"""Files that are whole or not there: written beside their place, on the disk before they are named; leftovers swept."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

AS_BYTES = getattr(os, "O_BINARY", 0)
"""Windows would turn each line's end into two characters."""
_PART = re.compile(r"(\..*\.)(\d+)\.part(?:\.wal|\.lock)?")
_SHOWN = 40
"""Letters of a file's name in that of its part."""


def write_whole(path: Path, data: bytes, mode: int | None = None) -> None:
    """A file of carnet's own with this content, or as it was before: never half of it, not even when the power fails.
    Who might read it may read it still. What is given out goes through `output.py`."""
    with naming(path), part_of(path) as part:
        write_new(part, data, mode)
        keep_mode(part, path)
        put_in_place(part, path)


def write_new(path: Path, data: bytes, mode: int | None = None) -> None:
    """A file that was not there, on the disk when this returns: through no link that somebody laid out.
    `mode`: who may read it, whatever is usual here."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | AS_BYTES, mode or 0o666), "wb") as file:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), mode)
        write_through(file, data, 0)


@contextmanager
def for_its_owner() -> Iterator[None]:
    """Files that are made within are readable for their owner only: what carnet writes holds personal data, or may."""
    usual = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(usual)


def private_from_here() -> None:
    """The same for the rest of this process: a flow that a server runs."""
    os.umask(0o077)


def share(made: Path, place: Path) -> None:
    """What was made for everybody is as readable as the place it is put to: the folder it replaces, or comes into."""
    like = stat.S_IMODE((place if place.is_dir() else place.parent).stat().st_mode)
    for path in (made, *(made.rglob("*") if made.is_dir() else ())):
        path.chmod((0o755 & like) | 0o700 if path.is_dir() else (0o644 & like) | 0o600)


def keep_mode(part: Path, path: Path) -> None:
    """Who may read the file that is replaced may read the new one."""
    with suppress(FileNotFoundError):
        part.chmod(stat.S_IMODE(path.stat().st_mode))


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """A name beside `path` that is this process's own, hidden from those who list the folder; gone at the end."""
    part = path.with_name(f".{path.name[:_SHOWN]}.{os.getpid()}.part")
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """An OSError from within names this file, not the one beside it or none."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def put_in_place(part: Path, path: Path) -> None:
    """Rename, and have the folder remember it."""
    part.replace(path)
    sync_folder(path.parent)


def write_through(file: IO[bytes], data: bytes, start: int) -> None:
    """`data` on the disk when this returns; where it can't be (disk full), the file ends at `start` as before. Past the
    file's buffer, which would write the rest of `data` when it is closed, after all."""
    file.flush()
    left = memoryview(data)
    try:
        while left:
            left = left[os.write(file.fileno(), left) :]
        os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            os.ftruncate(file.fileno(), start)
        raise


def sync_file(path: Path) -> None:
    """What was written to it is on the disk when this returns."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """New names in it are on the disk when this returns. Windows can't, and need not."""
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def sweep_parts(folder: Path, name: str = "") -> None:
    """Remove what processes left unfinished that have ended since; with a `name`, of this file only, where the folder
    is not carnet's."""
    begins = f".{name[:_SHOWN]}." if name else "."
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _PART.fullmatch(path.name)
        if match and match[1].startswith(begins) and not is_alive(int(match[2])):
            with suppress(OSError):
                path.unlink()


def file_parts(path: Path) -> list[Path]:
    """What writers of this file left beside it that have ended since."""
    beside = path.parent.glob("*") if path.parent.is_dir() else ()
    begins = f".{path.name[:40]}."
    matches = ((p, _PART.fullmatch(p.name)) for p in beside if p.name.startswith(begins))
    return [p for p, match in matches if match and not is_alive(int(match[2])) and p.is_file()]


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs."""
    if os.name == "nt":  # there os.kill would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True
