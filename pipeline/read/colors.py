"""Colours of a PDF."""

from __future__ import annotations

from typing import Any


def as_hex(color: Any) -> str | None:
    """A PDF colour (grey, RGB or CMYK, 0 to 1) as #rrggbb."""
    if color is None:
        return None
    parts = [color] if isinstance(color, int | float) else list(color) if isinstance(color, tuple | list) else []
    if not parts or not all(isinstance(p, int | float) for p in parts):
        return None
    if len(parts) == 1:
        red = green = blue = float(parts[0])
    elif len(parts) == 3:
        red, green, blue = map(float, parts)
    elif len(parts) == 4:
        cyan, magenta, yellow, black = map(float, parts)
        red, green, blue = ((1 - min(1.0, c * (1 - black) + black)) for c in (cyan, magenta, yellow))
    else:
        return None
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, c))):02x}" for c in (red, green, blue))
