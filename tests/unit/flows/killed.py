"""Commands in a process of their own that is killed: before its n-th effect on files, or at some moment."""

from __future__ import annotations

import hashlib
import itertools
import os
import secrets
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import pytest

from carnet.warehouse.store import db
from tests.unit.flows.world import World, warm_up

KILLED = 97
MAKE = db._make
"""How a new warehouse is made; tests that kill nobody copy one."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
EFFECTS = {"os.rename", "os.remove", "os.truncate", "os.mkdir", "os.link", "shutil.copyfile"}
End = Literal["done", "killed", "failed"]


def effects_of(command: Callable[[], object]) -> int:
    """How many effects it has: files opened to write, renamed, removed, cut, made."""
    reading, writing = os.pipe()

    def counted() -> None:
        count = [0]
        sys.addaudithook(lambda event, args: count.__setitem__(0, count[0] + is_effect(event, args)))
        command()
        os.write(writing, str(count[0]).encode())

    assert in_child(counted) == "done"
    os.close(writing)
    with os.fdopen(reading) as answer:
        return int(answer.read())


def killed_before(effect: int, command: Callable[[], object]) -> End:
    """Run it in a child that ends, as by SIGKILL, just before its effect of this number (from 0)."""

    def until_then() -> None:
        left = [effect]

        def hook(event: str, args: tuple[object, ...]) -> None:
            if is_effect(event, args):
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1

        sys.addaudithook(hook)
        command()

    return in_child(until_then)


def killed_after(seconds: float, command: Callable[[], object]) -> End:
    return in_child(command, seconds)


@contextmanager
def ids_in_order() -> Iterator[None]:
    """Ids and keys are counted, not drawn by lot: who does the same to the same gets the same, and a rebuild is tried
    once of what stands alike (World.rebuilt). A child counts apart: what it began is done again with other ids."""
    here, count = os.getpid(), itertools.count()

    def token_hex(size: int = 32) -> str:
        return hashlib.sha256(f"{os.getpid() == here} {next(count)}".encode()).hexdigest()[: 2 * size]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_hex", token_hex)
        yield


def is_effect(event: str, args: tuple[object, ...]) -> bool:
    """Not what Python itself keeps of modules that are imported for the first time."""
    if args and "__pycache__" in str(args[0]):
        return False
    if event == "open":
        return isinstance(args[2], int) and bool(args[2] & WRITING) and args[0] != os.devnull
    return event in EFFECTS


def in_child(command: Callable[[], object], seconds: float | None = None) -> End:
    """`command` in a process group of its own, all of it killed after `seconds`."""
    warm_up()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            db._make, World.may_copy = MAKE, False
            command()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    if seconds is not None:
        time.sleep(seconds)
        try:
            os.killpg(child, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # it has ended, or not begun
            os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "killed"
    return "done" if os.WEXITSTATUS(status) == 0 else "failed"
