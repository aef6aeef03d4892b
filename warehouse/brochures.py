"""Which brochure is this file an edition of: what the user says, else its publisher, else its name without the year."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from schemas.source import Edition

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:[0-2]?\d|3[01])"
_DATES = (rf"{_YEAR}(?:[-. ]?{_MONTH}(?:[-. ]?{_DAY})?)?", rf"{_DAY}[-.]{_MONTH}[-.]{_YEAR}", r"v\d+")
_DATE_WORDS = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_DATES)})(?![a-z0-9])")


def name_brochure(edition: Edition, named: str | None = None) -> tuple[str, str]:
    """The brochure's name and who gave it: option, firm or file_name.

    >>> from schemas.source import SourceFile
    >>> file = SourceFile(sha256="0", name="Références_2023-05 v2.pdf", media_type="application/pdf")
    >>> name_brochure(Edition(source=file, pages=3))
    ('references', 'file_name')
    >>> name_brochure(Edition(source=file, pages=3, firm="Atelier d'Été"))
    ('atelier-d-ete', 'firm')
    """
    if named:
        return named, "option"
    if edition.brochure:
        return edition.brochure, "option"
    if edition.firm and (name := slug(edition.firm)):
        return name, "firm"
    stem = PurePath(edition.source.name).stem
    without_dates = slug(_DATE_WORDS.sub(" ", _plain(stem)))
    return without_dates or slug(stem) or "brochure", "file_name"


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _plain(text)).strip("-")


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text).casefold().replace("_", " ")
    return "".join(c for c in text if not unicodedata.combining(c))
