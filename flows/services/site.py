"""The public's pages leave: masked by what the pipeline knows to be personal, remembered as given out."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.services.export import personal_finder
from carnet.flows.services.outputs import output_folder
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import open_trusted
from carnet.warehouse.exports.to_site import write_site


def site(settings: Settings, folder: Path, title: str | None = None, url: str | None = None) -> int:
    """Write the site and remember where, so that `carnet forget` looks there; how many missions it shows."""
    out = output_folder(settings, folder, "site")
    with open_trusted(settings.warehouse) as con:
        return write_site(con, out, personal_finder(), title, url)
