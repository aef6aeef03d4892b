"""A command that is killed before any one of its effects on files: nothing half is left, and the next run does it."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from carnet.flows.services import forget, redact, redacting_child
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.exports.resources import Audience
from tests.unit.flows.killed import End, effects_of, ids_in_order, killed_after, killed_before
from tests.unit.flows.world import EDITIONS, World, reading_of

Command = Callable[[World], object]
OLD, NEW, NEWEST = EDITIONS
COMMANDS: dict[str, tuple[Command, Command]] = {
    "first ingest": (lambda w: None, lambda w: w.ingest(OLD)),
    "next ingest": (lambda w: w.ingest(OLD), lambda w: w.ingest(NEW)),
    "correct": (lambda w: w.ingest(OLD, NEW), lambda w: w.correct(w.id_of("Brenoux"), "amount", "31500")),
    "forget": (lambda w: w.ingest(OLD, NEW), lambda w: w.forget("Aline Verdeau")),
    "first export": (lambda w: w.ingest(OLD), lambda w: w.export()),
    "next export": (lambda w: (w.ingest(OLD), w.export(), w.ingest(NEW)), lambda w: w.export()),
    "rebuild": (lambda w: w.ingest(OLD, NEW), lambda w: w.rebuild()),
}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


KILLS = int(os.environ.get("CARNET_KILLS", "25"))
"""At random moments; with 200 also before each effect, not only some of them."""
FEWER = 1
"""So many of the effects that are tried, the last, may not come where one child had a few more than the next (seen once
on a busy machine): then the command has ended well."""


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_before_any_of_its_effects(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, command = COMMANDS[name]
    begun = _prepared(tmp_path / "begun", before)
    monkeypatch.setattr(World, "may_copy", False)
    command(_copy(begun, tmp_path / "once"))  # what a process does but once is done: all children count alike
    world = _copy(begun, tmp_path / "count")
    count = effects_of(lambda: command(world))
    assert count >= 4
    effects = range(0, count, 1 if KILLS >= 200 else max(3, count // 6))
    ends = [_check(_copy(begun, tmp_path / str(effect)), command, effect) for effect in effects]
    assert set(ends[:-FEWER]) == {"killed"}


@pytest.mark.slow
def test_killed_while_an_original_is_redacted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every moment the original is there, in its place or aside, and what stands in its place is whole. What runs in
    processes of their own runs in this one: it writes nothing but what it is told."""
    monkeypatch.setattr(redact, "_read", lambda one, _: reading_of(one.path.read_bytes(), one.path.name))
    monkeypatch.setattr(redact, "_written", redacting_child._redacted)
    monkeypatch.setattr(forget, "_counts", lambda *_: ())
    begun = _redactable(tmp_path / "begun")
    world = _copy(begun, tmp_path / "count")
    original = (world.settings.raw / OLD).read_bytes()
    count = effects_of(lambda: _redact(world))
    redacted = (world.settings.raw / OLD).read_bytes()
    assert count >= 8 and redacted != original
    ends = []
    for effect in range(0, count, 1 if KILLS >= 200 else max(2, count // 8)):
        world = _copy(begun, tmp_path / str(effect))
        place, aside = world.settings.raw / OLD, world.settings.raw / ".set-aside" / OLD
        ends.append(killed_before(effect, lambda: _redact(world)))  # noqa: B023 - run at once
        assert place.read_bytes() in (original, redacted)
        assert original in [path.read_bytes() for path in (place, aside) if path.exists()]
        _redact(world)
        assert (place.read_bytes(), aside.read_bytes()) == (redacted, original)
        assert not world.rebuild(dry_run=True).difference.any
    assert set(ends[:-FEWER]) == {"killed"} and "failed" not in ends


def _redactable(folder: Path) -> World:
    world = _prepared(folder, lambda w: w.ingest(OLD))
    world.forget("Aline Verdeau")
    return world


def _redact(world: World) -> None:
    """Of who is forgotten already."""
    found = forget.look_for(world.settings, "Aline Verdeau")
    assert forget.redact_originals(world.settings, found).left == []


@pytest.mark.parametrize(("name", "effect"), [("next ingest", 7), ("forget", 5)])
def test_killed_before_some_effect(name: str, effect: int, tmp_path: Path) -> None:
    before, command = COMMANDS[name]
    assert _check(_prepared(tmp_path / "world", before), command, effect) == "killed"


@pytest.mark.slow
def test_killed_at_random_moments_in_a_loop(tmp_path: Path) -> None:
    """What ended well is never lost, what was killed is simply done again; 200 times with CARNET_KILLS=200."""
    dice = random.Random(KILLS)
    world = _prepared(tmp_path / "world", lambda w: None)
    confirmed: dict[str, set[str]] = {}
    kills, seconds = 0, 0.3
    while kills < KILLS:
        command = _some_command(dice, world)
        started = time.monotonic()
        end = killed_after(dice.uniform(0, 1.2) * seconds, command)
        assert end != "failed"
        kills += end == "killed"
        seconds = 0.8 * seconds + 0.2 * (time.monotonic() - started) + 0.01
        if end == "done":
            confirmed = world.confirmed()
        world.assert_whole(confirmed)
        confirmed = world.confirmed()  # what is there once stays
    world.ingest(*EDITIONS)
    world.export()
    world.assert_whole(confirmed)
    assert world.leftovers() == []


def _some_command(dice: random.Random, world: World) -> Callable[[], object]:
    names = list(EDITIONS)
    clients = ["Brenoux", "Trois Vals", "Haut Lys"]
    there = world.confirmed().get("editions")
    ways: list[Callable[[], object]] = [lambda: world.ingest(*dice.sample(names, 2))]
    if there:
        mission, value = world.id_of(dice.choice(clients)), str(dice.randrange(10_000, 90_000))
        ways += [
            lambda: world.correct(mission, "amount", value),
            lambda: world.correct(mission, "title", f"Étude {value}"),
            lambda: world.ingest(dice.choice(names), brochure=dice.choice(["ondine", "ondine-conseil"])),
            lambda: world.rebuild(),
            lambda: world.export(dice.choice(list(Audience))),
            lambda: _where_it_can_be(lambda: world.undo(mission, "amount")),
            lambda: _where_it_can_be(lambda: world.correct(mission, "contacts", f"+ Paule Orly, {value}")),
            lambda: _where_it_can_be(lambda: world.pair(dice.choice(["same", "distinct"]), *_two_ids(dice, world))),
        ]
        if dice.random() < 0.1:
            return lambda: world.forget(dice.choice(["Luc Marsanne", "Rose Tavel", "a.verdeau@brenoux.example"]))
    return dice.choice(ways)


def _where_it_can_be(command: Callable[[], object]) -> None:
    """Nothing to undo, a pair that stands in one edition: refused in words, and nothing is changed."""
    with suppress(WarehouseError):
        command()


def _two_ids(dice: random.Random, world: World) -> list[str]:
    rows = world.ask("SELECT DISTINCT mission_id FROM mission_history ORDER BY 1")
    return [mission for (mission,) in dice.sample(rows, 2)]


def _check(world: World, command: Command, effect: int) -> End:
    """How the command ended that was to be killed before this effect; whole it must be whatever became of it."""
    confirmed = world.confirmed()
    with ids_in_order():
        end = killed_before(effect, lambda: command(world))
        assert end != "failed"
        world.assert_whole(confirmed)
        command(world)
    world.assert_whole(confirmed)
    assert world.leftovers() == []
    return end


def _prepared(folder: Path, before: Command) -> World:
    folder.mkdir()
    world = World(folder)
    before(world)
    return world


def _copy(world: World, folder: Path) -> World:
    """The same somewhere else: to make it takes ten times as long."""
    shutil.copytree(world.folder, folder)
    return World(folder)
