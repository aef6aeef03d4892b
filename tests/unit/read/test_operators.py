"""The quick cutting of a page's content gives what pdfminer's own parser gives, whatever is written there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, PSLiteral

from carnet.pipeline.read.operators import operators

USUAL = [
    b"BT", b"ET", b"Tj", b"TJ", b"T*", b"'", b'"', b"q", b"Q", b"re", b"0", b"1", b"-12", b"+7", b"0.5", b"-.5",
    b"12.", b"/F1", b"(Ville de)", b"(\\(Ain\\))", b"(\\351t\\351)", b"<0041>", b"<>", b"[(Mor)-20(cy)]", b"[]",
    b"/Nom", b"true", b"/Span <</MCID 0>> BDC", b"<</A[1 2]/B<</C(x)>>>>", b"% remarque\n",
]  # fmt: skip
ODD = [
    b"(", b")", b"[", b"]", b"<", b">", b"<<", b">>", b"{", b"}", b"/", b"#", b"\\", b".", b"-", b"+.", b"--5",
    b"1.2.3", b"9" * 30, b"1." + b"0" * 120, b"(a(b)c)", b"(\\9\\53)", b"(a\\\r\nb)", b"(a\rb)", b"<4>", b"<00 41>",
    b"<0041>>", b"<0g>", b"/A#20B", b"/A#", b"/\xe9", b"/\xc3\xa9", b"\xff", b"*", b"abc#d", b"5cm", b"null", b"[null]",
    b"[1 Tj]", b"<<1 2>>", b"BI /W 1 /H 1 ID \x00\xff EI ", b"BI /W 1 ID", b"EI", b"ID", b"<</A/B>>", b"%", b"\x00",
    b"(\\", b"[(a", b"[[1][2",
]  # fmt: skip
BLANKS = [b"", b" ", b"\n", b"\r\n", b"\t\x00 "]


def told(parts: Callable[[], Sequence[Any]]) -> list[str]:
    """Everything in words, a fault too; a dictionary with an odd number of members is one to pdfminer."""
    said: list[str] = []
    try:
        for part in parts():
            said.append(str((part.attrs, part.rawdata)) if isinstance(part, PDFStream) else repr(part))
    except Exception as error:
        said.append(type(error).__name__)
    return said


def quickly(streams: Sequence[PDFStream]) -> Sequence[Any]:
    operands: list[Any] = []
    parts: list[Any] = []
    for name in operators(streams, operands):
        parts += [*operands, b"operator " + name]
        operands.clear()
    return [*parts, *operands]


def by_pdfminer(streams: Sequence[PDFStream]) -> Sequence[Any]:
    parser = PDFContentParser(streams)
    parts: list[Any] = []
    while True:
        try:
            _, part = parser.nextobject()
        except PSEOF:
            return parts
        parts.append(b"operator " + part.name if isinstance(part, PSKeyword) else part)


def check(*contents: bytes) -> None:
    streams = [PDFStream({}, content) for content in contents]
    assert told(lambda: quickly(streams)) == told(lambda: by_pdfminer(streams))


@pytest.mark.parametrize("piece", USUAL + ODD, ids=repr)
def test_each_kind_of_token(piece: bytes) -> None:
    check(b"1 0 0 rg (a) Tj " + piece + b" 2 Tr (b) Tj")
    check(b"q " + piece)
    check(piece, b"5 w")


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(USUAL + ODD + USUAL), st.sampled_from(BLANKS)), max_size=25), st.integers(0, 80)
)
def test_any_order_of_tokens_in_one_stream_or_two(pieces: list[tuple[bytes, bytes]], cut: int) -> None:
    content = b"".join(piece + blank for piece, blank in pieces)
    check(content)
    check(content[:cut], content[cut:])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=40), min_size=1, max_size=3))
def test_any_bytes(contents: list[bytes]) -> None:
    check(*contents)


def test_what_programs_usually_write_is_not_left_to_pdfminer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carnet.pipeline.read.operators.PDFContentParser", None)
    assert quickly([PDFStream({}, b" ".join(USUAL))])
    with pytest.raises(TypeError):
        quickly([PDFStream({}, b"/A#20B gs")])


def test_names_are_those_of_pdfminer() -> None:
    name, _ = quickly([PDFStream({}, b"/F1 Tf")])
    assert isinstance(name, PSLiteral)
    assert name.name == "F1"
