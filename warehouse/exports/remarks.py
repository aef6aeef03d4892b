"""What the maker of a reference list should know before giving it out: gaps, doubts, texts that tell more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from carnet.warehouse.ask.window import RowOfView
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.document import LONGEST, Document, words
from carnet.warehouse.exports.references import Reference
from carnet.warehouse.exports.to_passe_marche import passe_marche

SHOWN = (
    "title", "client", "client_type", "period", "period_text", "start_date", "end_date", "stated_months", "status",
    "partners",
)  # fmt: skip
"""Fields of findings that every list shows, or shows the consequences of."""
AMOUNTS = ("amount", "amount_text", "amount_max", "currency", "tax")
TEXTS = ("context", "approach", "results")
SAID_ALREADY = {
    "client_missing": "recipient", "title_missing": "title", "period_missing": "date", "amount_missing": "amount",
}  # fmt: skip
"""Findings that say the same as a gap."""


def gaps(document: Document) -> list[str]:
    """Missions that lack what a buyer asks for."""
    found = []
    for reference in document.chosen.references:
        lacks = [name for name in reference.lacks if name != "amount" or document.look.amounts]
        if lacks:
            found.append(f"{_who(reference)}: the brochure gives no {' and no '.join(lacks)}")
    return found


def doubts(document: Document) -> list[str]:
    """Findings, errors first, on what the document shows of its missions."""
    look = document.look
    fields = (*SHOWN, *(AMOUNTS if look.amounts else ()), *(TEXTS if look.shows_texts else ()))
    found = [
        (finding["severity"] != "error", reference.number, f"{_who(reference)}: {_told(finding)}")
        for reference in document.chosen.references
        for finding in reference.findings
        if finding["severity"] in ("error", "warning")
        and (finding["field"] in fields or (look.contacts and str(finding["field"]).startswith("contact")))
        and SAID_ALREADY.get(finding["code"]) not in reference.lacks
    ]
    return [told for _, _, told in sorted(found, key=lambda one: one[:2])]


def slips(document: Document, mask: Callable[[str], str]) -> list[str]:
    """Where the brochure's own texts say what columns leave out: people and addresses, amounts; cells cut short.
    `mask`: what the public would be given instead of a text."""
    references = document.chosen.references
    asked: dict[str, Callable[[Reference, str], bool]] = {
        f"cut after {LONGEST} letters": _is_cut,
        "the texts, given as printed, name a person, an address or a number": lambda _, text: _is_masked(text, mask),
    }
    if not document.look.amounts:
        asked["the texts, given as printed, speak of money"] = _speaks_of_money
    found = {
        what: [str(r.number) for r in references if is_so(r, "\n".join(_texts(r, document)))]
        for what, is_so in asked.items()
    }
    return [f"{what}: no. {', '.join(numbers)}" for what, numbers in found.items() if numbers]


def incomplete(document: Document) -> list[str]:
    """What the State's form asks for and a reference does not have; the file says it in French."""
    _, notes = passe_marche(document)
    missing = [f"no. {note['numero']}: no {', '.join(note['manque'])}" for note in notes if note["manque"]]
    fitted = [str(note["numero"]) for note in notes if note["remarques"]]
    return missing + ([f"made to fit the form, see `notes` in the file: no. {', '.join(fitted)}"] if fitted else [])


def _who(reference: Reference) -> str:
    return f"no. {reference.number} ({reference.mission_id})"


def _told(finding: RowOfView) -> str:
    return f"{finding['severity']}: {finding['field']}: {finding['message']}"


def _is_cut(reference: Reference, _: str) -> bool:
    return any(len(str(reference.mission[name] or "")) > LONGEST for name in ("client", "title"))


def _is_masked(text: str, mask: Callable[[str], str]) -> bool:
    """Whoever the warehouse knows, and whatever has the form of a name: the list shows no less than the public's."""
    return any(mask(line) != printable(line) for line in text.splitlines())


def _speaks_of_money(_: Reference, text: str) -> bool:
    return any(re.search(sign, text) for sign in words()["amount_signs"])


def _texts(reference: Reference, document: Document) -> Iterator[str]:
    m = reference.mission
    yield from (str(m[name]) for name in ("client", "title") if m[name])
    yield from reference.partners
    if document.look.shows_texts:
        yield from (text for name in TEXTS for text in m[name] or ())
