"""Write what the documents show of the program itself: `make docs`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from carnet.warehouse.ask import recipes
from carnet.warehouse.store import describe
from carnet.warehouse.store.db import open_writer

DOCS = Path(__file__).parent.parent / "docs"
MADE = re.compile(r"(<!-- made by `make docs`[^\n]*: from here -->\n).*?(<!-- to here -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """The documents as they should be: hand-written text with what is made of the program between two marks."""
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder) / "empty.duckdb") as con:
        views = describe.as_markdown(describe.describe(con))
    made = {"warehouse.md": views, "cookbook.md": recipes.as_markdown(recipes.all_recipes())}
    return {DOCS / name: _with(DOCS / name, text) for name, text in made.items()}


def _with(page: Path, made: str) -> str:
    return MADE.sub(lambda m: f"{m[1]}\n{made}\n\n{m[2]}", page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
