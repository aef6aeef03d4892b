"""DuckDB's errors in the words of the person at the terminal: what is wrong with the file, and what to do."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import duckdb

from carnet.warehouse.disk.errors import WarehouseDamaged, WarehouseError

_FULL = re.compile(r"No space left|Disk quota|File too large", re.I)
_SHUT = re.compile(r"Permission denied|Read-only file system|Operation not permitted")
_NEWER = re.compile(r"version number \d+, but")
_DAMAGED = re.compile(
    r"Corrupt|not a valid DuckDB|Could not read enough bytes|checksum|Serialization|deserializ|metadata pointer"
    r"|INTERNAL|Input/output error|invalidated|Failure while replaying WAL|failed to read", re.I
)  # fmt: skip
_MAGIC = slice(8, 12)
_DUCK = b"DUCK"


def in_words(error: duckdb.Error, warehouse: Path | str) -> WarehouseError | None:
    """The trouble with the file or the disk that this error tells of; None when it is another kind of error."""
    text = str(error)
    if _FULL.search(text):
        kept = "the tables were not changed; make room and try again (what the log holds already is then taken in)"
        return WarehouseError(f"{warehouse}: the disk is full: {kept}")
    if _SHUT.search(text):
        return WarehouseError(f"{warehouse}: no right to read or write it, or its folder is read-only")
    if _NEWER.search(text):
        return WarehouseError(f"{warehouse}: made by a newer DuckDB; update carnet, or name another warehouse")
    if isinstance(error, duckdb.OutOfMemoryException):
        return WarehouseError(f"{warehouse}: not enough memory ({_first_line(text)})")
    if _DAMAGED.search(text) or isinstance(error, duckdb.FatalException):
        return damaged(warehouse, _first_line(text))
    return None


def os_in_words(error: OSError, doing: str = "can't be written") -> str:
    """The system's error as a sentence that names the file and says what to do.

    >>> os_in_words(OSError(28, "No space left on device", "raw/corrections.jsonl"))
    'raw/corrections.jsonl: the disk is full; make room and try again'
    """
    place = str(error.filename or "a file")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{place}: the disk is full; make room and try again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place}: {doing}: no right to, or the disk is read-only"
    return f"{place}: {doing}: {error.strerror or error}"


def check_magic(warehouse: Path) -> None:
    """WarehouseDamaged when it is no DuckDB file, WarehouseError when it is no file at all; DuckDB itself would look
    for an extension that reads it."""
    check_is_file(warehouse)
    try:
        with warehouse.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise WarehouseError(f"{warehouse}: can't be read: {error.strerror}") from error
    if head[_MAGIC] != _DUCK:
        raise damaged(warehouse, "it is empty" if not head else "it is no DuckDB file")


def check_is_file(warehouse: Path) -> None:
    """WarehouseError where something else is there: it is not to be opened, and nothing is to be put in its place."""
    if warehouse.exists() and not warehouse.is_file():
        raise WarehouseError(f"{warehouse}: can't be read: a folder, a device or a pipe is no warehouse; name a file")


def is_database(path: Path) -> bool:
    """Whether DuckDB wrote this file: a warehouse, or somebody else's tables."""
    try:
        with path.open("rb") as file:
            return file.read(16)[_MAGIC] == _DUCK
    except OSError:
        return False


def damaged(warehouse: Path | str, why: str) -> WarehouseDamaged:
    """What is told of a file that can't be read as a warehouse, and how to make it again."""
    return WarehouseDamaged(
        f"{warehouse}: it is damaged ({why}); `carnet rebuild` sets it aside and makes it again from the originals"
    )


def _first_line(text: str) -> str:
    line = text.strip().splitlines()[0]
    return re.sub(r"^(?:IO|FATAL|INTERNAL|Serialization) Error: ", "", line)[:200]
