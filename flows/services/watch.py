"""A folder that is looked at again and again, without any server: what is new in it is read, and told once."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.inbox.arrivals import files_of
from carnet.flows.services.ingest import Outcome, ingest, plan
from carnet.flows.services.runs import Came, keep
from carnet.flows.settings import Settings
from carnet.flows.workers.pool import BackgroundReadings
from carnet.warehouse.loading.known import Naming

FolderListing = frozenset[tuple[Path, int, int]]


class Watched:
    """What one knows of the folder from its last look. Nothing runs between two looks."""

    def __init__(self, folder: Path, settings: Settings, jobs: int | None = None) -> None:
        self._folder, self._settings, self._jobs = folder, settings, jobs
        self._listing: FolderListing | None = None
        self._told: frozenset[tuple[Path, str]] = frozenset()

    def look(self) -> list[Came]:
        """What came since the last look: read, refused, or waited for since it is still being copied."""
        listing = _listing(self._folder)
        if listing == self._listing and not any(status == "waiting" for _, status in self._told):
            return []
        run = plan([self._folder], self._settings, Naming(), self._jobs, watched=True)
        readings = BackgroundReadings(run.to_read, run.settings, run.jobs)
        try:
            ingest(run, readings)
        finally:
            readings.close()
        came = [each for each, outcome in zip(keep(run, "watch"), run.outcomes, strict=True) if self._is_news(outcome)]
        self._listing = listing
        self._told = frozenset((o.path, o.status) for o in run.outcomes if o.status in ("waiting", "refused"))
        return came

    def _is_news(self, outcome: Outcome) -> bool:
        """What is known, or was told at the last look, is none."""
        return outcome.status != "unchanged" and (outcome.path, outcome.status) not in self._told


def _listing(folder: Path) -> FolderListing:
    """Names, sizes and times: where they are as before, no file is opened."""
    found = set()
    for path in files_of([folder]):
        try:
            state = path.lstat()
        except OSError:  # gone meanwhile
            continue
        found.add((path, state.st_size, state.st_mtime_ns))
    return frozenset(found)
