"""LibreOffice without a window: an office file in, its PDF out, in a process that can do nothing else.

Its profile is new for each file and says: no macros, no active content, nothing fetched for a document, no network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from carnet.pipeline.read.keep import KeptWords
from carnet.pipeline.read.limits import LimitExceeded
from carnet.pipeline.read.reading import ReadOptions

SECONDS = 240.0
"""On the wall. What it may take of processor and memory is bounded by the limits of the process that starts it."""
_SETTINGS = {
    "Common/Security/Scripting": {
        "MacroSecurityLevel": ("int", "3"),
        "DisableMacrosExecution": ("boolean", "true"),
        "DisableActiveContent": ("boolean", "true"),
        "BlockUntrustedRefererLinks": ("boolean", "true"),
        "HyperlinksWithCtrlClick": ("boolean", "true"),
    },
    "Common/Save/Document": {"WarnAlienFormat": ("boolean", "false")},
    "Writer/Content/Update": {"Link": ("int", "0")},
    "Calc/Content/Update": {"Link": ("int", "1")},
}
"""By path below org.openoffice.Office: what the profile sets."""
_PROXY = {"ooInetProxyType": ("int", "2"), "ooInetHTTPProxyName": ("string", "127.0.0.1"),
          "ooInetHTTPProxyPort": ("int", "9"), "ooInetHTTPSProxyName": ("string", "127.0.0.1"),
          "ooInetHTTPSProxyPort": ("int", "9"), "ooInetNoProxy": ("string", "")}  # fmt: skip
"""Whatever would still be fetched is asked of a port where nobody listens."""

_TONGUE = {"ooSetupSystemLocale": ("string", "fr-FR")}
"""Figures and days of cells are said as in France: 3 June is 03/06, not 06/03."""


class NotPrinted(Exception):
    """LibreOffice is missing or made no PDF; why, in half a sentence."""


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def printed(data: bytes, suffix: str, asked: ReadOptions) -> bytes:
    """The PDF of an office file; made once for each content. NotPrinted where LibreOffice makes none."""
    path = program() if asked.office else None
    if path is None:
        raise NotPrinted("LibreOffice is not installed" if asked.office else "LibreOffice is not wanted")
    kept = KeptWords(asked.keep)
    told = repr((_SETTINGS, _PROXY, _TONGUE)).encode()  # printed otherwise, it is another PDF
    key = f"{hashlib.sha256(told + data).hexdigest()}.pdf"
    made = kept.get(key)
    if made is None:
        made = _print(path, data, suffix, asked.keep)
        kept.put(key, made)
    return made


def _print(path: str, data: bytes, suffix: str, folder: Path | None) -> bytes:
    if folder:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="office-", dir=folder, ignore_cleanup_errors=True) as home:
        source, profile = Path(home) / f"in{suffix}", Path(home) / "profile"
        source.write_bytes(data)
        _write_profile(profile)
        command = [path, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
                   "--convert-to", "pdf", "--outdir", home, str(source)]  # fmt: skip
        _run([*_without_network(), *command], Path(home))
        out = source.with_suffix(".pdf")
        if not out.is_file():
            raise NotPrinted("LibreOffice can't print it")
        return out.read_bytes()


def _run(command: list[str], home: Path) -> None:
    """In a session of its own, which is ended whole when it takes too long."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    environ = {**kept, "HOME": str(home), "TMPDIR": str(home), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command, cwd=home, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise LimitExceeded(f"LibreOffice took longer than {SECONDS:g} s to print it") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:  # Windows
            process.kill()
        process.wait()


@cache
def _without_network() -> tuple[str, ...]:
    """What goes before a command so that it has no network, where the system lets users do so (Linux)."""
    path = shutil.which("unshare")
    if path is None:
        return ()
    alone = (path, "--user", "--map-root-user", "--net", "--")
    tried = subprocess.run([*alone, "true"], capture_output=True, check=False)
    return alone if tried.returncode == 0 else ()


def _write_profile(profile: Path) -> None:
    items = [
        _item(f"/org.openoffice.Office.{path}", name, kind, value)
        for path, named in _SETTINGS.items()
        for name, (kind, value) in named.items()
    ] + [_item("/org.openoffice.Inet/Settings", name, *said) for name, said in _PROXY.items()]
    items += [_item("/org.openoffice.Setup/L10N", name, *said) for name, said in _TONGUE.items()]
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_FRAME.format("\n".join(items)), encoding="utf-8")


def _item(path: str, name: str, kind: str, value: str) -> str:
    return (
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse" oor:type="xs:{kind}">'
        f"<value>{value}</value></prop></item>"
    )


_FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{}
</oor:items>
"""
