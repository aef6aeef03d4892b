"""A Prefect server for the length of one command, on this machine only, with no network and no telemetry.

Prefect starts such a server by itself, but then loads all of it into this process too (4 s), and only once a flow
begins. Ours starts while files are read already. Run as `python -m flows.prefect_server PORT`, it ends with its parent.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, suppress
from importlib.metadata import version

from flows.settings import Settings

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # to the run's log, not to the terminal
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}
START_SECONDS = 120.0


class ServerUnavailable(Exception):
    """Prefect's server did not start; the run can go on without it."""


class LocalServer:
    """A server that is starting from the moment this is made; `url` waits until it answers."""

    def __init__(self, settings: Settings) -> None:
        self._home = settings.prefect_home
        self._template = settings.cache / f"prefect-{version('prefect')}.db" if settings.cache else None
        self._port = _free_port()
        self._log = self._home / "server.log"
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._begin_with_template()
            with self._log.open("wb") as log:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "flows.prefect_server", str(self._port)],
                    env=os.environ | prefect_environment(settings),
                    stdin=subprocess.PIPE,  # its end tells the server that this process has ended
                    stdout=log,
                    stderr=log,
                )
        except OSError as error:
            raise ServerUnavailable(f"{error.strerror or error}: {self._home}") from error

    def url(self) -> str:
        """The API's address; ServerUnavailable when the server ended or does not answer in time."""
        address = f"http://127.0.0.1:{self._port}/api"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise ServerUnavailable(f"it ended with code {self._process.returncode}; see {self._log}")
            with suppress(OSError), urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 - loopback
                self._keep_template()
                return address
            time.sleep(0.05)
        raise ServerUnavailable(f"it did not answer within {START_SECONDS:.0f} s; see {self._log}")

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _begin_with_template(self) -> None:
        """A copy of an empty database spares a new home the 5 s in which Prefect builds one."""
        database = self._home / "prefect.db"
        if self._template and self._template.exists() and not database.exists():
            part = self._home / "prefect.db.part"
            shutil.copyfile(self._template, part)
            part.replace(database)

    def _keep_template(self) -> None:
        """Keep the database as it is before the first run; it holds nothing of anybody's yet."""
        if not self._template or self._template.exists():
            return
        with suppress(OSError, sqlite3.Error):
            part = self._template.with_name(f"{self._template.name}.{os.getpid()}")
            part.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._home / "prefect.db")) as ours, closing(sqlite3.connect(part)) as copy:
                ours.backup(copy)
                unused = copy.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)
            part.replace(self._template) if unused else part.unlink()


def prefect_environment(settings: Settings) -> dict[str, str]:
    """What Prefect must find in the environment before it is imported; what the user set goes first."""
    ours = QUIET | {"PREFECT_HOME": str(settings.prefect_home)}
    return {name: value for name, value in ours.items() if name not in os.environ}


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """The server itself."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ |= {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="error",
        lifespan="on",
    )


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
