"""One writer at a time: a lock file beside the warehouse, waited for, named in plain words when it stays taken."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from warehouse.errors import WarehouseBusy

try:
    import fcntl
except ImportError:  # Windows has no fcntl; there DuckDB's own lock keeps writers apart
    fcntl = None  # type: ignore[assignment]

POLL_SECONDS = 0.1


@contextmanager
def writer_lock(warehouse: Path, wait_seconds: float = 60.0) -> Iterator[None]:
    """Hold `carnet.duckdb.lock` while writing; WarehouseBusy with the holder's PID when it isn't free in time.

    The operating system drops the lock when its holder dies, so a leftover file is harmless.
    """
    path = warehouse.with_name(warehouse.name + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        _wait_for(file, warehouse, wait_seconds)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
        file.truncate(0)


def _wait_for(file: IO[str], warehouse: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WarehouseBusy(_busy(file, warehouse, wait_seconds)) from None
            time.sleep(POLL_SECONDS)


def _busy(file: IO[str], warehouse: Path, wait_seconds: float) -> str:
    file.seek(0)
    pid = file.read().strip()
    holder = f"process {pid}" if pid.isdigit() else "another process"
    return f"{warehouse}: {holder} has been writing to it for {wait_seconds:.0f} s; wait until it ends and try again"
