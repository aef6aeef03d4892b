"""Layout -> outline: domains, missions and their parts; the rest by role."""

from __future__ import annotations

from carnet.pipeline.outline.headings import mission_looks
from carnet.pipeline.outline.learned import with_learned_labels
from carnet.pipeline.outline.margins import with_margins
from carnet.pipeline.outline.missions import find_missions
from carnet.pipeline.outline.over_headings import behind_headings
from carnet.pipeline.outline.tokens import to_stream
from carnet.pipeline.outline.value_lines import with_value_lines
from carnet.pipeline.rules import Rules
from carnet.schemas.layout import Layout
from carnet.schemas.outline import Outline


def outline(layout: Layout, rules: Rules) -> Outline:
    """What stands in the document. Typography and lexicon work together: the looks that cut the text into pieces with
    mission labels are the headings of missions."""
    stream = with_learned_labels(with_value_lines(to_stream(layout, rules)))
    looks = mission_looks(stream)
    return find_missions(behind_headings(with_margins(stream, looks), looks), looks)
