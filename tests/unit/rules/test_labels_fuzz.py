"""Any text at all may stand where a label is looked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from tests.effort import check_growth

LABELS = load_rules().labels


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_label_or_none(text: str) -> None:
    LABELS.match(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="Clientmaîtred'ouvrageduréeMontant :-–\n\t().€0123456789\u00a0\u202e", max_size=120))
def test_nearly_labels_too(text: str) -> None:
    LABELS.match(text)


PIECES = ["a", " ", "é ", "Client : ", "-", "1", "(", "Montant des honoraires ", "\u00a0", ". "]


@pytest.mark.parametrize("piece", PIECES)
def test_a_line_of_a_million_letters_is_read_once(piece: str) -> None:
    check_growth(LABELS.match, lambda size: (piece * (size // len(piece) + 1))[:size], 1_000_000)
