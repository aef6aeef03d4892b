"""The same ingest as a Prefect flow: states, retries, logs, run names, a summary; also what `prefect.yaml` deploys."""

from __future__ import annotations

import datetime as dt
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import as_completed
from prefect.runtime import flow_run, task_run
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from carnet.flows.inbox.arrivals import Arrival, name_of
from carnet.flows.orchestration import retrying
from carnet.flows.orchestration.publish import publish
from carnet.flows.services.ingest import Outcome, Run, load_reading, outcome_of, plan
from carnet.flows.services.report import markdown_summary, sentence
from carnet.flows.services.runs import keep, tell
from carnet.flows.settings import read_settings
from carnet.flows.workers.answers import FileReading, PassingTrouble, ReadingFailed
from carnet.flows.workers.pool import Readings
from carnet.flows.workers.runner import begin_readings
from carnet.warehouse.disk.errors import WarehouseBusy
from carnet.warehouse.disk.files import private_from_here
from carnet.warehouse.loading.known import Naming

UNDERWAY: ContextVar[tuple[Run, Readings] | None] = ContextVar("UNDERWAY", default=None)
"""What the command line began before this flow: files are read while Prefect's server starts."""

MAY_PASS = retrying.after(PassingTrouble, WarehouseBusy)

WAITING: Any = ThreadPoolTaskRunner(max_workers=16)  # flow() has too narrow a type for it
"""Tasks here only wait; the work is done by reading processes, as many as --jobs says."""


def _run_name() -> str:
    """ "3 files: orvane.pdf, …", so that a list of runs can be read."""
    paths = flow_run.parameters.get("paths") or []
    names = ", ".join(name_of(Path(path)) for path in paths[:3])
    return f"{names}{', …' if len(paths) > 3 else ''} {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M}"


@flow(name="ingest", flow_run_name=_run_name, task_runner=WAITING, validate_parameters=False)
def ingest(
    paths: list[str] | None = None,
    warehouse: str | None = None,
    brochure: str | None = None,
    edition_date: dt.date | None = None,
    jobs: int | None = None,
    watched: bool = False,
    publish_to: str | None = None,
) -> State:
    """Ingest files or folders (default: raw/) into a warehouse; known files are left alone, refused ones named.

    `watched`: the folder is looked at again and again; files that are still being copied are left for the next look.
    `publish_to`: a folder; what changed is published there at once, unless a data check fails.
    """
    private_from_here()
    underway = UNDERWAY.get()
    run, readings = underway or _begin(paths, warehouse, Naming(brochure, edition_date), jobs, watched)
    log = get_run_logger()
    log.info("%d to read, %d known or refused at sight", len(run.to_read), len(run.outcomes))
    for beside in run.not_read:
        log.info("%s", run.said(f"{name_of(beside.path)}: {beside.reason}"))
    at_sight = len(run.outcomes)
    reads = {read.with_options(task_run_name=f"read {run.said(a.name)}").submit(a, readings): a for a in run.to_read}
    for ended in as_completed(list(reads)):
        arrival = reads[ended]
        outcome = outcome_of(arrival, partial(_load, arrival, readings, run))
        log.log(30 if outcome.status == "refused" else 20, "%s", run.said(sentence(outcome)))
        run.add(outcome)
        readings.done_with(arrival)
    readings.close()
    came = tell(run) if underway else keep(run, "watch" if watched else "flow")
    summary = run.said(markdown_summary(run.outcomes, came))
    create_markdown_artifact(summary, key="ingest-summary", description="What came of each file")
    refused = [o for o in (run.outcomes[at_sight:] if watched else run.outcomes) if o.status == "refused"]
    if publish_to and any(o.status in ("new", "replaced") for o in run.outcomes):
        published = publish(publish_to, str(run.settings.warehouse), return_state=True)
        if not published.is_completed():
            return Failed(message=str(published.message))
    return _completed(len(run.outcomes), len(refused))


def _completed(files: int, refused: int) -> State:
    """A file that is refused is no failure of the run: the others are done, and the summary says why it was."""
    done = f"{files} files looked at"
    if refused:
        return Completed(name=f"Completed, {refused} refused", message=f"{done}, {refused} refused")
    return Completed(message=done)


def _begin(
    paths: list[str] | None, warehouse: str | None, naming: Naming, jobs: int | None, watched: bool
) -> tuple[Run, Readings]:
    settings = read_settings(Path(warehouse) if warehouse else None)
    arrived = [Path(path) for path in paths] if paths else [settings.incoming]
    run = plan(arrived, settings, naming, jobs, watched=watched)
    return run, begin_readings(run.to_read, run.settings, jobs)


def _load(arrival: Arrival, readings: Readings, run: Run) -> Outcome:
    reading = readings.result(arrival)  # at once: the task waited for it
    return load.with_options(task_run_name=f"load {run.said(arrival.name)}")(arrival, reading, run)


@task(
    name="read",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=MAY_PASS,
    cache_policy=NO_CACHE,
)
def read(arrival: Arrival, readings: Readings) -> float | State:
    """Wait for a file that is read in a process of its own; the seconds it took, or a failed state with the reason."""
    if (task_run.run_count or 1) > 1:
        readings.again(arrival)
    readings.begin(arrival)
    try:
        return readings.result(arrival).seconds
    except PassingTrouble:
        raise
    except ReadingFailed as error:
        return Failed(message=str(error))


@task(
    name="load",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=MAY_PASS,
    cache_policy=NO_CACHE,
)
def load(arrival: Arrival, reading: FileReading, run: Run) -> Outcome:
    """One edition, one transaction."""
    return load_reading(arrival, reading, run)
