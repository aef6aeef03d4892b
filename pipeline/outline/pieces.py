"""A mission being read, before its parts are told apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from carnet.pipeline.outline.tokens import Token
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Above, Part, PartKind


@dataclass
class Piece:
    """Heading and tokens of one mission, in reading order, and what it stands under."""

    heading: list[Token] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    parts: tuple[Part, ...] | None = None  # of a table row
    domain: Passage | None = None
    domain_by: Above | None = None
    year: Passage | None = None
    chapter: Passage | None = None  # the part that a band stands in
    chapter_by: Above | None = None
    kinds: dict[PartKind, None] = field(default_factory=dict)
    last_page: int | None = None
    shared: tuple[Token, ...] = ()  # labelled values between the heading of the part and its first mission

    def first_kind(self) -> PartKind | None:
        return next(iter(self.kinds), None)
