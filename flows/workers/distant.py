"""Read files on the workers of a Dask cluster: on this machine or on others that see the same store.

Reading is a pure task there: the address of bytes in a store, and settings, to a reading in that store. Each worker
reads in a process of its own, bounded as on one machine. What a worker that dies was reading is given to another one;
the one that loads is here, and nowhere else.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import dask
from distributed import Client, LocalCluster
from distributed import Future as Distant

from carnet.flows.inbox.arrivals import Arrival
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, FileReading, PassingTrouble, ReadingFailed
from carnet.flows.workers.code_version import code_version
from carnet.flows.workers.pool import Readings, start_reading, wait_for_answer
from carnet.flows.workers.store import Store

LOST = "the machines that read it were lost, one after the other; ingest it again"
OTHER = "a worker of the cluster runs another carnet than this one; install the same on all machines"
DAEMON = "a worker of the cluster may start no process; start it with DASK_DISTRIBUTED__WORKER__DAEMON=False"


def read_in_store(
    address: str, sha256: str, name: str, media_type: str, settings: Settings, version: str
) -> Failure | None:
    """What a worker does: None once the reading is in the store."""
    if code_version() != version:
        return Failure("silent", OTHER)
    if multiprocessing.current_process().daemon:
        return Failure("silent", DAEMON)
    store = Store(address)
    if store.reading(sha256, version) is not None:
        return None
    try:
        data = store.original(sha256)
    except OSError as error:
        return Failure("passing", f"can't be read from the store: {error.strerror or error}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        here = replace(settings, warehouse=Path(folder) / "carnet.duckdb", cache=None)
        process, answers = start_reading(Arrival(path, sha256, media_type), here)
        answer = wait_for_answer(process, answers, settings.silent_seconds)
    if isinstance(answer, Failure):
        return answer
    store.keep(sha256, version, answer)
    return None


class DistantReadings(Readings):
    """`scheduler`: the address of a cluster ("tcp://host:8786"); None makes one on this machine, of `jobs` workers.
    `store`: which all of them see; None is a folder of ours, that nobody else may read and that goes when this ends."""

    def __init__(
        self, arrivals: Iterable[Arrival], settings: Settings, store: str | None = None, jobs: int | None = None,
        scheduler: str | None = None,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._own = None if store else tempfile.TemporaryDirectory(prefix="carnet-")
        self._store = Store(store or str(Path(self._own.name if self._own else "") / "store"))
        self._version = code_version()
        self._cluster = None if scheduler else _local_cluster(jobs)
        self._client = Client(scheduler or self._cluster, timeout=30, set_as_default=False)
        self._distant: set[Distant[Failure | None]] = set()
        super().__init__(list(arrivals), max(1, sum(self._client.nthreads().values())))

    def submit(self, arrival: Arrival) -> Future[FileReading]:
        answer: Future[FileReading] = Future()
        try:
            data = arrival.path.read_bytes()
            if hashlib.sha256(data).hexdigest() == arrival.sha256:
                self._store.take_in(arrival.path, arrival.sha256)
        except OSError as error:
            answer.set_exception(PassingTrouble(Failure("passing", f"can't be read: {error.strerror or error}")))
            return answer
        task = self._client.submit(
            read_in_store, self._store.address, arrival.sha256, arrival.name, arrival.media_type, self._settings,
            self._version, pure=False, key=f"read-{arrival.sha256}-{id(answer)}",
        )  # fmt: skip
        self._distant.add(task)
        task.add_done_callback(lambda done: self._answer(done, arrival, answer))
        return answer

    def done_with(self, arrival: Arrival) -> None:
        super().done_with(arrival)
        self._store.drop(arrival.sha256, self._version)

    def close(self) -> None:
        super().close()
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()
        if self._own is not None:
            self._own.cleanup()

    def _answer(self, task: Distant[Failure | None], arrival: Arrival, answer: Future[FileReading]) -> None:
        """In a thread of the client's: what came of a task."""
        try:
            answer.set_result(self._fetched(task, arrival))
        except Exception as error:  # noqa: BLE001 - whatever it is, the one who waits is to hear of it
            answer.set_exception(error)
        finally:
            self._distant.discard(task)

    def _fetched(self, task: Distant[Failure | None], arrival: Arrival) -> FileReading:
        if task.status != "finished":
            raise ReadingFailed(Failure("silent", LOST))
        failure = task.result()
        if isinstance(failure, Failure):
            raise (PassingTrouble if failure.kind == "passing" else ReadingFailed)(failure)
        reading = self._store.reading(arrival.sha256, self._version)
        if reading is None:
            raise PassingTrouble(Failure("passing", "its reading is not in the store; do all machines see the same?"))
        return reading


def _local_cluster(jobs: int | None) -> LocalCluster:
    """Workers on this machine, with a certificate of this run's own: no other user of it can give them work."""
    with dask.config.set({"distributed.worker.daemon": False}):
        return LocalCluster(
            n_workers=jobs or multiprocessing.cpu_count(),
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            security=True,
        )
