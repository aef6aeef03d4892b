"""Decisions: `carnet correct`, `corrections`, `same`, `distinct`, `forget`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.common import (
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

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.forget import Standing

MissionArgument = Annotated[str, typer.Argument(metavar="MISSION", help="Its id, or the beginning of it.")]
WhyOption = Annotated[str | None, typer.Option("--why", help="The reason; it is recorded.")]
AuthorOption = Annotated[str | None, typer.Option("--author", help="Who decides.  [default: the user's name]")]


def register(app: typer.Typer) -> None:
    taking_values = {"ignore_unknown_options": True}  # "- a.verdeau@brenoux.fr" is a value, not an option
    app.command(
        "correct",
        epilog='Example: carnet correct 3f2a91c07b5e amount 31500 --why "order letter"',
        context_settings=taking_values,
    )(correct)
    app.command("corrections", epilog="Example: carnet corrections --all")(corrections)
    app.command("same", epilog="Example: carnet same 3f2a91c07b5e 90c1d27ab344 --why 'reworded in 2022'")(same)
    app.command("distinct", epilog="Example: carnet distinct 3f2a91c07b5e 3f2a91c07b5e --why 'lot 2, not lot 1'")(
        distinct
    )
    app.command("forget", epilog='Example: carnet forget "Aline Verdeau" --yes')(forget)


def correct(
    mission: MissionArgument,
    field: Annotated[str, typer.Argument(help="A column such as amount, title, end_date; contacts; mission.")],
    value: Annotated[
        str | None,
        typer.Argument(help="The right value; - for nothing; for lists also '+ one more' and '- one less'."),
    ] = None,
    why: WhyOption = None,
    author: AuthorOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last correction of this field.")] = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Set right what was misread or misprinted; kept over every later reading. `MISSION mission -` drops one."""
    from flows import deciding
    from flows.settings import read_settings

    settings = _existing(read_settings(warehouse, raw=raw))
    who = author or deciding.default_author()
    if undo:
        done = deciding.undo(settings, mission, field, who)
        say(f"carnet: {done.mission_id}: {field} is no longer corrected to {done.old_value!r}")
        return
    if value is None or not (why or "").strip():
        missing = "VALUE" if value is None else "--why, the reason, which is recorded"
        raise CommandError(f"correct needs {missing}", usage=True)
    try:
        done = deciding.correct(settings, mission, field, value, deciding.Asked(str(why), who))
    except ValueError as error:
        raise CommandError(str(error)) from error
    say(f"carnet: {done.mission_id}: {field} is {done.new_value!r}, was {done.old_value!r}")


def corrections(
    all_of_them: Annotated[bool, typer.Option("--all", help="Those undone too.")] = False,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """What people set right, who and why, the newest first."""
    from flows.settings import read_settings
    from warehouse.query import ask, open_reader

    where = "" if all_of_them else "WHERE c.undone_at IS NULL"
    query = f"SELECT c.* FROM corrections AS c {where} ORDER BY c.made_at DESC, c.mission_id, c.field"
    with open_reader(read_settings(warehouse).warehouse) as con:
        found = ask(con, query).dicts()
    if json:
        print_json(found)
        return
    if not found:
        say("carnet: nothing was corrected")
        return
    rows = [
        (
            styled(c["mission_id"], "cyan"), c["field"], c["old_value"], c["new_value"] or "-", c["why"], c["author"],
            c["made_at"], c["undone_at"],
        )
        for c in found
    ]  # fmt: skip
    show(table(("mission", "field", "was", "is", "why", "author", "made", "undone"), rows, mission={"no_wrap": True}))


def same(
    a: Annotated[str, typer.Argument(metavar="A", help="A mission.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The mission of another edition that is the same.")],
    why: WhyOption = None,
    author: AuthorOption = None,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Two missions of two editions are one: they get the same id."""
    one, other = _pair("same", a, b, why, author, raw, warehouse)
    say(f"carnet: both are {one} now" if one == other else f"carnet: recorded, but they are {one} and {other} still")


def distinct(
    a: Annotated[str, typer.Argument(metavar="A", help="A mission.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another; the same id parts its last two editions.")],
    why: WhyOption = None,
    author: AuthorOption = None,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Two missions are not the same: they never get the same id."""
    one, other = _pair("distinct", a, b, why, author, raw, warehouse)
    say(f"carnet: they are {one} and {other}")


def _pair(
    kind: str, a: str, b: str, why: str | None, author: str | None, raw: Path | None, warehouse: Path | None
) -> tuple[str, str]:
    from flows import deciding
    from flows.settings import read_settings

    settings = _existing(read_settings(warehouse, raw=raw))
    return deciding.pair(settings, kind, a, b, deciding.Asked(why or "", author or deciding.default_author()))


def forget(
    who: Annotated[str, typer.Argument(metavar="PERSON-OR-EMAIL", help="A full name, or an e-mail address.")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    json: JsonOption = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Erase a person everywhere in the warehouse and the log, and keep them out of every later reading."""
    from flows import deciding
    from flows.settings import read_settings

    settings = _existing(read_settings(warehouse, raw=raw))
    if len(who.split()) < 2 and "@" not in who:
        raise CommandError(f"{who!r}: expected a first and a last name, or an e-mail address", usage=True)
    found = deciding.forget(settings, who, go_on=False)
    if not json:
        _tell(found)
    go_on = yes or (sys.stdin.isatty() and not json and typer.confirm("Erase?", err=True))
    if go_on:
        deciding.forget(settings, who, go_on=True)
    if json:
        originals = [vars(o) for o in found.originals]
        print_json({"erased": go_on, "stood_in": found.counts, "originals": originals})
    elif not go_on:
        say("carnet: nothing was erased; --yes erases")
        raise typer.Exit(1)
    else:
        say("carnet: erased from the warehouse and the log; later readings leave the person out")
        if found.originals:
            say("carnet: the originals named above and exports made before still hold the person: redact them")


def _tell(found: Standing) -> None:
    rows = [(name, count) for name, count in found.counts.items()]
    show(table(("stands in", "times"), rows, times={"justify": "right"}))
    for original in found.originals:
        pages = ", ".join(map(str, original.pages))
        show(styled(f"original: {original.path}" + (f", pages {pages}" if pages else "")))


def _existing(settings: Settings) -> Settings:
    if not settings.warehouse.exists():
        raise CommandError(f"{settings.warehouse}: no warehouse there; make one with `carnet ingest FILE`")
    return settings
