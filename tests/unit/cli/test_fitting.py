"""Tables on a terminal: never wider than it, nothing lost but what an ellipsis tells, ids whole."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from carnet.flows.cli.common import table
from carnet.flows.cli.fitting import fitted, shares

LONG = "Étude préalable au passage à la redevance incitative et aux consignes de tri"
ROWS = [("8ca55505c9f0", LONG, "2020-03", LONG[::-1]), ("0f2200df6375", "court", "2021", "")]


def _drawn(width: int, **kinds: dict[str, str]) -> str:
    made = table(("mission", "title", "period", "found"), ROWS, **kinds)
    into = io.StringIO()
    console = Console(file=into, width=width)
    console.print(fitted(made, console))
    return into.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 400])
def test_a_table_is_no_wider_than_the_terminal_and_keeps_its_words(width: int) -> None:
    drawn = _drawn(width)
    assert max(map(len, drawn.splitlines())) <= width
    assert "8ca55505c9f0" in drawn and "2020-03" in drawn
    letters = sorted(re.sub(r"[\s─]", "", drawn))
    wanted = sorted(re.sub(r"\s", "", "".join("".join(row) for row in ROWS)))
    assert all(letters.count(letter) >= wanted.count(letter) for letter in set(wanted))


def test_what_may_be_cut_is_cut_with_an_ellipsis() -> None:
    drawn = _drawn(100, title={"overflow": "ellipsis"}, found={"overflow": "ellipsis"})
    assert len(drawn.splitlines()) == 4 and drawn.count("…") == 2


def test_narrow_terminals_get_one_value_under_the_other() -> None:
    first = _drawn(50).splitlines()[:2]
    assert first == ["8ca55505c9f0  period 2020-03", "  title  Étude préalable au passage à la redevance"]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=6), st.integers(30, 300))
def test_shares_are_what_there_is_and_no_more_than_wanted(wanted: list[int], free: int) -> None:
    given_ = shares(wanted, free)
    assert sum(given_) <= free
    assert all(one <= want for one, want in zip(given_, wanted, strict=True))
    assert sum(given_) > free - len(wanted) or given_ == wanted


@pytest.mark.skipif(os.name == "nt", reason="terminals of their own")
@pytest.mark.parametrize("command", [["missions"], ["findings"], ["sql", "FROM missions"]], ids=lambda c: c[0])
def test_commands_stay_within_a_terminal_of_80_columns(filled: Path, command: list[str]) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 10_000, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"TERM": "dumb"}
    ran = [sys.executable, "-m", "carnet", *command, "--warehouse", str(filled)]
    with subprocess.Popen(ran, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        drawn = b""
        try:
            while part := os.read(ours, 65536):
                drawn += part
        except OSError:  # its end, on Linux
            pass
    os.close(ours)
    lines = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", drawn.decode()).split("\r\n")
    assert len(lines) > 3
    assert max(map(len, lines)) <= 80
