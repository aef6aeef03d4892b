"""What is asked for wrongly is said so, with what may be meant; dates in any notation; files that are not read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import write_file
from tests.conftest import Said
from tests.unit.flows.world import EDITIONS, World, text_of

Carnet = Callable[..., Said]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("asking"))
    made.ingest(*EDITIONS)
    return made


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["missions", "--client-type", "epcii"], "'epcii': there is none of this name; did you mean 'epci'?"),
        (["references", "--client-type", "comune"], "; did you mean 'commune'?"),
        (["findings", "--severity", "eror"], "did you mean 'error'?"),
        (["findings", "--origin", "brochures"], "did you mean 'brochure'?"),
        (["findings", "--code", "amount_mising"], "did you mean 'amount_missing'"),
        (
            ["correct", "ID", "ammount", "3", "--why", "x"],
            "'ammount': there is none of this name; did you mean 'amount'",
        ),
        (["correct", "ID", "titel", "--undo"], "did you mean 'title'?"),
        (
            ["missions", "--as-of", "soon"],
            "--as-of 'soon': expected 2021, 2021-03, 2021-03-15, 15/03/2021 or 'mars 2021'",
        ),
        (["missions", "--since", "2021-13"], "--since '2021-13': expected"),
        (["references", "--as-of", "2021 à 2023"], "--as-of '2021 à 2023': expected"),
    ],
)
def test_what_can_not_be_asked_is_wrong_usage(carnet: Carnet, world: World, command: list[str], sentence: str) -> None:
    asked = [world.id_of("Brenoux") if word == "ID" else word for word in command]
    said = carnet(*asked, "--warehouse", world.settings.warehouse)
    assert (said.status, said.out) == (2, "")
    assert sentence in said.err
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "command", [["findings", "--brochure", "ondine"], ["export", "OUT", "--brochure", "ondine"],
                ["references", "--firm", "Ondine Conseils"], ["dashboard", "OUT", "--firm", "ondine conseils"]],
)  # fmt: skip
def test_a_firm_or_brochure_that_is_not_there(carnet: Carnet, world: World, tmp_path: Path, command: list[str]) -> None:
    asked = [tmp_path / "out" if word == "OUT" else word for word in command]
    said = carnet(*asked, "--warehouse", world.settings.warehouse)
    assert said.status == 1
    assert "did you mean" in said.err
    assert not (tmp_path / "out").exists()


def test_a_closed_list_does_not_ask_for_case(carnet: Carnet, world: World) -> None:
    said = carnet("missions", "--client-type", "EPCI", "--json", "--warehouse", world.settings.warehouse)
    assert {m["client_type"] for m in json.loads(said.out)} == {"epci"}


def test_nothing_is_said_of_the_firm_where_no_mission_is_listed(carnet: Carnet, world: World) -> None:
    said = carnet("references", "--client-type", "sante", "--as-of", "2023", "--warehouse", world.settings.warehouse)
    assert said.status == 0
    assert "firm" not in said.err


@pytest.mark.parametrize("day", ["2023-03-31", "2023-03", "31/03/2023", "mars 2023", "31 mars 2023", " 2023-03 "])
def test_dates_in_any_notation(carnet: Carnet, world: World, day: str) -> None:
    said = carnet("missions", "--as-of", day, "--json", "--warehouse", world.settings.warehouse)
    assert len(json.loads(said.out)) == 3
    assert carnet("missions", "--as-of", "juin 2022", "--json", "--warehouse", world.settings.warehouse).out != said.out


def test_an_end_before_its_start_is_said(carnet: Carnet, tmp_path: Path) -> None:
    world = World(tmp_path)
    world.ingest("ondine-2023.md")
    asked = [
        "correct",
        world.id_of("Brenoux"),
        "end_date",
        "2020",
        "--why",
        "x",
        "--warehouse",
        world.settings.warehouse,
    ]
    said = carnet(*asked)
    assert said.status == 0
    assert "it ends on 2020-12-31 now, before it starts on 2021-03-01" in said.err
    asked[3] = "2019"
    assert "it ends on 2019-12-31 now" in carnet(*asked).err
    asked[3] = "2022"
    assert "before it starts" not in carnet(*asked).err


def test_what_else_is_in_a_folder_is_named_with_what_to_do(carnet: Carnet, tmp_path: Path) -> None:
    for name in ("a.doc", "deep/b.PPT", "scan.tif", ".hidden.doc", "~$a.doc", "notes.json"):
        write_file(tmp_path / "in" / name)
    write_file(tmp_path / "in" / "ondine.md", text_of("ondine-2023.md"))
    asked = ["ingest", tmp_path / "in", "--warehouse", tmp_path / "carnet.duckdb"]
    said = carnet(*asked)
    assert said.status == 0
    told = [line for line in said.err.splitlines() if "not read" in line]
    assert [line.split(": ")[1].rpartition("/")[2] for line in told] == ["a.doc", "b.PPT", "scan.tif"]
    assert "save it as PDF" in told[0]
    assert "save the picture as PDF" in told[2]
    assert len(json.loads(carnet(*asked, "--json").out)["not_read"]) == 3
    named = carnet("ingest", tmp_path / "in" / "a.doc", "--warehouse", tmp_path / "carnet.duckdb")
    assert named.status == 1
    assert "expected a file of type .pdf, .txt, .md, .docx" in named.err
    assert "; save it as PDF and ingest that" in named.err
