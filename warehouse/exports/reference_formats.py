"""The forms in which a reference list is written. A new one is a module `to_<name>.py` with a function of that name and
a line here: command line, pages and their tests follow. Nothing is loaded until it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carnet.warehouse.exports.document import Document

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class ReferenceFormat:
    """`media_type`: as a browser knows it; empty: the pages do not offer it. `ending`: a file whose name ends so is
    written in it. `fiches`: it may have a page per mission. `contacts`: it has a place for people. `button`: what the
    pages call it; empty: they have no button for it."""

    name: str
    media_type: str = ""
    ending: str = ""
    is_text: bool = True
    fiches: bool = False
    contacts: bool = True
    button: str = ""

    @property
    def write(self) -> Callable[[Document], bytes]:
        """The bytes of a list."""
        name = f"to_{self.name.replace('-', '_')}"
        found: Callable[[Document], bytes] = getattr(import_module(f"carnet.warehouse.exports.{name}"), name)
        return found


FORMATS: Mapping[str, ReferenceFormat] = {
    form.name: form
    for form in (
        ReferenceFormat("docx", f"{OFFICE}.wordprocessingml.document", ".docx", False, fiches=True, button="Word"),
        ReferenceFormat("xlsx", f"{OFFICE}.spreadsheetml.sheet", ".xlsx", False, button="Excel"),
        ReferenceFormat("pdf", "application/pdf", ".pdf", False, fiches=True, button="PDF"),
        ReferenceFormat("csv", "text/csv; charset=utf-8", ".csv", button="CSV"),
        ReferenceFormat("md", "text/markdown; charset=utf-8", ".md", fiches=True),
        ReferenceFormat("html", "text/html; charset=utf-8", ".html", fiches=True, button="Page à imprimer"),
        ReferenceFormat("passe-marche", contacts=False),  # JSON for the State's own form
    )
}
ENDINGS: Mapping[str, str] = {form.ending: form.name for form in FORMATS.values() if form.ending}
