"""A better rule reaches old editions by rebuild; a dry run shows beforehand what that changes, value by value."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from carnet.pipeline import rules
from carnet.pipeline.rules import load_rules
from carnet.warehouse.store.db import open_writer
from tests.unit.flows import world as worlds
from tests.unit.flows.world import EDITIONS, World

OLD, MID, NEW = EDITIONS


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def changed_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As a user may change them: in a copy, "euros" are thousands, of no currency."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.FOLDER, folder)
    money = folder / "shared" / "money.yml"
    text = money.read_text(encoding="utf-8")
    assert 'EUR: ["€", euros, euro,' in text
    money.write_text(text.replace('EUR: ["€", euros, euro,', 'EUR: ["€",'), encoding="utf-8")
    words = folder / "fr" / "money.yml"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("\n  k: 1000\n", "\n  k: 1000\n  euros: 1000\n"), encoding="utf-8")
    monkeypatch.setattr(rules, "FOLDER", folder)
    for read in (load_rules, worlds.reading_of, worlds.begun):
        read.cache_clear()
    yield
    monkeypatch.undo()
    for read in (load_rules, worlds.reading_of, worlds.begun):
        read.cache_clear()


def test_a_dry_run_shows_what_a_changed_rule_does_and_a_rebuild_does_it(
    world: World, request: pytest.FixtureRequest
) -> None:
    world.ingest(OLD, MID)
    world.correct(world.id_of("Brenoux"), "amount", "31000")
    before = world.rows()
    values = (
        "SELECT e.file_name, mission_id, amount::INTEGER FROM mission_history JOIN editions AS e USING (edition_id)"
    )
    old = {(file, mission): amount for file, mission, amount in world.ask(values)}
    request.getfixturevalue("changed_rules")
    shown = world.rebuild(dry_run=True).difference
    assert world.rows() == before
    told = {(v.file, v.mission): (v.was, v.now, v.page) for v in shown.values if v.field == "amount"}
    assert told
    assert {v.field for v in shown.values} >= {"amount", "currency"}
    assert any(v.field.startswith("finding ") for v in shown.values)
    done = world.rebuild().difference
    assert done.values == shown.values
    assert done.tables == shown.tables
    new = {(file, mission): amount for file, mission, amount in world.ask(values)}
    moved = {key: (old[key], new[key]) for key in old if old[key] != new[key]}
    assert {key: (int(float(was)), int(float(now))) for key, (was, now, _) in told.items() if was} == moved
    assert not world.rebuild(dry_run=True).difference.any


def test_a_rebuild_makes_the_same_findings_by_knowledge_and_shows_those_that_changed(world: World) -> None:
    wrong = worlds.EAU | {"client": "Ville de Sète", "contact": "Aline Verdeau, directrice, a.verdeau@ville-agde.fr"}
    missions = "".join(worlds.MISSION.format(**m) for m in (wrong, worlds.EGOUTS, worlds.LAC))
    text = f"# Ondine Conseil\n\nÉdition mai 2024\n\n## Eau\n{missions}"
    (world.folder / "in" / "sete.md").write_text(text, encoding="utf-8")
    world.ingest("sete.md")
    asked = "SELECT count(*) FROM findings WHERE code = 'territory_mismatch'"
    assert world.ask(asked) == [(1,)]
    before = world.rows()
    assert not world.rebuild(dry_run=True).difference.any
    world.rebuild()
    assert {**world.rows(), "run": []} == {**before, "run": []}
    with open_writer(world.settings.warehouse) as con:
        con.execute("DELETE FROM store.contradiction")
    shown = world.rebuild(dry_run=True).difference
    assert [(v.field, v.was) for v in shown.values] == [("finding territory_mismatch", None)]
    assert shown.tables["contradiction"] == (0, 1)
    world.ingest(OLD)  # the rows are not wanting for the list: another edition leaves them alone
    assert world.ask(asked) == [(0,)]
    with open_writer(world.settings.warehouse) as con:
        con.execute("UPDATE store.linked SET digest = 'by another list'")
    world.ingest(MID)
    assert world.ask(asked) == [(1,)]
