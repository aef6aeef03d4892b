"""One tolerance each, in letter sizes unless said otherwise, with its reason."""

from __future__ import annotations

GAP = 1.0
"""A gap this wide parts two fragments of a line: wider than a justified word space, narrower than a gutter."""
SAME_EDGE = 0.35
"""Edges this near are one edge."""
LINE_OVERLAP = 0.5
"""Share of the lower of two heights that must overlap for one line."""
NEAR_RULE = 0.6
"""A drawn rule this near a fragment stands at it."""
PAGE_SHARE = 0.85
"""Share of the page's area from which on a box is the page's own background (no letter size)."""
PROMINENT = 1.07
"""Factor by which letters are larger than others and seen to be (no letter size)."""
"""Pages on which the same text at the same height counts as running are told by share, see `repeats`."""
