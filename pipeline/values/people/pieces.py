"""A contact field cut at separators, addresses and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from carnet.pipeline.values.emails import EmailReading
from carnet.pipeline.values.found import Found

MAX_PIECE = 300
"""Letters between two separators; more is a sentence, no name and no role."""
_SEPARATOR = re.compile(r"\n|[;,|•·▪●►▶\[\](){}<>\t]|(?<!\S)[-–—]+(?!\S)|(?<!\S)/|/(?!\S)|:(?!\S)| {4}")
_TOKEN = re.compile(r"\S+")
Token = tuple[str, int]
"""A word as printed, and where in its piece it begins."""


@dataclass(frozen=True)
class ContactPiece:
    """`text[start:end]`. `kind`: text, email or phone, later name, role, left, label, fax, service, lower, other.

    `before` is the separator in front: a line end, a comma, "", … `strength` of a name: 3 sure, 2 likely, 1 one word.
    """

    kind: str
    start: int
    end: int
    before: str
    value: str = ""
    email: EmailReading | None = None
    strength: int = 0
    has_left: bool = False
    rule: str = ""
    note: str | None = None


def cut_pieces(text: str, emails: Sequence[Found[EmailReading]], phones: Sequence[Found[str]]) -> list[ContactPiece]:
    """Addresses and numbers as they were found, and the text between them cut at its separators."""
    known = [
        ContactPiece("email", f.start, f.end, "", f.value.address, f.value, rule=f.rule, note=f.note) for f in emails
    ]
    known += [ContactPiece("phone", f.start, f.end, "", f.value, rule=f.rule, note=f.note) for f in phones]
    known.sort(key=lambda piece: piece.start)
    pieces: list[ContactPiece] = []
    at, before = 0, "\n"
    for piece in known:
        if piece.start < at:
            continue
        before = _cut(text, at, piece.start, before, pieces)
        pieces.append(replace(piece, before=before))
        at, before = piece.end, ""
    _cut(text, at, len(text), before, pieces)
    return pieces


def _cut(text: str, start: int, end: int, before: str, pieces: list[ContactPiece]) -> str:
    """Add the pieces of `text[start:end]`, which holds no address or number; return the last separator."""
    at = start
    while True:
        mark = _SEPARATOR.search(text, at, end)
        stop = mark.start() if mark else end
        left, right = strip_span(text, at, stop)
        if left < right:
            pieces.append(ContactPiece("text", left, right, before))
            before = ""
        if not mark:
            return before
        sign = mark.group()
        before = _stronger(before, "-" if sign[0] in "-–—" else sign[0] if sign.strip() or sign == "\n" else ",")
        at = mark.end()


def _stronger(old: str, new: str) -> str:
    """Of several separators in a row the one that parts most."""
    order = "\n;|/-•·▪●►▶({[<:,"
    for sign in order:
        if sign in (old, new):
            return sign
    return new or old


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, quotes and pictures ("☎") at its ends."""
    while start < end and (_is_blank(text[start]) or text[start] in "\"*_'"):
        start += 1
    while end > start and (_is_blank(text[end - 1]) or text[end - 1] in '"*_'):
        end -= 1
    return start, end


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "So" and char != "°"


def tokens_of(one: str) -> list[Token]:
    """The words of a piece."""
    return [(match.group(), match.start()) for match in _TOKEN.finditer(one)]


def region_of(emails: Sequence[Found[EmailReading]], region: str) -> str:
    """Where an address ends in the country of a neighbour, numbers without prefix are of that country."""
    endings = {found.value.address.rpartition(".")[2].upper() for found in emails}
    near = endings & {"BE", "CH", "LU", "MC", "AD", "DE", "IT", "ES"}
    return near.pop() if len(near) == 1 and region == "FR" else region


def masked(text: str, emails: Sequence[Found[EmailReading]]) -> str:
    """The text with spaces instead of addresses, so that no number is read from one."""
    chars = list(text)
    for found in emails:
        chars[found.start : found.end] = " " * (found.end - found.start)
    return "".join(chars)
