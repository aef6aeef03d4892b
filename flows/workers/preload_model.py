"""For a run of many files: the language model too is loaded once, where reading processes are forked from."""

from __future__ import annotations

import contextlib

with contextlib.suppress(Exception):  # met again, and reported, where a file is read
    from carnet.pipeline.nlp import get_nlp

    get_nlp().persons("Odile Brancourt")
