"""`carnet`: each command a thin skin over one function. Exit status 0 all well, 1 something refused, 2 wrong usage."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from copy import copy as twin_of
from typing import Annotated, Literal, NoReturn

import typer

from carnet.flows.cli import (
    ask,
    change,
    check_decp,
    dashboard,
    develop,
    editions,
    export,
    forget,
    ingest,
    init,
    publish,
    references,
    serve,
    site,
    sql,
    watch,
)
from carnet.flows.cli.choices import plainly
from carnet.flows.cli.common import CommandError, say, say_lines
from carnet.flows.cli.groups import Grouped
from carnet.flows.cli.words import choose, taken_from
from carnet.flows.settings import with_one_thread
from carnet.pipeline.errors import RuleError, UnreadableDocument
from carnet.warehouse.disk.errors import OutputRefused, QueryError, WarehouseError
from carnet.warehouse.disk.files import for_its_owner

app = typer.Typer(
    name="carnet",
    help="From brochures of references to a database one can trust.",
    epilog="Start with: carnet ingest raw/",
    cls=Grouped,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
MODULES = (
    init, ingest, watch, sql, ask, editions, check_decp, change, forget,
    serve, site, references, export, publish, dashboard, develop,
)  # fmt: skip
for module in MODULES:
    module.register(app)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"carnet {version('carnet')}")
        raise typer.Exit


@app.callback()
def _carnet(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Which carnet this is.")
    ] = False,
    lang: Annotated[
        Literal["en", "fr"] | None,
        typer.Option("--lang", help="Language of help and messages.  [default: that of the machine]"),
    ] = None,
) -> None:
    """What holds for all commands."""


_RARELY = (20_000, 10, 50)
"""Things made between two looks for garbage: what a command loads and makes stays, mostly, until it ends."""


def main() -> NoReturn:
    """The `carnet` command: every error in one sentence on stderr, a traceback only with --debug."""
    gc.set_threshold(*_RARELY)
    _speak_utf8()
    with_one_thread()
    given = [f" {text}" if text.startswith("-- ") else text for text in sys.argv[1:]]  # SQL after a comment
    choose(None)
    arguments = taken_from(given)
    try:
        with for_its_owner():
            sys.exit(_with_one(arguments)(arguments, prog_name="carnet", standalone_mode=False) or 0)
    except KeyboardInterrupt:
        _end("interrupted; what was loaded so far is kept", 130)
    except BrokenPipeError:  # `carnet sql … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except QueryError as error:
        _end(str(error), 1, error.place.drawn() if error.place else "")
    except (CommandError, WarehouseError, RuleError, UnreadableDocument) as error:
        asked_wrongly = isinstance(error, OutputRefused) or (isinstance(error, CommandError) and error.usage)
        _end(str(error), 2 if asked_wrongly else 1)
    except OSError as error:
        from carnet.warehouse.disk.trouble import os_in_words

        _end(os_in_words(error), 1)
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own: wrong usage
            _end(f"{plainly(error.format_message())} (see `carnet --help`)", getattr(error, "exit_code", 2))
        _end(f"failed, and it is carnet's fault ({_first_line(error)}); --debug shows where", 1)


def _with_one(arguments: Sequence[str]) -> typer.Typer:
    """The app with the command that is asked for alone: typer reads the options of all it has at every start, which
    costs as much as a short question."""
    asked = [command for command in app.registered_commands if arguments and command.name == arguments[0]]
    chosen = twin_of(app)
    chosen.registered_commands = asked or app.registered_commands
    return chosen


def _speak_utf8() -> None:
    """Names and brochures have letters that the old code pages of Windows have not."""
    for stream in (sys.stdout, sys.stderr):
        if os.name == "nt" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


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
