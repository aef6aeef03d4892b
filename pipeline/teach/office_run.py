"""LibreOffice without a window: office files in, PDFs out. Only drawing needs it, and it takes seconds."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 240


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def printed(files: Sequence[bytes], suffix: str) -> list[bytes]:
    """The PDFs that LibreOffice makes of files of one kind. NotImplementedError where it is missing or makes none."""
    path = program()
    if path is None:
        raise NotImplementedError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="carnet-office-") as folder:
        home = Path(folder)
        sources = [home / f"{n}{suffix}" for n in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [path, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(home)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=_SECONDS)
        made = [source.with_suffix(".pdf") for source in sources]
        if not all(m.exists() for m in made):
            raise NotImplementedError("LibreOffice made no PDF")
        return [m.read_bytes() for m in made]
