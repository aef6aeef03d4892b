"""Who may read what: files that hold personal data are their owner's, the public's are as open as their folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Said
from tests.unit.flows.world import EDITIONS, text_of

Carnet = Callable[..., Said]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights of Unix")


@pytest.fixture(autouse=True)
def usual_rights() -> Iterator[None]:
    """As on most machines: everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def here(carnet: Carnet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CARNET_PREFECT", "off")
    monkeypatch.setenv("CARNET_WAREHOUSE", str(tmp_path / "warehouse" / "carnet.duckdb"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.md").write_text(text_of(list(EDITIONS)[0]), encoding="utf-8")
    assert carnet("ingest", "in").status == 0
    return tmp_path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_files(folder: Path) -> list[str]:
    """That others may read."""
    return [str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and mode(p) & 0o077]


@pytest.mark.slow
def test_what_holds_people_is_its_owners(carnet: Carnet, here: Path) -> None:
    mission = carnet("sql", "SELECT min(mission_id) FROM missions", "--format", "csv").out.split()[-1]
    carnet("correct", mission, "contacts", "+ Rose Tavel, maire", "--why", "annuaire")
    carnet("sql", "FROM contacts", "--format", "csv", "--out", "answer.csv")
    carnet("references", "--as-of", "2022-12-31", "--contacts", "--out", "list.csv")
    carnet("export", "inside", "--audience", "internal")
    carnet("forget", "Luc Marsanne", "--yes")
    for folder in ("warehouse", "raw", "inside"):
        assert open_files(here / folder) == []
    assert (mode(here / "answer.csv"), mode(here / "list.csv")) == (0o600, 0o600)
    assert os.umask(0o022) == 0o022, "as it was before"


@pytest.mark.slow
def test_what_is_for_everybody_is_as_open_as_its_folder(carnet: Carnet, here: Path) -> None:
    here.chmod(0o755)
    carnet("export", "site")
    carnet("dashboard", "page.html")
    assert {mode(p) for p in (here / "site").rglob("*") if p.is_file()} == {0o644}
    assert mode(here / "page.html") == 0o644
    (here / "site").chmod(0o750)
    carnet("export", "site", "--no-amounts")
    assert mode(here / "site") == 0o750
    assert {mode(p) for p in (here / "site").rglob("*") if p.is_file()} == {0o640}


@pytest.mark.slow
def test_who_was_let_in_stays_in(carnet: Carnet, here: Path) -> None:
    """A group that may read the warehouse and the log may read them when they are written anew."""
    kept = [here / "warehouse" / "carnet.duckdb", here / "raw" / "corrections.jsonl"]
    for path in kept:
        path.chmod(0o640)
    assert carnet("forget", "Luc Marsanne", "--yes").status == 0
    assert [mode(path) for path in kept] == [0o640, 0o640]
