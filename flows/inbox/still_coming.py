"""Files in a watched folder that are still being copied: left for the next look, not refused and not read by half."""

from __future__ import annotations

import os
import time
from pathlib import Path

QUIET_SECONDS = 10.0
"""So long after its last change a file is taken to be whole."""
PATIENCE_SECONDS = 3600.0
"""An empty file, or a PDF without its end, is waited for so long; then it is read as it is."""
_TAIL = 66_000  # a ZIP archive may have a comment of 65 535 bytes behind its end
_ZIP_END = b"PK\x05\x06"
ENDS = {
    ".pdf": b"%%EOF", ".png": b"IEND", ".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9",
    **dict.fromkeys((".docx", ".pptx", ".xlsx", ".odt", ".odp"), _ZIP_END),
}  # fmt: skip
"""What stands near the end of a whole file, by the ending of its name."""


def still_coming(path: Path, now: float | None = None) -> str | None:
    """Why the file may not be all there yet, or None.

    The time of the last change is the system's own, which copying tools can't set back as they do with the file's date.
    """
    try:
        found = path.stat()
        quiet = (time.time() if now is None else now) - (found.st_mtime if os.name == "nt" else found.st_ctime)
        if 0 <= quiet < QUIET_SECONDS:
            return "it changed a moment ago"
        if quiet >= PATIENCE_SECONDS:
            return None
        if not found.st_size:
            return "it is empty"
        end = ENDS.get(path.suffix.lower())
        if end and end not in _end_of(path, found.st_size):
            return "its end is not there"
    except OSError:
        return None  # gone or closed to us: looking at it says so
    return None


def _end_of(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        return file.read()
