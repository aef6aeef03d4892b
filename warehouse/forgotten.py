"""Persons who asked to be forgotten: known only by keyed fingerprints, left out of every draft before it is stored."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.draft import EditionDraft
from warehouse.files import write_whole
from warehouse.journal import KEY_NAME, Journal, key_of
from warehouse.spelling import folded

LEFT_OUT = "[…]"
_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?@\s?[\w-]{1,80}(?:\.[\w-]{1,80}){1,8}")
_PHONE = re.compile(r"\+?\(?\d[\d\s.()/\u00a0\u202f-]{6,20}\d")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LONGEST_NAME = 4


@dataclass(frozen=True)
class Fingerprints:
    """`digests` of names, e-mails and phones under `key`; nobody reads a person out of them."""

    key: bytes
    digests: frozenset[str]

    def know(self, kind: str, value: str | None) -> bool:
        return bool(value) and fingerprint(self.key, kind, value or "") in self.digests


def fingerprint(key: bytes, kind: str, value: str) -> str:
    """Of the normalised value: "DOUVIER Claire" and "Claire Douvier" are one name."""
    return hmac.new(key, f"{kind}\0{normalised(kind, value)}".encode(), hashlib.sha256).hexdigest()[:32]


def normalised(kind: str, value: str) -> str:
    """As it is compared: without case, accents, order of names, country code.

    >>> normalised("name", "DOUVIER Élise")
    'douvier elise'
    >>> normalised("phone", "+33 4 66 00 00 00")
    '466000000'
    """
    if kind == "phone":
        return re.sub(r"\D", "", value)[-9:]
    text = folded(value)
    if kind == "email":
        return re.sub(r"\s", "", text)
    return " ".join(sorted(re.findall(r"[^\W\d_]+", text)))


def the_key(raw: Path) -> bytes:
    """The secret beside the log, made when it is first needed and readable by its owner only."""
    key = key_of(raw)
    if key is not None:
        return key
    raw.mkdir(parents=True, exist_ok=True)
    write_whole(raw / KEY_NAME, f"{secrets.token_hex(32)}\n".encode(), mode=0o600)
    return the_key(raw)


def leave_out(draft: EditionDraft, journal: Journal) -> tuple[EditionDraft, int]:
    """The draft without the forgotten persons, and how often they stood in it."""
    known = Fingerprints(journal.key or b"", journal.fingerprints)
    if not known.digests:
        return draft, 0
    scrubber = _Scrubber(known)
    data = scrubber.of(draft.model_dump(mode="json"))
    return (EditionDraft.model_validate(data), scrubber.count) if scrubber.count else (draft, 0)


def scrub_text(text: str, known: Fingerprints) -> tuple[str, int]:
    """A text without the e-mails, phones and names that are known, and how many it had."""
    spans = list(spans_of(text, known))
    for start, end in reversed(_merged(spans)):
        text = text[:start] + LEFT_OUT + text[end:]
    return text, len(spans)


class _Scrubber:
    """Walks a draft as plain data: contacts and team members go whole, elsewhere their words go."""

    def __init__(self, known: Fingerprints) -> None:
        self.known = known
        self.count = 0

    def of(self, data: Any) -> Any:  # any JSON
        if isinstance(data, str):
            text, count = scrub_text(data, self.known)
            self.count += count
            return text
        if isinstance(data, list):
            return [self.of(item) for item in data if not self._gone(item)]
        if isinstance(data, dict):
            if isinstance(data.get("value"), list) and "evidence" in data:
                data = self._candidate(data)
            return {name: item if name in ("key", "sha256") else self.of(item) for name, item in data.items()}
        return data

    def _gone(self, item: Any) -> bool:
        """A candidate whose whole value is a forgotten person (a team member)."""
        person = isinstance(item, dict) and isinstance(item.get("value"), dict) and "evidence" in item
        gone = person and self._is_known(item["value"])
        self.count += gone
        return bool(gone)

    def _candidate(self, data: dict[str, Any]) -> dict[str, Any]:
        """A list of contacts without those forgotten, the evidence of the others renumbered."""
        gone = [n for n, v in enumerate(data["value"], 1) if isinstance(v, dict) and self._is_known(v)]
        self.count += len(gone)
        kept = [v for n, v in enumerate(data["value"], 1) if n not in gone]
        evidence = [
            e | {"ordinal": e["ordinal"] - sum(g < e["ordinal"] for g in gone)}
            for e in data["evidence"]
            if e["ordinal"] not in gone
        ]
        return data | {"value": kept, "evidence": evidence} if gone else data

    def _is_known(self, person: dict[str, Any]) -> bool:
        return any(self.known.know(kind, person.get(kind)) for kind in ("name", "email", "phone"))


def spans_of(text: str, known: Fingerprints) -> Iterator[tuple[int, int]]:
    """Where e-mails, phones and names that are known stand in a text."""
    for kind, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        for match in pattern.finditer(text):
            if known.know(kind, match[0]):
                yield match.span()
    words = list(_WORD.finditer(text))
    for first, word in enumerate(words):
        for last in range(first + 1, min(first + _LONGEST_NAME, len(words))):
            start, end = word.start(), words[last].end()
            if end - start <= 60 and known.know("name", text[start:end]):
                yield start, end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
