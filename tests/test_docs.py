"""What the documents promise: README's commands print what it shows, help and docstrings have examples that hold."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer.main

from carnet.flows.cli import app
from carnet.pipeline.rules import load_rules
from tests.conftest import Said
from tests.make_docs import pages
from tests.test_architecture import modules

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
SIDE_EFFECTS = {
    "carnet.flows.workers.preload",
    "carnet.flows.workers.preload_model",
    "carnet.flows.workers.preload_roles",
    "carnet.flows.orchestration.ingest",
}
"""Modules whose import starts something."""
FITTED = {"carnet.pipeline.teach.fit", "carnet.pipeline.teach.network"}
"""Modules that need PyTorch, which only `make fit` wants."""
TORCH = importlib.util.find_spec("torch") is not None

Carnet = Callable[..., Said]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example(carnet: Carnet, command: str) -> None:
    said = carnet(command, "--help")
    assert said.status == 0
    assert re.search(rf"\n\n\s*Example: carnet {command}\b[^\n]*(\n\s+[^\n]+)?\n*$", said.out)


def test_readme_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"`carnet ([a-z][a-z-]*)", README))
    assert named == set(COMMANDS)


def test_documents_name_files_that_exist() -> None:
    for document in (ROOT / "README.md", ROOT / "docs" / "architecture.md"):
        text = document.read_text(encoding="utf-8")
        paths = re.findall(r"\b(?:pipeline|warehouse|flows|tests|docs)/[\w/.*-]+\.(?:py|md|sql)\b", text)
        missing = [path for path in paths if not list(ROOT.glob(path))]
        assert missing == [], document.name


def test_pages_made_of_the_program_are_up_to_date() -> None:
    for page, text in pages().items():
        assert page.read_text(encoding="utf-8") == text, f"{page.name}: run `make docs`"


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", README)) <= targets


def test_make_quick_names_tests_that_exist() -> None:
    """pytest starts nothing where one of them is missing."""
    (named,) = re.findall(r"^QUICK := ((?:.*\\\n)*.*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    paths = [path for path in re.findall(r"tests/[\w/.*]+", named) if not list(ROOT.glob(path))]
    assert len(named.split()) > 5 and paths == []


def shown_sessions() -> Iterator[tuple[str, str]]:
    """Commands after `$` in README's code blocks, with the output below each."""
    for block in re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        yield from re.findall(r"^\$ \S*carnet (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)


@pytest.mark.slow
def test_readme_shows_what_is_printed(carnet: Carnet, path: Path) -> None:
    assert carnet("ingest", ROOT / "raw", "--warehouse", path).status == 0
    sessions = list(shown_sessions())
    assert sessions
    for command, output in sessions:
        assert carnet(*shlex.split(command), "--warehouse", path).out == output


@pytest.mark.slow
def test_tutorial_runs_as_it_stands(carnet: Carnet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands one after the other, as somebody who follows it; the samples are copied where it says so."""
    text = (ROOT / "docs" / "tutoriel.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = {}
    for _, *words in map(shlex.split, re.findall(r"^(\$ .*)$", text, re.MULTILINE)):
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            for sample in (ROOT / "raw").glob("*.pdf"):
                shutil.copy(sample, "raw")
            continue
        said[words[1]] = carnet(*words[1:])
        assert said[words[1]].status == 0, (words, said[words[1]].err)
    assert "30 missions from 2 of 2 files" in said["ingest"].out
    assert "Plan de gestion de la" in said["missions"].out and "93ccd8630ecc" in said["missions"].out
    assert Path("references.docx").exists()


def _names() -> list[str]:
    packages = ("schemas", "pipeline", "warehouse", "flows")
    paths = (path.relative_to(ROOT).with_suffix("") for package in packages for path in modules(package))
    names = (".".join(("carnet", *path.parts)).removesuffix(".__init__") for path in paths)
    return [name for name in names if name not in SIDE_EFFECTS and (TORCH or name not in FITTED)]


@pytest.mark.parametrize("name", _names())
def test_examples_in_docstrings(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), extraglobs={"load_rules": load_rules})
    assert failed == 0
