"""An id once printed stays, whatever happens: it answers to its mission, or says what became of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carnet.warehouse.store import db
from carnet.warehouse.store.db import open_writer
from tests.unit.flows.histories import History

HISTORIES = int(os.environ.get("CARNET_HISTORIES", "60"))
"""1,000 by hand."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A warehouse without rows."""
    path = tmp_path_factory.mktemp("empty") / "carnet.duckdb"
    with open_writer(path):
        pass
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_whatever_happened_every_id_ever_printed_answers(
    seed: int, tmp_path: Path, empty: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(db.OFFLINE, "threads", 1)
    history = History(tmp_path, seed)
    history.settings.warehouse.parent.mkdir()
    history.settings.warehouse.write_bytes(empty)
    history.run(8)
