"""The public's pages leave: masked by what the pipeline knows to be personal, remembered as given out."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.services.export import finder
from carnet.flows.services.outputs import output_folder
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import open_trusted
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.exports.terms import Terms
from carnet.warehouse.exports.to_site import Shown, SiteHeading, write_site


def site(settings: Settings, folder: Path, heading: SiteHeading, amounts: bool = True) -> Shown:
    """Write the site and remember where, so that `carnet forget` looks there."""
    out = output_folder(settings, folder, "site")
    with open_trusted(settings.warehouse) as con:
        return write_site(con, out, finder(Audience.public, Terms(amounts)), heading, amounts)
