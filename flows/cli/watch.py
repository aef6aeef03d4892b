"""`carnet watch`: a folder into which brochures are put, read as they come."""

from __future__ import annotations

import datetime as dt
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carnet.flows.cli.common import CommandError, DebugOption, RawOption, WarehouseOption, one_line, say
from carnet.flows.cli.groups import READ
from carnet.flows.cli.ingest import JobsOption
from carnet.flows.cli.words import in_words

if TYPE_CHECKING:
    from carnet.flows.services.runs import Came
    from carnet.flows.services.watch import Watched


def register(app: typer.Typer) -> None:
    app.command("watch", rich_help_panel=READ, epilog="Example: carnet watch raw/ --every 30")(watch)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Looked at again and again, subfolders too.")],
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 10.0,
    jobs: JobsOption = None,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Read what is put in a folder as it comes, without any server, and say what came. Ends at Ctrl-C."""
    from carnet.flows.services.watch import Watched
    from carnet.flows.settings import read_settings

    if not folder.is_dir():
        raise CommandError(f"{folder}: no such folder", usage=True)
    watched = Watched(folder, read_settings(warehouse, raw=raw), jobs)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it so ends it as Ctrl-C does
    try:
        _tell(in_words(f"{one_line(folder)} is watched; Ctrl-C ends it"))
        while True:
            _look(watched)
            time.sleep(every)
    except KeyboardInterrupt:
        _tell(in_words("no longer watched"))


def _look(watched: Watched) -> None:
    """What keeps a look from being done, such as another command that writes, may have passed at the next."""
    from carnet.warehouse.disk.errors import WarehouseError

    try:
        for came in watched.look():
            _tell(sentence(came))
    except WarehouseError as error:
        say(f"carnet: {error}")


def _tell(line: str) -> None:
    print(f"{dt.datetime.now():%Y-%m-%d %H:%M}  {line}", flush=True)


def sentence(came: Came) -> str:
    """One line: what came, and what needs a look.

    >>> from carnet.flows.services.runs import Came
    >>> sentence(Came("orvane.pdf", "new", brochure="orvane", missions=15, added=2, changed=1, look=3))
    'orvane.pdf: new edition of "orvane", 15 missions (2 added, 1 changed); 3 to look at: carnet findings'
    """
    name = one_line(came.file)
    if came.status == "refused":
        return in_words(f"{name}: refused ({one_line(came.reason)})")
    if came.status == "waiting":
        return in_words(f"{name}: still being copied, waited for")
    rest = f"{_missions(came.missions)}{_changes(came)}"
    rest += in_words(f"; {came.look} to look at: carnet findings") if came.look else ""
    if came.status == "new":
        return in_words(f'{name}: new edition of "{one_line(came.brochure)}", {rest}')
    return in_words(f'{name}: "{one_line(came.brochure)}" is read again, {rest}')


def _missions(count: int) -> str:
    return in_words("1 mission" if count == 1 else f"{count} missions")


def _changes(came: Came) -> str:
    """Against the edition before it: " (2 added, 1 changed)"."""
    told = [
        *([in_words(f"{came.added} added")] if came.added else []),
        *([in_words(f"{came.removed} removed")] if came.removed else []),
        *([in_words(f"{came.changed} changed")] if came.changed else []),
    ]
    return f" ({', '.join(told)})" if told else ""
