"""Office files: the same missions whether LibreOffice prints them or their own parts are read; refusals in words."""

from __future__ import annotations

import datetime as dt
import io
import threading
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.extract import extract
from carnet.pipeline.read import OFFICE, as_pdf, read
from carnet.pipeline.read.office import printing
from carnet.pipeline.read.office.properties import properties
from carnet.pipeline.read.reading import ReadOptions
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.mission import Mission
from carnet.schemas.source import SourceFile

pptx = pytest.importorskip("pptx", reason="python-pptx is not installed")

ALONE = ReadOptions(office=False)
PRINTED = pytest.param(
    ReadOptions(), id="LibreOffice",
    marks=pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed"),
)  # fmt: skip
WAYS = [pytest.param(ALONE, id="alone"), PRINTED]
MISSIONS = [
    ("Ville de Morcy", "Schéma directeur du numérique", "Mars 2021 à juin 2022", "29 000 € HT", "Un réseau ancien."),
    ("Ville de Brenoux", "Étude de la lecture publique", "2020 à 2021", "12 500 € HT", "Une médiathèque trop petite."),
    ("Région Ondine", "Plan de sobriété des usages", "Janvier 2019", "48 000 € HT", "Des usages qui croissent."),
]


def document() -> bytes:
    made = docx.Document()
    made.core_properties.modified = dt.datetime(2023, 5, 4)
    made.core_properties.title = "Références Ondine Conseil"
    made.add_heading("Nos références", 1)
    for client, title, period, amount, context in MISSIONS:
        made.add_heading(f"{client} : {title}", 2)
        made.add_paragraph(f"Période : {period}")
        made.add_paragraph(f"Montant : {amount}")
        made.add_heading("Contexte", 3)
        made.add_paragraph(context, style="List Bullet")
    return saved(made)


def slides() -> bytes:
    from pptx.util import Pt

    made = pptx.Presentation()
    for client, title, period, amount, context in MISSIONS:
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = f"{client} : {title}"
        for place, (label, text) in enumerate((("Période", period), ("Montant", amount), ("Contexte", context))):
            box = slide.shapes.add_textbox(Pt(60), Pt(150 + 110 * place), Pt(560), Pt(80)).text_frame
            box.text = label
            box.paragraphs[0].runs[0].font.bold = True
            box.add_paragraph().text = text
            for paragraph in box.paragraphs:
                paragraph.runs[0].font.size = Pt(16)
    return saved(made)


def saved(made: object) -> bytes:
    into = io.BytesIO()
    made.save(into)  # type: ignore[attr-defined]
    return into.getvalue()


def opendocument(kind: str, body: str) -> bytes:
    """An archive as OpenDocument asks for: its media type first, its content, its parts."""
    spaces = {"office": "office", "text": "text", "style": "style", "draw": "drawing"}
    named = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in spaces.items()
    )
    named += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    named += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    bold = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    looks = "".join(
        f'<style:style style:name="H{level}" style:family="paragraph">'
        f'<style:text-properties fo:font-weight="bold" fo:font-size="{22 - 4 * level}pt"/></style:style>'
        for level in (2, 3)
    )
    styles = f"<office:automatic-styles>{bold}{looks}</office:automatic-styles>"
    content = f'<office:document-content {named} office:version="1.3">{styles}<office:body>{body}</office:body>'
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{OFFICE[kind]}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return archive(
        mimetype=OFFICE[kind].encode(),
        **{"content.xml": f"{content}</office:document-content>".encode(), "META-INF__manifest.xml": manifest.encode()},
    )


def open_text() -> bytes:
    told = ""
    for client, title, period, amount, context in MISSIONS:
        told += f'<text:h text:style-name="H2" text:outline-level="2">{client} : {title}</text:h>'
        told += f"<text:p>Période : {period}</text:p>"
        told += (
            f'<text:p>Montant : {amount}</text:p><text:h text:style-name="H3" text:outline-level="3">Contexte</text:h>'
        )
        told += f"<text:list><text:list-item><text:p>{context}</text:p></text:list-item></text:list>"
    return opendocument(".odt", f"<office:text>{told}</office:text>")


def open_slides() -> bytes:
    told = ""
    for number, (client, title, period, amount, context) in enumerate(MISSIONS, start=1):
        boxes = [f"<text:p>{client} : {title}</text:p>"]
        boxes += [
            f'<text:p><text:span text:style-name="B">{label}</text:span></text:p><text:p>{text}</text:p>'
            for label, text in (("Période", period), ("Montant", amount), ("Contexte", context))
        ]
        frames = "".join(
            f'<draw:frame svg:x="2cm" svg:y="{1 + 4 * place}cm" svg:width="20cm" svg:height="3cm">'
            f"<draw:text-box>{box}</draw:text-box></draw:frame>"
            for place, box in enumerate(boxes)
        )
        told += f'<draw:page draw:name="p{number}">{frames}</draw:page>'
    return opendocument(".odp", f"<office:presentation>{told}</office:presentation>")


def workbook() -> bytes:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as made:
        sheet = made.add_worksheet("Références")
        sheet.set_column(0, 3, 34)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for row, cells in enumerate([("Client", "Mission", "Période", "Montant"), *(m[:4] for m in MISSIONS)]):
            sheet.write_row(row, 0, cells, made.add_format({"bold": row == 0, "border": 1}))
    return into.getvalue()


FILES = {".docx": document, ".pptx": slides}
PRINTED_ONLY = {".odt": open_text, ".odp": open_slides, ".xlsx": workbook}


def missions(data: bytes, suffix: str, asked: ReadOptions) -> tuple[Mission, ...]:
    source = SourceFile(sha256="0" * 64, name=f"ondine{suffix}", media_type=OFFICE[suffix])
    return settle(extract(data, source, load_rules(), asked=asked)).missions


@pytest.mark.parametrize("asked", WAYS)
@pytest.mark.parametrize("suffix", FILES)
def test_the_same_missions_of_each_file(suffix: str, asked: ReadOptions) -> None:
    found = missions(FILES[suffix](), suffix, asked)
    assert [(m.client, m.title) for m in found] == [(client, title) for client, title, *_ in MISSIONS]
    assert [int(m.amount or 0) for m in found] == [29000, 12500, 48000]
    assert [m.start_date and m.start_date.year for m in found] == [2021, 2020, 2019]
    assert [m.context for m in found] == [(context,) for *_, context in MISSIONS]


@pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", PRINTED_ONLY)
def test_the_same_missions_of_what_libreoffice_alone_reads(suffix: str) -> None:
    found = missions(PRINTED_ONLY[suffix](), suffix, ReadOptions())
    assert [(m.client, m.title) for m in found] == [(client, title) for client, title, *_ in MISSIONS]
    assert [int(m.amount or 0) for m in found] == [29000, 12500, 48000]
    assert [m.start_date and m.start_date.year for m in found] == [2021, 2020, 2019]


@pytest.mark.parametrize("suffix", PRINTED_ONLY)
def test_without_libreoffice_it_is_refused_and_says_what_to_do(suffix: str) -> None:
    with pytest.raises(UnreadableDocument, match="can't be read: .*install LibreOffice"):
        read(PRINTED_ONLY[suffix](), OFFICE[suffix], asked=ALONE)


def test_slides_have_places_without_libreoffice() -> None:
    pages = read(slides(), OFFICE[".pptx"], asked=ALONE).pages
    assert len(pages) == len(MISSIONS)
    assert pages[0].width == 720 and all(word.box is not None for word in pages[0].words)
    label = next(word for word in pages[0].words if word.text == "Montant")
    assert label.style.bold and label.style.size == 16
    assert label.box is not None and 60 <= label.box.x0 < 70 and 260 <= label.box.top < 270
    assert any("without LibreOffice" in note for note in pages[0].notes)


def test_tables_and_frames_of_a_document() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Client", "Ville de Morcy", "Montant", "9|0"), strict=True
    ):
        cell.text = text
    frame = made.add_table(rows=1, cols=1).cell(0, 0)
    frame.paragraphs[0].text = "Dans un cadre"
    words = [word.text for word in read(saved(made), OFFICE[".docx"], asked=ALONE).pages[0].words]
    assert words == ["Client\tVille de Morcy", "Montant\t9/0", "Dans un cadre"]


def test_days_are_the_files_own() -> None:
    said = properties(document())
    assert said["ModDate"] == "D:20230504" and said["Title"] == "Références Ondine Conseil"
    assert properties(b"PK no archive") == {}


def archive(**parts: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return into.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
REFUSED = [
    (".docx", b"PK\x03\x04 cut short", "not a Word document: it is damaged"),
    (".docx", b"{\\rtf1 bonjour}", "not a Word document: it is an RTF document"),
    (".pptx", LOCKED, "encrypted: save it without a password, or as PDF"),
    (".odt", archive(content=b"<x/>"), "not an OpenDocument text: its main part is missing"),
    (".docx", archive(word__document=b"<x/>"), "not a Word document: its main part is missing"),
    (".odp", archive(mimetype=OFFICE[".odp"].encode()), "an OpenDocument presentation can't be read: Libre"),
    (".docx", saved(docx.Document()), "no text in it: a Word document"),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "data", "why"), REFUSED)
def test_refusals_in_words(suffix: str, data: bytes, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=why):
        read(data, OFFICE[suffix], asked=ALONE)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carnet.pipeline.read.office._UNPACKED", 1000)
    with pytest.raises(UnreadableDocument, match="too big: it unpacks"):
        read(document(), OFFICE[".docx"], asked=ALONE)


@pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed")
def test_a_file_is_printed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ReadOptions(keep=tmp_path / "kept")
    first = as_pdf(document(), OFFICE[".docx"], asked)
    monkeypatch.setattr(printing, "_print", lambda *_: pytest.fail("printed again"))
    assert first.startswith(b"%PDF-")


@pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("alone", [True, False], ids=["no network", "its settings alone"])
def test_nothing_is_fetched_for_a_document(alone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not alone:
        monkeypatch.setattr(printing, "_without_network", lambda: ())
    made, asked_for = document_with_picture_elsewhere()
    assert as_pdf(made, OFFICE[".docx"]).startswith(b"%PDF-")
    assert asked_for() == []


def document_with_picture_elsewhere() -> tuple[bytes, Callable[[], list[str]]]:
    """A document whose picture is on a server here, and what that server was asked."""
    seen: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            seen.append(self.path)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = docx.Document()
    made.add_heading("Ville de Morcy", 1)
    made.add_picture(io.BytesIO(dot()))
    place = made.part.relate_to(f"http://127.0.0.1:{server.server_port}/dot.png", RT.IMAGE, is_external=True)
    (blip,) = made.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), place)

    def asked_for() -> list[str]:
        server.shutdown()
        server.server_close()
        return seen

    return saved(made), asked_for


def dot() -> bytes:
    from PIL import Image

    into = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(into, "PNG")
    return into.getvalue()


def test_the_profile_allows_nothing(tmp_path: Path) -> None:
    printing._write_profile(tmp_path)
    said = (tmp_path / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    values = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "DisableActiveContent": "true"}
    for name, value in {**values, "BlockUntrustedRefererLinks": "true", "ooInetHTTPProxyPort": "9"}.items():
        assert f'oor:name="{name}"' in said and f"<value>{value}</value>" in said.partition(f'"{name}"')[2][:120]
