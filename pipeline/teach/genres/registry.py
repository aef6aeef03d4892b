"""The genres by name: `LEARN` are fitted on, `MEASURE` never. A genre of one must not be a twin of one of the other."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from pipeline.teach.content import Brochure
from pipeline.teach.genres import (
    side_bar,
)
from pipeline.teach.nodes import Paper
from pipeline.teach.voice import Voice

Compose = Callable[[Random, Brochure, Voice], Paper]

LEARN: dict[str, Compose] = {
    # a mission a page or more
    "side-bar": side_bar.compose,
    # many missions a page, lists, tables
}
MEASURE: dict[str, Compose] = {
    # a mission a page or more
    # many missions a page, lists, tables
}
