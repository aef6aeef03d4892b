"""A Prefect server for as long as commands run, on this machine only, with no network and no telemetry.

Prefect starts such a server by itself, but then loads all of it into this process too (4 s), and only once a flow
begins. Ours starts while files are read already, serves all commands on one warehouse, and ends with the last of them.
It answers only who has its key, which lies in a folder that nobody else may open: other users of the machine, and pages
in a browser, can reach the port.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

from carnet.flows.settings import Settings
from carnet.warehouse.disk.files import write_new
from carnet.warehouse.disk.sqlite import copy_database

try:
    import fcntl
except ImportError:  # Windows: there each command starts a server of its own
    fcntl = None  # type: ignore[assignment]

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # to the run's log, not to the terminal
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}
START_SECONDS = 120.0
STOP_SECONDS = 3.0
SHARED = fcntl is not None


class ServerUnavailable(Exception):
    """Prefect's server did not start; the run can go on without it."""


class LocalServer:
    """A server that is starting, or runs already for another command, from the moment this is made; `url` waits until
    it answers. Several commands on one warehouse share it, for its database takes one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._home = settings.prefect_home
        self._template = settings.cache / f"prefect-{version('prefect')}.db" if settings.cache else None
        self._log = self._home / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._home.chmod(0o700)
            self._use = Claim(self._home / "in-use.lock")
            self._use.take(shared=True, wait=True)
            self._start = Claim(self._home / "start.lock")
            if self._start.take():
                self._find_or_start()
        except OSError as error:
            raise ServerUnavailable(f"{error.strerror or error}: {self._home}") from error

    def url(self) -> str:
        """The API's address; ServerUnavailable when the server ended or does not answer in time."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not self._port and self._start.take():  # who began to start one has done so, or has ended
                self._find_or_start()
            if self._process and self._process.poll() is not None:
                raise ServerUnavailable(f"it ended with code {self._process.returncode}; see {self._log}")
            address = f"http://127.0.0.1:{self._port}/api"
            if self._port:
                if _answers(f"{address}/health"):
                    self._keep_template()
                    self._start.drop()
                    return address
                if not self._process:  # it ended just now, or does not answer yet
                    self._find_or_start()
            time.sleep(0.05)
        raise ServerUnavailable(f"it did not answer within {START_SECONDS:.0f} s; see {self._log}")

    def connection(self) -> dict[str, str | None]:
        """Prefect's settings with which it reaches this server, once that answers, and no other one."""
        return {"api.url": self.url(), "api.auth_string": _key(self._home), "api.key": None}

    def stop(self) -> None:
        """No longer needed here; the last who needs it waits for its end."""
        self._start.drop()
        self._use.drop()
        last = self._use.take()
        self._use.drop()
        if self._process and (last or not SHARED):
            if not SHARED:
                self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=STOP_SECONDS)

    def _find_or_start(self) -> None:
        """The port of the server that another command started; else one of our own. Who calls holds `start`."""
        running = Claim(self._home / "running.lock")
        with suppress(OSError, ValueError):
            if SHARED and not running.take():
                self._port = int((self._home / "port").read_text(encoding="ascii"))
                return
        running.drop()
        self._begin_with_template()
        self._port = _free_port()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "carnet.flows.orchestration.server", str(self._port), str(self._home)],
                env=_without_account() | prefect_environment(self._settings) | guarded(self._port, _key(self._home)),
                stdin=subprocess.PIPE,  # its end tells the server that this process has ended, where locks can't
                stdout=log,
                stderr=log,
                start_new_session=True,  # it may outlive this command, if another uses it
            )

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
            unused = copy_database(self._home / "prefect.db", part, unused="flow_run")
            part.replace(self._template) if unused else part.unlink()


def _answers(address: str) -> bool:
    import urllib.request  # a tenth of a second, which only who has a server pays

    with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
        return True
    return False


def is_running(settings: Settings) -> bool:
    """Does a server of ours run, for another command on this warehouse?"""
    lock = settings.prefect_home / "running.lock"
    if not SHARED or not lock.exists():
        return False
    running = Claim(lock)
    try:
        return not running.take()
    except OSError:
        return False
    finally:
        running.drop()


def prefect_environment(settings: Settings) -> dict[str, str]:
    """What Prefect must find in the environment before it is imported; what the user set goes first."""
    ours = QUIET | {"PREFECT_HOME": str(settings.prefect_home)}
    return {name: value for name, value in ours.items() if name not in os.environ}


def guarded(port: int, key: str) -> dict[str, str]:
    """The environment of a server that asks for the key, and lets pages of other servers ask nothing."""
    here = f"http://127.0.0.1:{port}"
    return {
        "PREFECT_API_URL": f"{here}/api",
        "PREFECT_SERVER_API_AUTH_STRING": key,
        "PREFECT_API_AUTH_STRING": key,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": here,
    }


def _without_account() -> dict[str, str]:
    """The environment but for the key of Prefect's cloud, which would go before the server's own."""
    return {name: value for name, value in os.environ.items() if name != "PREFECT_API_KEY"}


def new_key() -> str:
    """User and password, as Prefect takes them."""
    return f"carnet:{secrets.token_hex(32)}"


def _key(home: Path) -> str:
    """That of all servers of this home; made when it is first needed, by who holds `start`."""
    path = home / "key"
    if not path.exists():
        write_new(path, new_key().encode("ascii"), mode=0o600)
    return path.read_text(encoding="ascii")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Claim:
    """A lock file that the operating system drops when its holder ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        if fcntl is None:
            return True
        if self._fd is None:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def drop(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def main() -> None:
    """The server itself: `python -m carnet.flows.orchestration.server PORT HOME`."""
    port, home = int(sys.argv[1]), Path(sys.argv[2])
    running = Claim(home / "running.lock")
    running.take(wait=True)
    (home / "port").write_text(str(port), encoding="ascii")
    threading.Thread(target=_end_when_unused if SHARED else _end_with_parent, args=(home,), daemon=True).start()
    os.environ |= {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
    )


def _end_when_unused(home: Path) -> None:
    """End once no command holds its claim; one that comes now waits for the end, and starts another."""
    use = Claim(home / "in-use.lock")
    while not use.take():
        time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(0)


def _end_with_parent(home: Path) -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
