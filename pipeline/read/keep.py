"""What took long to make of a file, kept by its content: a printed office file, the words of a scanned page."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

_AS_BYTES = getattr(os, "O_BINARY", 0)  # Windows would turn each line's end into two characters


@dataclass(frozen=True)
class KeptWords:
    """A folder that only its owner may read, or None: nothing is kept. Whatever is in it can be made anew."""

    folder: Path | None

    def get(self, name: str) -> bytes | None:
        if self.folder is None:
            return None
        with contextlib.suppress(OSError):
            return (self.folder / name).read_bytes()
        return None

    def put(self, name: str, data: bytes) -> None:
        """Whole or not at all; a folder that can't be written costs only this."""
        if self.folder is None:
            return
        part = self.folder / f".{name}.{os.getpid()}"
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _AS_BYTES, 0o600), "wb") as file:
                file.write(data)
            part.replace(self.folder / name)
