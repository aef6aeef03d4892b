"""For those who measure and mend the reading: `carnet evaluate`, `stage`, `explain`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from carnet.flows.cli.common import (
    CommandError,
    DebugOption,
    ForceOption,
    JsonOption,
    WarehouseOption,
    one_of,
    print_json,
    say,
    show,
    styled,
    table,
)
from carnet.flows.cli.groups import INSIDE

if TYPE_CHECKING:
    from carnet.pipeline.evaluate import Evaluation
    from carnet.schemas.draft import EditionDraft, MissionDraft
    from carnet.schemas.evidence import Candidate


class Stage(StrEnum):
    lines = "lines"
    roles = "roles"
    links = "links"
    template = "template"
    sections = "sections"
    candidates = "candidates"


def register(app: typer.Typer) -> None:
    app.command(
        "evaluate",
        rich_help_panel=INSIDE,
        epilog="Example: carnet evaluate tests/samples/gold/orvane-deck.gold.json --misses",
    )(evaluate)
    app.command("stage", rich_help_panel=INSIDE, epilog="Example: carnet stage raw/orvane-deck.pdf roles --page 4")(
        stage
    )
    app.command("explain", rich_help_panel=INSIDE, epilog="Example: carnet explain 3f2a91c07b5e amount")(explain)


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD.json…", help="Reference answers.", exists=True, dir_okay=False)
    ],
    misses: Annotated[bool, typer.Option("--misses", help="Also each value that is not right.")] = False,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """How right the reading is, by field, against reference answers; each names the brochure or file it is for."""
    from carnet.flows.services.evaluate import as_record, evaluate_file
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.query import open_reader

    with open_reader(read_settings(warehouse).warehouse) as con:
        found = [(path, evaluate_file(con, path)) for path in gold]
    for path, done in found:
        if isinstance(done, str):
            say(f"carnet: {path}: {done}")
    if json:
        print_json([as_record(done) for _, done in found if not isinstance(done, str)])
    else:
        for _, done in found:
            if not isinstance(done, str):
                _show_evaluation(done, misses)
    raise typer.Exit(1 if any(isinstance(done, str) for _, done in found) else 0)


def _show_evaluation(done: Evaluation, misses: bool) -> None:
    from carnet.pipeline.evaluate import rows

    tallies = [
        (
            name, t.right, t.wrong or None, t.missing or None, t.spurious or None,
            f"{t.precision:.3f}", f"{t.recall:.3f}", f"{t.f1:.3f}", t.silent or None, t.alarm or None,
        )
        for name, t in rows(done)
    ]  # fmt: skip
    columns = ("field", "right", "wrong", "missing", "spurious", "precision", "recall", "F1", "silent", "alarms")
    show(styled(done.brochure, "bold"))
    show(table(columns, tallies, **{name: {"justify": "right"} for name in columns[1:]}))
    if misses and done.misses:
        told = [(m.mission or None, m.field, m.kind, _short(m.got), _short(m.want)) for m in done.misses]
        show(table(("mission", "field", "is", "read", "expected"), told))
    show(f"{done.paired} of {done.missions} missions found, {done.wholly_right} wholly right")


def stage(
    file: Annotated[Path, typer.Argument(help="A brochure.", exists=True, dir_okay=False)],
    stage: Annotated[Stage, typer.Argument(help="How far to read it.")],
    page: Annotated[int | None, typer.Option(help="Only what stands on this page.")] = None,
    png: Annotated[Path | None, typer.Option(help="Draw the page with its roles in colour into this file.")] = None,
    force: ForceOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """What one stage of reading makes of a file, as JSON; nothing is stored."""
    from carnet.flows.services.stages import picture_of_roles, run_stage

    if png is not None:
        from carnet.flows.services.outputs import output_to
        from carnet.flows.settings import read_settings

        out = output_to(read_settings(warehouse), png, "stage", force=force, reads=(file,))
        out.write(picture_of_roles(file, page or 1))
        say(f"carnet: {png}: page {page or 1} of {file.name}, a frame for each stretch in the colour of its role")
        return
    print_json(run_stage(file, stage.value, page))


def explain(
    mission: Annotated[str, typer.Argument(metavar="MISSION", help="Its id, or the beginning of it.")],
    field: Annotated[
        str | None,
        typer.Argument(help="One field, such as amount.  [default: all]", autocompletion=lambda: _read_fields()),
    ] = None,
    json: JsonOption = False,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """Every reading of a mission's fields, chosen or not: words, page, rule, rank and doubts."""
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.missions import find_mission
    from carnet.warehouse.ask.query import open_reader
    from carnet.warehouse.store.drafts import stored_draft

    field = one_of("FIELD", field, _read_fields()) if field else None
    with open_reader(read_settings(warehouse).warehouse) as con:
        row = find_mission(con, mission)["mission"]
        draft = _mission_of(stored_draft(con, row["edition_id"]), row["ordinal"])
    readings = {name: found for name, found in draft.candidates.items() if field in (None, name)}
    if field and not readings:
        say(f"carnet: nothing was read for {field!r}; read were: {', '.join(draft.candidates) or 'nothing'}")
        raise typer.Exit(1)
    if json:
        readings_as_json = {name: [c.model_dump(mode="json") for c in found] for name, found in readings.items()}
        identity = {name: row[name] for name in ("mission_id", "match_reason", "match_score")}
        print_json(identity | {"key": draft.key, "candidates": readings_as_json})
        return
    show(styled(row["title"] or "(no title)", "bold"))
    show(styled(f"{row['mission_id']} · {row['match_reason']} · heading {draft.key!r}", "dim"))
    columns = ("field", "reading", "printed", "page", "rank", "rule", "doubt")
    show(table(columns, list(_readings(readings)), page={"justify": "right"}, rank={"justify": "right"}))


def _read_fields() -> list[str]:
    """What readings are of."""
    from carnet.pipeline.fields import FIELDS

    return list(FIELDS)


def _mission_of(draft: EditionDraft, ordinal: int) -> MissionDraft:
    for mission in draft.missions:
        if mission.ordinal == ordinal:
            return mission
    raise CommandError("its readings were not kept; ingest its file again")


def _readings(readings: dict[str, tuple[Candidate, ...]]) -> Iterator[tuple[object, ...]]:
    """A row for each candidate, the most trusted of a field first."""
    for name, found in readings.items():
        for candidate in sorted(found, key=lambda c: c.rank):
            first = candidate.evidence[0] if candidate.evidence else None
            printed, page = (first.text, first.page) if first else (None, None)
            yield name, _short(candidate.value), _short(printed), page, candidate.rank, candidate.rule, candidate.note
            name = ""


def _short(value: Any) -> str:
    """A candidate's value, in 120 characters; its type depends on the field."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json")
    if isinstance(value, dict):
        value = ", ".join(f"{k}={v}" for k, v in value.items() if v not in (None, False))
    if isinstance(value, list | tuple):
        value = " · ".join(_short(item) for item in value)
    text = "" if value is None else str(value)
    return text if len(text) <= 120 else text[:119] + "…"
