"""For files with pages: what tells roles is loaded once, the network and the vectors of words, where reading processes
are forked from."""

from __future__ import annotations

import contextlib

with contextlib.suppress(Exception):  # met again, and reported, where a file is read
    from carnet.flows.workers.child import warm_up_roles

    warm_up_roles()
