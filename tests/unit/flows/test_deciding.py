"""Corrections, pairs, rebuild: decided once, kept over everything that comes later."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.log.journal import append, read_journal
from tests.unit.flows.world import EDITIONS, World

OLD, MID, NEW = EDITIONS


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> World:
    """With one edition; for tests that leave it as it was."""
    made = World(tmp_path_factory.mktemp("one"))
    made.ingest(MID)
    return made


def test_a_correction_is_in_force_at_once_with_what_follows_from_it(world: World) -> None:
    world.ingest(MID)
    mission = world.id_of("Brenoux")
    done = world.correct(mission, "client", "Communauté de communes du Val de Brenoux")
    assert (done.old_value, done.new_value) == ("Ville de Brenoux", "Communauté de communes du Val de Brenoux")
    row = f"SELECT client, client_type FROM missions WHERE mission_id = '{mission}'"
    assert world.ask(row) == [("Communauté de communes du Val de Brenoux", "epci")]
    rule = f"SELECT DISTINCT rule FROM evidence WHERE mission_id = '{mission}' AND field LIKE 'client%'"
    assert world.ask(rule) == [("correction",)]
    assert world.ask("SELECT field, old_value, why, author, undone_at FROM corrections") == [
        ("client", "Ville de Brenoux", "lettre de commande", "Odile", None)]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "column", "expected"),
    [
        ("amount", "31 500,50 € HT", "amount", "31500.50"),
        ("amount", "30000", "currency || tax", "EURHT"),
        ("amount", "-", "amount", "None"),
        ("end_date", "2022-09", "end_date || end_precision", "2022-09-30month"),
        ("period", "avril 2020 à mai 2021", "start_date", "2020-04-01"),
        ("stated_months", "15", "stated_months", "15"),
        ("amount_max", "35 000", "amount_max", "35000.00"),
        ("amount_max", "35\u202f000,50", "amount_max", "35000.50"),
        ("status", "ongoing", "status", "ongoing"),
        ("client_country", "be", "client_country", "BE"),
        ("results", "+ Travaux finis.", "len(results)", "2"),
        ("results", '["Un.", "Deux.", "Trois."]', "len(results)", "3"),
        ("results", "- Programme de travaux voté en 2022.", "results", "None"),
        ("partners", "Hydrelle", "(SELECT name FROM partners)", "Hydrelle"),
        ("contacts", "+ Paul Sernin, maire, p.sernin@brenoux.example",
         "(SELECT string_agg(email, ' ') FROM contacts c WHERE c.mission_id = m.mission_id)",
         "a.verdeau@brenoux.example p.sernin@brenoux.example"),
        ("contacts", "- Aline Verdeau", "(SELECT count(*) FROM contacts c WHERE c.mission_id = m.mission_id)", "0"),
    ],
)  # fmt: skip
def test_what_can_be_corrected(one: World, field: str, value: str, column: str, expected: str) -> None:
    world = one
    mission = world.id_of("Brenoux")
    before = world.rows()
    world.correct(mission, field, value)
    found = world.ask(f"SELECT {column} FROM missions m WHERE mission_id = '{mission}'")
    assert [str(v) for (v,) in found] == [expected]
    world.undo(mission, field)
    after = world.rows()
    different = {name for name in before if before[name] != after[name]}
    assert different <= {"correction", "journal"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "beaucoup"), ("end_date", "2022-13"), ("client_type", "village"), ("stated_months", "x"),
        ("tax", "net"), ("contacts", "+ ?"), ("period", "un certain temps"), ("ordinal", "3"), ("mission", "x"),
        ("results", "- Jamais écrit."), ("results", "[1"),
    ],
)  # fmt: skip
def test_a_value_that_can_not_be_is_refused_in_one_sentence(one: World, field: str, value: str) -> None:
    before = read_journal(one.settings.raw).corrections
    with pytest.raises((ValueError, QueryError)) as refused:
        one.correct(one.id_of("Brenoux"), field, value)
    assert len(str(refused.value).splitlines()) == 1
    assert read_journal(one.settings.raw).corrections == before


def test_a_mission_is_dropped_and_comes_back(world: World) -> None:
    world.ingest(MID)
    mission = world.id_of("Brenoux")
    before = world.rows()["mission"]
    world.correct(mission, "mission", "-")
    assert world.ask("SELECT count(*) FROM missions") == [(2,)]
    world.undo(mission, "mission")
    assert world.rows()["mission"] == before


def test_two_missions_are_joined_and_parted_again(world: World) -> None:
    world.ingest(OLD, MID)
    before = world.rows()
    lake, sewers = world.id_of("Haut Lys"), world.id_of("Trois Vals")
    done = world.correct(sewers, "mission", f"+ {lake}")
    assert done.missions == (sewers,)
    rows = world.ask("SELECT client, len(context), len(results), amount::INTEGER FROM missions ORDER BY ordinal")
    assert rows == [("Syndicat mixte des Trois Vals", 2, 2, 41500), ("Ville de Brenoux", 1, 1, 29000)]
    assert world.ask("SELECT string_agg(name, ', ' ORDER BY ordinal) FROM contacts GROUP BY mission_id ORDER BY 1") == [
        ("Aline Verdeau",), ("Luc Marsanne, Rose Tavel",)]  # fmt: skip
    assert world.ask("SELECT count(*) FROM changes WHERE change <> 'changed'") == [(0,)]  # the older edition too
    grown = world.rows()
    world.rebuild()
    assert world.rows() == grown
    world.undo(sewers, "mission")
    after = world.rows()
    assert {name for name in before if before[name] != after[name]} <= {"correction", "journal"}


def test_one_mission_is_split_and_the_second_corrected(world: World) -> None:
    world.ingest(MID)
    eau = world.id_of("Brenoux")
    world.correct(eau, "results", "+ Jamais vu.")
    with pytest.raises(QueryError, match="no paragraph or bullet"):
        world.correct(eau, "mission", "/ Jamais vu")
    done = world.correct(eau, "mission", "/ Programme de travaux")
    first, second = done.missions
    assert first == eau
    rows = "SELECT title, client, results FROM missions WHERE mission_id = "
    assert world.ask(rows + f"'{second}'") == [("Programme de travaux voté en 2022.", None, None)]
    world.correct(second, "client", "Ville de Brenoux-le-Bas")
    assert world.ask(rows + f"'{first}'") == [("Schéma directeur d'eau potable", "Ville de Brenoux", ["Jamais vu."])]
    assert world.ask("SELECT ordinal, client FROM missions ORDER BY 1") == [
        (1, "Syndicat mixte des Trois Vals"), (2, "Ville de Brenoux"), (3, "Ville de Brenoux-le-Bas"),
        (4, "Communauté de communes du Haut Lys"),
    ]  # fmt: skip
    world.ingest(OLD)
    grown = world.rows()
    world.rebuild()
    assert world.rows() == grown


@pytest.mark.parametrize("value", ["+ 000000", "/", "x", "+"])
def test_a_shape_that_can_not_be_is_refused(one: World, value: str) -> None:
    with pytest.raises(QueryError):
        one.correct(one.id_of("Brenoux"), "mission", value)


def test_a_new_edition_that_prints_something_else_asks_again(world: World) -> None:
    world.ingest(OLD)
    mission = world.id_of("Brenoux")
    world.correct(mission, "amount", "28000")
    world.correct(world.id_of("Trois Vals"), "amount", "42000")
    world.ingest(MID)
    amounts = "SELECT amount::INTEGER FROM missions ORDER BY ordinal"
    assert world.ask(amounts) == [(42000,), (28000,), (54500,)]
    asked = world.ask("SELECT mission_id, field FROM findings WHERE code = 'correction_asked'")
    assert asked == [(mission, "amount")]
    world.correct(mission, "amount", "29000")
    assert world.ask("SELECT count(*) FROM findings WHERE code = 'correction_asked'") == [(0,)]


def test_a_correction_reaches_an_older_edition_only_where_it_prints_the_same(world: World) -> None:
    world.ingest(MID)
    world.correct(world.id_of("Brenoux"), "amount", "30000")
    world.correct(world.id_of("Trois Vals"), "amount", "42000")
    world.ingest(OLD)
    rows = world.ask("SELECT client, amount::INTEGER FROM mission_history WHERE NOT is_current ORDER BY ordinal")
    assert rows[:2] == [("Ville de Brenoux", 27000), ("Syndicat mixte des Trois Vals", 42000)]


@pytest.mark.parametrize(
    "order",
    [pytest.param(o, marks=[pytest.mark.slow] if n else []) for n, o in enumerate(itertools.permutations(EDITIONS))],
)
def test_any_order_of_arrival_and_a_rebuild_give_the_same_rows(tmp_path: Path, order: tuple[str, ...]) -> None:
    world = World(tmp_path)
    world.ingest(*order)
    assert world.ask("SELECT count(DISTINCT brochure), count(DISTINCT mission_id) FROM mission_history") == [(1, 4)]
    assert world.ask("SELECT file_name FROM editions WHERE is_current") == [(NEW,)]
    assert world.ask("SELECT change, field FROM changes ORDER BY ALL") == [
        ("added", None), ("changed", "amount"), ("changed", "title")]  # fmt: skip
    grown = world.rows()
    assert not world.rebuild(dry_run=True).difference.any
    world.rebuild()
    assert world.rows() == grown


def test_same_and_distinct(world: World) -> None:
    world.ingest(*EDITIONS)
    eau = world.id_of("Brenoux")
    world.pair("distinct", eau, eau)
    ids = [i for (i,) in world.ask("SELECT DISTINCT mission_id FROM mission_history WHERE client LIKE '%Brenoux'")]
    assert len(ids) == 2
    assert world.ask("SELECT count(*) FROM changes WHERE change = 'removed'") == [(1,)]
    one, other = world.pair("same", *ids)
    assert one == other == eau
    with pytest.raises(QueryError, match="stand in one edition"):
        world.pair("same", eau, world.id_of("Trois Vals"))
    grown = world.rows()
    world.rebuild()
    assert world.rows() == grown


def test_a_half_line_of_a_killed_command_harms_nothing(world: World) -> None:
    world.ingest(MID)
    log = world.settings.raw / "corrections.jsonl"
    with log.open("a", encoding="utf-8") as file:
        file.write('{"kind": "correction", "mission_')
    world.correct(world.id_of("Brenoux"), "amount", "30000")
    assert len(read_journal(world.settings.raw).corrections) == 1


def test_a_log_line_without_its_effect_is_completed_by_the_next_command(world: World) -> None:
    world.ingest(MID)
    made = world.correct(world.id_of("Brenoux"), "amount", "30000")
    (line,) = read_journal(world.settings.raw).corrections
    late = line.model_dump(mode="json", exclude={"undone_at", "only_if_same"})
    append(world.settings.raw, "correction", late | {"id": "x", "new_value": "33000"})
    world.ingest(OLD)
    assert world.ask(f"SELECT amount::INTEGER FROM missions WHERE mission_id = '{made.mission_id}'") == [(33000,)]


def test_originals_are_kept_once(world: World) -> None:
    world.ingest(OLD, MID)
    world.ingest(OLD)
    assert sorted(p.name for p in world.settings.raw.glob("*.md")) == [OLD, MID]


def test_a_rebuild_loses_no_edition_whose_original_is_gone(world: World) -> None:
    world.ingest(OLD, MID)
    (world.settings.raw / OLD).unlink()
    grown = world.rows()
    assert world.rebuild().kept == [OLD]
    assert world.rows() == grown


CORRECTIONS = ["amount=30000", "title=Autre étude", "mission=-", "client=Ville de Luz", "contacts=- Aline Verdeau"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ingest"), st.sampled_from(list(EDITIONS))),
        st.tuples(st.just("correct"), st.sampled_from(CORRECTIONS)),
        st.tuples(st.just("undo"), st.sampled_from(["amount", "title", "mission", "client"])),
        st.tuples(st.just("forget"), st.sampled_from(["Aline Verdeau", "l.marsanne@troisvals.example"])),
        st.tuples(st.just("rebuild"), st.just("")),
    ),
    min_size=2, max_size=6,
)  # fmt: skip


@pytest.mark.slow
@given(STEPS)
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_happened_a_rebuild_gives_the_warehouse_that_grew(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.ingest(MID)
        mission = world.id_of("Brenoux")
        for step, what in steps:
            try:
                if step == "correct":
                    world.correct(mission, *what.split("=", 1))
                elif step == "undo":
                    world.undo(mission, what)
                else:
                    getattr(world, step)(*[what] if what else [])
            except QueryError:
                pass  # refused: nothing to undo, corrected away
        grown = world.rows()
        world.rebuild()
        rebuilt = world.rows()
        assert {name: rows for name, rows in rebuilt.items() if rows != grown[name]} == {}


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 100_000])
def test_a_damaged_warehouse_is_set_aside_and_made_again(world: World, content: bytes) -> None:
    world.ingest(OLD, NEW)
    world.correct(world.id_of("Brenoux"), "amount", "31500")
    before = world.rows()
    path = world.settings.warehouse
    path.write_bytes(content)
    assert world.rebuild(dry_run=True).damage
    assert path.read_bytes() == content
    done = world.rebuild()
    assert done.aside is not None
    assert done.aside.read_bytes() == content
    assert world.rows() == before
    assert world.rebuild().aside is None
