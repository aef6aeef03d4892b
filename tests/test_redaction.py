"""Contacts taken out of whole brochures: every other mission, word and dot stays, or the file is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.redaction import SHARED, brochures, contacts_of, measure

WHOLE = os.environ.get("CARNET_REDACT") == "all"
"""Every contact of every brochure, over an hour of a processor; else one of each of the smaller ones."""
BIG = ("studio-meridor", "ocalia-2019", "ocalia-portrait", "ocalia-slides", "atelier-confluences", "thevenard-roussel")
"""Reading one of these takes as long as many others."""
REFUSALS = {
    "numeris-ardenne": 1, "ocalia": 2, "ocalia-2019": 2, "ocalia-portrait": 10, "ocalia-slides": 3,
    "sillage-formation": 2, "solstice-formation": 1, "studio-meridor": 1, "terra-nivel": 2,
}  # fmt: skip
"""At most, whatever the network: where reading what is left would give another mission, for its layout hangs on the
words that go."""
ONE_REFUSED = {"numeris-ardenne", "terra-nivel"}
"""The same of the one contact that is tried: the reading by roles weighs all words of a page."""


NOT_THERE = pytest.param(SHARED, marks=pytest.mark.skip(reason="no brochures beside the project"))


@pytest.mark.slow
@pytest.mark.parametrize("path", [*brochures(), *([] if SHARED.exists() else [NOT_THERE])], ids=lambda path: path.name)
def test_a_contact_goes_and_nothing_else(path: Path) -> None:
    if not WHOLE and path.stem in BIG:
        pytest.skip("with CARNET_REDACT=all")
    names = contacts_of(path)
    some = names if WHOLE else names[len(names) // 2 :][:1]
    count = measure(path, some)
    assert count.wrong == []
    assert len(count.tried) == len(some)
    assert len(count.refused) <= (REFUSALS.get(path.stem, 0) if WHOLE else path.stem in ONE_REFUSED), count.refused
