"""A document read by roles, from its pages on."""

from __future__ import annotations

import pytest

from carnet.pipeline.decode.read import read_roles
from carnet.pipeline.page import fragments
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import Page
from tests.unit.page.test_fragments import PLAIN, line


def test_a_page_that_is_too_crowded_to_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "MOST_FRAGMENTS", 2)
    pages = [
        Page(1, 600, 800, tuple(line("Nos bureaux à Morcy", PLAIN, 50, 60))),
        Page(2, 600, 800, tuple(w for n in range(4) for w in line("Ville de Morcy", PLAIN, 50, 60 + 60 * n))),
    ]
    told = read_roles(pages, load_rules()).untold
    assert 2 in told and "Morcy" in told[2]
