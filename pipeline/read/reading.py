"""What a reader yields, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.layout import Page


@dataclass(frozen=True)
class Reading:
    """Pages in order, and what the file says of itself (title, author, dates)."""

    pages: tuple[Page, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
