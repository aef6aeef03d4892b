"""For those who measure and mend the reading: `carnet evaluate`, `stage`, `explain`."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    pass
