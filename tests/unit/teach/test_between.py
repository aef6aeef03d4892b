"""Pages of the firm among those of its missions."""

from __future__ import annotations

from random import Random

import pytest

from carnet.pipeline.teach.blocks import between, unheaded
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.genres.registry import LEARN
from carnet.pipeline.teach.invent import brochure as invent
from carnet.pipeline.teach.nodes import Paper, paper_paras
from carnet.pipeline.teach.speak import voice as speak
from carnet.schemas.roles import Role


def drawn(genre: str, seed: int) -> tuple[Brochure, Paper, Paper]:
    """The brochure, its paper, and the paper with pages of the firm."""
    rng = Random(seed)
    brochure = invent(rng, 8)
    voice = speak(rng, brochure)
    paper = LEARN[genre](rng, brochure, voice)
    return brochure, paper, between.among(Random(seed), brochure, voice, paper)


def of_missions(paper: Paper) -> list[tuple[str, int, str]]:
    return [(r.mark.role.value, r.mark.mission, r.text) for p in paper_paras(paper) for r in p.runs if r.mark.mission]


@pytest.mark.parametrize("genre", ["slide-columns", "side-bar", "free-entries"])
def test_missions_stay_as_they_are(genre: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(between, "AMONG", 1.0)
    for seed in range(6):
        _, paper, more = drawn(genre, seed)
        assert of_missions(paper) == of_missions(more)


def test_a_menu_names_the_part_that_begins_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(between, "AMONG", 1.0)
    monkeypatch.setattr(between, "MENUS", 1.0)
    seen = 0
    for seed in range(12):
        brochure, paper, more = drawn("side-bar", seed)
        domains = {m.ordinal: m.domain for m in brochure.missions}
        if len(set(domains.values())) < 2 or len(list(paper_paras(more))) == len(list(paper_paras(paper))):
            continue
        here = None
        for para in paper_paras(more):
            for run in para.runs:
                if run.mark.role is Role.DOMAIN and not run.mark.mission:
                    here = run.text.removeprefix("▶ ").casefold()
                elif run.mark.mission and here is not None:
                    seen += 1
                    assert domains[run.mark.mission].casefold() in here
    assert seen


def test_a_lost_heading_is_lost_whole_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unheaded, "OFTEN", 1.0)
    lost = 0
    for seed in range(8):
        _, paper, _ = drawn("side-bar", seed)
        less = unheaded.unheaded(Random(seed), paper)
        titled = {m for role, m, _ in of_missions(paper) if role == "title"}
        kept = {m for role, m, _ in of_missions(less) if role in ("title", "client", "heading")}
        rest = {m for _, m, _ in of_missions(less)}
        assert titled <= rest
        lost += len(titled - kept)
    assert lost
