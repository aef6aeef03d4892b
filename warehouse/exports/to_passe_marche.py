"""References with exactly the keys of the State's own form (Passe Marché), and what each still needs for it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from carnet.warehouse.exports import french
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.document import Document, words
from carnet.warehouse.exports.references import Reference

REQUIRED = ("resume", "date_debut", "date_fin", "montant", "description")
SUFFIXES = (".pdf", ".doc", ".docx")
BIGGEST = 10 << 20
"""Bytes of an attestation."""

FormItem = dict[str, Any]  # JSON


def to_passe_marche(document: Document) -> bytes:
    """`realisations_livraisons`: the references. `notes`: by mission, what is missing or was made to fit."""
    items, notes = passe_marche(document)
    made = {"realisations_livraisons": items, "notes": notes}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def passe_marche(document: Document) -> tuple[list[FormItem], list[FormItem]]:
    """References as a Passe Marché form takes them, and apart those in which something is missing or is doubtful."""
    items, notes = [], []
    for reference in document.chosen.references:
        item, remarks = _item(reference, document), list(_remarks(reference, document))
        missing = [name for name in REQUIRED if not item[name]]
        items.append(item)
        if missing or remarks:
            notes.append({
                "numero": reference.number, "mission": reference.mission_id, "manque": missing, "remarques": remarks,
            })  # fmt: skip
    return items, notes


def _item(reference: Reference, document: Document) -> FormItem:
    m = reference.mission
    return {
        "resume": printable(m["title"] or "") or None,
        "date_debut": _iso(m["start_date"]),
        "date_fin": _iso(m["end_date"]),
        "montant": _euros(reference) if document.look.amounts else None,
        "description": _description(reference),
        "attestation_bonne_execution": [printable(path.name) for path in document.look.attestations.of(reference)],
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _euros(reference: Reference) -> int | None:
    m = reference.mission
    if m["amount"] is None or m["currency"] not in (None, "EUR"):
        return None
    return round(m["amount"]) or None


def _description(reference: Reference) -> str | None:
    """What was done, for whom, and what came of it; nothing when the brochure only names the client."""
    m = reference.mission
    done = [printable(text) for name in ("context", "approach", "results") for text in m[name] or ()]
    client = printable(m["client"] or "")
    told = [words()["passe_marche"]["to"].format(client=client)] if client else []
    return "\n".join((*told, *done)) if done else None


def _remarks(reference: Reference, document: Document) -> Iterator[str]:
    m, say = reference.mission, words()["passe_marche"]
    for side, key in (("start", "date_debut"), ("end", "date_fin")):
        day, precision = m[f"{side}_date"], m[f"{side}_precision"]
        if day is not None and precision in ("month", "year"):
            yield say["widened"].format(field=key, printed=french.partial(day, precision), day=french.day(day))
    if m["end_date"] is None and m["status"] == "ongoing":
        yield say["ongoing"]
    if m["start_date"] and m["end_date"] and m["end_date"] < m["start_date"]:
        yield say["order"]
    yield from _about_amount(reference, is_hidden=not document.look.amounts)
    if not m["approach"] and not m["results"]:
        yield say["bare"]
    for path in document.look.attestations.of(reference):
        if path.suffix.lower() not in SUFFIXES or not _is_small(path):
            yield say["attestation"].format(name=printable(path.name))


def _about_amount(reference: Reference, *, is_hidden: bool) -> Iterator[str]:
    m, say = reference.mission, words()["passe_marche"]
    if m["amount"] is None:
        return
    if is_hidden:
        yield say["hidden"]
        return
    shown = french.amount(m["amount"], m["amount_max"], m["currency"], m["tax"])
    doubts = {
        "currency": m["currency"] not in (None, "EUR"),
        "range": m["amount_max"] is not None and m["amount_max"] != m["amount"],
        "rounded": m["amount"] != int(m["amount"]),
        "taxed": m["tax"] == "TTC",
        "tax_open": m["tax"] is None,
    }
    yield from (say[name].format(amount=shown) for name, is_so in doubts.items() if is_so)


def _is_small(path: Path) -> bool:
    return path.stat().st_size <= BIGGEST
