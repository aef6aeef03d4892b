"""What has arrived: the files behind the paths a user names, with their content's fingerprint."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from carnet.flows.inbox.advice import advice_for
from carnet.pipeline.read import MEDIA_TYPES, expected
from carnet.pipeline.read.limits import LIMITS
from carnet.warehouse.exports.cells import printable


@dataclass(frozen=True)
class Arrival:
    """A file to be read, as it was when it was looked at."""

    path: Path
    sha256: str
    media_type: str
    also: tuple[Path, ...] = ()
    """Other files with the same content."""

    @property
    def name(self) -> str:
        return name_of(self.path)


@dataclass(frozen=True)
class Refused:
    """A path that can't be read, and why, in one sentence."""

    path: Path
    reason: str


def name_of(path: Path) -> str:
    """A file's name as text on one line: whoever made it chose every byte of it.

    >>> name_of(Path("a\\nb\\x1b[2J.pdf"))
    'a b[2J.pdf'
    """
    as_bytes = os.fsencode(path.name)
    try:
        name = printable(as_bytes.decode())
    except UnicodeDecodeError:  # an old disk or mail program: in the letters of Windows
        name = printable(as_bytes.decode("cp1252", "replace"))
    hidden = name.startswith(".") and not path.name.startswith(".")
    return f"_{name}" if hidden or not name else name


def look_at(paths: Sequence[Path]) -> tuple[list[Arrival], list[Refused]]:
    """Files in the order in which they are named, folders in the order of names; the same content counts once."""
    arrivals: dict[str, Arrival] = {}
    refused: list[Refused] = []
    for path in files_of(paths):
        seen = _look_at_one(path)
        if isinstance(seen, Refused):
            refused.append(seen)
        elif (first := arrivals.setdefault(seen.sha256, seen)) is not seen:
            arrivals[seen.sha256] = replace(first, also=(*first.also, path))
    return list(arrivals.values()), refused


def not_read(paths: Iterable[Path]) -> list[Refused]:
    """Documents in folders that may hold references, in a form that is not read; each with what to do."""
    return [
        Refused(path, f"not read: {advice}")
        for folder in paths if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if (advice := advice_for(path)) and path.is_file() and not _hidden(path.relative_to(folder))
    ]  # fmt: skip


def files_of(paths: Iterable[Path]) -> Iterable[Path]:
    """A folder stands for the files in it (and below) that a reader takes; a file that is named stands for itself."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                p for p in path.rglob("*")
                if p.suffix.lower() in MEDIA_TYPES and not p.is_dir() and not _hidden(p.relative_to(path))
            )  # fmt: skip
        else:
            yield path


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.parts)


def _look_at_one(path: Path) -> Arrival | Refused:
    if path.is_symlink() and not path.exists():
        return Refused(path, "a link that leads nowhere")
    if not path.exists():
        return Refused(path, "no such file or folder")
    if not path.is_file():
        return Refused(path, "neither a file nor a folder")
    try:
        if path.stat().st_size > LIMITS.file_bytes:
            return Refused(path, f"too big: {path.stat().st_size >> 20} MB, the limit is {LIMITS.file_bytes >> 20} MB")
        with path.open("rb") as file:
            head = file.read(1024)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return Refused(path, f"can't be read: {error.strerror or error}")
    media_type = "application/pdf" if b"%PDF-" in head else MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        advice = advice_for(path)
        return Refused(path, f"expected {expected()}" + (f"; {advice}" if advice else ""))
    return Arrival(path, sha256, media_type)
