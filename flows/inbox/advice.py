"""What the owner of a file that carnet does not read can do about it."""

from __future__ import annotations

from pathlib import Path

ADVICE = {
    "save it as PDF and ingest that": (
        ".doc", ".rtf", ".pages", ".ppt", ".key", ".indd", ".pub", ".epub",
    ),
    "save the picture as PDF or .png and ingest that": (".tif", ".tiff", ".gif", ".bmp", ".webp", ".heic"),
    "print its references to a PDF and ingest that": (".xls", ".ods"),
    "unpack it and ingest what is in it": (".zip", ".7z", ".rar", ".eml", ".msg"),
}  # fmt: skip
"""By the ending of its name."""
_BY_ENDING = {ending: advice for advice, endings in ADVICE.items() for ending in endings}


def advice_for(path: Path) -> str | None:
    """None for what is no document, or is read.

    >>> advice_for(Path("references.DOC"))
    'save it as PDF and ingest that'
    """
    return _BY_ENDING.get(path.suffix.lower())
