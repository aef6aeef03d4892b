"""A data set leaves: the warehouse's rows, with what the pipeline knows to be personal in a text masked."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.services.outputs import output_folder
from carnet.flows.settings import Settings
from carnet.warehouse.ask.missions import there
from carnet.warehouse.ask.query import open_trusted
from carnet.warehouse.exports.dataset import Given, write_dataset
from carnet.warehouse.exports.masking import Finder
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.exports.to_geojson import Locate


def export(settings: Settings, folder: Path, audience: Audience, brochure: str | None = None) -> Given:
    """Write the data set and remember where, so that `carnet forget` looks there."""
    out = output_folder(settings, folder, "export")
    with open_trusted(settings.warehouse) as con:
        brochure = there(con, "brochure", brochure) if brochure else None
        return write_dataset(con, out, audience, personal_finder(), locator(), brochure)


def sentence(given: Given) -> str:
    """What an export gave, and what moved since the last one."""
    count = f"{given.rows['missions']} missions"
    if given.moved is None:
        return f"{count}; the same as before, left as it is"
    if given.moved.before is None:
        return count
    moved = given.moved
    return f"{count}; {len(moved.added)} added, {len(moved.removed)} removed, {len(moved.changed)} changed"


def personal_finder() -> Finder:
    """Names, addresses and numbers in a text, by the rules; loaded when first needed."""
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.values.personal import find_personal

    rules = load_rules()
    return lambda text: [(found.start, found.end, found.value) for found in find_personal(text, rules)]


def locator() -> Locate:
    """Where a commune lies; the gazetteer is loaded when it is first asked."""
    from carnet.pipeline.values.located import locate

    return locate
