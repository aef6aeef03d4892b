"""Fixtures for all tests: an empty warehouse, a filled one, and `carnet` as a function."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from carnet.warehouse.store.db import Connection, open_writer
from tests.builders import load_result, result

settings.register_profile("carnet", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("carnet")  # an example takes as long as it takes: the machine may be busy

EVERYTHING_OFF = {
    "CARNET_LANG": "en",
    "CARNET_PREFECT": "off",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}


LONGEST = (
    "tests/test_hostile.py", "tests/unit/flows/test_crash.py", "tests/unit/read/test_same_as_pdfminer.py",
    "tests/test_accuracy.py", "tests/unit/flows/test_traces.py", "tests/unit/flows/test_ids_stay.py",
    "tests/unit/flows/test_deciding.py", "tests/unit/flows/test_export.py", "tests/unit/flows/test_faults.py",
    "tests/unit/flows/test_browser.py", "tests/test_schedule.py", "tests/test_injection.py", "tests/test_package.py",
    "tests/test_redaction.py", "tests/test_flows.py", "tests/test_many_at_once.py", "tests/test_long_lines.py",
    "tests/unit/flows/test_forgetting.py", "tests/unit/warehouse/test_two_editions.py",
)  # fmt: skip


MEMORY = Path("/dev/shm")
ROOM = 6 << 30
"""Bytes; what all tests write together, with room to spare."""


def pytest_configure() -> None:
    """Where Linux has room in memory, tests write there: a third of the time of what plays with warehouses goes by in
    waiting for the disk, and no test pulls the plug of the machine. TMPDIR says otherwise."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        folder = tempfile.mkdtemp(prefix="carnet-tests-", dir=MEMORY)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # with what programs left that tests killed
        os.environ["TMPDIR"], tempfile.tempdir = folder, None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take longest come first, so that no process is left alone with one at the end."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.location[0].replace(os.sep, "/"), len(LONGEST)))


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test starts Prefect unless it says so, writes outside its folder, or sees the user's warehouse."""
    for name, value in EVERYTHING_OFF.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    for name in ("CARNET_WAREHOUSE", "CARNET_RAW", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a warehouse may be made."""
    return tmp_path / "warehouse" / "carnet.duckdb"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty warehouse, made once: to make one takes ten times as long as to copy it."""
    made = tmp_path_factory.mktemp("empty") / "carnet.duckdb"
    with open_writer(made):
        return made


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with one edition of three missions, made once."""
    made = tmp_path_factory.mktemp("filled") / "carnet.duckdb"
    with open_writer(made) as connection:
        load_result(connection, result())
    return made


@pytest.fixture
def con(path: Path, empty_file: Path) -> Iterator[Connection]:
    """A writing connection to an empty warehouse."""
    with open_writer(_copied(empty_file, path)) as connection:
        yield connection


@pytest.fixture
def filled(path: Path, filled_file: Path) -> Path:
    """A warehouse with one edition of three missions."""
    return _copied(filled_file, path)


def _copied(made: Path, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, path)
    return path


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def carnet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`carnet("sql", "SELECT 1", "--warehouse", path)` in this process."""
    from carnet.flows.cli import main

    def run(*arguments: object) -> Said:
        monkeypatch.setattr("sys.argv", ["carnet", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Said(int(ended.value.code or 0), captured.out, captured.err)

    return run
