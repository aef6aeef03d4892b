"""A value found in a text, with where it stands and by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from carnet.schemas.quick import made_quickly

T = TypeVar("T")


@made_quickly
@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """`text[start:end]` was read as `value` by the rule `rule`. `note`: why the reading is doubtful, if it is."""

    value: T
    start: int
    end: int
    rule: str
    note: str | None = None
