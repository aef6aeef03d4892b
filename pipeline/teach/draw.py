"""A drawn brochure: content, voice, genre and engine by lot from one seed; its PDF, its truth, its reference answers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from pipeline.teach.content import Brochure, invent
from pipeline.teach.gold import gold
from pipeline.teach.nodes import Mark, Paper
from pipeline.teach.truth import Truth, read_truth
from pipeline.teach.typst import set_paper
from pipeline.teach.voice import speak


@dataclass(frozen=True)
class DrawnBrochure:
    """`truth`: the marks of all printed glyphs. `gold`: the reference file."""

    name: str
    genre: str
    seed: int
    pdf: bytes
    truth: Truth
    gold: dict[str, Any]


def draw(genre: str, seed: int) -> DrawnBrochure:
    """The brochure of a genre and a seed, always the same. KeyError for an unknown genre."""
    from pipeline.teach.genres.registry import LEARN, MEASURE

    compose = {**LEARN, **MEASURE}[genre]
    rng = Random(f"{genre}/{seed}")
    brochure = invent(rng, _missions(rng))
    paper = compose(rng, brochure, speak(rng, brochure))
    return set_and_told(f"{genre}-{seed}", genre, seed, brochure, paper)


def _missions(rng: Random) -> int:
    """Few mostly: another brochure teaches more than another page of one. Now and then a single one, or dozens."""
    return rng.choice((1, 2, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12)) if rng.random() < 0.93 else rng.randint(18, 36)


def set_and_told(name: str, genre: str, seed: int, brochure: Brochure, paper: Paper) -> DrawnBrochure:
    """A composed paper set in type, with its truth and its answers."""
    pdf = set_paper(paper).pdf
    coded = set_paper(paper, coded=True)
    truth = read_truth(coded.pdf, coded.marks)
    pages = {m.ordinal: truth.first_page(m.ordinal) for m in brochure.missions}
    return DrawnBrochure(name, genre, seed, pdf, truth, gold(name, brochure, paper, pages))


def mark_of(marks: list[tuple[Mark, int]]) -> Mark | None:
    """The mark of most letters."""
    return max(marks, key=lambda m: m[1])[0] if marks else None
