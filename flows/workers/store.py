"""Originals and readings by their content, in a folder or an object store that several machines see."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from fsspec.core import url_to_fs

from carnet.flows.workers.answers import FileReading


class Store:
    """`address`: a path, or a URL that fsspec knows (s3://…, with what it needs installed).

    `originals/<sha256>` holds bytes, `readings/<version>/<sha256>.json` what this code read from them: nothing is ever
    written twice with another content, so who writes first or last makes no difference.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._files, self._root = url_to_fs(address, use_listings_cache=False)

    def take_in(self, original: Path, sha256: str) -> None:
        """These bytes, if they are not there yet."""
        place = self._original(sha256)
        if not self._files.exists(place):
            self._write(place, original.read_bytes())

    def original(self, sha256: str) -> bytes:
        """FileNotFoundError where they are not."""
        return bytes(self._files.cat_file(self._original(sha256)))

    def keep(self, sha256: str, version: str, reading: FileReading) -> None:
        """What code of this version read."""
        self._write(self._reading(sha256, version), json.dumps(asdict(reading)).encode())

    def reading(self, sha256: str, version: str) -> FileReading | None:
        """None where nobody has read it with this version."""
        try:
            return FileReading(**json.loads(self._files.cat_file(self._reading(sha256, version))))
        except FileNotFoundError:
            return None

    def drop(self, sha256: str, version: str) -> None:
        """It is loaded: nothing of it stays here."""
        for place in (self._original(sha256), self._reading(sha256, version)):
            if self._files.exists(place):
                self._files.rm_file(place)

    def _original(self, sha256: str) -> str:
        return f"{self._root}/originals/{sha256}"

    def _reading(self, sha256: str, version: str) -> str:
        return f"{self._root}/readings/{version}/{sha256}.json"

    def _write(self, place: str, data: bytes) -> None:
        """Whole or not at all: under its name once it is written."""
        self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
        part = f"{place}.{os.getpid()}-{uuid4().hex[:8]}.part"
        self._files.pipe_file(part, data)
        self._files.mv(part, place)
