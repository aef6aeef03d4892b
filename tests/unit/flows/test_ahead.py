"""Files are read ahead of loading, but only some: what is read and not loaded yet is all that is kept."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from carnet.flows.inbox.arrivals import Arrival
from carnet.flows.workers.answers import FileReading
from carnet.flows.workers.pool import AHEAD, Readings

FILES = [Arrival(Path(f"{n}.md"), str(n), "text/markdown") for n in range(60)]


class Counted(Readings):
    """Reads at once, and knows how many readings are kept at most."""

    def __init__(self, at_once: int = 2) -> None:
        self.asked: list[Arrival] = []
        self.kept: set[Arrival] = set()
        self.most = 0
        super().__init__(FILES, at_once)

    def submit(self, arrival: Arrival) -> Future[FileReading]:
        self.asked.append(arrival)
        self.kept.add(arrival)
        self.most = max(self.most, len(self.kept))
        future: Future[FileReading] = Future()
        future.set_result(FileReading(arrival.sha256, "", 0.0))
        return future

    def done_with(self, arrival: Arrival) -> None:
        self.kept.discard(arrival)
        super().done_with(arrival)


def test_no_more_is_kept_than_may_wait() -> None:
    readings = Counted()
    assert len(readings.asked) == 2 + AHEAD
    assert [readings.result(arrival).draft for arrival in readings.as_they_end(FILES)] == [a.sha256 for a in FILES]
    assert (readings.asked, readings.most, readings.kept) == (FILES, 2 + AHEAD, set())


def test_who_asks_for_all_at_once_waits_for_a_turn() -> None:
    """As the tasks of a flow do: some threads read, in any order among themselves, and one loads."""
    readings = Counted()
    ended: list[Arrival] = []
    one_more = threading.Semaphore(0)

    def read(arrival: Arrival) -> None:
        readings.begin(arrival)
        readings.result(arrival)
        ended.append(arrival)
        one_more.release()

    with ThreadPoolExecutor(16) as threads:
        for arrival in FILES:
            threads.submit(read, arrival)
        for loaded in range(len(FILES)):
            assert one_more.acquire(timeout=60)
            readings.done_with(ended[loaded])
    assert sorted(ended, key=lambda a: int(a.sha256)) == FILES
    assert len(readings.asked) == len(FILES)
    assert readings.most <= 2 + AHEAD


def test_what_another_way_left_is_read() -> None:
    """A flow that was lost had begun some, of which some are loaded."""
    readings = Counted()
    assert [*readings.as_they_end(FILES[5:])] == FILES[5:]


def test_a_closed_one_keeps_nobody_waiting() -> None:
    readings = Counted()
    waiting = threading.Thread(target=readings.begin, args=[FILES[-1]], daemon=True)
    waiting.start()
    readings.close()
    waiting.join(60)
    assert not waiting.is_alive()
