"""Imported once by the process that reading processes are forked from: loads what each would load for itself."""

from __future__ import annotations

import contextlib
import gc

gc.disable()  # all that is loaded stays; the processes forked from this one look for garbage again
with contextlib.suppress(Exception):  # whatever is wrong here is met again, and reported, where a file is read
    from carnet.flows.settings import with_one_thread
    from carnet.flows.workers.child import warm_up

    with_one_thread()
    warm_up()
