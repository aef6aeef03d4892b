"""A list beside the warehouse: one JSON line for each entry, added by several runs at once."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def add_line(path: Path, entry: Mapping[str, Any]) -> None:
    """One more line, in one write. A folder that can't be written costs only this."""
    line = json.dumps(entry, ensure_ascii=True) + "\n"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
            if file.seek(0, os.SEEK_END) and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n":
                line = "\n" + line  # behind half a line that a killed run left
            file.write(line.encode("ascii"))
