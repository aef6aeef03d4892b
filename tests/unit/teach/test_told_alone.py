"""The one text of a drawn mission says what was done, unless a label says otherwise."""

from __future__ import annotations

import pytest

from carnet.pipeline.teach.blocks.told_alone import runs_so_marked, so_marked, told_alone
from carnet.pipeline.teach.nodes import (
    Box,
    Cell,
    Chain,
    Columns,
    Grid,
    Mark,
    Node,
    Paper,
    Para,
    Place,
    Run,
    Sheet,
    Stack,
    Turned,
    paper_paras,
)
from carnet.schemas.roles import Role

CONTEXT, APPROACH, RESULTS = Mark(Role.CONTEXT, 1), Mark(Role.APPROACH, 1), Mark(Role.RESULTS, 1)
TITLE = Mark(Role.TITLE, 1)


def para(*marks: Mark) -> Para:
    return Para(tuple(Run("Un bourg se vide.", mark) for mark in marks))


def paper(*nodes: Node) -> Paper:
    return Paper((Sheet(nodes),))


def told(*marks: Mark) -> dict[Mark, Mark]:
    return dict(told_alone(paper(*(para(mark) for mark in marks))))


def test_why_alone_or_what_came_of_it_alone_is_what_was_done() -> None:
    assert told(TITLE, CONTEXT) == {CONTEXT: APPROACH}
    assert told(TITLE, RESULTS, RESULTS) == {RESULTS: APPROACH}


def test_of_both_what_came_of_it_is() -> None:
    assert told(CONTEXT, RESULTS) == {RESULTS: APPROACH}


def test_beside_what_was_done_all_stays() -> None:
    assert told(CONTEXT, APPROACH, RESULTS) == told(APPROACH) == told(TITLE) == {}


def test_a_label_of_the_mission_or_the_head_of_a_column_is_believed() -> None:
    assert told(Mark(Role.LABEL, 1, Role.CONTEXT), CONTEXT) == {}
    assert told(Mark(Role.HEAD, 0, Role.CONTEXT), CONTEXT) == {}
    assert told(Mark(Role.LABEL, 1, Role.CONTEXT), CONTEXT, RESULTS) == {}
    assert told(Mark(Role.LABEL, 2, Role.CONTEXT), CONTEXT) == {CONTEXT: APPROACH}
    assert told(Mark(Role.LABEL, 1, Role.CLIENT), CONTEXT) == {CONTEXT: APPROACH}


def test_each_mission_by_itself() -> None:
    second = Mark(Role.CONTEXT, 2)
    assert told(CONTEXT, APPROACH, second) == {second: Mark(Role.APPROACH, 2)}


@pytest.mark.parametrize("within", [
    lambda p: p,
    lambda p: Stack((p,)),
    lambda p: Chain((p,)),
    lambda p: Box(p),
    lambda p: Columns(p),
    lambda p: Place(p),
    lambda p: Turned(p, 90),
    lambda p: Grid((100.0, 100.0), ((Cell(p), Cell(None)),)),
    lambda p: Box(Stack((Grid((100.0,), ((Cell(Columns(p)),),)),))),
])  # fmt: skip
def test_wherever_the_text_stands(within: object) -> None:
    whole = paper(within(para(CONTEXT)), Box(None))  # type: ignore[operator]
    again = so_marked(whole, told_alone(whole))
    assert [run.mark for p in paper_paras(again) for run in p.runs] == [APPROACH]
    assert told_alone(again) == {}


def test_nothing_else_changes() -> None:
    whole = paper(para(TITLE, CONTEXT), para(CONTEXT))
    again = so_marked(whole, told_alone(whole))
    assert [r.text for p in paper_paras(again) for r in p.runs] == [r.text for p in paper_paras(whole) for r in p.runs]
    assert [r.mark for p in paper_paras(again) for r in p.runs] == [TITLE, APPROACH, APPROACH]
    assert so_marked(whole, {}) is whole


def test_runs_of_a_line_of_text_are_marked_alike() -> None:
    assert runs_so_marked(para(TITLE, CONTEXT).runs, {CONTEXT: APPROACH}) == para(TITLE, APPROACH).runs
