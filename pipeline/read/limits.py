"""What one document may cost, in one place. Time and memory are limits of the reading process: `flows/settings.py`."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """A brochure has some hundred pages of some thousand letters; what is far beyond is no brochure."""

    pages: int = 2000
    long: int = 100  # pages; of more, some are tried first
    tried: int = 20  # so many of them
    recognised: int = 300  # pages whose text is in pictures
    missions: int = 2000
    letters: int = 60_000  # of a page
    shapes: int = 20_000  # of a page
    segments: int = 50_000  # of one drawn path
    points: float = 20_000.0  # width or height of a page, about 7 m
    stream: int = 64 << 20  # bytes of one stream, once it is unpacked
    file_bytes: int = 1 << 30  # of any file
    text_bytes: int = 50_000_000  # of a .txt or .md file
    line: int = 20_000  # letters of a line of text


LIMITS = Limits()

Guard = Callable[[int], AbstractContextManager[object]]
"""Entered for each page with its number (0: opening the file), so that whoever runs the reading can bound its time."""


def unguarded(number: int) -> AbstractContextManager[object]:
    """Nobody watches over the time that page `number` takes."""
    return nullcontext()


Judge = Callable[[int, int], None]
"""Told of a long document how many of how many pages have been tried, before the others are read; it may refuse the
document with UnreadableDocument."""


def unjudged(tried: int, pages: int) -> None:
    """Whatever it costs."""


class LimitExceeded(Exception):
    """A part of a document costs more than it may; one sentence."""


class BoundedZlib:
    """Stands where pdfminer has the zlib module: the same, but no stream unpacks to more than its limit.

    A content stream of 2 MB may hold 2 GB of zeros. What can't be unpacked is counted in `damaged`, for pdfminer goes
    on with nothing in its place and says so to nobody.
    """

    error = zlib.error

    def __init__(self, limit: int = LIMITS.stream) -> None:
        self.limit = limit
        self.damaged = 0

    def decompress(self, data: bytes) -> bytes:
        """All of it, or what stands before the damage."""
        unpacking = zlib.decompressobj()
        try:
            out = unpacking.decompress(data, self.limit)
        except zlib.error:
            return self.up_to_damage(data)
        if unpacking.unconsumed_tail:
            raise LimitExceeded(f"a stream unpacks to more than {self.limit >> 20} MB")
        if not unpacking.eof:
            self.damaged += 1
        return out

    def up_to_damage(self, data: bytes) -> bytes:
        unpacking = zlib.decompressobj()
        parts: list[bytes] = []
        size = 0
        try:
            for at in range(len(data)):
                part = unpacking.decompress(data[at : at + 1])
                if part:
                    parts.append(part)
                    size += len(part)
                if size > self.limit:
                    raise LimitExceeded(f"a stream unpacks to more than {self.limit >> 20} MB")
        except zlib.error:  # a wrong checksum at the very end too: some letters may be others
            self.damaged += 1
        return b"".join(parts)
