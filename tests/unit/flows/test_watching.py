"""The watched folder: half-copied files wait, what came is told and kept, known files cost next to nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carnet.flows.cli import words
from carnet.flows.cli.watch import sentence
from carnet.flows.inbox.still_coming import PATIENCE_SECONDS, QUIET_SECONDS, still_coming
from carnet.flows.services import runs
from carnet.flows.services.ingest import Run, plan
from carnet.flows.services.report import markdown_summary
from carnet.flows.services.watch import Watched
from carnet.warehouse.loading.known import Naming
from tests.conftest import Said
from tests.effort import HANGS, seconds_of
from tests.unit.flows.world import EDITIONS, World, reading_of, text_of

OLD, NEW, _ = EDITIONS
SAMPLE = Path(__file__).resolve().parents[3] / "raw" / "maubray-fiches.pdf"
WHOLE = b"%PDF-1.7\nall of it\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "data", "quiet", "why"),
    [
        ("whole.pdf", WHOLE, 2, "it changed a moment ago"),
        ("whole.pdf", WHOLE, QUIET_SECONDS, None),
        ("half.pdf", WHOLE[:12], 60, "its end is not there"),
        ("half.pdf", WHOLE[:12], PATIENCE_SECONDS, None),
        ("long.pdf", WHOLE + b"\0" * 3000, 60, None),
        ("empty.pdf", b"", 60, "it is empty"),
        ("empty.txt", b"", 60, "it is empty"),
        ("empty.txt", b"", PATIENCE_SECONDS, None),
        ("half.txt", b"Ville de", 60, None),
    ],
)
def test_who_is_waited_for(tmp_path: Path, name: str, data: bytes, quiet: float, why: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert still_coming(path, path.stat().st_ctime + quiet) == why


@pytest.mark.skipif(os.name == "nt", reason="the time of the last change is that of making the file there")
def test_a_copy_that_keeps_the_old_date_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "copied.pdf"
    path.write_bytes(WHOLE)
    os.utime(path, (1_500_000_000, 1_500_000_000))
    assert still_coming(path) == "it changed a moment ago"


def test_who_is_gone_is_not_waited_for(tmp_path: Path) -> None:
    assert still_coming(tmp_path / "gone.pdf") is None


@pytest.fixture(params=["fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.choose(request.param)
    yield request.param
    words.choose(None)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("carnet.flows.inbox.still_coming.QUIET_SECONDS", 0)
    world = World(tmp_path)
    world.settings.raw.mkdir()
    return world


def watch(world: World) -> Run:
    """One look at raw/."""
    run = plan([world.settings.raw], world.settings, Naming(), watched=True)
    world._load(run)
    for arrival in run.to_read:
        known = next(e for e in _editions(world) if e["sha256"] == arrival.sha256)
        run.outcomes.append(_new(arrival.path, known))
    runs.keep(run, "watch")
    return run


def _editions(world: World) -> list[dict[str, str]]:
    names = ("sha256", "brochure", "edition_id", "mission_count")
    return [dict(zip(names, row, strict=True)) for row in world.ask(f"SELECT {', '.join(names)} FROM editions")]


def _new(path: Path, known: dict[str, str]) -> runs.Outcome:
    return runs.Outcome(path, "new", known["brochure"], known["edition_id"], int(known["mission_count"]))


def drop(world: World, name: str) -> Path:
    place = world.settings.raw / name
    place.write_bytes((world.folder / "in" / name).read_bytes())
    return place


def test_a_half_copied_file_is_left_alone_then_read(world: World) -> None:
    place = world.settings.raw / SAMPLE.name
    place.write_bytes(SAMPLE.read_bytes()[:20_000])
    for name in ("a.pdf.part", "b.pdf.crdownload", "c.tmp", "~$d.md", ".e.md"):
        (world.settings.raw / name).write_bytes(b"half")
    first = watch(world)
    assert [(o.path.name, o.status) for o in first.outcomes] == [(SAMPLE.name, "waiting")]
    assert not runs.list_of(world.settings).exists()
    place.write_bytes(SAMPLE.read_bytes())
    assert [a.name for a in watch(world).to_read] == [SAMPLE.name]
    assert sorted(p.name for p in world.settings.raw.glob("*.pdf")) == [SAMPLE.name]  # its own copy in the archive
    assert [o.status for o in watch(world).outcomes] == ["unchanged"]


def test_what_came_is_told_and_outlives_a_rebuild(world: World, carnet: Callable[..., Said]) -> None:
    drop(world, OLD)
    watch(world)
    drop(world, NEW)
    run = watch(world)
    watch(world)
    world.rebuild()
    told = runs.runs(world.settings)
    assert [[(c.file, c.added, c.removed, c.changed) for c in t.files] for t in told] == [
        [(OLD, 0, 0, 0)],
        [(NEW, 0, 0, 1)],
    ]
    said = carnet("history", "--runs", "--warehouse", world.settings.warehouse)
    assert said.out.index(NEW) < said.out.index(OLD)
    as_json = json.loads(carnet("history", "--runs", "--json", "--warehouse", world.settings.warehouse).out)
    assert as_json[0]["by"] == "watch"
    page = markdown_summary(run.outcomes, runs.tell(run))
    assert f"| {NEW} | new | ondine-conseil | 3 | 0 | 0 | 1 |" in page
    assert "1 known files left alone." in page


@pytest.fixture
def watched(world: World, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """`carnet watch` on raw/, where what it reads was read before."""

    def read(run: Run, readings: object) -> None:
        world._load(run)
        for arrival in run.to_read:
            run.outcomes.append(_new(arrival.path, next(e for e in _editions(world) if e["sha256"] == arrival.sha256)))

    monkeypatch.setattr("carnet.flows.services.watch.ingest", read)
    return Watched(world.settings.raw, world.settings, jobs=1)


@pytest.mark.usefixtures("language")
def test_each_thing_that_comes_is_told_once(world: World, watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carnet.flows.services.watch.BackgroundReadings", Unread)
    half = world.settings.raw / SAMPLE.name
    half.write_bytes(SAMPLE.read_bytes()[:20_000])
    drop(world, OLD)
    said = [[sentence(came) for came in watched.look()] for _ in range(2)]
    assert said == [
        [f"{SAMPLE.name} : en cours de copie, attendu", f"{OLD} : nouvelle édition de « ondine-conseil », 3 missions"],
        [],
    ]
    half.unlink()
    drop(world, NEW)
    (told,) = watched.look()
    assert sentence(told) == f"{NEW} : nouvelle édition de « ondine-conseil », 3 missions (1 modifiée)"
    assert watched.look() == []


class Unread:
    """Stands where reading processes would be started."""

    def __init__(self, *arguments: object) -> None:
        self.close = lambda: None


def test_where_nothing_changed_nothing_is_opened(
    world: World, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("carnet.flows.services.watch.BackgroundReadings", Unread)
    place = drop(world, OLD)
    assert watched.look()
    monkeypatch.setattr("carnet.flows.services.watch.plan", None)
    assert watched.look() == []
    place.write_bytes(place.read_bytes() + b"\n")
    with pytest.raises(TypeError):
        watched.look()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "a⏎b.pdf: refused (empty file: 0 bytes)"), ("fr", "a⏎b.pdf : refusé (fichier vide : 0 octet)")],
    indirect=["language"],
)
def test_refused_files_are_told_in_one_line(language: str, said: str) -> None:
    assert sentence(runs.Came("a\nb.pdf", "refused", "empty file: 0 bytes")) == said


def test_what_came_is_told_in_the_language_that_is_chosen() -> None:
    came = runs.Came("a.pdf", "new", brochure="ondine", missions=1, added=1, removed=2, look=3)
    again = runs.Came("a.pdf", "replaced", brochure="ondine", missions=2)
    words.choose("en")
    assert (
        sentence(came)
        == 'a.pdf: new edition of "ondine", 1 mission (1 added, 2 removed); 3 to look at: carnet findings'
    )
    assert sentence(again) == 'a.pdf: "ondine" is read again, 2 missions'
    words.choose("fr")
    assert sentence(came) == (
        "a.pdf : nouvelle édition de « ondine », 1 mission (1 ajoutée, 2 retirées) ; 3 à regarder : carnet findings"
    )
    assert sentence(again) == "a.pdf : « ondine » relue, 2 missions"
    words.choose(None)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="ended by a signal")
def test_watching_ends_at_once_with_nothing_left_running(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ondine.md").write_text(text_of(OLD), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "carnet",
        "watch",
        folder,
        "--every",
        "0.5",
        "--lang",
        "fr",
        "--warehouse",
        tmp_path / "w.duckdb",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as watching:
        assert watching.stdout
        lines = iter(watching.stdout.readline, "")
        assert any("ondine.md : nouvelle édition" in line for line in lines)
        watching.send_signal(signal.SIGTERM)
        assert [line.split("  ")[1] for line in lines] == ["fin de la surveillance\n"]
        assert watching.wait(timeout=HANGS) == 0
    deadline = time.monotonic() + HANGS
    while _is_there(watching.pid):
        assert time.monotonic() < deadline, "a process of it runs on"
        time.sleep(0.1)
    assert not (tmp_path / ".prefect").exists()


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_nothing_came_yet(world: World, carnet: Callable[..., Said]) -> None:
    assert (
        carnet("history", "--runs", "--warehouse", world.settings.warehouse).out
        == "no ingest has brought anything yet\n"
    )


def test_half_a_line_is_passed_over(world: World) -> None:
    drop(world, OLD)
    watch(world)
    with runs.list_of(world.settings).open("a", encoding="ascii") as file:
        file.write('{"at": "2024')
    drop(world, NEW)
    watch(world)
    assert [c.file for t in runs.runs(world.settings) for c in t.files] == [OLD, NEW]


@pytest.mark.slow
def test_a_known_file_costs_next_to_nothing(world: World) -> None:
    """Of the processor, and beyond the look at the warehouse, which every run costs once."""
    (world.folder / "in" / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    reading = min(seconds_of(lambda data: reading_of.__wrapped__(data, SAMPLE.name), SAMPLE.read_bytes()) for _ in "ab")
    world.ingest(SAMPLE.name)

    def look(paths: list[Path]) -> None:
        run = plan(paths, world.settings, Naming(), watched=True)
        assert [o.status for o in run.outcomes] == ["unchanged"] * len(paths)

    looks = [[seconds_of(look, paths) for paths in ([world.folder / "in" / SAMPLE.name], [])] for _ in range(15)]
    with_it, without = (min(took) for took in zip(*looks, strict=True))
    assert with_it - without < 0.01 * reading + without
