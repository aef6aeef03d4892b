"""Brochures with reference answers as examples: printed letters that spell an answer play its role."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from carnet.pipeline.rules import load_rules
from carnet.pipeline.teach import engines, written
from carnet.pipeline.teach.draw import draw
from carnet.pipeline.teach.examples import AT, ROLES, Example
from carnet.pipeline.teach.nodes import PLAIN, Cell, Grid, Look, Mark, Node, Paper, Para, Run, Sheet, Space, Stack
from carnet.pipeline.teach.written import written_example
from carnet.schemas.roles import Role

pytest.importorskip("typst")
pytest.importorskip("playa")
RULES = load_rules()
LARGE = Look(16, True)
FRONT = Mark(Role.FRONT)
WHY = "Le bourg se vide de ses habitants et de ses commerces depuis la fermeture de la tuilerie."
DONE = "Nous avons mené douze ateliers dans les granges du village, puis dessiné la place du marché."


def para(text: str, look: Look = PLAIN) -> Para:
    return Para((Run(text, FRONT),), look)


def mission(title: str, *lines: str) -> Stack:
    return Stack((para(title, LARGE), *map(para, lines), Space(12)))


def pdf(*nodes: Node) -> bytes:
    _, (plain, _) = engines.set_twins(Paper((Sheet(nodes),)), "typst")
    return plain.pdf


def answers(ordinal: int, title: str, client: str = "Ville de Morcy", **more: Any) -> dict[str, Any]:
    return {"ordinal": ordinal, "page": 1, "title": title, "client": client, **more}


def read(data: bytes, *missions: dict[str, Any]) -> Example:
    return written_example(data, {"missions": list(missions)}, RULES)


def told(data: bytes, *missions: dict[str, Any]) -> dict[str, tuple[Role | None, int]]:
    """By printed text: its role, None where it is left untold, and its mission."""
    made = read(data, *missions)
    some = zip(made.observed.fragments, made.roles, made.missions, strict=True)
    return {f.text: (ROLES[role] if role >= 0 else None, int(mission)) for f, role, mission in some}


PLAN = mission("Plan guide du bourg", "Ville de Morcy", "2019-2021", WHY, DONE)


@pytest.mark.slow
def test_printed_letters_that_spell_an_answer_play_its_role() -> None:
    gold = answers(1, "Plan guide du bourg", period_raw="2019-2021", context=[WHY], approach=[DONE])
    assert told(pdf(PLAN), gold) == {
        "Plan guide du bourg": (Role.TITLE, 1),
        "Ville de Morcy": (Role.CLIENT, 1),
        "2019-2021": (Role.PERIOD, 1),
        **{text: (Role.CONTEXT, 1) for text in (WHY,)},
        **{text: (Role.APPROACH, 1) for text in (DONE,)},
    }


@pytest.mark.slow
def test_a_title_is_the_head_of_its_mission() -> None:
    made = read(pdf(PLAN), answers(1, "Plan guide du bourg"))
    assert [f.text for f, head in zip(made.observed.fragments, made.anchors, strict=True) if head] == [
        "Plan guide du bourg"
    ]


@pytest.mark.slow
def test_of_an_answer_that_several_missions_have_each_has_the_nearest() -> None:
    """Side by side: what stands level with it is no nearer than what stands below it."""
    left = mission("Plan guide du bourg", "Ville de Morcy", "2021", WHY)
    right = mission("Zonage des eaux", "VILLE DE MORCY", "2021", DONE)
    data = pdf(Grid((230.0, 230.0), ((Cell(left), Cell(right)),), gap_x=20))
    made = read(
        data,
        answers(1, "Plan guide du bourg", period_raw="2021", context=[WHY]),
        answers(2, "Zonage des eaux", period_raw="2021", approach=[DONE]),
    )
    fragments = made.observed.fragments
    middle = max(f.box.x1 for f in fragments) / 2
    some = [i for i, f in enumerate(fragments) if ROLES[made.roles[i]] in (Role.CLIENT, Role.PERIOD)]
    assert len(some) == 4
    assert all(made.missions[i] == (1 if fragments[i].box.x0 < middle else 2) for i in some)


@pytest.mark.slow
def test_people_their_mails_and_numbers_are_told_apart() -> None:
    person = {"name": "Anne Malvy", "role": "directrice", "email": "a.malvy@morcy.example", "phone": "+33561001122"}
    lines = ("Anne Malvy", "directrice", "a.malvy@morcy.example", "05 61 00 11 22")
    some = told(pdf(mission("Plan guide du bourg", *lines)), answers(1, "Plan guide du bourg", contacts=[person]))
    kinds = (Role.CONTACT, Role.CONTACT, Role.EMAIL, Role.PHONE)
    assert {line: some[line] for line in lines} == {line: (r, 1) for line, r in zip(lines, kinds, strict=True)}


@pytest.mark.slow
def test_text_that_runs_over_lines_is_told_line_by_line() -> None:
    narrow = Grid((150.0,), ((Cell(para(WHY)),), (Cell(para(DONE)),)), gap_y=10)
    gold = answers(1, "Plan guide du bourg", context=[WHY], approach=[DONE])
    made = read(pdf(para("Plan guide du bourg", LARGE), narrow), gold)
    roles = [ROLES[role] for role in made.roles]
    assert len(roles) > 6
    done = roles.index(Role.APPROACH)
    assert roles == [Role.TITLE, *[Role.CONTEXT] * (done - 1), *[Role.APPROACH] * (len(roles) - done)]


@pytest.mark.slow
def test_answers_stand_on_the_pages_of_their_mission_only() -> None:
    """The name of a client on a page before is none of the mission's."""
    gold = answers(1, "Plan guide du bourg") | {"page": 2}
    assert (Role.CLIENT, 1) not in told(pdf(PLAN), gold).values()


@pytest.mark.slow
def test_what_the_model_takes_for_an_answer_that_is_none_is_left_untold() -> None:
    wrong = answers(1, "Plan guide du bourg", "Région Armor")
    assert told(pdf(PLAN), wrong)["Ville de Morcy"][0] not in (Role.CLIENT, Role.HEADING)


@pytest.mark.slow
@pytest.mark.parametrize(("genre", "seed"), [("side-bar", 2), ("cards", 2), ("memo-chapter", 2), ("halves", 2)])
def test_roles_and_missions_agree_with_a_drawn_truth(genre: str, seed: int) -> None:
    """Nine in ten at least of what is told; and nearly all is."""
    drawn = draw(genre, seed, "typst")
    assert drawn.truth is not None
    made = written_example(drawn.data, drawn.gold, RULES)
    marks = [drawn.truth.marks(f.page, [f.box]).most_common(1) for f in made.observed.fragments]
    both = [(i, some[0][0]) for i, some in enumerate(marks) if some and made.roles[i] >= 0]
    assert len(both) >= 0.9 * len(marks)
    assert sum(made.roles[i] == AT[mark.role] for i, mark in both) >= 0.9 * len(both)
    order = list(dict.fromkeys(mark.mission for _, mark in both if mark.mission))
    assert made.anchors.sum() == len(drawn.gold["missions"]) == len(order)
    own = [(int(made.missions[i]), mark.mission) for i, mark in both if made.missions[i] and mark.mission]
    assert sum(one == other for one, other in own) >= 0.9 * len(own)


@pytest.mark.slow
def test_the_examples_are_kept_as_often_as_each_is_learned_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brochure = tmp_path / "morcy.pdf"
    brochure.write_bytes(pdf(PLAN))
    gold = {"missions": [answers(1, "Plan guide du bourg")]}
    brochure.with_name("morcy.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["written", str(tmp_path / "examples"), str(brochure), "--times", "2"])
    written.main()
    kept = sorted((tmp_path / "examples").iterdir())
    assert [path.name for path in kept] == ["written.morcy-0.npz", "written.morcy-1.npz"]
    with np.load(kept[0]) as one, np.load(kept[1]) as other:
        assert sorted(one) == sorted(other)
        assert AT[Role.TITLE] in one["roles"]


def test_a_period_may_be_printed_as_start_and_end() -> None:
    chances = np.zeros(len(ROLES), np.float32)
    chances[AT[Role.END]] = 0.4
    assert written._printed_as(Role.PERIOD, chances) is Role.END
    assert written._printed_as(Role.AMOUNT, chances) is Role.AMOUNT
    chances[AT[Role.END]] = 0.2
    assert written._printed_as(Role.PERIOD, chances) is Role.PERIOD
