"""A disk that is full, a folder that is read-only, files that vanish or change, a clock that jumps: said in one
sentence, nothing half."""

from __future__ import annotations

import datetime as dt
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from carnet.flows.inbox.arrivals import look_at
from carnet.flows.services import ingest as ingesting
from carnet.flows.services.ingest import Run, load_reading, outcome_of
from carnet.flows.workers.answers import Failure
from carnet.flows.workers.child import read_one
from carnet.warehouse.disk.archive import GONE
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.trouble import os_in_words
from carnet.warehouse.loading.known import Naming
from tests.unit.flows.killed import in_child
from tests.unit.flows.world import EDITIONS, World, reading_of

ROOT = Path(__file__).parents[3]
OLD, NEW, NEWEST = EDITIONS
COMMANDS: dict[str, Callable[[World], object]] = {
    "ingest": lambda w: w.ingest(NEW),
    "correct": lambda w: w.correct(w.id_of("Brenoux"), "amount", "31500"),
    "forget": lambda w: w.forget("Aline Verdeau"),
    "rebuild": lambda w: w.rebuild(),
    "export": lambda w: w.export(),
}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.slow
@pytest.mark.parametrize("bytes_left", [300, 1_000_000, "size"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(name: str, bytes_left: int | str, tmp_path: Path) -> None:
    """No file may grow beyond so many bytes, which to a program looks like a full disk."""
    world = World(tmp_path)
    world.ingest(OLD)
    confirmed = world.confirmed()
    limit = world.settings.warehouse.stat().st_size if bytes_left == "size" else int(bytes_left)

    def with_little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            COMMANDS[name](world)
        except WarehouseError as error:
            assert "disk is full" in str(error), error
        except OSError as error:
            assert re.search(r"raw/\S+: the disk is full", os_in_words(error)), os_in_words(error)
        else:
            assert bytes_left != 300, "it should not have worked"

    assert in_child(with_little_room) == "done"
    world.assert_whole(confirmed)
    COMMANDS[name](world)
    world.assert_whole(confirmed)
    assert world.leftovers() == []


READ_ONLY = [
    "unshare",
    "-rm",
    "sh",
    "-c",
    'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"',
]
"""A command that sees the folder named first as on a read-only disk, where the system lets one do so."""
WRITING = {
    "ingest": ["ingest", "in"], "correct": ["correct", "MISSION", "amount", "31500", "--why", "lettre"],
    "export": ["export", "out"], "references": ["references", "--out", "r.docx"], "rebuild": ["rebuild"],
    "dashboard": ["dashboard", "page.html"], "forget": ["forget", "Aline Verdeau", "--yes"],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare")
def test_a_disk_that_is_read_only(tmp_path: Path) -> None:
    """Questions are answered, all else is refused in one sentence; nothing is changed."""
    world = World(tmp_path)
    world.ingest(OLD)
    confirmed, mission = world.confirmed(), world.id_of("Brenoux")
    if subprocess.run([*READ_ONLY, str(tmp_path), "true"], capture_output=True).returncode:
        pytest.skip("no right to mount")
    places = {"CARNET_WAREHOUSE": str(world.settings.warehouse), "CARNET_RAW": str(world.settings.raw)}

    def carnet(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); from carnet.flows.cli import main; main()",
        ]
        return subprocess.run(
            [*READ_ONLY, str(tmp_path), *command, *arguments], cwd=tmp_path, capture_output=True, text=True,
            env=os.environ | places | {"CARNET_PREFECT": "off", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    for question in (
        ["missions"],
        ["sql", "FROM editions"],
        ["history"],
        ["findings"],
        ["diff"],
        ["ingest", f"in/{OLD}"],
    ):
        assert carnet(*question).returncode == 0, question
    for name, arguments in WRITING.items():
        said = carnet(*(mission if word == "MISSION" else word for word in arguments))
        assert said.returncode == 1, name
        assert "Traceback" not in said.stderr and "fault" not in said.stderr, said.stderr
        assert re.search(r"read-only|can't be written", said.stderr.splitlines()[-1]), (name, said.stderr)
    world.assert_whole(confirmed)
    assert world.leftovers() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.ingest(OLD)
    folder = world.settings.warehouse.parent
    folder.chmod(0o500)
    try:
        with pytest.raises(WarehouseError, match="no right to"):
            world.correct(world.id_of("Brenoux"), "amount", "31500")
    finally:
        folder.chmod(0o700)


def test_a_file_that_vanishes_before_it_is_read(tmp_path: Path) -> None:
    world = World(tmp_path)
    ((arrival,), _) = look_at([tmp_path / "in" / OLD])
    arrival.path.unlink()
    found = read_one(arrival.path, arrival.sha256, arrival.media_type, world.settings)
    assert found == Failure("passing", "can't be read: No such file or directory")


def test_a_file_that_vanishes_before_it_is_kept(tmp_path: Path) -> None:
    world = World(tmp_path)
    ((arrival,), _) = look_at([tmp_path / "in" / OLD])
    reading = reading_of(arrival.path.read_bytes(), arrival.name)
    arrival.path.unlink()
    run = Run(world.settings, Naming(), [arrival], [])
    outcome = outcome_of(arrival, lambda: load_reading(arrival, reading, run))
    assert (outcome.status, outcome.internal) == ("refused", None)
    assert outcome.reason == GONE
    assert world.ask("FROM editions") == []


def test_a_file_that_changes_before_it_is_kept(tmp_path: Path) -> None:
    """The archive holds what was read, or the file is not taken in."""
    world = World(tmp_path)
    ((arrival,), _) = look_at([tmp_path / "in" / OLD])
    reading = reading_of(arrival.path.read_bytes(), arrival.name)
    arrival.path.write_text("# Something else")
    run = Run(world.settings, Naming(), [arrival], [])
    outcome = outcome_of(arrival, lambda: load_reading(arrival, reading, run))
    assert outcome.reason == GONE
    assert world.ask("FROM editions") == []


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_jumps(years: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing rests on the order of days on which things came."""
    world = World(tmp_path)
    world.ingest(OLD)
    jumped = dt.datetime.now(dt.UTC).replace(day=1) + dt.timedelta(days=365 * years)

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Clock:  # type: ignore[override]
            return cls.fromtimestamp(jumped.timestamp(), tz)

    monkeypatch.setattr(ingesting.dt, "datetime", Clock)
    world.ingest(NEW)
    world.correct(world.id_of("Brenoux"), "amount", "31500")
    monkeypatch.undo()
    world.correct(world.id_of("Brenoux"), "amount", "32000")
    world.ingest(NEWEST)
    assert world.ask("SELECT amount FROM missions WHERE client LIKE '%Brenoux'")[0][0] == 32000
    world.assert_whole(world.confirmed())
