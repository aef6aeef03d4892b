"""Where carnet works: a project folder, a clone, or the user's own place; what carnet.toml may say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from carnet.flows.project import KNOWN, find_project, read_file
from carnet.flows.services.init import CONTENT, init
from carnet.flows.settings import read_settings
from carnet.warehouse.disk.errors import WarehouseError
from tests.conftest import Said

Carnet = Callable[..., Said]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Go to a folder below the test's own, made if need be."""

    def go(place: str) -> Path:
        folder = tmp_path / place
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(folder)
        return folder

    return go


def test_a_new_project_is_found_from_below(at: Callable[[str], Path]) -> None:
    folder = at("refs")
    init(folder)
    settings = read_settings(None, {})
    assert (settings.warehouse, settings.raw) == (Path("warehouse/carnet.duckdb"), Path("raw"))
    at("refs/a/b")
    settings = read_settings(None, {})
    assert (settings.warehouse, settings.incoming) == (folder / "warehouse/carnet.duckdb", folder / "raw")


def test_what_is_said_elsewhere_goes_first(at: Callable[[str], Path]) -> None:
    (at("refs") / "carnet.toml").write_text(
        'warehouse = "w/x.duckdb"\nraw = "incoming"\narchive = false\nsql_rows = 7\n'
    )
    settings = read_settings(None, {})
    assert (settings.warehouse, settings.raw) == (Path("w/x.duckdb"), Path("incoming"))
    assert (settings.archive, settings.sql_rows) == (False, 7)
    settings = read_settings(None, {"CARNET_ARCHIVE": "on", "CARNET_SQL_ROWS": "9", "CARNET_RAW": "r"})
    assert (settings.raw, settings.archive, settings.sql_rows) == (Path("r"), True, 9)
    another = read_settings(Path("/else/warehouse/carnet.duckdb"), {})
    assert another.raw == Path("/else/raw"), "the project's originals belong to the project's warehouse"


@pytest.mark.parametrize("has", ["raw", "warehouse"])
def test_a_folder_with_raw_or_warehouse_is_a_project_as_it_is(at: Callable[[str], Path], has: str) -> None:
    (at("clone") / has).mkdir()
    assert read_settings(None, {}).warehouse == Path("warehouse/carnet.duckdb")


def test_without_a_project_it_is_the_users_own_place(at: Callable[[str], Path]) -> None:
    at("empty")
    settings = read_settings(None, {})
    assert settings.warehouse == platformdirs.user_data_path("carnet", appauthor=False) / "warehouse/carnet.duckdb"
    assert settings.raw == settings.incoming == settings.warehouse.parents[1] / "raw"
    assert settings.is_first_of_user
    assert not read_settings(Path("x.duckdb"), {}).is_first_of_user


def test_a_file_of_somebody_else_above_says_nothing(at: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    file = at("shared") / "carnet.toml"
    file.write_text('raw = "/theirs"')
    at("shared/mine")
    assert find_project().found
    owner = file.stat().st_uid
    monkeypatch.setattr("os.geteuid", lambda: owner + 1)
    monkeypatch.setattr("carnet.flows.project.ROOT", owner + 2)
    assert not find_project().found


def test_the_file_that_init_writes_names_every_setting_with_what_holds_without_it(tmp_path: Path) -> None:
    file = tmp_path / "carnet.toml"
    lines = [line.removeprefix("# ") for line in CONTENT.splitlines()]
    file.write_text("\n".join(line for line in lines if " = " in line), encoding="utf-8")
    says = read_file(file)
    assert set(says) == set(KNOWN)
    bare = read_settings(tmp_path / "x.duckdb", {})
    for name in set(KNOWN) - {"warehouse", "raw", "prefect", "ocr"}:
        assert getattr(bare, name) == says[name], name
    assert bare.use_prefect is None  # a third way: folders
    assert bare.ocr is None  # the best engine that is there


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("archiv = true", "archiv: there is no such setting; did you mean 'archive'?"),
        ("x = 1", "x: there is no such setting; there are warehouse, raw, "),
        ("archive = 1", "archive = 1: expected true or false"),
        ("sql_rows = true", "sql_rows = True: expected a whole number"),
        ("raw = 3", 'raw = 3: expected a path in quotes, such as "raw"'),
        ("raw =", "not TOML: "),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "carnet.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WarehouseError) as told:
        read_file(file)
    assert str(told.value).startswith(f"{file}: {complaint}")


def test_init_and_what_follows(at: Callable[[str], Path], carnet: Carnet) -> None:
    folder = at("work")
    (folder / "refs").mkdir()
    (folder / "refs" / "note.txt").write_text("kept")
    assert carnet("init", "refs").status == 0
    assert (folder / "refs" / "note.txt").read_text() == "kept"
    again = carnet("init", "refs")
    complaint = "carnet: refs: a carnet project already; its settings are in refs/carnet.toml\n"
    assert (again.status, again.err) == (1, complaint)
    at("work/refs")
    said = carnet("ingest")
    assert (said.status, said.err) == (1, "carnet: no PDF, .txt or .md file in raw\n")
