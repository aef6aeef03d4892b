"""What runs in a reading process: one file to draft and result, every way to fail put into words."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from carnet.flows.inbox.arrivals import name_of
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Drawn, Failure, Reading

if TYPE_CHECKING:
    from carnet.pipeline.read.limits import Guard

try:
    import resource
except ImportError:  # Windows has none; there only the time is bounded
    resource = None  # type: ignore[assignment]

Done = TypeVar("Done")


def main(answer: Connection, path: str, sha256: str, media_type: str, settings: Settings) -> None:
    """Send the number of each page that is begun (-1: all are read), then a Reading or a Failure; then end."""
    confine(settings)
    answer.send(read_one(Path(path), sha256, media_type, settings, _watch(answer, settings.page_seconds)))
    answer.close()


def draw_main(answer: Connection, path: str, number: int, settings: Settings) -> None:
    """Send one page as a Drawn, or a Failure; bounded as reading is. Then end."""
    _silence()
    _limit(settings.file_seconds, settings.file_megabytes)
    answer.send(draw_one(Path(path), number, settings, _watch(answer, settings.page_seconds)))
    answer.close()


def draw_one(path: Path, number: int, settings: Settings, guard: Guard | None = None) -> Drawn | Failure:
    """One page of a file; nothing escapes."""
    import json

    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.read.limits import LimitExceeded, unguarded
    from carnet.pipeline.read.page_view import view_page
    from carnet.pipeline.read.reading import Asked

    try:
        view = view_page(path.read_bytes(), number, Asked(settings.password, guard=guard or unguarded))
    except (UnreadableDocument, LimitExceeded) as error:
        return Failure("refused", str(error))
    except MemoryError:
        return Failure("refused", f"drawing it takes more than {settings.file_megabytes} MB of memory")
    except OSError as error:
        return Failure("passing", f"can't be read: {error.strerror or error}")
    except Exception:  # a library's fault on a damaged page
        return Failure("internal", "carnet failed to draw it", traceback.format_exc())
    words = [
        [w.text, round(w.box.x0, 1), round(w.box.top, 1), round(w.box.x1, 1), round(w.box.bottom, 1)]
        for w in view.words
        if w.box is not None
    ]
    return Drawn(view.picture, json.dumps({"width": view.width, "height": view.height, "words": words}))


def read_one(
    path: Path, sha256: str, media_type: str, settings: Settings, guard: Guard | None = None
) -> Reading | Failure:
    """One file to draft and result. Nothing escapes: a file is refused, or the fault is ours and says where."""
    started = time.perf_counter()

    def work() -> Reading | Failure:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            return Failure("passing", CHANGED)
        draft, result = _extract_and_settle(data, sha256, name_of(path), media_type, settings.password, guard)
        if len(draft) + len(result) > settings.answer_megabytes << 20:
            return Failure("refused", f"what is read from it takes more than {settings.answer_megabytes} MB")
        return Reading(draft, result, time.perf_counter() - started)

    return outcome_of(work, settings)


CHANGED = "it changed while it was read; is it still being copied?"


def outcome_of(work: Callable[[], Done], settings: Settings) -> Done | Failure:
    """What is done with one file, or why it can't be."""
    from carnet.pipeline.errors import RuleError, UnreadableDocument

    try:
        return work()
    except UnreadableDocument as error:
        return Failure("refused", str(error))
    except RuleError as error:
        return Failure("internal", f"the rules are wrong: {error}", traceback.format_exc())
    except MemoryError:
        most = settings.file_megabytes
        return Failure(
            "refused", f"reading it takes more than {most} MB of memory; allow more with CARNET_FILE_MEGABYTES"
        )
    except RecursionError:
        return Failure("refused", "its objects are nested too deeply; is it damaged?", traceback.format_exc())
    except OSError as error:
        return Failure("passing", f"can't be read: {error.strerror or error}")
    except Exception:  # the last line of defence between one file and the others
        return Failure(
            "internal", "carnet failed on it; please report it with what --debug shows", traceback.format_exc()
        )


def _extract_and_settle(
    data: bytes, sha256: str, name: str, media_type: str, password: str | None, guard: Guard | None
) -> tuple[str, str]:
    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.extract import extract
    from carnet.pipeline.nlp import get_nlp
    from carnet.pipeline.read.limits import unguarded
    from carnet.pipeline.read.reading import Asked
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.settle import settle
    from carnet.schemas.draft import EditionDraft
    from carnet.schemas.finding import FindingCode
    from carnet.schemas.result import EditionResult
    from carnet.schemas.source import SourceFile

    source = SourceFile(sha256=sha256, name=name, media_type=media_type)
    asked = Asked(password=password, guard=guard or unguarded)
    draft = extract(data, source, load_rules(), get_nlp(), asked=asked)
    result = settle(draft)
    if not result.missions:
        reasons = [f.message for f in draft.findings if f.code is FindingCode.NO_MISSIONS]
        raise UnreadableDocument(reasons[0] if reasons else "no mission found in it")
    texts = draft.model_dump_json(), result.model_dump_json()
    EditionDraft.model_validate_json(texts[0])  # JSON has no NaN: better known here than where it is loaded
    EditionResult.model_validate_json(texts[1])
    return texts


def _watch(answer: Connection, seconds: float) -> Guard:
    """Tells which page is being read, and ends a page that takes too much of the processor: what is read must not hang
    on what else the machine does. Its alarm rings again and again, should a library have swallowed the first."""
    from carnet.pipeline.read.limits import LimitExceeded

    def too_long(signum: int, frame: object) -> None:
        raise LimitExceeded(f"it takes longer than {seconds:g} s")

    @contextlib.contextmanager
    def watch(number: int) -> Iterator[None]:
        with contextlib.suppress(OSError):
            answer.send(number)
        if not hasattr(signal, "setitimer"):  # Windows
            yield
            return
        signal.signal(signal.SIGPROF, too_long)
        signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    return watch


def warm_up() -> None:
    """Load all that reads, rules and patterns before the first fork, so that no process does it for itself."""
    import carnet.pipeline.read.pdf  # noqa: F401
    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.nlp import get_nlp

    get_nlp()
    with contextlib.suppress(UnreadableDocument):
        _extract_and_settle(_SMALL, hashlib.sha256(_SMALL).hexdigest(), "small.md", "text/markdown", None, None)


_SMALL = b"""# Ondine Conseil

## Ville de Brenoux : Schema directeur

Periode : Mars 2021 a juin 2022
Montant : 29 000 euros HT
Contact : Aline Verdeau, directrice, a.verdeau@brenoux.example, 04 67 00 00 00

Contexte
- Un reseau ancien.
"""


def confine(settings: Settings) -> None:
    """This process says nothing, and takes no more than one file may."""
    _silence()
    _limit(settings.file_seconds, settings.file_megabytes)


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
