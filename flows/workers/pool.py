"""Read files in processes of their own: several at once, each bounded in time and memory, none harming another."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from carnet.flows.inbox.arrivals import Arrival
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, FileReading, PassingTrouble, ReadingFailed
from carnet.flows.workers.child import main

MANY = 16
"""From so many files on, the language model (3 s) is loaded once for all reading processes, asked for or not: one
brochure in sixteen asks for it."""


class BackgroundReadings:
    """Files being read in the background from the moment this is made. `pages`: at which each is."""

    def __init__(self, arrivals: Iterable[Arrival], settings: Settings, jobs: int | None = None) -> None:
        arrivals = list(arrivals)
        workers = max(1, min(jobs or os.cpu_count() or 1, len(arrivals)))
        self._settings = settings
        self._processes: set[BaseProcess] = set()
        self.pages: dict[Arrival, int] = {}
        if "forkserver" in multiprocessing.get_all_start_methods():
            reading_context().set_forkserver_preload(_loaded_once(arrivals))
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        self._futures = {arrival: self._submit(arrival) for arrival in arrivals}

    def result(self, arrival: Arrival) -> FileReading:
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

    def _submit(self, arrival: Arrival) -> Future[FileReading]:
        return self._pool.submit(self._read, arrival)

    def _read(self, arrival: Arrival) -> FileReading:
        process, answers = start_reading(arrival, self._settings)
        self._processes.add(process)
        try:
            answer = wait_for_answer(process, answers, self._settings.silent_seconds, partial(self._begun, arrival))
        finally:
            self._processes.discard(process)
        if isinstance(answer, Failure):
            raise (PassingTrouble if answer.kind == "passing" else ReadingFailed)(answer)
        assert isinstance(answer, FileReading)
        return answer

    def _begun(self, arrival: Arrival, page: int) -> None:
        self.pages[arrival] = page


def _loaded_once(arrivals: Sequence[Arrival]) -> list[str]:
    """Modules that load what these files ask for; where reading processes are being forked already, nothing more is."""
    modules = ["preload"]
    if any(not arrival.media_type.startswith("text/") for arrival in arrivals):
        modules.append("preload_roles")
    if len(arrivals) >= MANY:
        modules.append("preload_model")
    return [f"carnet.flows.workers.{name}" for name in modules]


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
    """The answer of a reading process. One of which nothing is heard for so many seconds is ended, one that died left
    none. Before the answer come the numbers of the pages it begins, of which `begun` hears."""
    answer: Any = None
    page, silent = 0, False
    try:
        while answer is None and not silent:
            silent = not answers.poll(seconds)
            told = None if silent else answers.recv()
            if isinstance(told, int):
                page = told
                begun(page)
            else:
                answer = told
    except (EOFError, OSError):
        pass  # it died
    finally:
        if answer is None:
            process.kill()
        process.join()
        answers.close()
    return answer or _without_answer(process, page, seconds if silent else None)


def _without_answer(process: BaseProcess, page: int, silent: float | None) -> Failure:
    """Who is silent hangs, or gets no turn on a busy machine; who used up what a file may have of the processor was
    ended by the system."""
    where = f"on page {page}" if page > 0 else "while opening it" if page == 0 else "after reading its pages"
    if silent is not None:
        why = "is the machine too busy, or the disk away? Ingest it again"
        return Failure("silent", f"gave up {where}: nothing was heard of it for {silent:g} s; {why}")
    end = _end_of(process)
    if end == "SIGXCPU":
        why = "it takes more of the processor than a file may have; allow more with CARNET_FILE_SECONDS"
        return Failure("refused", f"gave up {where}: {why}")
    return Failure("refused", f"the process that read it ended {where} ({end}): it is damaged, or too big")


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
