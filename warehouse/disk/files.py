"""Files that are whole or not there: written beside their place, on the disk before they are named; leftovers swept."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_PART = re.compile(r"\..*\.(\d+)\.part(?:\.wal|\.lock)?")


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> None:
    """`path` with this content, or as it was before: never half of it, not even when the power fails. Who might read it
    may read it still."""
    with naming(path), part_of(path) as part:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            write_through(file, data, 0)
        keep_mode(part, path)
        put_in_place(part, path)


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
    part = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
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


def sweep_parts(folder: Path) -> None:
    """Remove what processes left unfinished that have ended since."""
    for path in folder.glob(".*.part*") if folder.is_dir() else ():
        match = _PART.fullmatch(path.name)
        if match and not is_alive(int(match[1])):
            with suppress(OSError):
                path.unlink()


def file_parts(path: Path) -> list[Path]:
    """What writers of this file left beside it that have ended since."""
    beside = path.parent.glob("*") if path.parent.is_dir() else ()
    begins = f".{path.name[:40]}."
    matches = ((p, _PART.fullmatch(p.name)) for p in beside if p.name.startswith(begins))
    return [p for p, match in matches if match and not is_alive(int(match[1])) and p.is_file()]


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
