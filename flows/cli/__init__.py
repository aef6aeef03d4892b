"""`carnet`: each command a thin skin over one function. Exit status 0 all well, 1 something refused, 2 wrong usage."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from carnet.flows.cli import ask, change, dashboard, develop, editions, export, forget, ingest, publish, references, sql
from carnet.flows.cli.common import CommandError, say, say_lines
from carnet.pipeline.errors import RuleError, UnreadableDocument
from carnet.warehouse.disk.errors import QueryError, WarehouseError
from carnet.warehouse.disk.files import for_its_owner
from carnet.warehouse.disk.trouble import os_in_words

app = typer.Typer(
    name="carnet",
    help="From brochures of references to a database one can trust.",
    epilog="Start with: carnet ingest raw/",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (ingest, sql, ask, editions, change, forget, references, export, publish, dashboard, develop):
    module.register(app)


def main() -> NoReturn:
    """The `carnet` command: every error in one sentence on stderr, a traceback only with --debug."""
    arguments = [f" {text}" if text.startswith("-- ") else text for text in sys.argv[1:]]  # SQL after a comment
    try:
        with for_its_owner():
            sys.exit(app(arguments, standalone_mode=False) or 0)
    except KeyboardInterrupt:
        _end("interrupted; what was loaded so far is kept", 130)
    except BrokenPipeError:  # `carnet sql … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except QueryError as error:
        _end(str(error), 1, error.place.drawn() if error.place else "")
    except (CommandError, WarehouseError, RuleError, UnreadableDocument) as error:
        _end(str(error), 2 if isinstance(error, CommandError) and error.usage else 1)
    except OSError as error:
        _end(os_in_words(error), 1)
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own: wrong usage
            _end(f"{error.format_message()} (see `carnet --help`)", getattr(error, "exit_code", 2))
        _end(f"failed, and it is carnet's fault ({_first_line(error)}); --debug shows where", 1)


def _end(sentence: str, status: int, drawn: str = "") -> NoReturn:
    """`drawn`: lines that show a person the place; programs get the sentence alone."""
    if "--debug" in sys.argv:
        raise
    say(f"carnet: {sentence}")
    if drawn and sys.stderr.isatty():
        say_lines(drawn)
    sys.exit(status)


def _first_line(error: Exception) -> str:
    return " ".join([type(error).__name__ + ":", *str(error).splitlines()[:1]])
