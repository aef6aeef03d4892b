"""A list beside the warehouse: one JSON line for each entry, added by several runs at once."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from carnet.warehouse.disk.files import AS_BYTES


def add_line(path: Path, entry: Mapping[str, Any]) -> None:
    """One more line, in one write. A folder that can't be written costs only this."""
    line = json.dumps(entry, ensure_ascii=True) + "\n"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | AS_BYTES
        with os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0) as file:
            if _ends_in_half_a_line(file):
                line = "\n" + line
            file.write(line.encode("ascii"))


def _ends_in_half_a_line(file: IO[bytes]) -> bool:
    """A killed run left it; what is added stands on a line of its own."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"
