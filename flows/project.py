"""Where carnet works when nobody says: the project folder around one, else a place of the user's own.

A project folder has a `carnet.toml`, as `carnet init` makes one, or simply a `warehouse/` or `raw/` as a clone has.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carnet.warehouse.disk.errors import WarehouseError, did_you_mean

FILE = "carnet.toml"
WAREHOUSE = "warehouse/carnet.duckdb"
RAW = "raw"
ROOT = 0
"""The user whom everybody on the machine has to trust."""
KNOWN: Mapping[str, type | tuple[type, ...]] = {
    "warehouse": str,
    "raw": str,
    "archive": bool,
    "prefect": bool,
    "file_seconds": (int, float),
    "file_megabytes": int,
    "ocr": str,
    "sql_seconds": (int, float),
    "sql_rows": int,
}
"""What a carnet.toml may say; the environment, and options of a command, go first."""


@dataclass(frozen=True)
class Project:
    """A folder and what its carnet.toml says. `found`: it is one; else it is the user's own place."""

    folder: Path
    says: Mapping[str, Any] = field(default_factory=dict, hash=False)
    found: bool = True

    @property
    def warehouse(self) -> Path:
        return self.folder / str(self.says.get("warehouse", WAREHOUSE))

    @property
    def raw(self) -> Path:
        return self.folder / str(self.says.get("raw", RAW))


def find_project(start: Path = Path()) -> Project:
    """The nearest folder upwards with a carnet.toml that is ours; else `start`, if it looks like a project; else the
    place that the system has for a user's data (~/.local/share/carnet, ~/Library/Application Support/carnet, …)."""
    for folder in (start, *start.absolute().parents):
        if _is_ours(folder / FILE):
            return Project(folder, read_file(folder / FILE))
    if (start / "warehouse").is_dir() or (start / RAW).is_dir():
        return Project(start)
    import platformdirs

    return Project(platformdirs.user_data_path("carnet", appauthor=False), found=False)


def _is_ours(file: Path) -> bool:
    """On a shared machine others may leave a file in a folder above: it must not say where our originals go."""
    try:
        owner = file.stat().st_uid
    except OSError:
        return False
    return not hasattr(os, "geteuid") or owner in (os.geteuid(), ROOT)


def read_file(file: Path) -> Mapping[str, Any]:
    """What it says, each setting known and of its kind; WarehouseError in one sentence where not."""
    try:
        says = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WarehouseError(f"{file}: not TOML: {error}") from error
    for name, value in says.items():
        kind = KNOWN.get(name)
        if kind is None:
            meant = did_you_mean(name, KNOWN) or f"; there are {', '.join(KNOWN)}"
            raise WarehouseError(f"{file}: {name}: there is no such setting{meant}")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise WarehouseError(f"{file}: {name} = {value!r}: expected {_EXPECTED[kind]}")
    return says


_EXPECTED: Mapping[type | tuple[type, ...], str] = {
    str: 'a path in quotes, such as "raw"',
    bool: "true or false",
    int: "a whole number",
    (int, float): "a number",
}
