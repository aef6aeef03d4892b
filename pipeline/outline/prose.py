"""Lists of short references in prose: "2021 – Ville de Morcy : étude de circulation, 24 000 € HT, avec Cabinet Orbe".

Each item is a mission, cut as the reading by roles cuts them. Used where a brochure has no missions of another form.
"""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.decode.items import parts_of
from carnet.pipeline.outline.tokens import Is, Stream
from carnet.schemas.outline import Part

_LEAST = 4  # items that make a list
_LONGEST = 420
_RULE = "outline.prose"


def prose_items(stream: Stream) -> dict[int, tuple[Part, ...]]:
    """Index of the token -> parts, for every item of such a list; empty where too few texts read as items."""
    found: dict[int, tuple[Part, ...]] = {}
    tried = 0
    for i, token in enumerate(stream.tokens):
        if token.what not in (Is.TEXT, Is.INLINE) or not 25 <= len(token.text) <= _LONGEST:
            continue
        tried += token.is_bullet
        parts = tuple(replace(part, rule=_RULE) for part in parts_of(token.passage, stream.rules))
        if parts:
            found[i] = parts
    bullets = sum(stream.tokens[i].is_bullet for i in found)
    enough = len(found) >= _LEAST and (bullets >= 0.5 * max(1, tried) or bullets == 0)
    return found if enough else {}
