"""Where a value comes from, and the readings that compete for a field."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from carnet.schemas.layout import Passage
from carnet.schemas.values import Frozen


class Evidence(Frozen):
    """The printed words behind a value. `field` is a column of the published views, `ordinal` counts contacts,
    partners or bullets (else 1). The box is None for text input."""

    field: str
    ordinal: int = 1
    text: str
    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    rule: str

    @staticmethod
    def of(passage: Passage, field: str, rule: str, ordinal: int = 1) -> Evidence:
        """Evidence for a whole passage; where it runs over a page break, the part on its first page."""
        place = passage.place()
        box = place.box
        text = passage.text
        if box is not None:
            first = [p for p in passage.pieces if p.word.page == place.page]
            text = passage.text[first[0].start : first[-1].end] if first else text
        return Evidence(
            field=field,
            ordinal=ordinal,
            text=" ".join(text.split()),
            page=place.page,
            x0=round(box.x0, 2) if box else None,
            top=round(box.top, 2) if box else None,
            x1=round(box.x1, 2) if box else None,
            bottom=round(box.bottom, 2) if box else None,
            rule=rule,
        )


AT_THE_FIRM = "whoever is printed writes from the firm's own domain"
"""Note of a reading without contacts: somebody is printed, but nobody at the client's."""


class Candidate(Frozen):
    """One reading of a field. `rank`: from the rule's data, 1 is the most trusted.

    `value` is JSON-like per field: str (title, client, domain), Period, Amount, list of Contact, list of str.
    `inferred`: the brochure does not say it in so many words. `rule` tells where it comes from, and decides nothing.
    """

    value: Any
    evidence: tuple[Evidence, ...]
    rank: int
    rule: str
    inferred: bool = Field(default=False, exclude_if=lambda inferred: not inferred)
    note: str | None = None  # why this reading is doubtful, if it is
