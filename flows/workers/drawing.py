"""Pages drawn in a process of their own, bounded in time and memory as all reading is."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, PagePicture
from carnet.flows.workers.child import draw_main
from carnet.flows.workers.pool import start, wait_for_answer


def draw(path: Path, number: int, settings: Settings) -> PagePicture | Failure:
    """One page of a file, waited for."""
    process, answers = start(draw_main, str(path), number, settings)
    answer = wait_for_answer(process, answers, settings.silent_seconds)
    assert isinstance(answer, PagePicture | Failure)
    return answer
