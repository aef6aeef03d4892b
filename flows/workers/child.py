"""What runs in a reading process: one file to draft and result, every way to fail put into words."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import math
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from carnet.flows.inbox.arrivals import name_of
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import Failure, FileReading, PagePicture, PrintedFile
from carnet.pipeline.read.limits import LIMITS, Guard, LimitExceeded, unguarded
from carnet.pipeline.read.reading import ReadOptions

try:
    import resource
except ImportError:  # Windows has none; there only the time is bounded
    resource = None  # type: ignore[assignment]

Done = TypeVar("Done")


def main(answer: Connection, path: str, sha256: str, media_type: str, settings: Settings) -> None:
    """Send the number of each page that is begun (-1: all are read), then a FileReading or a Failure; then end."""
    confine(settings)
    answer.send(read_one(Path(path), sha256, media_type, settings, Watch(answer, settings)))
    answer.close()


def draw_main(answer: Connection, path: str, number: int, settings: Settings) -> None:
    """Send one page as a PagePicture, or a Failure; bounded as reading is. Then end."""
    confine(settings)
    answer.send(draw_one(Path(path), number, settings, Watch(answer, settings).page))
    answer.close()


def draw_one(path: Path, number: int, settings: Settings, guard: Guard = unguarded) -> PagePicture | Failure:
    """One page of a file. Nothing escapes."""
    import json

    from carnet.pipeline.read import MEDIA_TYPES, PDF, as_pdf
    from carnet.pipeline.read.page_view import view_page

    def work() -> PagePicture | Failure:
        asked = _asked(settings, guard)
        media_type = MEDIA_TYPES.get(path.suffix.lower(), PDF)
        try:
            view = view_page(as_pdf(path.read_bytes(), media_type, asked), number, asked)
        except LimitExceeded as error:
            return Failure("refused", str(error))
        words = [
            [w.text, *(round(x, 1) for x in (w.box.x0, w.box.top, w.box.x1, w.box.bottom)), int(w.style.bold)]
            for w in view.words
            if w.box is not None
        ]
        return PagePicture(view.picture, json.dumps({"width": view.width, "height": view.height, "words": words}))

    return outcome_of(work, settings)


def print_main(answer: Connection, word: bytes, settings: Settings) -> None:
    """Send a Word document as a PrintedFile, or a Failure; bounded as reading is. Then end."""
    confine(settings)
    answer.send(outcome_of(lambda: _print_one(word), settings))
    answer.close()


def _print_one(word: bytes) -> PrintedFile | Failure:
    from carnet.pipeline.read.office.printing import NotPrinted, printed

    try:
        return PrintedFile(printed(word, ".docx", ReadOptions(None)))
    except (NotPrinted, LimitExceeded) as error:
        return Failure("refused", str(error))


def read_one(
    path: Path, sha256: str, media_type: str, settings: Settings, watch: Watch | None = None
) -> FileReading | Failure:
    """One file to draft and result. Nothing escapes: a file is refused, or the fault is ours and says where."""
    started = time.perf_counter()

    def work() -> FileReading | Failure:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            return Failure("passing", CHANGED)
        asked = _asked(settings, watch.page, watch) if watch else _asked(settings)
        draft, result = _extract_and_settle(data, sha256, name_of(path), media_type, asked)
        if len(draft) + len(result) > settings.answer_megabytes << 20:
            return Failure("refused", f"what is read from it takes more than {settings.answer_megabytes} MB")
        return FileReading(draft, result, time.perf_counter() - started)

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


def _asked(settings: Settings, guard: Guard = unguarded, watch: Watch | None = None) -> ReadOptions:
    """What is asked of the reading, by the settings."""
    asked = ReadOptions(settings.password, guard=guard, keep=settings.kept_readings, ocr=settings.ocr)
    return replace(asked, judge=watch.tried, recognising=watch.recognising) if watch else asked


def _extract_and_settle(data: bytes, sha256: str, name: str, media_type: str, asked: ReadOptions) -> tuple[str, str]:
    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.extract import extract
    from carnet.pipeline.nlp import get_nlp
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.settle import settle
    from carnet.schemas.draft import EditionDraft
    from carnet.schemas.finding import FindingCode
    from carnet.schemas.result import EditionResult
    from carnet.schemas.source import SourceFile

    source = SourceFile(sha256=sha256, name=name, media_type=media_type)
    draft = extract(data, source, load_rules(), get_nlp(), asked=asked)
    result = settle(draft)
    if not result.missions:
        reasons = [f.message for f in draft.findings if f.code is FindingCode.NO_MISSIONS]
        raise UnreadableDocument(reasons[0] if reasons else "no mission found in it")
    texts = draft.model_dump_json(), result.model_dump_json()
    EditionDraft.model_validate_json(texts[0])  # JSON has no NaN: better known here than where it is loaded
    EditionResult.model_validate_json(texts[1])
    return texts


class Watch:
    """Tells which page is being read, ends a page that takes too much of the processor, and a long document of which
    the first pages tell that it will: what is read must not hang on what else the machine does."""

    def __init__(self, answer: Connection, settings: Settings, clock: Callable[[], float] = time.process_time) -> None:
        self._answer = answer
        self._settings = settings
        self._clock = clock
        self._on_pages = 0.0

    @contextlib.contextmanager
    def page(self, number: int) -> Iterator[None]:
        """Its alarm rings again and again, should a library have swallowed the first."""
        with contextlib.suppress(OSError):
            self._answer.send(number)
        begun = self._clock()
        try:
            with _alarm(self._settings.page_seconds):
                yield
        finally:
            self._on_pages += self._clock() - begun if number else 0.0

    @contextlib.contextmanager
    def recognising(self, number: int) -> Iterator[None]:
        """A page whose picture is read: it may take longer than others, and the file so much more."""
        with contextlib.suppress(OSError):
            self._answer.send(number)
        _allow_more(self._settings.ocr_seconds)
        with _alarm(self._settings.ocr_seconds):
            yield

    def tried(self, tried: int, pages: int) -> None:
        """More pages may have more time; UnreadableDocument where they would take more than that."""
        from carnet.pipeline.errors import UnreadableDocument

        may_have = time_of(pages, self._settings)
        expected = OF_THE_WHOLE * self._on_pages / tried * pages
        if expected > may_have:
            enough = math.ceil(self._settings.file_seconds * expected / may_have)
            raise UnreadableDocument(
                f"its {pages} pages would take about {expected:.0f} s of the processor ({tried} were tried), a file of "
                f"so many may take {may_have:.0f} s; allow more with CARNET_FILE_SECONDS={enough}"
            )
        _limit_processor(self._clock() + may_have)


OF_THE_WHOLE = 8.0
"""What reading, laying out and understanding a document cost, in the time of reading its pages: 5 to 7 for brochures of
8 to 300 pages; rather too much."""


def time_of(pages: int, settings: Settings) -> float:
    """What a document may take of the processor; a long one more, in proportion."""
    return settings.file_seconds * max(1.0, pages / LIMITS.long)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return

    def too_long(signum: int, frame: object) -> None:
        raise LimitExceeded(f"it takes longer than {seconds:g} s")

    signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def warm_up() -> None:
    """Load all that reads, rules and patterns before the first fork, so that no process does it for itself."""
    import carnet.pipeline.read.pdf  # noqa: F401
    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.nlp import get_nlp

    get_nlp()
    with contextlib.suppress(UnreadableDocument):
        _extract_and_settle(_SMALL, hashlib.sha256(_SMALL).hexdigest(), "small.md", "text/markdown", ReadOptions())


def warm_up_roles() -> None:
    """The same for the reading by roles, which a text without boxes does not ask for where the rules find missions."""
    from carnet.pipeline.decode.read import read_roles
    from carnet.pipeline.read import read
    from carnet.pipeline.rules import load_rules

    read_roles(read(_SMALL, "text/markdown").pages, load_rules())


_SMALL = b"""# Ondine Conseil

## Ville de Brenoux : Schema directeur

Periode : Mars 2021 a juin 2022
Montant : 29 000 euros HT
Contact : Aline Verdeau, directrice, a.verdeau@brenoux.example, 04 67 00 00 00

Contexte
- Un reseau ancien.
"""


def confine(settings: Settings) -> None:
    """This process says nothing, and takes no more than one file may. What was loaded before stays, and is not looked
    through for garbage again and again, nor what is read each time that some hundred things more are there."""
    _silence()
    gc.freeze()
    gc.set_threshold(*_RARELY)
    gc.enable()
    _limit(settings)


_RARELY = (20_000, 10, 50)
"""Things made between two looks for garbage, and how many of these go to one at what is older."""


def _silence() -> None:
    """What libraries mutter about a damaged file is no news to the user; what matters comes back as a Failure."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _limit(settings: Settings) -> None:
    """A runaway file ends its own process even when nobody is left to end it; without a dump of what was in it."""
    if resource is None:
        return
    for what, amount in ((resource.RLIMIT_DATA, settings.file_megabytes << 20), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))
    _limit_processor(time_of(1, settings))


def _allow_more(seconds: float) -> None:
    if resource is not None:
        _limit_processor(resource.getrlimit(resource.RLIMIT_CPU)[0] + seconds)


def _limit_processor(seconds: float) -> None:
    """Beyond it the system ends this process with SIGXCPU, whatever code it is in. It may be raised again."""
    if resource is None:
        return
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        most = math.ceil(seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
