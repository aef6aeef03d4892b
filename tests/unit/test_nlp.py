"""The trained model, where it is asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from carnet.pipeline.nlp import get_nlp


def test_nothing_is_loaded_on_import() -> None:
    code = "import sys, carnet.pipeline.nlp; carnet.pipeline.nlp.get_nlp(); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_empty_text_needs_no_model() -> None:
    assert get_nlp().persons(" – 04 72 00 00 00 x@y.fr") == []


@pytest.mark.slow
def test_people_and_places_keep_their_spans() -> None:
    text = "Odile Faugier, directrice, o.faugier@x.fr\nAnnecy"
    found = get_nlp().persons(text)
    assert [f.value for f in found] == ["Odile Faugier"]
    assert text[found[0].start : found[0].end] == "Odile Faugier"
    assert [f.value for f in get_nlp().places(text)] == ["Annecy"]
