"""A question asked in a process of its own, which is ended when it takes too long or too much.

DuckDB looks up between its steps only: `levenshtein` of two long texts is one step, and may take hours.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from carnet.warehouse.ask.answer import Answer, too_long
from carnet.warehouse.disk.errors import QueryError

GRACE_SECONDS = 0.25
"""So long DuckDB may take to stop by itself."""
MEMORY = 3 << 30
"""Bytes that the process may grow by: beyond what DuckDB counts itself (memory_limit)."""
BEGUN, DONE = b".", b"!"


def ask_apart(
    warehouse: Path,
    sql: str,
    parameters: Sequence[object] | Mapping[str, object] = (),
    *,
    limit: int | None = None,
    seconds: float = 60.0,
) -> Answer:
    """As `ask` with `views_only`, of a warehouse that need not be open; the time is that of the question alone, not of
    waiting for a writer.

    Raises QueryError in one sentence.
    """
    request = pickle.dumps((warehouse, sql, parameters, limit, seconds))
    with _child() as (child, asked, answers):
        with suppress(BrokenPipeError), asked:
            _write(asked, request)
        mark, late = answers.read(1), threading.Event()
        if mark == BEGUN:
            with _ended_after(seconds + GRACE_SECONDS, child, late):
                mark = answers.read(1)
        told = answers.read()
        if late.is_set():
            raise too_long(seconds)
        if mark != DONE or not told:
            raise QueryError(f"DuckDB ended on it ({_end_of(child)}): it takes more memory than a question may have?")
    outcome = pickle.loads(told)  # noqa: S301 - from our own process
    if isinstance(outcome, Answer):
        return outcome
    raise outcome


@contextmanager
def _child() -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]]:
    """The process and its two pipes; gone at the end, whatever happens. -P: no import from where the user is."""
    command = [sys.executable, "-P", "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as child:
        assert child.stdin and child.stdout
        try:
            yield child, child.stdin, child.stdout
        finally:
            child.kill()


@contextmanager
def _ended_after(seconds: float, child: subprocess.Popen[bytes], late: threading.Event) -> Iterator[None]:
    def end() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end_of(child: subprocess.Popen[bytes]) -> str:
    code = child.wait()
    with suppress(ValueError):
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"signal {-code}"


# --- in the child


def main() -> None:
    """One question from stdin, its answer or error to stdout; what anything else prints goes to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked is told, and ends this
    try:
        told = pickle.dumps(_answer(answers, *pickle.load(sys.stdin.buffer)))  # noqa: S301 - from our own process
    except MemoryError:
        told = pickle.dumps(QueryError("its answer takes more memory than a question may have; narrow it"))
    except Exception as error:  # told where it was asked
        told = _pickled(error)
    _write(answers, DONE + told)


def _answer(
    answers: IO[bytes], warehouse: Path, sql: str, parameters: Any, limit: int | None, seconds: float
) -> Answer:
    from carnet.warehouse.ask.query import ask, open_reader

    with open_reader(warehouse) as con:
        _bound(seconds)
        _write(answers, BEGUN)
        return ask(con, sql, parameters, limit=limit, seconds=seconds, views_only=True)


def _write(answers: IO[bytes], data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[answers.write(left) :]


def _pickled(error: Exception) -> bytes:
    try:
        return pickle.dumps(error)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))


def _bound(seconds: float) -> None:
    """`SELECT range(1000000000)` allocates past DuckDB's own limit: the system says no instead. And should nobody be
    left to end this process, it ends. Not on Windows."""
    try:
        import resource
    except ImportError:
        return
    used = 0
    with suppress(OSError, ValueError, IndexError):  # no /proc: the whole is bounded, not the growth
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    for what, amount in ((resource.RLIMIT_DATA, used + MEMORY), (resource.RLIMIT_CPU, int(4 * seconds) + 60)):
        with suppress(OSError, ValueError):
            soft, hard = resource.getrlimit(what)
            most = amount if soft == resource.RLIM_INFINITY else min(amount, soft)
            resource.setrlimit(what, (most, hard))


if __name__ == "__main__":
    main()
