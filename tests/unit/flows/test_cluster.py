"""Files read by the workers of a cluster: separate processes that share a folder, one of which dies in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from carnet.flows.services.ingest import Run, ingest, plan
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import FileReading
from carnet.flows.workers.runner import begin_readings
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.loading.known import Naming
from tests.effort import HANGS
from tests.unit.flows.world import EAU, LAC, MISSION

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
from distributed import Client

from carnet.flows.workers.store import Store

FILES = 14


def written(folder: Path) -> Path:
    """Brochures of firms of their own."""
    folder.mkdir()
    for number in range(FILES):
        missions = [m | {"client": f"{m['client']}-sur-{number}", "period": str(2005 + number)} for m in (EAU, LAC)]
        text = f"# Bureau {number} Conseil\n\nÉdition juin 2021\n\n## Eau\n" + "".join(
            MISSION.format(**m) for m in missions
        )
        (folder / f"bureau-{number}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a cluster of three processes, a scheduler and two workers, that only this machine reaches."""
    told = tmp_path / "scheduler.json"
    here = ["--scheduler-file", str(told), "--host", "127.0.0.1", "--no-dashboard"]
    worker = ["worker", *here, "--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as stack:
        for command in (["scheduler", *here, "--port", "0"], worker, worker):
            process = subprocess.Popen([sys.executable, "-m", "dask", *command], **quiet)  # type: ignore[call-overload]
            stack.callback(process.wait)
            stack.callback(process.kill)
        until = time.monotonic() + HANGS
        while not (told.exists() and told.stat().st_size) and time.monotonic() < until:
            time.sleep(0.05)
        yield json.loads(told.read_text(encoding="utf-8"))["address"]


def rows(settings: Settings) -> list[tuple[object, ...]]:
    with open_reader(settings.warehouse) as con:
        return ask(con, "SELECT * FROM missions ORDER BY ALL").rows


def planned(folder: Path, settings: Settings) -> Run:
    return plan([folder], settings, Naming())


def read_and_load(run: Run, settings: Settings, jobs: int) -> None:
    readings = begin_readings(run.to_read, settings, jobs)
    try:
        ingest(run, readings)
    finally:
        readings.close()


@pytest.mark.slow
def test_a_worker_that_is_killed_takes_nothing_with_it(scheduler: str, tmp_path: Path) -> None:
    files, store = written(tmp_path / "in"), tmp_path / "store"
    settings = Settings(tmp_path / "a" / "carnet.duckdb", runner=f"dask={scheduler}", store=str(store))
    run = planned(files, settings)
    with Client(scheduler, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=HANGS)
        pids = client.run(os.getpid)
        readings = begin_readings(run.to_read, settings)
        try:
            until = time.monotonic() + HANGS
            while not (busy := {at: tasks for at, tasks in client.processing().items() if tasks}):
                assert time.monotonic() < until, "nobody reads"
            os.kill(pids[max(busy, key=lambda at: len(busy[at]))], signal.SIGKILL)
            ingest(run, readings)
            assert len(client.nthreads()) == 1
        finally:
            readings.close()
    assert [outcome.reason for outcome in run.outcomes if outcome.status != "new"] == []
    assert len(run.outcomes) == FILES
    assert [path for path in store.rglob("*") if path.is_file()] == []
    here = Settings(tmp_path / "b" / "carnet.duckdb")
    read_and_load(planned(files, here), here, 2)
    assert rows(settings) == rows(here)


@pytest.mark.slow
def test_a_cluster_of_this_machine(tmp_path: Path) -> None:
    """--runner dask alone: what is refused is refused as elsewhere."""
    files = written(tmp_path / "in")
    for path in sorted(files.iterdir())[2:]:
        path.unlink()
    (files / "empty.md").write_text("# Rien\n\nUn texte sans mission.\n", encoding="utf-8")
    settings = Settings(tmp_path / "a" / "carnet.duckdb", runner="dask")
    run = planned(files, settings)
    read_and_load(run, settings, 1)
    assert sorted(outcome.status for outcome in run.outcomes) == ["new", "new", "refused"]
    assert [path.name for path in (tmp_path / "a").iterdir() if "store" in path.name] == []


def test_the_store_keeps_what_is_whole_and_drops_what_is_loaded(tmp_path: Path) -> None:
    original = tmp_path / "a.md"
    original.write_bytes(b"text")
    store = Store(str(tmp_path / "store"))
    assert store.reading("1", "v") is None
    store.take_in(original, "1")
    store.keep("1", "v", FileReading("{}", "[]", 0.5))
    assert (store.original("1"), store.reading("1", "v")) == (b"text", FileReading("{}", "[]", 0.5))
    assert store.reading("1", "w") is None
    assert not [path for path in (tmp_path / "store").rglob("*") if path.name.endswith(".part")]
    store.drop("1", "v")
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("runner", "said"), [("ray", "expected processes, dask"), ("dask=tcp://127.0.0.1:1", "say where originals")]
)
def test_what_cannot_be_asked_of_a_runner_is_said(runner: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=said):
        begin_readings([], Settings(tmp_path / "carnet.duckdb", runner=runner))
