"""Read files in processes of their own: several at once, each bounded in time and memory, none harming another."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import BaseContext
from typing import Literal

from flows.arrivals import Arrival
from flows.settings import Settings

MANY = 3
"""From so many files on, the language model (2 s) is loaded once for all reading processes, asked for or not."""


@dataclass(frozen=True)
class Reading:
    """What a file gave: draft and result as JSON, and the seconds it took."""

    draft: str
    result: str
    seconds: float


@dataclass(frozen=True)
class Failure:
    """Why a file gave nothing. `internal` holds the traceback when the fault is ours."""

    kind: Literal["refused", "passing", "internal"]
    reason: str
    internal: str | None = None


class ReadingFailed(Exception):
    """A file could not be read; the reason is one sentence."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


class PassingTrouble(ReadingFailed):
    """Something that may be over when tried again: a disk that did not answer, a file still being copied."""


class Readings:
    """Files being read in the background from the moment this is made."""

    def __init__(self, arrivals: Iterable[Arrival], settings: Settings, jobs: int | None = None) -> None:
        arrivals = list(arrivals)
        workers = max(1, min(jobs or os.cpu_count() or 1, len(arrivals)))
        self._settings = settings
        if len(arrivals) >= MANY and "forkserver" in multiprocessing.get_all_start_methods():
            reading_context().set_forkserver_preload(["flows.preload", "flows.preload_model"])
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
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, arrival: Arrival) -> Future[Reading]:
        return self._pool.submit(read_in_child, arrival, self._settings)


def read_in_child(arrival: Arrival, settings: Settings) -> Reading:
    """Read one file in a fresh process, which is ended when it takes too long."""
    context = reading_context()
    ours, theirs = context.Pipe(duplex=False)
    from flows.child import main  # imported late: the child imports it anyway, commands that read nothing don't

    arguments = (
        theirs,
        str(arrival.path),
        arrival.sha256,
        arrival.media_type,
        settings.file_seconds,
        settings.file_megabytes,
    )
    process = context.Process(target=main, args=arguments, daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    answer: Reading | Failure | None = None
    late = False
    try:
        late = not ours.poll(settings.file_seconds)
        with suppress(EOFError):
            answer = None if late else ours.recv()
    finally:
        if late or answer is None:
            process.kill()
        process.join()
        ours.close()
    if late:
        answer = Failure(
            "refused", f"reading it took longer than {settings.file_seconds:g} s; allow more with CARNET_FILE_SECONDS"
        )
    if answer is None:
        answer = Failure(
            "refused", f"the process that read it died (exit code {process.exitcode}): damaged, or too big"
        )
    if isinstance(answer, Failure):
        raise (PassingTrouble if answer.kind == "passing" else ReadingFailed)(answer)
    return answer


@cache
def reading_context() -> BaseContext:
    """Processes forked from a clean one that has the reading code loaded once; where there is no forking, spawned."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.preload"])
    return context
