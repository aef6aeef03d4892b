"""What is installed: all of it under `carnet.`, data and all, and whatever lies around where a command is run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from itertools import takewhile
from pathlib import Path

import pytest

from tests.effort import HANGS
from tests.test_architecture import PACKAGES
from tests.test_docs import README, shown_sessions
from tests.test_flows import BROCHURE

ROOT = Path(__file__).parent.parent
DATA = (".yml", ".gz", ".sql", ".j2", ".typ", ".npz", ".json", ".html", ".css", ".js", ".svg")
NOT_INSTALLED = "pipeline/teach/"
ENDED = 130
"""Exit status of what Ctrl-C ended before it was ready."""


@pytest.mark.slow
def test_foreign_folders_of_our_names_change_nothing(tmp_path: Path) -> None:
    """On PYTHONPATH and where the command is run, for the command and the processes that read."""
    for name in PACKAGES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise SystemExit('a foreign {name}')")
    (tmp_path / "ondine.md").write_text(BROCHURE, encoding="utf-8")
    command = [sys.executable, "-m", "carnet", "ingest", "ondine.md", "--warehouse", "w/carnet.duckdb"]
    ran = _run(command, tmp_path, PYTHONPATH=str(tmp_path))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "2 missions from 1 of 1 files" in ran.stdout


@pytest.mark.slow
def test_the_wheel_runs_where_there_is_no_clone(tmp_path: Path) -> None:
    wheel = _wheel(tmp_path)
    assert _contents(wheel) == _expected()
    bin = _installed(wheel, tmp_path / "venv")
    somewhere = tmp_path / "somewhere"
    shutil.copytree(ROOT / "raw", somewhere / "raw", ignore=shutil.ignore_patterns(".*", "*.jsonl"))
    where = _run([bin / "python", "-c", "import carnet.flows; print(carnet.flows.__file__)"], somewhere).stdout
    assert Path(where.strip()).is_relative_to(tmp_path / "venv")
    ran = _run([bin / "carnet", "ingest", "raw/"], somewhere)
    assert (ran.returncode, ran.stderr) == (0, "")
    for command, output in shown_sessions():
        assert _run([bin / "carnet", *shlex.split(command)], somewhere).stdout == output
    shutil.copy(ROOT / "raw" / "maubray-fiches.pdf", somewhere / "my-brochure.pdf")
    started = [shlex.split(line) for line in re.findall(r"^\S*bin/carnet (.*?) +#", README, re.MULTILINE)]
    assert {words[0] for words in started} == {"ingest", "missions", "serve", "site"}
    for words in started:
        if words[0] != "serve":
            assert _run([bin / "carnet", *words], somewhere).returncode == 0, words
    assert "carnet watch FOLDER" in README
    (somewhere / "raw" / "ondine.md").write_text(BROCHURE, encoding="utf-8")
    if os.name == "nt":  # has no Ctrl-C for one process
        return
    for words, said in ((["watch", "raw"], "ondine.md: new"), (["serve", "--open"], "http://127.0.0.1:")):
        _ends_at_ctrl_c([bin / "carnet", *words], somewhere, said)


def _ends_at_ctrl_c(command: list[str | Path], where: Path, said: str) -> None:
    """What runs on, once it has said so much."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"BROWSER": "true"}
    with subprocess.Popen(
        command, cwd=where, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # whoever started the tests may ignore it
    ) as running:  # fmt: skip
        assert running.stdout
        lines = iter(running.stdout.readline, "")
        told = list(takewhile(lambda line: said not in line, lines))
        assert running.poll() is None, told
        running.send_signal(signal.SIGINT)
        rest = list(lines)
        assert running.wait(HANGS) in (0, ENDED), told + rest
        assert "Traceback" not in "".join(rest), rest


def _run(command: list[str | Path], where: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=where, env=clean | environ, capture_output=True, text=True, timeout=HANGS)


def _wheel(folder: Path) -> Path:
    """Made of a copy, for setuptools leaves traces where it works."""
    clone = folder / "clone"
    for name in (*PACKAGES, "src"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.duckdb*", ".prefect")
        shutil.copytree(ROOT / name, clone / name, symlinks=True, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, clone)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, "."]
    ran = _run([*map(str, command)], clone)
    assert ran.returncode == 0, ran.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def _contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not re.match(r"carnet-[^/]*\.dist-info/", name)}


def _expected() -> set[str]:
    """Every module, and all that modules read."""
    files = (path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.suffix in (".py", *DATA))
    named = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    ours = {f"carnet/{name}" for name in named if not name.startswith(NOT_INSTALLED)}
    return ours | {"carnet/__init__.py", "carnet/__main__.py"}


def _installed(wheel: Path, place: Path) -> Path:
    """In an environment of its own that has what carnet needs from this one, but not this carnet."""
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    bin = place / ("Scripts" if os.name == "nt" else "bin")
    done = _run([sys.executable, "-m", "pip", "--python", bin / "python", "install", "-q", "--no-deps", wheel], place)
    assert done.returncode == 0, done.stderr
    (site,) = place.rglob("site-packages")
    # a path in a .pth is searched, but the .pth files in it, and so the editable install, are not
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return bin
