"""What a reader is asked and what it yields, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from carnet.pipeline.read.limits import LIMITS, Guard, Judge, Limits, unguarded, unjudged
from carnet.schemas.layout import Page

OFF = "off"
"""No engine."""


@dataclass(frozen=True)
class ReadOptions:
    """How to read: the password of a protected file, the limits, who watches over the time of a page, and who judges by
    the first pages tried what a long document will cost.

    `office`: LibreOffice may print office files. `keep`: a private folder for what takes long to make, such as their
    PDFs. `ocr`: the engine that reads pictures of text, of which commands take the best that is there (None) where
    nothing is said; `recognising` watches over a page that it reads.
    """

    password: str | None = field(default=None, repr=False)
    limits: Limits = LIMITS
    guard: Guard = unguarded
    judge: Judge = unjudged
    office: bool = True
    keep: Path | None = None
    ocr: str | None = OFF
    recognising: Guard = unguarded


PLAINLY = ReadOptions()


@dataclass(frozen=True)
class Reading:
    """Pages in order, and what the file says of itself (title, author, dates)."""

    pages: tuple[Page, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def boxed(self) -> bool:
        """Is it known where its words stand?"""
        return any(word.box for page in self.pages for word in page.words)
