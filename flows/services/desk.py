"""Brochures handed in one after the other while a program runs: read in the background."""

from __future__ import annotations

import queue
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from carnet.flows.inbox.arrivals import Arrival
from carnet.flows.services.ingest import Run, ingest, plan
from carnet.flows.services.runs import keep, tell
from carnet.flows.settings import Settings
from carnet.flows.workers.pool import BackgroundReadings
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.trouble import os_in_words
from carnet.warehouse.loading.known import Naming

LONGEST_NAME = 180


@dataclass(frozen=True)
class HandedIn:
    """A file and what became of it so far. `status`: waiting, reading, or that of its outcome."""

    number: int
    name: str
    status: str = "waiting"
    reason: str | None = None
    edition_id: str | None = None
    missions: int = 0
    look: int = 0


class Desk:
    """`alone`: entered while the warehouse is written to or looked at anew."""

    def __init__(self, settings: Settings, alone: Callable[[], AbstractContextManager[None]]) -> None:
        self._settings = settings
        self._alone = alone
        self._files: dict[int, HandedIn] = {}
        self._waiting: queue.SimpleQueue[tuple[int, Path] | None] = queue.SimpleQueue()
        self._readings: tuple[int, Arrival, BackgroundReadings] | None = None
        self._worker: threading.Thread | None = None
        self._folder: Path | None = None

    def place(self, name: str) -> tuple[int, Path]:
        """Where the bytes of a file are to be written, and its number."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="carnet-"))
        number = len(self._files) + 1
        self._files[number] = HandedIn(number, name)
        folder = self._folder / str(number)
        folder.mkdir()
        return number, folder / _safe(name)

    def read(self, number: int, path: Path) -> None:
        """It is there: its turn comes."""
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, daemon=True)
            self._worker.start()
        self._waiting.put((number, path))

    def refuse(self, number: int, reason: str) -> None:
        self._files[number] = replace(self._files[number], status="refused", reason=reason)

    def files(self) -> list[tuple[HandedIn, int]]:
        """Each with the page it is at (0: none), the last one first."""
        now = self._readings
        return [
            (file, max(0, now[2].pages.get(now[1], 0)) if now and now[0] == number else 0)
            for number, file in reversed(self._files.items())
        ]

    def close(self) -> None:
        """Nothing is read on; what was handed in is not kept twice."""
        if self._readings:
            self._readings[2].close()
        self._waiting.put(None)
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _work(self) -> None:
        while (told := self._waiting.get()) is not None:
            number, path = told
            self._files[number] = replace(self._files[number], status="reading")
            try:
                self._files[number] = self._ingested(number, path)
            except (WarehouseError, OSError) as error:
                self.refuse(number, os_in_words(error) if isinstance(error, OSError) else str(error))
            finally:
                self._readings = None
                shutil.rmtree(path.parent, ignore_errors=True)

    def _ingested(self, number: int, path: Path) -> HandedIn:
        with self._alone():
            run = plan([path], self._settings, Naming(None, None), 1)
        run.alone = self._alone
        if run.to_read:
            readings = BackgroundReadings(run.to_read, self._settings, 1)
            self._readings = (number, run.to_read[0], readings)
            try:
                ingest(run, readings)
            finally:
                readings.close()
        with self._alone():
            return self._outcome(number, run)

    def _outcome(self, number: int, run: Run) -> HandedIn:
        keep(run, "pages")
        (came,) = tell(run)
        return replace(
            self._files[number], status=came.status, reason=came.reason, edition_id=came.edition_id,
            missions=came.missions, look=came.look,
        )  # fmt: skip


def _safe(name: str) -> str:
    """A name for a file: a browser may send any text.

    >>> _safe("../../etc/pas\\x00swd.pdf"), _safe(".."), _safe("Références 2024.pdf")
    ('passwd.pdf', 'brochure', 'Références 2024.pdf')
    """
    last = name.replace("\\", "/").rpartition("/")[2].replace("\0", "").lstrip(".~ ").strip()
    stem, dot, ending = last.rpartition(".")
    while len(last.encode()) > LONGEST_NAME:
        stem = stem[:-1]
        last = f"{stem}{dot}{ending}"[-LONGEST_NAME:]
    return last or "brochure"
