"""The genres by name: `LEARN` are fitted on, `MEASURE` never. A genre of one must not be a twin of one of the other."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from pipeline.teach.content import Brochure
from pipeline.teach.genres import (
    attestation,
    bank_form,
    before_after,
    board,
    bold_leads,
    dig_sheet,
    facts_at_end,
    form_table,
    funded_project,
    info_strip,
    logo_client,
    magazine,
    margin_boxes,
    memo_chapter,
    phases_ribbon,
    photo_hero,
    quote_led,
    recap_block,
    recto_verso,
    right_flush,
    side_bar,
    slide_columns,
    slide_kpi,
    slide_quadrants,
    spread,
    swiss_sheet,
    tabbed_register,
    two_languages,
    vertical_title,
)
from pipeline.teach.nodes import Paper
from pipeline.teach.voice import Voice

Compose = Callable[[Random, Brochure, Voice], Paper]

LEARN: dict[str, Compose] = {
    # a mission a page or more
    "side-bar": side_bar.compose,
    "info-strip": info_strip.compose,
    "form-table": form_table.compose,
    "bank-form": bank_form.compose,
    "photo-hero": photo_hero.compose,
    "facts-at-end": facts_at_end.compose,
    "spread": spread.compose,
    "slide-columns": slide_columns.compose,
    "slide-kpi": slide_kpi.compose,
    "swiss-sheet": swiss_sheet.compose,
    "magazine": magazine.compose,
    "phases-ribbon": phases_ribbon.compose,
    "logo-client": logo_client.compose,
    "memo-chapter": memo_chapter.compose,
    "bold-leads": bold_leads.compose,
    "board": board.compose,
    "vertical-title": vertical_title.compose,
    "before-after": before_after.compose,
    "quote-led": quote_led.compose,
    "tabbed-register": tabbed_register.compose,
    "recto-verso": recto_verso.compose,
    "dig-sheet": dig_sheet.compose,
    "funded-project": funded_project.compose,
    "two-languages": two_languages.compose,
    # many missions a page, lists, tables
}
MEASURE: dict[str, Compose] = {
    # a mission a page or more
    "slide-quadrants": slide_quadrants.compose,
    "right-flush": right_flush.compose,
    "recap-block": recap_block.compose,
    "margin-boxes": margin_boxes.compose,
    "attestation": attestation.compose,
    # many missions a page, lists, tables
}
