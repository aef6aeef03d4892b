"""Persons who asked to be forgotten: known only by keyed fingerprints, left out of every draft before it is stored."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carnet.schemas.spelling import ends_a_name, folded
from carnet.warehouse.disk.files import write_whole
from carnet.warehouse.log.journal import KEY_NAME, Journal, key_of

if TYPE_CHECKING:
    from carnet.schemas.draft import EditionDraft

LEFT_OUT = "[…]"
_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?@\s?[\w-]{1,80}(?:\.[\w-]{1,80}){1,8}")
_NUMBER = re.compile(r"\+?\(?\d[\d\s.()/\u00a0\u202f-]{6,30}\d")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 6
"""Words: "Jean-Pierre de La Tour"."""
_LONGEST_SPAN = 60
"""Letters."""
_NO_INITIALS = frozenset("AÀYOÔ")
"""Words of one letter: "A Verdeau" is a place that something happens at."""
_PHONE_DIGITS = 9
"""That tell a French number, without the 0 or the country's code before them."""


@dataclass(frozen=True)
class Fingerprints:
    """`digests` of names, e-mails and phones under `key`; nobody reads a person out of them."""

    key: bytes
    digests: frozenset[str]

    @classmethod
    def of(cls, journal: Journal) -> Fingerprints:
        """All who are forgotten."""
        return cls(journal.key or b"", journal.fingerprints)

    def know(self, kind: str, value: str | None) -> bool:
        return bool(value) and fingerprint(self.key, kind, value or "") in self.digests

    def know_normal(self, kind: str, normal: str) -> bool:
        return _digest(self.key, kind, normal) in self.digests

    def know_email(self, email: str | None) -> bool:
        """The address, or somebody by the part before the @."""
        box = (email or "").partition("@")[0]
        return self.know("email", email) or self.know("name", box) or self.know("alone", box)

    def know_person(self, person: Mapping[str, Any]) -> bool:
        """A contact or team member, by name; by e-mail or phone where there is no name (a successor may have them)."""
        name = person.get("name")
        if name:
            return self.know("name", name) or self.know("surname", name)
        return self.know_email(person.get("email")) or self.know("phone", person.get("phone"))


NOBODY = Fingerprints(b"", frozenset())


def fingerprint(key: bytes, kind: str, value: str) -> str:
    """Of the normalised value: "DOUVIER Claire" and "Claire Douvier" are one name."""
    return _digest(key, kind, normalised(kind, value))


@lru_cache(maxsize=1 << 16)
def _digest(key: bytes, kind: str, normal: str) -> str:
    return hmac.digest(key, f"{kind}\0{normal}".encode(), "sha256").hex()[:32]


def normalised(kind: str, value: str) -> str:
    """As it is compared: without case, accents, order of names, country code.

    >>> normalised("name", "DOUVIER Élise")
    'douvier elise'
    >>> normalised("phone", "+33 4 66 00 00 00")
    '466000000'
    """
    if kind == "phone":
        return re.sub(r"\D", "", value)[-_PHONE_DIGITS:]
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
    """The draft without the forgotten persons (the same one where none stands in it), and in how many places they
    stood: contacts and members that went, and marks that were left. Who is forgotten first plays no part."""
    known = Fingerprints.of(journal)
    if not known.digests:
        return draft, 0
    scrubber = _Scrubber(known)
    before = draft.model_dump(mode="json")
    after = scrubber.of(before)
    if after == before:
        return draft, 0
    left = type(draft).model_validate(after)
    return left, scrubber.gone + _marks(left) - _marks(draft)


def _marks(draft: EditionDraft) -> int:
    """The file's name aside: the log holds it without them already when the file is read again."""
    return draft.model_dump_json(exclude={"edition"}).count(LEFT_OUT)


def scrub_text(text: str, known: Fingerprints) -> tuple[str, int]:
    """A text without the e-mails, phones and names that are known, and how many it had."""
    spans = list(spans_of(text, known)) if known.digests else []
    for start, end in reversed(_merged(spans)):
        text = text[:start] + LEFT_OUT + text[end:]
    return text, len(spans)


def without(data: Any, known: Fingerprints) -> Any:
    """Any JSON without them: its texts scrubbed, all else as it is."""
    if isinstance(data, str):
        return scrub_text(data, known)[0]
    if isinstance(data, list | tuple):
        return [without(item, known) for item in data]
    return {name: without(item, known) for name, item in data.items()} if isinstance(data, dict) else data


class _Scrubber:
    """Walks a draft as plain data: contacts and team members go whole, elsewhere their words go."""

    def __init__(self, known: Fingerprints) -> None:
        self.known = known
        self.gone = 0

    def of(self, data: Any) -> Any:  # any JSON
        if isinstance(data, str):
            return scrub_text(data, self.known)[0]
        if isinstance(data, list):
            return [self.of(item) for item in data if not self._goes(item)]
        if isinstance(data, dict):
            if isinstance(data.get("value"), list) and "evidence" in data:
                data = self._candidate(data)
            if {"name", "email", "phone"} <= set(data):
                data = self._of_a_successor(data)
            return {name: item if name == "sha256" else self.of(item) for name, item in data.items()}
        return data

    def _goes(self, item: Any) -> bool:
        """A candidate whose whole value is a forgotten person (a team member)."""
        person = isinstance(item, dict) and isinstance(item.get("value"), dict) and "evidence" in item
        goes = bool(person and self.known.know_person(item["value"]))
        self.gone += goes
        return goes

    def _of_a_successor(self, person: dict[str, Any]) -> dict[str, Any]:
        """Somebody else with the address or number that the forgotten person had."""
        email = None if self.known.know_email(person["email"]) else person["email"]
        phone = None if self.known.know("phone", person["phone"]) else person["phone"]
        return person | {"email": email, "phone": phone}

    def _candidate(self, data: dict[str, Any]) -> dict[str, Any]:
        """A list of contacts without those forgotten, the evidence of the others renumbered."""
        gone = [n for n, v in enumerate(data["value"], 1) if isinstance(v, dict) and self.known.know_person(v)]
        self.gone += len(gone)
        kept = [v for n, v in enumerate(data["value"], 1) if n not in gone]
        evidence = [
            e | {"ordinal": e["ordinal"] - sum(g < e["ordinal"] for g in gone)}
            for e in data["evidence"]
            if e["ordinal"] not in gone
        ]
        return data | {"value": kept, "evidence": evidence} if gone else data


def spans_of(text: str, known: Fingerprints) -> Iterator[tuple[int, int]]:
    """Where e-mails, phones and names that are known stand in a text."""
    for match in _EMAIL.finditer(text):
        if known.know_email(match[0]):
            yield match.span()
    for match in _NUMBER.finditer(text):
        yield from _phones_in(match, known)
    words = [(m.start(), m.end(), folded(m[0])) for m in _WORD.finditer(text)]
    for first, (start, _, _) in enumerate(words):
        for last in range(first, min(first + _LONGEST_NAME, len(words))):
            end = words[last][1]
            if end - start > _LONGEST_SPAN or (last > first and _is_parted(text, words[last - 1], words[last])):
                break
            if end - start == 1:
                continue
            normal = " ".join(sorted(word for _, _, word in words[first : last + 1]))
            if (
                known.know_normal("name", normal)
                and _may_be_initials(text, words[first : last + 1])
                or text[start].isupper()
                and known.know_normal("alone", normal)
            ):
                yield start, end


def _is_parted(text: str, word: tuple[int, int, str], after: tuple[int, int, str]) -> bool:
    """No name goes on from the one word to the other."""
    return ends_a_name(word[2], text[word[1] : after[0]])


def _phones_in(match: re.Match[str], known: Fingerprints) -> Iterator[tuple[int, int]]:
    """Several numbers may stand in a row."""
    if known.know("phone", match[0]):
        yield match.span()
        return
    digits = [n for n in range(*match.span()) if match.string[n].isdigit()]
    start = match.start()
    for first in range(len(digits) - _PHONE_DIGITS + 1):
        nine = digits[first : first + _PHONE_DIGITS]
        if known.know_normal("phone", "".join(match.string[n] for n in nine)):
            yield start, nine[-1] + 1
            start = nine[-1] + 1


def _may_be_initials(text: str, words: Sequence[tuple[int, int, str]]) -> bool:
    """Words of one letter are initials: "a.verdeau", "A. Verdeau"; not "à Verdeau", "d'Orval"."""
    for start, end, _ in words if len(words) > 1 else ():
        follows = text[end : end + 1]
        capital = text[start].isupper() and text[start] not in _NO_INITIALS and follows not in ("'", "’")
        if end - start == 1 and not capital and follows not in (".", "-", "_"):
            return False
    return True


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
