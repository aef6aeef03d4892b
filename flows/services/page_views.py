"""Pages of originals as pictures with their words: drawn once, kept beside the warehouse by their content."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure
from carnet.flows.workers.drawing import draw
from carnet.warehouse.disk.archive import Originals
from carnet.warehouse.disk.files import write_whole
from carnet.warehouse.log.journal import read_journal


class NoPicture(Exception):
    """There is none. `why`: a code, which the pages have words for; `reason`: what is told beside it."""

    def __init__(self, why: str, reason: str = "") -> None:
        super().__init__(f"{why}: {reason}" if reason else why)
        self.why, self.reason = why, reason


@dataclass(frozen=True)
class Seen:
    """A page: where its picture is, and its size and words."""

    picture: Path
    words: dict[str, Any]


class PageViews:
    """Of all originals of a warehouse."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._originals = Originals(settings.raw)
        self._drawing = threading.Lock()

    def page(self, sha256: str, number: int) -> Seen:
        """A page of the edition that was read from these bytes; NoPicture where it can't be shown."""
        path = self._original(sha256)
        place = self._settings.pictures / self._originals.sha256(path) / str(number)
        picture, words = place.with_suffix(".png"), place.with_suffix(".json")
        if not (picture.exists() and words.exists()):
            with self._drawing:
                if not (picture.exists() and words.exists()):
                    self._draw(path, number, picture, words)
        return Seen(picture, json.loads(words.read_bytes()))

    def _original(self, sha256: str) -> Path:
        """The file, or the copy of it from which a person was redacted."""
        journal = read_journal(self._settings.raw)
        for path in self._originals.paths():
            if journal.identity_of(self._originals.sha256(path)) == sha256:
                return path
        raise NoPicture("not_kept")

    def _draw(self, path: Path, number: int, picture: Path, words: Path) -> None:
        drawn = draw(path, number, self._settings)
        if isinstance(drawn, Failure):
            raise NoPicture("not_drawn", drawn.reason)
        self._settings.pictures.mkdir(mode=0o700, exist_ok=True)
        picture.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(picture, drawn.picture, mode=0o600)
        write_whole(words, drawn.words.encode(), mode=0o600)
