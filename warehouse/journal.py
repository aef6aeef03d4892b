"""The append-only log beside the originals: what came, what people decided. The warehouse can be made again from it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.correction import Correction
from warehouse.errors import WarehouseError

NAME = "corrections.jsonl"
KEY_NAME = ".carnet-key"
Line = dict[str, Any]
"""A line as JSON: its `kind` says which other keys it has."""


@dataclass(frozen=True)
class Arrived:
    """What is known of a file beside its bytes: its name then, and what the user said of it."""

    name: str
    at: dt.datetime
    brochure: str | None = None
    edition_date: dt.date | None = None

    def and_then(self, later: Arrived) -> Arrived:
        """What was said first holds where nothing else is said later."""
        named = (later.brochure or self.brochure, later.edition_date or self.edition_date)
        return Arrived(self.name, self.at, *named)


@dataclass(frozen=True)
class Pair:
    """Two missions of two editions that are the same, or are not: (sha256, key) each."""

    kind: str
    a: tuple[str, str]
    b: tuple[str, str]
    why: str
    author: str
    made_at: dt.datetime


@dataclass(frozen=True)
class Journal:
    """The log as it is now. `digest` tells whether the warehouse has taken it in, `identity` whether its pairs and
    fingerprints."""

    arrivals: dict[str, Arrived] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    pairs: tuple[Pair, ...] = ()
    fingerprints: frozenset[str] = frozenset()
    digest: str = ""
    identity: str = ""
    key: bytes | None = None


EMPTY = Journal()


def read_journal(raw: Path | None) -> Journal:
    """The log in `raw`; empty when there is none. The half line of a command that was killed is left out."""
    arrivals: dict[str, Arrived] = {}
    corrections: dict[str, Correction] = {}
    pairs: dict[frozenset[tuple[str, str]], Pair] = {}
    fingerprints: set[str] = set()
    decided = hashlib.sha256()
    for line in journal_lines(raw):
        kind = line.pop("kind")
        if kind != "arrival":
            decided.update(json.dumps([kind, line], sort_keys=True).encode())
        if kind == "arrival":
            sha256 = line.pop("sha256")
            at = dt.datetime.fromisoformat(line["at"])
            arrived = Arrived(line["name"], at, line.get("brochure"), _day(line.get("edition_date")))
            first = arrivals.get(sha256)
            arrivals[sha256] = first.and_then(arrived) if first else arrived
        elif kind == "correction":
            corrections[line["id"]] = Correction.model_validate(line)
        elif kind == "undo" and line["id"] in corrections:
            undone = {"undone_at": dt.datetime.fromisoformat(line["at"])}
            corrections[line["id"]] = corrections[line["id"]].model_copy(update=undone)
        elif kind in ("same", "distinct"):
            a, b = (line["a"][0], line["a"][1]), (line["b"][0], line["b"][1])
            at = dt.datetime.fromisoformat(line["made_at"])
            pairs[frozenset((a, b))] = Pair(kind, a, b, line["why"], line["author"], at)
        elif kind == "forget":
            fingerprints.update(line["fingerprints"])
    ordered = tuple(pairs.values())
    digest = decided.hexdigest()[:16] if decided.digest() != hashlib.sha256().digest() else ""
    deciding = repr((ordered, sorted(fingerprints))) if ordered or fingerprints else ""
    identity = hashlib.sha256(deciding.encode()).hexdigest()[:16] if deciding else ""
    return Journal(arrivals, tuple(corrections.values()), ordered, frozenset(fingerprints), digest, identity, _key(raw))


def _key(raw: Path | None) -> bytes | None:
    """The secret under which forgotten persons are known (forgotten.py)."""
    path = raw / KEY_NAME if raw else None
    return bytes.fromhex(path.read_text(encoding="ascii").strip()) if path and path.exists() else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def journal_lines(raw: Path | None) -> Iterable[Line]:
    """Every line as it stands, oldest first."""
    path = raw / NAME if raw else None
    if path is None or not path.exists():
        return
    texts = path.read_text(encoding="utf-8").split("\n")
    for number, text in enumerate(texts, 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            line["kind"]
        except (ValueError, KeyError, TypeError):
            if number == len(texts):
                return
            raise WarehouseError(f"{path}: line {number} is no line of the log; mend or remove it") from None
        yield line


def append(raw: Path, kind: str, line: Line) -> None:
    """One more line, on the disk when this returns."""
    raw.mkdir(parents=True, exist_ok=True)
    path = raw / NAME
    text = json.dumps({"kind": kind, **line}, ensure_ascii=False, default=str)
    _drop_half_line(path)
    with path.open("a", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _drop_half_line(path: Path) -> None:
    if path.exists():
        data = path.read_bytes()
        if data and not data.endswith(b"\n"):
            with path.open("r+b") as file:
                file.truncate(data.rfind(b"\n") + 1)


def rewrite(raw: Path, change: Callable[[Line], Line | None]) -> int:
    """Each line through `change` (None leaves it out); the number of lines changed. Only forgetting does this."""
    before = [dict(line) for line in journal_lines(raw)]
    after = [change(dict(line)) for line in before]
    changed = sum(a != b for a, b in zip(after, before, strict=True))
    if changed:
        part = raw / f"{NAME}.part"
        kept = [json.dumps(line, ensure_ascii=False) + "\n" for line in after if line is not None]
        part.write_text("".join(kept), encoding="utf-8")
        part.replace(raw / NAME)
    return changed
