"""`carnet watch`: a folder into which brochures are put, read as they come."""

from __future__ import annotations

import datetime as dt
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from carnet.flows.cli.common import CommandError, DebugOption, RawOption, WarehouseOption, one_line, say
from carnet.flows.cli.groups import READ
from carnet.flows.cli.ingest import JobsOption

if TYPE_CHECKING:
    from carnet.flows.services.runs import Came
    from carnet.flows.services.watch import Watched

STATES = {"new": "nouvelle édition", "replaced": "relue"}


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
    """Read what is put in a folder as it comes, without any server; says in French what came. Ends at Ctrl-C."""
    from carnet.flows.services.watch import Watched
    from carnet.flows.settings import read_settings

    if not folder.is_dir():
        raise CommandError(f"{folder}: no such folder", usage=True)
    watched = Watched(folder, read_settings(warehouse, raw=raw), jobs)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it so ends it as Ctrl-C does
    try:
        _tell(f"{one_line(folder)} est surveillé ; Ctrl-C pour arrêter")
        while True:
            _look(watched)
            time.sleep(every)
    except KeyboardInterrupt:
        _tell("fin de la surveillance")


def _look(watched: Watched) -> None:
    """What keeps a look from being done, such as another command that writes, may have passed at the next."""
    from carnet.warehouse.disk.errors import WarehouseError

    try:
        for came in watched.look():
            _tell(in_french(came))
    except WarehouseError as error:
        say(f"carnet: {error}")


def _tell(sentence: str) -> None:
    print(f"{dt.datetime.now():%Y-%m-%d %H:%M}  {sentence}", flush=True)


def in_french(came: Came) -> str:
    """One line: what came, and what needs a look.

    >>> from carnet.flows.services.runs import Came
    >>> in_french(Came("orvane.pdf", "new", brochure="orvane", missions=15, added=2, changed=1, look=3))
    'orvane.pdf : nouvelle édition de « orvane », 15 missions (2 ajoutées, 1 modifiée) ; 3 à regarder : carnet findings'
    """
    name = one_line(came.file)
    if came.status == "refused":
        return f"{name} : refusé ({one_line(came.reason)})"
    if came.status == "waiting":
        return f"{name} : en cours de copie, attendu"
    changes = [
        _counted(count, word)
        for count, word in ((came.added, "ajoutée"), (came.removed, "retirée"), (came.changed, "modifiée"))
        if count
    ]
    told = f"{STATES[came.status]} de « {one_line(came.brochure)} », {_counted(came.missions, 'mission')}"
    told += f" ({', '.join(changes)})" if changes else ""
    return f"{name} : {told}" + (f" ; {came.look} à regarder : carnet findings" if came.look else "")


def _counted(count: Any, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"
