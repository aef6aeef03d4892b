"""What is refused, how it is told, and how it stays in quarantine until something changes."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from carnet.flows.inbox.refusals import list_of, refusals, remember
from carnet.flows.services import ingest as ingest_module
from carnet.flows.services.ingest import plan
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, FileReading
from carnet.flows.workers.child import Watch, _limit, read_one
from carnet.flows.workers.pool import wait_for_answer
from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.limits import LimitExceeded
from carnet.warehouse.loading.known import Naming
from tests.builders import write_file
from tests.effort import HANGS
from tests.unit.flows.test_reading import PASSING, REFUSED, run_with


def answer_of(
    work: object, seconds: float = HANGS, begun: Callable[[], object] = lambda: None
) -> FileReading | Failure:
    """What `wait_for_answer` makes of a process that does `work(pipe)`, once `begun()` is back."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs,), daemon=True)  # type: ignore[arg-type]
    process.start()
    theirs.close()
    begun()
    return wait_for_answer(process, ours, seconds)


def die_on_page_3(pipe: Connection) -> None:
    pipe.send(3)
    os.kill(os.getpid(), signal.SIGKILL)


def test_who_hangs_is_ended_and_the_page_is_named() -> None:
    """Its pages are told before anybody listens: how long they take is no matter."""
    told = multiprocessing.get_context("fork").Event()

    def work(pipe: Connection) -> None:
        for page in range(13):
            pipe.send(page)
        told.set()
        time.sleep(HANGS)

    failure = answer_of(work, 0.5, lambda: told.wait(HANGS))
    assert isinstance(failure, Failure)
    assert failure.kind == "silent"
    assert failure.reason.startswith("gave up on page 12: nothing was heard of it for 0.5 s; ")


def test_who_uses_up_the_processor_is_ended_in_whatever_code_and_the_page_is_named() -> None:
    """The system ends it: no handler of ours is asked."""

    def work(pipe: Connection) -> None:
        _limit(Settings(Path("carnet.duckdb"), file_seconds=0.5))
        pipe.send(7)
        re.fullmatch("(a|aa)+", "a" * 5000 + "b")  # one call of C code, for ever

    failure = answer_of(work)
    assert isinstance(failure, Failure)
    assert failure.kind == "refused"
    assert failure.reason.startswith("gave up on page 7: it takes more of the processor than a file may have; ")


def test_waiting_costs_nothing() -> None:
    """Of a busy machine a process gets a turn now and then: that is none of its own time."""

    def work(pipe: Connection) -> None:
        _limit(Settings(Path("carnet.duckdb"), file_seconds=0.5))
        time.sleep(2)
        pipe.send(FileReading("draft", "result", 0.1))

    assert answer_of(work) == FileReading("draft", "result", 0.1)


class Clock:
    """Processor time that passes when a page is read."""

    def __init__(self, *pages: float) -> None:
        self.pages, self.now = iter(pages), 0.0

    def __call__(self) -> float:
        return self.now

    def read_a_page(self) -> None:
        self.now += next(self.pages)


@pytest.mark.parametrize(
    ("seconds", "pages", "sentence"),
    [
        (0.025, 300, None),
        (0.125, 300, None),  # 8 * 0.125 * 300 = 300 s of 360
        (0.1875, 300, "its 300 pages would take about 450 s of the processor (4 were tried), a file of so many "
                        "may take 360 s; allow more with CARNET_FILE_SECONDS=150"),
        (0.3125, 101, "its 101 pages would take about 252 s of the processor (4 were tried), a file of so many "
                        "may take 121 s; allow more with CARNET_FILE_SECONDS=250"),
    ],
)  # fmt: skip
def test_a_long_document_is_judged_by_the_first_pages_tried(
    seconds: float, pages: int, sentence: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed: list[float] = []
    monkeypatch.setattr("carnet.flows.workers.child._limit_processor", allowed.append)
    clock = Clock(50.0, *[seconds] * 4)
    _, theirs = multiprocessing.Pipe(duplex=False)
    watch = Watch(theirs, Settings(Path("carnet.duckdb")), clock)
    for number in range(5):  # 0: opening the file, which is done once
        with watch.page(number):
            clock.read_a_page()
    if sentence:
        with pytest.raises(UnreadableDocument, match=re.escape(sentence)):
            watch.tried(4, pages)
    else:
        watch.tried(4, pages)
        assert allowed == [clock.now + 1.2 * pages]


def test_who_dies_is_told_of() -> None:
    failure = answer_of(die_on_page_3)
    assert isinstance(failure, Failure)
    assert failure.reason == "the process that read it ended on page 3 (SIGKILL): it is damaged, or too big"


def test_an_answer_comes_after_the_pages() -> None:
    def work(pipe: Connection) -> None:
        pipe.send(0)
        pipe.send(1)
        pipe.send(FileReading("draft", "result", 0.1))

    assert answer_of(work) == FileReading("draft", "result", 0.1)


def test_a_page_that_takes_too_long_is_ended() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    watch = Watch(theirs, Settings(Path("carnet.duckdb"), page_seconds=0.1))
    with pytest.raises(LimitExceeded, match=r"it takes longer than 0\.1 s"), watch.page(4):
        while True:
            pass
    assert ours.recv() == 4
    time.sleep(0.15)  # no alarm is left


def test_a_file_without_missions_says_what_was_read(tmp_path: Path) -> None:
    content = "Menu du jour\n\nSoupe de courge\n"
    file = write_file(tmp_path / "menu.txt", content)
    failure = read_one(file, hashlib.sha256(content.encode()).hexdigest(), "text/plain", Settings(tmp_path))
    assert failure == Failure("refused", "no mission found: 6 words read; is it a brochure of references?")


# ---- quarantine ---------------------------------------------------------------------------------------------------


@pytest.fixture
def quarantined(tmp_path: Path, path: Path) -> tuple[Path, Settings]:
    """A file that was refused, one that was read, one whose trouble may pass."""
    files = [write_file(tmp_path / "in" / f"{name}.txt", name) for name in ("bad", "good", "away")]
    run_with(files, path, bad=[REFUSED], away=[PASSING] * 3)
    return tmp_path / "in", Settings(path)


def test_refused_files_are_listed_and_not_tried_again(quarantined: tuple[Path, Settings]) -> None:
    folder, settings = quarantined
    assert [(Path(r.path).name, r.reason) for r in refusals(settings).values()] == [("bad.txt", REFUSED.reason)]
    run = plan([folder], settings, Naming())
    assert [arrival.name for arrival in run.to_read] == ["away.txt"]
    assert [o.path.name for o in run.refused] == ["bad.txt"]
    assert str(run.refused[0].reason).startswith(f"{REFUSED.reason} (so on 2")


def test_they_are_tried_again_when_asked_or_changed(
    quarantined: tuple[Path, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, settings = quarantined
    bad = folder / "bad.txt"
    assert len(plan([bad], settings, Naming(), retry=True).to_read) == 1
    assert len(plan([bad], replace(settings, file_seconds=1000.0), Naming()).to_read) == 1
    with monkeypatch.context() as patch:
        patch.setattr(ingest_module, "code_version", lambda: "a newer one")
        assert len(plan([bad], settings, Naming()).to_read) == 1
    bad.write_text("another content")
    assert len(plan([bad], settings, Naming()).to_read) == 1


def test_a_password_tries_protected_files_again(tmp_path: Path, path: Path) -> None:
    file = write_file(tmp_path / "locked.txt", "locked")
    run_with([file], path, locked=[Failure("refused", "encrypted: needs a password")])
    assert plan([file], Settings(path), Naming()).to_read == []
    assert len(plan([file], Settings(path, password="x"), Naming()).to_read) == 1
    assert "password='" not in repr(Settings(path, password="x"))


def test_what_is_read_after_all_leaves_the_list(quarantined: tuple[Path, Settings]) -> None:
    _, settings = quarantined
    refusal = next(iter(refusals(settings).values()))
    remember(settings, refusal.sha256, refusal.path, None, "any")
    assert refusals(settings) == {}


def test_a_line_cut_short_is_passed_over(quarantined: tuple[Path, Settings]) -> None:
    _, settings = quarantined
    with list_of(settings).open("a") as file:
        file.write('{"sha256": "ab')
    assert len(refusals(settings)) == 1
