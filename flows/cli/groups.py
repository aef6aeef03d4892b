"""How `carnet --help` lists its commands: by what one wants to do, in the order of the work."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

START = "Begin"
READ = "Brochures into the warehouse"
ASK = "Questions"
DECIDE = "Decisions of people, kept for good"
PAGES = "Pages for a browser"
GIVE = "What leaves"
INSIDE = "How it was read"
WHOLE_SENTENCE = 500
PANELS = (START, READ, ASK, DECIDE, PAGES, GIVE, INSIDE, "More")


class Grouped(TyperGroup):
    """Plain text, as all our help; typer itself draws `rich_help_panel` only in coloured boxes."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, self.commands[name]) for name in self.list_commands(ctx) if not self.commands[name].hidden]
        widest = max(len(name) for name, _ in commands)
        for panel in PANELS:
            rows = [
                (name.ljust(widest), command.get_short_help_str(limit=WHOLE_SENTENCE))
                for name, command in commands
                if panel_of(command) == panel
            ]
            if rows:
                with formatter.section(panel):
                    formatter.write_dl(rows)


def panel_of(command: Any) -> str:
    """What has none, or one that is not known here, is shown at the end, never lost."""
    panel = getattr(command, "rich_help_panel", None)
    return panel if panel in PANELS else PANELS[-1]
