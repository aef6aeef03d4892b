"""Questions: `carnet missions`, `show`, `findings`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from carnet.flows.cli.common import (
    ClientOption,
    ClientTypeOption,
    DebugOption,
    DomainOption,
    JsonOption,
    MinAmountOption,
    SinceOption,
    TextOption,
    UntilOption,
    WarehouseOption,
    amount_shown,
    asked_client_type,
    asked_day,
    one_of,
    period_shown,
    print_json,
    safe,
    say,
    show,
    styled,
    table,
)
from carnet.flows.cli.groups import ASK
from carnet.flows.cli.words import in_words, language
from carnet.schemas.closed_lists import FindingCode, Origin, Severity

if TYPE_CHECKING:
    from carnet.warehouse.ask.search import FoundWords

BEST = 500
"""A search shows a person so many missions unless --limit says otherwise."""

SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def register(app: typer.Typer) -> None:
    app.command(
        "missions",
        rich_help_panel=ASK,
        epilog="Example: carnet missions --client-type epci --since 2020 --min-amount 20000",
    )(missions)
    app.command("show", rich_help_panel=ASK, epilog="Example: carnet show 3f2a91c07b5e")(show_mission)
    app.command(
        "findings", rich_help_panel=ASK, epilog="Example: carnet findings --severity warning --origin brochure"
    )(findings)


def missions(
    client: ClientOption = None,
    domain: DomainOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    min_amount: MinAmountOption = None,
    text: TextOption = None,
    client_type: ClientTypeOption = None,
    territory: Annotated[
        str | None, typer.Option(help="Clients of a département (62), a région (Bretagne), or one INSEE code.")
    ] = None,
    siren: Annotated[str | None, typer.Option(help="The client with this SIREN.")] = None,
    theme: Annotated[
        str | None, typer.Option(help="Missions of a theme, by its code (7) or its French name (environnement).")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="As stated by the editions that were current on this day.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the first or the best.")] = None,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """List the missions of every brochure's current edition."""
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.missions import Filter, find_missions
    from carnet.warehouse.ask.query import open_reader
    from carnet.warehouse.ask.search import found_in

    wanted = Filter(
        client=client, domain=domain, min_amount=min_amount, text=text, client_type=asked_client_type(client_type),
        since=asked_day("--since", since, last=False), until=asked_day("--until", until, last=True),
        as_of=asked_day("--as-of", as_of, last=True), limit=limit or (BEST if text and not json else None),
        territory=territory, siren=siren, theme=theme,
    )  # fmt: skip
    with open_reader(read_settings(warehouse).warehouse, search=text is not None) as con:
        found, sought = find_missions(con, wanted)
        places = found_in(con, sought, found) if sought else []
    if text and found and not sought:
        say("carnet: found as parts of words; no mission has all of these words as such")
    if json:
        print_json([m | {"found": place.words} for m, place in zip(found, places, strict=True)] if sought else found)
        return
    if not found:
        say("carnet: no mission is like that" + (" (all words must stand in it)" if text and " " in text else ""))
        return
    _show_missions(found, places)
    if text and not limit and len(found) == BEST:
        say(f"carnet: the best {BEST}; see more with --limit")


def _show_missions(found: list[dict[str, Any]], places: list[FoundWords]) -> None:
    """A table; with `places`, what was found where instead of page and amount."""
    flow, cut, narrow = {"overflow": "fold"}, {"overflow": "ellipsis"}, {"no_wrap": True}
    kinds: dict[str, dict[str, Any]] = {
        "mission": narrow, "client": cut, "title": cut, "period": narrow, "found": flow,
        "amount": {"justify": "right"} | narrow, "page": {"justify": "right"} | narrow,
    }  # fmt: skip
    shared = [(styled(m["mission_id"], "cyan"), m["client"], m["title"], period_shown(m)) for m in found]
    if places:
        columns: tuple[str, ...] = ("mission", "client", "title", "period", "found")
        rows: list[tuple[object, ...]] = [(*row, _marked(place)) for row, place in zip(shared, places, strict=True)]
    else:
        columns = ("mission", "client", "title", "period", "amount", "page")
        rows = [(*row, amount_shown(m), m["page_first"]) for row, m in zip(shared, found, strict=True)]
    show(table(columns, rows, **{name: kinds[name] for name in columns}), f"{len(found)} missions")


def _marked(place: FoundWords) -> object:
    """The text around the words, with them marked; in a pipe between brackets."""
    from rich.text import Text

    shown, end = Text(), 0
    for start, stop in place.marks:
        word = place.snippet[start:stop]
        shown.append(safe(place.snippet[end:start]))
        shown.append(safe(word) if sys.stdout.isatty() else f"[{safe(word)}]", style="bold yellow")
        end = stop
    shown.append(safe(place.snippet[end:]))
    return shown


def show_mission(
    mission: Annotated[str, typer.Argument(metavar="MISSION", help="Its id, or the beginning of it.")],
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """One mission in full: every value with the printed words, page and rule behind it."""
    from carnet.flows.cli.mission_page import mission_page
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.missions import find_mission
    from carnet.warehouse.ask.query import open_reader

    with open_reader(read_settings(warehouse).warehouse) as con:
        found = find_mission(con, mission)
    if found["note"]:
        say(f"carnet: {found['note']}")
    if json:
        print_json(found)
    else:
        show(*mission_page(found))


def findings(
    severity: Annotated[Severity | None, typer.Option(help="At least so bad.")] = None,
    origin: Annotated[
        Origin | None, typer.Option(help="brochure (it contradicts itself) or reading (ours is doubtful).")
    ] = None,
    code: Annotated[
        str | None, typer.Option(help="One kind, such as amount_missing.", autocompletion=lambda: list(FindingCode))
    ] = None,
    brochure: Annotated[str | None, typer.Option(help="One brochure.")] = None,
    all_editions: Annotated[bool, typer.Option("--all-editions", help="Those of older editions too.")] = False,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """What needs a human look, worst first."""
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.missions import findings_query, there
    from carnet.warehouse.ask.query import ask, open_reader

    code = one_of("--code", code, [*FindingCode])
    with open_reader(read_settings(warehouse).warehouse) as con:
        brochure = there(con, "brochure", brochure) if brochure else None
        found = ask(con, *findings_query(severity, origin, code, brochure, all_editions)).dicts()
    if json:
        print_json(found)
        return
    if not found:
        say("carnet: nothing needs a look")
        return
    rows = [
        (
            styled(in_words(f["severity"]), SEVERITY_STYLES[f["severity"]]), f["code"], styled(f["mission_id"], "cyan"),
            _what(f), f["field"], _told(f), f["page"],
        )
        for f in found
    ]  # fmt: skip
    columns = ("severity", "code", "mission", "what", "field", "message", "page")
    narrow: dict[str, Any] = {"no_wrap": True}
    show(
        table(
            columns, rows, severity=narrow, code=narrow, mission=narrow, what={"overflow": "ellipsis", "max_width": 40}
        )
    )
    brochures = sum(f["origin"] == "brochure" for f in found)
    show(f"{len(found)} findings: {brochures} about the brochure, {len(found) - brochures} about our reading")


def _told(finding: dict[str, Any]) -> str:
    """In French the words of its code stand first."""
    from carnet.warehouse.exports.finding_words import in_french

    if language() == "en":
        return str(finding["message"])
    return f"{FindingCode(finding['code']).french} : {in_french(finding['message']) or finding['message']}"


def _what(finding: dict[str, Any]) -> str:
    if finding["mission_id"] is None:
        return str(finding["file_name"])
    return " : ".join(part for part in (finding["client"], finding["title"]) if part)
