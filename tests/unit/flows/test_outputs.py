"""No command writes over what must not be written over: every path that any command takes is either read, or tried here
against all such places."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document

from carnet.flows.cli import app
from carnet.flows.inbox.refusals import remember
from carnet.flows.services.outputs import output_to
from carnet.warehouse.disk.errors import OutputRefused
from tests.conftest import Said
from tests.unit.flows.killed import effects_of, in_child, killed_before
from tests.unit.flows.world import EDITIONS, World

Carnet = Callable[..., Said]
OLD, NEW, _ = EDITIONS
SAMPLE = Path(__file__).resolve().parents[3] / "raw" / "maubray-fiches.pdf"

READ = {
    ("ingest", "paths"), ("references", "attestations"), ("references", "template"),
    ("forget", "also"), ("evaluate", "gold"), ("stage", "file"),
    ("init", "folder"), ("watch", "folder"), ("check-decp", "files"),
}  # fmt: skip
FILES: dict[tuple[str, str], Callable[[Path], list[object]]] = {
    ("stage", "png"): lambda path: ["stage", SAMPLE, "roles", "--png", path],
    ("sql", "out"): lambda path: ["sql", "SELECT client FROM missions", "--format", "csv", "--out", path],
    ("references", "out"): lambda path: ["references", "--as-of", "2022", "--format", "csv", "--out", path],
    ("diff", "out"): lambda path: ["diff", "--format", "html", "--out", path],
    ("dashboard", "file"): lambda path: ["dashboard", path],
}
FOLDERS: dict[tuple[str, str], Callable[[Path], list[object]]] = {
    ("export", "folder"): lambda path: ["export", path],
    ("publish", "folder"): lambda path: ["publish", path],
    ("site", "folder"): lambda path: ["site", path],
}


def paths_of_commands() -> Iterator[tuple[str, str]]:
    """Command and parameter of each path that is not the warehouse or its originals."""
    for command in app.registered_commands:
        assert command.callback and command.name
        for name, kind in typing.get_type_hints(command.callback).items():
            if "Path" in str(kind) and name not in ("warehouse", "raw"):
                yield command.name, name


def test_every_path_of_a_command_is_read_or_tried_here() -> None:
    assert set(paths_of_commands()) == READ | set(FILES) | set(FOLDERS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions, a log, a forgotten person, all lists; another warehouse with originals of its own."""
    world = World(tmp_path_factory.mktemp("world"))
    world.ingest(OLD, NEW)
    world.correct(world.id_of("Brenoux"), "amount", "31000")
    world.forget("Aline Verdeau")
    elsewhere = world.folder / "elsewhere"
    (elsewhere / "raw").mkdir(parents=True)
    (elsewhere / "other.duckdb").write_bytes(world.settings.warehouse.read_bytes())
    (elsewhere / "raw" / "corrections.jsonl").write_bytes((world.settings.raw / "corrections.jsonl").read_bytes())
    return world.folder


@pytest.fixture
def world(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Its like, to play with."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return World(tmp_path)


PLACES = [
    "warehouse/carnet.duckdb", "warehouse/../warehouse/carnet.duckdb", "warehouse/carnet.duckdb.lock",
    "warehouse/carnet.duckdb.wal", "warehouse/carnet.duckdb.damaged-20240101-000000", "warehouse/carnet.runs.jsonl",
    "warehouse/carnet.exports.jsonl", "warehouse/carnet.refused.jsonl", "warehouse/.prefect/new.csv",
    "raw/corrections.jsonl", "raw/.carnet-key", f"raw/{OLD}", "raw/new.csv", "raw/sub/new.csv",
    "way-to-raw/new.csv", "linked", "leads-nowhere", "pipe", "socket", "/dev/null", "/dev/stdout",
    "in", "copy.bin", "elsewhere/other.duckdb", "elsewhere/other.runs.jsonl", "elsewhere/raw/corrections.jsonl",
    "elsewhere/raw/new.csv",
]  # fmt: skip
"""Nothing is written here, not even with --force."""


def lay_out(world: World) -> None:
    """The links, pipes and copies among PLACES."""
    folder = world.folder
    (folder / "warehouse" / ".prefect").mkdir(exist_ok=True)
    (folder / "raw" / "sub").mkdir()
    (folder / "way-to-raw").symlink_to(folder / "raw")
    (folder / "linked").symlink_to(folder / "warehouse" / "carnet.duckdb")
    (folder / "leads-nowhere").symlink_to(folder / "nowhere")
    (folder / "copy.bin").write_bytes(world.settings.warehouse.read_bytes())
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")


def contents(folder: Path) -> dict[str, bytes | Path]:
    """All there is."""
    return {
        str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_what_carnet_keeps_links_and_devices_are_not_written_over(
    command: tuple[str, str], world: World, carnet: Carnet
) -> None:
    lay_out(world)
    before = contents(world.folder)
    for place in PLACES:
        for force in ([], ["--force"]):
            said = carnet(*FILES[command](Path(place)), *force, "--warehouse", world.settings.warehouse)
            assert (said.status, said.out) == (2, ""), place
            assert said.err.startswith(f"carnet: {place}: "), said.err
            assert len(said.err.splitlines()) == 1
    assert contents(world.folder) == before


@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_another_file_is_replaced_only_when_that_is_asked_for(
    command: tuple[str, str], world: World, carnet: Carnet
) -> None:
    path = world.folder / "mine.csv"
    path.write_text("mine")
    path.chmod(0o640)
    said = carnet(*FILES[command](path), "--warehouse", world.settings.warehouse)
    assert (said.status, path.read_text()) == (2, "mine")
    assert said.err == f"carnet: {path}: it is there already; name another file, or replace it with --force\n"
    assert carnet(*FILES[command](path), "--force", "--warehouse", world.settings.warehouse).status == 0
    assert path.read_bytes() != b"mine"
    assert path.stat().st_mode & 0o777 == 0o640
    new = world.folder / "new.csv"
    assert carnet(*FILES[command](new), "--warehouse", world.settings.warehouse).status == 0
    assert new.stat().st_nlink == 1
    assert str(path) in (world.folder / "warehouse" / "carnet.exports.jsonl").read_text()
    assert [p.name for p in world.folder.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("command", FILES, ids=" ".join)
def test_another_name_of_an_original_leaves_the_original(
    command: tuple[str, str], world: World, carnet: Carnet
) -> None:
    original = world.settings.raw / OLD
    data = original.read_bytes()
    (world.folder / "same-file.csv").hardlink_to(original)
    status = carnet(*FILES[command](Path("same-file.csv")), "--force", "--warehouse", world.settings.warehouse).status
    assert (status, original.read_bytes()) == (2, data)


def _written_in(world: World) -> Path:
    path = world.folder / "in" / NEW
    path.write_bytes(path.read_bytes() + b"Une ligne de plus.\n")
    return path


def _refused(world: World) -> Path:
    path = world.folder / "scan.csv"
    path.write_bytes(b"nobody can read this")
    remember(world.settings, hashlib.sha256(path.read_bytes()).hexdigest(), str(path), "no text", "1")
    return path


def _copied(world: World) -> Path:
    path = world.folder / "copy.csv"
    path.write_bytes((world.settings.raw / OLD).read_bytes())
    return path


BROCHURES: dict[str, Callable[[World], Path]] = {
    "ingested where it lies": lambda world: world.folder / "in" / OLD,
    "an older edition": lambda world: world.folder / "in" / NEW,
    "a copy under another name": _copied,
    "somebody wrote in it since": _written_in,
    "refused": _refused,
}


@pytest.mark.parametrize("kind", BROCHURES)
def test_no_command_writes_over_a_brochure(kind: str, world: World, carnet: Carnet) -> None:
    path = BROCHURES[kind](world)
    before = contents(world.folder)
    for command in FILES.values():
        for force in ([], ["--force"]):
            said = carnet(*command(path), *force, "--warehouse", world.settings.warehouse)
            assert said.status == 2
            assert said.err == f"carnet: {path}: it is a brochure that was read; name another file\n"
    assert contents(world.folder) == before


def test_what_carnet_wrote_may_be_written_again_though_it_is_called_like_a_brochure(
    world: World, carnet: Carnet
) -> None:
    path = world.folder / OLD
    for force in ([], ["--force"]):
        assert carnet("diff", "--out", path, *force, "--warehouse", world.settings.warehouse).status == 0


def test_no_command_writes_over_what_it_reads(world: World, carnet: Carnet) -> None:
    template, attested = world.folder / "letterhead.docx", world.folder / "attested" / "1.csv"
    Document().save(os.fspath(template))
    attested.parent.mkdir()
    attested.write_text("signed")
    brochure = world.folder / "unread.md"
    brochure.write_text("# Unread\n")
    before = contents(world.folder)
    for command in (
        ["references", "--as-of", "2022", "--template", template, "--out", template],
        ["references", "--as-of", "2022", "--attestations", attested.parent, "--out", attested],
        ["stage", brochure, "roles", "--png", brochure],
    ):
        said = carnet(*command, "--force", "--warehouse", world.settings.warehouse)
        assert (said.status, said.err.partition(": ")[2]) == (
            2, f"{command[-1]}: this command reads it; name another file\n"
        )  # fmt: skip
    assert contents(world.folder) == before


FOLDER_PLACES = [
    "raw", "raw/new", "warehouse/.prefect", "warehouse/.prefect/new", "way-to-raw/new", "linked-folder", "in",
    "warehouse", "elsewhere/raw", "elsewhere/raw/new", "warehouse/carnet.duckdb", "/dev/null", ".",
]  # fmt: skip


@pytest.mark.parametrize("command", FOLDERS, ids=" ".join)
def test_no_data_set_takes_the_place_of_anything(command: tuple[str, str], world: World, carnet: Carnet) -> None:
    (world.folder / "warehouse" / ".prefect").mkdir(exist_ok=True)
    (world.folder / "way-to-raw").symlink_to(world.folder / "raw")
    (world.folder / "empty").mkdir()
    (world.folder / "linked-folder").symlink_to(world.folder / "empty")
    before = contents(world.folder)
    for place in FOLDER_PLACES:
        said = carnet(*FOLDERS[command](Path(place)), "--warehouse", world.settings.warehouse)
        assert (said.status in (1, 2), said.out) == (True, ""), place
        assert said.err.splitlines()[-1].startswith(f"carnet: {place}: "), said.err
    assert contents(world.folder) == before
    assert carnet(*FOLDERS[command](Path("empty")), "--warehouse", world.settings.warehouse).status == 0


def test_an_empty_folder_of_originals_is_no_place_for_a_data_set(tmp_path: Path, carnet: Carnet) -> None:
    world = World(tmp_path)
    world.ingest(OLD)
    for path in world.settings.raw.iterdir():
        path.unlink()
    said = carnet("export", world.settings.raw, "--warehouse", world.settings.warehouse)
    assert (said.status, list(world.settings.raw.iterdir())) == (2, [])


def test_the_file_that_says_where_all_is_stays(world: World, tmp_path: Path, carnet: Carnet) -> None:
    (tmp_path / "carnet.toml").write_text('warehouse = "warehouse/carnet.duckdb"\n', encoding="utf-8")
    said = carnet("sql", "SELECT 1", "--format", "csv", "--out", "carnet.toml", "--force")
    assert said.status == 2 and "name a file elsewhere" in said.err
    assert (tmp_path / "carnet.toml").read_text(encoding="utf-8").startswith("warehouse")


def test_what_comes_in_between_is_not_written_over(world: World) -> None:
    """Looked at before the work is done, and written after."""
    path = world.folder / "answer.csv"
    out = output_to(world.settings, path, "sql")
    path.write_text("another's")
    with pytest.raises(OutputRefused, match="there already"):
        out.write(b"ours")
    assert path.read_text() == "another's"
    path.unlink()
    path.symlink_to(world.settings.warehouse)
    with pytest.raises(OutputRefused):
        out.write(b"ours")
    assert path.is_symlink()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("force", [False, True])
def test_killed_at_any_moment_it_is_whole_or_as_before(world: World, force: bool) -> None:
    path, whole = world.folder / "answer.csv", b"x" * 300_000

    def write() -> None:
        output_to(world.settings, path, "sql", force=force).write(whole)

    def set_up() -> bytes | None:
        path.unlink(missing_ok=True)
        if force:
            path.write_bytes(b"before")
        return b"before" if force else None

    before = set_up()
    effects = effects_of(write)
    assert effects >= 3
    for effect in range(effects):
        set_up()
        killed_before(effect, write)
        assert (path.read_bytes() if path.exists() else None) in (before, whole)
    set_up()
    assert in_child(write) == "done"
    assert path.read_bytes() == whole
    assert [p.name for p in world.folder.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("command", ["ingest", "rebuild", "sql"])
@pytest.mark.parametrize("kind", ["a device", "a pipe", "somebody's file"])
def test_a_warehouse_that_is_none_is_left_as_it_is(
    kind: str, command: str, tmp_path: Path, carnet: Carnet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path, data = tmp_path / "letter.odt", b"PK\x03\x04" + b"a letter" * 100
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a device":
        path = Path("/dev/null")
    else:
        path.write_bytes(data)
    for raw in (tmp_path / "raw", tmp_path / "empty"):
        raw.mkdir()
    (tmp_path / "raw" / "one.md").write_text("# One\n")
    more: list[list[object]] = {
        "ingest": [["raw/one.md"]], "sql": [["SELECT 1"]], "rebuild": [["--raw", "raw"], ["--raw", "empty"]],
    }[command]  # fmt: skip
    for arguments in more:
        said = carnet(command, *arguments, "--warehouse", path)
        assert said.status == 1
        assert len(said.err.splitlines()) == 1
    assert [p.name for p in (tmp_path / "raw").iterdir()] == ["one.md"]
    assert not Path("/dev/null.lock").exists()
    beside = {p.name for p in tmp_path.iterdir()} - {"letter.odt.lock"}
    assert beside == {"raw", "empty"} | ({"letter.odt"} if kind != "a device" else set())
    if kind == "somebody's file":
        assert path.read_bytes() == data
