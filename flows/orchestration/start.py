"""Run an ingest: as a Prefect flow, or the same steps plainly where Prefect is not asked for or can't start."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from carnet.flows.services.ingest import Run, ingest
from carnet.warehouse.privacy.forgotten import without

if TYPE_CHECKING:
    from carnet.flows.workers.pool import Readings


def carry_out(run: Run, warn: Callable[[str], None]) -> None:
    """Read and load what `run` planned; nothing new, no flow. `warn` hears, in a line, when Prefect can't be had."""
    if not run.to_read:
        return
    from carnet.flows.orchestration.server import ServerUnavailable
    from carnet.flows.workers.runner import begin_readings

    readings = begin_readings(run.to_read, run.settings, run.jobs)
    try:
        if is_for_prefect(run):
            try:
                _as_flow(run, readings)
            except ServerUnavailable as error:
                warn(f"Prefect's server can't start ({error}); going on without it")
            else:
                if run.left:
                    warn("Prefect lost the run before its end; going on without it")
        elif run.settings.use_prefect is None:
            warn("files that are named are read without Prefect; --prefect makes it a flow run")
        ingest(run, readings)
    finally:
        readings.close()


def is_for_prefect(run: Run) -> bool:
    """As it is said; else a folder is a flow run, and so is anything where a server runs already: to start one takes
    longer than to read a few files."""
    from carnet.flows.orchestration.server import is_running

    settings = run.settings
    if settings.use_prefect is not None:
        return settings.use_prefect
    return run.of_folder or settings.prefect_api_url is not None or is_running(settings)


def _as_flow(run: Run, readings: Readings) -> None:
    """With a server of our own, unless PREFECT_API_URL names one; Prefect is imported while the server starts."""
    from carnet.flows.orchestration.server import LocalServer, prefect_environment

    settings = run.settings
    server = None if settings.prefect_api_url else LocalServer(settings)
    try:
        os.environ |= prefect_environment(settings)
        from prefect.settings import temporary_settings

        from carnet.flows.orchestration.ingest import UNDERWAY
        from carnet.flows.orchestration.ingest import ingest as ingest_flow

        connection = server.connection() if server else {"api.url": settings.prefect_api_url}
        # a run on a terminal is watched by its user; the heartbeat would cost it a second
        with temporary_settings(connection | {"flows.heartbeat_frequency": None}):
            before = UNDERWAY.set((run, readings))
            try:
                ingest_flow(
                    paths=[run.said(str(arrival.path)) for arrival in run.to_read],
                    warehouse=str(settings.warehouse),
                    brochure=without(run.naming.brochure, run.forgotten),
                    edition_date=run.naming.edition_date,
                    jobs=run.jobs,
                    return_state=True,
                )
            finally:
                UNDERWAY.reset(before)
                send_the_rest()
    finally:
        if server:
            server.stop()


def send_the_rest() -> None:
    """Logs and task states reach the server in the background: they must have done so before it stops."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    EventsWorker.drain_all(timeout=5)
    APILogWorker.drain_all(timeout=5)
