"""What genres are built of, in one place: `from carnet.pipeline.teach.genres import common as c`."""

from __future__ import annotations

from carnet.pipeline.teach.blocks.art import (
    LABEL,
    PHOTOS,
    WHITE,
    Runs,
    beside,
    capped,
    captioned,
    dot,
    drawn_item,
    floored,
    line,
    mark,
    over_look,
    photo,
    photo_row,
    recolored,
    restyle,
    say,
    stack,
    tile,
)
from carnet.pipeline.teach.blocks.binding import bind, fitting_size, page_size, scaled, suite, together
from carnet.pipeline.teach.blocks.dress import (
    FORMATS,
    Dress,
    Page,
    dress,
    menu,
    page,
    paper,
    running_part,
    shown_parts,
    typeface,
)
from carnet.pipeline.teach.blocks.facts import (
    ARRANGEMENTS,
    FACTS,
    Arrangement,
    Choice,
    Fact,
    arrangement,
    badge,
    bullets,
    cells,
    choice,
    domain_fact,
    extra_fact,
    fact,
    form,
    inverted,
    joined,
    lines,
    over,
    parted,
    pills,
    relabelled,
    run_in,
    signs,
    sized,
    sized_labels,
    spot,
    strip,
    table,
    text_fact,
)
from carnet.pipeline.teach.blocks.facts import beside as facts_beside
from carnet.pipeline.teach.blocks.front import OPENERS, Opener, back, by_domain, cover, front, opener, page_title
from carnet.pipeline.teach.blocks.heads import CLIENT_PLACES, DRESSES, Head, continued, head
from carnet.pipeline.teach.blocks.texts import (
    HEADINGS,
    NARROW,
    Texts,
    abreast,
    aside,
    balanced,
    quote,
    text_length,
    texts,
)
from carnet.pipeline.teach.blocks.words import couples, foreign, rows, word, words
from carnet.pipeline.teach.nodes import paras

__all__ = [
    "ARRANGEMENTS", "CLIENT_PLACES", "DRESSES", "FACTS", "FORMATS", "HEADINGS", "LABEL", "NARROW", "OPENERS",
    "PHOTOS", "WHITE", "Arrangement", "Choice", "Dress", "Fact", "Head", "Opener", "Page", "Runs", "Texts",
    "abreast", "arrangement", "aside", "back", "badge", "balanced", "beside", "bind", "bullets", "by_domain",
    "capped", "captioned", "cells", "choice", "continued", "couples", "cover", "domain_fact", "dot",
    "drawn_item", "dress", "extra_fact", "fact", "facts_beside", "fitting_size", "floored", "foreign", "form",
    "front", "head", "inverted", "joined", "line", "lines", "mark", "menu", "opener", "over", "parted", "over_look",
    "page", "page_size", "page_title", "paper", "paras", "photo", "photo_row", "pills", "quote", "recolored",
    "relabelled", "restyle", "rows", "run_in", "running_part", "say", "scaled", "shown_parts", "signs", "sized",
    "sized_labels", "spot", "stack", "strip", "suite", "table", "text_fact", "text_length", "texts", "together", "tile",
    "typeface", "word", "words",
]  # fmt: skip
