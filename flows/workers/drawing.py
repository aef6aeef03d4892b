"""Pages drawn in a process of their own, bounded in time and memory as all reading is."""

from __future__ import annotations

import time
from pathlib import Path

from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Drawn, Failure
from carnet.flows.workers.child import draw_main
from carnet.flows.workers.pool import reading_context


def draw(path: Path, number: int, settings: Settings) -> Drawn | Failure:
    """One page of a file, waited for."""
    context = reading_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=draw_main, args=(theirs, str(path), number, settings), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    answer: Drawn | Failure | None = None
    until = time.monotonic() + settings.file_seconds
    try:
        while answer is None and ours.poll(max(0.0, until - time.monotonic())):
            told = ours.recv()
            answer = None if isinstance(told, int) else told
    except (EOFError, OSError):
        answer = Failure("refused", "the process that drew it ended: the page is damaged, or too big")
    finally:
        process.kill()
        process.join()
        ours.close()
    return answer or Failure("refused", f"gave up after {settings.file_seconds:g} s")
