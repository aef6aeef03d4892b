"""Missions on a map: GeoJSON (RFC 7946) of those whose client is a commune that can be found without a doubt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from carnet.warehouse.exports.to_json import html_safe
from carnet.warehouse.store.db import Connection

Locate = Callable[[str], tuple[float, float] | None]
"""Longitude and latitude of the commune that a name ends with; `carnet.pipeline.values.located`, given by the flow."""
ATTRIBUTION = "GeoNames, CC BY 4.0"
_COLUMNS = ("mission_id", "brochure", "firm", "title", "client", "domain", "start_date", "end_date", "status")


def write_geojson(con: Connection, locate: Locate, path: Path) -> int:
    """A point a mission, at the middle of its commune; how many there are. Other clients have no place that is known:
    they are left out, not guessed."""
    rows = con.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM given_missions WHERE client_type = 'commune' AND client_country = 'FR' "
        "AND client_stated ORDER BY rowid"
    )
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"type": "FeatureCollection", "attribution": "{ATTRIBUTION}", "features": [')
        while batch := rows.fetchmany(2_000):
            for row in batch:
                told = {
                    name: value.isoformat() if hasattr(value, "isoformat") else value
                    for name, value in zip(_COLUMNS, row, strict=True)
                }
                point = locate(told["client"])
                if point is None:
                    continue
                feature = {
                    "type": "Feature",
                    "id": told["mission_id"],
                    "geometry": {"type": "Point", "coordinates": point},
                    "properties": told,
                }
                file.write(("," if count else "") + "\n" + html_safe(json.dumps(feature, ensure_ascii=False)))
                count += 1
        file.write("]}\n")
    return count
