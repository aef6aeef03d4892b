"""Content of a page -> operators and their operands, quickly.

What is written as nearly all programs write it is cut by one regular expression; whatever is not (an inline picture, a
name with #20 in it, a text that never ends) is left to pdfminer's own parser, from that token to the next one.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import LIT, PSKeyword, PSLiteral

_TOKEN = re.compile(
    rb"""[\s\0]*+ (?:
      < ((?:[0-9A-Fa-f]{2})*+) > (?!>)                                 # 1: <0041>
    | ([+-]? \d{1,18}+ (?![.\d]))                                      # 2: -12
    | ([+-]? (?:\d{1,99}+ \. \d{0,99}+ | \. \d{1,99}+) (?!\d))         # 3: 0.5
    | ([A-Za-z] [^#/%\[\]()<>{}\s]*+ | ['"])                           # 4: Tj
    | \( ([^()\\]*+) \)                                                # 5: (Ville de)
    | / ([^#/%\[\]()<>{}\s]++) (?!\#)                                  # 6: /F1
    | (\[ | <<)                                                        # 7
    | (\] | >>)                                                        # 8
    | \( ((?:[^()\\]++ | \\[nrtbf()\\] | \\[0-3][0-7]{2})*+) \)        # 9: (\(Ain\))
    | % [^\r\n]*+                                                      # a remark
    | (.)                                                              # 10: anything else
    )""",
    re.VERBOSE | re.DOTALL,
)
_HEX, _INTEGER, _REAL, _KEYWORD, _STRING, _NAME, _OPEN, _CLOSE, _ESCAPED, _ODD = range(1, 11)
_ESCAPE = re.compile(rb"\\(?:([nrtbf()\\])|([0-7]{3}))")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"(": b"(", b")": b")", b"\\": b"\\"}
_LOGICAL = {b"true": True, b"false": False}
_PICTURE = frozenset((b"BI", b"ID"))


def operators(streams: Sequence[Any], operands: list[Any]) -> Iterator[bytes]:
    """Each operator in its turn; what stands before it is put on `operands`.

    b"(Ville de) Tj" puts b"Ville de" on it and yields b"Tj".
    """
    number = at = 0
    while number < len(streams):
        odd = yield from _plain(stream_value(streams[number]).get_data(), at, operands)
        if odd is None:
            number, at = number + 1, 0
        else:
            number, at = yield from _by_pdfminer(streams, number, odd, operands)


def _plain(data: bytes, start: int, operands: list[Any]) -> Generator[bytes, None, int | None]:
    """Up to the end, or to the place of something odd, which it gives back."""
    names: dict[bytes, PSLiteral] = {}
    target, outermost = operands, -1
    around: list[tuple[bytes, list[Any]]] = []
    for token in _TOKEN.finditer(data, start):
        kind = token.lastindex
        if kind is None:
            continue
        text = token[kind]
        if kind == _INTEGER:
            target.append(int(text))
        elif kind == _HEX:
            target.append(unhexlify(text))
        elif kind == _REAL:
            target.append(float(text))
        elif kind == _KEYWORD and text in _LOGICAL:
            target.append(_LOGICAL[text])
        elif kind == _KEYWORD and not around and text not in _PICTURE:
            yield text
        elif kind == _STRING:
            target.append(text)
        elif kind == _NAME and (name := names.get(text) or _name(text, names)):
            target.append(name)
        elif kind == _ESCAPED:
            target.append(_ESCAPE.sub(_unescaped, text))
        elif kind == _OPEN:
            outermost = outermost if around else token.start(kind)
            around.append((text, target))
            target = []
        elif kind == _CLOSE and around and (closed := _closed(around[-1][0], text, target)) is not None:
            target = around.pop()[1]
            target.append(closed)
        else:
            return outermost if around else _start(token)
    return outermost if around else None


def _start(token: re.Match[bytes]) -> int:
    """Of the token itself, without the blanks before it."""
    blanks = len(token[0]) - len(token[0].lstrip(b" \t\n\r\f\v\0"))
    return token.start() + blanks


def _name(text: bytes, names: dict[bytes, PSLiteral]) -> PSLiteral | None:
    try:
        return names.setdefault(text, LIT(text.decode()))
    except UnicodeDecodeError:
        return None


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return _ESCAPES[escape[1]] if escape[1] else bytes((int(escape[2], 8),))


def _closed(opening: bytes, closing: bytes, members: list[Any]) -> list[Any] | dict[str, Any] | None:
    """An array or a dictionary; None where the two do not fit or a key is no name."""
    if closing == b"]":
        return members if opening == b"[" else None
    keys = members[::2]
    if opening != b"<<" or len(members) % 2 or not all(isinstance(k, PSLiteral) for k in keys):
        return None
    return {str(key.name): value for key, value in zip(keys, members[1::2], strict=True)}


def _by_pdfminer(
    streams: Sequence[Any], number: int, at: int, operands: list[Any]
) -> Generator[bytes, None, tuple[int, int]]:
    """As far as pdfminer's parser has to go until nothing is left open; gives back the place reached."""
    parser = PDFContentParser(streams[number:])
    parser.seek(at)
    while True:
        try:
            _, found = parser.nextobject()
        except PSEOF:
            return len(streams), 0
        if isinstance(found, PSKeyword):
            yield found.name
        else:
            operands.append(found)
        if not parser.results and not parser.eof:
            return number + parser.istream - 1, parser.bufpos + parser.charpos
