"""The theme of a mission told by a person, where the lexicon tells another or none: a line in the log."""

from __future__ import annotations

import datetime as dt
import secrets

from carnet.flows.services.asked import Asked
from carnet.flows.services.correct import NOT_LOGGED, Corrected
from carnet.flows.services.unit_of_work import open_whole, take_in
from carnet.flows.settings import Settings
from carnet.schemas.closed_lists import THEME
from carnet.schemas.correction import Correction
from carnet.warehouse.ask.missions import full_id
from carnet.warehouse.ask.places import stands
from carnet.warehouse.ask.themes import theme_of
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.log.journal import append
from carnet.warehouse.matching.themes import load_themes


def set_theme(settings: Settings, mission: str, value: str, asked: Asked) -> Corrected:
    """By its code or a name ("7", "environnement"); "-" for none. QueryError for what is no theme."""
    wanted = None if value.strip() in ("-", "") else load_themes().code_of(value)
    if wanted is None and value.strip() not in ("-", ""):
        known = ", ".join(f"{code} {names['fr']}" for code, names in load_themes().names.items())
        raise QueryError(f"theme: {value!r}: expected {known}")
    with open_whole(settings) as con:
        mission_id = full_id(con, mission)
        stand, before = stands(con, mission_id)[-1], theme_of(con, mission_id)
        made = Correction(
            mission_id=mission_id, field=THEME, old_value=before, new_value=wanted, why=asked.why, author=asked.author,
            made_at=dt.datetime.now(dt.UTC), id=secrets.token_hex(6), sha256=stand.sha256, key=stand.key,
        )  # fmt: skip
        append(settings.raw, "correction", made.model_dump(mode="json", exclude=NOT_LOGGED))
        take_in(con, settings)
    return Corrected(mission_id, THEME, before, wanted)
