"""`carnet forget`: a person erased, and what still holds them named, redacted or removed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carnet.flows.cli.common import (
    CommandError,
    DebugOption,
    JsonOption,
    RawOption,
    WarehouseOption,
    print_json,
    say,
    show,
    styled,
    table,
)
from carnet.flows.cli.groups import DECIDE

if TYPE_CHECKING:
    from carnet.flows.services.forget import Removed
    from carnet.flows.settings import Settings
    from carnet.warehouse.loading.forget import Standing


SHOWN = 20
"""Doubtful mentions on a terminal."""


def register(app: typer.Typer) -> None:
    app.command("forget", rich_help_panel=DECIDE, epilog='Example: carnet forget "Aline Verdeau" --yes --redact')(
        forget
    )


def forget(
    who: Annotated[str, typer.Argument(metavar="PERSON-OR-EMAIL", help="A full name, or an e-mail address.")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    redact: Annotated[
        bool, typer.Option("--redact", help="Take the person out of the originals too: the same pages without them.")
    ] = False,
    remove_originals: Annotated[
        bool, typer.Option("--remove-originals", help="Delete the originals that hold the person; missions stay.")
    ] = False,
    remove_exports: Annotated[
        bool, typer.Option("--remove-exports", help="Delete exported files that hold the person.")
    ] = False,
    also: Annotated[
        list[Path] | None, typer.Option(metavar="PATH", help="Search this file or folder too; may be repeated.")
    ] = None,
    json: JsonOption = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Erase a person everywhere in the warehouse and the log, and keep them out of every later reading."""
    from carnet.flows.services import forget as forgetting
    from carnet.flows.settings import existing_settings

    settings = existing_settings(warehouse, raw)
    if len(who.split()) < 2 and "@" not in who:
        raise CommandError(f"{who!r}: expected a first and a last name, or an e-mail address", usage=True)
    if redact and remove_originals:
        raise CommandError("--redact or --remove-originals: choose one", usage=True)
    found = forgetting.look_for(settings, who, also or ())
    if not json:
        _tell(found)
    go_on = yes or (sys.stdin.isatty() and not json and typer.confirm("Erase?", err=True))
    if go_on:
        forgetting.erase(settings, who)
    done = _files(settings, found, redact, remove_originals, remove_exports) if go_on else forgetting.Removed()
    if json:
        print_json(_as_dict(found, done, go_on))
    elif go_on:
        _tell_done(found, done)
    else:
        say("carnet: nothing was erased; --yes erases")
    raise typer.Exit(1 if done.left or not (go_on or json) else 0)


def _files(settings: Settings, found: Standing, redact: bool, remove_originals: bool, remove_exports: bool) -> Removed:
    """What was asked for the originals and the files given out."""
    from carnet.flows.services import forget as forgetting

    done = forgetting.Removed()
    for one in (
        forgetting.redact_originals(settings, found) if redact else None,
        forgetting.remove_originals(found) if remove_originals else None,
        forgetting.remove_exports(found) if remove_exports else None,
    ):
        done.gone += one.gone if one else []
        done.left += one.left if one else []
    return done


def _tell(found: Standing) -> None:
    rows = [(name, count) for name, count in found.counts.items()]
    show(table(("stands in", "times"), rows, times={"justify": "right"}))
    for original in found.originals:
        pages = ", ".join(map(str, original.pages))
        show(styled(f"original: {original.path}" + (f", pages {pages}" if pages else "")))
    for path in found.set_aside:
        show(styled(f"damaged warehouse: {path}, can't be searched; it is deleted"))
    for mention in found.doubtful[:SHOWN]:
        where = mention.file_name + (f", page {mention.page}" if mention.page else "")
        show(styled(f"may be somebody else, stays: {where}: {mention.text}"))
    for export in found.exports:
        times = "can't be searched" if export.times is None else f"{export.times} times"
        show(styled(f"given out: {export.path}, {times}"))


def _tell_done(found: Standing, done: Removed) -> None:
    say("carnet: erased from the warehouse and the log; later readings leave the person out")
    for path in done.gone:
        say(f"carnet: {path}: {'redacted' if path.exists() else 'removed'}")
    for path, reason in done.left:
        say(f"carnet: {path}: {reason}")
    handled = {path for path in done.gone} | {path for path, _ in done.left}
    if any(Path(original.path) not in handled for original in found.originals):
        say("carnet: the originals named above still hold the person: --redact or --remove-originals")
    if any(export.path not in handled for export in found.exports):
        say("carnet: the files given out named above still hold the person: --remove-exports, and recall the copies")


def _as_dict(found: Standing, done: Removed, erased: bool) -> dict[str, object]:
    return {
        "erased": erased,
        "stood_in": found.counts,
        "may_be_others": [vars(mention) for mention in found.doubtful],
        "set_aside": [str(path) for path in found.set_aside],
        "originals": [vars(original) for original in found.originals],
        "given_out": [{"path": str(e.path), "times": e.times} for e in found.exports],
        "done": [str(path) for path in done.gone],
        "left": [{"path": str(path), "reason": reason} for path, reason in done.left],
    }
