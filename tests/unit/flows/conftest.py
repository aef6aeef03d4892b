"""For tests that play with whole warehouses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from carnet.warehouse.store import db


@pytest.fixture(scope="module", autouse=True)
def new_ones_are_copies(empty_file: Path) -> Iterator[None]:
    """A new warehouse, also one that a rebuild makes aside, is the copy of one made once; processes that are killed
    make theirs (killed.py)."""

    def copy(warehouse: Path) -> None:
        warehouse.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(empty_file, warehouse)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_make", copy)
        yield
