"""Where files are read: in processes of this machine, or by the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable

from carnet.flows.inbox.arrivals import Arrival
from carnet.flows.settings import Settings
from carnet.flows.workers.pool import BackgroundReadings, Readings
from carnet.warehouse.disk.errors import WarehouseError

PROCESSES, DASK = "processes", "dask"


def begin_readings(arrivals: Iterable[Arrival], settings: Settings, jobs: int | None = None) -> Readings:
    """Files being read, as the settings say. Raises WarehouseError where that can't be."""
    kind, _, scheduler = (settings.runner or PROCESSES).partition("=")
    if kind == PROCESSES and not scheduler:
        return BackgroundReadings(arrivals, settings, jobs)
    if kind != DASK:
        raise WarehouseError(f"--runner {settings.runner}: expected processes, dask or dask=tcp://HOST:PORT")
    try:
        from carnet.flows.workers.distant import DistantReadings
    except ModuleNotFoundError:
        raise WarehouseError("Dask is not installed: `pip install 'carnet[cluster]'`") from None
    if scheduler and not settings.store:
        raise WarehouseError(
            "for workers elsewhere say where originals and readings lie: --store FOLDER, or CARNET_STORE"
        )
    try:
        return DistantReadings(arrivals, settings, settings.store, jobs, scheduler or None)
    except OSError as error:
        raise WarehouseError(f"the cluster {scheduler or DASK} can't be reached: {error}") from error
