"""Write what the documents show of the program itself: `make docs`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer.main
from typer.core import TyperCommand

from carnet.flows.cli import app
from carnet.flows.cli.groups import PANELS, panel_of
from carnet.schemas.closed_lists import FindingCode, Origin
from carnet.warehouse.ask import recipes
from carnet.warehouse.store import describe
from carnet.warehouse.store.db import open_writer

DOCS = Path(__file__).parent.parent / "docs"
MADE = re.compile(r"(<!-- made by `make docs`[^\n]*: from here -->\n).*?(<!-- to here -->)", re.DOTALL)
WIDTH = 100


def pages() -> dict[Path, str]:
    """The documents as they should be: hand-written text with what is made of the program between two marks."""
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder) / "empty.duckdb") as con:
        views = describe.as_markdown(describe.describe(con))
    made = {
        "warehouse.md": views,
        "cookbook.md": recipes.as_markdown(recipes.all_recipes()),
        "commands.md": "\n\n".join(_commands()),
        "findings.md": "\n\n".join(_findings()),
    }
    return {DOCS / name: _with(DOCS / name, text) for name, text in made.items()}


def _with(page: Path, made: str) -> str:
    return MADE.sub(lambda m: f"{m[1]}\n{made}\n\n{m[2]}", page.read_text(encoding="utf-8"))


def _commands() -> Iterator[str]:
    """The help of every command, by what it is for."""
    group = typer.main.get_command(app)
    commands: dict[str, TyperCommand] = group.commands  # type: ignore[attr-defined]
    for panel in PANELS:
        named = [(name, command) for name, command in commands.items() if panel_of(command) == panel]
        if named:
            yield f"## {panel}"
        for name, command in named:
            with typer.Context(
                command, info_name=f"carnet {name}", terminal_width=WIDTH, max_content_width=WIDTH
            ) as context:
                lines = (line.rstrip() for line in command.get_help(context).splitlines())
                yield "\n".join([f"### carnet {name}", "", "```text", *lines, "```"])


def _findings() -> Iterator[str]:
    for origin in Origin:
        rows = [f"| `{code}` | {code.english} | {code.french} |" for code in FindingCode if code.origin is origin]
        yield f"## Origin {origin}"
        yield "\n".join(["| code | means | en français |", "|---|---|---|", *rows])


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
