"""Signs that open the items of lists."""

from __future__ import annotations

from functools import lru_cache

from carnet.pipeline.rules import Rules


@lru_cache(maxsize=4)
def list_marks(rules: Rules) -> frozenset[str]:
    """Signs that open the items of lists: those named, and all signs of the blocks of arrows, shapes and dingbats."""
    settings = rules.lexicon("layout")
    ranges = (part.split("-") for part in settings["bullet_ranges"])
    signs = {chr(code) for low, high in ranges for code in range(int(low, 16), int(high, 16) + 1)}
    return frozenset(settings["bullets"]) | signs - set(settings["icons"])


def marker(text: str, bullets: frozenset[str]) -> int:
    """Length of the list marker at the start of `text`, 0 if there is none ("– un chef" 2, "▶La" 1)."""
    if not text:
        return 0
    first, _, rest = text.partition(" ")
    if first in bullets and rest:
        return len(first) + 1
    if first == "o" and rest[:1].isupper():
        return 2
    strong = text[0] in bullets and text[0] not in "-–—*+·»›"
    return 1 if strong and len(text) > 1 else 0
