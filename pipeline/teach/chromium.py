"""One headless Chromium a process, driven over a pipe: HTML in, printed PDF out. Only drawing needs it."""

from __future__ import annotations

import atexit
import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--disable-dev-shm-usage", "--mute-audio",
    "--disable-features=Translate,OptimizationHints,MediaRouter", "--remote-debugging-pipe",
)  # fmt: skip
_SECONDS = 60.0  # for one answer; a busy machine is slow, a broken browser does not answer at all


class BrowserError(RuntimeError):
    """The browser refused, or does not answer."""


def program() -> str | None:
    """Where Chromium is, None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Browser:
    """A running Chromium with one empty tab. `fonts`: folders of fonts beside the system's."""

    def __init__(self, path: str, fonts: Sequence[Path] = ()) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="carnet-chromium-")
        home = Path(self._home.name)
        (home / "fonts.conf").write_text(_fonts(fonts), encoding="utf-8")
        self._page = home / "page.html"
        there_in, self._out = os.pipe()
        self._in, there_out = os.pipe()
        self._pid = _spawned(path, home, there_in, there_out)
        self._number, self._rest, self._closed = 0, b"", False
        self._ended = False
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        try:
            self._session = self._open()
        except BrowserError:
            self.close()
            raise

    def print(self, html: str, tagged: bool = True) -> bytes:
        """The PDF that the browser prints of a page, its paper as the page's own style says."""
        self._page.write_text(html, encoding="utf-8")
        self._events.clear()
        self._call("Page.navigate", url=self._page.as_uri())
        self._await("Page.loadEventFired")
        told = self._call("Page.printToPDF", printBackground=True, preferCSSPageSize=True, generateTaggedPDF=tagged)
        return base64.b64decode(told["data"])

    def runs(self) -> bool:
        """Is it still there?"""
        self._ended = self._ended or os.waitpid(self._pid, os.WNOHANG)[0] != 0
        return not self._ended

    def close(self) -> None:
        """Ends the browser that this object started; a second time nothing."""
        if self._closed:
            return
        self._closed = True
        for sign, seconds in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)):
            end = time.monotonic() + seconds
            if self.runs():
                os.kill(self._pid, sign)
            while self.runs() and time.monotonic() < end:
                time.sleep(0.02)
        for there in (self._in, self._out):
            os.close(there)
        self._home.cleanup()

    # ---- the protocol: JSON messages, each ended by a zero byte

    def _open(self) -> str:
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = session = str(self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        self._call("Page.enable")
        return session

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        try:
            os.write(self._out, json.dumps(message).encode() + b"\0")
        except BrokenPipeError:
            raise BrowserError("the browser has ended") from None
        while True:
            told = self._read()
            if told.get("id") == self._number:
                if "error" in told:
                    raise BrowserError(f"{method}: {told['error'].get('message')}")
                result: dict[str, Any] = told["result"]
                return result
            self._events.append(told)

    def _await(self, event: str) -> None:
        while not any(e.get("method") == event for e in self._events):
            self._events.append(self._read())

    def _read(self) -> dict[str, Any]:
        end = time.monotonic() + _SECONDS
        pieces = [self._rest]
        while b"\0" not in pieces[-1]:
            ready, _, _ = select.select([self._in], [], [], max(0.0, end - time.monotonic()))
            piece = os.read(self._in, 1 << 20) if ready else b""
            if not piece:
                raise BrowserError("no answer" if not ready else "the browser has ended")
            pieces.append(piece)
        message, _, self._rest = b"".join(pieces).partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        return told


def _spawned(path: str, home: Path, there_in: int, there_out: int) -> int:
    """The process that reads commands from file 3 and answers on file 4, as the browser's pipe wants it."""
    ends = [fcntl.fcntl(there, fcntl.F_DUPFD_CLOEXEC, 10) for there in (there_in, there_out)]  # none of them 3 or 4
    nowhere = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, nowhere, n) for n in (0, 1, 2)]
    actions += [(os.POSIX_SPAWN_DUP2, end, n) for end, n in zip(ends, (3, 4), strict=True)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf"), "TZ": "UTC", "LANG": "C.UTF-8"}
    arguments = [path, *_ARGUMENTS, f"--user-data-dir={home / 'profile'}", "about:blank"]
    try:
        return os.posix_spawn(path, arguments, environment, file_actions=actions)
    finally:
        for there in (there_in, there_out, nowhere, *ends):
            os.close(there)


def _fonts(folders: Sequence[Path]) -> str:
    """A fontconfig file: the system's fonts and those of some folders."""
    listed = "".join(f"<dir>{folder}</dir>" for folder in folders)
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{listed}</fontconfig>'
    )


def browser() -> Browser:
    """The process's own browser, started once; another one where it has ended. BrowserError where there is none."""
    started = _started(os.getpid())
    if not started.runs():
        _started.cache_clear()
        started = _started(os.getpid())
    return started


@cache
def _started(process: int) -> Browser:
    from carnet.pipeline.teach.typst import font_folders

    path = program()
    if path is None:
        raise BrowserError("chromium is not installed")
    new = Browser(path, font_folders())
    atexit.register(new.close)
    return new
