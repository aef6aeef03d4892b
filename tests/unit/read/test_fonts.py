"""Names of fonts that tell how they look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from carnet.pipeline.read import read
from carnet.pipeline.read.fonts import is_bold, is_italic, told_name
from tests.bare_pdf import TEXT, one_page

FORCED_BOLD = 1 << 18


@dataclass
class Font:
    """As pdfminer hands them over: a name, an angle and the description of the file."""

    fontname: str | bytes
    italic_angle: Any = 0
    descriptor: dict[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("LinLibertineOB", 140), ("ABCDEF+LinLibertineOB", 140), ("BodoniMTBd", 150), ("OptimaStdBlk", 160),
        ("F1", 140), ("CIDFont+F3", 140), ("TT12", 130),
    ],
)  # fmt: skip
def test_a_name_that_may_say_bold_does_where_strokes_are_thick(name: str, stem: float) -> None:
    assert told_name(Font(name, descriptor={"StemV": stem})) == f"{name}-Bold"
    assert told_name(Font(name, descriptor={"StemV": 90})) == name
    assert told_name(Font(name)) == name


@pytest.mark.parametrize("name", ["LinLibertineO", "Georgia", "ABCDEF+Lato", "FRANKLIN", "F12345"])
def test_of_other_names_thick_strokes_tell_nothing(name: str) -> None:
    assert told_name(Font(name, descriptor={"StemV": 180})) == name


@pytest.mark.parametrize(
    ("said", "bold"),
    [
        ({"Flags": FORCED_BOLD}, True), ({"Flags": FORCED_BOLD | 34}, True), ({"Flags": 34}, False),
        ({"FontWeight": 600}, True), ({"FontWeight": 700}, True), ({"FontWeight": 400}, False),
        ({"FontWeight": "700", "Flags": None, "StemV": object()}, False),
    ],
)  # fmt: skip
def test_a_font_that_asks_to_be_bold_is(said: dict[str, Any], bold: bool) -> None:
    assert told_name(Font("Georgia", descriptor=said)) == ("Georgia-Bold" if bold else "Georgia")


def test_an_angle_tells_italics() -> None:
    assert told_name(Font("Georgia", italic_angle=-12)) == "Georgia-Italic"
    assert told_name(Font("Georgia", italic_angle=0)) == "Georgia"
    assert told_name(Font("Georgia", -12, {"Flags": FORCED_BOLD})) == "Georgia-Bold-Italic"


def test_what_a_name_says_itself_is_not_said_again() -> None:
    bold = {"StemV": 180, "Flags": FORCED_BOLD}
    assert told_name(Font("Georgia-BoldItalic", -12, bold)) == "Georgia-BoldItalic"
    assert told_name(Font("Futura-Heavy", -12, bold)) == "Futura-Heavy-Italic"
    assert told_name(Font(b"Georgia-Oblique", -12)) == "Georgia-Oblique"


def test_a_font_without_a_description_keeps_its_name() -> None:
    class Bare:
        fontname = "F1"

    assert told_name(Bare()) == "F1"


@pytest.mark.parametrize(
    ("name", "bold", "italic"),
    [("A-Bold", True, False), ("Lato-Semibold", True, False), ("B-Ital", False, True), ("Lato-Regular", False, False)],
)
def test_names_in_full(name: str, bold: bool, italic: bool) -> None:
    assert (is_bold(name), is_italic(name)) == (bold, italic)


@pytest.mark.parametrize(
    ("name", "more", "bold", "italic"),
    [
        (b"F1", b"/Flags 32 /StemV 160", True, False),
        (b"F1", b"/Flags 32 /StemV 80", False, False),
        (b"Georgia", b"/Flags 262176 /ItalicAngle -12 /StemV 80", True, True),
        (b"Georgia", b"/Flags 32 /StemV [80] /ItalicAngle /None", False, False),
    ],
)
def test_words_of_a_file_are_set_as_its_fonts_are_described(name: bytes, more: bytes, bold: bool, italic: bool) -> None:
    described = b"<< /Type /FontDescriptor /FontName /%s /FontBBox [0 0 1000 1000] %s >>" % (name, more)
    widths = b"/FirstChar 32 /LastChar 126 /Widths [%s]" % (b"500 " * 95)
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /%s %s /FontDescriptor 10 0 R >>" % (name, widths)
    (page,) = read(one_page(TEXT, font=font, others={10: described}), "application/pdf").pages
    assert {(word.style.bold, word.style.italic) for word in page.words} == {(bold, italic)}
