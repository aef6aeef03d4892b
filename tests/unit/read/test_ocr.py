"""Scans: a page printed as a picture is read as the page is, whatever engine is there; crooked, blurred, coarse too."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.extract import extract
from carnet.pipeline.read import MEDIA_TYPES
from carnet.pipeline.read.keep import KeptWords
from carnet.pipeline.read.ocr.alike import as_on_page
from carnet.pipeline.read.ocr.drawn import drawn_on
from carnet.pipeline.read.ocr.engines import ENGINES, engine_for
from carnet.pipeline.read.ocr.list_marks import with_marks
from carnet.pipeline.read.ocr.looks import SeenWord, WordLook
from carnet.pipeline.read.ocr.pages import draw_page
from carnet.pipeline.read.ocr.scanned import scan
from carnet.pipeline.read.ocr.sifting import believed, without_rules
from carnet.pipeline.read.ocr.spots import Engine, EngineFailed, Spot
from carnet.pipeline.read.ocr.upright import turn_of, turned
from carnet.pipeline.read.pdf import TO_DO, read_pdf
from carnet.pipeline.read.reading import ReadOptions
from carnet.pipeline.recognised import is_doubtful
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.layout import Word
from carnet.schemas.mission import Mission
from carnet.schemas.source import SourceFile
from tests.unit.read.test_pdf import line, pdf

TITLE = "Schéma directeur du numérique"
BULLETS = ["Un réseau ancien et coûteux", "Des élus à associer", "Une forêt de câbles"]


def page(canvas: Any) -> None:
    """A filled bar with a heading on it, a frame, a list with drawn dots, labels in bold."""
    canvas.setFillColorRGB(0.12, 0.3, 0.47)
    canvas.rect(0, 260, 400, 40, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(16, 274, f"Ville de Morcy : {TITLE}")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setStrokeColorRGB(0.7, 0.75, 0.8)
    canvas.rect(16, 130, 360, 112, stroke=1, fill=0)
    label(canvas, 24, 224, "Contexte")
    for row, text in enumerate(BULLETS):
        canvas.circle(28, 208 - 20 * row, 2, stroke=0, fill=1)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(38, 204 - 20 * row, text)
    for x, name, value in ((24, "Période", "Mars 2021 à juin 2022"), (210, "Montant", "29 000 euros HT")):
        label(canvas, x, 100, name)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(x, 84, value)


def label(canvas: Any, x: float, y: float, text: str) -> None:
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(x, y, text)


PRINTED = pdf(page)


def picture_of(data: bytes, dpi: int = 200) -> Image.Image:
    return draw_page(data, 1, dpi, ReadOptions())


def scan_of(*pictures: Image.Image, dpi: int = 200, quality: int = 90) -> bytes:
    into = io.BytesIO()
    first, *others = pictures
    first.save(into, "PDF", resolution=dpi, quality=quality, save_all=True, append_images=others)
    return into.getvalue()


def missions(data: bytes, asked: ReadOptions, suffix: str = ".pdf") -> tuple[Mission, ...]:
    source = SourceFile(sha256="0" * 64, name=f"ondine{suffix}", media_type=MEDIA_TYPES[suffix])
    return settle(extract(data, source, load_rules(), asked=asked)).missions


@pytest.fixture(params=list(ENGINES))
def name(request: pytest.FixtureRequest) -> str:
    if not ENGINES[request.param].is_there():
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


@pytest.fixture
def asked(name: str, tmp_path: Path) -> ReadOptions:
    return ReadOptions(ocr=name, keep=tmp_path / "kept")


def check(found: tuple[Mission, ...]) -> None:
    assert [(m.client, m.title, m.amount) for m in found] == [("Ville de Morcy", TITLE, 29000)]
    assert found[0].context == tuple(BULLETS)
    assert found[0].start_date is not None and found[0].start_date.year == 2021


def test_a_crooked_scan_gives_the_missions_of_the_page(asked: ReadOptions) -> None:
    check(missions(scan_of(turned(picture_of(PRINTED), -1.0)), asked))


def test_a_blurred_coarse_scan_too(asked: ReadOptions) -> None:
    coarse = picture_of(PRINTED, 150).filter(ImageFilter.GaussianBlur(0.6))
    check(missions(scan_of(coarse, dpi=150, quality=60), asked))


def test_words_have_the_places_and_looks_of_the_printed_ones(asked: ReadOptions) -> None:
    printed = {w.text: w for w in read_pdf(PRINTED).pages[0].words}
    (seen,) = read_pdf(scan_of(picture_of(PRINTED)), asked).pages
    found = {w.text: w for w in seen.words}
    assert {"Morcy", "Contexte", "coûteux", "forêt", "29", "2022"} <= set(found)
    for text in ("Morcy", "Contexte", "coûteux", "Montant"):
        a, b = printed[text].box, found[text].box
        assert a is not None and b is not None
        assert abs(a.x0 - b.x0) < 5 and abs(a.bottom - b.bottom) < 2.5 and abs(a.height - b.height) < 2.5, text
        assert text == "Morcy" or found[text].style.bold == printed[text].style.bold, text
        assert (found[text].confidence or 0) > 0.5
    assert found["Morcy"].style.color is not None and int(found["Morcy"].style.color[1:3], 16) > 200
    assert sum(w.text == "•" for w in seen.words) == len(BULLETS)
    kinds = [(shape.kind, shape.fill is not None) for shape in seen.shapes]
    assert kinds.count(("box", True)) == 1 and kinds.count(("box", False)) == 1
    assert any(note.startswith("weak_reading: text of 1 page was recognised") for note in seen.notes)


def test_a_heading_bar_that_is_a_picture_is_read(asked: ReadOptions) -> None:
    whole = picture_of(PRINTED)
    bar = whole.crop((0, 0, whole.width, round(40 * 200 / 72)))

    def printed(canvas: Any) -> None:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(bar), 0, 260, 400, 40)
        line("Montant : 29 000 euros HT", 100)(canvas)

    (seen,) = read_pdf(pdf(printed), asked).pages
    assert "Schéma" in [w.text for w in seen.words] and "Montant" in [w.text for w in seen.words]
    (word,) = [w for w in seen.words if w.text == "Morcy"]
    assert word.box is not None and abs(word.box.bottom - 30) < 4
    assert not any(note.startswith("text_in_picture") for note in seen.notes)


@pytest.mark.parametrize(("suffix", "form"), [(".png", "PNG"), (".jpg", "JPEG")])
def test_a_picture_is_a_scan_of_one_page(asked: ReadOptions, suffix: str, form: str) -> None:
    into = io.BytesIO()
    picture_of(PRINTED).save(into, form, dpi=(200, 200))
    check(missions(into.getvalue(), asked, suffix))


# ---- without an engine


class Fake:
    """Sees what it is told to."""

    name, dpi = "fake", 100

    def __init__(self, *spots: Spot) -> None:
        self.spots = list(spots)
        self.asked = 0

    def version(self) -> str:
        return "1"

    def read(self, picture: Image.Image) -> list[Spot]:
        self.asked += 1
        return self.spots


def test_the_same_dots_are_read_once(tmp_path: Path) -> None:
    picture = picture_of(PRINTED, 100)
    engine = Fake(Spot("Ville", 22, 20, 60, 38, 0.9, 0))
    for _ in range(2):
        scanned = scan(picture, 1, engine, KeptWords(tmp_path / "kept"))
        assert [one.spot.text for one in scanned.seen] == ["Ville"]
    assert engine.asked == 1
    scan(turned(picture, 20), 1, engine, KeptWords(tmp_path / "kept"))
    assert engine.asked == 2


@pytest.mark.parametrize("angle", [-3.0, -1.0, -0.4, 0.0, 0.7, 2.0])
def test_a_page_is_set_upright(angle: float) -> None:
    assert turn_of(turned(picture_of(PRINTED), angle)) == pytest.approx(-angle, abs=0.12)


def test_boxes_rules_and_frames() -> None:
    picture = Image.new("RGB", (800, 600), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 799, 80), fill="navy")
    pen.rectangle((50, 150, 700, 400), outline="gray", width=2)
    pen.line((50, 500, 700, 500), fill="black", width=2)
    found = drawn_on(np.asarray(picture), 100, [])
    assert [(d.kind, d.is_frame) for d in found] == [("box", False), ("rule", False), ("box", True)]
    pen.rectangle((50, 150, 700, 180), fill="teal")
    assert sorted((d.top, d.bottom) for d in drawn_on(np.asarray(picture), 100, []) if d.is_frame) == [(150, 401)]
    bar, rule, frame = found
    assert (bar.x0, bar.top, bar.x1, bar.bottom) == (0, 0, 800, 81) and bar.color == (0, 0, 128)
    assert abs(rule.top - 500) <= 2 and abs(frame.x0 - 50) <= 2 and abs(frame.bottom - 401) <= 2


def test_without_an_engine_the_refusal_says_what_to_type() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_pdf(scan_of(picture_of(PRINTED, 72), dpi=72), ReadOptions(ocr="off"))
    assert str(refusal.value) == f"no text layer: 1 page of pictures; {TO_DO}"
    assert "pip install 'carnet[ocr]'" in TO_DO and "apt-get install tesseract-ocr" in TO_DO


def test_a_page_on_which_the_engine_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Fake):
        def read(self, picture: Image.Image) -> list[Spot]:
            raise EngineFailed("it broke down")

    def broken(asked: str | None) -> Engine:
        return Broken()

    monkeypatch.setattr("carnet.pipeline.read.ocr.pages.engine_for", broken)
    data = scan_of(picture_of(PRINTED, 72), dpi=72)
    with pytest.raises(UnreadableDocument, match="its only page can't be read: its text is in a picture"):
        read_pdf(data, ReadOptions(ocr="fake"))


def test_words_that_stand_apart_have_a_line_too(tmp_path: Path) -> None:
    """Two words of one line, of which an engine says that they stand 8 dots apart: the line was nowhere."""
    picture = Image.new("RGB", (300, 100), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 30, 60, 50), fill="black")
    pen.rectangle((100, 38, 140, 58), fill="black")
    engine = Fake(Spot("mer", 15, 25, 65, 52, 0.9, 0), Spot("mur", 95, 33, 145, 62, 0.9, 0))
    assert all(one.look.base == one.look.base for one in scan(picture, 1, engine, KeptWords(None), whole=False).seen)


def test_engines_that_nobody_knows() -> None:
    assert engine_for("off") is None and engine_for("other") is None


@pytest.mark.parametrize(
    ("text", "confidence", "doubtful"),
    [("Ville", 0.9, False), ("Ville", 0.4, True), ("29000", 0.6, True), ("29000", 0.9, False), ("29OOO", 0.99, True),
     ("a.verdeau@brenoux.example", 0.95, False), ("a.verdeau@brenoux", 0.95, True), ("(a.b@c.fr),", 0.95, False),
     ("•", 0.2, False), ("Ville", None, False), ("2B", 0.95, False), ("B2B", 0.95, False)],
)  # fmt: skip
def test_what_is_in_doubt(text: str, confidence: float | None, doubtful: bool) -> None:
    assert is_doubtful(Word(text, confidence=confidence)) is doubtful


def test_a_page_on_which_nothing_stands_has_no_words(name: str) -> None:
    engine = engine_for(name)
    assert engine is not None
    assert engine.read(Image.new("RGB", (400, 300), "white")) == []


# ---- what is taken for words, and of what size


def spots(*words: tuple[str, float]) -> list[Spot]:
    return [Spot(text, 40 * at, 10, 40 * at + 30, 22, sure, 0) for at, (text, sure) in enumerate(words)]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ([("Montant", 0.9), ("780000", 0.0), ("€", 0.0), ("HT", 0.5)], "Montant 780000 € HT"),
        ([("Contact", 0.9), ("a.verdeau@brenoux.example", 0.1), ("directrice", 0.9)],
         "Contact a.verdeau@brenoux.example directrice"),
        ([("Ville", 0.9), ("lkq", 0.1), ("de", 0.9)], "Ville de"),
        ([("lkq", 0.1), ("78000", 0.0), ("rnnf", 0.2)], ""),
        ([("Montant", 0.9), ("78O0OO", 0.1)], "Montant"),
    ],
)  # fmt: skip
def test_figures_and_addresses_are_words_however_weak(line: list[tuple[str, float]], kept: str) -> None:
    assert " ".join(spot.text for spot in believed(spots(*line))) == kept


def test_a_rule_between_columns_is_no_letter_and_parts_the_line() -> None:
    picture = Image.new("RGB", (300, 90), "white")
    pen = ImageDraw.Draw(picture)
    pen.line((100, 0, 100, 90), fill="black", width=2)
    pen.line((200, 38, 200, 52), fill="black", width=2)
    seen = [Spot("gauche", 20, 38, 80, 52, 0.9, 0), Spot("|", 97, 38, 104, 52, 0.9, 0),
            Spot("droite", 120, 38, 180, 52, 0.9, 0), Spot("l", 198, 38, 203, 52, 0.9, 0)]  # fmt: skip
    left = without_rules(np.asarray(picture), seen)
    assert [spot.text for spot in left] == ["gauche", "droite", "l"]
    assert left[0].line != left[1].line == left[2].line


def seen(text: str, size: float) -> SeenWord:
    return SeenWord(Spot(text, 0, 0, 50, 12, 0.9, 0), WordLook(size, 12, 0.1, (0, 0, 0)))


def test_lines_of_one_text_are_of_one_size() -> None:
    """A dot more or less, as lines of one paragraph measure; a label is of another size."""
    lines = [[seen("diagnostic", size)] for size in (39.8, 37.0, 36.2, 39.9, 38.5)] + [[seen("Contexte", 31.0)]]
    sizes = [one.look.size for (one,) in as_on_page(lines)]
    assert len(set(sizes[:5])) == 1 and sizes[5] == 31.0


@pytest.mark.parametrize("signs", [["*_"], ["+", "_"], ["|", "+"]])
def test_an_arrow_that_was_seen_as_signs_is_a_mark(signs: list[str]) -> None:
    words = [Spot(text, 10 + 14 * at, 30, 22 + 14 * at, 50, 0.4, 0) for at, text in enumerate(signs)]
    look = WordLook(20, 48, 0.1, (0, 0, 0))
    line = [SeenWord(spot, look) for spot in (*words, Spot("Analyse", 60, 30, 140, 50, 0.9, 0))]
    marked = with_marks(np.full((80, 200, 3), 255, dtype=np.uint8), line)
    assert [one.spot.text for one in marked] == ["•", "Analyse"]


def test_a_dash_that_an_engine_passed_over_is_a_mark() -> None:
    picture = Image.new("RGB", (200, 80), "white")
    ImageDraw.Draw(picture).rectangle((20, 42, 33, 43), fill="orange")
    line = [SeenWord(Spot("Analyse", 60, 30, 140, 50, 0.9, 0), WordLook(20, 48, 0.1, (0, 0, 0)))]
    assert [one.spot.text for one in with_marks(np.asarray(picture), line)] == ["•", "Analyse"]
