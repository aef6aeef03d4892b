"""Words that a value must be one of. They stand alone, for the command line offers them before anything is loaded."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

ClientType = Literal[
    "commune", "epci", "departement", "region", "etat", "groupement", "entreprise", "association",
    "consulaire", "enseignement", "sante", "bailleur", "autre",
]  # fmt: skip


class Origin(StrEnum):
    BROCHURE = "brochure"  # the brochure contradicts itself or leaves something out
    READING = "reading"  # our reading is doubtful


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FindingCode(StrEnum):
    # origin brochure (FORMAT of the reference answers)
    CLIENT_MISMATCH = "client_mismatch"
    CLIENT_MISSING = "client_missing"
    DURATION_MISMATCH = "duration_mismatch"
    EMAIL_MALFORMED = "email_malformed"
    CONTACT_MISSING = "contact_missing"
    AMOUNT_MISSING = "amount_missing"
    PERIOD_MISSING = "period_missing"
    DUPLICATE_TITLE = "duplicate_title"
    DATE_ORDER = "date_order"
    TITLE_MISSING = "title_missing"
    # origin reading
    TIE = "tie"
    WEAK_READING = "weak_reading"
    UNPARSED = "unparsed"
    UNREAD_BLOCK = "unread_block"
    UNKNOWN_LABEL = "unknown_label"
    PAGE_UNREADABLE = "page_unreadable"
    TEXT_IN_PICTURE = "text_in_picture"
    GARBLED_TEXT = "garbled_text"
    HIDDEN_TEXT = "hidden_text"
    TURNED_TEXT = "turned_text"
    NO_MISSIONS = "no_missions"
    CORRECTION_ASKED = "correction_asked"  # another value is read now than the one that was corrected
    IDENTITY_DOUBT = "identity_doubt"  # is it the same mission as in the edition before?
    BROCHURE_DOUBT = "brochure_doubt"  # is it an edition of this brochure?
    CLIENT_DOUBT = "client_doubt"  # is the client this body of the official list?
    EMPTY_SLOT = "empty_slot"  # most missions have it, none was read here
