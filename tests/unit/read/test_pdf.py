"""Reading PDFs: what is seen is read, what is not is said, what can't be read is refused with one sentence."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read import read
from carnet.pipeline.read.letters import visible
from carnet.pipeline.read.limits import LIMITS, BoundedZlib, LimitExceeded
from carnet.pipeline.read.marks import with_list_marks
from carnet.pipeline.read.pdf import TO_DO, read_pdf
from carnet.pipeline.read.pictures import PICTURE_PAGE
from carnet.pipeline.read.reading import ReadOptions
from carnet.pipeline.read.words import words_of
from carnet.schemas.layout import BBox, Page
from tests.hostile_files import pdf as made_of
from tests.hostile_files import stream

Draw = Callable[[Canvas], object]
LINE = "Schéma directeur de la Brévinière"


def pdf(*pages: Draw, password: str | None = None) -> bytes:
    """A PDF of 400 x 300 points with a page for each function."""
    out = io.BytesIO()
    protection = StandardEncryption(password, "owner", strength=128) if password else None
    canvas = Canvas(out, pagesize=(400, 300), encrypt=protection, invariant=True)
    for draw in pages:
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def line(text: str = LINE, y: float = 200, x: float = 40) -> Draw:
    return lambda canvas: canvas.drawString(x, y, text)


def both(*draws: Draw) -> Draw:
    def drawn(canvas: Canvas) -> None:
        for draw in draws:
            draw(canvas)

    return drawn


def picture(x: float, y: float, width: float, height: float) -> Draw:
    from PIL import Image

    return lambda canvas: canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "navy")), x, y, width, height)


def white(text: str) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(40, 100, text)
        canvas.setFillColorRGB(0, 0, 0)

    return drawn


def in_mode(mode: int, text: str) -> Draw:
    def drawn(canvas: Canvas) -> None:
        written = canvas.beginText(40, 120)
        written.setTextRenderMode(mode)
        written.textOut(text)
        canvas.drawText(written)

    return drawn


def turned(text: str, x: float = 380) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(20, -x, text)
        canvas.restoreState()

    return drawn


def aslant(text: str) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(60, 60)
        canvas.rotate(32)
        canvas.drawString(0, 0, text)
        canvas.restoreState()

    return drawn


def dark_box(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(20, 90, 300, 40, stroke=0, fill=1)


def page_of(draw: Draw) -> Page:
    return read_pdf(pdf(draw)).pages[0]


def text_of(page: Page) -> str:
    return " ".join(word.text for word in page.words)


SEEN: list[tuple[str, Draw, str, str]] = [
    ("plain", line(), LINE, ""),
    ("no-break and thin spaces", line("29\u00a0000\u00a0€ HT"), "29 000 € HT", ""),
    ("printed twice for boldness", both(line(), line(x=40.3)), LINE, ""),
    ("white on white", both(line(), white("ne pas lire ceci")), LINE, "hidden_text: 13 letters are white on white"),
    ("a watermark", both(line(), aslant("COPIE")), LINE, ""),
    ("white on a dark box", both(line(), dark_box, white("Client")), f"{LINE} Client", ""),
    ("not drawn", both(line(), in_mode(3, "ne pas lire ceci")), LINE, "hidden_text: 13 letters are not drawn"),
    ("beside the page", both(line(), line("hors de la page, très loin", y=900)), LINE, "hidden_text: 21 letters stand"),
    ("a turned tab", both(line(), turned("ONGLET")), LINE, ""),
    (
        "mostly turned",
        both(line(), turned("Une page entière de travers"), turned("et encore davantage", 360)), LINE, "turned_text: ",
    ),
    ("a scan with its text layer", both(picture(0, 0, 400, 300), in_mode(3, LINE)), LINE, ""),
    ("a logo", both(line(), picture(350, 280, 30, 10)), LINE, ""),
    (
        "pictures of words",
        both(line(), *(picture(40, y, 200, 12) for y in (180, 160, 140))), LINE, "text_in_picture: 3 pictures",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "draw", "text", "note"), SEEN, ids=[name for name, *_ in SEEN])
def test_what_is_seen_is_read_and_the_rest_is_said(name: str, draw: Draw, text: str, note: str) -> None:
    page = page_of(draw)
    assert text_of(page) == text
    assert [n[: len(note)] for n in page.notes] == ([note] if note else [])


def on_its_side(angle: int) -> Draw:
    """Two lines, all of a page that was laid on its side."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(*((300, 20) if angle == 90 else (100, 280)))
        canvas.rotate(angle)
        canvas.drawString(0, 0, LINE)
        canvas.drawString(0, -20, "Commune de la Brévinière")
        canvas.restoreState()

    return draw


@pytest.mark.parametrize("angle", [90, -90])
def test_a_page_on_its_side_is_read_upright(angle: int) -> None:
    page = page_of(on_its_side(angle))
    assert text_of(page) == f"{LINE} Commune de la Brévinière"
    assert (page.width, page.height, page.turn) == (300, 400, float(-angle))
    first, last = page.words[0].box, page.words[-1].box
    assert first and last and first.top < last.top


def test_the_picture_of_a_page_on_its_side_is_turned_with_its_words() -> None:
    from io import BytesIO

    from PIL import Image

    from carnet.pipeline.read.page_view import view_page

    view = view_page(pdf(on_its_side(90)), 1)
    picture = Image.open(BytesIO(view.picture)).convert("L")
    assert (view.width, view.height) == (300, 400)
    scale = picture.width / view.width
    assert abs(picture.height - scale * view.height) < 2
    for word in view.words:
        box = word.box
        assert box is not None
        cut = picture.crop((int(box.x0 * scale), int(box.top * scale), int(box.x1 * scale), int(box.bottom * scale)))
        assert min(cut.tobytes()) < 100, f"{word.text} is not where its box is"


def letter(text: str, at: float, top: float = 10.0) -> dict[str, Any]:
    return {
        "text": text, "x0": at, "x1": at + 6, "top": top, "bottom": top + 10, "size": 10.0, "upright": True,
        "non_stroking_color": (0,), "invisible": False, "fontname": "Symbols", "doctop": top,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("glyphs", "marked"),
    [
        (["(cid:7)", "(cid:7)"], True),
        (["(cid:7)", "(cid:8)"], False),  # icons of a phone and of a letter
        (["(cid:127)", "(cid:8)"], True),  # the first is a bullet by the standard
    ],
)
def test_a_letter_without_unicode_that_opens_lines_is_a_list_mark(glyphs: list[str], marked: bool) -> None:
    chars = []
    for n, glyph in enumerate(glyphs):
        chars += [letter(glyph, 10.0, 20.0 * n), *(letter(c, 26.0 + 6 * i, 20.0 * n) for i, c in enumerate("Atelier"))]
    kept, _, _ = visible(chars, [], BBox(0, 0, 400, 300), 0)
    words = [w.text for w in words_of(with_list_marks(kept), 1)]
    assert (words[0] == "•") is marked and words.count("Atelier") == 2


def test_letters_without_unicode_leave_a_hole_that_shows() -> None:
    data = pdf(line("Ville"))
    page = read_pdf(data).pages[0]
    assert text_of(page) == "Ville"
    chars = [letter(c, 10.0 + 6 * i) for i, c in enumerate(["V", "i", "(cid:7)", "l", "e"])]
    kept, _, notes = visible(chars, [], BBox(0, 0, 400, 300), 0)
    assert "".join(c["text"] for c in kept) == "Vi\ufffdle"
    assert notes == ["garbled_text: 1 of 5 letters have no Unicode value"]
    bullet = [letter("(cid:7)", 10.0), *(letter(c, 40.0 + 6 * i) for i, c in enumerate("Programme"))]
    assert visible(bullet, [], BBox(0, 0, 400, 300), 0)[2] == []


def hidden(text: str) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        turned(text)(canvas)
        canvas.setFillColorRGB(0, 0, 0)

    return drawn


@pytest.mark.parametrize(
    ("draw", "tabs"),
    [
        (turned("Risques naturels"), ["Risques naturels"]),
        (turned("Au milieu", 200), []),
        (hidden("Pas vu, pas lu"), []),
        (both(*(turned(f"Colonne {n}", 340 + 12 * n) for n in range(5))), []),
    ],
    ids=["at the edge", "amid the page", "white on white", "many"],
)
def test_text_turned_on_its_side_is_a_tab_at_the_edge(draw: Draw, tabs: list[str]) -> None:
    page = read_pdf(pdf(both(line(), draw))).pages[0]
    assert [w.text for w in page.tabs] == tabs
    assert text_of(page) == LINE


def test_a_picture_page_among_others_is_a_finding() -> None:
    pages = read_pdf(pdf(line(), picture(0, 0, 400, 300))).pages
    assert [page.notes for page in pages] == [(), (PICTURE_PAGE,)]


GOOD = pdf(line(), line("Deuxième page"))
REFUSED: list[tuple[str, bytes, str]] = [
    ("zip", b"PK\x03\x04\x14\x00 and more", "not a PDF: it is a ZIP archive"),
    ("word", b"PK\x03\x04\x14\x00 word/document.xml", "not a PDF: it is a Word document"),
    ("png", b"\x89PNG\r\n\x1a\n", "not a PDF: it is a PNG picture"),
    ("web page", b"\n<!DOCTYPE html><title>Connexion</title>", "not a PDF: it is a web page"),
    ("text", b"We mention %PDF- here.\n", "not a PDF: it is plain text"),
    ("noise", bytes(range(128, 256)) * 20, "not a PDF"),
    ("empty", b"", "empty file: 0 bytes"),
    ("zeros", bytes(500), "not a PDF: it is nothing but zero bytes"),
    ("cut", GOOD[:300], "damaged PDF: its end is missing"),
    ("locked", pdf(line(), password="secret"), "encrypted: needs a password"),
    ("picture only", pdf(*[picture(0, 0, 400, 300)] * 2), f"no text layer: 2 pages of pictures; {TO_DO}"),
    ("blank", pdf(lambda canvas: None), "no text layer: 1 page without text or pictures"),
    ("hidden", pdf(white("rien de visible ici")), "no text layer: 1 page of hidden text"),
]


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_what_can_not_be_read_is_refused_with_one_sentence(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read(data, "application/pdf")
    assert str(refusal.value) == reason


def test_a_password_opens_and_a_wrong_one_is_said() -> None:
    data = pdf(line(), password="clé")
    assert text_of(read_pdf(data, ReadOptions(password="clé")).pages[0]) == LINE
    with pytest.raises(UnreadableDocument, match="the password does not open it"):
        read_pdf(data, ReadOptions(password="other"))
    assert "clé" not in repr(ReadOptions(password="clé"))


def test_a_damaged_cross_reference_is_repaired() -> None:
    at = GOOD.rindex(b"startxref")
    for broken in (GOOD[:at] + b"startxref\n7\n%%EOF\n", GOOD.replace(b"xref\n0 ", b"xrfe\n0 ")):
        assert [text_of(page) for page in read_pdf(broken).pages] == [LINE, "Deuxième page"]


def test_a_page_that_can_not_be_read_costs_that_page() -> None:
    limits = replace(LIMITS, letters=10)
    first, second = read_pdf(
        pdf(line("Court"), both(line("Trop long pour la limite"))), ReadOptions(limits=limits)
    ).pages
    assert (text_of(first), first.notes) == ("Court", ())
    assert (text_of(second), second.notes) == (
        "", ("page_unreadable: more than 10 letters on one page, the rest was left out",)
    )  # fmt: skip


def test_limits() -> None:
    with pytest.raises(UnreadableDocument, match="too many pages: more than 1$"):
        read_pdf(GOOD, ReadOptions(limits=replace(LIMITS, pages=1)))
    bomb = zlib.compress(bytes(5 << 20))
    with pytest.raises(LimitExceeded, match="unpacks to more than 1 MB"):
        BoundedZlib(1 << 20).decompress(bomb)


def test_what_a_damaged_stream_holds_before_the_damage_is_kept_and_counted() -> None:
    packed = bytearray(zlib.compress(b"".join(b"%d " % i for i in range(5000))))
    unpacking = BoundedZlib()
    assert unpacking.decompress(bytes(packed)).endswith(b"4999 ")
    assert unpacking.damaged == 0
    assert unpacking.decompress(bytes(packed[: len(packed) // 2])).startswith(b"0 1 2 3")
    assert unpacking.damaged == 1


def test_a_wrong_checksum_is_damage() -> None:
    """The letters before it may be others."""
    packed = bytearray(zlib.compress(b"29 000 euros"))
    packed[-1] ^= 1
    unpacking = BoundedZlib()
    assert (unpacking.decompress(bytes(packed)), unpacking.damaged) == (b"29 000 euros", 1)


def tree(kids: bytes, count: bytes = b"3", **others: bytes) -> bytes:
    """Two pages, objects 10 and 11, under a root of these kids."""
    page = b"<< /Type /Page /MediaBox [0 0 400 300] /Contents %d 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids %s /Count %s >>" % (kids, count),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", 10: page % 20, 11: page % 21,
        20: stream(b"BT /F1 12 Tf 50 200 Td (Premiere) Tj ET"), 21: stream(b"BT /F1 12 Tf 50 200 Td (Derniere) Tj ET"),
    }  # fmt: skip
    return made_of(objects | {int(name[1:]): body for name, body in others.items()})


LOST_PAGES = [
    ("a kid that is not there", tree(b"[10 0 R 99 0 R 11 0 R]")),
    ("a kid of another type", tree(b"[10 0 R 5 0 R 11 0 R]")),
    ("a kid that is no object", tree(b"[10 0 R (x) 11 0 R]")),
    ("a kid that was there", tree(b"[10 0 R 10 0 R 11 0 R]")),
    ("the tree itself", tree(b"[10 0 R 2 0 R 11 0 R]")),
    ("a page that makes no sense", tree(b"[10 0 R 12 0 R 11 0 R]", o12=b"<< /Type /Page /Rotate (x) /MediaBox 7 >>")),
]


@pytest.mark.parametrize("data", [data for _, data in LOST_PAGES], ids=[name for name, _ in LOST_PAGES])
def test_a_lost_page_is_named_and_the_next_keeps_its_number(data: bytes) -> None:
    pages = read_pdf(data).pages
    assert [(page.number, text_of(page)) for page in pages] == [(1, "Premiere"), (2, ""), (3, "Derniere")]
    assert [bool(page.notes) for page in pages] == [False, True, False]
    assert pages[1].notes[0].startswith("page_unreadable")


def test_pages_that_the_file_counts_and_does_not_have_are_told() -> None:
    first, last = read_pdf(tree(b"[10 0 R 11 0 R]", b"7")).pages
    assert first.notes == ("page_unreadable: the file says it has 7 pages, there are only 2",)
    assert text_of(last) == "Derniere"


def test_a_tree_may_be_deep() -> None:
    deep = {f"o{n}": b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(100, 5000)}
    deep["o5000"] = b"<< /Type /Pages /Kids [11 0 R] /Count 1 >>"
    assert [text_of(p) for p in read_pdf(tree(b"[10 0 R 100 0 R]", b"2", **deep)).pages] == ["Premiere", "Derniere"]


def test_who_watches_hears_of_each_page() -> None:
    heard: list[int] = []

    def guard(number: int) -> contextlib.AbstractContextManager[None]:
        heard.append(number)
        return contextlib.nullcontext()

    read_pdf(GOOD, ReadOptions(guard=guard))
    assert heard == [0, 1, 2]


def test_of_a_long_document_pages_from_all_over_it_are_tried_first() -> None:
    heard: list[int] = []
    judged: list[tuple[int, int]] = []

    def guard(number: int) -> contextlib.AbstractContextManager[None]:
        heard.append(number)
        return contextlib.nullcontext()

    def judge(tried: int, pages: int) -> None:
        judged.append((tried, pages))
        assert heard == [0, 2, 5, 8, 11], "the middle of each quarter"

    data = pdf(*[line(f"Page {n}") for n in range(1, 13)])
    asked = ReadOptions(guard=guard, judge=judge, limits=replace(LIMITS, long=11, tried=4))
    assert [(p.number, text_of(p)) for p in read_pdf(data, asked).pages] == [(n, f"Page {n}") for n in range(1, 13)]
    assert judged == [(4, 12)]
    assert sorted(heard) == list(range(13))
    heard.clear()
    read_pdf(data, replace(asked, limits=replace(LIMITS, long=12)))
    assert (heard, judged) == (list(range(13)), [(4, 12)])


def test_a_long_document_that_costs_too_much_is_refused_by_the_first_pages() -> None:
    def judge(tried: int, pages: int) -> None:
        raise UnreadableDocument(f"{pages} pages, {tried} of them were tried")

    with pytest.raises(UnreadableDocument, match="12 pages, 4 of them"):
        read_pdf(pdf(*[line()] * 12), ReadOptions(judge=judge, limits=replace(LIMITS, long=11, tried=4)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=12))
def test_damaged_bytes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    with contextlib.suppress(UnreadableDocument):
        read_pdf(bytes(data))
