"""Tesseract, where the system has it with its French: a process that is given a picture and answers with a table."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from carnet.pipeline.read.ocr.spots import EngineFailed, Spot

if TYPE_CHECKING:
    from PIL.Image import Image

_SECONDS = 120.0
_LANGUAGE = "fra"
_WORD = "5"
"""`level` of a row of the table that is a word."""


class Tesseract:
    """https://tesseract-ocr.github.io, Apache-2.0. One thread: files are read side by side."""

    name = "tesseract"
    dpi = 200

    def version(self) -> str:
        return _version()

    def read(self, picture: Image) -> list[Spot]:
        into = io.BytesIO()
        picture.convert("L").save(into, "PPM")
        said = _ask(("-", "-", "-l", _LANGUAGE, "--psm", "3", "--dpi", str(self.dpi), "tsv"), into.getvalue())
        rows = csv.DictReader(io.StringIO(said.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
        lines: dict[tuple[str, ...], int] = {}
        return [_spot(row, lines) for row in rows if row["level"] == _WORD and (row["text"] or "").strip()]


def is_there() -> bool:
    """Tesseract and its French."""
    return bool(_version())


@cache
def _version() -> str:
    """Empty where it or its French is not installed."""
    if shutil.which("tesseract") is None:
        return ""
    try:
        first = _ask(("--version",)).decode("utf-8", "replace").split("\n")[0]
        languages = _ask(("--list-langs",)).decode("utf-8", "replace").split()
    except EngineFailed:
        return ""
    return first.strip() if _LANGUAGE in languages else ""


def _ask(arguments: tuple[str, ...], data: bytes = b"") -> bytes:
    environ = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            ["tesseract", *arguments], input=data, capture_output=True, timeout=_SECONDS, check=True, env=environ
        )
    except subprocess.TimeoutExpired:
        raise EngineFailed(f"Tesseract took longer than {_SECONDS:g} s for a page") from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise EngineFailed("Tesseract failed on the page") from error
    return done.stdout


def _spot(row: dict[str, str], lines: dict[tuple[str, ...], int]) -> Spot:
    place = row["block_num"], row["par_num"], row["line_num"]
    x0, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    line = lines.setdefault(place, len(lines))
    return Spot(row["text"].strip(), x0, top, x0 + width, top + height, float(row["conf"]) / 100, line)
