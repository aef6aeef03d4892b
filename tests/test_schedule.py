"""What `prefect.yaml` promises: its own steps run as they stand, a scheduled run reads what is dropped into raw/."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from carnet.flows.orchestration.schedule import main
from carnet.flows.orchestration.server import LocalServer
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.disk.errors import WarehouseError
from tests.effort import HANGS
from tests.test_flows import BROCHURE

ROOT = Path(__file__).parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="ends processes by their group")]


def steps() -> list[tuple[str, str]]:
    """Each command in the head of `prefect.yaml`, with the remark behind it."""
    head = (ROOT / "prefect.yaml").read_text(encoding="utf-8").partition("\nname:")[0]
    return re.findall(r"^#   (\S.*?) {2,}\((.*)\)$", head, re.MULTILINE)


def wait_for(what: Callable[[], Any], why: Callable[[], str]) -> Any:
    """What it gives, once it gives something."""
    until = time.monotonic() + HANGS
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError(why())


class Folder:
    """A copy of the project in which the steps are run, each as in a terminal; ends what it started."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.running: list[subprocess.Popen[bytes]] = []
        for name in ("flows", "pipeline", "schemas", "warehouse"):
            shutil.copytree(
                ROOT / name, path / name, ignore=shutil.ignore_patterns("__pycache__", "*.duckdb*", ".prefect")
            )
        (path / "raw").mkdir()
        shutil.copy(ROOT / "prefect.yaml", path)
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "CARNET_"))}
        self.environ = ours | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PREFECT_HOME": str(path / "home"),
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
        }

    def run(self, command: str) -> str:
        done = subprocess.run(
            command, shell=True, cwd=self.path, env=self.environ, capture_output=True, text=True, timeout=HANGS
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def begin(self, command: str) -> None:
        """Keep it running; what it says goes to a file."""
        with self.log(len(self.running)).open("wb") as log:
            self.running.append(
                subprocess.Popen(
                    command, shell=True, cwd=self.path, env=self.environ, stdout=log, stderr=log, start_new_session=True
                )
            )

    def log(self, number: int) -> Path:
        return self.path / f"{number}.log"

    def said(self) -> str:
        return "\n".join(self.log(n).read_text(errors="replace")[-3000:] for n in range(len(self.running)))

    def end(self) -> None:
        """At once, with all that they started: the shell of each leads a group of its own."""
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(HANGS)

    def answers(self, path: str = "health", **more: Any) -> Any:
        """What the server answers to somebody with the key; None while it does not."""
        settings = dict(line.split("=", 1) for line in (self.path / ".env").read_text().splitlines())
        asked = urllib.request.Request(f"{settings['PREFECT_API_URL']}/{path}", **more)
        asked.add_header("Authorization", f"Basic {b64encode(settings['PREFECT_API_AUTH_STRING'].encode()).decode()}")
        asked.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(asked, timeout=HANGS) as answer:
                return json.load(answer)
        except urllib.error.URLError:
            return None

    def runs(self) -> list[dict[str, Any]]:
        """Runs of the watching deployment, the first one first."""
        wanted = {"deployments": {"name": {"any_": ["watch-raw"]}}, "sort": "START_TIME_ASC"}
        return self.answers("flow_runs/filter", data=json.dumps(wanted).encode()) or []

    def logged(self) -> list[str]:
        """What the runs said."""
        found = self.answers("logs/filter", data=json.dumps({"logs": {"flow_run_id": {"any_": self._ids()}}}).encode())
        assert found
        return [line["message"] for line in found]

    def _ids(self) -> list[str]:
        return [run["id"] for run in self.runs() if run["state_type"] == "COMPLETED"]

    def missions(self) -> int:
        try:
            with open_reader(self.path / "warehouse" / "carnet.duckdb") as con:
                return int(ask(con, "SELECT count(*) FROM missions").rows[0][0])
        except WarehouseError:
            return 0


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    try:
        yield made
    finally:
        made.end()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_scheduled_run_reads_what_is_dropped_into_the_folder(folder: Folder) -> None:
    for command, remark in steps():
        if "keep it running" in remark:
            folder.begin(command)
            wait_for(folder.answers, folder.said)
        else:
            folder.run(command)
        if command.endswith("carnet.flows.orchestration.schedule"):
            env = folder.path / ".env"
            assert stat.S_IMODE(env.stat().st_mode) == 0o600
            env.write_text(env.read_text().replace("4200", str(free_port())))
    planned = wait_for(folder.runs, folder.said)
    assert {run["expected_start_time"][15:19] for run in planned} == {"0:00"}, "every ten minutes, as it stands"
    (folder.path / "raw" / "ondine.md").write_text(BROCHURE, encoding="utf-8")
    (folder.path / "raw" / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else\n%%EOF\n")
    folder.run("prefect deployment schedule create ingest/watch-raw --interval 10")  # nobody waits ten minutes here
    wait_for(lambda: folder.missions() == 2, folder.said)
    wait_for(lambda: "Completed, 1 refused" in {run["state_name"] for run in folder.runs()}, folder.said)
    assert {run["state_type"] for run in folder.runs()} & {"FAILED", "CRASHED"} == set()
    assert [line for line in folder.logged() if "Traceback" in line] == []


def refused_without_key(url: str) -> tuple[int, str | None]:
    """What a page of another server gets: the status, and whether a browser would show it the answer."""
    asked = urllib.request.Request(f"{url}/flow_runs/filter", data=b"{}")
    asked.add_header("Content-Type", "application/json")
    asked.add_header("Origin", "https://elsewhere.example")
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(asked, timeout=HANGS)
    return told.value.code, told.value.headers.get("Access-Control-Allow-Origin")


def test_the_server_of_an_ingest_answers_nobody_without_its_key(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "warehouse" / "carnet.duckdb")
    server = LocalServer(settings)
    try:
        url = server.url()
        assert refused_without_key(url) == (401, None)
        assert stat.S_IMODE(settings.prefect_home.stat().st_mode) == 0o700
        assert stat.S_IMODE((settings.prefect_home / "key").stat().st_mode) == 0o600
        key = server.connection()["api.auth_string"]
        asked = urllib.request.Request(f"{url}/flow_runs/filter", data=b"{}")
        asked.add_header("Content-Type", "application/json")
        asked.add_header("Authorization", f"Basic {b64encode(str(key).encode()).decode()}")
        with urllib.request.urlopen(asked, timeout=HANGS) as answer:
            assert json.load(answer) == []
        assert [listened(url, word) for word in (None, "guessed:word", str(key))] == [False, False, True]
    finally:
        server.stop()


def listened(url: str, key: str | None) -> bool:
    """Whether the server lets a program without, or with this key hear what happens."""
    address = f"{url.replace('http', 'ws', 1)}/events/out"
    try:
        with connect(address, subprotocols=[Subprotocol("prefect")] if key else None, proxy=None) as socket:
            socket.send(json.dumps({"type": "auth", "token": key}))
            return bool(json.loads(socket.recv())["type"] == "auth_success")
    except (InvalidStatus, ConnectionClosed):
        return False


def test_no_other_env_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main() == 0
    before = (tmp_path / ".env").read_bytes()
    assert b"PREFECT_SERVER_API_AUTH_STRING=carnet:" in before
    assert main() == 1
    assert (tmp_path / ".env").read_bytes() == before
