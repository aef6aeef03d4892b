"""docs/performance.md: each measurement writes its own sections, and leaves those of the others as they are."""

from __future__ import annotations

import re
from pathlib import Path


def write_sections(page: Path, told: str) -> None:
    """Sections of `told` in the place of those of the same name ("## Pages (…)": Pages), new ones behind; what stands
    before its first section, if anything, is the new head of the page."""
    before = _sections(page.read_text(encoding="utf-8") if page.exists() else "")
    page.write_text("\n".join((before | _sections(told)).values()), encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    """By name; the head of the page by none.

    >>> _sections("# Costs\\n\\n## Pages (asked)\\n\\nfew\\n")
    {'': '# Costs\\n', 'Pages': '## Pages (asked)\\n\\nfew\\n'}
    """
    parts = (part.strip("\n") + "\n" for part in re.split(r"^(?=## )", text, flags=re.M) if part.strip())
    return {_name(part): part for part in parts}


def _name(section: str) -> str:
    head = section.split("\n", 1)[0]
    return re.split(r" \(|, ", head.removeprefix("## "))[0] if head.startswith("## ") else ""
