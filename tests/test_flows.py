"""The whole way in real processes: a brochure, a broken file, with Prefect and without."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from carnet.flows.orchestration.server import SHARED, Claim, LocalServer, ServerUnavailable
from carnet.flows.orchestration.start import is_for_prefect
from carnet.flows.services.ingest import Run
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.loading.known import Naming
from tests.effort import HANGS

BROCHURE = """\
# Ondine Conseil

## Eau potable

### Ville de Brenoux : Schéma directeur d'eau potable

**Période** : Mars 2021 à juin 2022
**Montant** : 29 000 euros HT
**Contact** : Aline Verdeau, directrice générale des services, a.verdeau@brenoux.example

**Contexte**
- Un réseau ancien et des fuites nombreuses.

**Approche**
- Campagne de mesures sur 40 points.

**Résultats**
- Programme de travaux voté en 2022.

### Syndicat mixte des Trois Vals : Diagnostic du réseau d'assainissement

**Période** : 2019-2020
**Montant** : 41 500 euros HT
**Contact** : Luc Marsanne, l.marsanne@troisvals.example

**Contexte**
- Un réseau unitaire sur onze communes.

**Résultats**
- Le zonage a été approuvé.
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "ondine.md").write_text(BROCHURE, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    return folder


def run_carnet(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    code = "from carnet.flows.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environ, timeout=HANGS)


def summary(ran: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return {Path(f["file"]).name: f for f in json.loads(ran.stdout)["files"]}


@pytest.mark.slow
def test_ingest_without_prefect(raw: Path, path: Path) -> None:
    ran = run_carnet("ingest", raw, "--warehouse", path, "--json")
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"carnet: {raw}/broken.pdf: ")
    assert len(ran.stderr.splitlines()) == 1
    files = summary(ran)
    assert (files["ondine.md"]["status"], files["ondine.md"]["missions"]) == ("new", 2)
    again = run_carnet("ingest", raw / "ondine.md", "--warehouse", path, "--json")
    assert (again.returncode, summary(again)["ondine.md"]["status"]) == (0, "unchanged")


@pytest.mark.slow
def test_ingest_as_a_prefect_flow(raw: Path, path: Path, tmp_path: Path) -> None:
    ran = run_carnet(
        "ingest", raw, "--warehouse", path, "--json", CARNET_PREFECT="on", XDG_CACHE_HOME=str(tmp_path / "cache")
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"carnet: {raw}/broken.pdf: ")
    assert len(ran.stderr.splitlines()) == 1, ran.stderr
    assert summary(ran)["ondine.md"]["missions"] == 2
    with open_reader(path) as con:
        assert ask(con, "SELECT count(*) FROM missions").rows == [(2,)]
    prefect = sqlite3.connect(path.parent / ".prefect" / "prefect.db")
    tasks = dict(prefect.execute("SELECT name, state_type FROM task_run").fetchall())
    assert tasks == {"read broken.pdf": "FAILED", "read ondine.md": "COMPLETED", "load ondine.md": "COMPLETED"}
    name, state = prefect.execute("SELECT name, state_type FROM flow_run").fetchone()
    assert prefect.execute("SELECT state_name FROM flow_run").fetchone() == ("Completed, 1 refused",)
    assert prefect.execute("SELECT count(*) FROM log WHERE message LIKE '%Traceback%'").fetchone() == (0,)
    assert "ondine.md" in name
    assert state == "COMPLETED"
    assert prefect.execute("SELECT count(*) FROM artifact WHERE key = 'ingest-summary'").fetchone() == (1,)
    assert list((tmp_path / "cache" / "carnet").glob("prefect-*.db"))


@pytest.mark.slow
def test_the_watched_folder_as_the_flow_looks_at_it(raw: Path, path: Path, tmp_path: Path) -> None:
    """A half-copied file waits, a new one is read, a known one is left alone, a refused one is not tried again; the
    artifacts and `carnet history --runs` say what came and what needs a look."""
    sample = Path(__file__).parent.parent / "raw" / "maubray-fiches.pdf"
    (raw / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else\n%%EOF\n")
    command = [sys.executable, "-m", "tests.watching_looks", raw, path, sample]
    environ = os.environ | {"CARNET_PREFECT": "on", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(
        command, capture_output=True, text=True, env=environ, timeout=HANGS, cwd=Path(__file__).parents[1]
    )
    assert ran.returncode == 0, ran.stderr
    looks = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [look["state"] for look in looks] == ["Completed, 1 refused", "Completed", "Completed"]
    assert looks[0]["message"] == "3 files looked at, 1 refused"
    with closing(sqlite3.connect(path.parent / ".prefect" / "prefect.db")) as prefect:
        tasks = [name for (name,) in prefect.execute("SELECT name FROM task_run ORDER BY start_time")]
        pages = [json.loads(d) for (d,) in prefect.execute("SELECT data FROM artifact ORDER BY created")]
    assert sorted(tasks[:3]) == ["load ondine.md", "read broken.pdf", "read ondine.md"]
    assert tasks[3:] == ["read maubray-fiches.pdf", "load maubray-fiches.pdf"]
    first, second, third = pages
    assert "| ondine.md | new | ondine-conseil | 2 | 0 | 0 | 0 |" in first
    assert "| maubray-fiches.pdf | waiting: its end is not there" in first
    assert "| broken.pdf | refused: " in first
    assert "| maubray-fiches.pdf | new | maubray-ingenierie | 15 |" in second
    assert "not tried again" in second
    assert "1 known files left alone." in second
    assert "2 known files left alone." in third
    told = json.loads(run_carnet("history", "--runs", "--json", "--warehouse", path).stdout)
    assert [(t["by"], sorted((f["file"], f["status"]) for f in t["files"])) for t in told] == [
        ("watch", [("maubray-fiches.pdf", "new")]),
        ("watch", [("broken.pdf", "refused"), ("ondine.md", "new")]),
    ]
    assert (told[0]["files"][0]["missions"], told[0]["files"][0]["look"]) == (15, 2)


@pytest.mark.slow
def test_a_server_that_can_not_start_stops_nothing(raw: Path, path: Path) -> None:
    path.parent.mkdir(parents=True)
    (path.parent / ".prefect").write_text("in the way")
    ran = run_carnet("ingest", raw / "ondine.md", "--warehouse", path, "--json", CARNET_PREFECT="on")
    assert (ran.returncode, summary(ran)["ondine.md"]["missions"]) == (0, 2)
    assert len(ran.stderr.splitlines()) == 1
    assert "going on without it" in ran.stderr


@pytest.mark.parametrize(
    ("said", "folder", "url", "flow"),
    [
        (None, False, None, False),
        (None, True, None, True),
        (None, False, "http://127.0.0.1:4200/api", True),
        (True, False, None, True),
        (False, True, "http://127.0.0.1:4200/api", False),
    ],
)
def test_what_is_a_flow_run(tmp_path: Path, said: bool | None, folder: bool, url: str | None, flow: bool) -> None:
    settings = Settings(tmp_path / "carnet.duckdb", use_prefect=said, prefect_api_url=url)
    run = Run(settings, Naming(), [], [], of_folder=folder)
    assert is_for_prefect(run) is flow


@pytest.mark.skipif(not SHARED, reason="without locks of this kind each command starts a server of its own")
def test_a_file_is_a_flow_run_while_a_server_runs_for_another_command(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "carnet.duckdb")
    run = Run(settings, Naming(), [], [])
    settings.prefect_home.mkdir()
    running = Claim(settings.prefect_home / "running.lock")
    assert running.take()
    assert is_for_prefect(run)
    running.drop()
    assert not is_for_prefect(run)


@pytest.mark.slow
def test_a_file_that_is_named_starts_no_server(raw: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARNET_PREFECT")
    ran = run_carnet("ingest", raw / "ondine.md", "--warehouse", path, "--json")
    assert (ran.returncode, summary(ran)["ondine.md"]["missions"]) == (0, 2)
    assert ran.stderr == "carnet: files that are named are read without Prefect; --prefect makes it a flow run\n"
    assert not (path.parent / ".prefect").exists()
    again = run_carnet("ingest", raw / "ondine.md", "--warehouse", path)
    assert again.stderr == ""


def test_no_home_no_server(tmp_path: Path) -> None:
    (tmp_path / ".prefect").write_text("in the way")
    with pytest.raises(ServerUnavailable):
        LocalServer(Settings(tmp_path / "carnet.duckdb"))


@pytest.mark.slow
def test_the_deployment_names_this_flow() -> None:
    import yaml

    root = Path(__file__).parent.parent
    deployments = yaml.safe_load((root / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    (watch,) = [d for d in deployments if d["name"] == "watch-raw"]
    file, _, function = watch["entrypoint"].partition(":")
    assert (root / file).is_file()
    module = "carnet." + file.removesuffix(".py").replace("/", ".")
    code = f"import inspect; from {module} import {function} as f; print(f.name, *inspect.signature(f.fn).parameters)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    name, *parameters = ran.stdout.split()
    assert name == "ingest"
    assert set(watch["parameters"]) <= set(parameters)
    assert watch["schedules"]
