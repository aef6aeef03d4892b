"""Brochures made as office files and printed by LibreOffice: `python -m carnet.pipeline.teach.office FOLDER`.

Word documents, presentations and workbooks are composed as all genres are; python-docx, python-pptx and openpyxl write
them. The twin's colours number the runs in the office file itself.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from carnet.pipeline.teach.blocks.around import surrounded
from carnet.pipeline.teach.blocks.told_alone import so_marked, told_alone
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.draw import DrawnBrochure
from carnet.pipeline.teach.gold import gold
from carnet.pipeline.teach.invent import brochure as invent
from carnet.pipeline.teach.nodes import Mark, Paper
from carnet.pipeline.teach.office_run import printed
from carnet.pipeline.teach.office_text import FONTS
from carnet.pipeline.teach.speak import voice as speak
from carnet.pipeline.teach.truth import read_truth
from carnet.pipeline.teach.typst import Drawn
from carnet.pipeline.teach.voice import Voice

Write = Callable[[Paper, str, bool], tuple[bytes, tuple[Mark, ...]]]
_TRIES = 12


@dataclass(frozen=True)
class Kind:
    """A kind of office file. `genres`: what is made with such programs."""

    suffix: str
    genres: tuple[str, ...]
    writer: Callable[[], Write]


def _docx() -> Write:
    from carnet.pipeline.teach.office_docx import document

    return document


def _pptx() -> Write:
    from carnet.pipeline.teach.office_pptx import document

    return document


def _xlsx() -> Write:
    from carnet.pipeline.teach.office_xlsx import document

    return document


OFFICE: dict[str, Kind] = {
    "writer": Kind(".docx", (
        "form-table", "form-table", "bank-form", "memo-chapter", "bold-leads", "running", "running", "leaflet",
        "dig-sheet", "funded-project", "halves", "by-client", "by-year", "work-list", "bulleted", "sentences", "table",
        "table-bands", "timeline", "trainings", "two-languages", "dossiers",
    ), _docx),
    "impress": Kind(".pptx", (
        "slide-columns", "slide-columns", "slide-kpi", "slide-kpi", "info-strip", "side-bar", "cards",
        "tabbed-register", "board", "spread", "photo-hero", "vertical-title", "plates", "phases-ribbon",
    ), _pptx),
    "calc": Kind(".xlsx", (
        "table", "table-bands", "domain-tables", "ticks", "transposed", "form-table", "table-cards", "by-client",
        "work-list", "bank-form",
    ), _xlsx),
}  # fmt: skip
"""By name of the program that prints them; genres to learn from only, what is measured on is in none."""


def draw_office(kind: str, seed: int) -> DrawnBrochure:
    """The brochure of a kind and a seed. KeyError for an unknown kind; NotImplementedError without LibreOffice."""
    rng = Random(f"{kind}/{seed}")
    brochure = invent(rng, rng.randint(2, 10))
    paper, plain, coded = office_twins(kind, rng, brochure, speak(rng, brochure))
    truth = read_truth(coded.pdf, coded.marks)
    pages = {m.ordinal: truth.first_page(m.ordinal) for m in brochure.missions}
    name = f"{kind}-{seed}"
    return DrawnBrochure(name, kind, seed, plain.pdf, gold(name, brochure, paper, pages), truth, engine=kind)


def office_twins(kind: str, rng: Random, brochure: Brochure, voice: Voice) -> tuple[Paper, Drawn, Drawn]:
    """A composed paper, its PDF and the coded twin, printed in one go."""
    from carnet.pipeline.teach.genres.registry import LEARN

    write, font = OFFICE[kind].writer(), rng.choice(list(FONTS))
    for _ in range(_TRIES):
        compose = LEARN[rng.choice(OFFICE[kind].genres)]
        paper = surrounded(rng, brochure, voice, compose(rng, brochure, voice))
        paper = so_marked(paper, told_alone(paper))
        try:
            (plain, _marks), (coded, marks) = write(paper, font, False), write(paper, font, True)
        except NotImplementedError:  # what this kind of file has no means for
            continue
        pdf, twin = printed([plain, coded], OFFICE[kind].suffix)
        return paper, Drawn(pdf, marks), Drawn(twin, marks)
    raise NotImplementedError(f"{kind}: no genre fits")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--first", type=int, default=0)
    a = parser.parse_args()
    a.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(a.first, a.first + a.each):
        for kind in OFFICE:
            drawn = draw_office(kind, seed)
            (a.folder / f"{drawn.name}.pdf").write_bytes(drawn.data)
            told = json.dumps(drawn.gold, ensure_ascii=False, indent=1)
            (a.folder / f"{drawn.name}.gold.json").write_text(told, encoding="utf-8")
            print(drawn.name, flush=True)


if __name__ == "__main__":
    main()
