"""What each measurement writes into the page of costs."""

from __future__ import annotations

from pathlib import Path

from tests.performance_page import write_sections


def test_sections_of_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    write_sections(page, "# Costs\n\nold\n\n## Stages, milliseconds\n\n1\n")
    write_sections(page, "## Pages (5,000 missions)\n\n2\n")
    write_sections(page, "# Costs\n\nnew\n\n## Stages, milliseconds\n\n3\n")
    write_sections(page, "## Pages (10,000 missions)\n\n4\n")
    told = "# Costs\n\nnew\n\n## Stages, milliseconds\n\n3\n\n## Pages (10,000 missions)\n\n4\n"
    assert page.read_text(encoding="utf-8") == told
