"""An id once printed stays, whatever happens: it answers to its mission, or says what became of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.flows.histories import History, make_haste

HISTORIES = int(os.environ.get("CARNET_HISTORIES", "24"))
"""1,000 by hand: half an hour of a processor."""
FOUND = (957,)
"""What a longer run found: two missions that somebody told apart, and one of them joined with a third that stands
beside both, which then was a part of the other too."""
STEPS = 8


@pytest.fixture(scope="module", autouse=True)
def in_haste() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        make_haste(patch)
        yield


@pytest.mark.parametrize("seed", sorted({*range(HISTORIES), *FOUND}))
def test_whatever_happened_every_id_ever_printed_answers(seed: int, tmp_path: Path) -> None:
    History(tmp_path, seed).run(STEPS)
