"""One writer at a time: a lock file beside the warehouse, waited for, named in plain words when it stays taken."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from carnet.warehouse.disk.errors import WarehouseBusy, WarehouseError
from carnet.warehouse.disk.trouble import check_is_file, os_in_words

POLL_SECONDS = 0.05
TELL_AFTER_SECONDS = 2.0
PATIENCE_SECONDS = 600.0
"""How long a command waits for others; a rebuild may take minutes."""

log = logging.getLogger("carnet")


@contextmanager
def writer_lock(warehouse: Path, wait_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold `carnet.duckdb.lock` while writing; WarehouseBusy with the holder's PID when it isn't free in time.

    The operating system drops the lock when its holder dies, so a leftover file is harmless.

    Raises WarehouseError where the lock can't be made.
    """
    check_is_file(warehouse)
    path = warehouse.with_name(warehouse.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="ascii", errors="replace")
    except OSError as error:
        raise WarehouseError(os_in_words(error)) from error
    with file:
        wait_until(
            lambda: _take(file), wait_seconds,
            lambda: f"{warehouse}: {_holder(file)} is writing to it",
        )  # fmt: skip
        _sign(file, f"{os.getpid()}\n")
        yield
        _sign(file, "")


def is_writing(warehouse: Path) -> bool:
    """Whether somebody holds the lock now, or waits with it for readers to end."""
    try:
        with warehouse.with_name(warehouse.name + ".lock").open("r+", encoding="ascii", errors="replace") as file:
            return not _take(file)
    except OSError:  # nobody ever wrote, or the folder can only be read
        return False


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """One at a time for the length of a few writes in `folder`, which several warehouses may share."""
    from filelock import lock_descriptor

    fd = _descriptor_of(folder)
    try:
        with suppress(OSError):  # a file system without locks: most have one user
            lock_descriptor(fd)
        yield
    finally:
        os.close(fd)


def _descriptor_of(folder: Path) -> int:
    """Of the folder itself, so that nothing is left in it; of a file in it where folders can't be opened (Windows)."""
    try:
        return os.open(folder, os.O_RDONLY)
    except PermissionError:
        if os.name != "nt":
            raise
        return os.open(folder / ".carnet-lock", os.O_RDWR | os.O_CREAT, 0o600)


def wait_until(done: Callable[[], bool], seconds: float, why: Callable[[], str]) -> None:
    """Try until `done`; who waits long is told `why`. WarehouseBusy after `seconds`, by a clock that nobody sets."""
    started = time.monotonic()
    told = False
    while not done():
        waited = time.monotonic() - started
        if waited >= seconds:
            raise WarehouseBusy(f"{why()}, for {seconds:.0f} s now; wait until it ends and try again")
        if waited >= TELL_AFTER_SECONDS and not told:
            log.warning("carnet: %s; waiting for it …", why())
            told = True
        time.sleep(POLL_SECONDS)


def _take(file: IO[str]) -> bool:
    from filelock import lock_descriptor

    return lock_descriptor(file.fileno(), blocking=False)


def _sign(file: IO[str], text: str) -> None:
    """Say who holds it; a full disk costs only this."""
    with suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.write(file.fileno(), text.encode("ascii"))


def _holder(file: IO[str]) -> str:
    try:
        file.seek(0)
        pid = file.read().strip()
    except OSError:  # Windows: what is locked can't be read
        pid = ""
    return f"process {pid}" if pid.isdigit() else "another process"
