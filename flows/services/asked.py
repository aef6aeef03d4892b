"""Who decides, and why: what every decision of a person says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """Who decides, and why."""

    why: str
    author: str


def default_author() -> str:
    """The name of the user at this machine."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return Path.home().name or "somebody"
