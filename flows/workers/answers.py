"""What a reading process answers: a reading, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class FileReading:
    """What a file gave: draft and result as JSON, and the seconds it took."""

    draft: str
    result: str
    seconds: float


@dataclass(frozen=True)
class PagePicture:
    """A page as a picture, and its size and words as JSON."""

    picture: bytes
    words: str


@dataclass(frozen=True)
class PrintedFile:
    """An office file as LibreOffice prints it: a PDF."""

    pdf: bytes


@dataclass(frozen=True)
class Failure:
    """Why a file gave nothing. `passing`: worth another try at once; `silent`: another day. `internal` holds the
    traceback when the fault is ours."""

    kind: Literal["refused", "passing", "silent", "internal"]
    reason: str
    internal: str | None = None


class ReadingFailed(Exception):
    """A file could not be read; the reason is one sentence."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


class PassingTrouble(ReadingFailed):
    """Something that may be over when tried again: a disk that did not answer, a file still being copied."""
