"""What commands share: options, words to stderr, safe text and tables to stdout."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from carnet.flows.cli import choices
from carnet.flows.cli.errors import CommandError as CommandError
from carnet.flows.cli.words import heading, in_words
from carnet.schemas.closed_lists import ClientType

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from carnet.schemas.values import PartialDate

WarehouseOption = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        help="The DuckDB file.  [default: $CARNET_WAREHOUSE, else that of the project folder]",
    ),
]
RawOption = Annotated[
    Path | None,
    typer.Option("--raw", help="Folder of originals and log.  [default: $CARNET_RAW, else beside the warehouse]"),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the file where one is there already.")]
JsonOption = Annotated[bool, typer.Option("--json", help="For machines: JSON on stdout.")]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show a traceback where something fails.")]

# what a mission is chosen by
ClientOption = Annotated[str | None, typer.Option(help="Words of the client's name.")]
DomainOption = Annotated[str | None, typer.Option(help="Words of the part of the brochure.")]
SinceOption = Annotated[
    str | None, typer.Option(help="Still running at or after: 2021, 2021-03, 15/03/2021, 'mars 2021'.")
]
UntilOption = Annotated[str | None, typer.Option(help="Begun at or before: 2021, 2021-03, 15/03/2021, 'mars 2021'.")]
MinAmountOption = Annotated[float | None, typer.Option(help="Amount at least.")]
TextOption = Annotated[str | None, typer.Option(help="French words in any form, anywhere in it.")]
CLIENT_TYPES: tuple[str, ...] = get_args(ClientType)
ClientTypeOption = Annotated[
    str | None,
    typer.Option(
        help="commune, epci, departement, region, entreprise, …",
        autocompletion=lambda: list(CLIENT_TYPES),
        callback=lambda word: word and one_of("--client-type", word, CLIENT_TYPES),
    ),
]

WIDE = 10_000
"""Columns in a pipe: nothing is cut where a program or a file reads along."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters, terminal escapes, marks that turn text around; bytes of a name that are no text."""


def safe(text: str) -> str:
    """A brochure's text for a terminal: it can't move the cursor, ring, colour or hide anything.

    >>> safe("Ville de Brenne\\x1b[2J\\u202e")
    'Ville de Brenne[2J'
    """
    return _UNSAFE.sub("", text)


def say(sentence: str) -> None:
    """To stderr, where it is in nobody's way; one line, whatever stands in it."""
    print(one_line(in_words(sentence)), file=sys.stderr)


def one_line(text: object) -> str:
    """A name or sentence that can't pass for two.

    >>> one_line(Path("a\\ncarnet: b.pdf"))
    'a⏎carnet: b.pdf'
    """
    return safe(str(text)).replace("\n", "⏎").replace("\t", " ")


def say_lines(lines: str) -> None:
    """To stderr: a traceback, a drawing."""
    print(safe(lines), file=sys.stderr)


@cache
def console() -> Console:
    """The console on stdout; as wide as needed when it is no terminal."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(highlight=False, soft_wrap=False, width=None if terminal else WIDE)


def show(*parts: RenderableType) -> None:
    """To stdout: on a terminal within its width, a long answer in the pager; elsewhere as wide as it is."""
    what = [in_words(part) if isinstance(part, str) else part for part in parts]
    if console().is_terminal:
        from carnet.flows.cli.fitting import print_fitting

        print_fitting(console(), what)
    else:
        for part in what:
            console().print(part)


def styled(value: object, style: str = "") -> Text:
    """Any value as text that is safe on a terminal, never read as markup."""
    from rich.text import Text

    return Text(safe(shown(value)), style=style)


def shown(value: object) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " · ".join(shown(item) for item in value)
    if isinstance(value, bool):
        return in_words("yes" if value else "no")
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value)


def amount_shown(row: dict[str, Any]) -> str:
    """Amount, range, currency and tax of a mission.

    >>> amount_shown({"amount": Decimal("29000.00"), "amount_max": None, "currency": "EUR", "tax": "HT"})
    '29 000 EUR HT'
    """
    if row["amount"] is None:
        return ""
    numbers = [
        f"{n:,.2f}".removesuffix(".00").replace(",", " ") for n in (row["amount"], row["amount_max"]) if n is not None
    ]
    return " ".join(["–".join(numbers), *(row[name] for name in ("currency", "tax") if row[name])])


def period_shown(row: dict[str, Any]) -> str:
    """Start and end at their printed precision.

    >>> days = {"start_date": dt.date(2021, 3, 1), "end_date": dt.date(2022, 12, 31), "status": "completed"}
    >>> period_shown(days | {"start_precision": "month", "end_precision": "year"})
    '2021-03 – 2022'
    """
    length = {"year": 4, "month": 7, "day": 10}
    start, end = (
        row[f"{side}_date"].isoformat()[: length.get(row[f"{side}_precision"] or "day", 10)]
        if row[f"{side}_date"]
        else ""
        for side in ("start", "end")
    )
    if start == end:
        return start
    goes_on = _goes_on(row) if row["status"] == "ongoing" else ""
    return f"{start} – {end or goes_on}".strip(" –" if not start else " ")


def _goes_on(row: dict[str, Any]) -> str:
    """As the brochure says at its date."""
    said = row.get("edition_date")
    return in_words(f"ongoing in {said:%Y-%m}" if said else "ongoing")


def asked_day(option: str, text: str | None, *, last: bool) -> dt.date | None:
    """The first or last day of what is as precise as it was typed: 2021, 2021-03, "mars 2021", 15/03/2021."""
    if text is None:
        return None
    for read in (_plain_date, _date_in_words):
        with suppress(ValueError):
            if partial := read(text):
                return partial.last_day() if last else partial.first_day()
    expected = "2021, 2021-03, 2021-03-15, 15/03/2021 or 'mars 2021'"
    raise CommandError(f"{option} {text!r}: expected {expected}", usage=True)


def _plain_date(text: str) -> PartialDate | None:
    from carnet.schemas.values import PartialDate

    match = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", text.strip())
    if match is None:
        return None
    return PartialDate(**{n: int(v) for n, v in zip(("year", "month", "day"), match.groups(), strict=True) if v})


def _date_in_words(text: str) -> PartialDate | None:
    """As in a brochure, and as `carnet correct` takes it; what reads dates is loaded only then."""
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.values.dates import parse_date

    return parse_date(text, load_rules())


def asked_client_type(value: str | None) -> str | None:
    """One that clients may have; wrong usage for any other."""
    from carnet.schemas.mission import ClientType

    return one_of("--client-type", value, get_args(ClientType))


def one_of(option: str, value: str | None, allowed: Sequence[str]) -> str | None:
    """A value of a closed list, whatever its case; wrong usage for any other, with what may have been meant."""
    if value is None:
        return None
    known = {str(name).lower(): str(name) for name in allowed}
    return known.get(value.strip().lower()) or choices.one_of(option, value, list(known.values()))


def print_json(value: object) -> None:
    """JSON on stdout; dangerous characters escaped, so that it is safe on a terminal and loses nothing."""
    print(to_json(value, indent=1))


def to_json(value: object, indent: int | None = None) -> str:
    """As the standard has it: no NaN, no infinity (null), keys are texts.

    >>> to_json({"share": float("nan"), dt.date(2021, 3, 1): [1.5, -math.inf]})
    '{"share": null, "2021-03-01": [1.5, null]}'
    """
    text = json.dumps(_standard(value), ensure_ascii=False, indent=indent, default=_jsonable, allow_nan=False)
    return _UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else json.dumps(m[0])[1:-1], text)


def _standard(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name if isinstance(name, str) else shown(name): _standard(item) for name, item in value.items()}
    return [_standard(item) for item in value] if isinstance(value, list | tuple) else value


def _jsonable(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return str(value)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], /, **kinds: dict[str, Any]) -> Table:
    """A table with heads of ours; `kinds` holds options of single columns: `amount={"justify": "right"}`."""
    return data_table(columns, rows, [heading(column) for column in columns], **kinds)


def data_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], heads: Sequence[str], /, **kinds: dict[str, Any]
) -> Table:
    """The same with the heads that are given."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column, head in zip(columns, heads, strict=True):
        options: dict[str, Any] = {"overflow": "fold"} | kinds.get(column, {})
        made.add_column(safe(head), **options)
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else styled(cell) for cell in row))
    return made
