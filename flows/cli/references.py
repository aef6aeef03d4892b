"""`carnet references`: the reference list for a tender."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from carnet.flows.cli.common import (
    ClientOption,
    ClientTypeOption,
    CommandError,
    DebugOption,
    DomainOption,
    ForceOption,
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
    safe,
    say,
    show,
    styled,
    table,
)
from carnet.flows.cli.groups import GIVE
from carnet.warehouse.exports.reference_formats import ENDINGS, FORMATS, ReferenceFormat

if TYPE_CHECKING:
    from carnet.flows.settings import Settings
    from carnet.warehouse.disk.output import Output
    from carnet.warehouse.exports.document import Document
    from carnet.warehouse.exports.masking import Masker
    from carnet.warehouse.exports.references import Reference

NAMED = 20
"""Findings, and missions that lack something, told one by one; of more, how many."""


class Sort(StrEnum):
    date = "date"
    amount = "amount"
    client = "client"


def register(app: typer.Typer) -> None:
    app.command(
        "references", rich_help_panel=GIVE, epilog="Example: carnet references --as-of 2026-11-30 --out liste.docx"
    )(references)


def references(
    client: ClientOption = None,
    domain: DomainOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    min_amount: MinAmountOption = None,
    text: TextOption = None,
    client_type: ClientTypeOption = None,
    firm: Annotated[str | None, typer.Option(help="One firm's brochures.  [default: all]")] = None,
    brochure: Annotated[str | None, typer.Option(help="One brochure.  [default: all]")] = None,
    public_only: Annotated[bool, typer.Option("--public-only", help="Only clients known to be public.")] = False,
    years: Annotated[int, typer.Option(min=1, max=100, help="The mission ran within so many years …")] = 3,
    as_of: Annotated[
        str | None, typer.Option(help="… before this day: 2026-11-30.  [default: today]", show_default=False)
    ] = None,
    pick: Annotated[
        str | None, typer.Option(metavar="ID,ID…", help="Exactly these missions, in this order, whenever they ran.")
    ] = None,
    sort: Annotated[Sort, typer.Option(help="Newest, biggest or alphabetically first.")] = Sort.date,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the first.")] = None,
    at_least: Annotated[int | None, typer.Option(min=1, help="Exit status 1 when there are fewer.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar=f"FILE{'|'.join(ENDINGS)}", help="Write it instead of showing it."),
    ] = None,
    force: ForceOption = False,
    format: Annotated[
        str | None,
        typer.Option(
            metavar=f"<{'|'.join(FORMATS)}>",
            autocompletion=lambda: list(FORMATS),
            callback=lambda word: word and one_of("--format", word, list(FORMATS)),
            help="Whatever the name of FILE says; passe-marche: JSON for the State's own form.",
        ),
    ] = None,
    fiches: Annotated[bool, typer.Option("--fiches", help="Also a page per mission (not in tables).")] = False,
    contacts: Annotated[bool, typer.Option("--contacts", help="Also the clients' contacts who have not left.")] = False,
    no_names: Annotated[
        bool, typer.Option("--no-names", help="Name nobody: texts, partners and clients as the public is given them.")
    ] = False,
    no_amounts: Annotated[bool, typer.Option("--no-amounts", help="Hide amounts.")] = False,
    attestations: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Of attestation files; their names start with a mission's id or number."),
    ] = None,
    declared: Annotated[
        bool, typer.Option("--declared", help="Where there is no attestation, the candidate's own declaration.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,NAME…",
            autocompletion=lambda incomplete: _one_more(incomplete),
            help="These columns, in this order; a wrong name shows all.",
        ),
    ] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE.docx", help="Write the list into this Word document: a letterhead.")
    ] = None,
    firm_name: Annotated[str | None, typer.Option(help="In the heading.  [default: the firm of the brochure]")] = None,
    title: Annotated[str | None, typer.Option(help="Instead of « Liste des principaux services … ».")] = None,
    warehouse: WarehouseOption = None,
    debug: DebugOption = False,
) -> None:
    """The reference list for a French public tender: what ran in the last years, for whom, when, for how much."""
    from carnet.flows.services.export import public_masker
    from carnet.flows.services.given_lists import remember
    from carnet.flows.services.outputs import output_to
    from carnet.flows.settings import read_settings
    from carnet.warehouse.ask.missions import Filter
    from carnet.warehouse.ask.query import open_reader
    from carnet.warehouse.exports.attestations import Attestations, find_attestations
    from carnet.warehouse.exports.document import DocumentOptions, to_document
    from carnet.warehouse.exports.nameless import attested_without_names, without_names
    from carnet.warehouse.exports.references import ReferenceQuery, choose

    form = _form(out, format)
    _check_look(form, fiches=fiches, contacts=contacts, no_names=no_names)
    settings = read_settings(warehouse)
    fill, shown = _template(template, form, _columns(columns), settings)
    into = output_to(settings, out, "references", force=force, reads=(template, attestations)) if out else None
    if attestations is not None and not attestations.is_dir():
        raise CommandError(f"{attestations}: can't be read: there is no such folder")
    filter = Filter(
        client=client, domain=domain, min_amount=min_amount, text=text, client_type=asked_client_type(client_type),
        since=asked_day("--since", since, last=False), until=asked_day("--until", until, last=True),
    )  # fmt: skip
    picked = tuple(part.strip() for part in pick.split(",") if part.strip()) if pick is not None else ()
    if pick is not None and (not picked or filter != Filter() or firm or brochure or public_only or limit):
        raise CommandError("--pick names the missions, such as 3f2a,91c0: leave out what else chooses", usage=True)
    wanted = ReferenceQuery(
        as_of=asked_day("--as-of", as_of, last=True) or dt.date.today(), years=years, filter=filter, firm=firm,
        brochure=brochure, pick=picked, sort=sort.value, public_only=public_only, limit=limit,
    )  # fmt: skip
    with open_reader(settings.warehouse, search=text is not None) as con:
        chosen = choose(con, wanted)
    joined = find_attestations(attestations, chosen.references) if attestations else Attestations({})
    mask = public_masker(settings)
    if no_names:
        chosen, joined = without_names(chosen, mask), attested_without_names(joined, mask)
    look = DocumentOptions(firm_name, title, not no_amounts, contacts, fiches, joined, declared, shown)
    document = to_document(chosen, look)
    _warn(document, form, mask, no_names)
    if form is None:
        _show(document)
    else:
        _ask_about_gaps(document)
        _write(document, form, into, fill)
        if into:
            remember(settings, document, form.name, into.path.name)
    if at_least is not None and len(chosen.references) < at_least:
        say(f"carnet: {len(chosen.references)} references where at least {at_least} are asked for")
        raise typer.Exit(1)


def _form(out: Path | None, format: str | None) -> ReferenceFormat | None:
    """How to write it; None: a table on the terminal."""
    if format is not None:
        if out is None and not FORMATS[format].is_text and sys.stdout.isatty():
            raise CommandError(f"--format {format} is no text: name a file with --out", usage=True)
        return FORMATS[format]
    if out is None:
        return None
    if out.suffix.lower() not in ENDINGS:
        *others, last = ENDINGS
        raise CommandError(f"{out}: expected a name that ends in {', '.join(others)} or {last}", usage=True)
    return FORMATS[ENDINGS[out.suffix.lower()]]


def _check_look(form: ReferenceFormat | None, *, fiches: bool, contacts: bool, no_names: bool) -> None:
    if fiches and not (form and form.fiches):
        with_fiches = ", ".join(sorted(one.name for one in FORMATS.values() if one.fiches))
        raise CommandError(f"--fiches: only in {with_fiches}", usage=True)
    if contacts and form and not form.contacts:
        raise CommandError("--contacts: the State's form has no place for them", usage=True)
    if contacts and no_names:
        raise CommandError("--contacts and --no-names: one names people, the other nobody; choose one", usage=True)


def _columns(told: str | None) -> tuple[str, ...]:
    from carnet.warehouse.exports.document import WEIGHTS

    names = tuple(dict.fromkeys(part.strip() for part in told.split(",") if part.strip())) if told else ()
    for name in names:
        one_of("--columns", name, list(WEIGHTS))
    return names


def _one_more(told: str) -> list[str]:
    """What has been typed, with each column that it may go on with."""
    from carnet.warehouse.exports.document import WEIGHTS

    begun, comma, _ = told.rpartition(",")
    return [f"{begun}{comma}{name}" for name in WEIGHTS if name not in begun.split(",")]


def _template(
    path: Path | None, form: ReferenceFormat | None, columns: tuple[str, ...], settings: Settings
) -> tuple[Callable[[Document], bytes] | None, tuple[str, ...]]:
    """What fills it, and the columns that it shows; none where no template is asked for."""
    if path is None:
        return None, columns
    if form is None or form.name not in ("docx", "pdf"):
        raise CommandError("--template: only for a list in Word or PDF, with --out FILE.docx or FILE.pdf", usage=True)
    from carnet.warehouse.exports.template import BIGGEST, TemplateRefused, fill_template, read_template

    try:
        if path.stat().st_size > BIGGEST:
            raise CommandError(f"{path}: can't be a template: it is too big")
        template = read_template(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: can't be read: {error.strerror}") from None
    except TemplateRefused as error:
        raise CommandError(f"{path}: can't be a template: {error}") from None
    fill: Callable[[Document], bytes] = partial(fill_template, template)
    return _as_pdf(fill, settings) if form.name == "pdf" else fill, template.columns or columns


def _as_pdf(fill: Callable[[Document], bytes], settings: Settings) -> Callable[[Document], bytes]:
    """What the template is filled with, printed; said before anything is asked where nothing can print it."""
    from carnet.flows.services.word_to_pdf import WordNotPrinted, can_print, to_pdf

    if not can_print():
        raise CommandError(
            "a PDF of a Word template needs LibreOffice (`apt-get install libreoffice-writer`); "
            "or write .docx, and print it"
        )

    def filled(document: Document) -> bytes:
        try:
            return to_pdf(fill(document), settings)
        except WordNotPrinted as error:
            raise CommandError(f"the filled template: can't be printed: {error}") from None

    return filled


def _ask_about_gaps(document: Document) -> None:
    """Nothing open is written unasked; where nobody can be asked, what was said before has to do."""
    from carnet.warehouse.exports.document import open_cells

    gaps = open_cells(document)
    if not gaps or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    shown = ", ".join(dict.fromkeys(f"« {gap.text} »" for gap in gaps))
    say(f"carnet: {len(gaps)} cells of the list say {shown}; write it all the same? [y/N]")
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "o", "oui"):
        raise typer.Exit(1)


def _warn(document: Document, form: ReferenceFormat | None, mask: Masker, no_names: bool) -> None:
    """To stderr, before anything is written."""
    from carnet.flows.services.export import left_out
    from carnet.warehouse.exports.remarks import doubts, gaps, incomplete, slips

    if no_names:
        say(f"carnet: nobody is named in the list, as far as names are known{left_out(len(mask.left_out))}")
    told = [
        *document.chosen.notes, *_many(gaps(document)), *_many(doubts(document)), *slips(document, mask),
        *(_many(incomplete(document)) if form and form.name == "passe-marche" else []),
    ]  # fmt: skip
    others = document.look.attestations.others
    if others:
        told.append(f"attestations that belong to no mission of the list: {', '.join(path.name for path in others)}")
    if not document.firm and document.chosen.references:
        told.append("no firm in the heading: the brochure names none; give it with --firm-name")
    for sentence in told:
        say(f"carnet: {sentence}")


def _many(sentences: list[str]) -> list[str]:
    more = len(sentences) - NAMED
    return sentences if more <= 1 else [*sentences[:NAMED], f"… and {more} more like that; see `carnet findings`"]


def _show(document: Document) -> None:
    """A table for the terminal."""
    references = document.chosen.references
    window = document.chosen.window
    if references:
        look = document.look
        columns = ("no.", "mission", "client", "public", "title", "period", *(["amount"] if look.amounts else []))
        narrow: dict[str, Any] = {"no_wrap": True}
        right = {"justify": "right"} | narrow
        kinds: dict[str, dict[str, Any]] = {
            "no.": right, "mission": narrow, "client": {"overflow": "fold", "ratio": 1}, "public": narrow,
            "title": {"overflow": "fold", "ratio": 2}, "period": narrow, "amount": right,
        }  # fmt: skip
        rows = [_row(reference)[: len(columns)] for reference in references]
        show(table(columns, rows, **{name: kinds[name] for name in columns}))
    show(f"{len(references)} references, {window.start} to {window.end}; --out FILE.docx writes them")


def _row(reference: Reference) -> tuple[object, ...]:
    m = reference.mission
    shown = dict(m)
    return (
        reference.number, styled(reference.mission_id, "cyan"), m["client"], reference.nature or "?", m["title"],
        period_shown(shown), amount_shown(shown),
    )  # fmt: skip


def _write(
    document: Document, form: ReferenceFormat, out: Output | None, fill: Callable[[Document], bytes] | None
) -> None:
    data = fill(document) if fill else form.write(document)
    if out is None:
        _to_stdout(data, is_text=form.is_text)
        return
    out.write(data)
    say(f"carnet: {out.path}: {len(document.chosen.references)} references")


def _to_stdout(data: bytes, *, is_text: bool) -> None:
    """To stdout; on a terminal text can't act on it."""
    if is_text and sys.stdout.isatty():
        sys.stdout.write("".join(safe(line) for line in data.decode("utf-8-sig").splitlines(True)))
    else:
        sys.stdout.buffer.write(data)
