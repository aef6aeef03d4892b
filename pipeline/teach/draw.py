"""A drawn brochure: content, voice, genre and engine by lot from a seed; its PDF, its truth, its reference answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from carnet.pipeline.teach import engines, plain
from carnet.pipeline.teach.blocks.around import surrounded
from carnet.pipeline.teach.blocks.between import among
from carnet.pipeline.teach.blocks.told_alone import runs_so_marked, so_marked, told_alone
from carnet.pipeline.teach.blocks.unheaded import unheaded
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.gold import gold
from carnet.pipeline.teach.invent import brochure as invent
from carnet.pipeline.teach.nodes import Paper, Run
from carnet.pipeline.teach.plain import ComposeText
from carnet.pipeline.teach.speak import voice as speak
from carnet.pipeline.teach.truth import Truth, read_truth


@dataclass(frozen=True)
class DrawnBrochure:
    """`data`: the file. `truth`: the marks of all its printed glyphs; of a text, `lines` are its marked runs instead.
    `gold`: the reference file. `engine`: what set it in type."""

    name: str
    genre: str
    seed: int
    data: bytes
    gold: dict[str, Any]
    truth: Truth | None = None
    lines: tuple[tuple[Run, ...], ...] = ()
    media_type: str = "application/pdf"
    engine: str = ""


def draw(genre: str, seed: int, engine: str | None = None) -> DrawnBrochure:
    """The brochure of a genre and a seed, always the same. `engine`: what sets it in type, else by lot. KeyError for an
    unknown genre."""
    from carnet.pipeline.teach.genres.registry import LEARN, MEASURE

    rng = Random(f"{genre}/{seed}")
    brochure = invent(rng, _missions(rng))
    if genre in texts():
        return _text(rng, genre, seed, brochure)
    compose = {**LEARN, **MEASURE}[genre]
    voice = speak(rng, brochure)
    paper = surrounded(Random(f"around/{genre}/{seed}"), brochure, voice, compose(rng, brochure, voice))
    paper = unheaded(Random(f"unheaded/{genre}/{seed}"), paper)
    paper = among(Random(f"among/{genre}/{seed}"), brochure, voice, paper)
    engine = engine or engines.by_lot(Random(f"engine/{genre}/{seed}"))
    return set_and_told(f"{genre}-{seed}", genre, seed, brochure, paper, engine)


def texts() -> Mapping[str, ComposeText]:
    """The genres of text without geometry, to learn from and to measure on."""
    return {**plain.LEARN, **plain.MEASURE}


def _text(rng: Random, genre: str, seed: int, brochure: Brochure) -> DrawnBrochure:
    typed = texts()[genre](rng, brochure, speak(rng, brochure))
    name = f"{genre}-{seed}"
    alone = told_alone(typed.paper)
    told = gold(name, brochure, so_marked(typed.paper, alone), {})
    lines = tuple(runs_so_marked(line, alone) for line in typed.lines)
    media = "text/markdown" if typed.suffix == ".md" else "text/plain"
    return DrawnBrochure(name, genre, seed, typed.text.encode(), told, None, lines, media)


def _missions(rng: Random) -> int:
    """Few mostly: another brochure teaches more than another page of one. Now and then a single one, or dozens."""
    return rng.choice((1, 2, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12)) if rng.random() < 0.93 else rng.randint(18, 36)


def set_and_told(
    name: str, genre: str, seed: int, brochure: Brochure, paper: Paper, engine: str = "typst"
) -> DrawnBrochure:
    """A composed paper set in type, with its truth and its answers."""
    paper = so_marked(paper, told_alone(paper))
    engine, (plain_, coded) = engines.set_twins(paper, engine)
    truth = read_truth(coded.pdf, coded.marks)
    pages = {m.ordinal: truth.first_page(m.ordinal) for m in brochure.missions}
    told = gold(name, brochure, paper, pages)
    return DrawnBrochure(name, genre, seed, plain_.pdf, told, truth, engine=engine)
