"""A Word document as PDF, by LibreOffice in a process of its own that is bounded as all reading is."""

from __future__ import annotations

from carnet.flows.settings import Settings
from carnet.flows.workers.answers import PrintedFile
from carnet.flows.workers.child import print_main
from carnet.flows.workers.pool import start, wait_for_answer


class WordNotPrinted(Exception):
    """LibreOffice made no PDF of it; why, in half a sentence."""


def can_print() -> bool:
    """Whether LibreOffice is there."""
    from carnet.pipeline.read.office.printing import program

    return program() is not None


def to_pdf(word: bytes, settings: Settings) -> bytes:
    """Its pages as they are printed; nothing is kept. WordNotPrinted where LibreOffice makes none of it."""
    process, answers = start(print_main, word, settings)
    answer = wait_for_answer(process, answers, settings.silent_seconds)
    if not isinstance(answer, PrintedFile):
        raise WordNotPrinted(answer.reason)
    return answer.pdf
