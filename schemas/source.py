"""What is received: a file, and the edition of a brochure it holds."""

from __future__ import annotations

import datetime as dt

from carnet.schemas.values import Frozen


class SourceFile(Frozen):
    """A file as received. `sha256` in hex."""

    sha256: str
    name: str
    media_type: str


class Edition(Frozen):
    """One document of a brochure. `firm`: the publisher. `date_rule`: which rule dated it."""

    source: SourceFile
    pages: int | None
    firm: str | None = None
    brochure: str | None = None
    edition_date: dt.date | None = None
    date_rule: str | None = None
