"""What one stage of reading makes of a file, for somebody who looks into it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from carnet.flows.services.stages import picture_of_roles, run_stage
from carnet.pipeline.errors import UnreadableDocument

SAMPLE = Path(__file__).resolve().parents[3] / "raw" / "maubray-fiches.pdf"


@pytest.mark.slow
def test_each_mission_that_is_read_is_linked_under_its_head() -> None:
    links = run_stage(SAMPLE, "links")
    heads = [mission["head"] for mission in links]
    assert len(heads) == len(run_stage(SAMPLE, "sections")) and all(heads)
    assert all({"role", "text", "linked"} == set(part) for mission in links for part in mission["parts"])


@pytest.mark.slow
def test_a_page_is_drawn_with_frames_in_colour() -> None:
    drawn = Image.open(io.BytesIO(picture_of_roles(SAMPLE, 3))).convert("RGB")
    bare = {color for _, color in drawn.getcolors(1 << 24) or () if max(color) - min(color) > 120}
    assert len(bare) >= 3, "a colour for each role"


def test_what_has_no_pages_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "plain.md"
    text.write_text("# Ville de Morcy : plan guide\n\nMontant : 12 000 €\n", encoding="utf-8")
    with pytest.raises(UnreadableDocument):
        picture_of_roles(text, 1)
