"""Invented names of places, by the sound of their country."""

from __future__ import annotations

from random import Random

from carnet.pipeline.teach.facts.grammar import smooth
from carnet.pipeline.teach.facts.lists import load, pick

_REAL = 0.1  # share of real towns, which a gazetteer knows as it knows those of real brochures


def place(rng: Random, country: str) -> str:
    """ "Varguemont-sur-Lisonne", "Ottignelle", "Tambadou". Countries without sounds of their own share those of AF."""
    lists = load("places")
    words = lists.get(country) or lists["AF"]
    if rng.random() < _REAL:
        return str(pick(rng, words["real"]))
    form = pick(rng, words["forms"])
    while "{" in form:
        name = form[form.index("{") + 1 : form.index("}")]
        word = _stem(rng, words) if name == "stem" else pick(rng, words.get(name) or lists["FR"][name])
        form = form.replace("{" + name + "}", word, 1)
    return smooth(form)


def _stem(rng: Random, words: dict[str, list[str]]) -> str:
    middle = pick(rng, words["middle"])
    start, end = pick(rng, words["start"]), pick(rng, words["end"])
    return joined(start, middle, end)


def joined(*syllables: str) -> str:
    """Syllables as one name; letters that meet thrice are written once ("Bell" + "lieu" -> "Bellieu")."""
    out = ""
    for syllable in syllables:
        while (
            out
            and syllable
            and out[-1].lower() == syllable[0]
            and (out[-2:-1].lower() == syllable[0] or out[-1] in "aeiouyéè")
        ):
            syllable = syllable[1:]
        out += syllable
    return out
