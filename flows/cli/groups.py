"""How `carnet --help` lists its commands: by what one wants to do, in the order of the work."""

from __future__ import annotations

import inspect
from typing import Any

from typer.core import TyperGroup

from carnet.flows.cli.words import help_text

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

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """With its help in the language that is chosen."""
        command = super().get_command(ctx, cmd_name)
        return command and _in_words(command)

    def get_help(self, ctx: Any) -> str:
        _in_words(self)
        return super().get_help(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        every = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        commands = [(name, command) for name, command in every if not command.hidden]
        widest = max(len(name) for name, _ in commands)
        for panel in PANELS:
            rows = [
                (name.ljust(widest), command.get_short_help_str(limit=WHOLE_SENTENCE))
                for name, command in commands
                if panel_of(command) == panel
            ]
            if rows:
                with formatter.section(help_text(panel)):
                    formatter.write_dl(rows)


def _in_words(command: Any) -> Any:
    command.help = help_text(inspect.cleandoc(command.help or ""))
    for option in command.params:
        if getattr(option, "help", None):
            option.help = help_text(option.help)
    return command


def panel_of(command: Any) -> str:
    """What has none, or one that is not known here, is shown at the end, never lost."""
    panel = getattr(command, "rich_help_panel", None)
    return panel if panel in PANELS else PANELS[-1]
