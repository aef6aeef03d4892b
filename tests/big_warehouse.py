"""A warehouse of 100,000 invented missions in a few seconds: `python -m tests.big_warehouse FILE [MISSIONS]`."""

from __future__ import annotations

import sys
from pathlib import Path

from carnet.warehouse.store.db import open_writer
from carnet.warehouse.store.index import refresh
from tests.builders import draft, result

SQL = Path(__file__).with_suffix(".sql")
MISSIONS = 100_000
PER_BROCHURE = 250


def make_big_warehouse(path: Path, missions: int = MISSIONS, per_brochure: int = PER_BROCHURE) -> None:
    """A new warehouse at `path`: `missions` in current editions, a tenth as many again in older ones; people, partners,
    evidence and findings with them. The same numbers give the same rows."""
    if path.exists():
        raise FileExistsError(path)
    values = {"missions": missions, "per_brochure": per_brochure}
    with open_writer(path) as con:
        con.begin()
        for statement in con.extract_statements(SQL.read_text(encoding="utf-8")):
            given = {name: value for name, value in values.items() if name in statement.named_parameters}
            if "draft" in statement.named_parameters:
                given["draft"] = draft(result()).model_dump_json()  # type: ignore[assignment]
            con.execute(statement, given)
        refresh(con)
        con.commit()


if __name__ == "__main__":
    make_big_warehouse(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
