"""A reference list as a reader sees it, before it becomes a file: heading, table and fiches in French words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.ask.window import RowOfView
from carnet.warehouse.exports import french
from carnet.warehouse.exports.attestations import Attestations
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.declaration import Declaration, declare
from carnet.warehouse.exports.references import Reference, ReferenceList

WEIGHTS = {
    "number": 4, "recipient": 23, "nature": 8, "title": 36, "domain": 14, "period": 15, "amount": 14, "partners": 15,
    "contacts": 20, "context": 30, "approach": 30, "results": 30, "attestation": 13, "mission_id": 12,
}  # fmt: skip
"""Columns that a list may have, each with its part of the width."""
TEXTS = ("context", "approach", "results")
LONGEST = 1000
"""Letters of a cell; what is longer is no client or title, and would fill pages."""


@dataclass(frozen=True)
class DocumentOptions:
    """What a document shows, and what it calls itself and its firm where that is not to follow from the missions.
    `declared`: the candidate's own declaration stands for attestations that there are none of. `columns`: these, in
    this order; none: the usual ones."""

    firm: str | None = None
    title: str | None = None
    amounts: bool = True
    contacts: bool = False
    fiches: bool = False
    attestations: Attestations = field(default_factory=lambda: Attestations({}))
    declared: bool = False
    columns: tuple[str, ...] = ()

    @property
    def shows_texts(self) -> bool:
        """What missions were about, in the brochure's own words."""
        return self.fiches or any(name in TEXTS for name in self.columns)

    def hides(self, name: str) -> bool:
        """A column that is not to be seen, whoever asks for it."""
        return (name == "amount" and not self.amounts) or (name == "contacts" and not self.contacts)


@dataclass(frozen=True)
class DocumentColumn:
    """`weight`: its part of the width."""

    name: str
    label: str
    weight: int


@dataclass(frozen=True)
class Cell:
    """`is_open`: the brochure does not say it, and the text says so."""

    text: str
    is_open: bool = False


@dataclass(frozen=True)
class Fiche:
    """A mission in full: facts with their names, parts with their paragraphs. `has_page`: it starts a page; one without
    parts follows another that has none."""

    title: str
    facts: tuple[tuple[str, Cell], ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    has_page: bool = True


@dataclass(frozen=True)
class Document:
    """`day`: the only date that it knows; the same list makes the same file."""

    title: str
    subtitle: str
    firm: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[DocumentColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    fiches: tuple[Fiche, ...]
    day: dt.date
    chosen: ReferenceList
    look: DocumentOptions
    declaration: Declaration | None = None

    @property
    def running_title(self) -> str:
        """For properties and the foot of each page."""
        return " – ".join(part for part in (self.firm, words()["short_title"]) if part)


def to_document(chosen: ReferenceList, look: DocumentOptions) -> Document:
    """The list in words."""
    references = chosen.references
    columns = tuple(_columns(references, look))
    firm = printable(look.firm if look.firm is not None else ", ".join(chosen.firms))
    subtitle = words()["subtitle" if look.amounts else "subtitle_without_amounts"]
    return Document(
        title=printable(look.title) if look.title else _title(chosen.window.years),
        subtitle="" if look.title else subtitle,
        firm=firm,
        facts=tuple(_facts(chosen, firm)),
        columns=columns,
        rows=tuple(tuple(cell(column.name, r, look) for column in columns) for r in references),
        fiches=tuple(_fiches(references, look)) if look.fiches else (),
        day=chosen.window.end,
        chosen=chosen,
        look=look,
        declaration=_declaration(references, firm, look),
    )


def _declaration(references: tuple[Reference, ...], firm: str, look: DocumentOptions) -> Declaration | None:
    """For the missions without an attestation, where it stands for them."""
    bare = [r.number for r in references if not look.attestations.of(r)]
    return declare(words()["declaration"], firm, bare) if look.declared and bare else None


@dataclass(frozen=True)
class OpenCell:
    """A cell that says that something is not said, or is to be joined. `name`: of its column."""

    number: int
    label: str
    text: str
    name: str


def open_cells(document: Document) -> list[OpenCell]:
    """What a list leaves open: nobody is to send it without having been asked."""
    to_join = words()["to_join"]
    return [
        OpenCell(number, column.label, cell.text, column.name)
        for number, row in enumerate(document.rows, 1)
        for column, cell in zip(document.columns, row, strict=True)
        if cell.is_open or (column.name == "attestation" and cell.text == to_join)
    ]


@cache
def words() -> Any:  # the content of a YAML file of ours
    """What reference lists say: headings, units, notes."""
    return from_yaml(Path(__file__).with_name("references.yml").read_text(encoding="utf-8"))


def cell(name: str, reference: Reference, look: DocumentOptions) -> Cell:
    """What a list or fiche shows of a mission under the name of a column."""
    if name == "number":
        return Cell(str(reference.number))
    if name == "nature":
        told = reference.nature
        return Cell(words()["nature"][told]) if told else Cell(words()["nature_open"], is_open=True)
    if name == "attestation":
        files = look.attestations.of(reference)
        return _said(" ; ".join(path.name for path in files) or words()["declared" if look.declared else "to_join"])
    text = _text(name, reference)
    return Cell("") if name in (*TEXTS, "partners", "contacts") and not text else _said(text)


def _text(name: str, reference: Reference) -> str | None:
    m = reference.mission
    if name == "period":
        return _period(reference)
    if name == "amount":
        return french.amount(m["amount"], m["amount_max"], m["currency"], m["tax"])
    if name == "partners":
        return ", ".join(reference.partners)
    if name == "contacts":
        return " ; ".join(_contact(contact) for contact in reference.present)
    value = m["client" if name == "recipient" else name]
    return " ; ".join(value) if isinstance(value, list) else value


def _said(text: str | None) -> Cell:
    shown = printable(text or "")
    if not shown:
        return Cell(words()["not_said"], is_open=True)
    return Cell(shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…")


def _title(years: int) -> str:
    title = words()["title"]["one" if years == 1 else "many"]
    letters = words()["years"]
    return str(title.format(years=letters[years - 1] if years <= len(letters) else years))


def _facts(chosen: ReferenceList, firm: str) -> Iterator[tuple[str, str]]:
    names, window = words()["facts"], chosen.window
    if firm:
        yield names["firm"], firm
    yield (
        names["period"],
        words()["period"].format(start=french.partial(window.start, "day"), end=french.partial(window.end, "day")),
    )
    count, ongoing = len(chosen.references), sum(r.goes_on for r in chosen.references)
    shown = [words()["count"]["one" if count < 2 else "many"].format(number=french.number(count))]
    shown += [words()["ongoing_count"].format(number=french.number(ongoing))] if ongoing else []
    yield names["count"], ", ".join(shown)


def _columns(references: tuple[Reference, ...], look: DocumentOptions) -> Iterator[DocumentColumn]:
    usual = ("number", "recipient", "nature", "title", "period", "amount", "partners", "contacts", "attestation")
    bare = {"partners"} if not any(r.partners for r in references) else set()
    for name in look.columns or [name for name in usual if name not in bare]:
        if not look.hides(name):
            yield DocumentColumn(name, words()["columns"][name], WEIGHTS[name])


def _period(reference: Reference) -> str:
    m = reference.mission
    shown = french.period(
        m["start_date"], m["end_date"], m["start_precision"], m["end_precision"], ongoing=going_on(reference)
    )
    return " ".join((shown, *outside(reference))) if shown else ""


def going_on(reference: Reference) -> str:
    """That it goes on, with the date of the brochure as precise as that is printed; empty where it does not."""
    if not reference.goes_on:
        return ""
    if reference.said_later:
        return french.went_on(reference.said_later)
    precision = {"dating.year": "year", "newest_mission": None}.get(reference.date_rule or "", "month")
    return french.goes_on(reference.mission["edition_date"] if precision else None, precision)


def outside(reference: Reference) -> tuple[str, ...]:
    """The mark of a mission that ran before or after the period of the list."""
    return () if reference.is_within else (f"({words()['outside']})",)


def _contact(contact: RowOfView) -> str:
    return ", ".join(str(contact[name]) for name in ("name", "role", "email", "phone") if contact[name])


def _fiches(references: Iterable[Reference], look: DocumentOptions) -> Iterator[Fiche]:
    is_after_parts = True
    for reference in references:
        fiche = _fiche(reference, look)
        yield replace(fiche, has_page=bool(fiche.parts) or is_after_parts)
        is_after_parts = bool(fiche.parts)


def _fiche(reference: Reference, look: DocumentOptions) -> Fiche:
    names = ("recipient", "nature", "period", "amount", "partners", "contacts")
    facts = [(name, cell(name, reference, look)) for name in names if not look.hides(name)]
    parts = [(words()["parts"][name], _paragraphs(reference.mission[name])) for name in words()["parts"]]
    return Fiche(
        title=f"{reference.number}. {cell('title', reference, look).text}",
        facts=tuple((words()["columns"][name], shown) for name, shown in facts if shown.text),
        parts=tuple((name, texts) for name, texts in parts if texts),
    )


def _paragraphs(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(shown for text in texts or () if (shown := printable(text)))
