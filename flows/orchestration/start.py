"""Run an ingest: as a Prefect flow, or plainly where Prefect is switched off, not needed or can't start."""

from __future__ import annotations

import os
from collections.abc import Callable

from carnet.flows.orchestration.server import LocalServer, ServerUnavailable, prefect_environment
from carnet.flows.services.ingest import Run, ingest
from carnet.flows.workers.pool import Readings
from carnet.warehouse.privacy.forgotten import without


def carry_out(run: Run, warn: Callable[[str], None]) -> None:
    """Read and load what `run` planned; nothing new, no flow. `warn` hears, in a line, when Prefect can't be had."""
    if not run.to_read:
        return
    readings = Readings(run.to_read, run.settings, run.jobs)
    try:
        if run.settings.use_prefect:
            try:
                _as_flow(run, readings)
            except ServerUnavailable as error:
                warn(f"Prefect's server can't start ({error}); going on without it")
            else:
                if run.left:
                    warn("Prefect lost the run before its end; going on without it")
        ingest(run, readings)
    finally:
        readings.close()


def _as_flow(run: Run, readings: Readings) -> None:
    """With a server of our own, unless PREFECT_API_URL names one; Prefect is imported while the server starts."""
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
