"""Write what the documents show of the program itself: `make docs`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from warehouse.db import open_writer
from warehouse.describe import as_markdown, describe

DOCS = Path(__file__).parent.parent / "docs"
MADE = re.compile(r"(<!-- made by `make docs`[^\n]*: from here -->\n).*?(<!-- to here -->)", re.DOTALL)


def warehouse_page() -> str:
    """docs/warehouse.md with the views as they are."""
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder) / "empty.duckdb") as con:
        made = as_markdown(describe(con))
    text = (DOCS / "warehouse.md").read_text(encoding="utf-8")
    return MADE.sub(lambda m: f"{m[1]}\n{made}\n\n{m[2]}", text)


if __name__ == "__main__":
    (DOCS / "warehouse.md").write_text(warehouse_page(), encoding="utf-8")
