"""What still asks for a look: missions in question, but those of which somebody looked at all that is."""

from __future__ import annotations

from typing import Any

from carnet.warehouse.ask.corrections import corrections
from carnet.warehouse.ask.explore import to_settle
from carnet.warehouse.ask.stakes import loss
from carnet.warehouse.store.db import Connection

PLACES = {"start_date": "period", "end_date": "period", "period_text": "period", "stated_months": "period",
          "amount_text": "amount", "partner": "partners"}  # fmt: skip
"""Under which field a piece of evidence, or a finding, is shown."""


def still_open(
    con: Connection, edition: str | None = None, made: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """Missions of current editions (or of one) that ask for a look, by what a mistake in them would cost;
    of equal ones the bigger amount, which is the likelier one in a list.

    What a brochure itself lacks or contradicts stays a finding, and is settled here by who says that it is so.
    `made`: the corrections, where somebody has them already.
    """
    looked_at = looked_at_by(corrections(con) if made is None else made)
    rows = [row for row in to_settle(con) if edition in (None, row["edition_id"])]
    left = [row | {"findings": _left(row, looked_at)} for row in rows]
    return sorted((row for row in left if row["findings"]), key=_stake)


def _stake(row: dict[str, Any]) -> tuple[bool, float]:
    return not row["has_error"], -loss(row["findings"])


def _left(row: dict[str, Any], looked_at: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Codes and fields that nobody has looked at; what is about no field was seen by who looked at all that is."""
    asked = [(finding["code"], place_of(finding["field"] or "")) for finding in row["findings"]]
    left = [(code, place) for code, place in asked if (row["mission_id"], place) not in looked_at]
    was_seen = len(left) < len(asked) and not any(place for _, place in left)
    return [] if was_seen else left


def looked_at_by(made: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Missions and fields of corrections in force."""
    return {(c["mission_id"], place_of(c["field"])) for c in made}


def place_of(field: str) -> str:
    """
    >>> place_of("amount_text"), place_of("contact_email"), place_of("title")
    ('amount', 'contacts', 'title')
    """
    return "contacts" if field.startswith("contact") else PLACES.get(field, field)
