"""What everybody meets first: version, help, completion, and words that are almost right."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
import typer.main

from carnet.flows.cli import app
from carnet.flows.cli.groups import PANELS
from tests.conftest import Said
from tests.effort import HANGS

Carnet = Callable[..., Said]


def test_version(carnet: Carnet) -> None:
    assert carnet("--version").out == f"carnet {version('carnet')}\n"


def test_help_lists_every_command_in_a_group(carnet: Carnet) -> None:
    said = carnet("-h")
    listed = re.findall(r"^  ([a-z-]+)  ", said.out.partition(f"{PANELS[0]}:")[2], re.MULTILINE)
    assert sorted(listed) == sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert [panel for panel in PANELS if f"\n{panel}:\n" in said.out] == list(PANELS[:-1])
    assert max(map(len, said.out.splitlines())) <= 80
    assert carnet("sql", "-h").out == carnet("sql", "--help").out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["misions"], "missions"),
        (["findings", "--severity", "eror"], "error"),
        (["findings", "--origin", "brochur"], "brochure"),
        (["findings", "--code", "amount_mising"], "amount_missing"),
        (["missions", "--client-type", "comune"], "commune"),
        (["sql", "--recipe", "abrod"], "abroad"),
        (["sql", "--format", "cvs", "SELECT 1"], "csv"),
        (["sql", "--schema", "mision"], "missions"),
        (["references", "--sort", "dat"], "date"),
        (["diff", "--format", "htm"], "html"),
        (["export", "x", "--audience", "pubic"], "public"),
        (["stage", __file__, "rols"], "roles"),
        (["explain", "1", "titel"], "title"),
        (["correct", "1", "titel", "x", "--why", "y"], "title"),
    ],
)
def test_a_word_that_is_almost_right(carnet: Carnet, filled: Path, typed: list[str], meant: str) -> None:
    said = carnet(*typed, *(["--warehouse", filled] if typed[0] not in ("misions", "stage") else []))
    assert said.status in (1, 2)
    assert len(said.err.splitlines()) == 1
    assert f"id you mean {meant!r}" in said.err


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("carnet fin", "findings"),
        ("carnet findings --sev", "--severity"),
        ("carnet findings --severity w", "warning"),
        ("carnet findings --code amount", "amount_missing"),
        ("carnet missions --client-type epc", "epci"),
        ("carnet sql --recipe abr", "abroad"),
        ("carnet correct 3f2a91c07b5e curr", "currency"),
        ("carnet explain 3f2a91c07b5e amo", "amount"),
        ("carnet references --columns number,ti", "number,title"),
    ],
)
def test_completion(line: str, offered: str) -> None:
    asked = {"_CARNET_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    ran = subprocess.run(
        [sys.executable, "-m", "carnet"], env=os.environ | asked, capture_output=True, text=True, timeout=HANGS
    )
    assert ran.stdout.split() == [offered]
