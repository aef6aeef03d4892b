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
_CODES = ("client_id", "insee_code", "siren", "departement", "region")
_MISSIONS = f"""
SELECT {", ".join(f"m.{name}" for name in _COLUMNS)}, {", ".join(f"c.{name}" for name in _CODES)}
FROM (SELECT rowid AS place, * FROM given_missions) AS m
LEFT JOIN (
    SELECT client, any_value(client_id) AS client_id
    FROM client_links
    GROUP BY client
    HAVING count(*) = 1 AND bool_and(doubt IS NULL)
) AS l USING (client)
LEFT JOIN clients AS c ON c.client_id = l.client_id AND starts_with(c.client_id, 'fr-')
WHERE m.client_type = 'commune' AND m.client_country = 'FR' AND m.client_stated
ORDER BY m.place
"""
"""With the codes of those that surely are one body of the official list."""


def write_geojson(con: Connection, locate: Locate, path: Path) -> int:
    """A point a mission, at the middle of its commune; how many there are. Other clients have no place that is known:
    they are left out, not guessed."""
    rows = con.execute(_MISSIONS)
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"type": "FeatureCollection", "attribution": "{ATTRIBUTION}", "features": [')
        while batch := rows.fetchmany(2_000):
            for row in batch:
                told = {
                    name: value.isoformat() if hasattr(value, "isoformat") else value
                    for name, value in zip((*_COLUMNS, *_CODES), row, strict=True)
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
