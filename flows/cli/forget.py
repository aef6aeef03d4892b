"""`carnet forget`: a person erased, and what still holds them named, redacted or removed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
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
        bool,
        typer.Option("--redact", help="Take the person out of the originals too: the same pages without them, proved."),
    ] = False,
    remove_originals: Annotated[
        bool, typer.Option("--remove-originals", help="Delete the originals that hold the person; missions stay.")
    ] = False,
    remove_set_aside: Annotated[
        bool, typer.Option("--remove-set-aside", help="Delete the old originals that --redact set aside.")
    ] = False,
    remove_exports: Annotated[
        bool, typer.Option("--remove-exports", help="Delete exported files that hold the person.")
    ] = False,
    also: Annotated[
        list[Path] | None, typer.Option(metavar="PATH", help="Search this file or folder too; may be repeated.")
    ] = None,
    in_advance: Annotated[
        bool, typer.Option("--in-advance", help="Nobody of this name is here yet: keep them out of later readings.")
    ] = False,
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
    somebody = found.anywhere or in_advance
    if not json:
        _tell(found)
    go_on = somebody and (yes or (sys.stdin.isatty() and not json and typer.confirm("Erase?", err=True)))
    done = forgetting.Removed()
    if go_on:
        found = forgetting.erase(settings, who, also or ())
        done = _files(settings, found, Files(redact, remove_originals, remove_set_aside, remove_exports))
    if json:
        print_json(_as_dict(found, done, go_on))
    elif go_on:
        _tell_done(found, done)
    else:
        say(f"carnet: {_why_nothing(found, somebody)}")
    raise typer.Exit(_status(found, done, somebody, go_on or json))


def _status(found: Standing, done: Removed, somebody: bool, told: bool) -> int:
    """1: a file still holds the person, nobody was found, or nothing was erased for want of a yes."""
    if not somebody:
        return 0 if found.before else 1
    return 1 if done.left or not told else 0


def _why_nothing(found: Standing, somebody: bool) -> str:
    if somebody:
        return "nothing was erased; --yes erases"
    if found.before:
        return "was forgotten already; nothing is left of this name"
    meant = " or ".join(f'"{name}"' for name in found.close)
    return (
        f"nobody of this name was found, nothing was erased{f'; did you mean {meant}?' if meant else ''} "
        "(--in-advance keeps somebody out of later readings)"
    )


@dataclass(frozen=True)
class Files:
    """What is to be done with files that hold the person."""

    redact: bool
    remove_originals: bool
    remove_set_aside: bool
    remove_exports: bool


def _files(settings: Settings, found: Standing, asked: Files) -> Removed:
    from carnet.flows.services import forget as forgetting

    done = forgetting.Removed()
    if asked.redact:
        done.and_also(forgetting.redact_originals(settings, found))
    if asked.remove_originals:
        done.and_also(forgetting.remove_originals(found))
    if asked.remove_set_aside:
        old, done.aside = [*found.set_aside, *done.aside], []
        done.and_also(forgetting.remove_set_aside(old))
    if asked.remove_exports:
        done.and_also(forgetting.remove_exports(settings, found))
    return done


def _tell(found: Standing) -> None:
    rows = [(name, count) for name, count in found.counts.items()]
    if found.anywhere:
        show(table(("stands in", "times"), rows, times={"justify": "right"}))
    for original in found.originals:
        pages = ", ".join(map(str, original.pages))
        show(styled(f"original: {original.path}" + (f", pages {pages}" if pages else "")))
    for path in found.set_aside:
        show(styled(f"old original, set aside when it was redacted: {path}"))
    for path in found.damaged:
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
    for path in dict.fromkeys([*done.aside, *found.set_aside]):
        if path not in handled:
            say(f"carnet: {path}: still holds the person: the original, set aside; --remove-set-aside deletes it")
    originals = {Path(original.path) for original in found.originals} - handled
    if any(path.exists() for path in originals):
        say("carnet: the originals named above still hold the person: --redact or --remove-originals")
    if any(export.path not in handled for export in found.exports):
        say("carnet: the files given out named above still hold the person: --remove-exports, and recall the copies")


def _as_dict(found: Standing, done: Removed, erased: bool) -> dict[str, object]:
    return {
        "erased": erased,
        "found": found.anywhere,
        "did_you_mean": [] if found.anywhere else found.close,
        "stood_in": found.counts,
        "may_be_others": [vars(mention) for mention in found.doubtful],
        "set_aside": [str(path) for path in found.damaged],
        "originals": [vars(original) for original in found.originals],
        "originals_set_aside": [str(path) for path in dict.fromkeys([*found.set_aside, *done.aside]) if path.exists()],
        "given_out": [{"path": str(e.path), "times": e.times} for e in found.exports],
        "done": [str(path) for path in done.gone],
        "left": [{"path": str(path), "reason": reason} for path, reason in done.left],
    }
