"""Which mission is this: the same over editions, distinct within one."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.warehouse.matching.assignment import assign
from carnet.warehouse.matching.identity import Decisions, identify
from carnet.warehouse.matching.likeness import Portrait


def portrait(title: str, client: str = "Ville de Brenoux", **more: object) -> Portrait:
    return Portrait(f"{client} : {title}".casefold(), title, client, **more)  # type: ignore[arg-type]


EAU = portrait("Schéma directeur d'eau potable", start=dt.date(2021, 3, 1), amount=Decimal(29000))
EAUX_USEES = portrait("Schéma directeur d'assainissement", start=dt.date(2021, 5, 1), amount=Decimal(31000))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (EAU, portrait("Schéma directeur de l'eau potable", start=dt.date(2021, 3, 1), amount=Decimal(29000))),
        (EAU, portrait("Schéma directeur d'eau potable", "Commune de Brenoux", start=dt.date(2021, 3, 1))),
        (EAU, portrait("Schéma directeur d'eau potable", amount=Decimal(34000))),
        (portrait("Aménagement d'un atelier pour les artisans", text="Le site accueille dix artisans."),
         portrait("Aménagement d'un atelier dédié aux métiers d'art", text="Le site accueille dix artisans.")),
    ],
)  # fmt: skip
def test_a_reworded_mission_keeps_its_id(before: Portrait, after: Portrait) -> None:
    (first,), (second,) = identify([[before], [after]])
    assert second.mission == first.mission
    assert second.reason != "new"


@pytest.mark.parametrize(
    "other",
    [
        EAUX_USEES,
        portrait("Audit énergétique des bâtiments"),
        portrait("Étude de la ressource", "Syndicat des Trois Vals"),
    ],
)
def test_another_mission_gets_another_id(other: Portrait) -> None:
    (first,), (second,) = identify([[EAU], [other]])
    assert second.mission != first.mission


def test_two_missions_for_one_client_in_one_year_are_not_swapped() -> None:
    before, after = identify([[EAU, EAUX_USEES], [EAUX_USEES, EAU]])
    assert [i.mission for i in after] == [i.mission for i in reversed(before)]


def test_same_heading_twice_in_an_edition_is_two_missions() -> None:
    ids = [i.mission for i in identify([[EAU, EAU, EAU]])[0]]
    assert len(set(ids)) == 3


def test_repeats_of_a_heading_are_told_apart_by_what_stands_below() -> None:
    key = "suivi-de-l-etang-1c9f03ab"
    one = Portrait(key, "Suivi de l'étang", "Ville de Luz", start=dt.date(2019, 1, 1), text="Relevé des oiseaux.")
    two = Portrait(f"{key}-2", one.title, one.client, start=dt.date(2022, 1, 1), text="Mesure de la vase.")
    swapped = [replace(two, key=one.key), replace(one, key=two.key)]
    before, after = identify([[one, two], swapped])
    assert [i.mission for i in after] == [i.mission for i in reversed(before)]
    (alone,) = identify([[one, two], [replace(two, key=one.key)]])[1]
    assert alone.mission == before[1].mission


@pytest.mark.parametrize(
    "other",
    [
        {"client": "Commune de Sérigny", "start": dt.date(2020, 1, 1), "amount": Decimal(18000)},
        {"client": "Commune de Sérigny", "start": dt.date(2023, 1, 1), "text": "Quatre gymnases et une piscine."},
        {"client": "Ville de Brenoux", "start": dt.date(2023, 1, 1), "amount": Decimal(18000)},
    ],
)
def test_a_common_title_makes_no_mission_the_same(other: dict[str, object]) -> None:
    seen = {"client": "Ville de Brenoux", "start": dt.date(2020, 1, 1), "amount": Decimal(9000), "text": "Onze écoles."}
    before, after = (Portrait("audit-energetique-1c9f03ab", "Audit énergétique", **m) for m in (seen, other))  # type: ignore[arg-type]
    clients = [portrait(f"Étude {n}", f"{kind} {n}") for n, kind in enumerate(["Ville de", "Commune de"] * 4)]
    (first, *_), (second, *_) = identify([[before, *clients], [after, *clients]])
    assert second.mission != first.mission


@pytest.mark.parametrize(
    "client", ["CC du Haut Lys", "Communauté de communes du Haut-Lys", "Haut Lys (04)", "Haut-Lys Agglo"]
)
def test_a_client_spelt_otherwise_and_a_reworded_title(client: str) -> None:
    before = portrait("Étude de la ressource en eau", "Communauté de communes du Haut Lys", start=dt.date(2018, 1, 1))
    after = portrait("Étude de la ressource en eau potable et usages", client, start=dt.date(2018, 1, 1))
    others = [portrait(f"Audit {n}", f"Communauté de communes du Bas {n}{n}{n}") for n in "abcd"]
    (first, *_), (second, *_) = identify([[before, *others], [after, *others]])
    assert second.mission == first.mission


def test_a_mission_that_comes_back_is_the_same() -> None:
    first, _, third = identify([[EAU], [EAUX_USEES], [EAU, EAUX_USEES]])
    assert third[0].mission == first[0].mission


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=5), max_size=4))
def test_ids_are_unique_within_every_edition(titles: list[list[str]]) -> None:
    editions = [[portrait(title * 9) for title in edition] for edition in titles]
    for given_ids in identify(editions):
        assert len({i.mission for i in given_ids}) == len(given_ids)


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.sampled_from("abcd")), st.floats(0.5, 1.0), max_size=10))
def test_assignment_is_the_best_one(scores: dict[tuple[int, str], float]) -> None:
    pairs = assign(scores)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    best = max(sum(scores[p] for p in some) for some in _pairings(list(scores)))
    assert sum(scores[p] for p in pairs) == pytest.approx(best)


def _pairings(edges: list[tuple[int, str]]) -> list[tuple[tuple[int, str], ...]]:
    sizes = range(5)
    some = itertools.chain.from_iterable(itertools.combinations(edges, n) for n in sizes)
    return [s for s in some if len({r for r, _ in s}) == len({c for _, c in s}) == len(s)]


def test_a_phase_is_not_the_phase_before() -> None:
    (first,), (second,) = identify([[portrait("Assainissement, lot 1")], [portrait("Assainissement, lot 2")]])
    assert first.mission != second.mission


def test_what_people_decided_goes_first() -> None:
    a, b = ("s1", "a"), ("s2", "b")
    before = replace(EAU, place=a)
    after = replace(EAU, place=b)
    (first,), (second,) = identify([[before], [after]], Decisions(distinct=frozenset({frozenset((a, b))})))
    assert first.mission != second.mission
    other = replace(EAUX_USEES, title="Audit énergétique", key="audit", place=b)
    (first,), (second,) = identify([[before], [other]], Decisions(same=frozenset({frozenset((a, b))})))
    assert (first.mission, second.reason) == (second.mission, "decided")


def test_a_doubtful_match_says_so() -> None:
    before = portrait("Étude de faisabilité d'une chaufferie au bois pour les écoles")
    (second,) = identify([[before], [portrait("Étude d'une chaufferie pour le lycée")]])[1]
    assert second.doubt
