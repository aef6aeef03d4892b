"""A picture of a page (.png, .jpg) -> a PDF of one page, which is read as a scan is."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.kinds import kind_of
from carnet.pipeline.read.reading import ReadOptions

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 80_000_000
_LONG_SIDE = 842.0
"""Points: of A4, where the picture does not tell its resolution."""
_RESOLUTIONS = range(100, 1201)


def picture_to_pdf(data: bytes, asked: ReadOptions) -> bytes:
    """One page, as large as the picture says it is printed, else as large as A4. UnreadableDocument for what is no
    picture, or too large."""
    from PIL import Image, ImageOps

    try:
        with asked.guard(0), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > _MOST_PIXELS or min(picture.size) < 8:
                    raise UnreadableDocument(f"a picture of {picture.width} x {picture.height} dots can't be read")
                upright = ImageOps.exif_transpose(picture)
                resolution = _resolution(picture.info.get("dpi"), max(upright.size))
                into = io.BytesIO()
                _on_white(upright).save(into, "PDF", resolution=resolution, quality=95)
                return into.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        what = kind_of(data)
        said = f"it is {what}" if what and "PNG" not in what and "JPEG" not in what else "it is damaged or too large"
        raise UnreadableDocument(f"not a picture that can be read: {said}") from error


def _resolution(said: object, long_side: int) -> float:
    try:
        stated = float(said[0])  # type: ignore[index]
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        stated = 0.0
    return stated if round(stated) in _RESOLUTIONS else long_side * 72 / _LONG_SIDE


def _on_white(picture: Image) -> Image:
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("RGB")
