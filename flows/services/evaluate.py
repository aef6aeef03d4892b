"""Reference answers beside what the warehouse holds: the stored draft of the edition they name, settled, compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from carnet.pipeline.evaluate import Evaluation, Tally, evaluate, rows
from carnet.pipeline.settle import settle
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.drafts import edition_named, stored_draft


def evaluate_file(con: Connection, path: Path) -> Evaluation | str:
    """The evaluation, or one sentence that says why there is none."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = str(gold["brochure"])
        edition = edition_named(con, name)
        if edition is None:
            return f"no edition of {name!r} in the warehouse; ingest its file first"
        return evaluate(settle(stored_draft(con, edition)), gold)
    except ValueError as error:
        return f"not JSON of reference answers: {error}"
    except (KeyError, TypeError, AttributeError) as error:
        return f"not reference answers as tests/samples/gold has them: {error}"


def as_record(done: Evaluation) -> dict[str, Any]:
    """For machines: the same figures as the table, and every miss."""
    return {
        "brochure": done.brochure,
        "missions": done.missions,
        "found": done.paired,
        "wholly_right": done.wholly_right,
        "fields": {name: _figures(tally) for name, tally in rows(done)},
        "misses": [vars(miss) for miss in done.misses],
    }


def _figures(tally: Tally) -> dict[str, float]:
    shares = {name: round(getattr(tally, name), 4) for name in ("precision", "recall", "f1")}
    return vars(tally) | shares
