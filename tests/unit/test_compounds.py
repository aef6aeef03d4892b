"""Hyphens at line ends: a word's own, or those that part it."""

from __future__ import annotations

import pytest

from carnet.pipeline.compounds import compounds
from carnet.pipeline.word_vectors import WordVectors, hash64
from carnet.schemas.layout import Page, Passage, Word
from carnet.schemas.outline import MissionSection, Outline

KNOWN = ("enfance", "jeunesse", "jeu", "nesse", "cou", "zon", "conforte", "ments", "confortement")
VECTORS = WordVectors(None, {hash64(word.encode()): at for at, word in enumerate(KNOWN)}, {})


def lines(*some: str) -> Passage:
    """A block with its lines."""
    return Passage.join([Passage.of_words([Word(word) for word in line.split()]) for line in some])


@pytest.mark.parametrize(
    ("block", "printed", "kept"),
    [
        (("compétence enfance-", "jeunesse, 2021"), "", {"enfance-jeunesse"}),
        (("compétence enfance-jeu-", "nesse"), "", set()),
        (("les conforte-", "ments"), "", set()),
        (("Université de Pont-sur-Cou-", "zon"), "", set()),
        (("la Bourg-en-", "bresse"), "bourg-en-bresse", {"bourg-en-bresse"}),
        (("compétence enfance-", "jeunesse"), "Enfancejeunesse", set()),
        (("phase 2020-", "2021"), "", set()),
    ],
)
def test_a_hyphen_is_kept_where_its_sides_are_words_and_the_whole_is_none(
    block: tuple[str, ...], printed: str, kept: set[str]
) -> None:
    outline = Outline((MissionSection(1, (lines(*block),), ()),))
    pages = [Page(1, 0, 0, tuple(Word(word) for word in printed.split()))]
    assert compounds(outline, pages, VECTORS) == kept
    assert not compounds(outline, pages, None) - {"bourg-en-bresse"}


def test_it_stays_in_running_text() -> None:
    block = lines("Révision du transfert de la compétence enfance-", "jeunesse")
    kept = compounds(Outline((MissionSection(1, (block,), ()),)), [], VECTORS)
    assert block.flow(kept).text.endswith("enfance-jeunesse")
    assert block.flow().text.endswith("enfancejeunesse")
