"""Genres: how a brochure's missions are laid out. Each: `compose(rng, brochure, voice) -> Paper`.

`LEARN` are fitted on, `MEASURE` never.
"""
