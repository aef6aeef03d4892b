"""One reading connection for a program of many threads, which lets writers of this and other processes in between."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.disk.lock import is_writing
from carnet.warehouse.store.db import Connection

HELD_SECONDS = 0.5
"""So long readers may follow each other before the file is let go."""
COURTESY_SECONDS = 0.5
"""Waited for somebody who wants to write; a rebuild holds the lock for minutes, and the old file can be read."""
PATIENCE_SECONDS = 20.0


class Shared:
    """DuckDB shares a file among the threads of a process, or keeps it for one that writes; among processes too. So all
    readers use cursors of one connection; it is closed when the last of them ends, and now and then in between."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse
        self._door = threading.Condition()
        self._open = ExitStack()
        self._con: Connection | None = None
        self._opened = 0.0
        self._readers = 0
        self._waiting = 0
        self._written = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection of one's own that can only ask; WarehouseBusy when somebody writes for too long."""
        con = self._enter()
        try:
            with con.cursor() as cursor:
                yield cursor
        finally:
            self._leave()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """No reader of this process has the file open meanwhile; one at a time."""
        with self._door:
            self._waiting += 1
            self._door.wait_for(lambda: not self._readers and not self._written)
            self._waiting -= 1
            self._written = True
        try:
            yield
        finally:
            with self._door:
                self._written = False
                self._door.notify_all()

    def _enter(self) -> Connection:
        with self._door:
            self._door.wait_for(lambda: not self._written and not self._waiting and self._is_fresh())
            if self._con is None:
                self._con = self._opened_now()
            self._readers += 1
            return self._con

    def _is_fresh(self) -> bool:
        return self._con is None or time.monotonic() - self._opened < HELD_SECONDS

    def _opened_now(self) -> Connection:
        until = time.monotonic() + COURTESY_SECONDS
        while is_writing(self._warehouse) and time.monotonic() < until:
            time.sleep(0.01)
        con = self._open.enter_context(open_reader(self._warehouse, PATIENCE_SECONDS, search=True))
        self._opened = time.monotonic()
        return con

    def _leave(self) -> None:
        with self._door:
            self._readers -= 1
            if not self._readers:
                self._con = None
                self._open.close()
                self._door.notify_all()
