"""Originals are kept once, by content, beside the log."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.files import naming, part_of, put_in_place, sweep_parts, sync_file, write_whole

ASIDE = ".set-aside"
"""Folder in `raw` for originals that were redacted, until somebody says that they may go."""
GONE = "it vanished or changed while it was read; ingest it again"


class Archive:
    """The originals in `raw`, for one who keeps many: the folder is listed once, and again when it is another. Where
    only a file deep in it is another since, a copy may be kept twice, which harms nobody."""

    def __init__(self, raw: Path) -> None:
        self._raw = raw
        self._of_size: dict[int, list[Path]] = {}
        self._seen: int | None = None

    def keep(self, original: Path, sha256: str, name: str) -> Path:
        """The place of these bytes: where they are already, else a copy under this name. WarehouseError when the file
        has other bytes by now."""
        try:
            size = original.stat().st_size
            if self._holds(original) and _sha256(original) == sha256:
                return original
            known = self._kept(sha256, size)
        except FileNotFoundError:
            raise WarehouseError(GONE) from None
        if known is not None:
            return known
        self._raw.mkdir(parents=True, exist_ok=True)
        place = _copied(original, sha256, self._raw, name)
        self._of_size.setdefault(size, []).append(place)
        self._seen = self._changed_at()
        return place

    def _holds(self, path: Path) -> bool:
        """It stands in the folder itself, where everybody sees it."""
        return path.is_relative_to(self._raw) and not _is_hidden(path.relative_to(self._raw))

    def _kept(self, sha256: str, size: int) -> Path | None:
        """The file with this content; only those of the same size are read."""
        if self._changed_at() != self._seen:
            sweep_parts(self._raw)
            self._of_size = {}
            for path in _seen(self._raw) if self._raw.is_dir() else ():
                self._of_size.setdefault(path.stat().st_size, []).append(path)
            self._seen = self._changed_at()
        some = self._of_size.get(size, ())
        return next((path for path in some if path.is_file() and _sha256(path) == sha256), None)

    def _changed_at(self) -> int | None:
        return self._raw.stat().st_mtime_ns if self._raw.is_dir() else None


def keep(original: Path, sha256: str, raw: Path, name: str) -> Path:
    """The same for one file."""
    return Archive(raw).keep(original, sha256, name)


def _copied(original: Path, sha256: str, raw: Path, name: str) -> Path:
    place = raw / name
    if len(os.fsencode(name)) > 255 or place.exists():
        place = raw / _renamed(Path(name), sha256[:8])
    with naming(place), part_of(raw / sha256[:16]) as part:
        shutil.copyfile(original, part)
        if _sha256(part) != sha256:
            raise WarehouseError(GONE)
        sync_file(part)
        put_in_place(part, place)
    return place


def _renamed(original: Path, mark: str) -> str:
    """Its name with a mark, no longer than names may be (255 bytes)."""
    stem = original.stem
    while len(os.fsencode(f"{stem}-{mark}{original.suffix}")) > 255:
        stem = stem[:-1]
    return f"{stem}-{mark}{original.suffix}"


def originals(raw: Path) -> dict[str, Path]:
    """The originals in `raw` by the sha256 of their content."""
    if not raw.is_dir():
        return {}
    return {_sha256(path): path for path in _seen(raw)}


def _seen(raw: Path) -> Iterator[Path]:
    """Files that are not hidden, nor in a hidden folder."""
    files = (p for p in sorted(raw.rglob("*")) if p.is_file())
    return (p for p in files if not _is_hidden(p.relative_to(raw)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def set_aside(original: Path, raw: Path) -> Path:
    """The same bytes in a folder that no command reads, before a redacted copy takes the original's place. A file that
    is there already under this name is another one, or the same."""
    folder = raw / ASIDE
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep_parts(folder)
    sha256 = _sha256(original)
    place = folder / original.name
    if place.exists() and _sha256(place) != sha256:
        place = folder / _renamed(original, sha256[:8])
    if not place.exists():
        with naming(place), part_of(folder / sha256[:16]) as part:
            shutil.copy2(original, part)
            sync_file(part)
            part.chmod(0o600)
            put_in_place(part, place)
    return place


def put_in_place_of(original: Path, made: Path) -> Path:
    """What was made is the original from one moment to the next, readable for whom it was."""
    write_whole(original, made.read_bytes(), 0o600)
    return original


def rename(original: Path, name: str) -> Path:
    """Another name, if that is free; where the file is then."""
    named = original.with_name(name)
    return original if named.exists() else original.rename(named)


def aside(raw: Path) -> dict[str, Path]:
    """Originals that were set aside, by the sha256 of their content."""
    folder = raw / ASIDE
    files = (p for p in sorted(folder.iterdir()) if p.is_file()) if folder.is_dir() else ()
    return {_sha256(path): path for path in files if not path.name.startswith(".")}


class Originals:
    """The same for who asks again and again: a file is read once, until it is another."""

    def __init__(self, raw: Path) -> None:
        self._raw = raw
        self._known: dict[tuple[Path, int, int], str] = {}

    def paths(self) -> list[Path]:
        if not self._raw.is_dir():
            return []
        return [path for path in sorted(self._raw.rglob("*")) if path.is_file() and not path.name.startswith(".")]

    def sha256(self, path: Path) -> str:
        """Of its bytes now."""
        now = path.stat()
        mark = (path, now.st_mtime_ns, now.st_size)
        if mark not in self._known:
            self._known[mark] = _sha256(path)
        return self._known[mark]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
