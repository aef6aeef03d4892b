"""Read files in processes of their own: several at once, each bounded in time and memory, none harming another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
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


AHEAD = 8
"""So many files beside those being read may wait to be loaded: no more is kept, however many there are."""


class Readings:
    """Files being read in the background from the moment this is made, the first of them at once, each of the others
    when one was loaded. `pages`: at which each is. Who takes a reading says when it is done with it."""

    def __init__(self, arrivals: Sequence[Arrival], at_once: int) -> None:
        self.pages: dict[Arrival, int] = {}
        self._waiting = dict.fromkeys(arrivals)
        self._futures: dict[Arrival, Future[FileReading]] = {}
        self._room = threading.Condition(threading.RLock())
        self._most = at_once + AHEAD
        self._is_open = True
        self._fill()

    def submit(self, arrival: Arrival) -> Future[FileReading]:
        """Begin to read this file."""
        raise NotImplementedError

    def result(self, arrival: Arrival) -> FileReading:
        """The reading, waited for, and begun where it is not; ReadingFailed where there is none."""
        return self._future(arrival).result()

    def begin(self, arrival: Arrival) -> None:
        """Waits until it is this file's turn: for one who asks for many at once, and loads what is read meanwhile."""
        with self._room:
            self._room.wait_for(
                lambda: arrival in self._futures or len(self._futures) < self._most or not self._is_open
            )
            self._future(arrival)

    def again(self, arrival: Arrival) -> None:
        """Start over with one file, after PassingTrouble."""
        self._futures[arrival] = self.submit(arrival)

    def done_with(self, arrival: Arrival) -> None:
        """It is loaded, or refused: nothing of it is kept, and the next one has its place."""
        with self._room:
            self._futures.pop(arrival, None)
            self.pages.pop(arrival, None)
            self._fill()
            self._room.notify_all()

    def as_they_end(self, wanted: Iterable[Arrival]) -> Iterator[Arrival]:
        """Files in the order in which their reading ends. Each is done with when the next one is asked for."""
        left = dict.fromkeys(wanted)
        with self._room:
            self._futures = {arrival: future for arrival, future in self._futures.items() if arrival in left}
            self._waiting = {arrival: None for arrival in left if arrival not in self._futures}
            self._fill()
        while left:
            begun = dict(self._futures)
            wait(begun.values(), return_when=FIRST_COMPLETED)
            for arrival in [arrival for arrival, future in begun.items() if future.done()]:
                del left[arrival]
                yield arrival
                self.done_with(arrival)

    def close(self) -> None:
        """Nothing is read on: what is still under way is ended."""
        with self._room:
            self._waiting.clear()
            self._is_open = False
            self._room.notify_all()

    def _fill(self) -> None:
        while self._waiting and len(self._futures) < self._most:
            self._future(next(iter(self._waiting)))

    def _future(self, arrival: Arrival) -> Future[FileReading]:
        with self._room:
            self._waiting.pop(arrival, None)
            if arrival not in self._futures:
                self._futures[arrival] = self.submit(arrival)
            return self._futures[arrival]


class BackgroundReadings(Readings):
    """Read in processes of this machine, `jobs` at once."""

    def __init__(self, arrivals: Iterable[Arrival], settings: Settings, jobs: int | None = None) -> None:
        arrivals = list(arrivals)
        workers = max(1, min(jobs or os.cpu_count() or 1, len(arrivals)))
        self._settings = settings
        self._processes: set[BaseProcess] = set()
        if "forkserver" in multiprocessing.get_all_start_methods():
            reading_context().set_forkserver_preload(_loaded_once(arrivals))
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        super().__init__(arrivals, workers)

    def submit(self, arrival: Arrival) -> Future[FileReading]:
        return self._pool.submit(self._read, arrival)

    def close(self) -> None:
        super().close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in list(self._processes):
            process.kill()

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
