"""Read files in processes of their own: several at once, each bounded in time and memory, none harming another."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from carnet.flows.inbox.arrivals import Arrival
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, PassingTrouble, Reading, ReadingFailed
from carnet.flows.workers.child import main

MANY = 3
"""From so many files on, the language model (2 s) is loaded once for all reading processes, asked for or not."""


class Readings:
    """Files being read in the background from the moment this is made. `pages`: at which each is."""

    def __init__(self, arrivals: Iterable[Arrival], settings: Settings, jobs: int | None = None) -> None:
        arrivals = list(arrivals)
        workers = max(1, min(jobs or os.cpu_count() or 1, len(arrivals)))
        self._settings = settings
        self._processes: set[BaseProcess] = set()
        self.pages: dict[Arrival, int] = {}
        if len(arrivals) >= MANY and "forkserver" in multiprocessing.get_all_start_methods():
            reading_context().set_forkserver_preload(
                ["carnet.flows.workers.preload", "carnet.flows.workers.preload_model"]
            )
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        self._futures = {arrival: self._submit(arrival) for arrival in arrivals}

    def result(self, arrival: Arrival) -> Reading:
        """The reading, waited for; ReadingFailed where there is none."""
        return self._futures[arrival].result()

    def again(self, arrival: Arrival) -> None:
        """Start over with one file, after PassingTrouble."""
        self._futures[arrival] = self._submit(arrival)

    def as_they_end(self, wanted: Iterable[Arrival]) -> Iterator[Arrival]:
        """Files in the order in which their reading ends."""
        arrivals = {self._futures[arrival]: arrival for arrival in wanted}
        return (arrivals[future] for future in as_completed(arrivals))

    def close(self) -> None:
        """Nothing is read on: what is still under way is ended."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in list(self._processes):
            process.kill()

    def _submit(self, arrival: Arrival) -> Future[Reading]:
        return self._pool.submit(self._read, arrival)

    def _read(self, arrival: Arrival) -> Reading:
        process, answers = start_reading(arrival, self._settings)
        self._processes.add(process)
        try:
            answer = wait_for_answer(process, answers, self._settings.file_seconds, partial(self._begun, arrival))
        finally:
            self._processes.discard(process)
        if isinstance(answer, Failure):
            raise (PassingTrouble if answer.kind == "passing" else ReadingFailed)(answer)
        assert isinstance(answer, Reading)
        return answer

    def _begun(self, arrival: Arrival, page: int) -> None:
        self.pages[arrival] = page


def start_reading(arrival: Arrival, settings: Settings) -> tuple[BaseProcess, Connection]:
    """A fresh process that reads one file, and the end of the pipe on which it answers."""
    return start(main, str(arrival.path), arrival.sha256, arrival.media_type, settings)


def start(work: Callable[..., None], *arguments: object) -> tuple[BaseProcess, Connection]:
    """A fresh process that works on one file and answers on a pipe, its first argument; our end of the pipe."""
    context = reading_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, *arguments), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return process, ours


def wait_for_answer(
    process: BaseProcess, answers: Connection, seconds: float, begun: Callable[[int], None] = lambda page: None
) -> Any:  # whatever it answers
    """The answer of a reading process; one that is late is ended, one that died left none. Before the answer come the
    numbers of the pages it begins, of which `begun` hears."""
    answer: Any = None
    page = 0
    until = time.monotonic() + seconds
    try:
        while answer is None and answers.poll(max(0.0, until - time.monotonic())):
            told = answers.recv()
            if isinstance(told, int):
                page = told
                begun(page)
            else:
                answer = told
    except (EOFError, OSError):
        until = math.inf  # it died
    finally:
        if answer is None:
            process.kill()
        process.join()
        answers.close()
    where = f"on page {page}" if page > 0 else "while opening it" if page == 0 else "after reading its pages"
    if answer is None and until < math.inf:
        return Failure("refused", f"gave up after {seconds:g} s {where}; allow more with CARNET_FILE_SECONDS")
    died = f"the process that read it ended {where} ({_end_of(process)}): it is damaged, or too big"
    return answer or Failure("refused", died)


def _end_of(process: BaseProcess) -> str:
    code = process.exitcode or 0
    with suppress(ValueError):
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"signal {-code}"


@cache
def reading_context() -> BaseContext:
    """Processes forked from a clean one that has the reading code loaded once; where there is no forking, spawned."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["carnet.flows.workers.preload"])
    return context
