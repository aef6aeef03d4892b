"""Folders that are whole or not there: made beside their place, put into it in one step; leftovers swept."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from carnet.warehouse.disk.files import is_alive, sync_file, sync_folder

_PART = re.compile(r"\.(.+)\.(\d+)\.(?:new|old)")
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux's renameat2."""
_HERE = -100
"""AT_FDCWD: paths are relative to the working folder."""


@contextmanager
def folder_part(folder: Path) -> Iterator[Path]:
    """An empty folder beside `folder`, this process's own; gone at the end. What killed processes left is swept."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep_folder_parts(folder)
    part = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def put_folder_in_place(part: Path, folder: Path) -> None:
    """`folder` is the new one from one moment to the next, and the old one is gone. Where the system can't exchange two
    folders in one step (not Linux), the old one is renamed first."""
    for path in part.rglob("*"):
        if path.is_file():
            sync_file(path)
    sync_folder(part)
    if not folder.exists():
        part.rename(folder)
    elif not _exchange(part, folder):
        old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
        folder.rename(old)
        part.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    sync_folder(folder.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; the old folder is under the first name then, and swept with it."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def sweep_folder_parts(folder: Path) -> None:
    """Remove what exports to this folder left that have ended since; give an old folder its name back."""
    for path in folder_parts(folder):
        if path.suffix == ".old" and not folder.exists():
            path.rename(folder)
        else:
            with suppress(OSError):
                shutil.rmtree(path)


def folder_parts(folder: Path) -> list[Path]:
    """What exports to this folder left that were killed: half of a new one, or the old one."""
    found = []
    for path in folder.parent.glob(f".{_escaped(folder.name)}.*"):
        match = _PART.fullmatch(path.name)
        if match and match[1] == folder.name and path.is_dir() and not is_alive(int(match[2])):
            found.append(path)
    return found


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
