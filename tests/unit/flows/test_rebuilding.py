"""A better rule reaches old editions by rebuild; a dry run shows beforehand what that changes, value by value."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from carnet.pipeline import rules
from carnet.pipeline.rules import load_rules
from tests.unit.flows import world as worlds
from tests.unit.flows.world import EDITIONS, World

OLD, MID, NEW = EDITIONS


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def changed_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As a user may change them: in a copy, "Montant" alone announces no amount."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.FOLDER, folder)
    labels = folder / "fr" / "labels.yml"
    text = labels.read_text(encoding="utf-8")
    assert "    - montant\n" in text
    labels.write_text(text.replace("    - montant\n", ""), encoding="utf-8")
    monkeypatch.setattr(rules, "FOLDER", folder)
    load_rules.cache_clear()
    worlds.reading_of.cache_clear()
    yield
    monkeypatch.undo()
    load_rules.cache_clear()
    worlds.reading_of.cache_clear()


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
    assert {v.field for v in shown.values} >= {"amount", "amount_text", "currency", "tax"}
    assert any(v.field.startswith("finding ") for v in shown.values)
    done = world.rebuild().difference
    assert done.values == shown.values
    assert done.tables == shown.tables
    new = {(file, mission): amount for file, mission, amount in world.ask(values)}
    moved = {key: (old[key], new[key]) for key in old if old[key] != new[key]}
    assert {key: (int(float(was)), now) for key, (was, now, _) in told.items() if was} == moved
    assert not world.rebuild(dry_run=True).difference.any
