"""One drawn brochure as PDF, Word document and presentation: the same missions are read of all three."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from carnet.pipeline.extract import extract
from carnet.pipeline.read import MEDIA_TYPES
from carnet.pipeline.read.office import printing
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.pipeline.teach import office_docx, typst
from carnet.pipeline.teach.blocks.told_alone import so_marked, told_alone
from carnet.pipeline.teach.genres.registry import LEARN
from carnet.pipeline.teach.gold import gold
from carnet.pipeline.teach.invent import brochure
from carnet.pipeline.teach.nodes import Paper
from carnet.pipeline.teach.speak import voice
from carnet.schemas.source import SourceFile

pytest.importorskip("pptx", reason="python-pptx is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(printing.program() is None, reason="LibreOffice is not installed"),
]
MISSIONS = 4
FONT = "DejaVu Sans"
"""There wherever LibreOffice is: a font that it replaces has other widths than were measured, and words are cut."""


def _pdf(paper: Paper) -> bytes:
    return typst.set_paper(paper).pdf


def _docx(paper: Paper) -> bytes:
    return office_docx.document(paper, FONT, coded=False)[0]


def _pptx(paper: Paper) -> bytes:
    from carnet.pipeline.teach import office_pptx

    return office_pptx.document(paper, FONT, coded=False)[0]


FORMS: dict[str, Callable[[Paper], bytes]] = {".pdf": _pdf, ".docx": _docx, ".pptx": _pptx}


SAME = {
    "form-table": 0, "by-client": 1, "slide-kpi": 0, "bulleted": 1, "halves": 2, "domain-tables": 1, "cards": 2,
    "slide-columns": 1, "timeline": 1, "two-languages": 0, "running": 0, "trainings": 0, "table-bands": 0,
    "free-mixed": 0,
}  # fmt: skip
"""Genres with a seed each; what differs in others is told in docs/reading.md."""


def drawn(genre: str, seed: int) -> tuple[Paper, list[str]]:
    """A paper, and the titles of its missions by the answers that were drawn with it."""
    rng = Random(f"same/{genre}/{seed}")
    invented = brochure(rng, MISSIONS)
    paper = LEARN[genre](rng, invented, voice(rng, invented))
    paper = so_marked(paper, told_alone(paper))
    answers = gold(genre, invented, paper, {mission.ordinal: 1 for mission in invented.missions})
    return paper, [mission["title"] for mission in answers["missions"]]


def missions(data: bytes, suffix: str) -> list[dict[str, Any]]:
    """What is read, but the numbers of pages, which are others on slides."""
    source = SourceFile(sha256="0" * 64, name=f"ondine{suffix}", media_type=MEDIA_TYPES[suffix])
    found = settle(extract(data, source, load_rules())).missions
    return [mission.model_dump(exclude={"page_first", "page_last"}) for mission in found]


def made(paper: Paper) -> dict[str, bytes]:
    """The files by their endings; without those that have no means for it, such as places on a page in Word."""
    out = {}
    for suffix, make in FORMS.items():
        with suppress(NotImplementedError):
            out[suffix] = make(paper)
    return out


@pytest.mark.parametrize(("genre", "seed"), SAME.items())
def test_the_same_missions_in_three_forms(genre: str, seed: int) -> None:
    paper, titles = drawn(genre, seed)
    read = {suffix: missions(data, suffix) for suffix, data in made(paper).items()}
    assert len(read) > 1
    assert [mission["title"] for mission in read[".pdf"]] == titles
    for suffix in read:
        assert read[suffix] == read[".pdf"], suffix
