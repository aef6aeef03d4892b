"""`carnet sql`: limits that are said, a mark under the word, what there is to ask."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

Carnet = Callable[..., Said]


def test_the_place_is_marked_on_a_terminal(carnet: Carnet, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    said = carnet("sql", "SELECT titre\nFROM missions", "--warehouse", filled)
    sentence, line, mark = said.err.splitlines()
    assert sentence.endswith('; did you mean "title"? (line 1, character 8)')
    assert (line, mark) == ("  SELECT titre", "         ^")


def test_a_cut_table_is_no_failure_but_a_cut_file_is(
    carnet: Carnet, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("sql", "SELECT i FROM range(600) AS numbers(i)", "--warehouse", filled)
    said = carnet(*asked)
    assert (said.status, said.err) == (0, "carnet: only the first 500 rows are shown; ask for more with --limit\n")
    assert carnet(*asked, "--format", "csv").err == ""
    monkeypatch.setenv("CARNET_SQL_ROWS", "10")
    said = carnet(*asked, "--format", "csv")
    assert (said.status, len(said.out.splitlines())) == (1, 11)
    assert "only the first 10 rows" in said.err
    said = carnet(*asked, "--format", "csv", "--limit", "20")
    assert (said.status, len(said.out.splitlines())) == (0, 21)


def test_time_is_limited_by_option_and_setting(carnet: Carnet, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = ("sql", "SELECT count(*) FROM range(10000000000) a, range(1000000) b", "--warehouse", filled)
    assert "longer than 0.2 s" in carnet(*endless, "--timeout", "0.2").err
    monkeypatch.setenv("CARNET_SQL_SECONDS", "0.3")
    assert "longer than 0.3 s" in carnet(*endless).err


@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds memory on Linux only")
@pytest.mark.parametrize("sql", ["SELECT range(1000000000)", "SELECT list(a) FROM range(1000000000) AS t(a)"])
def test_memory_is_limited(carnet: Carnet, filled: Path, sql: str) -> None:
    said = carnet("sql", sql, "--warehouse", filled)
    assert (said.status, said.out) == (1, "")
    assert "more memory than a question may have" in said.err


def test_schema(carnet: Carnet, filled: Path) -> None:
    everything = carnet("sql", "--schema", "--warehouse", filled).out
    assert "The missions of every brochure's current edition" in everything
    assert "_mission_values" not in everything
    one = json.loads(carnet("sql", "--schema", "contacts", "--format", "json", "--warehouse", filled).out)
    assert [view["name"] for view in one] == ["contacts"]
    assert one[0]["columns"][-1]["name"] == "has_left"
    assert one[0]["columns"][-1]["about"] == "The brochure says that the person left or retired"
    said = carnet("sql", "--schema", "nonsense", "--warehouse", filled)
    assert (said.status, "missions" in said.err) == (2, True)
