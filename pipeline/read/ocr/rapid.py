"""RapidOCR on onnxruntime, the extra `carnet[ocr]`: PaddleOCR's models, which come in the package."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from carnet.pipeline.read.ocr.spots import EngineFailed, Spot

if TYPE_CHECKING:
    from PIL.Image import Image

_PACKAGES = ("rapidocr", "onnxruntime")
_PARAMS = {
    "Global.log_level": "critical",
    "Global.text_score": 0.3,  # what is below is told as doubtful by us, not dropped by it
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
}


class Rapid:
    """https://github.com/RapidAI/RapidOCR, Apache-2.0. It finds lines, and cuts them into words by its alphabet."""

    name = "rapidocr"
    dpi = 200

    def version(self) -> str:
        with contextlib.suppress(PackageNotFoundError):
            return " ".join(f"{name} {version(name)}" for name in _PACKAGES)
        return ""

    def read(self, picture: Image) -> list[Spot]:
        import numpy

        try:
            found = _engine()(numpy.asarray(picture)[:, :, ::-1], use_cls=False, return_word_box=True)
        except Exception as error:  # whatever its libraries raise
            raise EngineFailed("RapidOCR failed on the page") from error
        lines = found.word_results or () if found.txts else ()  # where it found nothing, it says so in another shape
        return [spot for number, line in enumerate(lines) for spot in _spots(line, number)]


def is_there() -> bool:
    """Are the packages of the extra `ocr` installed? None of them is imported for it."""
    return all(find_spec(name) is not None for name in _PACKAGES)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=_PARAMS)


def _spots(line: Any, number: int) -> Iterator[Spot]:
    for text, confidence, corners in line:
        across, down = [int(x) for x, _ in corners], [int(y) for _, y in corners]
        if text.strip():
            yield Spot(text.strip(), min(across), min(down), max(across), max(down), float(confidence), number)
