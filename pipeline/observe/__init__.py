"""Observations: what a fragment's words may be, how it looks beside the rest of its brochure, where it stands."""
