"""Decisions: `carnet correct`, `corrections`, `same`, `distinct`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carnet.flows.cli.common import (
    CommandError,
    DebugOption,
    JsonOption,
    RawOption,
    WarehouseOption,
    one_of,
    print_json,
    say,
    show,
    styled,
    table,
)
from carnet.flows.cli.groups import DECIDE
from carnet.schemas.closed_lists import THEME

MissionArgument = Annotated[str, typer.Argument(metavar="MISSION", help="Its id, or the beginning of it.")]
WhyOption = Annotated[str | None, typer.Option("--why", help="The reason; it is recorded.")]
AuthorOption = Annotated[str | None, typer.Option("--author", help="Who decides.  [default: the user's name]")]


def _field_names() -> list[str]:
    from carnet.pipeline.correct import FIELDS

    return [*FIELDS, THEME]


def register(app: typer.Typer) -> None:
    taking_values = {"ignore_unknown_options": True}  # "- a.verdeau@brenoux.fr" is a value, not an option
    app.command(
        "correct",
        rich_help_panel=DECIDE,
        epilog='Example: carnet correct 3f2a91c07b5e amount 31500 --why "order letter"',
        context_settings=taking_values,
    )(correct)
    app.command("corrections", rich_help_panel=DECIDE, epilog="Example: carnet corrections --all")(corrections)
    app.command(
        "same", rich_help_panel=DECIDE, epilog="Example: carnet same 3f2a91c07b5e 90c1d27ab344 --why 'reworded in 2022'"
    )(same)
    app.command(
        "same-client",
        rich_help_panel=DECIDE,
        epilog='Example: carnet same-client CCCA "Communauté de communes des Campagnes de l\'Artois"',
    )(same_client)
    app.command(
        "distinct",
        rich_help_panel=DECIDE,
        epilog="Example: carnet distinct 3f2a91c07b5e 3f2a91c07b5e --why 'lot 2, not lot 1'",
    )(distinct)


def correct(
    mission: MissionArgument,
    field: Annotated[
        str,
        typer.Argument(help="A column of `missions`, contacts, partners, or mission.", autocompletion=_field_names),
    ],
    value: Annotated[
        str | None,
        typer.Argument(help="See above."),
    ] = None,
    why: WhyOption = None,
    author: AuthorOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last correction of this field.")] = False,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Set right what was misread or misprinted: kept over every later reading, new edition and rebuild.

    \b
    FIELD                        VALUE
    amount, title, end_date, …   the right value; - for nothing
    context, results, partners   '+ one more', '- one less', or all of them, one a line
    contacts                     '+ Name, role, e-mail, phone', '- Name', or all, one a line
    theme                        its code or name: 7, environnement
    mission                      -            it is no mission
                                 '+ MISSION'  the other one belongs to it: both are one
                                 '/ words'    it is two; the second begins with these words
    """
    from carnet.flows.services import correct as correcting
    from carnet.flows.services.asked import Asked, default_author
    from carnet.flows.services.themes import set_theme
    from carnet.flows.settings import existing_settings
    from carnet.pipeline.correct import FIELDS

    field = str(one_of("FIELD", field, [*FIELDS, THEME]))
    settings = existing_settings(warehouse, raw)
    who = author or default_author()
    if undo:
        done = correcting.undo(settings, mission, field, who)
        _tell_its_id(mission, done.mission_id)
        say(f"carnet: {done.mission_id}: {field} is no longer corrected to {done.old_value!r}")
        return
    if value is None or not (why or "").strip():
        missing = "VALUE" if value is None else "--why, the reason, which is recorded"
        raise CommandError(f"correct needs {missing}", usage=True)
    try:
        asked = Asked(str(why), who)
        if field == THEME:
            done = set_theme(settings, mission, value, asked)
        else:
            done = correcting.correct(settings, mission, field, value, asked)
    except ValueError as error:
        raise CommandError(str(error)) from error
    _tell_its_id(mission, done.mission_id)
    for doubt in done.doubts:
        say(f"carnet: {done.mission_id}: {doubt}")
    if done.missions:
        say(f"carnet: done; look at them with {' and '.join(f'`carnet show {one}`' for one in done.missions)}")
        return
    say(f"carnet: {done.mission_id}: {field} is {done.new_value!r}, was {done.old_value!r}")


def _tell_its_id(asked: str, mission_id: str) -> None:
    """Where the id that was asked for became another."""
    if not mission_id.startswith(asked):
        say(f"carnet: {asked} became {mission_id}")


def corrections(
    all_of_them: Annotated[bool, typer.Option("--all", help="Those undone too.")] = False,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """What people set right, who and why, the newest first."""
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.corrections import corrections as made
    from carnet.warehouse.ask.query import open_reader

    with open_reader(read_settings(warehouse).warehouse) as con:
        found = made(con, undone=all_of_them)
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


def same_client(
    a: Annotated[str, typer.Argument(metavar="A", help="A client, as it is printed or by its client_id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The same under another name.")],
    why: WhyOption = None,
    author: AuthorOption = None,
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Two names mean one client: one row of the view clients."""
    from carnet.flows.services import same_client as service
    from carnet.flows.services.asked import Asked, default_author
    from carnet.flows.settings import existing_settings

    asked = Asked(why or "", author or default_author())
    say(f"carnet: both are {service.same_client(existing_settings(warehouse, raw), a, b, asked)} now")


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
    from carnet.flows.services import pair
    from carnet.flows.services.asked import Asked, default_author
    from carnet.flows.settings import existing_settings

    return pair.pair(existing_settings(warehouse, raw), kind, a, b, Asked(why or "", author or default_author()))
