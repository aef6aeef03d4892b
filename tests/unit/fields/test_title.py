"""What was done, without for whom."""

from __future__ import annotations

import pytest

from carnet.pipeline.fields import title
from tests.unit.fields.sections import context, part, section


@pytest.mark.parametrize(
    ("printed", "client", "expected"),
    [
        ("Pont des Cordeliers (EPTB Auronne)", None, "Pont des Cordeliers"),
        ("Pont des Cordeliers (Auronne)", "Auronne", "Pont des Cordeliers"),
        ("Pont des Cordeliers (EPTB Auronne)", "Ville de Morcy", "Pont des Cordeliers (EPTB Auronne)"),
        ("Pont des Cordeliers (Loiret)", None, "Pont des Cordeliers (Loiret)"),
        ("Pont des Cordeliers (580 ml)", None, "Pont des Cordeliers (580 ml)"),
    ],
)
def test_a_note_at_its_end_that_is_the_client_is_none_of_its_words(
    printed: str, client: str | None, expected: str
) -> None:
    parts = [part("title", printed), *([part("client", client)] if client else [])]
    (found,) = title.find(section((), parts), context())
    assert found.value == expected
