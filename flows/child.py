"""What runs in a reading process: one file to draft and result, every way to fail put into words."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from flows.reading import Failure, Reading

try:
    import resource
except ImportError:  # Windows has none; there only the time is bounded
    resource = None  # type: ignore[assignment]


def main(answer: Connection, path: str, sha256: str, media_type: str, seconds: float, megabytes: int) -> None:
    """Send a Reading or a Failure, then end."""
    _silence()
    _limit(seconds, megabytes)
    answer.send(read_one(Path(path), sha256, media_type, megabytes))
    answer.close()


def read_one(path: Path, sha256: str, media_type: str, megabytes: int) -> Reading | Failure:
    """One file to draft and result. Nothing escapes: a file is refused, or the fault is ours and says where."""
    from pipeline.errors import RuleError, UnreadableDocument

    started = time.perf_counter()
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            return Failure("passing", "it changed while it was read; is it still being copied?")
        draft, result = _extract_and_settle(data, sha256, path.name, media_type)
        return Reading(draft, result, time.perf_counter() - started)
    except UnreadableDocument as error:
        return Failure("refused", str(error))
    except RuleError as error:
        return Failure("internal", f"the rules are wrong: {error}", traceback.format_exc())
    except MemoryError:
        return Failure(
            "refused", f"reading it takes more than {megabytes} MB of memory; allow more with CARNET_FILE_MEGABYTES"
        )
    except RecursionError:
        return Failure("refused", "its objects are nested too deeply; is it damaged?", traceback.format_exc())
    except OSError as error:
        return Failure("passing", f"can't be read: {error.strerror or error}")
    except Exception as error:  # the last line of defence between one file and the others
        return Failure(
            "internal",
            f"carnet failed on it ({type(error).__name__}: {str(error)[:200]})".replace("\n", " "),
            traceback.format_exc(),
        )


def _extract_and_settle(data: bytes, sha256: str, name: str, media_type: str) -> tuple[str, str]:
    from pipeline.errors import UnreadableDocument
    from pipeline.extract import extract
    from pipeline.nlp import get_nlp
    from pipeline.rules import load_rules
    from pipeline.settle import settle
    from schemas.draft import EditionDraft
    from schemas.result import EditionResult
    from schemas.source import SourceFile

    draft = extract(data, SourceFile(sha256=sha256, name=name, media_type=media_type), load_rules(), get_nlp())
    result = settle(draft)
    if not result.missions:
        raise UnreadableDocument("no missions found in it; is it a brochure of references?")
    texts = draft.model_dump_json(), result.model_dump_json()
    EditionDraft.model_validate_json(texts[0])  # JSON has no NaN: better known here than where it is loaded
    EditionResult.model_validate_json(texts[1])
    return texts


def warm_up() -> None:
    """Load rules, reading code and language model before the first fork."""

    from pipeline.nlp import get_nlp
    from pipeline.rules import load_rules

    load_rules()
    get_nlp()


def _silence() -> None:
    """What libraries mutter about a damaged file is no news to the user; what matters comes back as a Failure."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _limit(seconds: float, megabytes: int) -> None:
    """A runaway file ends its own process even when nobody is left to end it."""
    if resource is None:
        return
    for what, amount in ((resource.RLIMIT_DATA, megabytes << 20), (resource.RLIMIT_CPU, int(seconds) + 10)):
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))
