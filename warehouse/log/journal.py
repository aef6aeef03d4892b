"""The append-only log beside the originals: what came, what people decided, which ids were given. The warehouse can be
made again from it."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from carnet.schemas.correction import Correction
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.files import naming, write_through, write_whole
from carnet.warehouse.disk.lock import folder_lock
from carnet.warehouse.matching.clients import SameClient
from carnet.warehouse.matching.contracts import Contract, contract_of
from carnet.warehouse.matching.ids import Book, Given, GivenId, Log, MovedKeys

NAME = "corrections.jsonl"
KEY_NAME = ".carnet-key"
LogLine = dict[str, Any]
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
class MissionPair:
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
    fingerprints. `redacted`: by the sha256 of a redacted copy that of its original. `given`: ids, the oldest first;
    `moves`: how editions were read anew, the last time."""

    arrivals: dict[str, Arrived] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    pairs: tuple[MissionPair, ...] = ()
    fingerprints: frozenset[str] = frozenset()
    digest: str = ""
    identity: str = ""
    key: bytes | None = None
    redacted: dict[str, str] = field(default_factory=dict)
    given: Given = field(default_factory=lambda: Book().given)
    moves: dict[str, MovedKeys] = field(default_factory=dict)
    clients: tuple[SameClient, ...] = ()
    contracts: tuple[Contract, ...] = ()

    def moved(self, moves: Sequence[MovedKeys]) -> Journal:
        """As if the log said so, too."""
        found = self
        for one in moves:
            book = found.given.book()
            book.move(one)
            corrections = tuple(moved_correction(c, one) for c in found.corrections)
            pairs = tuple(moved_pair(pair, one) for pair in found.pairs)
            last = {**found.moves, one.sha256: one}
            found = replace(found, given=book.given, corrections=corrections, pairs=pairs, moves=last)
        return found

    def identity_of(self, sha256: str) -> str:
        """The edition that this content is: a redacted copy is the edition of its original."""
        return self.redacted.get(sha256, sha256)

    def was_redacted(self, sha256: str) -> bool:
        """This is the original of a redacted copy, and not to come back."""
        return sha256 in self.redacted.values()


EMPTY = Journal()


def read_journal(raw: Path | None) -> Journal:
    """The log in `raw`; empty when there is none. The half line of a command that was killed is left out."""
    return LogReader(raw).read()


class LogReader:
    """Reads a log again and again, as one does who loads many files: of what was read only the bytes are compared (by
    their hash), what was added since is read. What is no longer as it was is read anew."""

    def __init__(self, raw: Path | None) -> None:
        self._raw = raw
        self._begin()

    def _begin(self) -> None:
        self._log = _Log()
        self._taken = 0
        self._lines = 0
        self._hash = hashlib.sha256()

    def read(self) -> Journal:
        """As it is now. Raises WarehouseError where a line is damaged."""
        data = _bytes_of(self._raw)
        if self._taken:
            known = hashlib.sha256(memoryview(data)[: self._taken])
            if known.digest() != self._hash.digest():
                self._begin()
        start, end = self._taken, _whole(data)
        try:
            for number, line in _numbered(self._raw, data[start:end], self._lines + 1):
                try:
                    self._log.take(line)
                except (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError):
                    raise _damaged(self._raw, number) from None
        except BaseException:
            self._begin()
            raise
        complete = data.rfind(b"\n", start, end) + 1 or start
        self._lines += data.count(b"\n", start, complete)
        self._hash.update(memoryview(data)[start:complete])
        self._taken = complete
        if complete < end:  # its end may yet be written, and then it is read once more
            return self._once()
        return self._log.journal(key_of(self._raw))

    def _once(self) -> Journal:
        journal = self._log.journal(key_of(self._raw))
        self._begin()
        return journal


class _Log:
    """The lines taken so far."""

    def __init__(self) -> None:
        self.arrivals: dict[str, Arrived] = {}
        self.corrections: dict[str, Correction] = {}
        self.pairs: dict[frozenset[tuple[str, str]], MissionPair] = {}
        self.fingerprints: set[str] = set()
        self.redacted: dict[str, str] = {}
        self.book = Book()
        self.moves: dict[str, MovedKeys] = {}
        self.clients: list[SameClient] = []
        self.contracts: dict[str, list[Contract]] = {}
        self.is_seen = False
        self.decided = hashlib.sha256()
        self.deciding = hashlib.sha256()

    def take(self, line: LogLine) -> None:
        """One more; ValueError, KeyError or TypeError when it is not as `append` writes it."""
        kind = line.pop("kind")
        if kind == "arrival":
            self._arrival(line)
            return
        if kind == "redacted":
            self.redacted[line["as"]] = line["sha256"]
            return
        if kind == "ids":
            self.book.add_all(line["sha256"], line["given"])
            return
        if kind == "keys":
            self._move(MovedKeys(line["sha256"], tuple((old, new) for old, new in line["moved"])))
            return
        text = json.dumps([kind, line], sort_keys=True).encode()
        self.decided.update(text)
        if kind in ("same", "distinct", "forget"):
            self.deciding.update(text)
        if kind == "correction":
            self.corrections[line["id"]] = Correction.model_validate(line)
        elif kind == "undo" and line["id"] in self.corrections:
            undone = {"undone_at": dt.datetime.fromisoformat(line["at"])}
            self.corrections[line["id"]] = self.corrections[line["id"]].model_copy(update=undone)
        elif kind in ("same", "distinct"):
            a, b = (line["a"][0], line["a"][1]), (line["b"][0], line["b"][1])
            at = dt.datetime.fromisoformat(line["made_at"])
            self.pairs[frozenset((a, b))] = MissionPair(kind, a, b, line["why"], line["author"], at)
        elif kind == "same-client":
            self.clients.append(SameClient(line["a"], line["b"]))
        elif kind == "contracts":
            self.contracts[line["sha256"]] = [contract_of(one, line["name"]) for one in line["contracts"]]
        elif kind == "no-contracts":
            self.contracts.clear()
        elif kind == "forget":
            self.fingerprints.update(line["fingerprints"])

    def _move(self, moved: MovedKeys) -> None:
        if self.is_seen:
            self.book, self.moves, self.is_seen = self.book.copy(), dict(self.moves), False
        self.book.move(moved)
        self.moves[moved.sha256] = moved
        self.corrections = {name: moved_correction(c, moved) for name, c in self.corrections.items()}
        pairs = [moved_pair(pair, moved) for pair in self.pairs.values()]
        self.pairs = {frozenset((pair.a, pair.b)): pair for pair in pairs}

    def _arrival(self, line: LogLine) -> None:
        at = dt.datetime.fromisoformat(line["at"])
        arrived = Arrived(line["name"], at, line.get("brochure"), _day(line.get("edition_date")))
        first = self.arrivals.get(line["sha256"])
        self.arrivals[line["sha256"]] = first.and_then(arrived) if first else arrived

    def journal(self, key: bytes | None) -> Journal:
        """What is taken later is not in it, but for arrivals and redacted copies."""
        self.is_seen = True
        return Journal(
            self.arrivals, tuple(self.corrections.values()), tuple(self.pairs.values()), frozenset(self.fingerprints),
            _digest(self.decided), _digest(self.deciding), key, self.redacted, self.book.given, self.moves,
            tuple(self.clients), tuple({c.contract_id: c for some in self.contracts.values() for c in some}.values()),
        )  # fmt: skip


def _digest(of: hashlib._Hash) -> str:
    """Empty for nothing."""
    return of.hexdigest()[:16] if of.digest() != hashlib.sha256().digest() else ""


def moved_correction(c: Correction, moved: MovedKeys) -> Correction:
    """Under the new keys of what it is about; under which it was made is kept for other editions (amended.py)."""
    if c.sha256 != moved.sha256 or not c.key:
        return c
    key, value = moved.of((c.sha256, c.key))[1], c.new_value
    if c.reshapes and (value or "").startswith("+"):
        value = f"+ {moved.of((c.sha256, (value or '')[1:].strip()))[1]}"
    if (key, value) == (c.key, c.new_value):
        return c
    return c.model_copy(update={"key": key, "new_value": value, "former": (*c.former, (c.key, c.new_value))})


def moved_pair(pair: MissionPair, moved: MovedKeys) -> MissionPair:
    """The same pair under the keys that its missions have since an edition is read otherwise."""
    return replace(pair, a=moved.of(pair.a), b=moved.of(pair.b))


def key_of(raw: Path | None) -> bytes | None:
    """The secret under which forgotten persons are known (forgotten.py).

    Raises WarehouseError where the file holds none.
    """
    path = raw / KEY_NAME if raw else None
    if not path or not path.exists():
        return None
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if not key:
        raise WarehouseError(f"{path}: it is damaged; without it nobody who asked to be forgotten is known again")
    return key


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def journal_lines(raw: Path | None) -> Iterable[LogLine]:
    """Every line as it stands, oldest first."""
    data = _bytes_of(raw)
    return (line for _, line in _numbered(raw, data[: _whole(data)]))


def _bytes_of(raw: Path | None) -> bytes:
    path = raw / NAME if raw else None
    return path.read_bytes() if path and path.exists() else b""


def _numbered(raw: Path | None, data: bytes, first: int = 1) -> Iterator[tuple[int, LogLine]]:
    """Whole lines as JSON, with their numbers from `first` on."""
    for number, text in enumerate(data.split(b"\n"), first):
        if text.strip():
            try:
                line = json.loads(text.decode("utf-8-sig"))
                line["kind"]
            except (ValueError, KeyError, TypeError):
                raise _damaged(raw, number) from None
            yield number, line


def _whole(data: bytes) -> int:
    """How much of the log is whole lines. The last may lack its end: an editor's habit, or a command was killed."""
    end = data.rfind(b"\n") + 1
    try:
        json.loads(data[end:])["kind"]
    except (ValueError, KeyError, TypeError):
        return end
    return len(data)


def holds_log(folder: Path) -> bool:
    """Whether this is the folder of a log, and so of originals; a table of corrections that was given out has the same
    name, and is none."""
    try:
        with (folder / NAME).open("rb") as file:
            line = file.readline()
        return bool(line) and "kind" in json.loads(line)
    except OSError:
        return False
    except ValueError:  # damaged, or half a line: rather taken for one
        return True


def _damaged(raw: Path | None, number: int) -> WarehouseError:
    return WarehouseError(f"{raw and raw / NAME}: line {number} is no line of the log; mend or remove it")


def append(raw: Path, kind: str, *lines: LogLine) -> None:
    """One more line or several, on the disk when this returns; half a line that a killed command left goes first."""
    if not lines:
        return
    text = "".join(json.dumps({"kind": kind, **line}, ensure_ascii=False, default=str) + "\n" for line in lines)
    raw.mkdir(parents=True, exist_ok=True)
    with naming(raw / NAME), folder_lock(raw), (raw / NAME).open("a+b") as file:
        before, last = _last_line(file)
        whole = before + _whole(last)
        file.truncate(whole)
        joint = b"\n" if whole > before else b""
        write_through(file, joint + text.encode("utf-8", "replace"), whole)


def _last_line(file: IO[bytes]) -> tuple[int, bytes]:
    """What stands behind the last end of a line, and where it begins."""
    end = file.seek(0, os.SEEK_END)
    start = end
    last = b""
    while start and b"\n" not in last:
        start = max(0, start - max(_BLOCK, len(last)))
        file.seek(start)
        last = file.read(end - start)
    behind = last.rfind(b"\n") + 1
    return start + behind, last[behind:]


_BLOCK = 1 << 16
"""Bytes that are looked at first for the end of the log."""


def log_ids(raw: Path) -> Log:
    """Who writes down in the log of `raw` what moved in an edition, and a line for each edition that has new ids."""

    def log(news: Sequence[GivenId | MovedKeys]) -> None:
        at = dt.datetime.now(dt.UTC).isoformat()
        moves = [one for one in news if isinstance(one, MovedKeys)]
        given = itertools.groupby((one for one in news if isinstance(one, GivenId)), key=lambda one: one.place[0])
        append(raw, "keys", *({"sha256": one.sha256, "at": at, "moved": one.keys} for one in moves))
        append(raw, "ids", *(
            {"sha256": sha256, "at": at, "given": [[one.place[1], one.mission_id] for one in some]}
            for sha256, some in given
        ))  # fmt: skip

    return log


def rewrite(raw: Path, change: Callable[[LogLine], LogLine | None]) -> int:
    """Each line through `change` (None leaves it out); the number of lines changed. Only forgetting does this."""
    with folder_lock(raw):
        before = [dict(line) for line in journal_lines(raw)]
        after = [change(dict(line)) for line in before]
        changed = sum(a != b for a, b in zip(after, before, strict=True))
        if changed:
            kept = [json.dumps(line, ensure_ascii=False) + "\n" for line in after if line is not None]
            write_whole(raw / NAME, "".join(kept).encode("utf-8", "replace"))
    return changed
