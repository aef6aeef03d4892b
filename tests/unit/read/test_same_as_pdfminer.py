"""What is read quickly is what pdfminer and pdfplumber read: every letter, path, picture and word of a page."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import re
import resource
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTFigure, LTImage, LTLine, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.utils.text import WordExtractor

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.canvas import Canvas
from carnet.pipeline.read.interpreter import Interpreter
from carnet.pipeline.read.limits import LIMITS
from carnet.pipeline.read.pdf import _open as open_pdf
from carnet.pipeline.read.reading import PLAINLY
from carnet.pipeline.read.words import _GROUPING, _LEVEL, _NEAR, _leads_to
from tests.bare_pdf import FORM, one_page, stream

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("CARNET_SHARED") or ROOT.parent / "shared")
SAMPLES = sorted((ROOT / "raw").glob("*.pdf"))
WHOLE = [*sorted((SHARED / "brochures").glob("*.pdf")), *sorted((SHARED / "small").glob("*.pdf"))]
HOSTILE = sorted((SHARED / "hostile").glob("*.pdf"))
PAGES = 5
"""So many of a hostile file are compared."""
BIG = 1 << 20
"""Bytes of a page's content from which on pdfminer itself takes too long for a test."""
INVISIBLE = (3, 7)
MEMORY, PROCESSOR = 2 << 30, 10
"""Bytes and seconds that the comparison of a hostile file may take."""
OUT_OF_MEMORY = 3
"""Exit code."""
ENDLESS = {
    "cmap-bfrange-4-billion--generated.pdf", "path-2000000-segments--generated.pdf",
    "inline-image-never-ends-5mb--generated.pdf",
}  # fmt: skip
"""Known to take pdfminer longer than that: there is nothing to compare with, and nobody waits for it."""
TOO_MUCH = "pdfminer itself takes more than a file may have"


class Plain(PDFPageAggregator):
    """pdfminer's device; all that is added: which letters draw nothing."""

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        before = len(self.cur_item)
        super().render_string(textstate, list(seq), ncs, graphicstate)
        for item in self.cur_item._objs[before:]:
            vars(item)["invisible"] = textstate.render in INVISIBLE


def drawn_by_pdfminer(manager: Any, page: Any) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    device = Plain(manager, laparams=None)
    PDFPageInterpreter(manager, device).process_page(page)
    letters, others = [], []
    for item, clip in everything(device.get_result(), None):
        if type(item) is LTChar:
            if not (clip and outside(item, clip)):
                letters.append(letter(item))
        else:
            others.append(other(item))
    return letters, others


def everything(container: LTContainer[Any], clip: LTFigure | None) -> Iterator[tuple[Any, LTFigure | None]]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from everything(item, item)
        else:
            yield item, clip


def outside(item: LTChar, clip: LTFigure) -> bool:
    return item.x1 < clip.x0 or item.x0 > clip.x1 or item.y1 < clip.y0 or item.y0 > clip.y1


def is_upright(item: LTChar) -> bool:
    """pdfminer also takes a quarter turn for upright where sine and cosine are nearly 0 and 1."""
    return bool(item.upright and abs(item.matrix[0]) > abs(item.matrix[1]))


def letter(item: LTChar) -> tuple[Any, ...]:
    color = item.graphicstate.ncolor
    font = item.fontname.decode("latin-1") if isinstance(item.fontname, bytes) else item.fontname
    color = color if isinstance(color, tuple) else (color,)
    place = (item.x0, 0.0 - item.y1, item.x1, 0.0 - item.y0)
    return (item.get_text(), bare(font), item.size, is_upright(item), color, vars(item)["invisible"], *place)


def bare(font: str) -> str:
    """Without what its description adds to the name of a font: read/fonts.py."""
    return re.sub(r"(?:-Bold)?(?:-Italic)?$", "", font)


def other(item: Any) -> tuple[Any, ...]:
    if isinstance(item, LTImage):
        return "picture", item.bbox
    kind = "line" if isinstance(item, LTLine) else "rect" if isinstance(item, LTRect) else "curve"
    assert isinstance(item, LTCurve)
    points = [] if kind == "line" else list(item.pts)
    return kind, item.bbox, points, item.stroke, item.fill, item.stroking_color, item.non_stroking_color


def drawn_quickly(manager: Any, page: Any) -> tuple[Canvas, list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    canvas = Canvas(manager, 1, LIMITS, 0.0, 0.0)
    Interpreter(manager, canvas).process_page(page)
    keys = ("text", "fontname", "size", "upright", "non_stroking_color", "invisible", "x0", "top", "x1", "bottom")
    others = [
        ("picture", d.corners)
        if d.kind == "picture"
        else (d.kind, d.corners, [] if d.kind == "line" else list(d.points), d.stroke, d.fill, d.stroking, d.filling)
        for d in canvas.drawn
    ]
    chars = [{**char, "fontname": bare(char["fontname"])} for char in canvas.chars]
    return canvas, [tuple(char[key] for key in keys) for char in chars], others


def check_page(manager: Any, page: Any) -> None:
    """Both fail, or both see the same."""
    try:
        letters, others = drawn_by_pdfminer(manager, page)
    except Exception as error:
        with pytest.raises(type(error)):
            drawn_quickly(manager, page)
        return
    if len(letters) > LIMITS.letters or len(others) > LIMITS.shapes:
        return
    canvas, quick_letters, quick_others = drawn_quickly(manager, page)
    assert repr(quick_letters) == repr(letters)
    assert repr(quick_others) == repr(others)
    check_words([char for char in canvas.chars if char["upright"]])


def check_words(chars: Sequence[dict[str, Any]]) -> None:
    usual = WordExtractor(x_tolerance_ratio=_NEAR, y_tolerance=_LEVEL, expand_ligatures=True)
    whole = [{**char, "doctop": char["top"]} for char in chars]
    expected = [
        (w["text"], [c["x0"] for c in part])
        for _, members in usual.iter_extract_tuples(whole)
        for w, part in _at_leaders(members)
    ]
    assert [(w["text"], [c["x0"] for c in members]) for w, members in _GROUPING.iter_extract_tuples(chars)] == expected


def _at_leaders(members: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """A word of pdfplumber's, parted where dots lead to the value behind them."""
    parts: list[list[dict[str, Any]]] = [[]]
    for char in members:
        if parts[-1] and _leads_to(parts[-1], char):
            parts.append([])
        parts[-1].append(char)
    return [(_GROUPING.merge_chars(part), part) for part in parts]


def check(data: bytes, most: int | None = None) -> None:
    try:
        document = open_pdf(data, PLAINLY)
    except UnreadableDocument:
        return
    for page in [page for page in document.leaves.pages if page is not None][:most]:
        if most is None or _content(page) < BIG:
            check_page(document.pdf.rsrcmgr, page)


def _content(page: Any) -> int:
    try:
        return sum(len(part.resolve().get_data()) for part in page.contents)
    except Exception:
        return 0


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_sample_brochures(path: Path) -> None:
    check(path.read_bytes())


ODD_LINES = [
    b"BT /F1 12 Tf 0.9 0.1 -0.1 0.9 72 700 Tm (slanted) Tj ET",
    b"BT /F1 12 Tf -1 0 0 1 300 700 Tm (mirrored) Tj ET",
    b"BT /F1 12 Tf 1 0 0 -1 72 700 Tm (upside down) Tj ET",
    b"BT /F1 12 Tf 0 1 -1 0 72 500 Tm 3 Tr (turned, unseen) Tj ET",
    b"BT /F1 12 Tf 3 Tc 5 Tw 80 Tz 4 Ts 72 700 Td [(Ville) -300 (de) 40 (Mor cy)] TJ T* (more) ' ET",
    b"BT /F1 0 Tf 72 700 Td (no size) Tj ET BT /Nobody 9 Tf 72 500 Td (no font) Tj ET BT (before any font) Tj ET",
    b"BT /F1 1e5 Tf 72 700 Td (1 2) Tj 5 5 TD (abc) Tj [1 (x) [2] /N] TJ ET",
    b"0 0 m 10 0 l S 0 0 10 20 re f 5 5 m 9 9 l 12 5 l h B* 1 2 m 3 4 5 6 7 8 c s 0 0 l S",
    b"0.5 0 0 2 10 10 cm 1 0 0 RG 0 1 0 0 k 0 0 m 10 0 l 10 10 l 0 10 l 0 0 l b 3 3 m 4 4 l 5 5 m 6 6 l S",
    b"q 100 0 0 50 20 20 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q /X Do BT /F1 9 Tf 72 600 Td (after) Tj ET",
]  # fmt: skip


@pytest.mark.parametrize("content", ODD_LINES)
def test_lines_and_paths_of_every_kind(content: bytes) -> None:
    form = stream(b"BT /F1 12 Tf 10 10 Td (inside) Tj 5000 0 Td (cut off) Tj ET 0 0 5 5 re f", FORM)
    check(one_page(content, resources=b"/XObject << /X 10 0 R >>", others={10: form}))


@pytest.mark.slow
@pytest.mark.skipif(not WHOLE, reason="needs ../shared/brochures")
@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_the_shared_brochures(path: Path) -> None:
    check(path.read_bytes())


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Of each hostile file: how the process that compared it ended, and what it said. Some are made so that pdfminer
    takes all there is of memory, or never ends: each has a process of its own, forked from a fresh one, for what this
    one holds already counts against what a fork of it may take."""
    context = multiprocessing.get_context("forkserver")
    folder = tmp_path_factory.mktemp("hostile")
    fresh = context.Process(target=compare_each, args=(HOSTILE, folder))
    fresh.start()
    fresh.join()
    told: dict[str, tuple[int, str]] = pickle.loads((folder / "ends").read_bytes())
    return told


@pytest.mark.slow
@pytest.mark.skipif(not HOSTILE, reason="needs ../shared/hostile")
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_the_hostile_files(path: Path, ends: dict[str, tuple[int, str]]) -> None:
    if path.name in ENDLESS:
        pytest.skip(TOO_MUCH)
    code, said = ends[path.name]
    if code in (-signal.SIGXCPU, OUT_OF_MEMORY):
        pytest.skip(TOO_MUCH)
    assert code == 0, said


def compare_each(paths: Sequence[Path], folder: Path) -> None:
    ends = {path.name: compared(path, folder / "said") for path in paths if path.name not in ENDLESS}
    (folder / "ends").write_bytes(pickle.dumps(ends))


def compared(path: Path, said: Path) -> tuple[int, str]:
    """The exit code of a fork that compared it, and the end of what it said."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with said.open("w", encoding="utf-8") as file:
                os.dup2(file.fileno(), 2)
            code = check_bounded(path)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, said.read_text(encoding="utf-8", errors="replace")[-3000:]


def check_bounded(path: Path) -> int:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        check(path.read_bytes(), most=PAGES)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0
