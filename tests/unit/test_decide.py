"""Which reading wins, and when the choice is in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.decide import WEAK, decide
from tests.unit.drafts import reading


def test_nothing_printed_is_no_choice_and_no_doubt() -> None:
    decision = decide([])
    assert (decision.chosen, decision.others, decision.doubt) == (None, (), None)


def test_the_least_rank_wins_and_the_losers_are_kept() -> None:
    heading, label = reading("client", "Ville d'Orbeyre", rank=2), reading("client", "Ville de Morcy", rank=1)
    decision = decide([heading, label])
    assert (decision.chosen, decision.others, decision.doubt) == (label, (heading,), None)
    assert "rank 1" in decision.why


def test_of_equals_the_first_wins_and_the_tie_is_told() -> None:
    one, two = reading("client", "Ville de Morcy"), reading("client", "Ville d'Orbeyre")
    decision = decide([one, two])
    assert decision.chosen == one
    assert decision.doubt and "Ville de Morcy" in decision.doubt and "Ville d'Orbeyre" in decision.doubt


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ville de Morcy", "VILLE DE MORCY"),
        ("Métropole du Lys", "METROPOLE DU LYS"),
        ("Ville de  Morcy", "Ville de Morcy"),
        (["Hydrelle"], ["Hydrelle"]),
    ],
)
def test_two_spellings_of_a_value_are_no_tie(one: object, two: object) -> None:
    assert decide([reading("client", one), reading("client", two)]).doubt is None


@pytest.mark.parametrize(("rank", "doubtful"), [(WEAK - 1, False), (WEAK, True), (WEAK + 1, True)])
def test_a_weak_reading_is_a_doubt(rank: int, doubtful: bool) -> None:
    assert bool(decide([reading("client", "Ville de Morcy", rank=rank)]).doubt) is doubtful


def test_a_rival_of_lower_rank_is_no_doubt() -> None:
    assert decide([reading("title", "Plan vélo"), reading("title", "Plan", rank=3)]).doubt is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9)), max_size=6))
def test_nothing_is_lost_and_no_better_one_loses(readings: list[tuple[str, int]]) -> None:
    candidates = [reading("title", value, rank=rank) for value, rank in readings]
    decision = decide(candidates)
    kept = [c for c in (decision.chosen, *decision.others) if c]
    assert sorted(map(repr, kept)) == sorted(map(repr, candidates))
    if decision.chosen:
        assert decision.chosen.rank == min(c.rank for c in candidates)
