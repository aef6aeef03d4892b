"""Several `carnet ingest` and readers at once, as separate programs: all end well, every row is there once."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from carnet.flows.orchestration.server import Claim
from tests.effort import HANGS
from tests.unit.flows.world import EAU, LAC, MISSION

ROOT = Path(__file__).parent.parent
FIRMS = ("Ondine", "Brivault", "Calidor", "Delmas", "Estuaire", "Fontvive", "Garrigue", "Houlme")
TROUBLE = re.compile(r"Traceback|locked|lock on file|IO Error|carnet's fault|carnet failed|going on without", re.I)


def carnet(folder: Path, *arguments: str, prefect: str = "off") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from carnet.flows.cli import main; main()", *arguments]
    environment = os.environ | {
        "CARNET_WAREHOUSE": str(folder / "warehouse" / "carnet.duckdb"),
        "CARNET_PREFECT": prefect,
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def brochures(folder: Path, count: int) -> list[Path]:
    out = []
    for number, firm in enumerate(FIRMS[:count]):
        missions = [m | {"client": f"{m['client']}-sur-{firm}", "period": str(2010 + number)} for m in (EAU, LAC)]
        text = f"# {firm} Conseil\n\nÉdition juin 2021\n\n## Eau\n" + "".join(MISSION.format(**m) for m in missions)
        path = folder / "in" / f"{firm.lower()}.md"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
        out.append(path)
    return out


def check(folder: Path, writers: int, readers: int, prefect: str = "off") -> None:
    files = brochures(folder, writers)
    first, _ = carnet(folder, "ingest", str(files[0])).communicate(timeout=HANGS)  # readers find a warehouse
    writing = [carnet(folder, "ingest", str(file), prefect=prefect) for file in files]
    questions = [["sql", "SELECT count(*) FROM missions", "--format", "csv"], ["missions", "--json"]]
    asked = 0
    while any(w.poll() is None for w in writing):
        reading = [carnet(folder, *questions[n % 2]) for n in range(readers)]
        for reader in reading:
            answer, errors = reader.communicate(timeout=HANGS)
            assert (reader.returncode, TROUBLE.search(errors)) == (0, None), errors
            assert answer
            asked += 1
        time.sleep(0.05)
    for writer in writing:
        _, errors = writer.communicate(timeout=HANGS)
        assert (writer.returncode, TROUBLE.search(errors)) == (0, None), errors
    out, _ = carnet(folder, "missions", "--json").communicate(timeout=HANGS)
    clients = sorted(m["client"] for m in json.loads(out))
    assert clients == sorted({f"{m['client']}-sur-{firm}" for m in (EAU, LAC) for firm in FIRMS[:writers]})
    assert asked >= readers
    program_rebuilds_the_same(folder)


def program_rebuilds_the_same(folder: Path) -> None:
    rebuilt = carnet(folder, "rebuild", "--dry-run")
    out, errors = rebuilt.communicate(timeout=HANGS)
    assert (rebuilt.returncode, "would be the same" in out) == (0, True), out + errors


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_killed_with_prefect_on(tmp_path: Path) -> None:
    """Programs that are killed leave no server behind, and nothing that stops the next one."""
    files = brochures(tmp_path, 2)
    for file, seconds in zip(files, (2.5, 5.5), strict=True):
        program = carnet(tmp_path, "ingest", str(file), prefect="on")
        time.sleep(seconds)
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate(timeout=HANGS)
    last = carnet(tmp_path, "ingest", str(tmp_path / "in"), prefect="on")
    _, errors = last.communicate(timeout=HANGS)
    assert (last.returncode, TROUBLE.search(errors)) == (0, None), errors
    out, _ = carnet(tmp_path, "missions", "--json").communicate(timeout=HANGS)
    assert len(json.loads(out)) == 4
    program_rebuilds_the_same(tmp_path)
    server = Claim(tmp_path / "warehouse" / ".prefect" / "running.lock")
    until = time.monotonic() + HANGS
    while not server.take() and time.monotonic() < until:
        time.sleep(0.1)
    assert server.take(), "the server is there still"


@pytest.mark.slow
def test_two_ingests_and_a_reader(tmp_path: Path) -> None:
    check(tmp_path, 2, 1)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("CARNET_KILLS"), reason="takes a minute; CARNET_KILLS=200 asks for it")
@pytest.mark.parametrize("prefect", ["off", "on"])
def test_eight_ingests_and_four_readers(prefect: str, tmp_path: Path) -> None:
    check(tmp_path, 8, 4, prefect)
