"""Which engines there are, and which one reads: the one asked for, else the best that is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from carnet.pipeline.read.ocr import rapid, tesseract
from carnet.pipeline.read.ocr.spots import Engine


@dataclass(frozen=True)
class EngineChoice:
    """An engine that may be installed."""

    is_there: Callable[[], bool]
    make: Callable[[], Engine]


ENGINES = {
    "rapidocr": EngineChoice(rapid.is_there, rapid.Rapid),
    "tesseract": EngineChoice(tesseract.is_there, tesseract.Tesseract),
}
"""By name, the more accurate first."""


def engine_for(asked: str | None) -> Engine | None:
    """The engine of this name, or the best that is there; None where there is none, or none is wanted."""
    names = [name for name in ENGINES if asked in (None, name)]
    return next((ENGINES[name].make() for name in names if ENGINES[name].is_there()), None)


def engines_there() -> str:
    """Names and versions of those that are installed: what is read of a scan depends on them."""
    made = (choice.make() for choice in ENGINES.values() if choice.is_there())
    return ", ".join(f"{engine.name} {engine.version()}" for engine in made)
