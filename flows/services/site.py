"""The public's pages leave: masked by what the pipeline knows to be personal, remembered as given out."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.services.export import personal_finder
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import open_trusted
from carnet.warehouse.exports.to_site import write_site
from carnet.warehouse.privacy.given_out import note_given_out


def site(settings: Settings, folder: Path, title: str | None = None, url: str | None = None) -> int:
    """Write the site and remember where, so that `carnet forget` looks there; how many missions it shows."""
    with open_trusted(settings.warehouse) as con:
        count = write_site(con, folder, personal_finder(), title, url)
    note_given_out(settings.warehouse, folder, "site")
    return count
