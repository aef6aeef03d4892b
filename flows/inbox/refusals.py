"""Quarantine: which files were refused, why and when, so that they are not read again in vain.

A list beside the warehouse, one JSON line for each refusal or its end; the files stay where they are.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from carnet.flows.inbox.lists import add_line
from carnet.flows.settings import Settings


@dataclass(frozen=True)
class Refusal:
    """A file that was refused. `tried_with`: the program and the limits; with others it is tried again.

    `reason` None: it was read after all.
    """

    sha256: str
    path: str
    reason: str | None
    at: str
    tried_with: str

    def stands(self, settings: Settings, version: str) -> bool:
        """Would the same be tried again with nothing changed? A password may open what is protected."""
        locked = (self.reason or "").startswith("encrypted")
        return self.tried_with == _trying_with(settings, version) and not (locked and settings.password)


def list_of(settings: Settings) -> Path:
    """The file beside the warehouse in which stands what was refused."""
    return settings.warehouse.with_name(f"{settings.warehouse.stem}.refused.jsonl")


def refusals(settings: Settings) -> dict[str, Refusal]:
    """What is refused now, by sha256. A line that a crash cut short is passed over: its file is tried again."""
    found: dict[str, Refusal] = {}
    try:
        lines = list_of(settings).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    for line in lines:
        with contextlib.suppress(ValueError, TypeError):
            refusal = Refusal(**json.loads(line))
            found[refusal.sha256] = refusal
    return {sha256: refusal for sha256, refusal in found.items() if refusal.reason is not None}


def remember(settings: Settings, sha256: str, path: str, reason: str | None, version: str) -> None:
    """One more line; several runs may do so at once."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    refusal = Refusal(sha256, path, reason, now, _trying_with(settings, version))
    add_line(list_of(settings), asdict(refusal))


def there(some: Sequence[Refusal]) -> list[Path]:
    """The refused files that are still where they were."""
    return [Path(refusal.path) for refusal in some if Path(refusal.path).is_file()]


def _trying_with(settings: Settings, version: str) -> str:
    limits = (settings.file_seconds, settings.page_seconds, settings.file_megabytes, settings.answer_megabytes)
    return " ".join(map(str, (version, *limits)))
