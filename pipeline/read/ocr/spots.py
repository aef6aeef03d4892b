"""What an engine answers, and what it is asked: the one interface to all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class Spot:
    """A word that an engine sees in a picture. Sides in dots; `line`: words of one printed line share it."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float  # 0 to 1
    line: int


class Engine(Protocol):
    """Reads the words of an upright picture in RGB, line by line from the left."""

    name: str
    dpi: int  # at which it reads best

    def version(self) -> str:
        """Whatever changes what it reads changes this."""

    def read(self, picture: Image) -> list[Spot]:
        """EngineFailed where it can't."""


class EngineFailed(Exception):
    """An engine broke down or ran too long; one sentence."""
