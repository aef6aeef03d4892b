"""Words taken out of a file: nobody finds them, all else is there and stays where it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redact import PDF, redact, said_in
from carnet.pipeline.redaction import proof
from carnet.pipeline.redaction.glyphs import glyphs_of
from carnet.pipeline.redaction.wanted import MARK, Printed, RedactionTarget
from tests import bare_pdf

NAME = re.compile(r"Aline\s+Verdeau|a\.verdeau@brenoux\.example|\bVerdeau\b", re.IGNORECASE)
TRACES = ("verdeau", "aline", "a.verdeau@")


def spans(text: str) -> Iterable[tuple[int, int]]:
    """They overlap: the surname within the name and the address, as `carnet.warehouse.privacy.forgotten` gives them."""
    return [m.span() for pattern in (NAME, re.compile("Verdeau")) for m in pattern.finditer(text)]


WANTED = RedactionTarget(spans)


def drawn(draw: Callable[[Canvas], object], size: tuple[float, float] = (400, 300)) -> bytes:
    into = io.BytesIO()
    page = Canvas(into, pagesize=size, invariant=1)
    draw(page)
    page.save()
    return into.getvalue()


def plain(page: Canvas) -> None:
    page.drawString(40, 250, "Contexte : un réseau ancien, 12 500 € HT")
    page.drawString(40, 200, "Contact : Aline Verdeau, directrice")
    page.drawString(40, 180, "a.verdeau@brenoux.example")
    page.showPage()
    page.drawString(40, 250, "Une autre page")


def texts(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [" ".join(page.extract_text().split()) for page in document.pages]


def everything(data: bytes) -> str:
    """All bytes of all objects, unpacked, with what its letters tell."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        into = io.BytesIO()
        pdf.save(into, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False,
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    raw = into.getvalue()
    return "\n".join([raw.decode("latin-1"), raw.decode("utf-16-be", "replace"), *said_in(data, PDF)]).lower()


def assert_gone(data: bytes) -> None:
    assert not [trace for trace in TRACES if trace in everything(data)]


# --- pages


def test_a_person_leaves_a_pdf_and_the_rest_stays() -> None:
    made = redact(drawn(plain), PDF, WANTED)
    first, second = texts(made)
    assert first == f"Contexte : un réseau ancien, 12 500 € HT Contact : {MARK} , directrice {MARK}"
    assert second == "Une autre page"
    assert_gone(made)


def test_a_name_in_two_pieces() -> None:
    def apart(page: Canvas) -> None:
        page.drawString(40, 200, "Contact : Aline")
        page.drawString(121, 200, "Verdeau, directrice")

    assert texts(redact(drawn(apart), PDF, WANTED)) == [f"Contact : {MARK} , directrice"]


def test_what_was_read_of_a_person_goes_too_but_nothing_else_in_its_box() -> None:
    """The box of a role that runs over two lines holds other words."""
    person = [Printed("Aline Verdeau", 1, (90, 90, 400, 110)), Printed("Directrice", 1, (0, 80, 400, 110))]
    made = redact(drawn(plain), PDF, RedactionTarget(spans, [[Printed("directrice", 1, (0, 80, 400, 110))], person]))
    assert texts(made)[0] == f"Contexte : un réseau ancien, 12 500 € HT Contact : {MARK} {MARK}"


LETTERS = b"BT /F1 12 Tf 72 700 Td 14 TL "
WAYS = {
    "with spaces between letters": LETTERS + b"2 Tc 3 Tw (Ici Aline Verdeau, puis) Tj ( la suite) Tj ET",
    "kerned": LETTERS + b"[(Ici Ali) 40 (ne V) -30 (erdeau, puis) -300 (la suite)] TJ ET",
    "on a new line": LETTERS + b"(Ici) ' (Aline Verdeau, puis) ' (la suite) ' ET",
    "on a new line with spaces": LETTERS + b'(Ici) Tj 1 2 (Aline Verdeau, puis) " (la suite) \' ET',
    "stretched": LETTERS + b"80 Tz (Ici Aline Verdeau, puis la suite) Tj ET",
    "turned": b"BT /F1 12 Tf 0 1 -1 0 300 200 Tm (Ici Aline Verdeau, puis la suite) Tj ET",
    "small by its axes": b"BT /F1 1 Tf 11 0 0 11 72 700 Tm (Ici Aline Verdeau, puis la suite) Tj ET",
    "twice, for boldness": LETTERS + b"(Ici ) Tj ET BT /F1 12 Tf 100 700 Td (Aline Verdeau) Tj ET "
    b"BT /F1 12 Tf 100.3 700 Td (Aline Verdeau) Tj ET BT /F1 12 Tf 190 700 Td (, puis la suite) Tj ET",
    "letter by letter": LETTERS + b"(Ici) Tj " + b"".join(
        b"1 0 0 1 %.2f 680 Tm (%c) Tj " % (72 + stringWidth("Aline Verdeau"[:n], "Helvetica", 12), letter)
        for n, letter in enumerate(b"Aline Verdeau") if letter != 32
    ) + b"1 0 0 1 72 660 Tm (, puis la suite) Tj ET",
    "broken by a hyphen": LETTERS + b"(Ici Aline Ver-) Tj 0 -14 Td (deau, puis la suite) Tj ET",
    "over a state that is not restored": b"q 0.9 0 0 0.9 20 20 cm " + LETTERS
    + b"(Ici Aline Verdeau, puis la suite) Tj ET",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("turned", [b"", b"/Rotate 90", b"/Rotate 180", b"/Rotate 270"])
def test_however_the_letters_are_set(way: str, turned: bytes) -> None:
    before = bare_pdf.one_page(WAYS[way], page=turned)
    wanted = RedactionTarget(lambda text: [m.span() for m in re.finditer(r"Aline\s*Verdeau", text)])
    made = redact(before, PDF, wanted)
    old, new = (glyphs_of(data).pages[0] for data in (before, made))
    kept = [g for g in old if g.text not in "AlineVerdeau-" or g.text in "Iciuitl"]
    said = "".join(g.text for g in new)
    assert "puis" in said and "suite" in said and "Verd" not in said
    places = {(g.text, round(g.box[0]), round(g.box[1])) for g in new}
    assert {(g.text, round(g.box[0]), round(g.box[1])) for g in kept if g.text in "Icps,"} <= places


def test_letters_of_two_bytes() -> None:
    """A font with codes of two bytes, as word processors write them."""
    cmap = bare_pdf.stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <00FF> <0000> endbfrange endcmap end"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /ToUnicode 10 0 R /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    words = "Ici Aline Verdeau, puis".encode("utf-16-be").hex().encode()
    data = bare_pdf.one_page(b"BT /F1 12 Tf 72 700 Td <" + words + b"> Tj ET", font=font, others={10: cmap})
    made = redact(data, PDF, WANTED)
    assert "".join(g.text for g in glyphs_of(made).pages[0]) == f"Ici , puis{MARK}"


def test_a_form_that_pages_share() -> None:
    """The head of every page is drawn once; the name in it goes from all of them."""
    form = bare_pdf.stream(
        b"BT /F1 10 Tf 72 750 Td (Suivi par Aline Verdeau, DGS) Tj ET",
        bare_pdf.FORM + b"/Resources << /Font << /F1 5 0 R >> >>",
    )
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /XObject << /X 6 0 R >> >> >>"
    )
    data = bare_pdf.pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R 7 0 R] /Count 2 >>",
        3: page, 4: bare_pdf.stream(b"/X Do"), 5: bare_pdf.FONT, 6: form, 7: page,
    })  # fmt: skip
    assert texts(redact(data, PDF, WANTED)) == [f"Suivi par {MARK} , DGS"] * 2


def test_a_page_that_looks_the_same_but_for_the_gap() -> None:
    before = drawn(plain)
    made = redact(before, PDF, WANTED)
    old, new = (pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L") for data in (before, made))
    gap = (2 * 85, 2 * 85, 2 * 180, 2 * 125)
    outside = [image.copy() for image in (old, new)]
    for image in outside:
        image.paste(0, gap)
        image.paste(0, (2 * 38, 2 * 110, 2 * 200, 2 * 128))
    assert outside[0].tobytes() == outside[1].tobytes()
    assert old.crop(gap).tobytes() != new.crop(gap).tobytes()


def test_marks_as_wide_as_what_stood_there() -> None:
    narrow, wide = (redact(drawn(plain), PDF, WANTED, marks="narrow"), redact(drawn(plain), PDF, WANTED, marks="wide"))
    ends = [max(g.box[2] for g in glyphs_of(data).pages[0] if g.text == "]") for data in (narrow, wide)]
    assert ends[1] > ends[0] + 40


def test_a_mark_for_each_word() -> None:
    made = redact(drawn(plain), PDF, WANTED, marks="words")
    assert texts(made)[0] == f"Contexte : un réseau ancien, 12 500 € HT Contact : {MARK} {MARK}, directrice {MARK}"
    assert_gone(made)


def test_older_states_of_the_file_go() -> None:
    """Saved again over itself by a program that only adds: the name stands in the bytes before."""
    before = drawn(plain)
    with pikepdf.open(io.BytesIO(before)) as pdf:
        number, generation = pdf.pages[0].obj.Contents.objgen
    start = len(before)
    body = bare_pdf.stream(b"BT /F1 12 Tf 40 250 Td (Rien) Tj ET")
    more = before + b"%d %d obj\n%s\nendobj\n" % (number, generation, body)
    xref = len(more)
    root = re.search(rb"/Root (\d+ \d+ R)", before)
    size = re.search(rb"/Size (\d+)", before)
    old = re.search(rb"startxref\s+(\d+)", before)
    assert root and size and old
    more += b"xref\n%d 1\n%010d %05d n \ntrailer << /Size %s /Root %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        number, start, generation, size[1], root[1], old[1], xref,
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(more)) as pdf:
        pdf.docinfo["/Title"] = "Fiche d'Aline Verdeau"
        into = io.BytesIO()
        pdf.save(into)
    assert "Rien" in texts(into.getvalue())[0]
    assert_gone(redact(into.getvalue(), PDF, WANTED))


def test_what_holds_nobody_stays_byte_for_byte() -> None:
    data = drawn(lambda page: page.drawString(40, 250, "Contexte"))
    assert redact(data, PDF, WANTED) == data


def test_a_protected_file_stays_protected() -> None:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(plain))) as pdf:
        pdf.save(into, encryption=pikepdf.Encryption(owner="o", user="sésame"))
    made = redact(into.getvalue(), PDF, WANTED, password="sésame")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(made))
    assert not any("Verdeau" in text for text in said_in(made, PDF, "sésame"))


# --- beside the pages


def with_objects(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(plain))) as pdf:
        change(pdf)
        pdf.save(into)
    return into.getvalue()


def _metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as about:
        about["dc:creator"] = ["Aline Verdeau"]
        about["dc:title"] = "Fiches & références"
    pdf.docinfo["/Title"] = "Fiche d'Aline Verdeau"
    pdf.docinfo["/Author"] = "Aline Verdeau"


def _note(pdf: pikepdf.Pdf) -> None:
    look = pdf.make_stream(b"BT /F1 9 Tf 0 0 Td (Demander a Aline Verdeau) Tj ET")
    look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 100, 20]
    look.Resources = pdf.pages[0].obj.Resources
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[10, 10, 110, 30], T="Aline Verdeau",
        Contents="Demander à Aline Verdeau", AP=pikepdf.Dictionary(N=look),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
    pdf.Root.Kept = note  # another object still knows it


def _link(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="mailto:a.verdeau%40brenoux.example?subject=Bonjour")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[40, 175, 200, 195], A=action)
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def _field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="contact", V="Aline Verdeau",
        Rect=[10, 10, 110, 30],
    ))  # fmt: skip
    pdf.pages[0].obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], DA="/F1 9 Tf")


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Le mot d'Aline Verdeau", 0))


def _spoken(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    spoken = pikepdf.Dictionary(ActualText="Aline Verdeau")
    page.obj.Contents = pdf.make_stream(
        b"/Span << /ActualText (Aline Verdeau) >> BDC BT /F1 9 Tf 10 10 Td (A. V.) Tj ET EMC "
        b"/Span /Said BDC BT /F1 9 Tf 60 10 Td (AV) Tj ET EMC"
    )
    page.obj.Resources.Properties = pikepdf.Dictionary(Said=spoken)
    page.obj.Resources.Font.F1 = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )


def _private(pdf: pikepdf.Pdf) -> None:
    kept = pdf.make_stream(b"\x00\x01Aline Verdeau")
    pdf.pages[0].obj.PieceInfo = pikepdf.Dictionary(Draw=pikepdf.Dictionary(Private=kept))


def _left_over(pdf: pikepdf.Pdf) -> None:
    """A form that nobody draws any more."""
    form = pdf.make_stream(b"BT /F1 9 Tf 0 0 Td (Aline Verdeau) Tj ET")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 100, 20]
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    ))))  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Old=form)


def _attached_list(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["contacts.csv"] = pikepdf.AttachedFileSpec(pdf, b"nom;fonction\nRose Tavel;maire\n")


@pytest.mark.parametrize(
    "change",
    [_metadata, _note, _link, _field, _bookmark, _spoken, _private, _left_over, _attached_list],
    ids=lambda change: change.__name__.strip("_"),
)
def test_the_name_goes_from_what_stands_beside_the_pages(change: Callable[[pikepdf.Pdf], object]) -> None:
    before = with_objects(change)
    made = redact(before, PDF, WANTED)
    assert_gone(made)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 2


def test_other_metadata_links_and_bookmarks_stay() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        _metadata(pdf)
        _bookmark(pdf)
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://brenoux.example/")
        pdf.pages[0].obj.Annots = pikepdf.Array([
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        ])  # fmt: skip

    with pikepdf.open(io.BytesIO(redact(with_objects(change), PDF, WANTED))) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"Fiche d'{MARK}"
        with pdf.open_metadata() as about:
            assert about["dc:title"] == "Fiches & références"
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://brenoux.example/"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [f"Le mot d'{MARK}"]


def _attached_names(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["contacts.csv"] = pikepdf.AttachedFileSpec(pdf, b"nom\nAline Verdeau\n")


def _attached_binary(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["contacts.zip"] = pikepdf.AttachedFileSpec(pdf, b"PK\x03\x04\x00\x00")


@pytest.mark.parametrize(
    ("change", "why"), [(_attached_names, "attachment"), (_attached_binary, "contacts.zip")], ids=["names", "zip"]
)
def test_attachments_that_hold_or_may_hold_somebody_are_refused(
    change: Callable[[pikepdf.Pdf], object], why: str
) -> None:
    with pytest.raises(UnreadableDocument, match=why):
        redact(with_objects(change), PDF, WANTED)


# --- refusals


def picture_of(draw: Callable[[Canvas], object]) -> ImageReader:
    page = pypdfium2.PdfDocument(drawn(draw))[0]
    return ImageReader(page.render(scale=2).to_pil())


def test_a_scan_with_a_layer_of_text_is_refused_with_its_page() -> None:
    """The words would leave the layer and stay in the picture."""

    def scanned(page: Canvas) -> None:
        page.drawString(40, 250, "Une page sans image")
        page.showPage()
        page.drawImage(picture_of(plain), 0, 0, 400, 300)
        layer = page.beginText(40, 200)
        layer.setTextRenderMode(3)
        layer.textLine("Contact : Aline Verdeau, directrice")
        page.drawText(layer)

    with pytest.raises(UnreadableDocument, match=r"page 2: the words would still be seen"):
        redact(drawn(scanned), PDF, WANTED)


def test_hidden_words_on_an_even_ground_can_go() -> None:
    def hidden(page: Canvas) -> None:
        layer = page.beginText(40, 200)
        layer.setTextRenderMode(3)
        layer.textLine("Contact : Aline Verdeau, directrice")
        page.drawText(layer)

    assert_gone(redact(drawn(hidden), PDF, WANTED))


def test_the_proof_sees_a_changed_letter_a_lost_one_and_a_moved_one() -> None:
    def lines(one: str, x: float = 40) -> bytes:
        return drawn(lambda page: (page.drawString(40, 250, "Montant : 12 500 € HT"), page.drawString(x, 200, one)))

    before = lines("Schéma directeur")
    for after, why in (
        (lines("Schéma directeuß"), "changed or moved"), (lines("Schéma directeu"), "letters, not"),
        (lines("Schéma directeur", 43), "changed or moved"), (lines("Schéma directeur et plus"), "letters, not"),
    ):  # fmt: skip
        with pytest.raises(UnreadableDocument, match="page 1: .*" + why):
            proof.same_letters(glyphs_of(before), glyphs_of(after), set(), {1})
    proof.same_letters(glyphs_of(before), glyphs_of(before), set(), {1})


def test_the_proof_sees_what_pdfium_sees() -> None:
    """Another look with the same words: a rule, a colour."""

    def page(change: Callable[[Canvas], object]) -> bytes:
        return drawn(lambda page: (change(page), page.drawString(40, 250, "Montant : 12 500 € HT")))

    before = page(lambda p: None)
    proof.same_look(before, before, proof.AllowedChange())
    for change in (
        lambda p: p.line(20, 20, 90, 20), lambda p: p.setFillColorRGB(1, 0, 0), lambda p: p.setFont("Times-Roman", 12),
    ):  # fmt: skip
        with pytest.raises(UnreadableDocument, match="page 1: "):
            proof.same_look(before, page(change), proof.AllowedChange())


def test_a_damaged_file_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnreadableDocument, match="damaged PDF"):
        redact(b"%PDF-1.4 and nothing else", PDF, WANTED)


# --- texts


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-8-sig", "utf-16"])
def test_a_text(encoding: str) -> None:
    data = "Élu : Aline Verdeau, directrice".encode(encoding)
    assert redact(data, "text/plain", WANTED) == f"Élu : {MARK}, directrice".encode(encoding)


def test_a_text_in_an_old_encoding_without_the_mark() -> None:
    """A byte that Windows does not know makes it Latin-1, which has no ellipsis."""
    data = "Élu : Aline Verdeau\x81".encode("latin-1")
    assert redact(data, "text/plain", WANTED) == "Élu : [...]\x81".encode("latin-1")


def test_damaged_bytes_stay_as_they_are() -> None:
    data = "é" * 40 + "Aline Verdeau"
    wrong = data.encode() + b"\xff\r\nfin\r\n"
    assert redact(wrong, "text/plain", WANTED) == ("é" * 40 + MARK).encode() + b"\xff\r\nfin\r\n"


PERSON = [[Printed("Aline Verdeau"), Printed("directrice générale"), Printed("a.verdeau@brenoux.example")]]
TEXTS = {
    "one line": (
        "Contact : Aline Verdeau, directrice générale, a.verdeau@brenoux.example\n\nContexte\n",
        "Contact : […]\n\nContexte\n",
    ),
    "three lines": (
        "Aline Verdeau, directrice\ngénérale,\na.verdeau@brenoux.example\n\nBureau économique : étude\n",
        "[…]\n[…]\n\nBureau économique : étude\n",
    ),
    "brackets": ("Aline Verdeau (a.verdeau@brenoux.example)\nRose Tavel (maire)\n", "[…]\nRose Tavel (maire)\n"),
    "a table": ("| Aline Verdeau | directrice générale | 04 |\n", "| […] | 04 |\n"),
    "marked up": ("**Contact** : **Aline  Verdeau**\r\n", "**Contact** : **[…]**\r\n"),
    "the role of another": (
        "Aline Verdeau\n\nRose Tavel, directrice générale des services\n",
        "[…]\n\nRose Tavel, directrice générale des services\n",
    ),
}


@pytest.mark.parametrize("case", TEXTS)
def test_overlapping_spans_are_cut_once(case: str) -> None:
    before, after = TEXTS[case]
    assert redact(before.encode(), "text/markdown", RedactionTarget(spans, PERSON)).decode() == after
